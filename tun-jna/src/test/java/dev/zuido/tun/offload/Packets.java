package dev.zuido.tun.offload;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;

/** Packets whose TCP or UDP checksum field holds the pseudo-header's sum, as the host leaves it. */
public final class Packets {
  /** A TCP header with timestamps. */
  public static final int TCP_HEADER_BYTES = 32;

  private Packets() {}

  /** An IPv4 packet whose payload counts upwards. */
  public static byte[] tcp4(int payloadBytes, int sequence, int flags) {
    byte[] packet = new byte[20 + TCP_HEADER_BYTES + payloadBytes];
    Ipv4Fields.write(
        packet, 0, 0x03, packet.length, 0xfffe, 0x4000, 64, IpProtocol.TCP, 0x0a010002, 0x0a020001);
    writeTcp(packet, 20, sequence, flags);
    finish(packet, 12, 8, IpProtocol.TCP, 20, 16);
    return packet;
  }

  /** An IPv6 packet whose payload counts upwards. */
  public static byte[] tcp6(int payloadBytes, int sequence, int flags) {
    byte[] packet = ipv6(IpProtocol.TCP, TCP_HEADER_BYTES + payloadBytes);
    writeTcp(packet, 40, sequence, flags);
    finish(packet, 8, 32, IpProtocol.TCP, 40, 16);
    return packet;
  }

  /** An IPv6 packet with UDP. */
  public static byte[] udp6(int payloadBytes) {
    byte[] packet = ipv6(IpProtocol.UDP, 8 + payloadBytes);
    BigEndian.putShort(packet, 40, 500);
    BigEndian.putShort(packet, 42, 501);
    BigEndian.putShort(packet, 44, 8 + payloadBytes);
    fill(packet, 48);
    finish(packet, 8, 32, IpProtocol.UDP, 40, 6);
    return packet;
  }

  private static byte[] ipv6(int nextHeader, int payloadBytes) {
    byte[] packet = new byte[40 + payloadBytes];
    BigEndian.putInt(packet, 0, 0x60300000);
    BigEndian.putShort(packet, 4, payloadBytes);
    BigEndian.putShort(packet, 6, nextHeader << 8 | 64);
    for (int i = 8; i < 40; i++) {
      packet[i] = (byte) (i * 7);
    }
    return packet;
  }

  private static void writeTcp(byte[] packet, int tcp, int sequence, int flags) {
    BigEndian.putShort(packet, tcp, 40000);
    BigEndian.putShort(packet, tcp + 2, 80);
    BigEndian.putInt(packet, tcp + 4, sequence);
    BigEndian.putInt(packet, tcp + 8, 0x01020304);
    BigEndian.putShort(packet, tcp + 12, TCP_HEADER_BYTES / 4 << 12 | flags);
    BigEndian.putShort(packet, tcp + 14, 1000);
    BigEndian.putInt(packet, tcp + 20, 0x0101080a);
    BigEndian.putInt(packet, tcp + 24, 0x11223344);
    BigEndian.putInt(packet, tcp + 28, 0x55667788);
    fill(packet, tcp + TCP_HEADER_BYTES);
  }

  private static void fill(byte[] packet, int from) {
    for (int i = from; i < packet.length; i++) {
      packet[i] = (byte) (i * 31 + (i >>> 8));
    }
  }

  private static void finish(
      byte[] packet, int addresses, int addressBytes, int protocol, int transport, int field) {
    long sum =
        InternetChecksum.sum(packet, addresses, addressBytes)
            + protocol
            + packet.length
            - transport;
    BigEndian.putShort(packet, transport + field, ~InternetChecksum.finish(sum));
  }
}
