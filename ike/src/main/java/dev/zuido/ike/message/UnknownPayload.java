package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;

/**
 * A payload whose type has no record of its own; its body is kept as it came.
 *
 * @param payloadType 1 to 255, but neither Proposal nor Transform, which stand only inside of an SA
 *     payload
 * @param data the body
 */
public record UnknownPayload(int payloadType, ByteString data) implements Payload {
  /** Checks the type and that the body fits into a payload. */
  public UnknownPayload {
    if (!PayloadType.isTopLevel(payloadType)) {
      throw new IllegalArgumentException("no payload of a message has the type " + payloadType);
    }
    Limits.body(data.length(), "payload");
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
