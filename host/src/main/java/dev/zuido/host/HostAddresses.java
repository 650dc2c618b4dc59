package dev.zuido.host;

import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.netlink.RouteNetlink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives the host those addresses of the configuration that it does not have yet, and takes these
 * away again.
 */
final class HostAddresses implements AutoCloseable {
  private record Given(int interfaceIndex, InterfaceAddress address) {}

  private final RouteNetlink netlink;
  private final Consumer<String> warnings;
  private final List<Given> given = new ArrayList<>();

  /**
   * Begins without any.
   *
   * @param warnings is told what the kernel refuses to take away
   */
  HostAddresses(RouteNetlink netlink, Consumer<String> warnings) {
    this.netlink = netlink;
    this.warnings = warnings;
  }

  /**
   * Gives an interface an address, unless any interface has it.
   *
   * @return whether it was given
   * @throws OperatingSystemException if the kernel refuses it
   */
  boolean give(int interfaceIndex, InterfaceAddress address) {
    boolean there =
        netlink.addresses().stream().anyMatch(has -> has.address().equals(address.address()));
    if (there) {
      return false;
    }
    netlink.addAddress(interfaceIndex, address.address(), address.prefixLength());
    given.add(new Given(interfaceIndex, address));
    return true;
  }

  @Override
  public void close() {
    for (Given each : given) {
      try {
        netlink.removeAddress(
            each.interfaceIndex(), each.address().address(), each.address().prefixLength());
      } catch (OperatingSystemException e) {
        warnings.accept(String.valueOf(e.getMessage()));
      }
    }
    given.clear();
  }
}
