package dev.zuido.ospf.lsa;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;

/**
 * A body of a type that has no record here. RFC 2328 lets no such LSA be flooded (section 13 step
 * 2).
 *
 * @param type the LS type
 * @param bytes the body
 */
public record UnknownLsa(int type, ByteString bytes) implements LsaBody {
  static UnknownLsa decode(int type, ByteBuf in) {
    return new UnknownLsa(type, ByteString.read(in, in.readableBytes()));
  }

  @Override
  public void encode(ByteBuf out) {
    bytes.write(out);
  }

  @Override
  public int encodedLength() {
    return bytes.length();
  }
}
