package dev.zuido.tun.netlink;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The address messages of rtnetlink (RFC 3549 section 3.1.1.2): {@code struct ifaddrmsg} and its
 * attributes.
 *
 * <pre>
 *   | family 1 | prefix length 1 | flags 1 | scope 1 | interface index 4 |
 * </pre>
 */
final class AddressMessage {
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_DELADDR = 21;
  private static final int RTM_GETADDR = 22;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_FLAGS = 8;
  private static final int IFA_F_NODAD = 2;
  private static final int FIXED_BYTES = 8;

  private AddressMessage() {}

  static NetlinkRequest addition(int interfaceIndex, IpAddress address, int prefixLength) {
    NetlinkRequest request =
        change(
            "add " + address + "/" + prefixLength + " to interface " + interfaceIndex,
            RTM_NEWADDR,
            NetlinkRequest.ACK | NetlinkRequest.CREATE | NetlinkRequest.REPLACE,
            interfaceIndex,
            address,
            prefixLength);
    if (!(address instanceof Ipv4Address)) {
      request.attribute(IFA_FLAGS, IFA_F_NODAD);
    }
    return request;
  }

  static NetlinkRequest removal(int interfaceIndex, IpAddress address, int prefixLength) {
    return change(
        "remove " + address + "/" + prefixLength + " from interface " + interfaceIndex,
        RTM_DELADDR,
        NetlinkRequest.ACK,
        interfaceIndex,
        address,
        prefixLength);
  }

  private static NetlinkRequest change(
      String operation,
      int type,
      int messageFlags,
      int interfaceIndex,
      IpAddress address,
      int prefixLength) {
    if (prefixLength < 0 || prefixLength > address.byteLength() * 8) {
      throw new IllegalArgumentException("no prefix length of " + address + ": " + prefixLength);
    }
    return fixed(
            new NetlinkRequest(operation, type, messageFlags),
            RouteNetlink.family(address),
            prefixLength,
            interfaceIndex)
        .attribute(IFA_LOCAL, address.toBytes())
        .attribute(IFA_ADDRESS, address.toBytes());
  }

  static NetlinkRequest dump(int family) {
    return fixed(
        new NetlinkRequest("list the addresses", RTM_GETADDR, NetlinkRequest.DUMP), family, 0, 0);
  }

  private static NetlinkRequest fixed(
      NetlinkRequest request, int family, int prefixLength, int interfaceIndex) {
    return request.put8(family).put8(prefixLength).put8(0).put8(0).put32(interfaceIndex);
  }

  /**
   * The address of a reply; empty if it holds none. Where the link has a peer, that one is
   * IFA_ADDRESS; IPv6 has IFA_LOCAL only then.
   */
  static Optional<InterfaceAddress> decode(NetlinkReply reply) {
    ByteBuffer body = reply.body();
    if (reply.type() != RTM_NEWADDR || body.limit() < FIXED_BYTES) {
      return Optional.empty();
    }
    byte[] own = NetlinkReply.bytesAttribute(body, FIXED_BYTES, IFA_LOCAL);
    if (own == null) {
      own = NetlinkReply.bytesAttribute(body, FIXED_BYTES, IFA_ADDRESS);
    }
    int prefixLength = body.get(1) & 0xff;
    boolean whole = own != null && prefixLength <= own.length * 8;
    if (own == null || !whole) {
      return Optional.empty();
    }
    return switch (own.length) {
      case Ipv4Address.LENGTH, Ipv6Address.LENGTH ->
          Optional.of(
              new InterfaceAddress(body.getInt(4), RouteMessage.address(own), prefixLength));
      default -> Optional.empty();
    };
  }
}
