package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/**
 * The IPv4 header (RFC 791 section 3.1).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |Version|  IHL  |Type of Service|          Total Length         |
 *   |         Identification        |Flags|      Fragment Offset    |
 *   |  Time to Live |    Protocol   |         Header Checksum       |
 *   |                       Source Address                          |
 *   |                    Destination Address                        |
 *   |                    Options                    |    Padding    |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The checksum is no component: decoding verifies it, encoding computes it. The data path works
 * on the same header through {@link Ipv4Fields}.
 *
 * @param tos type of service: DSCP and ECN
 * @param totalLength header and payload in bytes
 * @param identification what the fragments of one datagram have in common, 0 to 65 535
 * @param dontFragment whether fragmentation is forbidden
 * @param moreFragments whether further fragments of the datagram follow
 * @param fragmentOffset where the payload belongs in the datagram, in bytes, a multiple of 8
 * @param ttl time to live
 * @param protocol what the payload is: see {@link IpProtocol}
 * @param source source address
 * @param destination destination address
 * @param options the option area with its padding, 0 to 40 bytes, a multiple of 4: see {@link
 *     Ipv4Option#parse}
 */
public record Ipv4Header(
    int tos,
    int totalLength,
    int identification,
    boolean dontFragment,
    boolean moreFragments,
    int fragmentOffset,
    int ttl,
    int protocol,
    Ipv4Address source,
    Ipv4Address destination,
    ByteString options) {
  /** The length of a header without options. */
  public static final int MIN_LENGTH = Ipv4Fields.MIN_HEADER_LENGTH;

  /** The length of a header with as many options as fit. */
  public static final int MAX_LENGTH = 60;

  private static final int RESERVED_FLAG = 0x8000;

  /** Checks that the header can be encoded. */
  public Ipv4Header {
    Bounds.range("tos", tos, 0xff);
    Bounds.range("the identification", identification, 0xffff);
    Bounds.range("the fragment offset", fragmentOffset, Ipv4Fields.OFFSET_MASK << 3);
    Bounds.range("ttl", ttl, 0xff);
    Bounds.range("the protocol", protocol, 0xff);
    Bounds.range("the length of the options", options.length(), MAX_LENGTH - MIN_LENGTH);
    if ((fragmentOffset & 7) != 0) {
      throw new IllegalArgumentException("the fragment offset is a multiple of 8");
    }
    if ((options.length() & 3) != 0) {
      throw new IllegalArgumentException("the options are padded to a multiple of 4 bytes");
    }
    if (totalLength < MIN_LENGTH + options.length() || totalLength > 0xffff) {
      throw new IllegalArgumentException(
          "the total length is "
              + (MIN_LENGTH + options.length())
              + " to 65535, not "
              + totalLength);
    }
  }

  /** A header of 20 bytes for a whole datagram, with identification 0. */
  public static Ipv4Header of(
      int protocol, int ttl, Ipv4Address source, Ipv4Address destination, int payloadLength) {
    return new Ipv4Header(
        0,
        MIN_LENGTH + payloadLength,
        0,
        false,
        false,
        0,
        ttl,
        protocol,
        source,
        destination,
        ByteString.EMPTY);
  }

  /**
   * Reads the header of a packet; the reader index then stands at the payload. Bytes behind the
   * total length are allowed, since link layers pad.
   *
   * @throws MalformedPacketException TRUNCATED if header or payload are not all there, BAD_VERSION,
   *     BAD_LENGTH if IHL or total length contradict each other, BAD_CHECKSUM, RESERVED_BITS
   */
  public static Ipv4Header decode(ByteBuf in) throws MalformedPacketException {
    return decode(in, in.readableBytes());
  }

  /**
   * Reads the header of a packet of which an ICMP error quotes only the beginning: as {@link
   * #decode}, but the payload may be cut off and the checksum is not verified, because routers on
   * the way have changed the header.
   */
  public static Ipv4Header decodeQuoted(ByteBuf in) throws MalformedPacketException {
    return decode(in, -1);
  }

  private static Ipv4Header decode(ByteBuf in, int available) throws MalformedPacketException {
    int start = in.readerIndex();
    Bounds.require(in, start, MIN_LENGTH, "IPv4 header");
    int versionAndLength = in.getUnsignedByte(start);
    if (versionAndLength >>> 4 != 4) {
      throw new MalformedPacketException(MalformedReason.BAD_VERSION, "IPv4 Version", 0);
    }
    int headerLength = (versionAndLength & 0xf) << 2;
    if (headerLength < MIN_LENGTH) {
      throw new MalformedPacketException(MalformedReason.BAD_LENGTH, "IPv4 IHL", 0);
    }
    in.skipBytes(MIN_LENGTH);
    Bounds.require(in, start, headerLength - MIN_LENGTH, "IPv4 Options");
    int totalLength = in.getUnsignedShort(start + 2);
    if (totalLength < headerLength) {
      throw new MalformedPacketException(MalformedReason.BAD_LENGTH, "IPv4 Total Length", 2);
    }
    if (available >= 0 && totalLength > available) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, "IPv4 payload", available);
    }
    if (available >= 0 && InternetChecksum.of(in, start, headerLength) != 0) {
      throw new MalformedPacketException(MalformedReason.BAD_CHECKSUM, "IPv4 Header Checksum", 10);
    }
    int flagsAndOffset = in.getUnsignedShort(start + 6);
    if ((flagsAndOffset & RESERVED_FLAG) != 0) {
      throw new MalformedPacketException(MalformedReason.RESERVED_BITS, "IPv4 Flags", 6);
    }
    return new Ipv4Header(
        in.getUnsignedByte(start + 1),
        totalLength,
        in.getUnsignedShort(start + 4),
        (flagsAndOffset & Ipv4Fields.DONT_FRAGMENT) != 0,
        (flagsAndOffset & Ipv4Fields.MORE_FRAGMENTS) != 0,
        (flagsAndOffset & Ipv4Fields.OFFSET_MASK) << 3,
        in.getUnsignedByte(start + 8),
        in.getUnsignedByte(start + 9),
        new Ipv4Address(in.getInt(start + 12)),
        new Ipv4Address(in.getInt(start + 16)),
        ByteString.read(in, headerLength - MIN_LENGTH));
  }

  /** Writes the header with its checksum. */
  public void encode(ByteBuf out) {
    int start = out.writerIndex();
    out.writeByte(0x40 | headerLength() >>> 2);
    out.writeByte(tos);
    out.writeShort(totalLength);
    out.writeShort(identification);
    out.writeShort(
        (dontFragment ? Ipv4Fields.DONT_FRAGMENT : 0)
            | (moreFragments ? Ipv4Fields.MORE_FRAGMENTS : 0)
            | fragmentOffset >>> 3);
    out.writeByte(ttl);
    out.writeByte(protocol);
    out.writeShort(0);
    source.write(out);
    destination.write(out);
    options.write(out);
    out.setShort(start + 10, InternetChecksum.of(out, start, headerLength()));
  }

  /** Bytes of this header on the wire. */
  public int encodedLength() {
    return headerLength();
  }

  /** Bytes of the header with its options: 20 to 60. */
  public int headerLength() {
    return MIN_LENGTH + options.length();
  }

  /** Bytes behind the header. */
  public int payloadLength() {
    return totalLength - headerLength();
  }

  /** Whether this is not the whole of its datagram. */
  public boolean isFragment() {
    return moreFragments || fragmentOffset != 0;
  }
}
