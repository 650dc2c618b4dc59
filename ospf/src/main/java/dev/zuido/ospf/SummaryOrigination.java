package dev.zuido.ospf;

import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.ospf.spf.AreaRanges;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.ospf.spf.RouterRoute;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which summary-LSAs a border router originates into which area (RFC 2328 section 12.4.3).
 *
 * <p>A border router is one with interfaces that are not down in several areas, whether or not the
 * backbone is among them, as RFC 2328 has it; the other definitions of RFC 3509 are not there. A
 * router without the backbone therefore tells each area of the other areas' own networks, and of
 * nothing else.
 *
 * <p>After each route calculation only the networks whose routes differ are looked at, and the
 * ranges that they belong to; all of them only if the router's areas, their configuration or their
 * TransitCapability differ.
 */
final class SummaryOrigination {
  private final Core core;
  private final SortedMap<Ipv4Address, AreaSummaries> areas = new TreeMap<>();
  private final SortedMap<Ipv4Prefix, List<RangeCosts>> rangesByPrefix = new TreeMap<>();
  private AreaRanges ranges = AreaRanges.NONE;
  private Set<Ipv4Address> attached = Set.of();
  private RoutingTable table = RoutingTable.EMPTY;
  private boolean configurationDiffers;

  SummaryOrigination(Core core) {
    this.core = core;
  }

  /** A range and how often each cost occurs among the networks that belong to it. */
  private static final class RangeCosts {
    private final AreaRange range;
    private final NavigableMap<Integer, Integer> costs = new TreeMap<>();

    RangeCosts(AreaRange range) {
      this.range = range;
    }

    void add(int cost, int times) {
      costs.merge(cost, times, Integer::sum);
      costs.remove(cost, 0);
    }

    int metric() {
      boolean told = range.advertise() && !costs.isEmpty();
      return !told
          ? AreaSummaries.NOT_TOLD
          : range.cost() == AreaRange.LARGEST ? costs.lastKey() : range.cost();
    }
  }

  /** An area's configuration is another: the next calculation looks at everything. */
  void configurationDiffers() {
    configurationDiffers = true;
  }

  /** The routes were calculated. */
  void examine(RoutingTable calculated) {
    RoutingTable before = table;
    table = calculated;
    Set<Ipv4Address> nowAttached = core.areaConfiguration.attached();
    boolean everything =
        configurationDiffers
            || !nowAttached.equals(attached)
            || !before.transitAreas().equals(table.transitAreas());
    configurationDiffers = false;
    attached = nowAttached;
    for (Area area : core.areas()) {
      areas.computeIfAbsent(area.id(), absent -> new AreaSummaries(core, area));
    }
    SortedSet<Ipv4Prefix> networks = everything ? allNetworks() : networksThatDiffer(before);
    for (Ipv4Prefix network : networks) {
      for (AreaSummaries summaries : areas.values()) {
        summaries.tellNetwork(network, metricOf(network, summaries.area()));
      }
    }
    if (everything || !before.routerRoutes().equals(table.routerRoutes())) {
      examineBoundaryRouters();
    }
  }

  private SortedSet<Ipv4Prefix> allNetworks() {
    List<AreaRange> configured = core.areaConfiguration.ranges();
    ranges = new AreaRanges(configured);
    rangesByPrefix.clear();
    for (AreaRange each : configured) {
      rangesByPrefix
          .computeIfAbsent(each.prefix(), absent -> new ArrayList<>())
          .add(new RangeCosts(each));
    }
    SortedSet<Ipv4Prefix> networks = new TreeSet<>(rangesByPrefix.keySet());
    networks.add(Ipv4Prefix.DEFAULT);
    areas.values().forEach(each -> networks.addAll(each.networks()));
    for (OspfRoute route : table.routes()) {
      networks.add(route.prefix());
      count(route, 1, networks);
    }
    return networks;
  }

  private SortedSet<Ipv4Prefix> networksThatDiffer(RoutingTable before) {
    SortedSet<Ipv4Prefix> networks = new TreeSet<>();
    for (Ipv4Prefix network : table.prefixesThatDiffer(before)) {
      networks.add(network);
      count(before.route(network), -1, networks);
      count(table.route(network), 1, networks);
    }
    return networks;
  }

  /** Counts a network in, or out of, the range that it belongs to. */
  private void count(@Nullable OspfRoute route, int times, SortedSet<Ipv4Prefix> networks) {
    AreaRange range = route == null ? null : rangeOf(route);
    if (route == null || range == null || route.cost() >= SummaryLsa.INFINITY) {
      return;
    }
    for (RangeCosts each : rangesByPrefix.getOrDefault(range.prefix(), List.of())) {
      if (each.range.areaId().equals(range.areaId())) {
        each.add(route.cost(), times);
        networks.add(range.prefix());
      }
    }
  }

  /** The range that condenses a route; null if none does. */
  private @Nullable AreaRange rangeOf(OspfRoute route) {
    Ipv4Address areaId = route.areaId();
    return areaId == null || route.pathType() != PathType.INTRA_AREA
        ? null
        : ranges.rangeOf(areaId, route.prefix());
  }

  /**
   * What an area is told of a network or range. A prefix that is both, or a range of several areas,
   * is told with the lowest of the metrics.
   */
  private int metricOf(Ipv4Prefix prefix, Area into) {
    if (!isBorderOf(into)) {
      return AreaSummaries.NOT_TOLD;
    }
    if (prefix.equals(Ipv4Prefix.DEFAULT) && injectsDefault(into)) {
      return into.config().defaultCost();
    }
    if (into.isStub() && !into.config().summaries()) {
      return AreaSummaries.NOT_TOLD;
    }
    int metric = AreaSummaries.NOT_TOLD;
    for (RangeCosts each : rangesByPrefix.getOrDefault(prefix, List.of())) {
      if (condenses(each.range, into) && !each.range.areaId().equals(into.id())) {
        metric = lower(metric, each.metric());
      }
    }
    OspfRoute route = table.route(prefix);
    return route == null ? metric : lower(metric, metricOf(route, into));
  }

  private boolean isBorderOf(Area into) {
    return attached.size() > 1 && attached.contains(into.id());
  }

  /**
   * Section 12.4.3.1: into a stub area always. RFC 3101 section 2.7: into an NSSA only if no
   * summaries are imported; otherwise its default LSA has type 7.
   */
  private static boolean injectsDefault(Area into) {
    AreaType type = into.config().type();
    return type == AreaType.STUB || (type == AreaType.NSSA && !into.config().summaries());
  }

  /** "The backbone's configured ranges should be ignored" for transit areas. */
  private boolean condenses(AreaRange range, Area into) {
    boolean ofBackbone = range.areaId().equals(OspfAreaConfig.BACKBONE);
    return !(ofBackbone && table.transitAreas().contains(into.id()));
  }

  private static int lower(int first, int second) {
    return first == AreaSummaries.NOT_TOLD
        ? second
        : second == AreaSummaries.NOT_TOLD ? first : Math.min(first, second);
  }

  private int metricOf(OspfRoute route, Area into) {
    boolean tellable =
        !route.pathType().isExternal()
            && !into.id().equals(route.areaId())
            && !leadsInto(route.nextHops(), into)
            && route.cost() < SummaryLsa.INFINITY
            && (route.pathType() == PathType.INTRA_AREA || !isBackbone(into));
    AreaRange range = tellable ? rangeOf(route) : null;
    boolean condensed = range != null && condenses(range, into);
    return tellable && !condensed ? route.cost() : AreaSummaries.NOT_TOLD;
  }

  private static boolean isBackbone(Area area) {
    return area.id().equals(OspfAreaConfig.BACKBONE);
  }

  /** "The next hops associated with this set of paths belong to Area A itself." */
  private boolean leadsInto(Set<NextHop> hops, Area into) {
    for (NextHop hop : hops) {
      OspfInterface out = core.interfaces.get(hop.interfaceIndex());
      if (out != null && out.area() == into) {
        return true;
      }
    }
    return false;
  }

  private void examineBoundaryRouters() {
    SortedMap<Ipv4Address, List<RouterRoute>> entries = new TreeMap<>();
    for (RouterRoute route : table.routerRoutes()) {
      entries.computeIfAbsent(route.routerId(), absent -> new ArrayList<>()).add(route);
    }
    for (AreaSummaries each : areas.values()) {
      each.boundaryRouters().forEach(id -> entries.computeIfAbsent(id, absent -> List.of()));
    }
    entries.forEach(
        (routerId, routes) -> {
          RouterRoute preferred =
              RouterRoute.preferredAsBoundary(
                  routes, core.config.rfc1583Compatibility(), this::hasExternals);
          for (AreaSummaries summaries : areas.values()) {
            summaries.tellBoundaryRouter(routerId, metricOf(preferred, summaries.area()));
          }
        });
  }

  /** Only there AS boundary routers originate what is flooded into other areas (RFC 3101 2.1). */
  private static boolean isExternalCapable(Area area) {
    return area.config().type().externalRoutingCapability();
  }

  private boolean hasExternals(Ipv4Address areaId) {
    return isExternalCapable(core.area(areaId));
  }

  private int metricOf(@Nullable RouterRoute route, Area into) {
    boolean tellable =
        route != null
            && isBorderOf(into)
            && isExternalCapable(into)
            && !into.id().equals(route.areaId())
            && !leadsInto(route.nextHops(), into)
            && route.cost() < SummaryLsa.INFINITY
            && (route.pathType() == PathType.INTRA_AREA || !isBackbone(into));
    return route != null && tellable ? route.cost() : AreaSummaries.NOT_TOLD;
  }
}
