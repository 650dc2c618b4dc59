package dev.zuido.tun.socket;

import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;

/**
 * A UDP port over IPv4, 500 or 4500 for IKE, whose batches hold whole IPv4 packets.
 *
 * <p>The headers of a received packet are written anew from what the kernel reports: addresses,
 * ports, TOS and TTL; the identification and the UDP checksum are 0, since the kernel has verified
 * the checksum (the batch says so). Of a packet to be sent, the addresses, the destination port and
 * the TOS are taken from its headers, the rest is the kernel's: it computes the checksum, chooses
 * the TTL and fragments what is longer than the interface's MTU.
 */
public final class UdpSocket extends IpSocket {
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IP_PMTUDISC_DONT = 0;
  private static final int IP_RECVTTL = 12;
  private static final int IP_RECVTOS = 13;
  private static final int IP_HEADER_BYTES = Ipv4Fields.MIN_HEADER_LENGTH;
  private static final int HEADER_BYTES = IP_HEADER_BYTES + 8;

  private final int port;

  private UdpSocket(
      Descriptor descriptor, int port, String text, SocketConfiguration configuration) {
    super(descriptor, text, configuration);
    this.port = port;
  }

  /**
   * Binds a port. Messages in fragments need an MTU, and a longest packet to be delivered, in the
   * configuration that are as long as they are whole, up to {@value SocketConfiguration#MAX_MTU}.
   *
   * @param local the address, or 0.0.0.0 for all of the host's
   * @param port the port, 1 to 65535
   * @throws dev.zuido.tun.OperatingSystemException EADDRINUSE if another process has the port,
   *     EADDRNOTAVAIL if the host does not have the address, EACCES without CAP_NET_BIND_SERVICE
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static UdpSocket open(Ipv4Address local, int port, SocketConfiguration configuration) {
    requirePort(port);
    String text = "UDP " + local + ":" + port;
    Descriptor descriptor =
        openSocket(text, Linux.AF_INET, Linux.SOCK_DGRAM, IpProtocol.UDP, configuration);
    int number = descriptor.number();
    try {
      option(number, "ask for addresses of arrival", Ipv4Messages.IP_PKTINFO, 1);
      option(number, "ask for the TOS", IP_RECVTOS, 1);
      option(number, "ask for the TTL", IP_RECVTTL, 1);
      option(number, "allow fragments", IP_MTU_DISCOVER, IP_PMTUDISC_DONT);
      NativeBuffer address = new NativeBuffer(Ipv4Messages.ADDRESS_BYTES);
      Ipv4Messages.putAddress(address, 0, local.value(), port);
      bind(number, address, "bind " + text);
      return new UdpSocket(descriptor, port, text, configuration);
    } catch (OperatingSystemException e) {
      descriptor.close();
      throw e;
    }
  }

  private static void option(int number, String operation, int name, int value) {
    Linux.option(number, operation, Ipv4Messages.IPPROTO_IP, name, value);
  }

  @Override
  boolean take(MessageGroup group, int index, int length, PacketBatch into) {
    int total = length + HEADER_BYTES;
    if (!fits(total, into)) {
      return false;
    }
    int packet = into.addUninitialized(total);
    byte[] slab = into.slab();
    int ip = into.offset(packet);
    BigEndian.putShort(slab, ip, 0x4500 | Ipv4Messages.typeOfService(group, index));
    BigEndian.putShort(slab, ip + 2, total);
    BigEndian.putInt(slab, ip + 4, 0);
    BigEndian.putShort(slab, ip + 8, Ipv4Messages.timeToLive(group, index) << 8 | IpProtocol.UDP);
    BigEndian.putShort(slab, ip + 10, 0);
    BigEndian.putInt(slab, ip + 12, Ipv4Messages.sourceAddress(group, index));
    BigEndian.putInt(slab, ip + 16, Ipv4Messages.destinationAddress(group, index));
    BigEndian.putShort(slab, ip + 10, InternetChecksum.of(slab, ip, IP_HEADER_BYTES));
    int udp = ip + IP_HEADER_BYTES;
    BigEndian.putShort(slab, udp, Ipv4Messages.sourcePort(group, index));
    BigEndian.putShort(slab, udp + 2, port);
    BigEndian.putShort(slab, udp + 4, length + 8);
    BigEndian.putShort(slab, udp + 6, 0);
    group.copy(index, slab, ip + HEADER_BYTES, length);
    into.setIngress(packet, Ipv4Messages.interfaceOfArrival(group, index));
    into.setEcn(packet, Ipv4Messages.typeOfService(group, index));
    into.setChecksumState(packet, PacketBatch.ChecksumState.VERIFIED);
    return true;
  }

  @Override
  boolean prepare(PacketBatch from, int packet, MessageGroup group, int index) {
    byte[] slab = from.slab();
    int ip = from.offset(packet);
    int length = from.length(packet);
    if (length < HEADER_BYTES || slab[ip] >>> 4 != 4 || slab[ip + 9] != IpProtocol.UDP) {
      return false;
    }
    int udp = ip + (slab[ip] & 0xf) * 4;
    int udpBytes = ip + length - udp;
    boolean fragment = (BigEndian.getUnsignedShort(slab, ip + 6) & 0x3fff) != 0;
    if (fragment
        || udp < ip + IP_HEADER_BYTES
        || udpBytes < 8
        || BigEndian.getUnsignedShort(slab, udp) != port
        || BigEndian.getUnsignedShort(slab, udp + 4) != udpBytes) {
      return false;
    }
    int destination = BigEndian.getInt(slab, ip + 16);
    int destinationPort = BigEndian.getUnsignedShort(slab, udp + 2);
    group.prepareToSend(index, Ipv4Messages.ADDRESS_BYTES, slab, udp + 8, udpBytes - 8);
    Ipv4Messages.putDestination(group, index, destination, destinationPort);
    Ipv4Messages.putHeader(
        group, index, BigEndian.getInt(slab, ip + 12), BigEndian.getUnsignedByte(slab, ip + 1));
    return true;
  }
}
