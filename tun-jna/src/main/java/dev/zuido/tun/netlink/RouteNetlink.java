package dev.zuido.tun.netlink;

import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Linux;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Comparator;
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
  private static final int[] FAMILIES = {Linux.AF_INET, Linux.AF_INET6};

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
    List<NetworkLink> links = new ArrayList<>();
    for (NetlinkReply reply : socket.dump(LinkMessage.dump())) {
      if (LinkMessage.isAboutALink(reply)) {
        links.add(LinkMessage.decode(reply));
      }
    }
    return links;
  }

  /** The interface of a name. */
  public Optional<NetworkLink> link(String name) {
    return links().stream().filter(link -> link.name().equals(name)).findFirst();
  }

  /**
   * Brings an interface up or down. The kernel removes the routes through one that goes down.
   *
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN, ENODEV if there is none
   */
  public void setUp(int interfaceIndex, boolean up) {
    String operation = "bring interface " + interfaceIndex + (up ? " up" : " down");
    socket.change(
        LinkMessage.request(
            operation,
            LinkMessage.RTM_NEWLINK,
            NetlinkRequest.ACK,
            interfaceIndex,
            up ? LinkMessage.IFF_UP : 0,
            LinkMessage.IFF_UP));
  }

  /**
   * Changes the MTU of an interface.
   *
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN, EINVAL if the interface cannot
   */
  public void setMtu(int interfaceIndex, int bytes) {
    String operation = "set the MTU of interface " + interfaceIndex + " to " + bytes;
    socket.change(
        LinkMessage.request(
                operation, LinkMessage.RTM_NEWLINK, NetlinkRequest.ACK, interfaceIndex, 0, 0)
            .attribute(LinkMessage.IFLA_MTU, bytes));
  }

  /** The addresses of all interfaces: IPv4, then IPv6, in the kernel's order. */
  public List<InterfaceAddress> addresses() {
    List<InterfaceAddress> addresses = new ArrayList<>();
    for (int family : FAMILIES) {
      for (NetlinkReply reply : socket.dump(AddressMessage.dump(family))) {
        AddressMessage.decode(reply).ifPresent(addresses::add);
      }
    }
    return addresses;
  }

  /**
   * Gives an interface an address; an IPv6 address is usable at once, without duplicate address
   * detection. One that it has already stays.
   *
   * @param prefixLength of the network that is on the link
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN, ENODEV if there is no interface
   */
  public void addAddress(int interfaceIndex, IpAddress address, int prefixLength) {
    socket.change(AddressMessage.addition(interfaceIndex, address, prefixLength));
  }

  /**
   * Takes an address away.
   *
   * @return false if the interface did not have it
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN, ENODEV if there is no interface
   */
  public boolean removeAddress(int interfaceIndex, IpAddress address, int prefixLength) {
    return changeUnlessAbsent(
        AddressMessage.removal(interfaceIndex, address, prefixLength), Errno.EADDRNOTAVAIL);
  }

  static int family(IpAddress address) {
    return address instanceof Ipv4Address ? Linux.AF_INET : Linux.AF_INET6;
  }

  /**
   * Adds a route.
   *
   * @throws IllegalArgumentException if its protocol is 0, which is for the kernel's own
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
   * @throws IllegalArgumentException as {@link #addRoute}
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
    return changeUnlessAbsent(RouteMessage.removal(route), Errno.ESRCH);
  }

  /** The routes of a protocol in the main table: IPv4, then IPv6, in the kernel's order. */
  public List<KernelRoute> routes(int protocol) {
    List<KernelRoute> routes = new ArrayList<>();
    for (int family : FAMILIES) {
      read(family, protocol, routes);
    }
    routes.removeIf(route -> route.protocol() != protocol);
    return routes;
  }

  /**
   * The routes of exactly this prefix in the main table, whoever made them: with {@link
   * dev.zuido.wire.Ipv4Prefix#DEFAULT}, the default routes of the host. The first one is used, as
   * long as it leads somewhere; behind it stand those of higher metrics.
   */
  public List<KernelRoute> routesTo(IpPrefix prefix) {
    List<KernelRoute> routes = new ArrayList<>();
    read(family(prefix.address()), RouteMessage.ANY_PROTOCOL, routes);
    routes.removeIf(route -> !route.prefix().equals(prefix));
    routes.sort(Comparator.comparingLong(KernelRoute::metric));
    return routes;
  }

  private void read(int family, int protocol, List<KernelRoute> into) {
    for (NetlinkReply reply : socket.dump(RouteMessage.dump(family, protocol))) {
      RouteMessage.decode(reply).ifPresent(into::add);
    }
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
