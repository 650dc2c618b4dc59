package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.message.Payload;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;

/**
 * A payload as it goes out, with everything that can be wrong about it.
 *
 * @param type what the field before it says
 * @param reserved the RESERVED byte of the generic header
 * @param lengthField the Payload Length, right or wrong
 * @param body what follows the generic header
 */
public record RawPayload(int type, int reserved, int lengthField, ByteString body) {
  /** A payload with a correct header. */
  public static RawPayload of(int type, ByteString body) {
    return new RawPayload(type, 0, Payload.HEADER_LENGTH + body.length(), body);
  }

  /** The payload of a record. */
  public static RawPayload of(Payload payload) {
    return of(payload.payloadType(), payload.body());
  }

  /** The same with another body, and the length of that. */
  public RawPayload withBody(ByteString newBody) {
    return new RawPayload(type, reserved, Payload.HEADER_LENGTH + newBody.length(), newBody);
  }

  /** The same with another body of bytes, and the length of that. */
  public RawPayload withBody(byte[] newBody) {
    return withBody(ByteString.of(newBody));
  }

  /** The same with another RESERVED byte. */
  public RawPayload withReserved(int newReserved) {
    return new RawPayload(type, newReserved, lengthField, body);
  }

  /** The same with another length field. */
  public RawPayload withLengthField(int newLengthField) {
    return new RawPayload(type, reserved, newLengthField & 0xffff, body);
  }

  /** Bytes on the wire. */
  int encodedLength() {
    return Payload.HEADER_LENGTH + body.length();
  }

  void encode(int nextType, ByteBuf out) {
    out.writeByte(nextType);
    out.writeByte(reserved);
    out.writeShort(lengthField);
    body.write(out);
  }
}
