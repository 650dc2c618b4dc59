package dev.zuido.tun.netlink;

import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Linux;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and changes the interfaces, addresses and routes of the network namespace in which it was
 * opened.
 *
 * <p>Each call is one request that the kernel has carried out when the call returns. Threads may
 * share one; they take turns.
 */
public final class RouteNetlink implements AutoCloseable {
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_GETLINK = 18;
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_DELADDR = 21;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_FLAGS = 8;
  private static final int IFA_F_NODAD = 2;
  private static final int IFF_UP = 1;
  private static final int IFF_RUNNING = 0x40;
  private static final int LINK_BYTES = 16;

  private final NetlinkSocket socket;

  private RouteNetlink(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Opens a socket to the kernel; that needs no privilege.
   *
   * @throws OperatingSystemException if the kernel refuses it
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static RouteNetlink open() {
    return new RouteNetlink(new NetlinkSocket());
  }

  /** All interfaces, in the kernel's order. */
  public List<NetworkLink> links() {
    NetlinkRequest request =
        linkRequest("list the interfaces", RTM_GETLINK, NetlinkRequest.DUMP, 0, 0, 0);
    List<NetworkLink> links = new ArrayList<>();
    for (NetlinkReply reply : socket.dump(request)) {
      if (reply.type() == RTM_NEWLINK && reply.body().limit() >= LINK_BYTES) {
        links.add(decodeLink(reply.body()));
      }
    }
    return links;
  }

  /** The interface of a name. */
  public Optional<NetworkLink> link(String name) {
    return links().stream().filter(link -> link.name().equals(name)).findFirst();
  }

  private static NetworkLink decodeLink(ByteBuffer body) {
    int flags = body.getInt(8);
    byte[] name = NetlinkReply.bytesAttribute(body, LINK_BYTES, IFLA_IFNAME);
    String text =
        name == null || name.length == 0
            ? ""
            : new String(name, 0, name.length - 1, StandardCharsets.US_ASCII);
    return new NetworkLink(
        body.getInt(4),
        text,
        NetlinkReply.intAttribute(body, LINK_BYTES, IFLA_MTU, 0),
        (flags & IFF_UP) != 0,
        (flags & IFF_RUNNING) != 0);
  }

  /**
   * Brings an interface up or down. The kernel removes the routes through one that goes down.
   *
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN, ENODEV if there is none
   */
  public void setUp(int interfaceIndex, boolean up) {
    String operation = "bring interface " + interfaceIndex + (up ? " up" : " down");
    socket.change(
        linkRequest(
            operation, RTM_NEWLINK, NetlinkRequest.ACK, interfaceIndex, up ? IFF_UP : 0, IFF_UP));
  }

  /**
   * Changes the MTU of an interface.
   *
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN, EINVAL if the interface cannot
   */
  public void setMtu(int interfaceIndex, int bytes) {
    String operation = "set the MTU of interface " + interfaceIndex + " to " + bytes;
    socket.change(
        linkRequest(operation, RTM_NEWLINK, NetlinkRequest.ACK, interfaceIndex, 0, 0)
            .attribute(IFLA_MTU, bytes));
  }

  /** {@code struct ifinfomsg} behind the header. */
  private static NetlinkRequest linkRequest(
      String operation, int type, int messageFlags, int interfaceIndex, int flags, int changed) {
    return new NetlinkRequest(operation, type, messageFlags)
        .put8(0)
        .put8(0)
        .put16(0)
        .put32(interfaceIndex)
        .put32(flags)
        .put32(changed);
  }

  /**
   * Gives an interface an address; an IPv6 address is usable at once, without duplicate address
   * detection. One that it has already stays.
   *
   * @param prefixLength of the network that is on the link
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN, ENODEV if there is no interface
   */
  public void addAddress(int interfaceIndex, IpAddress address, int prefixLength) {
    String operation = "add " + address + "/" + prefixLength + " to interface " + interfaceIndex;
    NetlinkRequest request =
        addressRequest(
            operation,
            RTM_NEWADDR,
            NetlinkRequest.ACK | NetlinkRequest.CREATE | NetlinkRequest.REPLACE,
            interfaceIndex,
            address,
            prefixLength);
    if (!(address instanceof Ipv4Address)) {
      request.attribute(IFA_FLAGS, IFA_F_NODAD);
    }
    socket.change(request);
  }

  /**
   * Takes an address away.
   *
   * @return false if the interface did not have it
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN, ENODEV if there is no interface
   */
  public boolean removeAddress(int interfaceIndex, IpAddress address, int prefixLength) {
    String operation =
        "remove " + address + "/" + prefixLength + " from interface " + interfaceIndex;
    return changeUnlessAbsent(
        addressRequest(
            operation, RTM_DELADDR, NetlinkRequest.ACK, interfaceIndex, address, prefixLength),
        Errno.EADDRNOTAVAIL);
  }

  /** {@code struct ifaddrmsg} behind the header, and the address. */
  private static NetlinkRequest addressRequest(
      String operation,
      int type,
      int messageFlags,
      int interfaceIndex,
      IpAddress address,
      int prefixLength) {
    if (prefixLength < 0 || prefixLength > address.byteLength() * 8) {
      throw new IllegalArgumentException("no prefix length of " + address + ": " + prefixLength);
    }
    return new NetlinkRequest(operation, type, messageFlags)
        .put8(family(address))
        .put8(prefixLength)
        .put8(0)
        .put8(0)
        .put32(interfaceIndex)
        .attribute(IFA_LOCAL, address.toBytes())
        .attribute(IFA_ADDRESS, address.toBytes());
  }

  static int family(IpAddress address) {
    return address instanceof Ipv4Address ? Linux.AF_INET : Linux.AF_INET6;
  }

  /**
   * Adds a route.
   *
   * @throws OperatingSystemException EEXIST if there is one of this prefix and metric, EPERM
   *     without CAP_NET_ADMIN, ENETUNREACH if a gateway is not on its link, ENETDOWN or ENODEV if
   *     an interface is down or absent
   */
  public void addRoute(KernelRoute route) {
    socket.change(RouteMessage.change(route, NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE));
  }

  /**
   * Adds a route in place of the one of this prefix and metric, if there is any: whoever made that.
   * No packet meets a moment without a route.
   *
   * @throws OperatingSystemException as {@link #addRoute}, except EEXIST
   */
  public void replaceRoute(KernelRoute route) {
    socket.change(RouteMessage.change(route, NetlinkRequest.CREATE | NetlinkRequest.REPLACE));
  }

  /**
   * Removes the route of this prefix, metric and protocol, whatever its next hops are. The kernel
   * takes an IPv4 metric of 0 for any: then the route of the lowest metric goes.
   *
   * @return false if there was none
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN
   */
  public boolean removeRoute(KernelRoute route) {
    return changeUnlessAbsent(
        RouteMessage.removal(route.prefix(), route.metric(), route.protocol()), Errno.ESRCH);
  }

  /** The routes of a protocol in the main table: IPv4, then IPv6, in the kernel's order. */
  public List<KernelRoute> routes(int protocol) {
    List<KernelRoute> routes = new ArrayList<>();
    for (int family : new int[] {Linux.AF_INET, Linux.AF_INET6}) {
      for (NetlinkReply reply : socket.dump(RouteMessage.dump(family, protocol))) {
        RouteMessage.decode(reply, protocol).ifPresent(routes::add);
      }
    }
    return routes;
  }

  /**
   * Removes all routes of a protocol: what a killed predecessor has left, or all of ours on exit.
   *
   * @return how many were removed
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN
   */
  public int purgeRoutes(int protocol) {
    int removed = 0;
    for (KernelRoute route : routes(protocol)) {
      if (removeRoute(route)) {
        removed++;
      }
    }
    return removed;
  }

  private boolean changeUnlessAbsent(NetlinkRequest request, Errno absent) {
    try {
      socket.change(request);
      return true;
    } catch (OperatingSystemException e) {
      if (e.error() == absent) {
        return false;
      }
      throw e;
    }
  }

  /** Closes the socket; what was changed stays. */
  @Override
  public void close() {
    socket.close();
  }
}
