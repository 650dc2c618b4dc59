package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import java.util.List;

/**
 * An interface as {@code show ip ospf interface} sees it.
 *
 * @param config its configuration
 * @param state its state
 * @param designatedRouter the Designated Router's address, 0.0.0.0 if none
 * @param designatedRouterId its Router ID, 0.0.0.0 if none or not known
 * @param backupDesignatedRouter the Backup's address, 0.0.0.0 if none
 * @param backupDesignatedRouterId its Router ID, 0.0.0.0 if none or not known
 * @param helloDueNanos nanoseconds until the next Hello; -1 if none is due
 * @param neighbors how many neighbors there are
 * @param adjacentNeighbors how many of them are Full
 * @param stateChanges how often the state changed
 * @param explanations why no adjacency forms with the routers that can be heard
 * @param waitNanos nanoseconds until the Wait Timer fires; -1 if it does not run
 * @param unacknowledgedLsas how many LSAs its neighbors have not acknowledged
 * @param helpedNeighbors how many of its neighbors are helped to restart gracefully
 */
public record InterfaceSnapshot(
    OspfInterfaceConfig config,
    InterfaceState state,
    Ipv4Address designatedRouter,
    Ipv4Address designatedRouterId,
    Ipv4Address backupDesignatedRouter,
    Ipv4Address backupDesignatedRouterId,
    long helloDueNanos,
    int neighbors,
    int adjacentNeighbors,
    int stateChanges,
    List<Explanation> explanations,
    long waitNanos,
    int unacknowledgedLsas,
    int helpedNeighbors) {
  /**
   * Why no adjacency forms with a router.
   *
   * @param source the address that its packets come from
   * @param routerId its Router ID
   * @param mismatch what does not match
   */
  public record Explanation(Ipv4Address source, Ipv4Address routerId, Mismatch mismatch) {}

  /** Copies the list. */
  public InterfaceSnapshot {
    explanations = List.copyOf(explanations);
  }
}
