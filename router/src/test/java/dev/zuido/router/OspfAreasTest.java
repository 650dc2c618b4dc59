package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.show.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Routers with several areas, as their IOS lines say. */
final class OspfAreasTest {
  private static final Duration UP = Duration.ofSeconds(90);

  /** A router on some segments, 10.0.N.X on each, with the loopback 10.8.0.X. */
  private static String router(int number, String areas, String more) {
    StringBuilder text = new StringBuilder("hostname r" + number + "\n");
    StringBuilder networks = new StringBuilder();
    for (String each : areas.split(" ", -1)) {
      String[] parts = each.split(":", -1);
      if (parts[0].equals("lo")) {
        text.append("interface Loopback0\nip address 10.8.0.").append(number);
        text.append(" 255.255.255.255\nip ospf 1 area ").append(parts[1]).append("\n");
      } else {
        text.append("interface GigabitEthernet0/").append(parts[0]).append("\nip address 10.0.");
        text.append(parts[0]).append('.').append(number).append(" 255.255.255.0\n");
        networks.append("network 10.0.").append(parts[0]).append(".0 0.0.0.255 area ");
        networks.append(parts[1]).append("\n");
      }
    }
    return text + "router ospf 1\nrouter-id 9.9.9." + number + "\n" + networks + more;
  }

  @Test
  void summariesAndRangesAreAsConfigured() {
    OspfRouters all =
        new OspfRouters()
            .add(router(1, "1:1 11:1 12:1 lo:1", ""))
            .add(router(2, "1:1 2:0", "area 1 range 10.0.8.0 255.255.248.0 cost 50"))
            .add(router(3, "2:0 lo:0", ""))
            .run(UP);
    assertEquals(
        List.of("O IA 10.0.8.0/21 [110/51] via 10.0.2.2, GigabitEthernet0/2"),
        all.route("r3", "10.0.8.0/21"));
    assertEquals(List.of(), all.route("r3", "10.0.11.0/24"));
    assertEquals(
        List.of("O IA 10.8.0.1/32 [110/2] via 10.0.2.2, GigabitEthernet0/2"),
        all.route("r3", "10.8.0.1/32"));
    assertEquals(
        List.of("O 10.0.8.0/21 [110/0] is directly connected, Null0"),
        all.route("r2", "10.0.8.0/21"));
    assertTrue(
        all.show("r3", "ip ospf border-routers").contains("i 9.9.9.2 [1] via 10.0.2.2,"),
        all.show("r3", "ip ospf border-routers"));
    Json process = all.json("r2", "ip ospf").get(0);
    assertEquals(2, process.get("areas").items().count());
    assertTrue(all.show("r2", "ip ospf").contains("It is an area border router"));
  }

  @Test
  void aTotallyStubbyAreaHasADefaultRouteAlone() {
    OspfRouters all =
        new OspfRouters()
            .add(router(1, "1:1", "area 1 stub"))
            .add(router(2, "1:1 2:0", "area 1 stub no-summary\narea 1 default-cost 9"))
            .add(router(3, "2:0 lo:0", "redistribute static subnets"))
            .run(UP);
    assertEquals(
        List.of("O IA* 0.0.0.0/0 [110/10] via 10.0.1.2, GigabitEthernet0/1"),
        all.route("r1", "0.0.0.0/0"));
    assertEquals(List.of(), all.route("r1", "10.8.0.3/32"));
    assertTrue(
        all.show("r2", "ip ospf").contains("It is a stub area, no summary LSA in this area"));
  }

  @Test
  void anNssaImportsItsOwn() {
    OspfRouters all =
        new OspfRouters()
            .add(
                router(
                    1,
                    "1:1",
                    "area 1 nssa\nredistribute static subnets tag 4\n"
                        + "ip route 172.31.0.0 255.255.0.0 Null0"))
            .add(
                router(
                    2,
                    "1:1 2:0",
                    "area 1 nssa default-information-originate metric 6 metric-type 1"))
            .add(router(3, "2:0", ""))
            .run(UP);
    assertEquals(
        List.of("O N2 172.31.0.0/16 [110/20] via 10.0.1.1, GigabitEthernet0/1"),
        all.route("r2", "172.31.0.0/16"));
    assertEquals(
        List.of("O E2 172.31.0.0/16 [110/20] via 10.0.2.2, GigabitEthernet0/2"),
        all.route("r3", "172.31.0.0/16"));
    assertEquals(
        List.of("O N1* 0.0.0.0/0 [110/7] via 10.0.1.2, GigabitEthernet0/1"),
        all.route("r1", "0.0.0.0/0"));
    assertTrue(all.show("r1", "ip ospf database nssa-external").contains("External Route Tag: 4"));
  }

  @Test
  void aVirtualLinkJoinsTheBackbone() {
    OspfRouters all =
        new OspfRouters()
            .add(router(1, "1:0 lo:0", ""))
            .add(router(2, "1:0 2:1", "area 1 virtual-link 9.9.9.4"))
            .add(router(3, "2:1 3:1", ""))
            .add(router(4, "3:1 4:2", "area 1 virtual-link 9.9.9.2"))
            .add(router(5, "4:2 lo:2", ""))
            .run(Duration.ofSeconds(150));
    String links = all.show("r2", "ip ospf virtual-links");
    assertTrue(links.contains("to router 9.9.9.4 is up") && links.contains("FULL"), links);
    assertEquals(
        List.of("O IA 10.8.0.1/32 [110/4] via 10.0.4.4, GigabitEthernet0/4"),
        all.route("r5", "10.8.0.1/32"));
    assertEquals(
        List.of("O IA 10.8.0.5/32 [110/4] via 10.0.1.2, GigabitEthernet0/1"),
        all.route("r1", "10.8.0.5/32"));
    assertTrue(all.show("r4", "ip ospf neighbor").contains("9.9.9.2"));
    assertTrue(all.show("r4", "ip ospf interface").contains("VIRTUAL_LINK"));
    assertTrue(
        all.log().stream()
            .anyMatch(line -> line.matches("r2 %OSPF-5-ADJCHG: .*virtual link.*FULL.*")),
        () -> String.join("\n", all.log()));
    assertTrue(all.show("r3", "ip ospf").contains("transit capability"));
  }
}
