package dev.zuido.wire;

/**
 * The UDP header in a {@code byte[]}: what the data path reads and writes with.
 *
 * <p>Each method takes the array and the offset of the header's first byte. {@link #isWellFormed}
 * is called first; the others trust it. The record for the same header is {@link UdpHeader}.
 */
public final class UdpFields {
  /** Bytes of the header. */
  public static final int HEADER_LENGTH = UdpHeader.LENGTH;

  private UdpFields() {}

  /**
   * Whether a UDP header with a plausible length stands here. Bytes behind the length are allowed.
   *
   * @param available bytes from {@code offset} on that belong to the IP payload
   */
  public static boolean isWellFormed(byte[] bytes, int offset, int available) {
    if (available < HEADER_LENGTH) {
      return false;
    }
    int length = length(bytes, offset);
    return length >= HEADER_LENGTH && length <= available;
  }

  /** The source port. */
  public static int sourcePort(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset);
  }

  /** The destination port. */
  public static int destinationPort(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 2);
  }

  /** Header and payload in bytes. */
  public static int length(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 4);
  }

  /** The checksum, 0 for none. */
  public static int checksum(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 6);
  }

  /** Writes a header without a checksum. */
  public static void write(
      byte[] bytes, int offset, int sourcePort, int destinationPort, int length) {
    BigEndian.putShort(bytes, offset, sourcePort);
    BigEndian.putShort(bytes, offset + 2, destinationPort);
    BigEndian.putShort(bytes, offset + 4, length);
    BigEndian.putShort(bytes, offset + 6, 0);
  }

  /** Computes the checksum of a datagram over IPv4 and writes it. */
  public static void updateChecksum(byte[] bytes, int offset, int source, int destination) {
    BigEndian.putShort(bytes, offset + 6, 0);
    int length = length(bytes, offset);
    int checksum =
        TransportChecksum.ofIpv4(source, destination, IpProtocol.UDP, bytes, offset, length);
    BigEndian.putShort(bytes, offset + 6, TransportChecksum.udpValue(checksum));
  }

  /** Whether the checksum of a datagram over IPv4 is right or absent. */
  public static boolean verify(byte[] bytes, int offset, int source, int destination) {
    return checksum(bytes, offset) == 0
        || TransportChecksum.ofIpv4(
                source, destination, IpProtocol.UDP, bytes, offset, length(bytes, offset))
            == 0;
  }
}
