package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;

/**
 * A packet of LCP, IPCP, IPv6CP, CHAP or PAP: they all have this format (RFC 1661 section 5).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     Code      |  Identifier   |            Length             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |    Data ...
 *   +-+-+-+-+
 * </pre>
 *
 * @param code what it is, 0 to 255
 * @param identifier what matches requests and replies, 0 to 255
 * @param data what the code says it is, at most 65531 bytes
 */
public record ControlPacket(int code, int identifier, ByteString data) {
  /** Bytes before the data. */
  public static final int HEADER_LENGTH = 4;

  /** Checks that the packet can be encoded. */
  public ControlPacket {
    if (code < 0 || code > 255 || identifier < 0 || identifier > 255) {
      throw new IllegalArgumentException(
          "code and identifier are 0 to 255, not " + code + " and " + identifier);
    }
    if (data.length() > 0xffff - HEADER_LENGTH) {
      throw new IllegalArgumentException("the data has " + data.length() + " bytes");
    }
  }

  /**
   * Reads a packet; what follows its length is padding and is skipped.
   *
   * @param in the information field
   * @throws MalformedPacketException TRUNCATED; BAD_LENGTH if the length is less than the header
   */
  public static ControlPacket decode(ByteBuf in) throws MalformedPacketException {
    int available = in.readableBytes();
    if (available < HEADER_LENGTH) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, "PPP control header", 0);
    }
    int code = in.readUnsignedByte();
    int identifier = in.readUnsignedByte();
    int length = in.readUnsignedShort();
    if (length < HEADER_LENGTH) {
      throw new MalformedPacketException(MalformedReason.BAD_LENGTH, "PPP control Length", 2);
    }
    if (length > available) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, "PPP control Length", 2);
    }
    ByteString data = ByteString.read(in, length - HEADER_LENGTH);
    in.skipBytes(available - length);
    return new ControlPacket(code, identifier, data);
  }

  /** Writes the packet, without padding. */
  public void encode(ByteBuf out) {
    out.writeByte(code);
    out.writeByte(identifier);
    out.writeShort(encodedLength());
    data.write(out);
  }

  /** Bytes on the wire, from 4. */
  public int encodedLength() {
    return HEADER_LENGTH + data.length();
  }

  /** Says how long the data is and not what it is: a password may be in it. */
  @Override
  public String toString() {
    return "ControlPacket[code="
        + code
        + ", identifier="
        + identifier
        + ", data="
        + data.length()
        + " bytes]";
  }
}
