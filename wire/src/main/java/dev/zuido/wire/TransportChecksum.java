package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/**
 * The checksum over a pseudo-header and an upper-layer packet: TCP and UDP over IPv4 (RFC 9293
 * section 3.1, RFC 768), and TCP, UDP and ICMPv6 over IPv6 (RFC 8200 section 8.1).
 *
 * <p>Over an area that contains a right checksum each method gives 0; over an area whose checksum
 * field is zero it gives the value that belongs into the field.
 */
public final class TransportChecksum {
  private TransportChecksum() {}

  /**
   * The checksum of an upper-layer packet in a buffer; the indices stay where they are.
   *
   * @throws IllegalArgumentException if the addresses are of different families
   */
  public static int of(
      IpAddress source,
      IpAddress destination,
      int protocol,
      ByteBuf buffer,
      int index,
      int length) {
    return InternetChecksum.finish(
        pseudoHeaderSum(source, destination, protocol, length)
            + InternetChecksum.sum(buffer, index, length));
  }

  /**
   * The checksum of an upper-layer packet in an array.
   *
   * @throws IllegalArgumentException if the addresses are of different families
   */
  public static int of(
      IpAddress source, IpAddress destination, int protocol, byte[] bytes, int offset, int length) {
    return InternetChecksum.finish(
        pseudoHeaderSum(source, destination, protocol, length)
            + InternetChecksum.sum(bytes, offset, length));
  }

  /** The checksum of an upper-layer packet over IPv4, for the data path. */
  public static int ofIpv4(
      int source, int destination, int protocol, byte[] bytes, int offset, int length) {
    return InternetChecksum.finish(
        InternetChecksum.pseudoHeaderSum(source, destination, protocol, length)
            + InternetChecksum.sum(bytes, offset, length));
  }

  /**
   * The value that UDP sends: as computed, but 65 535 instead of 0, which would mean that there is
   * no checksum (RFC 768).
   */
  public static int udpValue(int checksum) {
    return checksum == 0 ? 0xffff : checksum;
  }

  private static long pseudoHeaderSum(
      IpAddress source, IpAddress destination, int protocol, int length) {
    if (source instanceof Ipv4Address from && destination instanceof Ipv4Address to) {
      return InternetChecksum.pseudoHeaderSum(from.value(), to.value(), protocol, length);
    }
    if (source instanceof Ipv6Address from && destination instanceof Ipv6Address to) {
      return sum(from.high())
          + sum(from.low())
          + sum(to.high())
          + sum(to.low())
          + protocol
          + length;
    }
    throw new IllegalArgumentException("source and destination are of different families");
  }

  private static long sum(long word) {
    return (word >>> 32) + (word & 0xffff_ffffL);
  }
}
