package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A routing table while it is being calculated: the intra-area routes as they came out of the
 * trees, over them the routes that summary-LSAs have given or bettered, over these the external
 * ones. The two upper layers stay from one calculation to the next, less what has to be looked at
 * again.
 */
final class TableDraft {
  private OspfRoute[] intraArea = new OspfRoute[0];
  private final NavigableMap<Ipv4Prefix, OspfRoute> interArea = new TreeMap<>();
  private final NavigableMap<Ipv4Prefix, OspfRoute> external = new TreeMap<>();
  private final NavigableMap<RouterKey, RouterRoute> routerRoutes = new TreeMap<>();
  private final Set<Ipv4Address> transitAreas = new TreeSet<>();
  private final Set<Ipv4Prefix> discards = new TreeSet<>();

  /** By the index of each virtual link the hops to its other end, once they are resolved. */
  private Map<Integer, Set<NextHop>> virtualLinks = Map.of();

  private @Nullable RoutingTable inside;

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

  /** Begins anew with the trees' routes; inter-area and external routes stay. */
  void begin(
      OspfRoute[] intraAreaRoutes, Collection<RouterRoute> routers, Set<Ipv4Address> transit) {
    intraArea = intraAreaRoutes;
    routerRoutes.clear();
    routers.forEach(this::put);
    transitAreas.clear();
    transitAreas.addAll(transit);
    discards.clear();
    virtualLinks = Map.of();
    inside = null;
  }

  /** Forgets what summary-LSAs have given: all of it. */
  void clearInterArea() {
    interArea.clear();
    inside = null;
  }

  /** Forgets what summary-LSAs have given for a network. */
  void removeInterArea(Ipv4Prefix prefix) {
    interArea.remove(prefix);
    inside = null;
  }

  /** Forgets all external routes. */
  void clearExternal() {
    external.clear();
  }

  /** Forgets the external route to a network. */
  void removeExternal(Ipv4Prefix prefix) {
    external.remove(prefix);
  }

  /** Whether summary-LSAs have given nothing. */
  boolean hasNoInterAreaRoutes() {
    return interArea.isEmpty();
  }

  /** What summary-LSAs have given for a network, or null. */
  @Nullable OspfRoute interAreaRoute(Ipv4Prefix prefix) {
    return interArea.get(prefix);
  }

  @Nullable OspfRoute externalRoute(Ipv4Prefix prefix) {
    return external.get(prefix);
  }

  /** The route to a network inside of the AS, or null. */
  @Nullable OspfRoute route(Ipv4Prefix prefix) {
    OspfRoute over = interArea.get(prefix);
    if (over != null) {
      return over;
    }
    int index = RoutingTable.indexOf(intraArea, prefix);
    return index < 0 ? null : intraArea[index];
  }

  void put(OspfRoute route) {
    if (route.pathType().isExternal()) {
      external.put(route.prefix(), route);
    } else {
      interArea.put(route.prefix(), route);
      inside = null;
    }
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

  /** The entries of all routers, by Router ID and area. */
  List<RouterRoute> routers() {
    return List.copyOf(routerRoutes.values());
  }

  void put(RouterRoute route) {
    routerRoutes.put(new RouterKey(route.routerId(), route.areaId()), route);
    inside = null;
  }

  Set<Ipv4Address> transitAreas() {
    return transitAreas;
  }

  /**
   * Section 11.1: packets to a range are discarded if no more specific route takes them. A range
   * that is a route's prefix needs none.
   */
  void addDiscards(Collection<Ipv4Prefix> activeRanges) {
    RoutingTable routes = inside();
    for (Ipv4Prefix range : activeRanges) {
      if (routes.route(range) == null) {
        discards.add(range);
      }
    }
    inside = null;
  }

  /**
   * The end of section 16.3: paths that "still have unresolved virtual next hops should be
   * discarded". A border router is no destination of packets; its way stays known.
   *
   * @param links by the index of each virtual link the hops to its other end
   */
  void resolveVirtualLinks(Map<Integer, Set<NextHop>> links) {
    virtualLinks = links;
    inside = null;
    for (RouterRoute route : List.copyOf(routerRoutes.values())) {
      Set<NextHop> resolved = resolvedHops(route.nextHops());
      if (resolved.size() == route.nextHops().size()) {
        continue;
      }
      boolean asBoundary = route.asBoundary() && !resolved.isEmpty();
      if (resolved.isEmpty()) {
        Set<NextHop> through = new TreeSet<>();
        for (NextHop hop : route.nextHops()) {
          through.addAll(links.getOrDefault(hop.interfaceIndex(), Set.of()));
        }
        resolved = through;
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

  private Set<NextHop> resolvedHops(Set<NextHop> hops) {
    Set<NextHop> resolved = new TreeSet<>();
    for (NextHop hop : hops) {
      if (!virtualLinks.containsKey(hop.interfaceIndex())) {
        resolved.add(hop);
      }
    }
    return resolved.size() == hops.size() ? hops : resolved;
  }

  /** Leaves paths over virtual links out. */
  private OspfRoute[] resolve(OspfRoute[] routes) {
    if (virtualLinks.isEmpty()) {
      return routes;
    }
    Map<Set<NextHop>, Set<NextHop>> known = new HashMap<>();
    OspfRoute[] resolved = new OspfRoute[routes.length];
    int count = 0;
    for (OspfRoute route : routes) {
      Set<NextHop> hops = known.computeIfAbsent(route.nextHops(), this::resolvedHops);
      if (hops.size() == route.nextHops().size()) {
        resolved[count++] = route;
      } else if (!hops.isEmpty()) {
        resolved[count++] = route.withNextHops(hops);
      }
    }
    return Arrays.copyOf(resolved, count);
  }

  /** The table without external routes. */
  RoutingTable inside() {
    RoutingTable table = inside;
    if (table == null) {
      table =
          new RoutingTable(
              resolve(merge(intraArea, interArea)), routerRoutes.values(), transitAreas, discards);
      inside = table;
    }
    return table;
  }

  /** The table as it stands. */
  RoutingTable finish() {
    return external.isEmpty()
        ? inside()
        : new RoutingTable(
            merge(inside().ordered(), external), routerRoutes.values(), transitAreas, discards);
  }

  /** Lays routes over others. */
  private static OspfRoute[] merge(OspfRoute[] below, NavigableMap<Ipv4Prefix, OspfRoute> above) {
    if (above.isEmpty()) {
      return below;
    }
    OspfRoute[] merged = new OspfRoute[below.length + above.size()];
    int count = 0;
    int next = 0;
    for (OspfRoute route : above.values()) {
      Ipv4Prefix prefix = route.prefix();
      while (next < below.length && below[next].prefix().compareTo(prefix) < 0) {
        merged[count++] = below[next++];
      }
      if (next < below.length && below[next].prefix().equals(prefix)) {
        next++;
      }
      merged[count++] = route;
    }
    System.arraycopy(below, next, merged, count, below.length - next);
    return Arrays.copyOf(merged, count + below.length - next);
  }
}
