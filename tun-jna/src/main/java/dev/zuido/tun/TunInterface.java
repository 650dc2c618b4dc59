package dev.zuido.tun;

import dev.zuido.tun.netlink.NetworkLink;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.wire.IpAddress;

/** The interface behind one or several devices: what is asked of it by name. */
final class TunInterface {
  private final String name;
  private volatile int mtu;

  TunInterface(String name, int mtu) {
    this.name = name;
    this.mtu = checkMtu(mtu);
  }

  static int checkMtu(int bytes) {
    if (bytes < TunDevice.MIN_MTU || bytes > TunDevice.MAX_MTU) {
      throw new IllegalArgumentException(
          "an MTU is " + TunDevice.MIN_MTU + " to " + TunDevice.MAX_MTU + ", not " + bytes);
    }
    return bytes;
  }

  String name() {
    return name;
  }

  int mtu() {
    return mtu;
  }

  void setMtu(int bytes) {
    checkMtu(bytes);
    try (RouteNetlink netlink = RouteNetlink.open()) {
      NetworkLink link = link(netlink);
      if (link.mtu() != bytes) {
        netlink.setMtu(link.index(), bytes);
      }
    }
    mtu = bytes;
  }

  void setUp(boolean up) {
    try (RouteNetlink netlink = RouteNetlink.open()) {
      netlink.setUp(link(netlink).index(), up);
    }
  }

  void addAddress(IpAddress address, int prefixLength) {
    try (RouteNetlink netlink = RouteNetlink.open()) {
      netlink.addAddress(link(netlink).index(), address, prefixLength);
    }
  }

  int index() {
    try (RouteNetlink netlink = RouteNetlink.open()) {
      return link(netlink).index();
    }
  }

  private NetworkLink link(RouteNetlink netlink) {
    return netlink
        .link(name)
        .orElseThrow(
            () -> new OperatingSystemException("find interface " + name, Errno.ENODEV.number()));
  }
}
