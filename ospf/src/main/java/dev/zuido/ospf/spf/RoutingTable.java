package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a route calculation (RFC 2328 section 11). Immutable. Tables that follow each
 * other share the routes that have stayed the same.
 */
public final class RoutingTable {
  /** A table without routes. */
  public static final RoutingTable EMPTY = new RoutingTable(List.of(), List.of(), Set.of());

  static final Comparator<RouterRoute> BY_ROUTER_AND_AREA =
      Comparator.comparing(RouterRoute::routerId).thenComparing(RouterRoute::areaId);

  /** In the order of the prefixes. */
  private final OspfRoute[] routes;

  private final List<RouterRoute> routerRoutes;
  private final Set<Ipv4Address> transitAreas;
  private final Set<Ipv4Prefix> discards;

  /** Bit n says that there is a route or a discard whose prefix has length n. */
  private final long lengths;

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
    this(sorted(routes), routerRoutes, transitAreas, discards);
  }

  /**
   * Makes a table.
   *
   * @param routes in the order of their prefixes, which all differ; belongs to the table from now
   */
  RoutingTable(
      OspfRoute[] routes,
      Collection<RouterRoute> routerRoutes,
      Set<Ipv4Address> transitAreas,
      Set<Ipv4Prefix> discards) {
    this.routes = routes;
    List<RouterRoute> ordered = new ArrayList<>(routerRoutes);
    ordered.sort(BY_ROUTER_AND_AREA);
    this.routerRoutes = List.copyOf(ordered);
    this.transitAreas = Collections.unmodifiableSet(new TreeSet<>(transitAreas));
    this.discards = Collections.unmodifiableSet(new TreeSet<>(discards));
    long bits = 0;
    for (OspfRoute route : routes) {
      bits |= 1L << route.prefix().length();
    }
    for (Ipv4Prefix discard : discards) {
      bits |= 1L << discard.length();
    }
    this.lengths = bits;
  }

  private static OspfRoute[] sorted(Collection<OspfRoute> routes) {
    OspfRoute[] sorted = routes.toArray(new OspfRoute[0]);
    Arrays.sort(sorted, Comparator.comparing(OspfRoute::prefix));
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i].prefix().equals(sorted[i - 1].prefix())) {
        throw new IllegalArgumentException("two routes to " + sorted[i].prefix());
      }
    }
    return sorted;
  }

  /** The routes to networks, in the order of their prefixes. */
  public Collection<OspfRoute> routes() {
    return Collections.unmodifiableList(Arrays.asList(routes));
  }

  /** The routes in the order of their prefixes; not to be changed. */
  OspfRoute[] ordered() {
    return routes;
  }

  /** The route to exactly this network, or null. */
  public @Nullable OspfRoute route(Ipv4Prefix prefix) {
    int index = indexOf(routes, prefix);
    return index < 0 ? null : routes[index];
  }

  /** Where a network stands in an ordered array; negative if it does not: -(insertion point)-1. */
  static int indexOf(OspfRoute[] routes, Ipv4Prefix prefix) {
    int low = 0;
    int high = routes.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = routes[middle].prefix().compareTo(prefix);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /**
   * The route with the longest prefix that contains an address (section 11.1); null if there is
   * none, or if a discard is longer.
   */
  public @Nullable OspfRoute lookup(Ipv4Address address) {
    for (int length = 32; length >= 0; length--) {
      if ((lengths >>> length & 1) != 0) {
        Ipv4Prefix prefix = Ipv4Prefix.containing(address, length);
        OspfRoute route = route(prefix);
        if (route != null || discards.contains(prefix)) {
          return route;
        }
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
    int low = 0;
    int high = routerRoutes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (routerRoutes.get(middle).routerId().compareTo(routerId) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    while (high < routerRoutes.size() && routerRoutes.get(high).routerId().equals(routerId)) {
      high++;
    }
    return routerRoutes.subList(low, high);
  }

  /** The areas that can carry transit traffic: a virtual link through them is up. */
  public Set<Ipv4Address> transitAreas() {
    return transitAreas;
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
    return differences(other).stream().map(RouteDifference::prefix).toList();
  }

  /**
   * The networks whose routes differ from those of another table.
   *
   * @param previous the earlier table
   * @return in the order of the prefixes
   */
  public List<RouteDifference> differences(RoutingTable previous) {
    OspfRoute[] before = previous.routes;
    OspfRoute[] after = routes;
    List<RouteDifference> found = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.length || j < after.length) {
      OspfRoute old = i < before.length ? before[i] : null;
      OspfRoute now = j < after.length ? after[j] : null;
      int order = compare(old, now);
      if (order < 0 && old != null) {
        found.add(new RouteDifference(old.prefix(), old, null));
      } else if (order > 0 && now != null) {
        found.add(new RouteDifference(now.prefix(), null, now));
      } else if (old != null && now != null && !old.equals(now)) {
        found.add(new RouteDifference(now.prefix(), old, now));
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return found;
  }

  /** The order of two routes' prefixes; a route that is not there comes last. */
  static int compare(@Nullable OspfRoute first, @Nullable OspfRoute second) {
    if (first == null || second == null) {
      return first == null ? 1 : -1;
    }
    return first.equals(second) ? 0 : first.prefix().compareTo(second.prefix());
  }

  /**
   * The area border and AS boundary routers whose routes differ from those of another table.
   *
   * @param previous the earlier table
   * @return in the order of Router ID and area
   */
  public List<RouterDifference> routerDifferences(RoutingTable previous) {
    List<RouterDifference> found = new ArrayList<>();
    List<RouterRoute> before = previous.routerRoutes;
    int i = 0;
    int j = 0;
    while (i < before.size() || j < routerRoutes.size()) {
      RouterRoute old = i < before.size() ? before.get(i) : null;
      RouterRoute now = j < routerRoutes.size() ? routerRoutes.get(j) : null;
      int order = old == null ? 1 : now == null ? -1 : BY_ROUTER_AND_AREA.compare(old, now);
      if (order < 0 && old != null) {
        found.add(new RouterDifference(old.routerId(), old.areaId(), old, null));
      } else if (order > 0 && now != null) {
        found.add(new RouterDifference(now.routerId(), now.areaId(), null, now));
      } else if (old != null && now != null && !old.equals(now)) {
        found.add(new RouterDifference(now.routerId(), now.areaId(), old, now));
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return found;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RoutingTable that
        && Arrays.equals(routes, that.routes)
        && routerRoutes.equals(that.routerRoutes)
        && transitAreas.equals(that.transitAreas)
        && discards.equals(that.discards);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(routes) + routerRoutes.hashCode();
  }

  @Override
  public String toString() {
    return "RoutingTable" + Arrays.toString(routes);
  }
}
