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
  private final ChangeRecord changes;
  private final Consumer<String> warnings;
  private final List<Given> given = new ArrayList<>();

  /**
   * Begins without any.
   *
   * @param changes remembers which addresses are ours to take away
   * @param warnings is told what the kernel refuses to take away
   */
  HostAddresses(RouteNetlink netlink, ChangeRecord changes, Consumer<String> warnings) {
    this.netlink = netlink;
    this.changes = changes;
    this.warnings = warnings;
  }

  /**
   * Gives an interface an address, unless any interface has it otherwise than from a run of ours
   * that was killed.
   *
   * @return whether it was given
   * @throws OperatingSystemException if the kernel refuses it
   */
  boolean give(int interfaceIndex, InterfaceAddress address) {
    String change = "address " + interfaceIndex + " " + address;
    boolean there =
        netlink.addresses().stream().anyMatch(has -> has.address().equals(address.address()));
    if (there && !changes.wasLeft(change)) {
      return false;
    }
    changes.note(change);
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
