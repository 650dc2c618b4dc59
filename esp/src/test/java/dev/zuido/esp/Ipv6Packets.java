package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import java.io.ByteArrayOutputStream;

/** IPv6 packets for tests. */
final class Ipv6Packets {
  static final Ipv6Address HERE = Ipv6Address.parse("2001:db8:1::1");
  static final Ipv6Address THERE = Ipv6Address.parse("2001:db8:2::1");
  static final int DESTINATION_OPTIONS = 60;

  private Ipv6Packets() {}

  /** A packet with this next header and payload. */
  static byte[] packet(Ipv6Address from, Ipv6Address to, int nextHeader, byte[]... parts) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      payload.writeBytes(part);
    }
    byte[] packet = new byte[Ipv6Fields.HEADER_LENGTH + payload.size()];
    System.arraycopy(payload.toByteArray(), 0, packet, Ipv6Fields.HEADER_LENGTH, payload.size());
    Ipv6Fields.write(packet, 0, 0, 0, payload.size(), nextHeader, 64, from, to);
    return packet;
  }

  /** The start of a transport header: two ports, and four bytes more. */
  static byte[] ports(int source, int destination) {
    byte[] header = new byte[8];
    BigEndian.putShort(header, 0, source);
    BigEndian.putShort(header, 2, destination);
    return header;
  }

  /** An extension header of eight bytes. */
  static byte[] extension(int nextHeader) {
    byte[] header = new byte[8];
    header[0] = (byte) nextHeader;
    header[2] = 1; // PadN of four bytes
    header[3] = 4;
    return header;
  }

  /** A fragment header. */
  static byte[] fragment(int nextHeader, int offsetBytes, boolean more) {
    byte[] header = new byte[8];
    header[0] = (byte) nextHeader;
    BigEndian.putShort(header, 2, offsetBytes | (more ? 1 : 0));
    return header;
  }

  static byte[] udp(Ipv6Address from, int fromPort, Ipv6Address to, int toPort) {
    return packet(from, to, IpProtocol.UDP, ports(fromPort, toPort));
  }
}
