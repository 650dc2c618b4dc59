package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;

/**
 * The Hash payload (RFC 2408 section 3.11).
 *
 * @param data the output of the negotiated prf
 */
public record Hash(ByteString data) implements Payload {
  /** Checks that the body fits into a payload. */
  public Hash {
    Limits.body(data.length(), "Hash payload");
  }

  @Override
  public int payloadType() {
    return PayloadType.HASH;
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
