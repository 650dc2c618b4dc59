package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The outcome of a route calculation (RFC 2328 section 11). Immutable. */
public final class RoutingTable {
  /** A table without routes. */
  public static final RoutingTable EMPTY = new RoutingTable(List.of(), List.of(), Set.of());

  private final NavigableMap<Ipv4Prefix, OspfRoute> routes = new TreeMap<>();
  private final List<RouterRoute> routerRoutes;
  private final Set<Ipv4Address> transitAreas;

  /**
   * Makes a table.
   *
   * @param routes at most one for a prefix
   * @param routerRoutes at most one for a router and area
   * @param transitAreas areas whose TransitCapability is true
   */
  public RoutingTable(
      Collection<OspfRoute> routes,
      Collection<RouterRoute> routerRoutes,
      Set<Ipv4Address> transitAreas) {
    for (OspfRoute route : routes) {
      if (this.routes.put(route.prefix(), route) != null) {
        throw new IllegalArgumentException("two routes to " + route.prefix());
      }
    }
    this.routerRoutes = List.copyOf(routerRoutes);
    this.transitAreas = Collections.unmodifiableSet(new TreeSet<>(transitAreas));
  }

  /** The routes to networks, in the order of their prefixes. */
  public Collection<OspfRoute> routes() {
    return Collections.unmodifiableCollection(routes.values());
  }

  /** The route to exactly this network, or null. */
  public @Nullable OspfRoute route(Ipv4Prefix prefix) {
    return routes.get(prefix);
  }

  /** The route with the longest prefix that contains an address, or null. */
  public @Nullable OspfRoute lookup(Ipv4Address address) {
    for (int length = 32; length >= 0; length--) {
      OspfRoute route = routes.get(Ipv4Prefix.containing(address, length));
      if (route != null) {
        return route;
      }
    }
    return null;
  }

  /** The routes to area border and AS boundary routers, in the order of Router ID and area. */
  public List<RouterRoute> routerRoutes() {
    return routerRoutes;
  }

  /** The routes to a router, one for each area through which it is reached. */
  public List<RouterRoute> routerRoutes(Ipv4Address routerId) {
    List<RouterRoute> found = new ArrayList<>();
    for (RouterRoute route : routerRoutes) {
      if (route.routerId().equals(routerId)) {
        found.add(route);
      }
    }
    return found;
  }

  /** The areas that can carry transit traffic: a virtual link through them is up. */
  public Set<Ipv4Address> transitAreas() {
    return transitAreas;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoutingTable that
        && routes.equals(that.routes)
        && routerRoutes.equals(that.routerRoutes)
        && transitAreas.equals(that.transitAreas);
  }

  @Override
  public int hashCode() {
    return 31 * routes.hashCode() + routerRoutes.hashCode();
  }

  @Override
  public String toString() {
    return "RoutingTable" + routes.values();
  }
}
