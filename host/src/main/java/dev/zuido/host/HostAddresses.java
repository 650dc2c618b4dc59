package dev.zuido.host;

import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the host those addresses of the configuration that it does not have yet, and takes these
 * away again.
 */
final class HostAddresses implements AutoCloseable {
  private static final String CHANGE = "address ";

  /** An address that we answer for, and how the record of changes names it. */
  private record Given(int interfaceIndex, Ipv4Address address, int prefixLength) {
    String change() {
      return CHANGE + interfaceIndex + " " + address + "/" + prefixLength;
    }
  }

  private static final Pattern LEFT =
      Pattern.compile(CHANGE + "([0-9]{1,9}) ([0-9.]{7,15})/([0-9]{1,2})");

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
    Given made = new Given(interfaceIndex, address.address(), address.prefixLength());
    boolean there =
        netlink.addresses().stream().anyMatch(has -> has.address().equals(address.address()));
    if (there && !changes.wasLeft(made.change())) {
      return false;
    }
    changes.note(made.change());
    netlink.addAddress(interfaceIndex, made.address(), made.prefixLength());
    given.add(made);
    return true;
  }

  /** Takes away what an earlier run has left and this one does not want. */
  void takeBackLeft() {
    for (String change : changes.left()) {
      Matcher matcher = LEFT.matcher(change);
      if (matcher.matches()) {
        Given left =
            new Given(
                Integer.parseInt(matcher.group(1)),
                Ipv4Address.parse(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        if (!given.contains(left)) {
          takeAway(left);
        }
      }
    }
  }

  private void takeAway(Given each) {
    try {
      netlink.removeAddress(each.interfaceIndex(), each.address(), each.prefixLength());
      changes.undone(each.change());
    } catch (OperatingSystemException e) {
      if (e.error() == Errno.ENODEV) {
        // With its interface.
        changes.undone(each.change());
      } else {
        warnings.accept(String.valueOf(e.getMessage()));
      }
    }
  }

  @Override
  public void close() {
    given.forEach(this::takeAway);
    given.clear();
  }
}
