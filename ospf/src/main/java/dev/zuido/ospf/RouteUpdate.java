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
  private final Timer timer = new Timer(this::calculate);
  private RoutingTable table = RoutingTable.EMPTY;
  private long calculations;

  RouteUpdate(Core core) {
    this.core = core;
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
    schedule();
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

  /** The routes may differ: they are calculated after the delay that lets changes gather. */
  void schedule() {
    core.heap.scheduleIfIdle(timer, core.now + core.config.spfBackoff().initialMillis() * 1_000_000L);
  }

  private void calculate(long now) {
    calculations++;
    List<SpfInterface> interfaces = new ArrayList<>();
    for (OspfInterface each : core.interfaces.values()) {
      if (each.state() != InterfaceState.DOWN) {
        VirtualLink link = core.virtualLinks.of(each);
        interfaces.add(link == null ? describe(each) : describe(link));
      }
    }
    calculation.setExternalAreas(externalAreas());
    RoutingTable calculated = calculation.calculate(interfaces, now);
    if (!calculated.equals(table)) {
      table = calculated;
      core.outbox.event(new OspfOutput.RoutesChanged(table));
    }
    core.routesCalculated();
  }

  private static Map<Ipv4Address, Ipv4Address> fullNeighbors(OspfInterface on) {
    Map<Ipv4Address, Ipv4Address> neighbors = new TreeMap<>();
    for (Neighbor neighbor : on.neighbors()) {
      if (neighbor.state() == NeighborState.FULL) {
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
    SpfInterface.Kind kind =
        !on.isRunning()
            ? SpfInterface.Kind.STUB
            : on.isPointToPoint()
                ? SpfInterface.Kind.POINT_TO_POINT
                : SpfInterface.Kind.MULTI_ACCESS;
    Map<Ipv4Address, Ipv4Address> neighbors = fullNeighbors(on);
    boolean loopback = on.state() == InterfaceState.LOOPBACK;
    Ipv4Prefix network = loopback ? Ipv4Prefix.host(config.address()) : config.network();
    return on.isUnnumbered()
        ? new SpfInterface(on.id(), on.area().id(), kind, null, null, neighbors)
        : new SpfInterface(on.id(), on.area().id(), kind, config.address(), network, neighbors);
  }
}
