package dev.zuido.wire;

/**
 * The IPv4 header in a {@code byte[]}: what the data path reads and writes with.
 *
 * <p>Each method takes the array and the offset of the header's first byte. {@link #isWellFormed}
 * is called first; the others trust it. The record for the same header is {@link Ipv4Header}.
 *
 * <pre>
 *    0                   1                   2                   3
 *   |Version|  IHL  |Type of Service|          Total Length         |
 *   |         Identification        |Flags|      Fragment Offset    |
 *   |  Time to Live |    Protocol   |         Header Checksum       |
 *   |                       Source Address                          |
 *   |                    Destination Address                        |
 * </pre>
 */
public final class Ipv4Fields {
  /** The length of a header without options. */
  public static final int MIN_HEADER_LENGTH = 20;

  /** The flag "don't fragment" in the flags and fragment offset word. */
  public static final int DONT_FRAGMENT = 0x4000;

  /** The flag "more fragments" in the flags and fragment offset word. */
  public static final int MORE_FRAGMENTS = 0x2000;

  /** The mask of the fragment offset, in units of 8 bytes. */
  public static final int OFFSET_MASK = 0x1fff;

  private Ipv4Fields() {}

  /**
   * Whether an IPv4 header with a plausible header length, total length and a right checksum stands
   * here. Bytes behind the total length are allowed: link layers pad.
   *
   * @param available bytes from {@code offset} on that belong to the packet
   */
  public static boolean isWellFormed(byte[] bytes, int offset, int available) {
    if (available < MIN_HEADER_LENGTH || version(bytes, offset) != 4) {
      return false;
    }
    int headerLength = headerLength(bytes, offset);
    int totalLength = totalLength(bytes, offset);
    return headerLength >= MIN_HEADER_LENGTH
        && headerLength <= totalLength
        && totalLength <= available
        && InternetChecksum.of(bytes, offset, headerLength) == 0;
  }

  /** The version, 0 to 15: 4 for IPv4. */
  public static int version(byte[] bytes, int offset) {
    return bytes[offset] >>> 4 & 0xf;
  }

  /** The header length in bytes, 0 to 60. */
  public static int headerLength(byte[] bytes, int offset) {
    return (bytes[offset] & 0xf) << 2;
  }

  /** The type of service: DSCP and ECN. */
  public static int tos(byte[] bytes, int offset) {
    return bytes[offset + 1] & 0xff;
  }

  /** The total length in bytes. */
  public static int totalLength(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 2);
  }

  /** The identification. */
  public static int identification(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 4);
  }

  /** The word of flags and fragment offset. */
  public static int flagsAndOffset(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 6);
  }

  /** Whether fragmentation is forbidden. */
  public static boolean dontFragment(byte[] bytes, int offset) {
    return (flagsAndOffset(bytes, offset) & DONT_FRAGMENT) != 0;
  }

  /** Whether the packet is a fragment: not the whole of its datagram. */
  public static boolean isFragment(byte[] bytes, int offset) {
    return (flagsAndOffset(bytes, offset) & (MORE_FRAGMENTS | OFFSET_MASK)) != 0;
  }

  /** Where the fragment's data belongs in the datagram, in bytes. */
  public static int fragmentOffset(byte[] bytes, int offset) {
    return (flagsAndOffset(bytes, offset) & OFFSET_MASK) << 3;
  }

  /** The time to live. */
  public static int ttl(byte[] bytes, int offset) {
    return bytes[offset + 8] & 0xff;
  }

  /** The protocol: see {@link IpProtocol}. */
  public static int protocol(byte[] bytes, int offset) {
    return bytes[offset + 9] & 0xff;
  }

  /** The header checksum. */
  public static int checksum(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 10);
  }

  /** The source address as a number. */
  public static int source(byte[] bytes, int offset) {
    return BigEndian.getInt(bytes, offset + 12);
  }

  /** The destination address as a number. */
  public static int destination(byte[] bytes, int offset) {
    return BigEndian.getInt(bytes, offset + 16);
  }

  /** Writes a header of 20 bytes with its checksum. */
  public static void write(
      byte[] bytes,
      int offset,
      int tos,
      int totalLength,
      int identification,
      int flagsAndOffset,
      int ttl,
      int protocol,
      int source,
      int destination) {
    bytes[offset] = 0x45;
    bytes[offset + 1] = (byte) tos;
    BigEndian.putShort(bytes, offset + 2, totalLength);
    BigEndian.putShort(bytes, offset + 4, identification);
    BigEndian.putShort(bytes, offset + 6, flagsAndOffset);
    bytes[offset + 8] = (byte) ttl;
    bytes[offset + 9] = (byte) protocol;
    BigEndian.putInt(bytes, offset + 12, source);
    BigEndian.putInt(bytes, offset + 16, destination);
    updateChecksum(bytes, offset);
  }

  /** Computes the checksum anew over the header and its options, and writes it. */
  public static void updateChecksum(byte[] bytes, int offset) {
    BigEndian.putShort(bytes, offset + 10, 0);
    int checksum = InternetChecksum.of(bytes, offset, headerLength(bytes, offset));
    BigEndian.putShort(bytes, offset + 10, checksum);
  }

  /** Changes the total length and computes the checksum anew. */
  public static void setTotalLength(byte[] bytes, int offset, int totalLength) {
    BigEndian.putShort(bytes, offset + 2, totalLength);
    updateChecksum(bytes, offset);
  }

  /** Changes the protocol and computes the checksum anew. */
  public static void setProtocol(byte[] bytes, int offset, int protocol) {
    bytes[offset + 9] = (byte) protocol;
    updateChecksum(bytes, offset);
  }

  /**
   * Takes one off the time to live and updates the checksum (RFC 1624). The caller has checked that
   * it is not 0.
   */
  public static void decrementTtl(byte[] bytes, int offset) {
    int oldWord = BigEndian.getUnsignedShort(bytes, offset + 8);
    int newWord = oldWord - 0x100;
    BigEndian.putShort(bytes, offset + 8, newWord);
    BigEndian.putShort(
        bytes, offset + 10, InternetChecksum.update16(checksum(bytes, offset), oldWord, newWord));
  }
}
