package dev.zuido.tun.socket;

import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv6Header;

/**
 * Addresses and control data of IPv6 messages (RFC 3493 section 3.3, RFC 3542 section 6).
 *
 * <pre>
 *   sockaddr_in6 28: | family 2 | port 2 | flow label 4 | address 16 | scope 4 |
 *   in6_pktinfo 20: | address 16 | interface 4 |
 * </pre>
 */
final class Ipv6Messages {
  static final int ADDRESS_BYTES = 28;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_MULTICAST_IF = 17;
  static final int IPV6_MULTICAST_LOOP = 19;
  static final int IPV6_ADD_MEMBERSHIP = 20;
  static final int IPV6_DROP_MEMBERSHIP = 21;
  static final int IPV6_MTU_DISCOVER = 23;
  static final int IPV6_V6ONLY = 26;
  static final int IPV6_MULTICAST_ALL = 29;
  static final int IPV6_HDRINCL = 36;
  static final int IPV6_RECVPKTINFO = 49;
  static final int IPV6_PKTINFO = 50;
  static final int IPV6_RECVHOPLIMIT = 51;
  static final int IPV6_HOPLIMIT = 52;
  static final int IPV6_RECVTCLASS = 66;
  static final int IPV6_TCLASS = 67;
  private static final int PORT = 2;
  private static final int FLOW_LABEL = 4;
  private static final int ADDRESS = 8;
  private static final int SCOPE = 24;
  private static final int LENGTH = 16;
  private static final int PACKET_INFO_BYTES = 20;
  private static final int SOURCE = 8;
  private static final int DESTINATION = 24;

  private Ipv6Messages() {}

  /** The port from which a packet was received. */
  static int sourcePort(MessageGroup group, int index) {
    return group.addresses().getNetworkShort(group.addressOffset(index) + PORT);
  }

  private static int packetInfo(MessageGroup group, int index) {
    return group.control(index, IPPROTO_IPV6, IPV6_PKTINFO, PACKET_INFO_BYTES);
  }

  /** The number of the interface of arrival, or -1. */
  static int interfaceOfArrival(MessageGroup group, int index) {
    int info = packetInfo(group, index);
    return info < 0 ? -1 : group.controls().getInt(info + LENGTH);
  }

  /** The traffic class of a received packet. */
  static int trafficClass(MessageGroup group, int index) {
    int data = group.control(index, IPPROTO_IPV6, IPV6_TCLASS, Integer.BYTES);
    return data < 0 ? 0 : group.controls().getInt(data) & 0xff;
  }

  private static int hopLimit(MessageGroup group, int index) {
    int data = group.control(index, IPPROTO_IPV6, IPV6_HOPLIMIT, Integer.BYTES);
    return data < 0 ? 0 : group.controls().getInt(data) & 0xff;
  }

  /** Writes the header of a received packet anew; its flow label is 0. */
  static void writeHeader(
      MessageGroup group, int index, byte[] slab, int offset, int nextHeader, int payloadBytes) {
    BigEndian.putInt(slab, offset, 6 << 28 | trafficClass(group, index) << 20);
    BigEndian.putShort(slab, offset + 4, payloadBytes);
    BigEndian.putShort(slab, offset + 6, nextHeader << 8 | hopLimit(group, index));
    group.addresses().get(group.addressOffset(index) + ADDRESS, slab, offset + SOURCE, LENGTH);
    int info = packetInfo(group, index);
    if (info < 0) {
      BigEndian.putLong(slab, offset + DESTINATION, 0);
      BigEndian.putLong(slab, offset + DESTINATION + Long.BYTES, 0);
    } else {
      group.controls().get(info, slab, offset + DESTINATION, LENGTH);
    }
  }

  /** Writes where a prepared message goes: to the destination of a packet's header. */
  static void putDestination(MessageGroup group, int index, byte[] slab, int header, int port) {
    putAddress(group.addresses(), group.addressOffset(index), slab, header + DESTINATION, port);
  }

  /** Writes a {@code struct sockaddr_in6} without a scope, which is the socket's interface. */
  static void putAddress(
      NativeBuffer buffer, int offset, byte[] address, int addressOffset, int port) {
    buffer.putShort(offset, Linux.AF_INET6);
    buffer.putNetworkShort(offset + PORT, port);
    buffer.putInt(offset + FLOW_LABEL, 0);
    buffer.put(offset + ADDRESS, address, addressOffset, LENGTH);
    buffer.putInt(offset + SCOPE, 0);
  }

  /** Has a prepared message leave with the source address and traffic class of a header. */
  static void putHeader(MessageGroup group, int index, byte[] slab, int header) {
    NativeBuffer controls = group.controls();
    int info = group.addControl(index, IPPROTO_IPV6, IPV6_PKTINFO, PACKET_INFO_BYTES);
    controls.put(info, slab, header + SOURCE, LENGTH);
    controls.putInt(info + LENGTH, 0);
    int trafficClass = group.addControl(index, IPPROTO_IPV6, IPV6_TCLASS, Integer.BYTES);
    controls.putInt(trafficClass, BigEndian.getInt(slab, header) >>> 20 & 0xff);
  }

  /** Whether an IPv6 packet stands here whose header names this length. */
  static boolean isPacket(byte[] slab, int offset, int length) {
    return length >= Ipv6Header.LENGTH
        && slab[offset] >>> 4 == 6
        && BigEndian.getUnsignedShort(slab, offset + 4) == length - Ipv6Header.LENGTH;
  }
}
