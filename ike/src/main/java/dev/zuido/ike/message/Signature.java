package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;

/**
 * The Signature payload (RFC 2408 section 3.12).
 *
 * @param data the signature of HASH_I or HASH_R (RFC 2409 section 5.1)
 */
public record Signature(ByteString data) implements Payload {
  /** Checks that the body fits into a payload. */
  public Signature {
    Limits.body(data.length(), "Signature payload");
  }

  @Override
  public int payloadType() {
    return PayloadType.SIGNATURE;
  }

  @Override
  public int bodyLength() {
    return data.length();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    data.write(out);
  }
}
