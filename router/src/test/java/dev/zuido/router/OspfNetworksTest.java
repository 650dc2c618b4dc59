package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of all types and ways to authenticate, between routers with IOS lines. */
final class OspfNetworksTest {
  private static final Duration UP = Duration.ofSeconds(200);

  private static OspfRouters two(String port, String process, String more) {
    String text =
        """
        hostname rX
        interface Loopback0
         ip address 10.8.0.X 255.255.255.255
         ip ospf 1 area 0
        interface GigabitEthernet0/1
         ip address 10.0.1.X 255.255.255.0
         PORT
        router ospf 1
         router-id 9.9.9.X
         PROCESS
        """;
    String whole = text.replace("PORT", port).replace("PROCESS", process) + more;
    return new OspfRouters()
        .add(whole.replace("X", "1").replace("Y", "2"))
        .add(whole.replace("X", "2").replace("Y", "1"))
        .run(UP);
  }

  @ParameterizedTest
  @CsvSource({
    "non-broadcast, neighbor 10.0.1.Y priority 1",
    "point-to-multipoint, ''",
    "point-to-multipoint, neighbor 10.0.1.Y cost 1",
    "point-to-multipoint non-broadcast, neighbor 10.0.1.Y",
    "point-to-point, ''",
  })
  void routersOnEachTypeOfNetworkFindEachOther(String type, String neighbor) {
    OspfRouters both = two("ip ospf 1 area 0\nip ospf network " + type, neighbor, "");
    assertEquals(
        List.of("O 10.8.0.2/32 [110/1] via 10.0.1.2, GigabitEthernet0/1"),
        both.route("r1", "10.8.0.2/32"),
        () -> String.join("\n", both.log()));
  }

  @Test
  void ospfRunsOnABorrowedAddress() {
    OspfRouters both =
        two(
            "",
            "",
            """
            interface Tunnel1
             ip unnumbered Loopback0
             tunnel source 10.0.1.X
             tunnel destination 10.0.1.Y
             ip ospf 1 area 0
            interface Loopback1
             ip address 10.7.0.X 255.255.255.255
             ip ospf 1 area 0
            """);
    List<String> route = both.route("r1", "10.7.0.2/32");
    assertEquals(1, route.size(), () -> String.join("\n", both.log()));
    assertTrue(route.get(0).endsWith(", Tunnel1"), route::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "ip ospf authentication~ip ospf authentication-key secret",
    "ip ospf authentication message-digest~ip ospf message-digest-key 3 md5 secret",
    "ip ospf authentication key-chain K",
    "ip ospf ttl-security",
  })
  void whatBothDoLetsThemFindEachOther(String lines) {
    String chain =
        """
        key chain K
         key 1
          key-string early
          cryptographic-algorithm hmac-sha-1
          send-lifetime 00:00:00 Jan 1 1960 00:00:00 Jan 1 1970
          accept-lifetime 00:00:00 Jan 1 1960 00:00:00 Jan 1 1970
         key 2
          key-string now
          cryptographic-algorithm hmac-sha-512
        """;
    OspfRouters both = two("ip ospf 1 area 0\n" + lines.replace('~', '\n'), "", chain);
    assertEquals(1, both.route("r1", "10.8.0.2/32").size(), () -> String.join("\n", both.log()));
    String keys = both.show("r1", "key chain");
    assertTrue(keys.contains("key 2 -- hmac-sha-512") && !keys.contains("early"), keys);
  }

  @Test
  void whatDoesNotMatchIsNamed() {
    String text =
        """
        hostname rX
        interface GigabitEthernet0/1
         ip address 10.0.1.X 255.255.255.0
         ip ospf 1 area 0
         ip ospf authentication key-chain K
        key chain K
         key X
          key-string same
          cryptographic-algorithm hmac-sha-256
        router ospf 1
         router-id 9.9.9.X
        """;
    OspfRouters both =
        new OspfRouters().add(text.replace("X", "1")).add(text.replace("X", "2")).run(UP);
    String shown = both.show("r1", "ip ospf interface");
    assertTrue(shown.contains("no adjacency with 9.9.9.2 (10.0.1.2): "), shown);
    assertTrue(shown.contains("key ID"), shown);
  }

  @Test
  void aPrefixThatIsSuppressedIsNotTold() {
    OspfRouters both =
        new OspfRouters()
            .add(
                """
                hostname r1
                interface GigabitEthernet0/1
                 ip address 10.0.1.1 255.255.255.0
                 ip ospf 1 area 0
                 ip ospf network point-to-point
                router ospf 1
                 router-id 9.9.9.1
                """)
            .add(
                """
                hostname r2
                interface GigabitEthernet0/1
                 ip address 10.0.1.2 255.255.255.0
                 ip ospf 1 area 0
                 ip ospf network point-to-point
                interface GigabitEthernet0/2
                 ip address 10.0.2.2 255.255.255.0
                 ip ospf 1 area 0
                 ip ospf network point-to-point
                router ospf 1
                 router-id 9.9.9.2
                 prefix-suppression
                """)
            .run(UP);
    assertEquals(List.of(), both.route("r1", "10.0.2.0/24"));
    assertTrue(
        both.show("r2", "ip ospf interface gi0/2").contains("Prefix-suppression is enabled"));
  }
}
