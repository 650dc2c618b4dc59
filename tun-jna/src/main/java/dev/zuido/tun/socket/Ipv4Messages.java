package dev.zuido.tun.socket;

import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;

/**
 * Addresses and control data of IPv4 messages.
 *
 * <pre>
 *   sockaddr_in 16: | family 2 | port 2 | address 4 | 0 .. |
 *   in_pktinfo 12: | interface 4 | local address 4 | destination in the header 4 |
 * </pre>
 */
final class Ipv4Messages {
  static final int ADDRESS_BYTES = 16;
  static final int IPPROTO_IP = 0;
  static final int IP_TOS = 1;
  static final int IP_TTL = 2;
  static final int IP_PKTINFO = 8;
  private static final int PACKET_INFO_BYTES = 12;

  private Ipv4Messages() {}

  /** The address from which a packet was received. */
  static int sourceAddress(MessageGroup group, int index) {
    return group.addresses().getNetworkInt(group.addressOffset(index) + 4);
  }

  /** The port from which a packet was received. */
  static int sourcePort(MessageGroup group, int index) {
    return group.addresses().getNetworkShort(group.addressOffset(index) + 2);
  }

  private static int packetInfo(MessageGroup group, int index) {
    return group.control(index, IPPROTO_IP, IP_PKTINFO, PACKET_INFO_BYTES);
  }

  /** The number of the interface of arrival, or -1. */
  static int interfaceOfArrival(MessageGroup group, int index) {
    int info = packetInfo(group, index);
    return info < 0 ? -1 : group.controls().getInt(info);
  }

  /** The destination that a received packet had in its header, or 0. */
  static int destinationAddress(MessageGroup group, int index) {
    int info = packetInfo(group, index);
    return info < 0 ? 0 : group.controls().getNetworkInt(info + 8);
  }

  /** The TOS octet of a received packet. */
  static int typeOfService(MessageGroup group, int index) {
    int data = group.control(index, IPPROTO_IP, IP_TOS, 1);
    return data < 0 ? 0 : group.controls().getByte(data);
  }

  /** The TTL of a received packet, or 0. */
  static int timeToLive(MessageGroup group, int index) {
    int data = group.control(index, IPPROTO_IP, IP_TTL, Integer.BYTES);
    return data < 0 ? 0 : group.controls().getInt(data) & 0xff;
  }

  /** Writes where a prepared message goes. */
  static void putDestination(MessageGroup group, int index, int address, int port) {
    putAddress(group.addresses(), group.addressOffset(index), address, port);
  }

  /** Writes a {@code struct sockaddr_in}. */
  static void putAddress(NativeBuffer buffer, int offset, int address, int port) {
    buffer.putShort(offset, Linux.AF_INET);
    buffer.putNetworkShort(offset + 2, port);
    buffer.putNetworkInt(offset + 4, address);
    buffer.putLong(offset + 8, 0);
  }

  /** Has a prepared message leave from an address of the host, 0 for any, with a TOS octet. */
  static void putHeader(MessageGroup group, int index, int sourceAddress, int typeOfService) {
    NativeBuffer controls = group.controls();
    int info = group.addControl(index, IPPROTO_IP, IP_PKTINFO, PACKET_INFO_BYTES);
    controls.putInt(info, 0);
    controls.putNetworkInt(info + 4, sourceAddress);
    controls.putInt(info + 8, 0);
    int tos = group.addControl(index, IPPROTO_IP, IP_TOS, Integer.BYTES);
    controls.putInt(tos, typeOfService);
  }
}
