package dev.zuido.testkit.ospf.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.testkit.ospf.simulation.InvariantMonitor;
import dev.zuido.testkit.ospf.simulation.OspfSimulation;
import dev.zuido.testkit.ospf.simulation.SimulatedRouter;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The networks of the vectors, configured and started: every database and every route is right. */
final class LiveTopologiesVectorsTest {
  @TestFactory
  Stream<DynamicTest> topologies() {
    return Vectors.tests(LiveTopologiesVectorsTest::make);
  }

  private static Stream<DynamicTest> make() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, Object> topology : Vectors.withKey("ospf/topologies", "routers")) {
      String name = Json.text(topology, "name");
      tests.add(DynamicTest.dynamicTest(name + " lives", () -> check(topology)));
    }
    return tests.stream();
  }

  private static void check(Map<String, Object> topology) {
    TopologyFile file = new TopologyFile(topology, TopologyFile.Tuning.NONE);
    file.simulation().observe(new InvariantMonitor());
    file.simulation().run(200 * OspfSimulation.SECOND);
    for (Map<String, Object> router : Json.objects(topology, "routers")) {
      String name = Json.text(router, "name");
      SimulatedRouter live = file.routers().get(name);
      for (Map<String, Object> area : Json.objects(router, "lsdb")) {
        Ipv4Address areaId = Ipv4Address.parse(Json.text(area, "areaId"));
        Lines.assertSame(expectedLsas(area), lsas(live, areaId), name + " in area " + areaId);
      }
      assertEquals(expectedRoutes(router), routes(file, router, live), name);
    }
  }

  private static Set<String> expectedLsas(Map<String, Object> area) {
    Set<String> expected = new TreeSet<>();
    for (Map<String, Object> lsa : Json.objects(area, "lsas")) {
      if (LsaText.isCompared(Json.number(lsa, "type"))) {
        expected.add(LsaText.ofTopology(lsa));
      }
    }
    return expected;
  }

  private static Set<String> lsas(SimulatedRouter router, Ipv4Address areaId) {
    Set<String> found = new TreeSet<>();
    LsaStore store = router.engine().database().area(areaId);
    if (store != null) {
      for (LsaEntry entry : store.entries()) {
        if (LsaText.isCompared(entry.key().type())) {
          found.add(LsaText.of(entry.lsa(), entry.lsa().header().isMaxAge()));
        }
      }
    }
    return found;
  }

  private static Map<String, String> expectedRoutes(Map<String, Object> router) {
    Map<String, String> expected = new TreeMap<>();
    for (Map<String, Object> route : Json.objects(router, "expectedRib")) {
      Set<String> hops = new TreeSet<>();
      for (Map<String, Object> hop : Json.objects(route, "nextHops")) {
        hops.add(hop.get("interface") + " " + hop.get("address"));
      }
      String type = Json.text(route, "routeType");
      expected.put(
          Json.text(route, "prefix"), type + " " + Json.number(route, "metric") + " " + hops);
    }
    return expected;
  }

  /** Where the vectors leave the next hops of an own network away, so does this. */
  private static Map<String, String> routes(
      TopologyFile file, Map<String, Object> router, SimulatedRouter live) {
    Set<String> own = new TreeSet<>();
    for (Map<String, Object> route : Json.objects(router, "expectedRib")) {
      if (Json.list(route, "nextHops").isEmpty()) {
        own.add(Json.text(route, "prefix"));
      }
    }
    Map<String, String> found = new TreeMap<>();
    for (OspfRoute route : live.routes().routes()) {
      Set<String> hops = new TreeSet<>();
      if (!own.contains(route.prefix().toString())) {
        for (NextHop hop : route.nextHops()) {
          String name = file.interfaceName(live.name(), hop.interfaceIndex());
          hops.add(name + " " + hop.address());
        }
      }
      String type = route.pathType() == PathType.INTRA_AREA ? "intra-area" : "inter-area";
      found.put(route.prefix().toString(), type + " " + route.cost() + " " + hops);
    }
    return found;
  }
}
