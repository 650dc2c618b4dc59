package dev.zuido.tun.socket;

import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Header;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.TransportChecksum;
import java.util.Arrays;

/**
 * A UDP port over IPv6, 500 or 4500 for IKE, whose batches hold whole IPv6 packets.
 *
 * <p>The headers of a received packet are written anew from what the kernel reports: addresses,
 * ports, traffic class and hop limit; the flow label is 0, extension headers are left out, and the
 * UDP checksum, which the kernel has verified, is computed anew, since over IPv6 there has to be
 * one (RFC 8200 section 8.1). Of a packet to be sent, which has no extension headers, the
 * addresses, the destination port and the traffic class are taken from its headers, the rest is the
 * kernel's: it computes the checksum, chooses the hop limit and fragments what is longer than the
 * interface's MTU. A link-local address needs a socket that is bound to an interface.
 */
public final class UdpIpv6Socket extends IpSocket {
  private static final int IPV6_PMTUDISC_DONT = 0;
  private static final int UDP_BYTES = 8;
  private static final int HEADER_BYTES = Ipv6Header.LENGTH + UDP_BYTES;

  private final int port;

  /** Of the message that is being taken apart: its headers without lengths and checksum. */
  private final byte[] header = new byte[HEADER_BYTES];

  private int ingress;
  private int trafficClass;
  private long addressSum;

  private UdpIpv6Socket(
      Descriptor descriptor, int port, String text, SocketConfiguration configuration) {
    super(descriptor, text, configuration, UdpOffloads.enable(descriptor.number(), configuration));
    this.port = port;
  }

  /**
   * Binds a port, over IPv6 only: a {@link UdpSocket} can have the same. Messages in fragments need
   * an MTU, and a longest packet to be delivered, in the configuration that are as long as they are
   * whole.
   *
   * @param local the address, or :: for all of the host's
   * @param port the port, 1 to 65535
   * @throws dev.zuido.tun.OperatingSystemException EADDRINUSE if another process has the port,
   *     EADDRNOTAVAIL if the host does not have the address, EACCES without CAP_NET_BIND_SERVICE,
   *     EAFNOSUPPORT on a host without IPv6
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static UdpIpv6Socket open(Ipv6Address local, int port, SocketConfiguration configuration) {
    requirePort(port);
    String text = "UDP [" + local + "]:" + port;
    Descriptor descriptor =
        openSocket(text, Linux.AF_INET6, Linux.SOCK_DGRAM, IpProtocol.UDP, configuration);
    int number = descriptor.number();
    try {
      option(number, "leave IPv4 to others", Ipv6Messages.IPV6_V6ONLY, 1);
      option(number, "ask for addresses of arrival", Ipv6Messages.IPV6_RECVPKTINFO, 1);
      option(number, "ask for the traffic class", Ipv6Messages.IPV6_RECVTCLASS, 1);
      option(number, "ask for the hop limit", Ipv6Messages.IPV6_RECVHOPLIMIT, 1);
      option(number, "allow fragments", Ipv6Messages.IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DONT);
      NativeBuffer address = new NativeBuffer(Ipv6Messages.ADDRESS_BYTES);
      Ipv6Messages.putAddress(address, 0, local.toBytes(), 0, port);
      bind(number, address, "bind " + text);
      return new UdpIpv6Socket(descriptor, port, text, configuration);
    } catch (OperatingSystemException e) {
      descriptor.close();
      throw e;
    }
  }

  private static void option(int number, String operation, int name, int value) {
    Linux.option(number, operation, Ipv6Messages.IPPROTO_IPV6, name, value);
  }

  /** Which offloads the socket uses at present. */
  public UdpOffloads offloads() {
    return currentOffloads();
  }

  @Override
  void readHeader(MessageGroup group, int index) {
    Ipv6Messages.writeHeader(group, index, header, 0, IpProtocol.UDP, 0);
    BigEndian.putShort(header, Ipv6Header.LENGTH, Ipv6Messages.sourcePort(group, index));
    BigEndian.putShort(header, Ipv6Header.LENGTH + 2, port);
    ingress = Ipv6Messages.interfaceOfArrival(group, index);
    trafficClass = Ipv6Messages.trafficClass(group, index);
    addressSum = InternetChecksum.sum(header, 8, 2 * Ipv6Address.LENGTH);
  }

  @Override
  boolean take(MessageGroup group, int index, int position, int length, PacketBatch into) {
    int total = HEADER_BYTES + length;
    if (!fits(total, into)) {
      return false;
    }
    int packet = into.addUninitialized(total);
    byte[] slab = into.slab();
    int ip = into.offset(packet);
    int udp = ip + Ipv6Header.LENGTH;
    int udpBytes = UDP_BYTES + length;
    System.arraycopy(header, 0, slab, ip, HEADER_BYTES);
    BigEndian.putShort(slab, ip + 4, udpBytes);
    BigEndian.putInt(slab, udp + 4, udpBytes << 16);
    group.copy(index, position, slab, udp + UDP_BYTES, length);
    long sum = addressSum + IpProtocol.UDP + udpBytes + InternetChecksum.sum(slab, udp, udpBytes);
    BigEndian.putShort(slab, udp + 6, TransportChecksum.udpValue(InternetChecksum.finish(sum)));
    into.setIngress(packet, ingress);
    into.setEcn(packet, trafficClass);
    into.setChecksumState(packet, PacketBatch.ChecksumState.VERIFIED);
    return true;
  }

  @Override
  int headerBytes(byte[] slab, int ip, int length) {
    int udp = ip + Ipv6Header.LENGTH;
    if (length < HEADER_BYTES
        || !Ipv6Messages.isPacket(slab, ip, length)
        || slab[ip + 6] != IpProtocol.UDP
        || BigEndian.getUnsignedShort(slab, udp) != port
        || BigEndian.getUnsignedShort(slab, udp + 4) != length - Ipv6Header.LENGTH) {
      return -1;
    }
    return HEADER_BYTES;
  }

  @Override
  int addressBytes() {
    return Ipv6Messages.ADDRESS_BYTES;
  }

  @Override
  void putHeader(byte[] slab, int ip, MessageGroup group, int index) {
    int destinationPort = BigEndian.getUnsignedShort(slab, ip + Ipv6Header.LENGTH + 2);
    Ipv6Messages.putDestination(group, index, slab, ip, destinationPort);
    Ipv6Messages.putHeader(group, index, slab, ip);
  }

  @Override
  boolean sameFlow(byte[] slab, int first, int second) {
    return (BigEndian.getInt(slab, first) ^ BigEndian.getInt(slab, second)) >>> 20 == 0
        && Arrays.equals(slab, first + 8, first + 40, slab, second + 8, second + 40)
        && BigEndian.getUnsignedShort(slab, first + 42)
            == BigEndian.getUnsignedShort(slab, second + 42);
  }
}
