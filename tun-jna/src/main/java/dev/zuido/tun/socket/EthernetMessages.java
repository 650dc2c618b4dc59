package dev.zuido.tun.socket;

import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.MacAddress;

/**
 * Addresses and control data of Ethernet frames.
 *
 * <pre>
 *   sockaddr_ll 20: | family 2 | type 2 | interface 4
 *                   | hardware 2 | kind 1 | length 1 | address 8 |
 *   tpacket_auxdata 20: | status 4 | length 4 | taken 4
 *                       | link 2 | network 2 | tag 2 | tag's type 2 |
 * </pre>
 */
final class EthernetMessages {
  static final int ADDRESS_BYTES = 20;
  static final int AF_PACKET = 17;
  static final int SOL_PACKET = 263;
  static final int PACKET_AUXDATA = 8;

  /** ARPHRD_ETHER. */
  static final int ETHERNET = 1;

  /** ETH_P_ALL. */
  static final int ALL_TYPES = 3;

  private static final int TYPE = 2;
  private static final int INTERFACE = 4;
  private static final int HARDWARE = 8;
  private static final int LENGTH = 11;
  private static final int ADDRESS = 12;
  private static final int AUXILIARY_BYTES = 20;
  private static final int TAG = 16;

  /** TP_STATUS_VLAN_VALID: the kernel has taken a tag off. */
  private static final int TAG_VALID = 1 << 4;

  private static final int VLAN_MASK = 0xfff;

  private EthernetMessages() {}

  /** Where the frames of a type, in network order, come from or go to on an interface. */
  static void putAddress(NativeBuffer buffer, int offset, int etherType, int interfaceIndex) {
    buffer.putShort(offset, AF_PACKET);
    buffer.putNetworkShort(offset + TYPE, etherType);
    buffer.putInt(offset + INTERFACE, interfaceIndex);
    // The destination stands in the frame.
    buffer.putLong(offset + HARDWARE, 0);
    buffer.putInt(offset + HARDWARE + Long.BYTES, 0);
  }

  /** Whether an address that the kernel has written is of an Ethernet interface. */
  static boolean isEthernet(NativeBuffer address) {
    return address.getShort(HARDWARE) == ETHERNET && address.getByte(LENGTH) == MacAddress.LENGTH;
  }

  /** The interface's own address, of one that the kernel has written. */
  static MacAddress ownAddress(NativeBuffer address) {
    byte[] bytes = new byte[MacAddress.LENGTH];
    address.get(ADDRESS, bytes, 0, bytes.length);
    return MacAddress.at(bytes, 0);
  }

  /**
   * Whether a received frame belongs to a VLAN. A tag that has a priority alone (VLAN 0) leaves a
   * frame where the untagged ones are (IEEE 802.1Q).
   */
  static boolean isOfVlan(MessageGroup group, int index) {
    int data = group.control(index, SOL_PACKET, PACKET_AUXDATA, AUXILIARY_BYTES);
    return data >= 0
        && (group.controls().getInt(data) & TAG_VALID) != 0
        && (group.controls().getShort(data + TAG) & VLAN_MASK) != 0;
  }
}
