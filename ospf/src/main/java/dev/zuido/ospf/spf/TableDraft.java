package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A routing table while it is being calculated. */
final class TableDraft {
  private final NavigableMap<Ipv4Prefix, OspfRoute> routes = new TreeMap<>();
  private final NavigableMap<RouterKey, RouterRoute> routerRoutes = new TreeMap<>();
  private final Set<Ipv4Address> transitAreas = new TreeSet<>();
  private final Set<Ipv4Prefix> discards = new TreeSet<>();

  /** A router has an entry for each area through which it is reached. */
  private record RouterKey(Ipv4Address routerId, Ipv4Address areaId)
      implements Comparable<RouterKey> {
    private static final Comparator<RouterKey> ORDER =
        Comparator.comparing(RouterKey::routerId).thenComparing(RouterKey::areaId);

    @Override
    public int compareTo(RouterKey other) {
      return ORDER.compare(this, other);
    }
  }

  @Nullable OspfRoute route(Ipv4Prefix prefix) {
    return routes.get(prefix);
  }

  void put(OspfRoute route) {
    routes.put(route.prefix(), route);
  }

  Collection<OspfRoute> routes() {
    return routes.values();
  }

  @Nullable RouterRoute router(Ipv4Address routerId, Ipv4Address areaId) {
    return routerRoutes.get(new RouterKey(routerId, areaId));
  }

  /** The entries of a router, by ascending Area ID. */
  Collection<RouterRoute> routers(Ipv4Address routerId) {
    return routerRoutes
        .subMap(
            new RouterKey(routerId, Ipv4Address.UNSPECIFIED),
            true,
            new RouterKey(routerId, Ipv4Address.BROADCAST),
            true)
        .values();
  }

  void put(RouterRoute route) {
    routerRoutes.put(new RouterKey(route.routerId(), route.areaId()), route);
  }

  void addTransitArea(Ipv4Address areaId) {
    transitAreas.add(areaId);
  }

  Set<Ipv4Address> transitAreas() {
    return transitAreas;
  }

  /** Section 11.1: packets to a range are discarded if no more specific route takes them. */
  void addDiscards(Collection<Ipv4Prefix> activeRanges) {
    for (Ipv4Prefix range : activeRanges) {
      if (!routes.containsKey(range)) {
        discards.add(range);
      }
    }
  }

  /**
   * The end of section 16.3: paths that "still have unresolved virtual next hops should be
   * discarded". A border router is no destination of packets; its way stays known.
   *
   * @param virtualLinks by the index of each virtual link the hops to its other end
   */
  void resolveVirtualLinks(Map<Integer, Set<NextHop>> virtualLinks) {
    for (OspfRoute route : List.copyOf(routes.values())) {
      Set<NextHop> resolved = resolvedHops(route.nextHops(), virtualLinks);
      if (resolved.size() == route.nextHops().size()) {
        continue;
      }
      if (resolved.isEmpty()) {
        routes.remove(route.prefix());
      } else {
        put(
            new OspfRoute(
                route.prefix(),
                route.pathType(),
                route.cost(),
                route.type2Cost(),
                route.areaId(),
                resolved));
      }
    }
    for (RouterRoute route : List.copyOf(routerRoutes.values())) {
      Set<NextHop> resolved = resolvedHops(route.nextHops(), virtualLinks);
      if (resolved.size() == route.nextHops().size()) {
        continue;
      }
      boolean asBoundary = route.asBoundary() && !resolved.isEmpty();
      if (resolved.isEmpty()) {
        for (NextHop hop : route.nextHops()) {
          resolved.addAll(virtualLinks.getOrDefault(hop.interfaceIndex(), Set.of()));
        }
      }
      if (resolved.isEmpty() || (!asBoundary && !route.areaBorder())) {
        routerRoutes.remove(new RouterKey(route.routerId(), route.areaId()));
      } else {
        put(
            new RouterRoute(
                route.routerId(),
                route.areaId(),
                route.pathType(),
                route.cost(),
                route.areaBorder(),
                asBoundary,
                route.options(),
                resolved));
      }
    }
  }

  private static Set<NextHop> resolvedHops(
      Set<NextHop> hops, Map<Integer, Set<NextHop>> virtualLinks) {
    Set<NextHop> resolved = new TreeSet<>();
    for (NextHop hop : hops) {
      if (!virtualLinks.containsKey(hop.interfaceIndex())) {
        resolved.add(hop);
      }
    }
    return resolved;
  }

  RoutingTable finish() {
    return new RoutingTable(routes.values(), routerRoutes.values(), transitAreas, discards);
  }
}
