package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Routes from outside that a configuration has told, as another router sees them. */
final class OspfRedistributionTest {
  private static final Duration UP = Duration.ofSeconds(70);
  private static final Duration CHANGE = Duration.ofSeconds(20);

  private static final String BORDER =
      """
      hostname border
      interface GigabitEthernet0/1
       ip address 10.0.1.1 255.255.255.0
      interface GigabitEthernet0/2
       ip address 10.0.2.1 255.255.255.0
      ip route 172.30.0.0 255.255.0.0 10.0.2.9
      ip route 172.31.5.0 255.255.255.0 Null0
      ip route 10.9.9.0 255.255.255.0 10.0.1.9
      router ospf 1
       router-id 9.9.9.1
       network 10.0.1.0 0.0.0.255 area 0
      """;

  private static final String INNER =
      """
      hostname inner
      interface GigabitEthernet0/1
       ip address 10.0.1.2 255.255.255.0
      router ospf 1
       router-id 9.9.9.2
       network 10.0.1.0 0.0.0.255 area 0
      """;

  private static OspfRouters routers(String border, String inner) {
    return new OspfRouters().add(BORDER + border).add(INNER + inner).run(UP);
  }

  @Test
  void staticRoutesComeAndGo() {
    OspfRouters both = routers("redistribute static subnets tag 7", "");
    assertEquals(
        List.of("O E2 172.30.0.0/16 [110/20] via 10.0.1.1, GigabitEthernet0/1"),
        both.route("inner", "172.30.0.0/16"));
    assertEquals(
        7,
        both.json("inner", "ip route").stream()
            .filter(each -> each.get("prefix").text().equals("172.31.5.0/24"))
            .findFirst()
            .orElseThrow()
            .get("tag")
            .number());
    both.cut("border", 2);
    both.run(CHANGE);
    assertEquals(List.of(), both.route("inner", "172.30.0.0/16"));
    assertEquals(1, both.route("inner", "172.31.5.0/24").size());
    both.restore("border", 2);
    both.run(CHANGE);
    assertEquals(1, both.route("inner", "172.30.0.0/16").size());
  }

  @Test
  void aNextHopOnTheNetworkIsTheForwardingAddress() {
    OspfRouters both = routers("redistribute static subnets", "");
    assertEquals(
        List.of("O E2 10.9.9.0/24 [110/20] via 10.0.1.9, GigabitEthernet0/1"),
        both.route("inner", "10.9.9.0/24"));
  }

  @Test
  void withoutSubnetsOnlyClassfulNetworksAreTold() {
    OspfRouters both = routers("redistribute static", "");
    assertEquals(1, both.route("inner", "172.30.0.0/16").size());
    assertEquals(List.of(), both.route("inner", "172.31.5.0/24"));
  }

  @Test
  void connectedNetworksAreToldUnlessOspfRunsOnThem() {
    OspfRouters both = routers("redistribute connected subnets metric 5 metric-type 1", "");
    assertEquals(
        List.of("O E1 10.0.2.0/24 [110/6] via 10.0.1.1, GigabitEthernet0/1"),
        both.route("inner", "10.0.2.0/24"));
    assertEquals(
        0,
        both.show("inner", "ip ospf database external 10.0.1.0")
            .lines()
            .filter(line -> line.contains("Link State ID"))
            .count());
    both.cut("border", 2);
    both.run(CHANGE);
    assertEquals(List.of(), both.route("inner", "10.0.2.0/24"));
  }

  @Test
  void theDefaultMetricIsOfStaticRoutes() {
    OspfRouters both =
        routers(
            "redistribute static subnets\nredistribute connected subnets\ndefault-metric 77", "");
    assertTrue(both.route("inner", "172.30.0.0/16").get(0).contains("[110/77]"));
    assertTrue(both.route("inner", "10.0.2.0/24").get(0).contains("[110/20]"));
  }

  @Test
  void aDefaultRouteIsToldAlwaysOrWhileThereIsOne() {
    OspfRouters always = routers("default-information originate always metric 9 metric-type 1", "");
    assertEquals(
        List.of("O E1* 0.0.0.0/0 [110/10] via 10.0.1.1, GigabitEthernet0/1"),
        always.route("inner", "0.0.0.0/0"));
    OspfRouters without = routers("default-information originate", "");
    assertEquals(List.of(), without.route("inner", "0.0.0.0/0"));
    OspfRouters with =
        routers("default-information originate\nip route 0.0.0.0 0.0.0.0 10.0.2.9", "");
    assertEquals(
        List.of("O E2* 0.0.0.0/0 [110/1] via 10.0.1.1, GigabitEthernet0/1"),
        with.route("inner", "0.0.0.0/0"));
    with.cut("border", 2);
    with.run(CHANGE);
    assertEquals(List.of(), with.route("inner", "0.0.0.0/0"));
  }

  @Test
  void aStaticDefaultRouteIsNotRedistributed() {
    OspfRouters both =
        routers("redistribute static subnets\nip route 0.0.0.0 0.0.0.0 10.0.2.9", "");
    assertEquals(List.of(), both.route("inner", "0.0.0.0/0"));
  }

  @Test
  void aSummaryStandsForItsNetworksAndLeadsNowhereItself() {
    String networks =
        "ip route 172.20.1.0 255.255.255.0 10.0.2.9\nip route 172.20.2.0 255.255.255.0 10.0.2.9\n";
    OspfRouters both =
        new OspfRouters()
            .add(
                BORDER
                    + "redistribute static subnets metric 30\n"
                    + "summary-address 172.20.0.0 255.255.0.0 tag 3\n"
                    + "summary-address 172.30.0.0 255.254.0.0 not-advertise\n"
                    + networks)
            .add(INNER)
            .run(UP);
    assertEquals(
        List.of("O E2 172.20.0.0/16 [110/30] via 10.0.1.1, GigabitEthernet0/1"),
        both.route("inner", "172.20.0.0/16"));
    assertEquals(List.of(), both.route("inner", "172.20.1.0/24"));
    assertEquals(List.of(), both.route("inner", "172.30.0.0/16"));
    assertEquals(
        List.of("O 172.20.0.0/16 [254/30] is directly connected, Null0"),
        both.route("border", "172.20.0.0/16"));
    assertTrue(
        both.show("border", "ip ospf summary-address")
            .contains("172.20.0.0/255.255.0.0 Metric 30, Type 2, Tag 3, 2 networks"),
        both.show("border", "ip ospf summary-address"));
    both.cut("border", 2);
    both.run(CHANGE);
    assertEquals(List.of(), both.route("inner", "172.20.0.0/16"));
    assertEquals(List.of(), both.route("border", "172.20.0.0/16"));
  }

  @Test
  void distancesAreThoseOfTheKind() {
    OspfRouters both =
        routers("redistribute static subnets", "distance ospf intra-area 90 external 201");
    assertTrue(both.route("inner", "172.30.0.0/16").get(0).contains("[201/20]"));
    OspfRouters floating =
        routers(
            "redistribute static subnets",
            "distance 200\nip route 172.30.0.0 255.255.0.0 Null0 150");
    assertTrue(floating.route("inner", "172.30.0.0/16").get(0).startsWith("S"));
  }
}
