package dev.zuido.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirewallRulesTest {
  private static final String CRYPTO =
      """
      crypto isakmp policy 1
       encryption aes
       authentication pre-share
       group 14
      crypto isakmp key secret address 200.1.1.1
      crypto ipsec transform-set T esp-aes esp-sha-hmac
      crypto map M 1 ipsec-isakmp
       set peer 200.1.1.1
       set transform-set T
       match address C
      """;

  private static String rules(String text) {
    RouterConfig config =
        Objects.requireNonNull(IosReader.read(text).config(), () -> IosReader.read(text).render());
    Map<IosInterfaceName, String> links = new LinkedHashMap<>();
    links.put(IosInterfaceName.parse("Gi0/1"), "lan");
    links.put(IosInterfaceName.parse("Gi0/0"), "wan");
    return FirewallRules.of(config, links, Set.of(IosInterfaceName.parse("Gi0/0")));
  }

  private static String interfaces(String wan, String lan) {
    return "interface GigabitEthernet0/0\n ip address 100.1.1.1 255.255.255.0\n"
        + wan
        + "interface GigabitEthernet0/1\n ip address 10.1.1.254 255.255.255.0\n"
        + lan;
  }

  private static List<String> chain(String rules, String name) {
    int start = rules.indexOf("  chain " + name + " {\n");
    assertTrue(start >= 0, () -> "no chain " + name + " in\n" + rules);
    int body = rules.indexOf('\n', start) + 1;
    return rules.substring(body, rules.indexOf("  }\n", body)).lines().map(String::strip).toList();
  }

  @Test
  void whatIsProtectedNeitherLeavesNorEntersInTheClear() {
    String rules =
        rules(
            CRYPTO
                + interfaces(" crypto map M\n", "")
                + "ip access-list extended C\n"
                + " deny ip host 10.1.1.9 any\n"
                + " permit ip 10.1.1.0 0.0.0.255 10.1.2.0 0.0.0.255\n");
    assertEquals(
        List.of(
            "ip saddr 100.1.1.1 ip protocol esp return",
            "ip saddr 100.1.1.1 udp sport { 500, 4500 } return",
            "ip saddr 100.1.1.1 ip protocol udp ip frag-off & 0x1fff != 0 return",
            "ip saddr 10.1.1.9/32 counter return",
            "ip saddr 10.1.1.0/24 ip daddr 10.1.2.0/24 counter drop"),
        chain(rules, "clear_out_wan"));
    assertEquals(
        List.of(
            "ip daddr 100.1.1.1 ip protocol esp return",
            "ip daddr 100.1.1.1 udp dport { 500, 4500 } return",
            "ip daddr 100.1.1.1 ip protocol udp ip frag-off & 0x1fff != 0 return",
            "ip daddr 10.1.1.9/32 counter return",
            "ip daddr 10.1.1.0/24 ip saddr 10.1.2.0/24 counter drop"),
        chain(rules, "clear_in_wan"));
    assertTrue(chain(rules, "leaving").contains("oifname \"wan\" jump clear_out_wan"));
    assertTrue(chain(rules, "forward").contains("iifname \"wan\" jump clear_in_wan"));
    assertTrue(chain(rules, "input").contains("iifname \"wan\" jump clear_in_wan"));
  }

  @Test
  void anAccessListIsWrittenRuleByRule() {
    String rules =
        rules(
            interfaces(" ip access-group I-1 in\n", " ip access-group O out\n")
                + "ip access-list extended I-1\n"
                + " permit tcp any host 100.1.1.1 eq 22\n"
                + " permit tcp any any established\n"
                + " deny udp any range 1 99 any neq 53\n"
                + " permit icmp any any echo\n"
                + " permit ip any any fragments\n"
                + " permit ip 10.0.0.1 0.255.0.0 any\n"
                + "ip access-list extended O\n"
                + " permit ip any any\n");
    assertEquals(
        List.of(
            "ip daddr 100.1.1.1/32 ip protocol 6 tcp dport 22 counter return",
            "ip daddr 100.1.1.1/32 ip protocol 6 ip frag-off & 0x1fff != 0 counter return",
            "ip protocol 6 tcp flags & (ack | rst) != 0 counter return",
            "ip protocol 6 ip frag-off & 0x1fff != 0 counter return",
            "ip protocol 17 udp sport 1-99 udp dport != 53 counter drop",
            "ip protocol 1 icmp type 8 counter return",
            "ip protocol 1 ip frag-off & 0x1fff != 0 counter return",
            "ip frag-off & 0x1fff != 0 counter return",
            "ip saddr & 255.0.255.255 == 10.0.0.1 counter return",
            "counter drop"),
        chain(rules, "list_I_2d_1"));
    assertEquals(
        List.of(
            "type filter hook input priority filter; policy accept;",
            "iifname \"wan\" ip protocol { gre, esp } accept",
            "iifname \"wan\" udp dport { 500, 4500 } accept",
            "iifname \"wan\" jump list_I_2d_1"),
        chain(rules, "input"));
    assertEquals(
        List.of(
            "type filter hook forward priority filter; policy accept;",
            "oifname \"lan\" jump list_O",
            "iifname \"wan\" jump list_I_2d_1"),
        chain(rules, "forward"));
  }

  @Test
  void withoutListsAndMapsNothingIsDropped() {
    assertTrue(!rules(interfaces("", "")).contains("drop"));
  }
}
