package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ip ospf neighbor [detail]} (RFC 2328 section 10).
 *
 * @param configured whether there is an OSPF process
 * @param detail whether the text is that of {@code detail}; the rows are the same
 * @param rows a neighbor each, by interface
 */
public record OspfNeighborReport(boolean configured, boolean detail, List<Neighbor> rows)
    implements ShowReport {
  private static final String FORMAT = "%-15s %3s   %-15s %-11s %-15s %s";

  /**
   * A neighbor.
   *
   * @param routerId its Router ID
   * @param priority its Router Priority
   * @param state the state of the conversation: {@code FULL}, {@code 2WAY}, {@code EXSTART}
   * @param role what it is on the network: {@code DR}, {@code BDR}, {@code DROTHER}; null where
   *     none is elected
   * @param deadTimeSeconds seconds until it is taken for dead unless a Hello comes
   * @param address its address
   * @param interfaceName the interface on which it is heard
   * @param areaId the interface's area
   * @param designatedRouter the address that it takes for the Designated Router's, or null
   * @param backupDesignatedRouter the address that it takes for the Backup's, or null
   * @param options the options of its last Hello, as {@code E} and {@code O}
   * @param inStateSeconds how long the state has been what it is
   * @param lastCause why it changed last
   * @param stateChanges how often it has changed
   * @param retransmissions LSAs that it has not acknowledged
   * @param retransmittedLsas how many LSAs were sent to it again, ever
   * @param requests LSAs that it has still to send
   * @param restartSecondsLeft how long it may go on to restart gracefully, or null if it does not
   * @param mismatch why no adjacency forms, in words; null if nothing is known to be wrong
   */
  public record Neighbor(
      Ipv4Address routerId,
      int priority,
      String state,
      @Nullable String role,
      long deadTimeSeconds,
      Ipv4Address address,
      String interfaceName,
      Ipv4Address areaId,
      @Nullable Ipv4Address designatedRouter,
      @Nullable Ipv4Address backupDesignatedRouter,
      List<String> options,
      long inStateSeconds,
      String lastCause,
      long stateChanges,
      int retransmissions,
      long retransmittedLsas,
      int requests,
      @Nullable Long restartSecondsLeft,
      @Nullable String mismatch) {
    /** Copies the list. */
    public Neighbor {
      options = List.copyOf(options);
    }
  }

  /** Copies the list. */
  public OspfNeighborReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    if (!configured) {
      return "OSPF is not configured.\n";
    }
    return detail ? details() : table();
  }

  private String table() {
    Lines lines =
        new Lines().add(FORMAT, "Neighbor ID", "Pri", "State", "Dead Time", "Address", "Interface");
    for (Neighbor each : rows) {
      lines.add(
          FORMAT,
          each.routerId,
          each.priority,
          each.state + "/" + (each.role == null ? "  -" : each.role),
          Lines.clock(each.deadTimeSeconds),
          each.address,
          each.interfaceName);
    }
    return lines.toString();
  }

  private String details() {
    Lines lines = new Lines();
    for (Neighbor each : rows) {
      lines.add(" Neighbor %s, interface address %s", each.routerId, each.address);
      lines.add(
          "    In the area %s via interface %s",
          OspfProcessId.area(each.areaId), each.interfaceName);
      lines.add(
          "    Neighbor priority is %d, State is %s, %d state changes",
          each.priority, each.state, each.stateChanges);
      if (each.designatedRouter != null || each.backupDesignatedRouter != null) {
        lines.add(
            "    DR is %s BDR is %s",
            orNone(each.designatedRouter), orNone(each.backupDesignatedRouter));
      }
      lines.add("    Options is (%s)", String.join(", ", each.options));
      lines.add("    Dead timer due in %s", Lines.clock(each.deadTimeSeconds));
      lines.add(
          "    Neighbor is %s for %s: %s",
          each.state, Lines.clock(each.inStateSeconds), each.lastCause);
      lines.add(
          "    %d LSAs not acknowledged, %d LSAs asked for, %d LSAs sent again",
          each.retransmissions, each.requests, each.retransmittedLsas);
      if (each.restartSecondsLeft != null) {
        lines.add(
            "    It restarts gracefully and is helped, for %s at most",
            Lines.clock(each.restartSecondsLeft));
      }
      if (each.mismatch != null) {
        lines.add("    No adjacency: %s", each.mismatch);
      }
    }
    return lines.orElse("There is no neighbor.");
  }

  private static String orNone(@Nullable Ipv4Address address) {
    return address == null ? "0.0.0.0" : address.toString();
  }
}
