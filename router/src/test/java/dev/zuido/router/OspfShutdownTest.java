package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.RestartRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a router takes leave, and how it keeps transit traffic away. */
final class OspfShutdownTest {
  private static final String LSA = "ip ospf database router adv-router 9.9.9.1";
  private static final String LARGEST = "TOS 0 Metrics: 65535";

  private static OspfRouters two(String more) {
    String text =
        """
        hostname rX
        interface GigabitEthernet0/1
         ip address 10.0.1.X 255.255.255.0
         ip ospf 1 area 0
        router ospf 1
         router-id 9.9.9.X
        """;
    return new OspfRouters()
        .add(text.replace("X", "1") + more)
        .add(text.replace("X", "2"))
        .run(Duration.ofSeconds(70));
  }

  @Test
  void theOthersForgetItAtOnce() {
    OspfRouters both = two("");
    assertFalse(both.router("r1").hasLeft());
    both.beginShutdown("r1");
    assertFalse(both.router("r1").hasLeft(), "not acknowledged yet");
    both.run(Duration.ofSeconds(2));
    assertTrue(both.router("r1").hasLeft());
    assertFalse(both.show("r2", LSA).contains("9.9.9.1"), both.show("r2", LSA));
  }

  @Test
  void transitTrafficIsKeptAwayBefore() {
    OspfRouters both = two("max-metric router-lsa on-shutdown 10");
    assertFalse(both.show("r2", LSA).contains(LARGEST));
    both.beginShutdown("r1");
    both.run(Duration.ofSeconds(8));
    assertTrue(both.show("r2", LSA).contains(LARGEST), both.show("r2", LSA));
    assertTrue(both.show("r1", "ip ospf").contains("maximum metric: before the end"));
    assertFalse(both.router("r1").hasLeft());
    both.run(Duration.ofSeconds(5));
    assertTrue(both.router("r1").hasLeft());
    assertFalse(both.show("r2", LSA).contains("Advertising Router"));
  }

  @Test
  void transitTrafficIsKeptAwayAfterTheStart() {
    OspfRouters both = two("max-metric router-lsa on-startup 100");
    assertTrue(both.show("r2", LSA).contains(LARGEST));
    both.run(Duration.ofSeconds(60));
    assertFalse(both.show("r2", LSA).contains(LARGEST));
    assertEquals(1, both.json("r1", "ip ospf").size());
  }

  @Test
  void aGracefulRestartTakesNoRouteAway() {
    OspfRouters both =
        two(
            "nsf ietf restart-interval 60\ninterface Loopback0\n"
                + "ip address 10.8.0.1 255.255.255.255\nip ospf 1 area 0\n");
    assertEquals(1, both.route("r2", "10.8.0.1/32").size());
    int logged = both.log().size();
    both.prepareRestart("r1");
    both.run(Duration.ofSeconds(2));
    RestartRecord prepared = both.router("r1").preparedRestart();
    assertTrue(prepared != null);
    both.sleep("r1");
    both.run(Duration.ofSeconds(45));
    both.restart("r1", new OspfRestart(prepared, 45_000_000_000L, both.nowNanos()));
    assertTrue(both.router("r1").isRestarting());
    both.run(Duration.ofSeconds(30));
    assertFalse(both.router("r1").isRestarting());
    assertEquals(1, both.route("r2", "10.8.0.1/32").size());
    List<String> since = both.log().subList(logged, both.log().size());
    assertTrue(since.stream().noneMatch(line -> line.startsWith("r2 routes:")), since::toString);
    assertTrue(
        since.contains("r1 %OSPF-5-NSF: graceful restart ended: all adjacencies are back"),
        since::toString);
  }

  @Test
  void withoutItsLineThereIsNoGracefulRestart() {
    OspfRouters both = two("");
    assertEquals(
        "OSPF is not configured to restart gracefully: 'nsf ietf'",
        assertThrows(IllegalStateException.class, () -> both.prepareRestart("r1")).getMessage());
  }
}
