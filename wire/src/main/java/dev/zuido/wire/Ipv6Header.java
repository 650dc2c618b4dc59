package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/**
 * The IPv6 header (RFC 8200 section 3).
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |Version| Traffic Class |           Flow Label                  |
 *   |         Payload Length        |  Next Header  |   Hop Limit   |
 *   |                     Source Address (16 bytes)                 |
 *   |                  Destination Address (16 bytes)               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param trafficClass DSCP and ECN
 * @param flowLabel 0 to 2^20 - 1
 * @param payloadLength bytes behind this header, extension headers included; jumbograms are not
 *     supported
 * @param nextHeader what follows: see {@link IpProtocol} and {@link Ipv6ExtensionHeaders}
 * @param hopLimit the hop limit
 * @param source source address
 * @param destination destination address
 */
public record Ipv6Header(
    int trafficClass,
    int flowLabel,
    int payloadLength,
    int nextHeader,
    int hopLimit,
    Ipv6Address source,
    Ipv6Address destination) {
  /** Bytes on the wire. */
  public static final int LENGTH = 40;

  /** The smallest MTU of a link that carries IPv6. */
  public static final int MIN_MTU = 1280;

  /** Checks that the header can be encoded. */
  public Ipv6Header {
    Bounds.range("the traffic class", trafficClass, 0xff);
    Bounds.range("the flow label", flowLabel, 0xf_ffff);
    Bounds.range("the payload length", payloadLength, 0xffff);
    Bounds.range("the next header", nextHeader, 0xff);
    Bounds.range("the hop limit", hopLimit, 0xff);
  }

  /**
   * Reads the header of a packet; the reader index then stands behind it. Bytes behind the payload
   * are allowed.
   *
   * @throws MalformedPacketException TRUNCATED if header or payload are not all there, BAD_VERSION
   */
  public static Ipv6Header decode(ByteBuf in) throws MalformedPacketException {
    return decode(in, true);
  }

  /** As {@link #decode}, for a packet whose payload an ICMPv6 error has cut off. */
  public static Ipv6Header decodeQuoted(ByteBuf in) throws MalformedPacketException {
    return decode(in, false);
  }

  private static Ipv6Header decode(ByteBuf in, boolean whole) throws MalformedPacketException {
    int start = in.readerIndex();
    Bounds.require(in, start, LENGTH, "IPv6 header");
    int first = in.getInt(start);
    if (first >>> 28 != 6) {
      throw new MalformedPacketException(MalformedReason.BAD_VERSION, "IPv6 Version", 0);
    }
    int payloadLength = in.getUnsignedShort(start + 4);
    if (whole && payloadLength > in.readableBytes() - LENGTH) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "IPv6 payload", in.readableBytes());
    }
    in.skipBytes(8);
    return new Ipv6Header(
        first >>> 20 & 0xff,
        first & 0xf_ffff,
        payloadLength,
        in.getUnsignedByte(start + 6),
        in.getUnsignedByte(start + 7),
        Ipv6Address.read(in),
        Ipv6Address.read(in));
  }

  /** Writes the header. */
  public void encode(ByteBuf out) {
    out.writeInt(6 << 28 | trafficClass << 20 | flowLabel);
    out.writeShort(payloadLength);
    out.writeByte(nextHeader);
    out.writeByte(hopLimit);
    source.write(out);
    destination.write(out);
  }

  /** Bytes on the wire. */
  public int encodedLength() {
    return LENGTH;
  }
}
