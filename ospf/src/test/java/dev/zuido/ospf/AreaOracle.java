package dev.zuido.ospf;

import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What routers in several areas must know, by sections 12.4.3, 16.1, 16.2 and 16.3 read literally:
 * distances by Floyd and Warshall, and summaries told again and again until nothing differs. An
 * area has one range at most.
 */
final class AreaOracle {
  private static final long FAR = Long.MAX_VALUE / 4;
  private static final int LARGEST_VIRTUAL_COST = 0xffff;

  /** A direction of a link that works at both ends. */
  record Edge(int area, int from, int to, int cost) {}

  /** A network that a router is on. */
  record Network(int area, int router, Ipv4Prefix prefix, int cost) {}

  /** A virtual link that is configured at both ends. */
  record Virtual(int transitArea, int first, int second) {}

  /** A destination outside, of metric type 1. */
  record External(int router, Ipv4Prefix prefix, int metric) {}

  /** A range, and how it is told. */
  record Range(Ipv4Prefix prefix, boolean advertise, int fixedCost) {}

  /**
   * A route.
   *
   * @param hopAreas the areas of the interfaces that packets leave by
   */
  record Route(PathType type, int area, int cost, Set<Integer> hopAreas) {
    String text() {
      return type + " " + cost;
    }
  }

  final List<Edge> edges = new ArrayList<>();
  final List<Network> networks = new ArrayList<>();
  final List<Virtual> virtuals = new ArrayList<>();
  final List<External> externals = new ArrayList<>();
  final Map<Integer, Range> ranges = new HashMap<>();
  final Map<Integer, OspfAreaConfig> areas = new HashMap<>();

  /** Which areas each router that is alive attaches to. */
  final Map<Integer, Set<Integer>> attached = new TreeMap<>();

  private final Map<Integer, Map<Integer, Map<Integer, Long>>> distances = new HashMap<>();
  private final List<Virtual> up = new ArrayList<>();
  private final Map<Integer, Map<Integer, Map<Ipv4Prefix, Integer>>> told = new HashMap<>();
  private final Map<Integer, Map<Ipv4Prefix, Route>> routes = new TreeMap<>();

  /** By router, AS boundary router and area. */
  private final Map<Integer, Map<Integer, Map<Integer, Route>>> boundaries = new TreeMap<>();

  /** By border router, area and AS boundary router. */
  private final Map<Integer, Map<Integer, Map<Integer, Integer>>> toldBoundaries = new HashMap<>();

  private boolean isBorder(int router) {
    return attached.getOrDefault(router, Set.of()).size() > 1;
  }

  /** Whether a router sees bit V of anyone in an area. */
  private boolean isTransit(int router, int area) {
    return up.stream()
        .anyMatch(
            each ->
                each.transitArea() == area
                    && (distance(area, router, each.first()) < FAR
                        || distance(area, router, each.second()) < FAR));
  }

  private long distance(int area, int from, int to) {
    return distances
        .getOrDefault(area, Map.of())
        .getOrDefault(from, Map.of())
        .getOrDefault(to, FAR);
  }

  /**
   * All routes of all routers that are alive.
   *
   * @return empty if the RFC's rules have no steady state. There are such networks, but only where
   *     the backbone is in pieces, which the RFC rules out: an AS boundary router may be nearest by
   *     what a border router of another piece tells a transit area, whereupon those of this piece
   *     no longer tell it to the backbone, whereupon section 16.3 has nothing to better, and so on.
   */
  Map<Integer, Map<Ipv4Prefix, Route>> solve() {
    for (int area : areas.keySet()) {
      if (area != 0) {
        measure(area);
      }
    }
    for (Virtual each : virtuals) {
      boolean ends = isBorder(each.first()) && isBorder(each.second());
      long there = distance(each.transitArea(), each.first(), each.second());
      long back = distance(each.transitArea(), each.second(), each.first());
      if (ends && there <= LARGEST_VIRTUAL_COST) {
        attached.get(each.first()).add(0);
      }
      if (ends && back <= LARGEST_VIRTUAL_COST) {
        attached.get(each.second()).add(0);
      }
      if (ends && Math.max(there, back) <= LARGEST_VIRTUAL_COST) {
        up.add(each);
      }
    }
    measure(0);
    Map<Integer, Map<Ipv4Prefix, Route>> before;
    Map<Integer, Map<Integer, Map<Integer, Route>>> boundariesBefore;
    int rounds = 0;
    do {
      if (rounds++ > 200) {
        return Map.of();
      }
      before = new TreeMap<>(routes);
      boundariesBefore = new TreeMap<>(boundaries);
      for (int router : attached.keySet()) {
        routes.put(router, routesOf(router));
        boundaries.put(router, boundariesOf(router));
      }
      for (int router : attached.keySet()) {
        for (int area : areas.keySet()) {
          told.computeIfAbsent(router, absent -> new HashMap<>())
              .put(
                  area,
                  tell(routes.get(router), attached.get(router), area, isTransit(router, area)));
          toldBoundaries
              .computeIfAbsent(router, absent -> new HashMap<>())
              .put(area, tellBoundaries(router, area));
        }
      }
    } while (!routes.equals(before) || !boundaries.equals(boundariesBefore));
    for (int router : attached.keySet()) {
      for (External external : externals) {
        Route way = preferred(boundaries.get(router).getOrDefault(external.router(), Map.of()));
        if (way != null) {
          offer(
              routes.get(router),
              external.prefix(),
              PathType.EXTERNAL_TYPE_1,
              -1,
              (long) way.cost() + external.metric(),
              way.hopAreas());
        }
      }
    }
    return routes;
  }

  private boolean isNormal(int area) {
    return areas.get(area).type() == AreaType.NORMAL;
  }

  /** Sections 16.1 to 16.3 for AS boundary routers. */
  private Map<Integer, Map<Integer, Route>> boundariesOf(int router) {
    Map<Integer, Map<Integer, Route>> found = new TreeMap<>();
    boolean border = isBorder(router);
    for (External external : externals) {
      int target = external.router();
      Map<Integer, Route> entries = new TreeMap<>();
      for (int area : attached.get(router)) {
        boolean there = attached.getOrDefault(target, Set.of()).contains(area);
        long way = distance(area, router, target);
        if (target != router && isNormal(area) && there && way < FAR) {
          Set<Integer> hops = hopAreas(router, area, target);
          entries.put(area, new Route(PathType.INTRA_AREA, area, (int) way, hops));
        }
      }
      for (int area : attached.get(router)) {
        boolean looks = target != router && !entries.containsKey(area);
        for (int other : attached.keySet()) {
          if (looks && (!border || area == 0)) {
            Set<Integer> hops = hopAreas(router, area, other);
            offerBoundary(entries, router, other, area, area, target, hops);
          }
        }
      }
      for (int area : attached.get(router)) {
        for (int other : attached.keySet()) {
          if (border && area != 0 && isTransit(router, area) && entries.containsKey(0)) {
            offerBoundary(entries, router, other, area, 0, target, Set.of(area));
          }
        }
      }
      entries.values().removeIf(way -> way.hopAreas().equals(Set.of(-1)));
      entries.replaceAll((area, way) -> resolved(way));
      found.put(target, entries);
    }
    return found;
  }

  private void offerBoundary(
      Map<Integer, Route> entries,
      int router,
      int other,
      int area,
      int entryArea,
      int target,
      Set<Integer> hops) {
    Integer metric =
        toldBoundaries.getOrDefault(other, Map.of()).getOrDefault(area, Map.of()).get(target);
    long way = distance(area, router, other);
    if (other == router || !isBorder(other) || metric == null || way >= FAR) {
      return;
    }
    int cost = (int) way + metric;
    Route present = entries.get(entryArea);
    if (present == null || cost <= present.cost()) {
      Set<Integer> all = new TreeSet<>(hops);
      if (present != null && present.cost() == cost) {
        all.addAll(present.hopAreas());
      }
      PathType type = present == null ? PathType.INTER_AREA : present.type();
      entries.put(entryArea, new Route(type, entryArea, cost, all));
    }
  }

  private static Route resolved(Route route) {
    Set<Integer> hops = new TreeSet<>(route.hopAreas());
    hops.remove(-1);
    return new Route(route.type(), route.area(), route.cost(), hops);
  }

  /** Section 16.4 step 3: the cheapest, of equal ones that with the largest Area ID. */
  private static @Nullable Route preferred(Map<Integer, Route> entries) {
    Route best = null;
    for (Route each : entries.values()) {
      best = best == null || each.cost() <= best.cost() ? each : best;
    }
    return best;
  }

  /** Section 12.4.3 for AS boundary routers. */
  private Map<Integer, Integer> tellBoundaries(int router, int area) {
    Map<Integer, Integer> summaries = new TreeMap<>();
    boolean border = isBorder(router) && attached.get(router).contains(area);
    boundaries
        .get(router)
        .forEach(
            (target, entries) -> {
              Route way = preferred(entries);
              if (border
                  && isNormal(area)
                  && way != null
                  && way.area() != area
                  && !way.hopAreas().contains(area)
                  && way.cost() < SummaryLsa.INFINITY
                  && (area != 0 || way.type() == PathType.INTRA_AREA)) {
                summaries.put(target, way.cost());
              }
            });
    return summaries;
  }

  /** The AS boundary routers that a border router tells an area, and with which metric. */
  Map<Integer, Integer> boundariesTold(int router, int area) {
    return toldBoundaries.getOrDefault(router, Map.of()).getOrDefault(area, Map.of());
  }

  /** Whether all border routers, of which there are some, reach each other in the backbone. */
  boolean isBackboneWhole() {
    boolean whole = !attached.isEmpty();
    for (int first : attached.keySet()) {
      for (int second : attached.keySet()) {
        whole &= !isBorder(first) || !isBorder(second) || distance(0, first, second) < FAR;
      }
    }
    return whole;
  }

  private void measure(int area) {
    Map<Integer, Map<Integer, Long>> d = new HashMap<>();
    for (int a : attached.keySet()) {
      d.put(a, new HashMap<>());
      if (attached.get(a).contains(area)) {
        d.get(a).put(a, 0L);
      }
    }
    for (Edge edge : edges) {
      if (edge.area() == area) {
        d.get(edge.from()).merge(edge.to(), (long) edge.cost(), Math::min);
      }
    }
    if (area == 0) {
      for (Virtual each : up) {
        long there = distance(each.transitArea(), each.first(), each.second());
        long back = distance(each.transitArea(), each.second(), each.first());
        d.get(each.first()).merge(each.second(), there, Math::min);
        d.get(each.second()).merge(each.first(), back, Math::min);
      }
    }
    for (int k : attached.keySet()) {
      for (int i : attached.keySet()) {
        for (int j : attached.keySet()) {
          long sum = d.get(i).getOrDefault(k, FAR) + d.get(k).getOrDefault(j, FAR);
          if (sum < d.get(i).getOrDefault(j, FAR)) {
            d.get(i).put(j, sum);
          }
        }
      }
    }
    distances.put(area, d);
  }

  private Map<Ipv4Prefix, Route> routesOf(int router) {
    Map<Ipv4Prefix, Route> found = new TreeMap<>();
    for (Network network : networks) {
      if (attached.get(router).contains(network.area())) {
        long way = distance(network.area(), router, network.router()) + network.cost();
        Set<Integer> hops = hopAreas(router, network.area(), network.router());
        offer(found, network.prefix(), PathType.INTRA_AREA, network.area(), way, hops);
      }
    }
    Set<Ipv4Prefix> active = activeRanges(found);
    boolean border = isBorder(router);
    for (int area : attached.get(router)) {
      if (!border || area == 0) {
        for (int other : attached.keySet()) {
          examine(found, active, router, other, area);
        }
      }
    }
    if (border) {
      for (int area : attached.get(router)) {
        if (area != 0 && isTransit(router, area)) {
          examineTransit(found, router, area);
        }
      }
    }
    found.values().removeIf(route -> route.hopAreas().contains(-1) && route.hopAreas().size() == 1);
    found.replaceAll((prefix, route) -> resolved(route));
    return found;
  }

  /** Section 16.2. */
  private void examine(
      Map<Ipv4Prefix, Route> found, Set<Ipv4Prefix> active, int router, int other, int area) {
    if (other == router || !isBorder(other) || distance(area, router, other) >= FAR) {
      return;
    }
    told.getOrDefault(other, Map.of())
        .getOrDefault(area, Map.of())
        .forEach(
            (prefix, metric) -> {
              Route present = found.get(prefix);
              boolean intra = present != null && present.type() == PathType.INTRA_AREA;
              if (!active.contains(prefix) && !intra) {
                long way = distance(area, router, other) + metric;
                Set<Integer> hops = hopAreas(router, area, other);
                offer(found, prefix, PathType.INTER_AREA, area, way, hops);
              }
            });
  }

  /** Section 16.3. */
  private void examineTransit(Map<Ipv4Prefix, Route> found, int router, int area) {
    for (int other : attached.keySet()) {
      if (other != router && isBorder(other) && distance(area, router, other) < FAR) {
        told.getOrDefault(other, Map.of())
            .getOrDefault(area, Map.of())
            .forEach(
                (prefix, metric) -> {
                  Route present = found.get(prefix);
                  if (present != null && present.area() == 0) {
                    long way = distance(area, router, other) + metric;
                    offer(found, prefix, present.type(), 0, way, Set.of(area));
                  }
                });
      }
    }
  }

  private static void offer(
      Map<Ipv4Prefix, Route> found,
      Ipv4Prefix prefix,
      PathType type,
      int area,
      long cost,
      Set<Integer> hops) {
    Route present = found.get(prefix);
    if (cost >= FAR || (present != null && present.cost() < cost)) {
      return;
    }
    Set<Integer> all = new TreeSet<>(hops);
    if (present != null && present.cost() == cost) {
      all.addAll(present.hopAreas());
    }
    found.put(prefix, new Route(type, area, (int) cost, all));
  }

  /** The areas of the first hops of all shortest paths; -1 for a virtual link. */
  private Set<Integer> hopAreas(int router, int area, int to) {
    Set<Integer> hops = new TreeSet<>();
    if (router == to) {
      hops.add(area);
      return hops;
    }
    long way = distance(area, router, to);
    for (Edge edge : edges) {
      if (edge.area() == area
          && edge.from() == router
          && edge.cost() + distance(area, edge.to(), to) == way) {
        hops.add(area);
      }
    }
    for (Virtual each : up) {
      boolean first = each.first() == router;
      int end = first ? each.second() : each.first();
      if (area == 0
          && (first || each.second() == router)
          && distance(each.transitArea(), router, end) + distance(0, end, to) == way) {
        hops.add(-1);
      }
    }
    return hops;
  }

  private Set<Ipv4Prefix> activeRanges(Map<Ipv4Prefix, Route> table) {
    Set<Ipv4Prefix> active = new TreeSet<>();
    table.forEach(
        (prefix, route) -> {
          Range range = ranges.get(route.area());
          if (route.type() == PathType.INTRA_AREA
              && range != null
              && range.prefix().contains(prefix)) {
            active.add(range.prefix());
          }
        });
    return active;
  }

  /** Section 12.4.3: what a router with a table tells an area. */
  Map<Ipv4Prefix, Integer> tell(
      Map<Ipv4Prefix, Route> table, Set<Integer> attachedTo, int area, boolean transit) {
    Map<Ipv4Prefix, Integer> summaries = new TreeMap<>();
    OspfAreaConfig config = areas.get(area);
    if (attachedTo.size() < 2 || !attachedTo.contains(area)) {
      return summaries;
    }
    boolean stubby = config.type() != AreaType.NORMAL;
    if (!stubby || config.summaries()) {
      Map<Integer, Integer> largest = new HashMap<>();
      table.forEach(
          (prefix, route) -> {
            if (route.area() == area
                || route.type().isExternal()
                || route.hopAreas().contains(area)
                || route.cost() >= SummaryLsa.INFINITY
                || (area == 0 && route.type() != PathType.INTRA_AREA)) {
              return;
            }
            Range range = ranges.get(route.area());
            boolean condensed =
                route.type() == PathType.INTRA_AREA
                    && range != null
                    && range.prefix().contains(prefix)
                    && !(route.area() == 0 && transit);
            if (condensed) {
              largest.merge(route.area(), route.cost(), Math::max);
            } else {
              summaries.merge(prefix, route.cost(), Math::min);
            }
          });
      largest.forEach(
          (of, cost) -> {
            Range range = ranges.get(of);
            if (range.advertise()) {
              int metric = range.fixedCost() < 0 ? cost : range.fixedCost();
              summaries.merge(range.prefix(), metric, Math::min);
            }
          });
    }
    if (config.type() == AreaType.STUB || (stubby && !config.summaries())) {
      summaries.put(Ipv4Prefix.DEFAULT, config.defaultCost());
    }
    return summaries;
  }
}
