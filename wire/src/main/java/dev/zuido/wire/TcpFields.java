package dev.zuido.wire;

/**
 * The TCP header in a {@code byte[]}: what the data path reads and writes with.
 *
 * <p>Each method takes the array and the offset of the header's first byte. {@link #isWellFormed}
 * is called first; the others trust it. The record for the same header is {@link TcpHeader}.
 */
public final class TcpFields {
  /** The length of a header without options. */
  public static final int MIN_HEADER_LENGTH = TcpHeader.MIN_LENGTH;

  private TcpFields() {}

  /**
   * Whether a TCP header with a plausible data offset stands here.
   *
   * @param available bytes from {@code offset} on that belong to the IP payload
   */
  public static boolean isWellFormed(byte[] bytes, int offset, int available) {
    if (available < MIN_HEADER_LENGTH) {
      return false;
    }
    int headerLength = headerLength(bytes, offset);
    return headerLength >= MIN_HEADER_LENGTH && headerLength <= available;
  }

  /** The source port. */
  public static int sourcePort(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset);
  }

  /** The destination port. */
  public static int destinationPort(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 2);
  }

  /** The header length in bytes, 0 to 60. */
  public static int headerLength(byte[] bytes, int offset) {
    return (bytes[offset + 12] & 0xf0) >>> 2;
  }

  /** The eight control bits: see the constants of {@link TcpHeader}. */
  public static int flags(byte[] bytes, int offset) {
    return bytes[offset + 13] & 0xff;
  }

  /** The checksum. */
  public static int checksum(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 16);
  }

  /** Writes a checksum that the caller has computed. */
  public static void setChecksum(byte[] bytes, int offset, int checksum) {
    BigEndian.putShort(bytes, offset + 16, checksum);
  }

  /**
   * Where the value of the maximum segment size option stands in the array, or -1 if the header has
   * none. A broken option area has none either.
   */
  public static int maximumSegmentSizeIndex(byte[] bytes, int offset) {
    int end = offset + headerLength(bytes, offset);
    int position = offset + MIN_HEADER_LENGTH;
    while (position < end) {
      int kind = bytes[position];
      if (kind == TcpOption.KIND_END) {
        return -1;
      }
      if (kind == TcpOption.KIND_NO_OPERATION) {
        position++;
        continue;
      }
      int length = position + 1 < end ? bytes[position + 1] & 0xff : 0;
      if (length < 2 || length > end - position) {
        return -1;
      }
      if (kind == TcpOption.KIND_MAXIMUM_SEGMENT_SIZE) {
        return length == 4 ? position + 2 : -1;
      }
      position += length;
    }
    return -1;
  }

  /**
   * Writes 16 bits of the header and updates the checksum (RFC 1624). An odd place in the header,
   * which an option may have, is allowed.
   *
   * @param index where the value stands in the array
   */
  public static void replaceShort(byte[] bytes, int offset, int index, int value) {
    int old = BigEndian.getUnsignedShort(bytes, index);
    BigEndian.putShort(bytes, index, value);
    // At an odd place the two octets belong to different words of the sum, each in the other half:
    // byte-swapped, they add up to the same (RFC 1071 section 2 (B)).
    boolean odd = (index - offset & 1) != 0;
    int oldWord = odd ? swap(old) : old;
    int newWord = odd ? swap(value) : value;
    setChecksum(
        bytes, offset, InternetChecksum.update16(checksum(bytes, offset), oldWord, newWord));
  }

  private static int swap(int word) {
    return ((word >>> 8) & 0xff) | ((word << 8) & 0xff00);
  }

  /** Computes the checksum of a segment over IPv4 and writes it. */
  public static void updateChecksum(
      byte[] bytes, int offset, int length, int source, int destination) {
    setChecksum(bytes, offset, 0);
    setChecksum(
        bytes,
        offset,
        TransportChecksum.ofIpv4(source, destination, IpProtocol.TCP, bytes, offset, length));
  }
}
