package dev.zuido.host;

import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.tun.firewall.NftablesTable;
import java.util.Map;

/**
 * The table of the packet filter that holds a router's rules against the kernel's own stack. It
 * outlives a run that does not end by somebody's wish.
 */
final class HostGuard {
  private static final String CHANGE = "table ";

  private final HostSetup setup;
  private final ChangeRecord changes;

  HostGuard(HostSetup setup, ChangeRecord changes) {
    this.setup = setup;
    this.changes = changes;
  }

  /**
   * Puts the rules there, in one transaction in place of those that an earlier run has left under
   * this name, then takes away what was left under others.
   *
   * @throws dev.zuido.tun.OperatingSystemException if the kernel or nft refuses
   */
  void install() {
    String name = name();
    if (isNeeded()) {
      changes.note(CHANGE + name);
      table(name).replace(setup.firewallRules());
    }
    for (String change : changes.left()) {
      boolean other = change.startsWith(CHANGE) && !change.equals(CHANGE + name);
      if (other || (change.equals(CHANGE + name) && !isNeeded())) {
        table(change.substring(CHANGE.length())).remove();
        changes.undone(change);
      }
    }
  }

  /** Whether a run that was killed has left rules. */
  boolean wasLeft() {
    return changes.left().stream().anyMatch(change -> change.startsWith(CHANGE));
  }

  /** Takes the rules away. */
  void remove() {
    if (isNeeded()) {
      table(name()).remove();
      changes.undone(CHANGE + name());
    }
  }

  /** The table's name: by the first WAN, so that an administrator finds it. */
  private String name() {
    Map<IosInterfaceName, String> outside = setup.wans().isEmpty() ? setup.lans() : setup.wans();
    return "zuido_" + FirewallRules.identifier(outside.values().iterator().next());
  }

  private static NftablesTable table(String name) {
    return new NftablesTable(NftablesTable.Family.IP, name);
  }

  private boolean isNeeded() {
    if (!setup.closedLinks().isEmpty()) {
      return true;
    }
    return setup.links().keySet().stream()
        .map(name -> setup.config().interfaceNamed(name).orElseThrow())
        .anyMatch(
            port ->
                port.accessGroupIn() != null
                    || port.accessGroupOut() != null
                    || port.cryptoMap() != null);
  }
}
