package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.AreaType;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.External;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The ways of all routers to those that tell external destinations (sections 16.2 and 16.4). */
final class AsBoundaryPaths {
  /** A way through an area. */
  record Way(boolean intra, int area, long cost, Set<NextHop> hops) {}

  private static final int ROUNDS = 30;

  private final LiveNetwork live;
  private final Set<Integer> targets = new TreeSet<>();

  /** For each router and target: the ways by area. */
  private List<Map<Integer, NavigableMap<Integer, Way>>> ways = new ArrayList<>();

  AsBoundaryPaths(LiveNetwork live) {
    this.live = live;
    for (External external : live.plan.externals()) {
      if (live.isRunning(external.router())) {
        targets.add(external.router());
      }
    }
    for (NetworkPlan.AreaPlan area : live.plan.areas()) {
      for (int router = 0; router < live.plan.routers(); router++) {
        if (area.type() == AreaType.NSSA && live.isBorderOf(router, area.number())) {
          targets.add(router); // It may translate.
        }
      }
    }
    for (int i = 0; i < live.plan.routers(); i++) {
      ways.add(new HashMap<>());
    }
    for (int round = 0; ; round++) {
      List<Map<Integer, NavigableMap<Integer, Way>>> next = new ArrayList<>();
      for (int router = 0; router < live.plan.routers(); router++) {
        next.add(waysOf(router));
      }
      if (next.equals(ways)) {
        return;
      }
      if (round == ROUNDS) {
        throw new AssertionError("the ways to AS boundary routers do not settle: " + live.plan);
      }
      ways = next;
    }
  }

  /** Whether AS-external-LSAs come to a router at all. */
  boolean hearsExternals(int router) {
    return live.areasOf(router).stream().anyMatch(this::isNormal);
  }

  boolean isNormal(int area) {
    return live.plan.area(area).type() == AreaType.NORMAL;
  }

  private Map<Integer, NavigableMap<Integer, Way>> waysOf(int router) {
    Map<Integer, NavigableMap<Integer, Way>> found = new HashMap<>();
    for (int target : targets) {
      if (target != router) {
        NavigableMap<Integer, Way> byArea = new TreeMap<>();
        for (int area : live.areasOf(router)) {
          Way way = wayThrough(area, router, target);
          if (way != null) {
            byArea.put(area, way);
          }
        }
        Way backbone = byArea.get(0);
        if (backbone != null && live.isBorder(router)) {
          Way shortened = shorten(router, target, backbone);
          Set<NextHop> real = LiveNetwork.resolved(shortened.hops());
          if (real.isEmpty()) {
            byArea.remove(0);
          } else {
            byArea.put(0, new Way(shortened.intra(), 0, shortened.cost(), real));
          }
        }
        found.put(target, byArea);
      }
    }
    return found;
  }

  private @Nullable Way wayThrough(int area, int router, int target) {
    AreaGraph graph = live.graph(area);
    long direct = graph.distance(router, target);
    if (!isNormal(area)) {
      return null;
    }
    if (direct < AreaGraph.FAR) {
      return new Way(true, area, direct, graph.hops(router, target));
    }
    if (live.isBorder(router) && area != 0) {
      return null;
    }
    Way best = null;
    for (int border = 0; border < live.plan.routers(); border++) {
      Way told = told(border, area, target, router);
      if (told != null) {
        long cost = graph.distance(router, border) + told.cost();
        best = better(best, new Way(false, area, cost, graph.hops(router, border)));
      }
    }
    return best;
  }

  /** What a border router tells an area of a target, if a router there can reach it. */
  private @Nullable Way told(int border, int area, int target, int router) {
    boolean heard =
        border != router
            && live.isBorderOf(border, area)
            && live.graph(area).distance(router, border) < AreaGraph.FAR;
    Way way = heard ? preferred(border, target) : null;
    boolean tells =
        way != null
            && way.area() != area
            && (way.intra() || area != 0)
            && !live.leadInto(area, way.hops());
    return tells ? way : null;
  }

  private static Way better(@Nullable Way first, Way second) {
    if (first == null || second.cost() < first.cost()) {
      return second;
    }
    if (second.cost() > first.cost()) {
      return first;
    }
    Set<NextHop> both = new TreeSet<>(first.hops());
    both.addAll(second.hops());
    return new Way(first.intra(), first.area(), first.cost(), both);
  }

  /** Section 16.3. */
  private Way shorten(int router, int target, Way backbone) {
    Way best = backbone;
    for (int area : live.transitAreas(router)) {
      AreaGraph graph = live.graph(area);
      for (int border = 0; border < live.plan.routers(); border++) {
        Way told = told(border, area, target, router);
        if (told != null) {
          long cost = graph.distance(router, border) + told.cost();
          Set<NextHop> hops = graph.hops(router, border);
          best = better(best, new Way(backbone.intra(), 0, cost, hops));
        }
      }
    }
    return best;
  }

  /** The cheapest way; of several as cheap that through the area with the largest ID. */
  @Nullable Way preferred(int router, int target) {
    Way best = null;
    NavigableMap<Integer, Way> byArea = ways.get(router).get(target);
    if (byArea != null) {
      for (Way each : byArea.values()) {
        if (best == null || each.cost() <= best.cost()) {
          best = each;
        }
      }
    }
    return best;
  }
}
