package dev.zuido.testkit.ospf.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.AreaType;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.AreaPlan;
import dev.zuido.testkit.ospf.simulation.NetworkPlans.Bounds;
import dev.zuido.wire.Ipv4Prefix;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The random networks have what the properties are about. */
final class NetworkPlansTest {
  private static final Bounds ALL = new Bounds(14, 4, true, true, true, 6).withRanges();

  @Test
  void oneSeedGivesOnePlan() {
    for (long seed = 0; seed < 50; seed++) {
      assertEquals(NetworkPlans.random(seed, ALL), NetworkPlans.random(seed, ALL));
    }
  }

  @Test
  void noChoicesGiveTheSimplestPlan() {
    NetworkPlan plan = NetworkPlans.random(Choices.of(List.of()), ALL);
    assertEquals(1, plan.routers());
    assertEquals(List.of(), plan.links());
  }

  @Test
  void allKindsOfRoutesAndAreasOccur() {
    Map<PathType, Integer> types = new EnumMap<>(PathType.class);
    Set<AreaType> areas = new HashSet<>();
    int nssaExternals = 0;
    int virtualLinks = 0;
    int equalPaths = 0;
    int ranges = 0;
    int ofRanges = 0;
    for (long seed = 0; seed < 100; seed++) {
      NetworkPlan plan = NetworkPlans.random(seed, ALL);
      Set<Ipv4Prefix> planned = new HashSet<>();
      for (AreaPlan area : plan.areas()) {
        areas.add(area.type());
        area.ranges().forEach(range -> planned.add(range.prefix()));
      }
      ranges += planned.size();
      virtualLinks += plan.virtualLinks().size();
      NetworkOracle oracle = new NetworkOracle(plan, new NetworkStatus());
      for (int router = 0; router < plan.routers(); router++) {
        for (OspfRoute route : oracle.routes(router)) {
          types.merge(route.pathType(), 1, Integer::sum);
          ofRanges += planned.contains(route.prefix()) ? 1 : 0;
          equalPaths += route.nextHops().size() > 1 ? 1 : 0;
          boolean ofNssa = route.prefix().toString().startsWith("100.64.10");
          nssaExternals += ofNssa && route.pathType().isExternal() ? 1 : 0;
        }
      }
    }
    assertEquals(Set.of(AreaType.values()), areas);
    assertTrue(types.get(PathType.INTRA_AREA) > 2000, types::toString);
    assertTrue(types.get(PathType.INTER_AREA) > 2000, types::toString);
    assertTrue(types.get(PathType.EXTERNAL_TYPE_1) > 100, types::toString);
    assertTrue(types.get(PathType.EXTERNAL_TYPE_2) > 100, types::toString);
    assertTrue(nssaExternals > 50, "routes of NSSAs: " + nssaExternals);
    assertTrue(virtualLinks > 5, "virtual links: " + virtualLinks);
    assertTrue(ranges > 80, "ranges: " + ranges);
    assertTrue(ofRanges > 150, "routes of ranges: " + ofRanges);
    assertTrue(equalPaths > 500, "equal paths: " + equalPaths);
  }
}
