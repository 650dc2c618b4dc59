package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.AreaType;
import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.testkit.ospf.simulation.AsBoundaryPaths.Way;
import dev.zuido.testkit.ospf.simulation.LiveNetwork.Attachment;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.External;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The routes of every router by brute force: it looks at the plan and at what of it works, never at
 * LSAs, and shares nothing with the calculation that it judges.
 *
 * <p>Routers are as their plans make them: RFC 1583 compatibility, so many paths that none is left
 * out; all know the address ranges of all areas.
 */
public final class NetworkOracle {
  private static final Ipv4Prefix DEFAULT_ROUTE = Ipv4Prefix.parse("0.0.0.0/0");

  /** More rounds than any network of the generator needs. */
  private static final int ROUNDS = 30;

  private final LiveNetwork live;
  private final NetworkPlan plan;
  private final List<NavigableMap<Ipv4Prefix, Path>> insideAreas = new ArrayList<>();

  /** The active ranges of each router (section 11.1). */
  private final List<Set<Ipv4Prefix>> activeRanges = new ArrayList<>();

  private List<NavigableMap<Ipv4Prefix, Path>> inside = new ArrayList<>();
  private final AsBoundaryPaths boundaries;

  /** A way to a network of the AS. */
  private record Path(boolean intra, int area, long cost, Set<NextHop> hops) {
    Path with(long newCost, Set<NextHop> newHops) {
      return new Path(intra, area, newCost, newHops);
    }
  }

  /** A network in a state. */
  public NetworkOracle(NetworkPlan plan, NetworkStatus status) {
    this(new LiveNetwork(plan, status));
  }

  NetworkOracle(LiveNetwork live) {
    this.live = live;
    this.plan = live.plan;
    for (int router = 0; router < plan.routers(); router++) {
      insideAreas.add(intraArea(router));
      activeRanges.add(activeRanges(insideAreas.get(router)));
    }
    for (int router = 0; router < plan.routers(); router++) {
      inside.add(new TreeMap<>());
    }
    settle();
    this.boundaries = new AsBoundaryPaths(live);
  }

  /** Border routers tell what they have heard, and find shortcuts, until nothing changes. */
  private void settle() {
    for (int round = 0; round < ROUNDS; round++) {
      List<NavigableMap<Ipv4Prefix, Path>> next = new ArrayList<>();
      for (int router = 0; router < plan.routers(); router++) {
        NavigableMap<Ipv4Prefix, Path> table = interArea(router, inside);
        shorten(router, table);
        next.add(resolved(table));
      }
      if (next.equals(inside)) {
        return;
      }
      inside = next;
    }
    throw new AssertionError("the routes of the plan do not settle: " + plan);
  }

  /** Paths over virtual links that no transit area has made real are no use (section 16.3). */
  private static NavigableMap<Ipv4Prefix, Path> resolved(NavigableMap<Ipv4Prefix, Path> table) {
    NavigableMap<Ipv4Prefix, Path> real = new TreeMap<>();
    table.forEach(
        (prefix, path) -> {
          Set<NextHop> hops = LiveNetwork.resolved(path.hops());
          if (!hops.isEmpty()) {
            real.put(prefix, path.with(path.cost(), hops));
          }
        });
    return real;
  }

  private NavigableMap<Ipv4Prefix, Path> intraArea(int router) {
    NavigableMap<Ipv4Prefix, Path> found = new TreeMap<>();
    for (int area : live.areasOf(router)) {
      AreaGraph graph = live.graph(area);
      live.networks(area)
          .forEach(
              (prefix, attachments) -> {
                Path path = toNetwork(router, area, graph, attachments);
                if (path != null) {
                  found.put(prefix, path);
                }
              });
    }
    return found;
  }

  /** "The range contains one or more networks reachable by intra-area paths." */
  private Set<Ipv4Prefix> activeRanges(NavigableMap<Ipv4Prefix, Path> intraArea) {
    Set<Ipv4Prefix> active = new TreeSet<>();
    intraArea.forEach(
        (prefix, path) -> {
          AreaRange range = plan.area(path.area()).rangeOf(prefix);
          if (range != null) {
            active.add(range.prefix());
          }
        });
    return active;
  }

  private static @Nullable Path toNetwork(
      int router, int area, AreaGraph graph, List<Attachment> attachments) {
    long best = AreaGraph.FAR;
    for (Attachment at : attachments) {
      best = Math.min(best, graph.distance(router, at.router()) + at.cost());
    }
    if (best >= AreaGraph.FAR) {
      return null;
    }
    Set<NextHop> hops = new TreeSet<>();
    for (Attachment at : attachments) {
      if (graph.distance(router, at.router()) + at.cost() == best) {
        if (at.router() == router) {
          hops.add(at.own());
        } else {
          hops.addAll(graph.hops(router, at.router()));
        }
      }
    }
    return new Path(true, area, best, hops);
  }

  /**
   * What border routers tell; those that border on areas themselves listen in the backbone only.
   */
  private NavigableMap<Ipv4Prefix, Path> interArea(
      int router, List<NavigableMap<Ipv4Prefix, Path>> tables) {
    NavigableMap<Ipv4Prefix, Path> found = new TreeMap<>(insideAreas.get(router));
    for (int area : live.areasOf(router)) {
      if (live.isBorder(router) && area != 0) {
        continue;
      }
      AreaGraph graph = live.graph(area);
      for (int border = 0; border < plan.routers(); border++) {
        long way = graph.distance(router, border);
        if (border == router || way >= AreaGraph.FAR || !live.isBorderOf(border, area)) {
          continue;
        }
        Set<NextHop> hops = graph.hops(router, border);
        NavigableMap<Ipv4Prefix, Long> told = summaries(border, area, tables);
        told.keySet().removeAll(activeRanges.get(router)); // Section 16.2 step 3.
        told.forEach((prefix, cost) -> offer(found, prefix, area, way + cost, hops));
      }
    }
    return found;
  }

  private static void offer(
      NavigableMap<Ipv4Prefix, Path> table,
      Ipv4Prefix prefix,
      int area,
      long cost,
      Set<NextHop> hops) {
    Path present = table.get(prefix);
    if (present == null || (!present.intra() && cost < present.cost())) {
      table.put(prefix, new Path(false, area, cost, hops));
    } else if (!present.intra() && cost == present.cost()) {
      table.put(prefix, present.with(cost, union(present.hops(), hops)));
    }
  }

  /** What a border router tells an area, with its costs (section 12.4.3). */
  private NavigableMap<Ipv4Prefix, Long> summaries(
      int border, int area, List<NavigableMap<Ipv4Prefix, Path>> tables) {
    NetworkPlan.AreaPlan into = plan.area(area);
    NavigableMap<Ipv4Prefix, Long> told = new TreeMap<>();
    NavigableMap<Ipv4Prefix, Long> condensed = new TreeMap<>();
    boolean stub = into.type() != AreaType.NORMAL;
    // "The backbone's configured ranges should be ignored" for transit areas.
    boolean transit = live.transitAreas(border).contains(area);
    if (!stub || into.summaries()) {
      tables
          .get(border)
          .forEach(
              (prefix, path) -> {
                boolean heardThere = path.area() == area || live.leadInto(area, path.hops());
                boolean whole = !path.intra() || (transit && path.area() == 0);
                AreaRange range = whole ? null : plan.area(path.area()).rangeOf(prefix);
                if (range == null) {
                  if (!heardThere && (path.intra() || area != 0)) {
                    told.put(prefix, path.cost());
                  }
                } else if (path.area() != area && range.advertise()) {
                  long cost = range.cost() == AreaRange.LARGEST ? path.cost() : range.cost();
                  condensed.merge(range.prefix(), cost, Math::max);
                }
              });
      condensed.forEach((prefix, cost) -> told.merge(prefix, cost, Math::min));
    }
    if (into.type() == AreaType.STUB || (stub && !into.summaries())) {
      told.put(DEFAULT_ROUTE, (long) into.defaultCost());
    }
    return told;
  }

  /** Section 16.3: backbone paths that are shorter through an area with a virtual link. */
  private void shorten(int router, NavigableMap<Ipv4Prefix, Path> table) {
    if (!live.isBorder(router)) {
      return;
    }
    for (int area : live.transitAreas(router)) {
      AreaGraph graph = live.graph(area);
      for (int border = 0; border < plan.routers(); border++) {
        long way = graph.distance(router, border);
        if (border == router || way >= AreaGraph.FAR || !live.isBorderOf(border, area)) {
          continue;
        }
        Set<NextHop> hops = graph.hops(router, border);
        summaries(border, area, inside)
            .forEach(
                (prefix, cost) -> {
                  Path present = table.get(prefix);
                  if (present == null || present.area() != 0 || present.cost() < way + cost) {
                    return;
                  }
                  boolean equal = present.cost() == way + cost;
                  table.put(
                      prefix, present.with(way + cost, equal ? union(present.hops(), hops) : hops));
                });
      }
    }
  }

  private static Set<NextHop> union(Set<NextHop> first, Set<NextHop> second) {
    Set<NextHop> all = new TreeSet<>(first);
    all.addAll(second);
    return all;
  }

  /** The routes that a router has to find, in the order of their prefixes. */
  public List<OspfRoute> routes(int router) {
    NavigableMap<Ipv4Prefix, OspfRoute> routes = new TreeMap<>();
    inside
        .get(router)
        .forEach(
            (prefix, path) -> {
              PathType type = path.intra() ? PathType.INTRA_AREA : PathType.INTER_AREA;
              routes.put(
                  prefix,
                  new OspfRoute(
                      prefix,
                      type,
                      (int) path.cost(),
                      0,
                      NetworkPlan.areaId(path.area()),
                      path.hops()));
            });
    NavigableMap<Ipv4Prefix, List<External>> outside = new TreeMap<>();
    for (External external : plan.externals()) {
      Ipv4Prefix prefix = NetworkPlan.externalPrefix(external);
      if (!routes.containsKey(prefix) && external.router() != router) {
        outside.computeIfAbsent(prefix, absent -> new ArrayList<>()).add(external);
      }
    }
    outside.forEach(
        (prefix, told) -> {
          OspfRoute route = external(router, prefix, told);
          if (route != null) {
            routes.put(prefix, route);
          }
        });
    return List.copyOf(routes.values());
  }

  /** The best of the ways to an external destination (section 16.4). */
  private @Nullable OspfRoute external(int router, Ipv4Prefix prefix, List<External> told) {
    OspfRoute best = null;
    for (External each : told) {
      Way way = wayTo(router, each);
      if (way == null) {
        continue;
      }
      PathType type = each.type2() ? PathType.EXTERNAL_TYPE_2 : PathType.EXTERNAL_TYPE_1;
      long cost = way.cost() + (each.type2() ? 0 : each.metric());
      int type2Cost = each.type2() ? each.metric() : 0;
      OspfRoute route = new OspfRoute(prefix, type, (int) cost, type2Cost, null, way.hops());
      int order = best == null ? -1 : compare(route, best);
      if (order < 0) {
        best = route;
      } else if (order == 0 && best != null) {
        Set<NextHop> hops = union(best.nextHops(), route.nextHops());
        best = new OspfRoute(prefix, type, (int) cost, type2Cost, null, hops);
      }
    }
    return best;
  }

  /** The way to where packets leave the AS. */
  private @Nullable Way wayTo(int router, External external) {
    int origin = external.router();
    Integer nssa = nssaOf(origin);
    if (nssa == null) {
      return boundaries.hearsExternals(router) ? boundaries.preferred(router, origin) : null;
    }
    Ipv4Address forwarding = live.forwardingAddress(origin, nssa);
    if (forwarding == null) {
      return null; // A router without an address in its NSSA tells nothing.
    }
    if (live.areasOf(router).contains(nssa)
        && live.graph(nssa).distance(router, origin) < AreaGraph.FAR) {
      return wayTo(router, forwarding, path -> path.intra() && path.area() == nssa);
    }
    boolean translated = false;
    for (int border = 0; border < plan.routers(); border++) {
      translated |=
          isTranslator(border, nssa)
              && live.graph(nssa).distance(border, origin) < AreaGraph.FAR
              && boundaries.preferred(router, border) != null;
    }
    return translated && boundaries.hearsExternals(router)
        ? wayTo(router, forwarding, path -> boundaries.isNormal(path.area()))
        : null;
  }

  private @Nullable Way wayTo(int router, Ipv4Address address, Predicate<Path> usable) {
    for (int length = 32; length >= 0; length--) {
      Ipv4Prefix prefix = Ipv4Prefix.containing(address, length);
      Path path = inside.get(router).get(prefix);
      if (path == null && live.isBorder(router) && activeRanges.get(router).contains(prefix)) {
        return null; // A "discard" entry (section 11.1).
      }
      if (path != null) {
        Set<NextHop> hops = new TreeSet<>();
        for (NextHop hop : path.hops()) {
          hops.add(hop.address() == null ? new NextHop(hop.interfaceIndex(), address) : hop);
        }
        return usable.test(path) ? new Way(path.intra(), path.area(), path.cost(), hops) : null;
      }
    }
    return null;
  }

  /** The NSSA that a router is in, if it is in no other area; null otherwise. */
  private @Nullable Integer nssaOf(int router) {
    Set<Integer> areas = live.areasOf(router);
    if (areas.size() != 1) {
      return null;
    }
    int only = areas.iterator().next();
    return plan.area(only).type() == AreaType.NSSA ? only : null;
  }

  /**
   * Of the border routers that reach each other "both over the NSSA and as ASBRs over the AS's
   * transit topology" (RFC 3101 section 3.1) the one with the highest Router ID translates.
   */
  private boolean isTranslator(int router, int nssa) {
    if (!live.isBorderOf(router, nssa)) {
      return false;
    }
    for (int other = router + 1; other < plan.routers(); other++) {
      boolean reachable =
          live.graph(nssa).distance(router, other) < AreaGraph.FAR
              && boundaries.preferred(router, other) != null;
      if (reachable && live.isBorderOf(other, nssa)) {
        return false;
      }
    }
    return true;
  }

  private static int compare(OspfRoute first, OspfRoute second) {
    int byType = first.pathType().compareTo(second.pathType());
    int byMetric = Integer.compare(first.type2Cost(), second.type2Cost());
    int byCost = Integer.compare(first.cost(), second.cost());
    return byType != 0 ? byType : byMetric != 0 ? byMetric : byCost;
  }
}
