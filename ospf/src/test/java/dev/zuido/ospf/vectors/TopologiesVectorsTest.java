package dev.zuido.ospf.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsa.UnknownLsa;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.ospf.spf.RouteCalculation;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.ospf.spf.SpfInterface;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Databases of whole networks and the routes that every router has to find in them. */
final class TopologiesVectorsTest {
  @TestFactory
  Stream<DynamicTest> topologies() {
    return Vectors.tests(TopologiesVectorsTest::make);
  }

  private static Stream<DynamicTest> make() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, Object> topology : Vectors.withKey("ospf/topologies", "routers")) {
      for (Map<String, Object> router : Json.objects(topology, "routers")) {
        tests.add(
            DynamicTest.dynamicTest(
                Json.text(topology, "name") + " " + Json.text(router, "name"),
                () -> check(router)));
      }
    }
    return tests.stream();
  }

  private static void check(Map<String, Object> router) {
    LinkStateDatabase database = new LinkStateDatabase(10_000);
    for (Map<String, Object> area : Json.objects(router, "lsdb")) {
      Ipv4Address areaId = address(area, "areaId");
      database.addArea(areaId);
      for (Map<String, Object> lsa : Json.objects(area, "lsas")) {
        database.storeFor(Json.number(lsa, "type"), areaId).install(lsa(lsa), 0);
      }
    }
    Map<Integer, String> names = new HashMap<>();
    List<SpfInterface> interfaces = interfaces(router, names);
    RoutingTable table =
        new RouteCalculation(address(router, "routerId"), RouteCalculation.Settings.DEFAULT)
            .calculate(database, interfaces, 0);

    Map<Ipv4Prefix, String> expected = new TreeMap<>();
    Map<Ipv4Prefix, String> found = new TreeMap<>();
    Set<Ipv4Prefix> own = new TreeSet<>();
    for (Map<String, Object> route : Json.objects(router, "expectedRib")) {
      Ipv4Prefix prefix = Ipv4Prefix.parse(Json.text(route, "prefix"));
      Set<String> hops = new TreeSet<>();
      for (Map<String, Object> hop : Json.objects(route, "nextHops")) {
        hops.add(hop.get("interface") + " " + hop.get("address"));
      }
      if (hops.isEmpty()) {
        own.add(prefix);
      }
      expected.put(
          prefix, route.get("routeType") + " " + Json.number(route, "metric") + " " + hops);
    }
    for (OspfRoute route : table.routes()) {
      Set<String> hops = new TreeSet<>();
      if (!own.contains(route.prefix())) {
        route.nextHops().forEach(h -> hops.add(names.get(h.interfaceIndex()) + " " + h.address()));
      }
      String type = route.pathType() == PathType.INTRA_AREA ? "intra-area" : "inter-area";
      found.put(route.prefix(), type + " " + route.cost() + " " + hops);
    }
    assertEquals(expected, found);
  }

  private static List<SpfInterface> interfaces(
      Map<String, Object> router, Map<Integer, String> names) {
    List<SpfInterface> interfaces = new ArrayList<>();
    for (Map<String, Object> area : Json.objects(router, "areas")) {
      for (Map<String, Object> own : Json.objects(area, "interfaces")) {
        int index = Json.number(own, "ifIndex");
        names.put(index, Json.text(own, "name"));
        Map<Ipv4Address, Ipv4Address> neighbors = new HashMap<>();
        for (Map<String, Object> neighbor : Json.objects(own, "neighbors")) {
          neighbors.put(address(neighbor, "routerId"), address(neighbor, "address"));
        }
        boolean numbered =
            !Boolean.TRUE.equals(own.get("unnumbered")) && !Json.list(own, "addresses").isEmpty();
        String text = numbered ? Json.list(own, "addresses").get(0).toString() : "0.0.0.0/0";
        Ipv4Address address = Ipv4Address.parse(text.substring(0, text.indexOf('/')));
        int length = Integer.parseInt(text.substring(text.indexOf('/') + 1));
        interfaces.add(
            new SpfInterface(
                index,
                address(area, "areaId"),
                switch (Json.text(own, "kind")) {
                  case "loopback" -> SpfInterface.Kind.STUB;
                  case "broadcast" -> SpfInterface.Kind.MULTI_ACCESS;
                  case "point-to-point" -> SpfInterface.Kind.POINT_TO_POINT;
                  default -> throw new AssertionError(own);
                },
                numbered ? address : null,
                numbered ? Ipv4Prefix.containing(address, length) : null,
                neighbors));
      }
    }
    int index = 1000;
    for (Map<String, Object> virtual : Json.objects(router, "virtualLinks")) {
      Ipv4Address endpoint = address(virtual, "routerId");
      interfaces.add(
          new SpfInterface(
              index++,
              address(virtual, "transitAreaId"),
              SpfInterface.Kind.VIRTUAL,
              null,
              null,
              Map.of(endpoint, endpoint)));
    }
    return interfaces;
  }

  private static Lsa lsa(Map<String, Object> lsa) {
    LsaBody body =
        switch (Json.number(lsa, "type")) {
          case LsaType.ROUTER -> new RouterLsa(flags(lsa), links(lsa));
          case LsaType.NETWORK ->
              new NetworkLsa(
                  address(lsa, "networkMask"),
                  Json.list(lsa, "attachedRouters").stream()
                      .map(Object::toString)
                      .map(Ipv4Address::parse)
                      .toList());
          case LsaType.SUMMARY_NETWORK ->
              SummaryLsa.ofNetwork(address(lsa, "networkMask"), Json.number(lsa, "metric"));
          default -> new UnknownLsa(Json.number(lsa, "type"), ByteString.EMPTY);
        };
    return Lsa.originate(
        new Options(Options.E),
        address(lsa, "lsId"),
        address(lsa, "advRouter"),
        LsaHeader.INITIAL_SEQUENCE,
        body);
  }

  private static int flags(Map<String, Object> lsa) {
    int flags = 0;
    for (Object bit : Json.list(lsa, "bits")) {
      flags |=
          switch (bit.toString()) {
            case "abr-bit" -> RouterLsa.BORDER;
            case "asbr-bit" -> RouterLsa.EXTERNAL;
            case "vlink-end-bit" -> RouterLsa.VIRTUAL_ENDPOINT;
            default -> throw new AssertionError(bit);
          };
    }
    return flags;
  }

  private static List<RouterLink> links(Map<String, Object> lsa) {
    List<RouterLink> links = new ArrayList<>();
    for (Map<String, Object> link : Json.objects(lsa, "links")) {
      links.add(
          new RouterLink(
              Json.number(link, "type"),
              address(link, "linkId"),
              address(link, "linkData"),
              Json.number(link, "metric")));
    }
    return links;
  }

  private static Ipv4Address address(Map<String, Object> object, String key) {
    return Ipv4Address.parse(Json.text(object, key));
  }
}
