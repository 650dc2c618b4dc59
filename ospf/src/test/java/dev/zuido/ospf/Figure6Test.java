package dev.zuido.ospf;

import static dev.zuido.ospf.AreaNet.area;
import static dev.zuido.ospf.Configs.ip;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.RouterRoute;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The sample network of RFC 2328 (figure 6), whose tables 4, 5, 6, 13 and 14 say what is told and
 * which routes there are.
 */
final class Figure6Test {
  private static final String N1 = "192.1.2.0/24";
  private static final String N2 = "192.1.3.0/24";
  private static final String N3 = "192.1.1.0/24";
  private static final String N4 = "192.1.4.0/24";
  private static final String N6 = "10.6.0.0/24";
  private static final String N7 = "10.7.0.0/24";
  private static final String N8 = "10.8.0.0/24";
  private static final String N9 = "10.32.9.0/24";
  private static final String N10 = "10.32.10.0/24";
  private static final String N11 = "10.32.11.0/24";
  private static final String AREA_3 = "10.32.0.0/16";
  private static final String INTERFACES = "10.0.0.0/30";
  private static final Ipv4Address IA = ip("10.0.0.1");
  private static final Ipv4Address IB = ip("10.0.0.2");

  private final AreaNet net = new AreaNet(6);
  private final Map<Integer, OspfAreaConfig> areas = new TreeMap<>();
  private final Map<String, Map<Integer, Integer>> members = new TreeMap<>();
  private final Map<Integer, int[]> lines = new HashMap<>();

  Figure6Test() {
    areas.put(0, ranges(0, INTERFACES));
    areas.put(1, OspfAreaConfig.normal(area(1)));
    areas.put(2, OspfAreaConfig.normal(area(2)));
    areas.put(3, ranges(3, AREA_3));
    on(N1, 1, 1, 3);
    on(N2, 1, 2, 3);
    on(N3, 1, 1, 1, 2, 1, 3, 1, 4, 1);
    on(N4, 1, 3, 2);
    on(N6, 2, 7, 1, 8, 1, 10, 1);
    on(N7, 2, 8, 4);
    on(N8, 2, 10, 3, 11, 2);
    on(N9, 3, 9, 1, 11, 1, 12, 1);
    on(N10, 3, 12, 2);
    on(N11, 3, 9, 3);
    line(36, 3, 8, 6, 6);
    line(45, 4, 8, 5, 8);
    line(56, 5, 7, 6, 6);
    line(57, 5, 6, 7, 6);
    lines.put(60, new int[] {6, 10});
    net.add(6, addressed(60, IA).withCost(7));
    net.add(10, addressed(60, IB).withCost(5));
    for (int router = 1; router <= 12; router++) {
      configure(router, Map.of());
    }
    configure(10, Map.of(2, 11));
    configure(11, Map.of(2, 10));
    OspfAreaConfig host =
        OspfAreaConfig.builder(area(3), AreaType.NORMAL)
            .hostRoutes(List.of(new HostRoute(ip("10.32.12.1"), 10)))
            .build();
    net.areasOf(12, host);
    start();
  }

  private static OspfAreaConfig ranges(int area, String range) {
    return OspfAreaConfig.builder(area(area), AreaType.NORMAL)
        .ranges(List.of(new AreaRange(area(area), prefix(range), true)))
        .build();
  }

  /** Puts routers with their costs on a network. */
  private void on(String network, int area, int... routersAndCosts) {
    Ipv4Prefix prefix = prefix(network);
    for (int i = 0; i < routersAndCosts.length; i += 2) {
      int router = routersAndCosts[i];
      int id = 100 + members.size() + 50 * i;
      Ipv4Address address = new Ipv4Address(prefix.address().value() + router);
      net.add(
          router,
          OspfInterfaceConfig.broadcast(id, network, address, 24, area(area))
              .withCost(routersAndCosts[i + 1]));
      members.computeIfAbsent(network, absent -> new TreeMap<>()).put(router, id);
    }
  }

  private static OspfInterfaceConfig addressed(int id, Ipv4Address address) {
    return OspfInterfaceConfig.pointToPoint(id, "line" + id, address, 32, area(0));
  }

  private void line(int id, int first, int firstCost, int second, int secondCost) {
    OspfInterfaceConfig line =
        OspfInterfaceConfig.builder(id, "line" + id).type(NetworkType.POINT_TO_POINT).build();
    net.add(first, line.withCost(firstCost));
    net.add(second, line.withCost(secondCost));
    lines.put(id, new int[] {first, second});
  }

  /** A router's areas, with a virtual link to another router through an area. */
  private void configure(int router, Map<Integer, Integer> links) {
    net.areasOf(
        router,
        areas.keySet().stream()
            .map(each -> withLink(each, links.get(each)))
            .toArray(OspfAreaConfig[]::new));
  }

  private OspfAreaConfig withLink(int area, Integer other) {
    OspfAreaConfig config = areas.get(area);
    return other == null
        ? config
        : config.toBuilder().virtualLinks(List.of(VirtualLinkConfig.to(routerId(other)))).build();
  }

  private void start() {
    net.start();
    members.forEach(
        (network, routers) -> {
          Segment segment = net.net.segment();
          routers.forEach((router, id) -> net.net.attach(segment, net.node(router), id));
        });
    lines.forEach((id, ends) -> net.net.join(net.node(ends[0]), id, net.node(ends[1]), id));
    external(5, "12.12.0.0/16", 8);
    external(5, "13.13.0.0/16", 8);
    external(5, "14.14.0.0/16", 8);
    external(7, "12.12.0.0/16", 2);
    external(7, "15.15.0.0/16", 9);
    net.quiet().quiet();
  }

  private void external(int router, String network, int metric) {
    net.command(
        router,
        new OspfCommand.AnnounceExternal(ExternalDestination.of(prefix(network), metric, false)));
  }

  @Test
  void table4NetworksAdvertisedToTheBackboneByRouters3And4() {
    assertEquals(Map.of(N1, 4, N2, 4, N3, 1, N4, 2), net.told(3, 0));
    assertEquals(Map.of(N1, 4, N2, 4, N3, 1, N4, 3), net.told(4, 0));
    assertEquals(11, net.told(11, 0).get(AREA_3));
  }

  @Test
  void table5BackboneDistancesCalculatedByRouters3And4() {
    assertEquals(Map.of(4, 22, 7, 20, 10, 15, 11, 18, 5, 14), distances(3, 0));
    assertEquals(Map.of(3, 21, 7, 14, 10, 22, 11, 25, 5, 8), distances(4, 0));
    assertEquals("INTRA_AREA 20", net.way(3, Ipv4Prefix.host(IA)));
    assertEquals("INTRA_AREA 15", net.way(3, Ipv4Prefix.host(IB)));
    assertEquals("INTRA_AREA 27", net.way(4, Ipv4Prefix.host(IA)));
    assertEquals("INTRA_AREA 22", net.way(4, Ipv4Prefix.host(IB)));
  }

  private Map<Integer, Integer> distances(int router, int area) {
    Map<Integer, Integer> found = new TreeMap<>();
    for (RouterRoute route : net.node(router).engine.routes().routerRoutes()) {
      if (route.areaId().equals(area(area))) {
        found.put(route.routerId().value() & 0xff, route.cost());
      }
    }
    return found;
  }

  @Test
  void table6DestinationsAdvertisedIntoArea1ByRouters3And4() {
    assertEquals(Map.of(INTERFACES, 20, N6, 16, N7, 20, N8, 18, AREA_3, 29), net.told(3, 1));
    assertEquals(Map.of(INTERFACES, 27, N6, 15, N7, 19, N8, 18, AREA_3, 36), net.told(4, 1));
    assertEquals(
        Map.of("5.5.5.5", 14, "7.7.7.7", 20), net.summaries(3, 1, LsaType.SUMMARY_ASBR, 3));
    assertEquals(Map.of("5.5.5.5", 8, "7.7.7.7", 14), net.summaries(4, 1, LsaType.SUMMARY_ASBR, 4));
    // "Router RT1 would use RT4 for traffic to Network N6, RT3 for traffic to Network N10, and
    // would load share between the two for traffic to Network N8."
    assertEquals(Set.of(ip("192.1.1.4")), hops(1, N6));
    assertEquals(Set.of(ip("192.1.1.3")), hops(1, AREA_3));
    assertEquals(Set.of(ip("192.1.1.3"), ip("192.1.1.4")), hops(1, N8));
  }

  private Set<Ipv4Address> hops(int router, String network) {
    OspfRoute route = net.route(router, prefix(network));
    assertNotNull(route);
    return route.nextHops().stream().map(NextHop::address).collect(Collectors.toSet());
  }

  @Test
  void table13Router4sRoutingTable() {
    Map<String, String> expected = new TreeMap<>();
    expected.put(N1, "0.0.0.1 INTRA_AREA 4");
    expected.put(N2, "0.0.0.1 INTRA_AREA 4");
    expected.put(N3, "0.0.0.1 INTRA_AREA 1");
    expected.put(N4, "0.0.0.1 INTRA_AREA 3");
    expected.put(IB + "/32", "0.0.0.0 INTRA_AREA 22");
    expected.put(IA + "/32", "0.0.0.0 INTRA_AREA 27");
    expected.put(N6, "0.0.0.0 INTER_AREA 15");
    expected.put(N7, "0.0.0.0 INTER_AREA 19");
    expected.put(N8, "0.0.0.0 INTER_AREA 18");
    expected.put(AREA_3, "0.0.0.0 INTER_AREA 36");
    expected.put("12.12.0.0/16", "null EXTERNAL_TYPE_1 16");
    expected.put("13.13.0.0/16", "null EXTERNAL_TYPE_1 16");
    expected.put("14.14.0.0/16", "null EXTERNAL_TYPE_1 16");
    expected.put("15.15.0.0/16", "null EXTERNAL_TYPE_1 23");
    assertEquals(expected, table(4));
    assertEquals(Map.of(3, 1), distances(4, 1));
    assertEquals(Set.of(prefix(INTERFACES)), net.node(4).engine.routes().discards());
    assertEquals(Set.of(45), interfaces(4, N8));
    assertEquals(Set.of(45), interfaces(4, "12.12.0.0/16"));
  }

  private Map<String, String> table(int router) {
    Map<String, String> found = new TreeMap<>();
    for (OspfRoute route : net.node(router).engine.routes().routes()) {
      found.put(
          route.prefix().toString(), route.areaId() + " " + route.pathType() + " " + route.cost());
    }
    return found;
  }

  private Set<Integer> interfaces(int router, String network) {
    OspfRoute route = net.route(router, prefix(network));
    assertNotNull(route);
    Set<Integer> found = new TreeSet<>();
    route.nextHops().forEach(hop -> found.add(hop.interfaceIndex()));
    return found;
  }

  @Test
  void table14ChangesResultingFromAnAdditionalVirtualLink() {
    final Map<String, String> before = table(4);
    net.command(3, new OspfCommand.ConfigureArea(withLink(1, 4)));
    net.command(4, new OspfCommand.ConfigureArea(withLink(1, 3)));
    net.quiet().quiet();
    Map<String, String> expected = new TreeMap<>(before);
    expected.put(IB + "/32", "0.0.0.0 INTRA_AREA 16");
    expected.put(IA + "/32", "0.0.0.0 INTRA_AREA 21");
    expected.put(AREA_3, "0.0.0.0 INTER_AREA 30");
    assertEquals(expected, table(4));
    assertEquals(Map.of(3, 1, 5, 8, 7, 14, 10, 16, 11, 19), distances(4, 0));
    assertEquals(Set.of(ip("192.1.1.3")), hops(4, AREA_3));
    // Area 1 is a transit area now: the range of the backbone is ignored there, and N6 and N7,
    // which
    // Router 3 reaches through Router 4 too, are left to that.
    assertEquals(Map.of(IA + "/32", 20, IB + "/32", 15, N8, 18, AREA_3, 29), net.told(3, 1));
    assertEquals(Map.of(N6, 15, N7, 19, N8, 18), net.told(4, 1));
    assertEquals("INTER_AREA 16", net.way(1, prefix(N6)));
    assertEquals("INTER_AREA 30", net.way(1, prefix(AREA_3)));
  }

  @Test
  void withoutTheVirtualLinkRouter11CannotAdvertiseArea3IntoTheBackbone() {
    assertEquals("INTER_AREA 36", net.way(4, prefix(AREA_3)));
    net.command(11, new OspfCommand.ConfigureArea(areas.get(2)));
    net.quiet();
    assertEquals("none", net.way(4, prefix(AREA_3)));
  }
}
