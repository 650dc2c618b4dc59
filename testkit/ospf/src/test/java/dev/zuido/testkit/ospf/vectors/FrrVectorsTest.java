package dev.zuido.testkit.ospf.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Networks of FRR's tests, whose routes are those that FRR prints. */
final class FrrVectorsTest {
  private static final Pattern NETWORK =
      Pattern.compile("N (IA|E1|E2|  ) ([0-9./]+) +\\[([0-9]+)](?: area: ([0-9.]+))?.*");
  private static final Pattern HOP =
      Pattern.compile(" +(?:via ([0-9.]+), ([^ ]+)|directly attached to ([^ ]+))");

  @TestFactory
  Stream<DynamicTest> networks() {
    return Vectors.tests(FrrVectorsTest::make);
  }

  private static Stream<DynamicTest> make() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, Object> json : Vectors.withKey("ospf/frr", "routers")) {
      String name = Json.text(json, "name");
      tests.add(DynamicTest.dynamicTest(name, () -> check(json)));
    }
    return tests.stream();
  }

  private static void check(Map<String, Object> json) {
    FrrTopology topology = new FrrTopology(json);
    topology.simulation().observe(new InvariantMonitor());
    topology.simulation().run(200 * OspfSimulation.SECOND);
    Map<String, Object> described = Json.object(json.get("routers"));
    described.forEach((name, files) -> checkRouter(topology, name, Json.object(files)));
    boolean down =
        described.values().stream()
            .anyMatch(files -> Json.object(files).containsKey("ospfroute_down.txt"));
    if (down) {
      // FRR's test takes the third router off the network that it shares with the first two.
      SimulatedRouter third = topology.routers().get("r3");
      int id = topology.interfaceId("r3", "r3-eth0");
      topology.simulation().command(third, new OspfCommand.InterfaceDown(id));
      topology.simulation().run(200 * OspfSimulation.SECOND);
      described.forEach(
          (name, files) -> {
            Map<String, String> want = routes(Json.text(Json.object(files), "ospfroute_down.txt"));
            assertEquals(lines(want), lines(ours(topology, name)), name + " with r3-eth0 down");
          });
    }
  }

  private static void checkRouter(FrrTopology topology, String name, Map<String, Object> files) {
    if (files.containsKey("ospfroute.txt")) {
      assertEquals(
          lines(routes(Json.text(files, "ospfroute.txt"))), lines(ours(topology, name)), name);
    }
    if (files.containsKey("show_ip_ospf_route.json")) {
      Map<String, String> want = jsonRoutes(Json.object(files.get("show_ip_ospf_route.json")));
      Map<String, String> have = ours(topology, name);
      if (!have.containsKey("0.0.0.0/0")) {
        want.remove("0.0.0.0/0"); // FRR tells every NSSA a default route, RFC 3101 does not.
      }
      assertEquals(lines(want), lines(have), name);
    }
    for (String file : List.of("show_ip_ospf_neighbor.json", "neighbor.json")) {
      if (files.containsKey(file)) {
        Map<String, Object> neighbors = Json.object(Json.object(files.get(file)).get("neighbors"));
        SimulatedRouter router = topology.routers().get(name);
        for (String id : neighbors.keySet()) {
          assertEquals(NeighborState.FULL, router.stateOf(Ipv4Address.parse(id)), name + id);
        }
      }
    }
    if (files.containsKey("initial.json")) {
      checkExternals(topology.routers().get(name), Json.object(files.get("initial.json")));
    }
  }

  private static void checkExternals(SimulatedRouter router, Map<String, Object> expected) {
    Set<String> want = new TreeSet<>();
    for (Map<String, Object> each : Json.objects(expected, "asExternalLinkStates")) {
      want.add(
          each.get("linkStateId")
              + "/"
              + Json.number(each, "networkMask")
              + " "
              + each.get("advertisingRouter")
              + " "
              + Json.number(each, "metric")
              + " "
              + each.get("forwardAddress"));
      assertTrue(Json.text(each, "metricType").startsWith("E2"));
    }
    Set<String> have = new TreeSet<>();
    for (LsaEntry entry : router.engine().database().asWide().entriesOfType(5)) {
      AsExternalLsa body = (AsExternalLsa) entry.lsa().body();
      have.add(
          entry.key().linkStateId()
              + "/"
              + Integer.bitCount(body.networkMask().value())
              + " "
              + entry.key().advertisingRouter()
              + " "
              + body.route().metric()
              + " "
              + body.route().forwardingAddress());
      assertTrue(body.route().type2());
    }
    assertEquals(want, have);
  }

  private static String lines(Map<String, String> routes) {
    StringBuilder text = new StringBuilder();
    routes.forEach((prefix, route) -> text.append(prefix).append(' ').append(route).append('\n'));
    return text.toString();
  }

  private static Map<String, String> routes(String text) {
    Map<String, String> routes = new TreeMap<>();
    Map<String, Set<String>> hops = new TreeMap<>();
    String prefix = null;
    for (String line : text.split("\n", -1)) {
      Matcher network = NETWORK.matcher(line);
      Matcher hop = HOP.matcher(line);
      if (network.matches()) {
        prefix = network.group(2);
        String area = network.group(4) == null ? "" : network.group(4);
        routes.put(prefix, network.group(1).trim() + " " + network.group(3) + " " + area);
        hops.put(prefix, new TreeSet<>());
      } else if (hop.matches() && prefix != null) {
        hops.get(prefix)
            .add(
                hop.group(3) == null
                    ? hop.group(1) + " " + hop.group(2)
                    : "attached " + hop.group(3));
      } else {
        prefix = null;
      }
    }
    routes.replaceAll((key, route) -> route + " " + hops.get(key));
    return routes;
  }

  private static Map<String, String> jsonRoutes(Map<String, Object> json) {
    Map<String, String> routes = new TreeMap<>();
    json.forEach(
        (prefix, value) -> {
          Map<String, Object> route = Json.object(value);
          String type = Json.text(route, "routeType");
          if (!type.startsWith("N")) {
            return;
          }
          Set<String> hops = new TreeSet<>();
          for (Map<String, Object> hop : Json.objects(route, "nexthops")) {
            hops.add(
                hop.containsKey("via")
                    ? hop.get("ip") + " " + hop.get("via")
                    : "attached " + hop.get("directlyAttachedTo"));
          }
          Object area = route.containsKey("area") ? route.get("area") : "";
          routes.put(
              prefix,
              type.substring(1).trim()
                  + " "
                  + Json.number(route, "cost")
                  + " "
                  + area
                  + " "
                  + hops);
        });
    return routes;
  }

  private static Map<String, String> ours(FrrTopology topology, String name) {
    Map<String, String> routes = new TreeMap<>();
    for (OspfRoute route : topology.routers().get(name).routes().routes()) {
      String type =
          switch (route.pathType()) {
            case INTRA_AREA -> "";
            case INTER_AREA -> "IA";
            case EXTERNAL_TYPE_1 -> "E1";
            case EXTERNAL_TYPE_2 -> "E2";
          };
      Set<String> hops = new TreeSet<>();
      for (NextHop hop : route.nextHops()) {
        String on = topology.interfaceName(name, hop.interfaceIndex());
        hops.add(hop.address() == null ? "attached " + on : hop.address() + " " + on);
      }
      Object area = route.areaId() == null ? "" : route.areaId();
      routes.put(route.prefix().toString(), type + " " + route.cost() + " " + area + " " + hops);
    }
    return routes;
  }
}
