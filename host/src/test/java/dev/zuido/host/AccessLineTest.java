package dev.zuido.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which links of a router are the Ethernets of PPPoE sessions. */
final class AccessLineTest {
  private static final String DIALER =
      """
      interface Loopback0
       ip address 100.1.1.1 255.255.255.255
      interface GigabitEthernet0/1
       ip address 10.1.1.254 255.255.255.0
      interface Dialer1
       ip unnumbered Loopback0
       encapsulation ppp
       dialer pool 1
      """;

  private static final String PHYSICAL =
      """
      interface GigabitEthernet0/0
       pppoe enable
       pppoe-client dial-pool-number 1
      """;

  private static IosInterfaceName name(String text) {
    return IosInterfaceName.parse(text);
  }

  private static HostSetup setup(String text, Map<String, String> lans, Map<String, String> wans) {
    return setup(text, lans, wans, Map.of());
  }

  private static HostSetup setup(
      String text,
      Map<String, String> lans,
      Map<String, String> wans,
      Map<String, String> tunnels) {
    RouterConfig config =
        Objects.requireNonNull(IosReader.read(text).config(), () -> IosReader.read(text).render());
    return new HostSetup(
        config, named(lans), named(wans), named(tunnels), Path.of("control"), Path.of("state"));
  }

  private static Map<IosInterfaceName, String> named(Map<String, String> given) {
    Map<IosInterfaceName, String> names = new LinkedHashMap<>();
    given.forEach((name, link) -> names.put(name(name), link));
    return names;
  }

  @Test
  void theEthernetOfADialersPoolIsAnAccessLine() {
    HostSetup setup = setup(DIALER + PHYSICAL, Map.of("Gi0/1", "lan"), Map.of("Gi0/0", "wan"));
    assertEquals(
        List.of(new AccessLine(name("Gi0/0"), "wan", name("Dialer1"))), setup.accessLines());
    assertEquals(Set.of(name("Gi0/0")), setup.closedLinks());
    assertTrue(setup.dials(name("Dialer1")));
    assertEquals("dialer1", setup.deviceOf(name("Dialer1")));
  }

  @Test
  void theDialersDeviceMayHaveAnotherName() {
    HostSetup setup =
        setup(DIALER + PHYSICAL, Map.of(), Map.of("Gi0/0", "wan"), Map.of("Dialer1", "internet"));
    assertEquals("internet", setup.deviceOf(name("Dialer1")));
  }

  @Test
  void aDialerWithALinkOfItsOwnNeedsNoSession() {
    HostSetup setup = setup(DIALER + PHYSICAL, Map.of(), Map.of("Dialer1", "wan"));
    assertEquals(List.of(), setup.accessLines());
    assertFalse(setup.dials(name("Dialer1")));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    setup(
                        DIALER + PHYSICAL,
                        Map.of(),
                        Map.of("Dialer1", "wan"),
                        Map.of("Dialer1", "internet")))
            .getMessage()
            .contains("Dialer1 is no tunnel interface"));
  }

  @Test
  void aLinkWithoutPppoeIsWhatItWas() {
    String dialerAlone = DIALER.replace(" dialer pool 1\n", "");
    String plain =
        dialerAlone + "interface GigabitEthernet0/0\n ip address 192.0.2.1 255.255.255.0\n";
    assertEquals(List.of(), setup(plain, Map.of(), Map.of("Gi0/0", "wan")).accessLines());
    String off = dialerAlone + PHYSICAL + " no pppoe enable\n";
    assertEquals(List.of(), setup(off, Map.of(), Map.of("Gi0/0", "wan")).accessLines());
  }

  private static String refusal(String text, Map<String, String> lans, Map<String, String> wans) {
    return assertThrows(IllegalArgumentException.class, () -> setup(text, lans, wans)).getMessage();
  }

  @Test
  void whatCannotDialIsRefused() {
    assertEquals(
        "GigabitEthernet0/0 is for PPPoE, and no Dialer dials over it",
        refusal(
            DIALER.replace(" dialer pool 1\n", "") + PHYSICAL, Map.of(), Map.of("Gi0/0", "wan")));
  }

  @Test
  void twoLinesForOneDialerAreRefused() {
    assertEquals(
        "Dialer1 dials over GigabitEthernet0/0, or has a link of its own: name one of them",
        refusal(DIALER + PHYSICAL, Map.of(), Map.of("Gi0/0", "eth0", "Dialer1", "eth1")));
  }

  @Test
  void aLanIsNoPlaceForPppoe() {
    assertEquals(
        "GigabitEthernet0/0 is for PPPoE, and that is for a WAN",
        refusal(DIALER + PHYSICAL, Map.of("Gi0/0", "eth0"), Map.of()));
  }

  @Test
  void theEthernetIsClosedToIp() {
    String rules =
        setup(
                DIALER
                    + " ip access-group A in\n"
                    + PHYSICAL
                    + "ip access-list extended A\n permit ip any any\n",
                Map.of("Gi0/1", "lan"),
                Map.of("Gi0/0", "wan"))
            .firewallRules();
    assertEquals(
        """
          chain input {
            type filter hook input priority filter; policy accept;
            iifname "wan" counter drop
          }
          chain forward {
            type filter hook forward priority filter; policy accept;
            iifname "wan" counter drop
            oifname "wan" counter drop
          }
          chain leaving {
            type filter hook postrouting priority filter; policy accept;
            oifname "wan" counter drop
          }
        """,
        rules);
  }
}
