package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.testkit.Ping;
import dev.zuido.testkit.SeededRandom;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is made of an address that is negotiated: crypto map, key exchange, tunnel. */
class RenumberingTest {
  private static final Ipv4Address SECOND = Ipv4Address.parse("100.1.1.77");
  private static final Ipv4Address FAR_LAN = Ipv4Address.parse("10.1.2.254");

  private static final String SUITE =
      """
      crypto isakmp policy 1
       encryption aes
       authentication pre-share
       group 14
      crypto ipsec transform-set T esp-aes esp-sha-hmac
       mode tunnel
      ip access-list extended C
       permit ip NEAR 0.0.0.255 DISTANT 0.0.0.255
      """;

  private static final String PROTECTED =
      Provider.NEGOTIATED.replace(" ip mtu 1454\n", " ip mtu 1454\n crypto map M\n")
          + SUITE.replace("NEAR", "10.1.1.0").replace("DISTANT", "10.1.2.0")
          + """
          crypto isakmp key aVeryLongSecret address 200.1.1.1
          crypto map M 1 ipsec-isakmp
           set peer 200.1.1.1
           set transform-set T
           match address C
          """;

  private static final String FAR =
      """
      interface Loopback1
       ip address 10.1.2.254 255.255.255.0
      interface GigabitEthernet0/0
       ip address 200.1.1.1 255.255.255.0
       crypto map M
      ip route 0.0.0.0 0.0.0.0 GigabitEthernet0/0
      """
          + SUITE.replace("NEAR", "10.1.2.0").replace("DISTANT", "10.1.1.0")
          + """
          crypto isakmp key aVeryLongSecret address 0.0.0.0 0.0.0.0
          crypto dynamic-map D 1
           set transform-set T
           match address C
          crypto map M 1 ipsec-isakmp dynamic D
          """;

  private static boolean reaches(Provider provider) {
    for (int i = 0; i < 20; i++) {
      Ping ping = provider.ping(provider.lanHost(), FAR_LAN, 84, false);
      if (ping.isAnswered()) {
        return true;
      }
    }
    return false;
  }

  /** Packets between the LANs, and such from an address that is not the last one given. */
  private static long wrong(Provider provider, List<Ipv4Address> given) {
    return provider.sentPackets().stream()
        .filter(
            packet -> {
              Ipv4Address source = new Ipv4Address(Ipv4Fields.source(packet, 0));
              return Ipv4Fields.destination(packet, 0) == FAR_LAN.value()
                  || !given.contains(source);
            })
        .count();
  }

  @Test
  void theProtectedTrafficFollowsTheAddress() {
    Provider provider = Provider.withFarRouter(PROTECTED, FAR);
    provider.ping(provider.lanHost(), FAR_LAN, 84, false);
    assertTrue(reaches(provider), () -> String.join("\n", provider.log()));
    assertEquals(0, wrong(provider, List.of(Provider.OURS)));
    assertTrue(provider.show("crypto ipsec sa", false).contains("local addr 100.1.1.1"));
    provider.give(SECOND);
    provider.terminate();
    provider.runFor(1);
    int before = provider.sentPackets().size();
    assertTrue(reaches(provider), () -> String.join("\n", provider.log()));
    List<byte[]> later = provider.sentPackets().subList(before, provider.sentPackets().size());
    assertTrue(later.stream().allMatch(packet -> Ipv4Fields.source(packet, 0) == SECOND.value()));
    assertEquals(0, wrong(provider, List.of(Provider.OURS, SECOND)));
    assertFalse(provider.show("crypto ipsec sa", false).contains("local 100.1.1.1"));
  }

  @Test
  void theSameAddressKeepsTheSecurityAssociations() {
    Provider provider = Provider.withFarRouter(PROTECTED, FAR);
    assertTrue(reaches(provider), () -> String.join("\n", provider.log()));
    int handshakes = provider.log("IPSEC_SA_UP").size();
    provider.terminate();
    provider.runFor(10);
    assertTrue(provider.ping(provider.lanHost(), FAR_LAN, 84, false).isAnswered());
    assertEquals(handshakes, provider.log("IPSEC_SA_UP").size());
  }

  /** Sessions ended and lines cut at any time, with and without another address. */
  @Property(tries = 15)
  void nothingOfTheLanLeavesInTheClear(@ForAll long seed) {
    Provider provider = Provider.withFarRouter(PROTECTED, FAR);
    SeededRandom dice = new SeededRandom(seed, "accidents");
    for (int i = 0; i < 10; i++) {
      provider.lanHost().ping(request());
      provider.network().wake(provider.lanHost());
      provider.network().runFor(dice.nextInt(3_000) * 1_000_000L);
      provider.give(dice.nextInt(2) == 0 ? Provider.OURS : SECOND);
      switch (dice.nextInt(4)) {
        case 0 -> provider.terminate();
        case 1 -> provider.forget();
        case 2 -> provider.clear("clear pppoe all");
        default -> {
          provider.line().cut();
          provider.network().runFor(dice.nextInt(20_000) * 1_000_000L);
          provider.line().restore();
        }
      }
    }
    assertEquals(0, wrong(provider, List.of(Provider.OURS, SECOND)));
    provider.runFor(180);
    assertTrue(reaches(provider), () -> String.join("\n", provider.log()));
    assertEquals(0, wrong(provider, List.of(Provider.OURS, SECOND)));
  }

  private static dev.zuido.testkit.PingRequest request() {
    return dev.zuido.testkit.PingRequest.to(FAR_LAN)
        .withTotalBytes(84)
        .withProbes(10, java.time.Duration.ofMillis(300));
  }

  private static final String TUNNEL =
      Provider.NEGOTIATED
          + """
          interface Tunnel1
           ip address 192.168.1.1 255.255.255.0
           tunnel source Dialer1
           tunnel destination 200.1.1.1
          ip route 10.1.2.0 255.255.255.0 Tunnel1
          """;

  private static final String FAR_TUNNEL =
      """
      interface Loopback1
       ip address 10.1.2.254 255.255.255.0
      interface GigabitEthernet0/0
       ip address 200.1.1.1 255.255.255.0
      interface Tunnel1
       ip address 192.168.1.2 255.255.255.0
       tunnel source GigabitEthernet0/0
       tunnel destination 100.1.1.77
      ip route 0.0.0.0 0.0.0.0 GigabitEthernet0/0
      ip route 10.1.1.0 255.255.255.0 Tunnel1
      """;

  @Test
  void aTunnelFollowsTheAddress() {
    Provider provider = Provider.withFarRouter(TUNNEL, FAR_TUNNEL);
    provider.comesUp(10);
    assertFalse(provider.ping(provider.lanHost(), FAR_LAN, 84, false).isAnswered());
    provider.give(SECOND);
    provider.terminate();
    provider.runFor(5);
    assertTrue(
        provider.ping(provider.lanHost(), FAR_LAN, 84, false).isAnswered(),
        () -> String.join("\n", provider.log()));
    assertEquals(0, provider.sentPackets().stream().filter(RenumberingTest::isReserved).count());
    assertTrue(provider.show("interfaces tunnel", false).contains("Tunnel source 100.1.1.77"));
  }

  /** While nothing is known of the address, nothing leaves by another way either. */
  @Test
  void aTunnelWithoutASourceIsDown() {
    Provider provider =
        new Provider(
            TUNNEL.replace("interface Dialer1\n", "interface Dialer1\n shutdown\n")
                + "ip route 200.1.1.1 255.255.255.255 10.1.1.1\n");
    provider.runFor(5);
    assertFalse(
        provider.router().isLineUp(dev.zuido.router.config.IosInterfaceName.parse("Tunnel1")));
    assertTrue(
        provider.show("interfaces tunnel", false).contains("its source Dialer1 has no address"),
        () -> provider.show("interfaces tunnel", false));
  }

  private static boolean isReserved(byte[] packet) {
    return Ipv4Fields.source(packet, 0) >>> 28 == 0xf;
  }

  @Test
  void ospfNeedsAFixedAddress() {
    String config =
        Provider.NEGOTIATED.replace(" ip mtu 1454\n", " ip ospf 1 area 0\n") + "router ospf 1\n";
    UnsupportedConfigurationException refusal =
        assertThrows(UnsupportedConfigurationException.class, () -> new Provider(config));
    assertTrue(
        String.valueOf(refusal.getMessage())
            .contains("OSPF needs an address that is not negotiated"));
  }

  @Test
  void sessionKeysNeedAFixedAddress() {
    String config =
        Provider.NEGOTIATED.replace(" ip mtu 1454\n", " ip mtu 1454\n crypto map M\n")
            + SUITE.replace("NEAR", "10.1.1.0").replace("DISTANT", "10.1.2.0")
            + """
            crypto map M 1 ipsec-manual
             set peer 200.1.1.1
             set session-key inbound esp 300 cipher 5ec2e7000102030405060708090a0b0c\
             authenticator 5ec2e7000102030405060708090a0b0c0d0e0f10
             set session-key outbound esp 301 cipher 5ec2e7100102030405060708090a0b0c\
             authenticator 5ec2e7100102030405060708090a0b0c0d0e0f10
             set transform-set T
             match address C
            """;
    UnsupportedConfigurationException refusal =
        assertThrows(UnsupportedConfigurationException.class, () -> new Provider(config));
    assertTrue(
        String.valueOf(refusal.getMessage())
            .contains("session keys need an address that is not negotiated"));
  }
}
