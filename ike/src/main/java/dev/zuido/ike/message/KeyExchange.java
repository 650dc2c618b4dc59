package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;

/**
 * The Key Exchange payload (RFC 2408 section 3.7): a public Diffie-Hellman value in IKE (RFC 2409
 * section 5).
 *
 * @param data the public value; its length depends on the group
 */
public record KeyExchange(ByteString data) implements Payload {
  /** Checks that the body fits into a payload. */
  public KeyExchange {
    Limits.body(data.length(), "KeyExchange payload");
  }

  @Override
  public int payloadType() {
    return PayloadType.KEY_EXCHANGE;
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
