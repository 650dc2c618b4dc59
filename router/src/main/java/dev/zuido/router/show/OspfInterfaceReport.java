package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ip ospf interface [brief]} (RFC 2328 section 9).
 *
 * @param process the OSPF process, or null if there is none
 * @param brief whether the text is that of {@code brief}; the rows are the same
 * @param rows an interface each
 */
public record OspfInterfaceReport(
    @Nullable OspfProcessId process, boolean brief, List<OspfInterface> rows)
    implements ShowReport {
  private static final String FORMAT = "%-22s %-15s %-18s %5s %-8s %s";

  /**
   * An interface that OSPF runs on.
   *
   * @param name its name
   * @param areaId its area
   * @param address its address, or the one that it borrows
   * @param prefixLength bits of the network mask
   * @param unnumbered whether the address is borrowed
   * @param networkType {@code BROADCAST}, {@code NBMA}, {@code POINT_TO_POINT}, {@code
   *     POINT_TO_MULTIPOINT}, {@code POINT_TO_MULTIPOINT_NON_BROADCAST}, {@code LOOPBACK} or {@code
   *     VIRTUAL_LINK}
   * @param state {@code DOWN}, {@code LOOPBACK}, {@code WAITING}, {@code POINT_TO_POINT}, {@code
   *     DROTHER}, {@code BDR} or {@code DR}
   * @param cost the output cost
   * @param priority the Router Priority
   * @param mtu the MTU in bytes that Database Description packets announce
   * @param mtuIgnore whether a neighbor's larger MTU is let pass
   * @param passive whether neither Hellos are sent nor neighbors accepted
   * @param designatedRouter the Designated Router's address, or null if there is none
   * @param designatedRouterId its Router ID, or null if it is not known
   * @param backupDesignatedRouter the Backup's address, or null if there is none
   * @param backupDesignatedRouterId its Router ID, or null if it is not known
   * @param helloSeconds HelloInterval
   * @param deadSeconds RouterDeadInterval
   * @param retransmitSeconds RxmtInterval
   * @param transmitDelaySeconds InfTransDelay
   * @param helloDueSeconds seconds until the next Hello, or null if none is due
   * @param authentication {@code none}, {@code simple} or {@code message-digest}
   * @param authenticationKeyId the Key ID of {@code message-digest}, of several keys the one that
   *     is sent with last; else null
   * @param prefixSuppression whether its network is left out of the LSAs
   * @param ttlSecurityHops how many hops a packet may have come, or null without a check
   * @param neighbors how many neighbors there are
   * @param adjacentNeighbors how many of them are Full
   * @param waitSeconds seconds until the wait for a Designated Router is over, or null if there is
   *     none
   * @param unacknowledgedLsas how many LSAs the neighbors have not acknowledged
   * @param helpedNeighbors how many neighbors are helped to restart gracefully
   * @param stateChanges how often the state has changed
   * @param withoutAdjacency routers that are heard and with which no adjacency forms
   */
  public record OspfInterface(
      String name,
      Ipv4Address areaId,
      Ipv4Address address,
      int prefixLength,
      boolean unnumbered,
      String networkType,
      String state,
      int cost,
      int priority,
      int mtu,
      boolean mtuIgnore,
      boolean passive,
      @Nullable Ipv4Address designatedRouter,
      @Nullable Ipv4Address designatedRouterId,
      @Nullable Ipv4Address backupDesignatedRouter,
      @Nullable Ipv4Address backupDesignatedRouterId,
      int helloSeconds,
      int deadSeconds,
      int retransmitSeconds,
      int transmitDelaySeconds,
      @Nullable Long helloDueSeconds,
      String authentication,
      @Nullable Long authenticationKeyId,
      boolean prefixSuppression,
      @Nullable Integer ttlSecurityHops,
      int neighbors,
      int adjacentNeighbors,
      @Nullable Long waitSeconds,
      int unacknowledgedLsas,
      int helpedNeighbors,
      long stateChanges,
      List<WithoutAdjacency> withoutAdjacency) {
    /** Copies the list. */
    public OspfInterface {
      withoutAdjacency = List.copyOf(withoutAdjacency);
    }
  }

  /**
   * Why no adjacency forms with a router.
   *
   * @param routerId its Router ID
   * @param address the address that its packets come from
   * @param reason what does not match, in words
   */
  public record WithoutAdjacency(Ipv4Address routerId, Ipv4Address address, String reason) {}

  /** Copies the list. */
  public OspfInterfaceReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    OspfProcessId id = process;
    if (id == null) {
      return "OSPF is not configured.\n";
    }
    Lines lines = new Lines();
    if (brief) {
      lines.add(FORMAT, "Interface", "Area", "IP Address/Mask", "Cost", "State", "Nbrs F/C");
    }
    for (OspfInterface each : rows) {
      if (brief) {
        briefly(lines, each);
      } else {
        describe(lines, id, each);
      }
      for (WithoutAdjacency other : each.withoutAdjacency) {
        lines.add("   no adjacency with %s (%s): %s", other.routerId, other.address, other.reason);
      }
    }
    return lines.orElse("OSPF runs on no interface.");
  }

  private static void briefly(Lines lines, OspfInterface each) {
    lines.add(
        FORMAT,
        each.name,
        OspfProcessId.area(each.areaId),
        each.address + "/" + each.prefixLength,
        each.cost,
        switch (each.state) {
          case "POINT_TO_POINT" -> "P2P";
          case "LOOPBACK" -> "LOOP";
          case "WAITING" -> "WAIT";
          case "DROTHER" -> "DROTH";
          case "POINT_TO_MULTIPOINT", "POINT_TO_MULTIPOINT_NON_BROADCAST" -> "P2MP";
          default -> each.state;
        },
        each.adjacentNeighbors + "/" + each.neighbors);
  }

  private static void describe(Lines lines, OspfProcessId id, OspfInterface each) {
    lines.add("%s", each.name);
    lines.add(
        "  %s %s%s, Area %s, MTU %d%s",
        each.unnumbered ? "Interface is unnumbered, using address" : "Internet Address",
        each.address,
        each.unnumbered ? "" : "/" + each.prefixLength,
        OspfProcessId.area(each.areaId),
        each.mtu,
        each.mtuIgnore ? " (not compared)" : "");
    lines.add(
        "  Process ID %d, Router ID %s, Network Type %s, Cost: %d",
        id.processId(), id.routerId(), each.networkType, each.cost);
    lines.add(
        "  Transmit Delay is %d sec, State %s, Priority %d",
        each.transmitDelaySeconds, each.state, each.priority);
    router(lines, "Designated Router", each.designatedRouterId, each.designatedRouter);
    router(
        lines,
        "Backup Designated router",
        each.backupDesignatedRouterId,
        each.backupDesignatedRouter);
    lines.add(
        "  Timer intervals configured, Hello %d, Dead %d, Retransmit %d",
        each.helloSeconds, each.deadSeconds, each.retransmitSeconds);
    if (each.passive) {
      lines.add("    No Hellos (Passive interface)");
    } else if (each.helloDueSeconds != null) {
      lines.add("    Hello due in %s", Lines.clock(each.helloDueSeconds));
    }
    if (each.prefixSuppression) {
      lines.add("  Prefix-suppression is enabled");
    }
    if (each.ttlSecurityHops != null) {
      lines.add("  Strict TTL checking enabled, up to %d hops allowed", each.ttlSecurityHops);
    }
    if (!each.authentication.equals("none")) {
      lines.add(
          "  %s authentication enabled%s",
          each.authentication,
          each.authenticationKeyId == null ? "" : ", key id " + each.authenticationKeyId);
    }
    lines.add(
        "  Neighbor Count is %d, Adjacent neighbor count is %d",
        each.neighbors, each.adjacentNeighbors);
    if (each.waitSeconds != null) {
      lines.add("  Waits for a Designated Router, for %s at most", Lines.clock(each.waitSeconds));
    }
    if (each.helpedNeighbors > 0) {
      lines.add("  %d neighbors restart gracefully and are helped", each.helpedNeighbors);
    }
  }

  private static void router(
      Lines lines, String title, @Nullable Ipv4Address id, @Nullable Ipv4Address address) {
    if (address != null) {
      lines.add("  %s (ID) %s, Interface address %s", title, id == null ? "?" : id, address);
    }
  }
}
