package dev.zuido.wire;

/**
 * The IPv6 header and its extension headers in a {@code byte[]} (RFC 8200): what the data path
 * reads and writes with.
 *
 * <p>Each method takes the array and the offset of the header's first byte. {@link #isWellFormed}
 * is called first; the others trust it. The records for the same headers are {@link Ipv6Header},
 * {@link Ipv6ExtensionHeaders} and {@link Ipv6FragmentHeader}.
 *
 * <pre>
 *    0                   1                   2                   3
 *   |Version| Traffic Class |           Flow Label                  |
 *   |         Payload Length        |  Next Header  |   Hop Limit   |
 *   |                     Source Address (16 bytes)                 |
 *   |                  Destination Address (16 bytes)               |
 * </pre>
 */
public final class Ipv6Fields {
  /** The length of the header without extension headers. */
  public static final int HEADER_LENGTH = 40;

  /** What {@link #upperLayer} answers where the extension headers are malformed. */
  public static final long MALFORMED = -1;

  private static final int DESTINATION_OPTIONS = 60;
  private static final int FRAGMENT_LENGTH = 8;
  private static final int MORE_FRAGMENTS = 1;
  private static final int FRAGMENT_OFFSET_MASK = 0xfff8;

  private Ipv6Fields() {}

  /**
   * Whether an IPv6 header with its whole payload stands here. Bytes behind the payload are
   * allowed: link layers pad. The extension headers are not looked at.
   *
   * @param available bytes from {@code offset} on that belong to the packet
   */
  public static boolean isWellFormed(byte[] bytes, int offset, int available) {
    return available >= HEADER_LENGTH
        && Ipv4Fields.version(bytes, offset) == 6
        && totalLength(bytes, offset) <= available;
  }

  /** The traffic class: DSCP and ECN. */
  public static int trafficClass(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset) >>> 4 & 0xff;
  }

  /** The flow label, 0 to 2^20 - 1. */
  public static int flowLabel(byte[] bytes, int offset) {
    return BigEndian.getInt(bytes, offset) & 0xf_ffff;
  }

  /** Bytes behind the header, extension headers included. */
  public static int payloadLength(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 4);
  }

  /** Bytes of the whole packet. */
  public static int totalLength(byte[] bytes, int offset) {
    return HEADER_LENGTH + payloadLength(bytes, offset);
  }

  /** The first next header: an extension header's number or {@link IpProtocol}. */
  public static int nextHeader(byte[] bytes, int offset) {
    return bytes[offset + 6] & 0xff;
  }

  /** The hop limit. */
  public static int hopLimit(byte[] bytes, int offset) {
    return bytes[offset + 7] & 0xff;
  }

  /** The first eight bytes of the source address. */
  public static long sourceHigh(byte[] bytes, int offset) {
    return BigEndian.getLong(bytes, offset + 8);
  }

  /** The last eight bytes of the source address. */
  public static long sourceLow(byte[] bytes, int offset) {
    return BigEndian.getLong(bytes, offset + 16);
  }

  /** The first eight bytes of the destination address. */
  public static long destinationHigh(byte[] bytes, int offset) {
    return BigEndian.getLong(bytes, offset + 24);
  }

  /** The last eight bytes of the destination address. */
  public static long destinationLow(byte[] bytes, int offset) {
    return BigEndian.getLong(bytes, offset + 32);
  }

  /** Writes a header. */
  public static void write(
      byte[] bytes,
      int offset,
      int trafficClass,
      int flowLabel,
      int payloadLength,
      int nextHeader,
      int hopLimit,
      Ipv6Address source,
      Ipv6Address destination) {
    BigEndian.putInt(bytes, offset, 6 << 28 | trafficClass << 20 | flowLabel);
    BigEndian.putShort(bytes, offset + 4, payloadLength);
    bytes[offset + 6] = (byte) nextHeader;
    bytes[offset + 7] = (byte) hopLimit;
    BigEndian.putLong(bytes, offset + 8, source.high());
    BigEndian.putLong(bytes, offset + 16, source.low());
    BigEndian.putLong(bytes, offset + 24, destination.high());
    BigEndian.putLong(bytes, offset + 32, destination.low());
  }

  /** Changes the traffic class. */
  public static void setTrafficClass(byte[] bytes, int offset, int trafficClass) {
    int word = BigEndian.getUnsignedShort(bytes, offset);
    BigEndian.putShort(bytes, offset, (word & 0xf00f) | trafficClass << 4);
  }

  /** Changes the payload length. */
  public static void setPayloadLength(byte[] bytes, int offset, int payloadLength) {
    BigEndian.putShort(bytes, offset + 4, payloadLength);
  }

  /** Takes one off the hop limit. The caller has checked that it is not 0. */
  public static void decrementHopLimit(byte[] bytes, int offset) {
    bytes[offset + 7]--;
  }

  /**
   * Finds the upper-layer header behind the extension headers, as {@link Ipv6ExtensionHeaders#walk}
   * does: ESP and AH count as upper layers, and in a fragment other than the first the walk ends
   * behind the fragment header.
   *
   * @return the answer to {@link #protocolOf} and {@link #offsetOf}, or {@link #MALFORMED} where an
   *     extension header is cut off, is at a forbidden place, or there are more than {@value
   *     Ipv6ExtensionHeaders#MAX_HEADERS}
   */
  public static long upperLayer(byte[] bytes, int offset) {
    int end = offset + totalLength(bytes, offset);
    int position = offset + HEADER_LENGTH;
    int next = nextHeader(bytes, offset);
    int last = offset + 6;
    int fragment = 0;
    for (int headers = 0; isExtension(next); headers++) {
      boolean misplaced =
          (next == IpProtocol.HOP_BY_HOP && headers != 0)
              || (next == IpProtocol.IPV6_FRAGMENT && fragment != 0);
      if (misplaced
          || headers == Ipv6ExtensionHeaders.MAX_HEADERS
          || end - position < FRAGMENT_LENGTH) {
        return MALFORMED;
      }
      int length = FRAGMENT_LENGTH;
      boolean laterFragment = false;
      if (next == IpProtocol.IPV6_FRAGMENT) {
        fragment = position;
        laterFragment =
            (BigEndian.getUnsignedShort(bytes, position + 2) & FRAGMENT_OFFSET_MASK) != 0;
      } else {
        length = ((bytes[position + 1] & 0xff) + 1) * 8;
      }
      if (length > end - position) {
        return MALFORMED;
      }
      last = position;
      next = bytes[position] & 0xff;
      position += length;
      if (laterFragment) {
        break;
      }
    }
    return (long) (last - offset) << 40 | (long) next << 32 | (position - offset);
  }

  private static boolean isExtension(int nextHeader) {
    return switch (nextHeader) {
      case IpProtocol.HOP_BY_HOP,
          IpProtocol.IPV6_ROUTE,
          IpProtocol.IPV6_FRAGMENT,
          DESTINATION_OPTIONS ->
          true;
      default -> false;
    };
  }

  /** The upper-layer protocol in an answer of {@link #upperLayer}. */
  public static int protocolOf(long upperLayer) {
    return (int) (upperLayer >>> 32) & 0xff;
  }

  /** Bytes from the packet's start to its upper-layer header. */
  public static int offsetOf(long upperLayer) {
    return (int) upperLayer;
  }

  /**
   * Bytes from the packet's start to the field that names the upper-layer protocol: the next header
   * of the IPv6 header or of the last extension header.
   */
  public static int protocolFieldOf(long upperLayer) {
    return (int) (upperLayer >>> 40);
  }

  /**
   * Where the fragment header stands, in bytes from the packet's start.
   *
   * @return its offset, or 0 where there is none before the upper-layer header
   */
  public static int fragmentHeader(byte[] bytes, int offset, long upperLayer) {
    int end = offset + offsetOf(upperLayer);
    int next = nextHeader(bytes, offset);
    int position = offset + HEADER_LENGTH;
    while (position < end) {
      if (next == IpProtocol.IPV6_FRAGMENT) {
        return position - offset;
      }
      next = bytes[position] & 0xff;
      position += ((bytes[position + 1] & 0xff) + 1) * 8;
    }
    return 0;
  }

  /**
   * Whether the packet is a fragment: not the whole of its datagram. An atomic fragment is none.
   */
  public static boolean isFragment(byte[] bytes, int offset, long upperLayer) {
    int header = fragmentHeader(bytes, offset, upperLayer);
    return header != 0
        && (BigEndian.getUnsignedShort(bytes, offset + header + 2)
                & (FRAGMENT_OFFSET_MASK | MORE_FRAGMENTS))
            != 0;
  }

  /** Where the fragment's data belongs in the datagram, in bytes; 0 for what is no fragment. */
  public static int fragmentOffset(byte[] bytes, int offset, long upperLayer) {
    int header = fragmentHeader(bytes, offset, upperLayer);
    return header == 0
        ? 0
        : BigEndian.getUnsignedShort(bytes, offset + header + 2) & FRAGMENT_OFFSET_MASK;
  }
}
