package dev.zuido.tun.socket;

import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Header;
import dev.zuido.wire.PacketBatch;

/**
 * A raw IPv6 socket of one protocol: GRE (47), ESP (50), OSPF (89) or another (RFC 3542 section 3).
 *
 * <p>Batches hold whole IPv6 packets. The header of a received one is written anew from what the
 * kernel reports: addresses, traffic class and hop limit; the flow label is 0, and extension
 * headers before the protocol's are left out. What is sent goes with the header that it has
 * (IPV6_HDRINCL, Linux 4.5), checksums of the protocol are left alone, and nothing is fragmented. A
 * link-local destination needs a socket that is bound to an interface.
 */
public final class RawIpv6Socket extends IpSocket {
  private static final int MEMBERSHIP_BYTES = 20;

  private final int protocol;

  private RawIpv6Socket(
      Descriptor descriptor, int protocol, String text, SocketConfiguration configuration) {
    super(descriptor, text, configuration);
    this.protocol = protocol;
  }

  /**
   * Opens a socket. It receives no multicast before it has joined a group, and never what the host
   * itself sends to a group.
   *
   * @param protocol the protocol number, 1 to 254, no extension header's
   * @throws dev.zuido.tun.OperatingSystemException EPERM without CAP_NET_RAW, ENODEV if the
   *     interface is absent, EAFNOSUPPORT on a host without IPv6
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static RawIpv6Socket open(int protocol, SocketConfiguration configuration) {
    if (protocol < 1 || protocol > 254) {
      throw new IllegalArgumentException("a protocol number is 1 to 254, not " + protocol);
    }
    String text = "protocol " + IpProtocol.name(protocol) + " over IPv6";
    Descriptor descriptor =
        openSocket(text, Linux.AF_INET6, Linux.SOCK_RAW, protocol, configuration);
    RawIpv6Socket socket = new RawIpv6Socket(descriptor, protocol, text, configuration);
    try {
      socket.option("include headers", Ipv6Messages.IPV6_HDRINCL, 1);
      socket.option("ask for addresses of arrival", Ipv6Messages.IPV6_RECVPKTINFO, 1);
      socket.option("ask for the traffic class", Ipv6Messages.IPV6_RECVTCLASS, 1);
      socket.option("ask for the hop limit", Ipv6Messages.IPV6_RECVHOPLIMIT, 1);
      socket.option("keep own multicast away", Ipv6Messages.IPV6_MULTICAST_LOOP, 0);
      socket.option("receive joined groups only", Ipv6Messages.IPV6_MULTICAST_ALL, 0);
      return socket;
    } catch (OperatingSystemException e) {
      socket.close();
      throw e;
    }
  }

  private void option(String operation, int name, int value) {
    Linux.option(
        descriptor().number(), operation + " of " + this, Ipv6Messages.IPPROTO_IPV6, name, value);
  }

  /**
   * Receives a multicast group on an interface from now on.
   *
   * @param interfaceIndex the interface's number
   * @throws dev.zuido.tun.OperatingSystemException EADDRINUSE if it is joined already, ENODEV if
   *     there is no such interface
   */
  public void joinGroup(Ipv6Address group, int interfaceIndex) {
    membership("join", Ipv6Messages.IPV6_ADD_MEMBERSHIP, group, interfaceIndex);
  }

  /**
   * Receives a multicast group on an interface no longer.
   *
   * @throws dev.zuido.tun.OperatingSystemException EADDRNOTAVAIL if it is not joined
   */
  public void leaveGroup(Ipv6Address group, int interfaceIndex) {
    membership("leave", Ipv6Messages.IPV6_DROP_MEMBERSHIP, group, interfaceIndex);
  }

  /** {@code struct ipv6_mreq}: the group, the interface. */
  private void membership(String verb, int option, Ipv6Address group, int interfaceIndex) {
    if (!group.isMulticast()) {
      throw new IllegalArgumentException("not a multicast group: " + group);
    }
    NativeBuffer request = new NativeBuffer(MEMBERSHIP_BYTES);
    request.put(0, group.toBytes(), 0, Ipv6Address.LENGTH);
    request.putInt(Ipv6Address.LENGTH, interfaceIndex);
    whileOpen(
        number ->
            Linux.option(
                number,
                verb + " " + group + " on interface " + interfaceIndex,
                Ipv6Messages.IPPROTO_IPV6,
                option,
                request));
  }

  /**
   * Sends multicast out of an interface, whatever the routes say.
   *
   * @throws dev.zuido.tun.OperatingSystemException if there is no such interface, EINVAL if the
   *     socket is bound to another
   */
  public void sendGroupsOutOf(int interfaceIndex) {
    whileOpen(
        number ->
            Linux.option(
                number,
                "send multicast on interface " + interfaceIndex,
                Ipv6Messages.IPPROTO_IPV6,
                Ipv6Messages.IPV6_MULTICAST_IF,
                interfaceIndex));
  }

  @Override
  void readHeader(MessageGroup group, int index) {
    // Each message is one packet: read when it is taken.
  }

  @Override
  boolean take(MessageGroup group, int index, int position, int length, PacketBatch into) {
    int total = Ipv6Header.LENGTH + length;
    if (!fits(total, into)) {
      return false;
    }
    int packet = into.addUninitialized(total);
    int offset = into.offset(packet);
    Ipv6Messages.writeHeader(group, index, into.slab(), offset, protocol, length);
    group.copy(index, position, into.slab(), offset + Ipv6Header.LENGTH, length);
    into.setIngress(packet, Ipv6Messages.interfaceOfArrival(group, index));
    into.setEcn(packet, Ipv6Messages.trafficClass(group, index));
    return true;
  }

  @Override
  int headerBytes(byte[] slab, int ip, int length) {
    boolean ours =
        Ipv6Messages.isPacket(slab, ip, length)
            && BigEndian.getUnsignedByte(slab, ip + 6) == protocol;
    return ours ? 0 : -1;
  }

  @Override
  int addressBytes() {
    return Ipv6Messages.ADDRESS_BYTES;
  }

  @Override
  void putHeader(byte[] slab, int ip, MessageGroup group, int index) {
    Ipv6Messages.putDestination(group, index, slab, ip, 0);
  }
}
