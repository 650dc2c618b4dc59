package dev.zuido.ospf.lsa;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;

/**
 * A body that is none of its type, in an LSA whose header says plainly where it ends.
 *
 * <p>A Link State Update packet hands it out instead of being refused, so that one bad LSA is
 * passed over and the next one examined (RFC 2328 section 13 step 1). It must not be installed or
 * flooded: {@link Lsa#isIntact()} is false.
 *
 * @param type the LS type
 * @param bytes the body
 * @param reason what is wrong
 * @param field the field
 * @param offset where the field stands, in bytes from the start of the LSA
 */
public record MalformedLsa(
    int type, ByteString bytes, MalformedReason reason, String field, int offset)
    implements LsaBody {
  @Override
  public void encode(ByteBuf out) {
    bytes.write(out);
  }

  @Override
  public int encodedLength() {
    return bytes.length();
  }
}
