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
 * the TTL and the identification, leaves DF out and fragments what is longer than the interface's
 * MTU. So ESP over UDP leaves with checksums where RFC 3948 section 2.1 would rather have 0:
 * UDP_SEGMENT demands them. The kernel counts the identifications upwards within a message that it
 * cuts apart, but may begin the next with one of the same: should a router on the way fragment such
 * datagrams and mistake their parts, the UDP checksum shows it.
 */
public final class UdpSocket extends IpSocket {
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IP_PMTUDISC_DONT = 0;
  private static final int IP_RECVTTL = 12;
  private static final int IP_RECVTOS = 13;
  private static final int IP_HEADER_BYTES = Ipv4Fields.MIN_HEADER_LENGTH;
  private static final int HEADER_BYTES = IP_HEADER_BYTES + 8;

  private final int port;

  /** Of the message that is being taken apart. */
  private int versionAndTos;

  private int ttlAndProtocol;
  private int source;
  private int destination;
  private int ports;
  private int ingress;

  /** The sum of the IPv4 header without its length. */
  private long headerSum;

  private UdpSocket(
      Descriptor descriptor, int port, String text, SocketConfiguration configuration) {
    super(descriptor, text, configuration, UdpOffloads.enable(descriptor.number(), configuration));
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

  /** Which offloads the socket uses at present. */
  public UdpOffloads offloads() {
    return currentOffloads();
  }

  @Override
  void readHeader(MessageGroup group, int index) {
    int typeOfService = Ipv4Messages.typeOfService(group, index);
    versionAndTos = 0x4500 | typeOfService;
    ttlAndProtocol = Ipv4Messages.timeToLive(group, index) << 8 | IpProtocol.UDP;
    source = Ipv4Messages.sourceAddress(group, index);
    destination = Ipv4Messages.destinationAddress(group, index);
    ports = Ipv4Messages.sourcePort(group, index) << 16 | port;
    ingress = Ipv4Messages.interfaceOfArrival(group, index);
    headerSum =
        versionAndTos + InternetChecksum.pseudoHeaderSum(source, destination, ttlAndProtocol, 0);
  }

  @Override
  boolean take(MessageGroup group, int index, int position, int length, PacketBatch into) {
    int total = length + HEADER_BYTES;
    if (!fits(total, into)) {
      return false;
    }
    int packet = into.addUninitialized(total);
    byte[] slab = into.slab();
    int ip = into.offset(packet);
    BigEndian.putInt(slab, ip, versionAndTos << 16 | total);
    BigEndian.putInt(slab, ip + 4, 0);
    BigEndian.putInt(
        slab, ip + 8, ttlAndProtocol << 16 | InternetChecksum.finish(headerSum + total));
    BigEndian.putInt(slab, ip + 12, source);
    BigEndian.putInt(slab, ip + 16, destination);
    BigEndian.putInt(slab, ip + IP_HEADER_BYTES, ports);
    BigEndian.putInt(slab, ip + IP_HEADER_BYTES + 4, (length + 8) << 16);
    group.copy(index, position, slab, ip + HEADER_BYTES, length);
    into.setIngress(packet, ingress);
    into.setEcn(packet, versionAndTos);
    into.setChecksumState(packet, PacketBatch.ChecksumState.VERIFIED);
    return true;
  }

  @Override
  int headerBytes(byte[] slab, int ip, int length) {
    if (length < HEADER_BYTES || slab[ip] >>> 4 != 4 || slab[ip + 9] != IpProtocol.UDP) {
      return -1;
    }
    int headerBytes = (slab[ip] & 0xf) * 4;
    int udp = ip + headerBytes;
    int udpBytes = length - headerBytes;
    boolean fragment = (BigEndian.getUnsignedShort(slab, ip + 6) & 0x3fff) != 0;
    if (fragment
        || headerBytes < IP_HEADER_BYTES
        || udpBytes < 8
        || BigEndian.getUnsignedShort(slab, udp) != port
        || BigEndian.getUnsignedShort(slab, udp + 4) != udpBytes) {
      return -1;
    }
    return headerBytes + 8;
  }

  @Override
  int addressBytes() {
    return Ipv4Messages.ADDRESS_BYTES;
  }

  @Override
  void putHeader(byte[] slab, int ip, MessageGroup group, int index) {
    int udp = ip + (slab[ip] & 0xf) * 4;
    Ipv4Messages.putDestination(
        group, index, BigEndian.getInt(slab, ip + 16), BigEndian.getUnsignedShort(slab, udp + 2));
    Ipv4Messages.putHeader(
        group, index, BigEndian.getInt(slab, ip + 12), BigEndian.getUnsignedByte(slab, ip + 1));
  }

  @Override
  boolean sameFlow(byte[] slab, int first, int second) {
    return BigEndian.getUnsignedShort(slab, first) == BigEndian.getUnsignedShort(slab, second)
        && BigEndian.getLong(slab, first + 12) == BigEndian.getLong(slab, second + 12)
        && destinationPort(slab, first) == destinationPort(slab, second);
  }

  private static int destinationPort(byte[] slab, int ip) {
    return BigEndian.getUnsignedShort(slab, ip + (slab[ip] & 0xf) * 4 + 2);
  }
}
