package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
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
  private final Set<Ipv4Prefix> discards;

  /** Makes a table of a router without active ranges. */
  public RoutingTable(
      Collection<OspfRoute> routes,
      Collection<RouterRoute> routerRoutes,
      Set<Ipv4Address> transitAreas) {
    this(routes, routerRoutes, transitAreas, Set.of());
  }

  /**
   * Makes a table.
   *
   * @param routes at most one for a prefix
   * @param routerRoutes at most one for a router and area
   * @param transitAreas areas whose TransitCapability is true
   * @param discards active ranges of a border router that are not prefixes of routes
   */
  public RoutingTable(
      Collection<OspfRoute> routes,
      Collection<RouterRoute> routerRoutes,
      Set<Ipv4Address> transitAreas,
      Set<Ipv4Prefix> discards) {
    for (OspfRoute route : routes) {
      if (this.routes.put(route.prefix(), route) != null) {
        throw new IllegalArgumentException("two routes to " + route.prefix());
      }
    }
    this.routerRoutes = List.copyOf(routerRoutes);
    this.transitAreas = Collections.unmodifiableSet(new TreeSet<>(transitAreas));
    this.discards = Collections.unmodifiableSet(new TreeSet<>(discards));
  }

  /** The routes to networks, in the order of their prefixes. */
  public Collection<OspfRoute> routes() {
    return Collections.unmodifiableCollection(routes.values());
  }

  /** The route to exactly this network, or null. */
  public @Nullable OspfRoute route(Ipv4Prefix prefix) {
    return routes.get(prefix);
  }

  /**
   * The route with the longest prefix that contains an address (section 11.1); null if there is
   * none, or if a discard is longer.
   */
  public @Nullable OspfRoute lookup(Ipv4Address address) {
    for (int length = 32; length >= 0; length--) {
      Ipv4Prefix prefix = Ipv4Prefix.containing(address, length);
      OspfRoute route = routes.get(prefix);
      if (route != null || discards.contains(prefix)) {
        return route;
      }
    }
    return null;
  }

  /**
   * The destinations of the discard entries (section 11.1), in order: the active address ranges of
   * a border router, except those that are a route's prefix. A packet whose best match is one of
   * them is to be discarded, lest it go back and forth between a more and a less specific route.
   */
  public Set<Ipv4Prefix> discards() {
    return discards;
  }

  /** The prefixes to which the routes differ from those of another table, in order. */
  public List<Ipv4Prefix> prefixesThatDiffer(RoutingTable other) {
    List<Ipv4Prefix> found = new ArrayList<>();
    Iterator<OspfRoute> mine = routes.values().iterator();
    Iterator<OspfRoute> others = other.routes.values().iterator();
    @Nullable OspfRoute left = next(mine);
    @Nullable OspfRoute right = next(others);
    while (left != null || right != null) {
      int order =
          left == null ? 1 : right == null ? -1 : left.prefix().compareTo(right.prefix());
      if (order < 0 && left != null) {
        found.add(left.prefix());
      } else if (right != null && !right.equals(left)) {
        found.add(right.prefix());
      }
      left = order <= 0 ? next(mine) : left;
      right = order >= 0 ? next(others) : right;
    }
    return found;
  }

  private static @Nullable OspfRoute next(Iterator<OspfRoute> routes) {
    return routes.hasNext() ? routes.next() : null;
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
        && transitAreas.equals(that.transitAreas)
        && discards.equals(that.discards);
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
