package dev.zuido.host;

import dev.zuido.tun.LinuxTunDevice;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.wire.Ipv4Address;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The TUN device of a Dialer interface with a PPPoE session: its MTU is what the session carries,
 * and it has the address that was negotiated, for as long as there is one.
 */
final class DialerDevice {
  private static final int HOST_PREFIX = 32;

  private final LinuxTunDevice device;
  private final int index;
  private final boolean negotiated;
  private final RouteNetlink netlink;
  private @Nullable Ipv4Address address;
  private int mtu;

  /**
   * Takes a device whose MTU is right for now.
   *
   * @param negotiated whether the Dialer's address is the device's, and not another interface's or
   *     one that the configuration names
   */
  DialerDevice(LinuxTunDevice device, boolean negotiated, RouteNetlink netlink) {
    this.device = device;
    this.index = device.interfaceIndex();
    this.negotiated = negotiated;
    this.netlink = netlink;
    this.mtu = device.mtu();
  }

  /** The address that the host's own packets have that leave by it, or null. */
  @Nullable Ipv4Address address() {
    return address;
  }

  /**
   * Follows the session.
   *
   * @param now the Dialer's address, null while it has none
   * @param largest the largest packet that it carries
   * @return whether the address has changed: the kernel has removed the routes that name the one
   *     before
   * @throws dev.zuido.tun.OperatingSystemException if the kernel refuses something
   */
  boolean follow(@Nullable Ipv4Address now, int largest) {
    if (largest != mtu) {
      device.setMtu(largest);
      mtu = largest;
    }
    if (Objects.equals(now, address)) {
      return false;
    }
    if (negotiated) {
      if (now != null) {
        netlink.addAddress(index, now, HOST_PREFIX);
      }
      Ipv4Address before = address;
      if (before != null) {
        netlink.removeAddress(index, before, HOST_PREFIX);
      }
    }
    address = now;
    return true;
  }
}
