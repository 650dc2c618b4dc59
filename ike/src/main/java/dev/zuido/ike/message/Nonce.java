package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;

/**
 * The Nonce payload (RFC 2408 section 3.13). RFC 2409 section 5 wants 8 to 256 bytes, which the
 * engine judges.
 *
 * @param data the random bytes
 */
public record Nonce(ByteString data) implements Payload {
  /** Checks that the body fits into a payload. */
  public Nonce {
    Limits.body(data.length(), "Nonce payload");
  }

  @Override
  public int payloadType() {
    return PayloadType.NONCE;
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
