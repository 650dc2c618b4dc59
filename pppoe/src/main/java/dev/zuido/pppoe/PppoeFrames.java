package dev.zuido.pppoe;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.EthernetFields;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** PPPoE's frames where they lie in an array: Ethernet header, PPPoE header, payload. */
final class PppoeFrames {
  /** Bytes before what PPPoE carries. */
  static final int HEADER_LENGTH = EthernetFields.HEADER_LENGTH + PppoePacket.HEADER_LENGTH;

  private static final int CODE = EthernetFields.HEADER_LENGTH + 1;
  private static final int SESSION_ID = EthernetFields.HEADER_LENGTH + 2;
  private static final int LENGTH = EthernetFields.HEADER_LENGTH + 4;

  /** Bytes of PPP's protocol field, which is never compressed (RFC 2516 section 7). */
  private static final int PROTOCOL_LENGTH = 2;

  private PppoeFrames() {}

  /** The Ethernet address at an offset, as a number. */
  static long station(byte[] bytes, int offset) {
    return (long) BigEndian.getUnsignedShort(bytes, offset) << 32
        | BigEndian.getUnsignedInt(bytes, offset + 2);
  }

  /** The source address of a frame, as a number. */
  static long source(byte[] bytes, int offset) {
    return station(bytes, offset + MacAddress.LENGTH);
  }

  static boolean isGroup(long station) {
    return (station & 0x0100_0000_0000L) != 0;
  }

  /**
   * Whether a frame of a session is one: its header is all there, version and code are right, its
   * length lies in the frame and has room for PPP's protocol field (RFC 2516 section 4 and 6).
   */
  static boolean isSessionFrame(byte[] bytes, int offset, int length) {
    if (length < HEADER_LENGTH + PROTOCOL_LENGTH) {
      return false;
    }
    int payload = payloadLength(bytes, offset);
    return bytes[offset + EthernetFields.HEADER_LENGTH] == PppoePacket.VERSION_AND_TYPE
        && bytes[offset + CODE] == PppoeCode.SESSION
        && payload >= PROTOCOL_LENGTH
        && payload <= length - HEADER_LENGTH;
  }

  static int sessionId(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + SESSION_ID);
  }

  static int payloadLength(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + LENGTH);
  }

  static void putPayloadLength(byte[] bytes, int offset, int length) {
    BigEndian.putShort(bytes, offset + LENGTH, length);
  }

  /** Writes the Ethernet header and the PPPoE header of a session's frame, without its length. */
  static void putSessionHeader(
      byte[] bytes, int offset, MacAddress destination, MacAddress source, int sessionId) {
    EthernetFields.put(bytes, offset, destination, source, EthernetFields.TYPE_PPPOE_SESSION);
    bytes[offset + EthernetFields.HEADER_LENGTH] = PppoePacket.VERSION_AND_TYPE;
    bytes[offset + CODE] = PppoeCode.SESSION;
    BigEndian.putShort(bytes, offset + SESSION_ID, sessionId);
  }

  /** The discovery packet in a frame that has its Ethernet header; null if it is malformed. */
  static @Nullable PppoePacket discoveryPacket(byte[] bytes, int offset, int length) {
    try {
      return PppoePacket.decode(
          Unpooled.wrappedBuffer(
              bytes, offset + EthernetFields.HEADER_LENGTH, length - EthernetFields.HEADER_LENGTH));
    } catch (MalformedPacketException e) {
      return null;
    }
  }

  /** The frame of a discovery packet. */
  static ByteString discovery(MacAddress destination, MacAddress source, PppoePacket packet) {
    byte[] frame = new byte[EthernetFields.HEADER_LENGTH + packet.encodedLength()];
    EthernetFields.put(frame, 0, destination, source, EthernetFields.TYPE_PPPOE_DISCOVERY);
    ByteBuf out = Unpooled.wrappedBuffer(frame).writerIndex(EthernetFields.HEADER_LENGTH);
    packet.encode(out);
    return ByteString.of(frame);
  }
}
