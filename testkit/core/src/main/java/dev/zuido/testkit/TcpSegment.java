package dev.zuido.testkit;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.TcpFields;
import dev.zuido.wire.TcpOption;

/**
 * The fields of a segment to send.
 *
 * @param mss the value of the maximum segment size option, 0 for no option
 */
record TcpSegment(
    int sourcePort,
    int destinationPort,
    int sequence,
    int acknowledgment,
    int flags,
    int window,
    int mss) {

  /** The IPv4 packet with this segment and a part of an array as payload. */
  byte[] toPacket(VirtualHost host, Ipv4Address to, byte[] content, int offset, int length) {
    int header = TcpFields.MIN_HEADER_LENGTH + (mss > 0 ? 4 : 0);
    byte[] segment = new byte[header + length];
    BigEndian.putShort(segment, 0, sourcePort);
    BigEndian.putShort(segment, 2, destinationPort);
    BigEndian.putInt(segment, 4, sequence);
    BigEndian.putInt(segment, 8, acknowledgment);
    segment[12] = (byte) (header << 2);
    segment[13] = (byte) flags;
    BigEndian.putShort(segment, 14, window);
    if (mss > 0) {
      segment[20] = TcpOption.KIND_MAXIMUM_SEGMENT_SIZE;
      segment[21] = 4;
      BigEndian.putShort(segment, 22, mss);
    }
    System.arraycopy(content, offset, segment, header, length);
    TcpFields.updateChecksum(segment, 0, segment.length, host.address().value(), to.value());
    return Ipv4Packets.of(
        IpProtocol.TCP,
        host.address(),
        to,
        64,
        host.nextIdentification(),
        Ipv4Fields.DONT_FRAGMENT,
        segment);
  }
}
