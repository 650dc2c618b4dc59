package dev.zuido.ospf.lsa.opaque;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;

/**
 * A body of an opaque type that has no record here.
 *
 * @param opaqueType the opaque type, 0 to 255
 * @param bytes the body
 */
public record UnknownOpaqueBody(int opaqueType, ByteString bytes) implements OpaqueBody {
  /** Checks the range. */
  public UnknownOpaqueBody {
    if ((opaqueType & ~0xff) != 0) {
      throw new IllegalArgumentException("an opaque type has 8 bits: " + opaqueType);
    }
  }

  @Override
  public void encode(ByteBuf out) {
    bytes.write(out);
  }
}
