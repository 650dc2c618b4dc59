package dev.zuido.router;

import dev.zuido.ospf.InterfaceSnapshot;
import dev.zuido.ospf.InterfaceState;
import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.NetworkType;
import dev.zuido.ospf.OspfAuthentication;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfInterfaceTimers;
import dev.zuido.ospf.VirtualLinkSnapshot;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.show.OspfDatabaseReport;
import dev.zuido.router.show.OspfInterfaceReport;
import dev.zuido.router.show.OspfLsaReport;
import dev.zuido.router.show.OspfNeighborReport;
import dev.zuido.router.show.OspfProcessId;
import dev.zuido.router.show.OspfVirtualLinkReport;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gathers what {@code show ip ospf} says of neighbors, interfaces and the database. */
final class OspfShow {
  private static final long NANOS = 1_000_000_000L;

  private final RouterParts parts;

  OspfShow(RouterParts parts) {
    this.parts = parts;
  }

  private @Nullable OspfProcessId process(@Nullable OspfEngine ospf) {
    OspfProcess configured = parts.config().ospf();
    return ospf == null || configured == null
        ? null
        : new OspfProcessId(configured.processId(), ospf.config().routerId());
  }

  // ---- Neighbors

  /**
   * The neighbors.
   *
   * @param detail whether the text says all
   * @param wanted those that are asked for
   */
  OspfNeighborReport neighbors(
      boolean detail, Predicate<OspfNeighborReport.Neighbor> wanted, long nowNanos) {
    OspfEngine ospf = parts.controlPlane().ospf();
    if (ospf == null) {
      return new OspfNeighborReport(false, detail, List.of());
    }
    return new OspfNeighborReport(
        true,
        detail,
        ospf.neighbors(nowNanos).stream()
            .map(each -> neighbor(ospf, each))
            .filter(wanted)
            .toList());
  }

  private static OspfNeighborReport.Neighbor neighbor(OspfEngine ospf, NeighborSnapshot each) {
    OspfInterfaceConfig on = ospf.interfaceConfig(each.interfaceId());
    boolean elects = on.type().electsDesignatedRouter();
    return new OspfNeighborReport.Neighbor(
        each.routerId(),
        each.priority(),
        EventLog.iosState(each.state()),
        elects ? role(each) : null,
        Math.max(0, each.deadNanos()) / NANOS,
        each.address(),
        on.name(),
        each.areaId(),
        elects ? known(each.designatedRouter()) : null,
        elects ? known(each.backupDesignatedRouter()) : null,
        OptionWords.of(each.helloOptions()),
        each.inStateNanos() / NANOS,
        each.lastCause().words(),
        each.stateChanges(),
        each.retransmissions(),
        each.retransmittedLsas(),
        each.requests(),
        each.helper() == null ? null : (Long) (each.helper().remainingNanos() / NANOS),
        each.mismatch() == null ? null : each.mismatch().explain());
  }

  private static String role(NeighborSnapshot neighbor) {
    if (neighbor.address().equals(neighbor.designatedRouter())) {
      return "DR";
    }
    return neighbor.address().equals(neighbor.backupDesignatedRouter()) ? "BDR" : "DROTHER";
  }

  // ---- Interfaces

  /**
   * The interfaces.
   *
   * @param brief whether the text has a line for each
   * @param wanted the name of the one that is asked for, or null for all
   */
  OspfInterfaceReport interfaces(boolean brief, @Nullable String wanted, long nowNanos) {
    OspfEngine ospf = parts.controlPlane().ospf();
    List<InterfaceSnapshot> all = ospf == null ? List.of() : ospf.interfaces(nowNanos);
    return new OspfInterfaceReport(
        process(ospf),
        brief,
        all.stream()
            .filter(each -> wanted == null || each.config().name().equals(wanted))
            .map(OspfShow::ospfInterface)
            .toList());
  }

  private static OspfInterfaceReport.OspfInterface ospfInterface(InterfaceSnapshot each) {
    OspfInterfaceConfig config = each.config();
    OspfAuthentication authentication = config.authentication();
    return new OspfInterfaceReport.OspfInterface(
        config.name(),
        config.areaId(),
        config.sourceAddress(),
        config.prefixLength(),
        config.address().isUnspecified() && config.type() == NetworkType.POINT_TO_POINT,
        config.type().name(),
        each.state().shortName(),
        config.cost(),
        config.priority(),
        config.mtu(),
        config.mtuIgnore(),
        config.passive(),
        known(each.designatedRouter()),
        known(each.designatedRouterId()),
        known(each.backupDesignatedRouter()),
        known(each.backupDesignatedRouterId()),
        config.timers().helloSeconds(),
        config.timers().deadSeconds(),
        config.timers().retransmitSeconds(),
        config.timers().transmitDelaySeconds(),
        each.helloDueNanos() < 0 ? null : (Long) (each.helloDueNanos() / NANOS),
        OspfAuthenticationWords.kind(authentication),
        OspfAuthenticationWords.keyId(authentication),
        config.prefixSuppression(),
        config.ttlSecurityHops() == 0 ? null : (Integer) config.ttlSecurityHops(),
        each.neighbors(),
        each.adjacentNeighbors(),
        each.waitNanos() < 0 ? null : (Long) (each.waitNanos() / NANOS),
        each.unacknowledgedLsas(),
        each.helpedNeighbors(),
        each.stateChanges(),
        each.explanations().stream()
            .map(
                why ->
                    new OspfInterfaceReport.WithoutAdjacency(
                        why.routerId(), why.source(), why.mismatch().explain()))
            .toList());
  }

  private static @Nullable Ipv4Address known(Ipv4Address address) {
    return address.isUnspecified() ? null : address;
  }

  // ---- Virtual links

  OspfVirtualLinkReport virtualLinks(long nowNanos) {
    OspfEngine ospf = parts.controlPlane().ospf();
    if (ospf == null) {
      return new OspfVirtualLinkReport(false, List.of());
    }
    List<NeighborSnapshot> neighbors = ospf.neighbors(nowNanos);
    return new OspfVirtualLinkReport(
        true, ospf.virtualLinks().stream().map(each -> virtualLink(each, neighbors)).toList());
  }

  private static OspfVirtualLinkReport.VirtualLink virtualLink(
      VirtualLinkSnapshot each, List<NeighborSnapshot> neighbors) {
    OspfInterfaceTimers timers = each.config().timers();
    return new OspfVirtualLinkReport.VirtualLink(
        each.name(),
        each.config().neighborId(),
        each.transitAreaId(),
        each.state() != InterfaceState.DOWN,
        each.cost() < 0 ? null : (Integer) each.cost(),
        known(each.address()),
        known(each.neighborAddress()),
        timers.helloSeconds(),
        timers.deadSeconds(),
        timers.retransmitSeconds(),
        timers.transmitDelaySeconds(),
        OspfAuthenticationWords.kind(each.config().authentication()),
        neighbors.stream()
            .filter(neighbor -> neighbor.interfaceId() == each.interfaceId())
            .map(neighbor -> EventLog.iosState(neighbor.state()))
            .findFirst()
            .orElse(null));
  }

  // ---- Database

  OspfDatabaseReport database(OspfDatabaseQuery query, long nowNanos) {
    OspfEngine ospf = parts.controlPlane().ospf();
    return new OspfDatabaseReport(
        process(ospf),
        ospf == null ? List.of() : new OspfDatabaseShow(ospf, query, nowNanos).summaries());
  }

  OspfLsaReport lsas(OspfDatabaseQuery query, long nowNanos) {
    OspfEngine ospf = parts.controlPlane().ospf();
    return new OspfLsaReport(
        process(ospf),
        ospf == null ? List.of() : new OspfDatabaseShow(ospf, query, nowNanos).details());
  }
}
