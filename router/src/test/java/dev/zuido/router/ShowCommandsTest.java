package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.show.IpsecSaReport.IpsecSa;
import dev.zuido.router.show.IpsecSaReport.Policy;
import dev.zuido.router.show.Json;
import dev.zuido.router.show.ShowResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command, asked of a router of the reference scenario that has some more lines.
 *
 * <p>What SPIs, cookies and numbers of packets are is not the commands' affair: here they are all
 * {@code 0}. {@code ShowReportTest} has the numbers.
 */
class ShowCommandsTest {
  private static final String SECRET = "aVerySecretKey";

  private static final TwoRouters BOTH = running();

  private static TwoRouters running() {
    String a =
        config("site-a")
            + """
            interface GigabitEthernet0/1
            description LAN of "A"
            ip address 10.1.9.254 255.255.255.0 secondary
            interface GigabitEthernet0/0
            shutdown
            ip route 10.1.2.0 255.255.255.0 Null0 250
            ip route 172.16.0.0 255.240.0.0 Null0
            ip route 10.9.0.0 255.255.0.0 192.168.1.2
            access-list 7 permit 10.1.1.0 0.0.0.255
            crypto dynamic-map CALLERS 5
            set transform-set IPSEC
            crypto map M-ipsec 99 ipsec-isakmp dynamic CALLERS
            crypto isakmp key other address 0.0.0.0 0.0.0.0
            crypto ipsec transform-set BY-HAND esp-aes esp-sha-hmac
            ip access-list extended A-by-hand
            permit tcp 10.1.1.0 0.0.0.255 10.1.3.0 0.0.0.255 eq 80
            crypto map M-ipsec 50 ipsec-manual
            set peer 200.1.1.3
            set session-key inbound esp 300 cipher 5ec2e7000102030405060708090a0b0c\
             authenticator 5ec2e7000102030405060708090a0b0c0d0e0f10
            set session-key outbound esp 301 cipher 5ec2e7100102030405060708090a0b0c\
             authenticator 5ec2e7100102030405060708090a0b0c0d0e0f10
            set transform-set BY-HAND
            match address A-by-hand
            interface GigabitEthernet0/1
            ip ospf authentication message-digest
            ip ospf message-digest-key 1 md5 aVerySecretKey
            """;
    String b = config("site-b");
    TwoRouters both = new TwoRouters(a, b);
    both.runFor(Duration.ofSeconds(60));
    assertTrue(both.ping(), () -> String.join("\n", both.log()));
    return both;
  }

  private static String config(String name) {
    return TwoRouters.config(name)
        .replace("crypto isakmp key cisco", "crypto isakmp key " + SECRET)
        .replace("set transform-set IPSEC", "set transform-set IPSEC\nset pfs group2")
        .replace("ip mtu 1372", "ip mtu 1372\nkeepalive 10 3\ntunnel key 7");
  }

  private static String answer(String words, boolean json) {
    ShowResult result =
        BOTH.routerA().show().run(List.of(words.split(" ", -1)), json, BOTH.nowNanos());
    return result instanceof ShowResult.Answer answer ? answer.text() : "" + result;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crypto isakmp sa",
        "crypto isakmp sa detail",
        "crypto ipsec sa",
        "crypto map",
        "ip ospf neighbor",
        "ip ospf interface",
        "ip ospf interface brief",
        "ip ospf database",
        "ip route",
        "interfaces",
        "access-lists",
        "counters"
      })
  void textIsAsOnIos(String words) {
    assertEquals(golden(words, "txt"), ShowMask.text(answer(words, false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crypto isakmp sa",
        "crypto ipsec sa",
        "crypto map",
        "ip ospf neighbor",
        "ip ospf interface",
        "ip ospf database",
        "ip route",
        "interfaces",
        "access-lists"
      })
  void jsonIsAsDocumented(String words) {
    String json = answer(words, true);
    assertEquals(golden(words, "json"), ShowMask.json(json));
    assertTrue(Json.parse(json).items().allMatch(Json::isObject));
  }

  @Test
  void jsonOfCountersIsAsDocumented() {
    String json = answer("counters", true);
    assertEquals(golden("counters", "json"), ShowMask.counters(json));
    assertTrue(Json.parse(json).items().allMatch(Json::isObject));
  }

  @Test
  void lifetimesRunDown() {
    IpsecSa sa = ipsecSa(BOTH.nowNanos());
    long left = Objects.requireNonNull(sa.lifetimeLeftSeconds());
    assertEquals(3_600, sa.lifetimeSeconds());
    assertTrue(left > 3_500 && left < 3_600, () -> "" + sa);
    assertEquals(left - 100, ipsecSa(BOTH.nowNanos() + 100_000_000_000L).lifetimeLeftSeconds());
    assertEquals(0, ipsecSa(Long.MAX_VALUE / 2).lifetimeLeftSeconds());
  }

  private static IpsecSa ipsecSa(long nowNanos) {
    return BOTH.routerA()
        .show()
        .cryptoIpsecSa(nowNanos)
        .rows()
        .get(0)
        .policies()
        .get(0)
        .outbound()
        .get(0);
  }

  private static String golden(String words, String kind) {
    String name = "/dev/zuido/router/show/" + words.replace(' ', '-') + "." + kind;
    try (InputStream in = ShowCommandsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code detail} and {@code brief} are ways to print the same data. */
  @Test
  void jsonHasAllDetailsAlways() {
    assertEquals(answer("crypto isakmp sa", true), answer("crypto isakmp sa detail", true));
    assertEquals(answer("ip ospf interface", true), answer("ip ospf interface brief", true));
  }

  @Test
  void whatOneSideSendsTheOtherReceives() {
    Policy here =
        BOTH.routerA().show().cryptoIpsecSa(BOTH.nowNanos()).rows().get(0).policies().get(0);
    Policy there =
        BOTH.routerB().show().cryptoIpsecSa(BOTH.nowNanos()).rows().get(0).policies().get(0);
    IpsecSa sent = here.outbound().get(0);
    IpsecSa received = there.inbound().get(0);
    assertTrue(sent.packets() > 0);
    assertEquals(sent.spi(), received.spi());
    assertEquals(sent.packets(), received.packets());
    assertEquals(sent.bytes(), received.bytes());
    assertEquals(sent.sequence(), received.sequence());
    assertEquals(sent.packets(), sent.sequence());
  }

  @Test
  void countersAgreeWithTheOtherCommands() {
    Json counters = Json.parse(answer("counters", true));
    Json tunnel = Json.parse(answer("interfaces tu1", true)).items().findFirst().orElseThrow();
    Json sent =
        counters
            .items()
            .filter(group -> group.get("scope").text().equals("greSent"))
            .findFirst()
            .orElseThrow();
    assertEquals("Tunnel1", sent.get("name").text());
    assertEquals(
        tunnel.get("tunnel").get("sent").get("encapsulated").number(),
        sent.get("counters").get("encapsulated").number());
    assertTrue(sent.get("counters").get("encapsulated").number() > 0);
    // Those that are 0 have names as well.
    assertEquals(0, sent.get("counters").get("recursion").number());
  }

  @Test
  void noAnswerHasASecret() {
    for (ShowGrammar.Command command : ShowGrammar.Command.values()) {
      for (boolean json : new boolean[] {false, true}) {
        String text = answer(String.join(" ", command.keywords()), json);
        assertTrue(
            !text.contains(SECRET) && !text.contains("5ec2e7") && !text.startsWith("Refused"),
            text);
        if (json) {
          assertTrue(Json.parse(text).items().allMatch(Json::isObject), text);
        }
      }
    }
  }

  @Test
  void interfacesAreNamedInFullOrShortOrByKind() {
    String tunnel = answer("interfaces Tunnel1", false);
    assertTrue(tunnel.startsWith("Tunnel1 is up"), tunnel);
    for (String words : List.of("int tu1", "interfaces tunnel 1", "INT Tun", "interfaces tunnel")) {
      assertEquals(tunnel, answer(words, false), words);
    }
    ShowResult other = BOTH.routerA().show().run(List.of("int", "tu9"), false, BOTH.nowNanos());
    assertEquals(
        "'tu9' is not understood after 'show int': expected one of GigabitEthernet0/0,"
            + " GigabitEthernet0/1, Loopback0, Tunnel1, Dialer1",
        ((ShowResult.Refused) other).message());
  }

  @Test
  void lsasAreShownWithWhatTheySay() {
    String text = answer("ip ospf data rou self", false);
    assertTrue(text.contains("  Advertising Router: 100.1.1.1"), text);
    assertTrue(text.contains("     (Link ID) Neighboring Router ID: 200.1.1.1"), text);
    assertTrue(!text.contains("Advertising Router: 200.1.1.1"), text);
    assertEquals(text, answer("ip ospf database router 100.1.1.1", false));
    assertEquals(text, answer("ip ospf database router adv-router 100.1.1.1", false));
    assertEquals(1, Json.parse(answer("ip ospf database self-originate", true)).items().count());
    assertEquals(2, Json.parse(answer("ip ospf database detail", true)).items().count());
    assertEquals(0, Json.parse(answer("ip ospf database external", true)).items().count());
  }

  @Test
  void wordsBehindAnOspfCommandThatAreNotUnderstoodAreNamed() {
    assertEquals(
        "'foo' is not understood after 'show ip ospf database router':"
            + " expected one of adv-router, self-originate, A.B.C.D",
        refusal("ip ospf database router foo"));
    assertEquals(
        "'show ip ospf database adv-router' is incomplete: expected A.B.C.D",
        refusal("ip ospf database adv-router"));
    assertEquals(
        "'opaque' is ambiguous after 'show ip ospf database': opaque-area, opaque-as, opaque-link",
        refusal("ip ospf database opaque"));
    assertEquals(
        "'7' is not understood after 'show ip ospf': expected 1", refusal("ip ospf 7 neighbor"));
    assertEquals(answer("ip ospf neighbor", false), answer("ip ospf 1 neighbor", false));
    assertTrue(refusal("ip ospf neighbor 9.9.9.9").startsWith("'9.9.9.9' is not understood"));
    assertTrue(refusal("ip ospf interface tu9").contains("GigabitEthernet0/1"));
  }

  private static String refusal(String words) {
    ShowResult result =
        BOTH.routerA().show().run(List.of(words.split(" ", -1)), false, BOTH.nowNanos());
    return ((ShowResult.Refused) result).message();
  }

  @Test
  void ospfIsAskedForOneInterfaceOrNeighbor() {
    String tunnel = answer("ip ospf interface tu1", false);
    assertTrue(tunnel.startsWith("Tunnel1\n") && !tunnel.contains("Gigabit"), tunnel);
    assertEquals(1, answer("ip ospf int brief tu1", false).lines().skip(1).count());
    assertEquals(1, Json.parse(answer("ip ospf neighbor tu1", true)).items().count());
    assertEquals(0, Json.parse(answer("ip ospf neighbor gi0/1", true)).items().count());
    String detail = answer("ip ospf neighbor 200.1.1.1", false);
    assertTrue(detail.contains("Neighbor 200.1.1.1, interface address 192.168.1.2"), detail);
    assertEquals(detail, answer("ip ospf neighbor detail", false));
  }

  @Test
  void aRouterWithoutTheProtocolsSaysSo() {
    TwoRouters plain =
        new TwoRouters(
            """
            interface GigabitEthernet0/1
            ip address 10.1.1.254 255.255.255.0
            interface Dialer1
            ip address 100.1.1.1 255.255.255.0
            """,
            config("site-b"));
    ShowCommands show = plain.routerA().show();
    assertEquals("IKE is not configured.\n", show.cryptoIsakmpSa(0).text());
    assertEquals("No crypto map is applied.\n", show.cryptoIpsecSa(0).text());
    assertEquals("No crypto map is configured.\n", show.cryptoMap().text());
    assertEquals("OSPF is not configured.\n", show.ipOspfNeighbor(0).text());
    assertEquals("OSPF is not configured.\n", show.ipOspfInterface(0).text());
    assertEquals("OSPF is not configured.\n", show.ipOspfDatabase(0).text());
    assertEquals("OSPF is not configured.\n", show.ipOspf(0).text());
    assertEquals("OSPF is not configured.\n", show.ipOspfRoute().text());
    assertEquals("OSPF is not configured.\n", show.ipOspfBorderRouters().text());
    assertEquals("OSPF is not configured.\n", show.ipOspfStatistics(0).text());
    assertEquals("OSPF is not configured.\n", show.ipOspfVirtualLinks(0).text());
    assertEquals("OSPF is not configured.\n", show.ipOspfSummaryAddress().text());
    assertEquals("No key chain is configured.\n", show.keyChain().text());
    assertEquals("No access list is configured.\n", show.accessLists().text());
    assertEquals("No such interface.\n", show.interfacesTunnel().text());
    assertEquals("All counters are 0.\n", show.counters().text());
    assertEquals("[]\n", show.cryptoIsakmpSa(0).json());
    assertEquals("[]\n", show.ipOspfDatabase(0).json());
  }
}
