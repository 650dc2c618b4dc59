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

  private boolean isNormal(int area) {
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
        found.put(target, byArea);
      }
    }
    return found;
  }

  private @Nullable Way wayThrough(int area, int router, int target) {
    AreaGraph graph = live.graph(area);
    long direct = graph.distance(router, target);
    if (direct < AreaGraph.FAR) {
      return new Way(true, area, direct, graph.hops(router, target));
    }
    if (!isNormal(area) || (live.isBorder(router) && area != 0)) {
      return null;
    }
    Way best = null;
    for (int border = 0; border < live.plan.routers(); border++) {
      long way = graph.distance(router, border);
      boolean tells = live.isBorder(border) && live.areasOf(border).contains(area);
      Way told = border == router || !tells ? null : preferred(border, target);
      boolean tellsIt = told != null && told.area() != area && (told.intra() || area != 0);
      if (told == null || way >= AreaGraph.FAR || !tellsIt) {
        continue;
      }
      long cost = way + told.cost();
      Set<NextHop> hops = graph.hops(router, border);
      if (best == null || cost < best.cost()) {
        best = new Way(false, area, cost, hops);
      } else if (cost == best.cost()) {
        Set<NextHop> both = new TreeSet<>(best.hops());
        both.addAll(hops);
        best = new Way(false, area, cost, both);
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
