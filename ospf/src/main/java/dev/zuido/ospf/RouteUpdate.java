package dev.zuido.ospf;

import dev.zuido.ospf.spf.ExternalAreas;
import dev.zuido.ospf.spf.ExternalPaths;
import dev.zuido.ospf.spf.IncrementalCalculation;
import dev.zuido.ospf.spf.RouteCalculation;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.ospf.spf.SpfInterface;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When the routes are calculated (RFC 2328 section 16), and from what. */
final class RouteUpdate {
  private final Core core;
  private final IncrementalCalculation calculation;
  private final SpfDelay delay;
  private final RouteHistory history;
  private RoutingTable table = RoutingTable.EMPTY;
  private long calculations;

  RouteUpdate(Core core) {
    this.core = core;
    this.delay = new SpfDelay(core, this::due);
    this.history = new RouteHistory(core);
    this.calculation = new IncrementalCalculation(core.routerId, settings(), core.lsdb);
  }

  private RouteCalculation.Settings settings() {
    return new RouteCalculation.Settings(
        core.config.rfc1583Compatibility(),
        core.config.maximumPaths(),
        core.areaConfiguration.ranges());
  }

  /** The areas' ranges are others. */
  void rangesChanged() {
    calculation.configure(settings());
    schedule(SpfCause.Trigger.CONFIGURATION);
  }

  /** See {@link IncrementalCalculation#addressOf}. */
  @Nullable Ipv4Address addressOf(Ipv4Address areaId, Ipv4Address router) {
    return calculation.addressOf(areaId, router);
  }

  RoutingTable table() {
    return table;
  }

  long calculations() {
    return calculations;
  }

  /** What external LSAs describe, by the routes that were calculated last. */
  ExternalPaths externalPaths() {
    return new ExternalPaths(
        core.routerId,
        core.config.rfc1583Compatibility(),
        externalAreas(),
        core.isAreaBorder(),
        table);
  }

  private ExternalAreas externalAreas() {
    Set<Ipv4Address> nssas = new TreeSet<>();
    Set<Ipv4Address> stubs = new TreeSet<>();
    Set<Ipv4Address> withoutSummaries = new TreeSet<>();
    for (Area area : core.areas()) {
      if (area.isNssa()) {
        nssas.add(area.id());
        if (!area.config().summaries()) {
          withoutSummaries.add(area.id());
        }
      } else if (area.isStub()) {
        stubs.add(area.id());
      }
    }
    return new ExternalAreas(nssas, stubs, withoutSummaries);
  }

  /** Whether a router could be reached within an area when the routes were calculated last. */
  boolean isReachable(Ipv4Address areaId, Ipv4Address routerId) {
    return calculation.isReachable(areaId, routerId);
  }

  /** The contents of the database changed: an IGP event (RFC 8405 section 3). */
  void lsaChanged(Ipv4Address areaId, HeldLsa lsa) {
    history.lsaChanged(areaId, lsa.key, lsa.isMaxAge());
    delay.igpEvent();
  }

  /** The routes may differ because of something in this router, of which no LSA tells. */
  void schedule(SpfCause.Trigger trigger) {
    history.local(trigger);
    delay.localTrigger();
  }

  /** The routes are calculated now, and told even if they are the same. */
  void calculateNow(SpfCause.Trigger trigger) {
    history.local(trigger);
    delay.computed();
    calculate();
    core.outbox.event(new OspfOutput.RoutesChanged(table));
  }

  SpfSnapshot snapshot(long now) {
    return new SpfSnapshot(
        core.config.spfBackoff(),
        delay.state(),
        delay.dueNanos(now),
        delay.learnNanos(now),
        delay.holdDownNanos(now),
        calculations,
        calculation.treesGrown(),
        history.lastRunNanos() < 0 ? -1 : Math.max(0, now - history.lastRunNanos()),
        table.routes().size(),
        history.log());
  }

  private void due() {
    if (calculate() && !core.restart.isRestarting()) {
      core.outbox.event(new OspfOutput.RoutesChanged(table));
    }
  }

  /** Calculates the routes; whether they differ. */
  private boolean calculate() {
    calculations++;
    List<SpfInterface> interfaces = new ArrayList<>();
    for (OspfInterface each : core.interfaces.values()) {
      if (each.state() != InterfaceState.DOWN) {
        VirtualLink link = core.virtualLinks.of(each);
        interfaces.add(link == null ? describe(each) : describe(link));
      }
    }
    calculation.setExternalAreas(externalAreas());
    RoutingTable calculated = calculation.calculate(interfaces, core.now);
    boolean differ = !calculated.equals(table);
    history.ran(
        delay.state(),
        calculated,
        differ ? calculated.differences(table).size() : 0,
        calculation.treesGrown());
    if (differ) {
      table = calculated;
    }
    core.doNotAge.routesCalculated();
    core.routesCalculated();
    return differ;
  }

  private static Map<Ipv4Address, Ipv4Address> fullNeighbors(OspfInterface on) {
    Map<Ipv4Address, Ipv4Address> neighbors = new TreeMap<>();
    for (Neighbor neighbor : on.neighbors()) {
      if (neighbor.countsAsFull()) {
        neighbors.put(neighbor.routerId(), neighbor.address());
      }
    }
    return neighbors;
  }

  private static SpfInterface describe(VirtualLink link) {
    return new SpfInterface(
        Integer.MAX_VALUE - link.number(),
        link.transitAreaId(),
        SpfInterface.Kind.VIRTUAL,
        null,
        null,
        fullNeighbors(link.on()));
  }

  private static SpfInterface describe(OspfInterface on) {
    OspfInterfaceConfig config = on.config();
    SpfInterface.Kind kind = SpfInterface.Kind.STUB;
    if (on.isRunning()) {
      kind =
          switch (config.type()) {
            case BROADCAST, NBMA -> SpfInterface.Kind.MULTI_ACCESS;
            case POINT_TO_POINT -> SpfInterface.Kind.POINT_TO_POINT;
            case POINT_TO_MULTIPOINT, POINT_TO_MULTIPOINT_NON_BROADCAST ->
                SpfInterface.Kind.POINT_TO_MULTIPOINT;
            case LOOPBACK -> SpfInterface.Kind.STUB;
            case VIRTUAL_LINK -> SpfInterface.Kind.VIRTUAL;
          };
    }
    Map<Ipv4Address, Ipv4Address> neighbors = fullNeighbors(on);
    boolean loopback = on.state() == InterfaceState.LOOPBACK;
    Ipv4Prefix network = loopback ? Ipv4Prefix.host(config.address()) : config.network();
    return on.isUnnumbered()
        ? new SpfInterface(on.id(), on.area().id(), kind, null, null, neighbors)
        : new SpfInterface(on.id(), on.area().id(), kind, config.address(), network, neighbors);
  }
}
