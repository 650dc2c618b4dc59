package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/**
 * The UDP header (RFC 768). The checksum is a component, because it covers addresses that stand
 * outside: see {@link TransportChecksum} and {@link #verify}.
 *
 * <pre>
 *   |          Source Port          |       Destination Port        |
 *   |            Length             |           Checksum            |
 * </pre>
 *
 * @param sourcePort source port
 * @param destinationPort destination port
 * @param length header and payload in bytes, at least 8
 * @param checksum the checksum, 0 for none
 */
public record UdpHeader(int sourcePort, int destinationPort, int length, int checksum) {
  /** Bytes on the wire. */
  public static final int LENGTH = 8;

  /** Checks that the header can be encoded. */
  public UdpHeader {
    Bounds.range("the source port", sourcePort, 0xffff);
    Bounds.range("the destination port", destinationPort, 0xffff);
    Bounds.range("the checksum", checksum, 0xffff);
    if (length < LENGTH || length > 0xffff) {
      throw new IllegalArgumentException("the UDP length is 8 to 65535, not " + length);
    }
  }

  /**
   * Reads the header of a datagram; the reader index then stands at the payload. Bytes behind the
   * length are allowed; the checksum is not verified.
   *
   * @throws MalformedPacketException TRUNCATED if header or payload are not all there, BAD_LENGTH
   */
  public static UdpHeader decode(ByteBuf in) throws MalformedPacketException {
    int available = in.readableBytes();
    Bounds.require(in, in.readerIndex(), LENGTH, "UDP header");
    int sourcePort = in.readUnsignedShort();
    int destinationPort = in.readUnsignedShort();
    int length = in.readUnsignedShort();
    if (length < LENGTH) {
      throw new MalformedPacketException(MalformedReason.BAD_LENGTH, "UDP Length", 4);
    }
    if (length > available) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, "UDP payload", available);
    }
    return new UdpHeader(sourcePort, destinationPort, length, in.readUnsignedShort());
  }

  /** Writes the header with the checksum as it stands in the record. */
  public void encode(ByteBuf out) {
    out.writeShort(sourcePort);
    out.writeShort(destinationPort);
    out.writeShort(length);
    out.writeShort(checksum);
  }

  /** Bytes on the wire. */
  public int encodedLength() {
    return LENGTH;
  }

  /** Bytes behind the header. */
  public int payloadLength() {
    return length - LENGTH;
  }

  /**
   * Whether the checksum of a datagram is right. Over IPv4 an absent one is; over IPv6 it is not
   * (RFC 8200 section 8.1).
   *
   * @param datagram the buffer in which the datagram stands; its indices stay where they are
   * @param index the index of this header's first byte, with {@link #length()} bytes from there
   */
  public boolean verify(IpAddress source, IpAddress destination, ByteBuf datagram, int index) {
    if (checksum == 0) {
      return source instanceof Ipv4Address;
    }
    return TransportChecksum.of(source, destination, IpProtocol.UDP, datagram, index, length) == 0;
  }
}
