package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;

/**
 * The Authentication Header in a {@code byte[]} (RFC 4302 section 2): what the data path reads and
 * writes with, and what whoever sorts packets can read without keys. The record for the same header
 * is {@link AhHeader}.
 *
 * <pre>
 *    0                   1                   2                   3
 *   | Next Header   |  Payload Len  |          RESERVED             |
 *   |                 Security Parameters Index (SPI)               |
 *   |                    Sequence Number Field                      |
 *   |                Integrity Check Value-ICV (variable)           |
 * </pre>
 */
public final class AhFields {
  /** The length of the header without its ICV. */
  public static final int FIXED_LENGTH = 12;

  /** What {@link #locate} answers where no AH is. */
  public static final int NONE = -1;

  /** Where the SPI stands in the header, before the sequence number. */
  static final int SPI_OFFSET = 4;

  private AhFields() {}

  /**
   * Finds AH in a packet: behind the IPv4 header and its options, or behind the IPv6 extension
   * headers.
   *
   * @param offset the offset of a well-formed IPv4 or IPv6 header
   * @return the index of AH's first byte, or {@link #NONE} if the packet's protocol is another, the
   *     fixed part is cut off, or the packet is a fragment
   */
  public static int locate(byte[] bytes, int offset) {
    if (Ipv4Fields.version(bytes, offset) == 4) {
      int header = offset + Ipv4Fields.headerLength(bytes, offset);
      int end = offset + Ipv4Fields.totalLength(bytes, offset);
      return Ipv4Fields.protocol(bytes, offset) == IpProtocol.AH
              && !Ipv4Fields.isFragment(bytes, offset)
              && end - header >= FIXED_LENGTH
          ? header
          : NONE;
    }
    long upper = Ipv6Fields.upperLayer(bytes, offset);
    if (upper == Ipv6Fields.MALFORMED || Ipv6Fields.protocolOf(upper) != IpProtocol.AH) {
      return NONE;
    }
    int header = offset + Ipv6Fields.offsetOf(upper);
    int end = offset + Ipv6Fields.totalLength(bytes, offset);
    return !Ipv6Fields.isFragment(bytes, offset, upper) && end - header >= FIXED_LENGTH
        ? header
        : NONE;
  }

  /** The protocol behind AH. */
  public static int nextHeader(byte[] bytes, int ah) {
    return bytes[ah] & 0xff;
  }

  /** The length of AH by its Payload Len field, in bytes, ICV and padding included: 8 to 1028. */
  public static int headerLength(byte[] bytes, int ah) {
    return ((bytes[ah + 1] & 0xff) + 2) * 4;
  }

  /** The SPI. */
  public static int spi(byte[] bytes, int ah) {
    return BigEndian.getInt(bytes, ah + 4);
  }

  /** The low 32 bits of the sequence number. */
  public static int sequence(byte[] bytes, int ah) {
    return BigEndian.getInt(bytes, ah + 8);
  }

  /**
   * Writes the header with an ICV and padding of zeros.
   *
   * @param headerLength bytes of the whole header, a multiple of 4, at least {@value #FIXED_LENGTH}
   */
  static void write(byte[] bytes, int ah, int headerLength, int nextHeader, int spi, int sequence) {
    bytes[ah] = (byte) nextHeader;
    bytes[ah + 1] = (byte) (headerLength / 4 - 2);
    bytes[ah + 2] = 0;
    bytes[ah + 3] = 0;
    BigEndian.putInt(bytes, ah + 4, spi);
    BigEndian.putInt(bytes, ah + 8, sequence);
    for (int i = FIXED_LENGTH; i < headerLength; i++) {
      bytes[ah + i] = 0;
    }
  }
}
