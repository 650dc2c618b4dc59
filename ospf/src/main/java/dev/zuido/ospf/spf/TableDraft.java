package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Collection;
import java.util.Comparator;
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

  RoutingTable finish() {
    return new RoutingTable(routes.values(), routerRoutes.values(), transitAreas);
  }
}
