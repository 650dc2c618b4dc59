package dev.zuido.tun.socket;

import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;

/**
 * A raw IPv4 socket of one protocol: GRE (47), ESP (50), OSPF (89) or another.
 *
 * <p>Packets are whole, with the IPv4 header, in both directions (IP_HDRINCL): TTL, TOS, DF and
 * addresses of what is sent are the header's, also of multicast, and nothing is fragmented. The
 * kernel writes the total length and the header checksum, and the identification where it is 0.
 */
public final class RawIpSocket extends IpSocket {
  private static final int SOL_RAW = 255;
  private static final int ICMP_FILTER = 1;
  private static final int IP_HDRINCL = 3;
  private static final int IP_MULTICAST_IF = 32;
  private static final int IP_MULTICAST_LOOP = 34;
  private static final int IP_ADD_MEMBERSHIP = 35;
  private static final int IP_DROP_MEMBERSHIP = 36;
  private static final int IP_MULTICAST_ALL = 49;
  private static final int MEMBERSHIP_BYTES = 12;

  /** IPPROTO_RAW: headers are included by nature. */
  private static final int ANY_PROTOCOL = 255;

  private final int protocol;

  /** Of the message that is being taken. */
  private int ingress;

  private RawIpSocket(
      Descriptor descriptor, int protocol, String text, SocketConfiguration configuration) {
    super(descriptor, text, configuration);
    this.protocol = protocol;
  }

  /**
   * Opens a socket. It receives no multicast before it has joined a group, and never what the host
   * itself sends to a group.
   *
   * @param protocol the protocol number, 1 to 254
   * @throws dev.zuido.tun.OperatingSystemException EPERM without CAP_NET_RAW, ENODEV if the
   *     interface is absent
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static RawIpSocket open(int protocol, SocketConfiguration configuration) {
    if (protocol < 1 || protocol > 254) {
      throw new IllegalArgumentException("a protocol number is 1 to 254, not " + protocol);
    }
    String text = "protocol " + IpProtocol.name(protocol);
    Descriptor descriptor =
        openSocket(text, Linux.AF_INET, Linux.SOCK_RAW, protocol, configuration);
    RawIpSocket socket = new RawIpSocket(descriptor, protocol, text, configuration);
    try {
      socket.option("include headers", IP_HDRINCL, 1);
      socket.option("ask for the interface of arrival", Ipv4Messages.IP_PKTINFO, 1);
      socket.option("keep own multicast away", IP_MULTICAST_LOOP, 0);
      socket.option("receive joined groups only", IP_MULTICAST_ALL, 0);
      return socket;
    } catch (OperatingSystemException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Opens a socket that sends packets of any protocol and receives none (IPPROTO_RAW).
   *
   * @throws dev.zuido.tun.OperatingSystemException EPERM without CAP_NET_RAW, ENODEV if the
   *     interface is absent
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static RawIpSocket openToSend(SocketConfiguration configuration) {
    String text = "any protocol";
    Descriptor descriptor =
        openSocket(text, Linux.AF_INET, Linux.SOCK_RAW, ANY_PROTOCOL, configuration);
    return new RawIpSocket(descriptor, ANY_PROTOCOL, text, configuration);
  }

  private void option(String operation, int name, int value) {
    Linux.option(
        descriptor().number(), operation + " of " + this, Ipv4Messages.IPPROTO_IP, name, value);
  }

  /**
   * Receives a multicast group on an interface from now on.
   *
   * @param interfaceIndex the interface's number; 0 where the socket is bound to an interface whose
   *     route leads to the group
   * @throws dev.zuido.tun.OperatingSystemException EADDRINUSE if it is joined already, ENODEV if
   *     there is no such interface, ENOBUFS at the limit (net.ipv4.igmp_max_memberships)
   */
  public void joinGroup(Ipv4Address group, int interfaceIndex) {
    membership("join", IP_ADD_MEMBERSHIP, group, interfaceIndex);
  }

  /**
   * Receives ICMP messages of some types only (ICMP_FILTER); the kernel goes on doing with all of
   * them what it does.
   *
   * @param types the types, 0 to 31
   * @throws IllegalStateException if it is no socket of ICMP
   */
  public void receiveIcmpTypes(int... types) {
    if (protocol != IpProtocol.ICMP) {
      throw new IllegalStateException("only a socket of ICMP tells its types apart");
    }
    int blocked = -1;
    for (int type : types) {
      if (type < 0 || type > 31) {
        throw new IllegalArgumentException("a type that can be told apart is 0 to 31");
      }
      blocked &= ~(1 << type);
    }
    int mask = blocked;
    whileOpen(number -> Linux.option(number, "choose types of ICMP", SOL_RAW, ICMP_FILTER, mask));
  }

  /**
   * Receives a multicast group on an interface no longer.
   *
   * @throws dev.zuido.tun.OperatingSystemException EADDRNOTAVAIL if it is not joined
   */
  public void leaveGroup(Ipv4Address group, int interfaceIndex) {
    membership("leave", IP_DROP_MEMBERSHIP, group, interfaceIndex);
  }

  /**
   * Sends multicast out of an interface, whatever the routes say.
   *
   * @throws dev.zuido.tun.OperatingSystemException if there is no such interface
   */
  public void sendGroupsOutOf(int interfaceIndex) {
    membership("send", IP_MULTICAST_IF, Ipv4Address.UNSPECIFIED, interfaceIndex);
  }

  /** {@code struct ip_mreqn}: the group, an address of ours (none), the interface. */
  private void membership(String verb, int option, Ipv4Address group, int interfaceIndex) {
    if (option != IP_MULTICAST_IF && !group.isMulticast()) {
      throw new IllegalArgumentException("not a multicast group: " + group);
    }
    NativeBuffer request = new NativeBuffer(MEMBERSHIP_BYTES);
    request.putNetworkInt(0, group.value());
    request.putInt(8, interfaceIndex);
    whileOpen(
        number ->
            Linux.option(
                number,
                verb + " " + group + " on interface " + interfaceIndex,
                Ipv4Messages.IPPROTO_IP,
                option,
                request));
  }

  @Override
  void readHeader(MessageGroup group, int index) {
    ingress = Ipv4Messages.interfaceOfArrival(group, index);
  }

  @Override
  boolean take(MessageGroup group, int index, int position, int length, PacketBatch into) {
    if (length < Ipv4Fields.MIN_HEADER_LENGTH || !fits(length, into)) {
      return false;
    }
    int packet = into.addUninitialized(length);
    int offset = into.offset(packet);
    group.copy(index, position, into.slab(), offset, length);
    into.setIngress(packet, ingress);
    into.setEcn(packet, into.slab()[offset + 1]);
    return true;
  }

  @Override
  int headerBytes(byte[] slab, int ip, int length) {
    boolean ours =
        length >= Ipv4Fields.MIN_HEADER_LENGTH
            && slab[ip] >>> 4 == 4
            && (protocol == ANY_PROTOCOL || BigEndian.getUnsignedByte(slab, ip + 9) == protocol);
    return ours ? 0 : -1;
  }

  @Override
  int addressBytes() {
    return Ipv4Messages.ADDRESS_BYTES;
  }

  @Override
  void putHeader(byte[] slab, int ip, MessageGroup group, int index) {
    Ipv4Messages.putDestination(group, index, BigEndian.getInt(slab, ip + 16), 0);
  }
}
