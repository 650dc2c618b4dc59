package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.testkit.Ping;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.EthernetFields;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Dialer interface and its PPPoE session: dialled, ended, dialled again. */
class DialTest {
  private static Provider up(String config) {
    return up(new Provider(config));
  }

  private static Provider up(Provider provider) {
    assertTrue(provider.comesUp(10), () -> String.join("\n", provider.log()));
    return provider;
  }

  private static DialerStatus status(Provider provider) {
    return provider.router().dialers(provider.network().nowNanos()).get(0);
  }

  @Test
  void itDialsAndIsPinged() {
    Provider provider = up(Provider.FIXED);
    assertTrue(provider.pingRouter(Provider.OURS));
    assertTrue(provider.ping(provider.farHost(), Provider.LAN_HOST, 84, false).isDone());
    for (String line :
        List.of(
            "%DIALER-6-BIND: Interface GigabitEthernet0/0 bound to profile Dialer1: PPPoE session ",
            "%PPP-6-LCPUP: Dialer1: LCP is open, MRU 1492 here and 1492 at the peer, we prove"
                + " ourselves by CHAP",
            "%PPP-6-AUTHOK: Dialer1: the peer accepts user 'user@example.net'",
            "%PPP-6-IPCPUP: Dialer1: IPCP is open, address 100.1.1.1, peer 203.0.113.1, packets of"
                + " 1492 bytes",
            "%LINEPROTO-5-UPDOWN: Line protocol on Interface Dialer1, changed state to up: the"
                + " session carries IPv4")) {
      assertEquals(1, provider.log(line).size(), () -> String.join("\n", provider.log()));
    }
    assertEquals(Provider.GATEWAY, status(provider).peer());
    assertEquals(1454, status(provider).mtu());
  }

  @Test
  void thePeerHasARouteWhileThereIsASession() {
    Provider provider = up(Provider.FIXED);
    assertTrue(provider.show("ip route", false).contains("203.0.113.1/32"));
    provider.terminate();
    provider
        .network()
        .runUntil(() -> !provider.isUp(), provider.network().nowNanos() + 1_000_000_000L);
    assertFalse(provider.show("ip route", false).contains("203.0.113.1/32"));
    assertFalse(provider.show("ip route", false).contains("0.0.0.0/0"));
  }

  @Test
  void aWrongPasswordIsNamedAndNothingLeaves() {
    Provider provider = new Provider(Provider.FIXED, "another", 1492, 1492);
    for (int i = 0; i < 10; i++) {
      provider.runFor(60);
      provider.ping(provider.lanHost(), Provider.FAR, 84, false);
      assertFalse(provider.isUp());
    }
    List<String> refusals = provider.log("%PPP-4-AUTHFAIL");
    assertTrue(
        refusals
            .get(0)
            .matches(
                ".*the peer refuses the proof of user 'user@example.net': \".+\"; next attempt in"
                    + " 1[0-9]\\.[0-9] s"),
        refusals::toString);
    assertTrue(refusals.size() >= 5 && refusals.size() <= 20, refusals::toString);
    assertEquals(List.of(), provider.sentPackets());
    assertEquals(0, provider.farHost().errors().size());
  }

  @Test
  void aSessionThatTheConcentratorEndsIsDialledAgain() {
    Provider provider = up(Provider.FIXED);
    provider.runFor(40);
    provider.terminate();
    provider.runFor(5);
    assertEquals(1, provider.log("changed state to down").size());
    assertTrue(provider.isUp(), () -> String.join("\n", provider.log()));
    assertTrue(provider.pingRouter(Provider.OURS));
  }

  @Test
  void aPeerThatIsSilentIsFoundByItsEchoes() {
    Provider provider = up(Provider.FIXED);
    provider.runFor(40);
    provider.forget();
    provider.runFor(75);
    assertEquals(
        1, provider.log("%PPP-4-PEERDEAD").size(), () -> String.join("\n", provider.log()));
    assertTrue(
        provider.log("%PPP-4-PEERDEAD").get(0).contains("the peer answers no LCP echoes"),
        () -> String.join("\n", provider.log()));
    assertTrue(provider.comesUp(10));
    assertTrue(provider.pingRouter(Provider.OURS));
  }

  @Test
  void withoutAnOfferItSaysSoAndTriesAgain() {
    Provider provider = new Provider(Provider.FIXED);
    provider.line().cut();
    provider.runFor(40);
    assertTrue(
        provider
            .log("%PPPOE-4-NOOFFER")
            .get(0)
            .contains("no access concentrator has made an offer"),
        () -> String.join("\n", provider.log()));
    assertTrue(provider.log("%PPPOE-4-NOOFFER").get(0).contains("; next attempt in "));
    provider.line().restore();
    assertTrue(provider.comesUp(90));
  }

  /** The MRU of the concentrator, the largest payload of the Ethernet, and what is right then. */
  @ParameterizedTest
  @CsvSource({"1454, 1492, 1454", "1492, 1492, 1492", "1500, 1500, 1500"})
  void packetsAreAsLongAsTheSessionCarries(int mru, int payload, int mtu) {
    String config =
        Provider.FIXED
            .replace(" ip mtu 1454\n", "")
            .replace(
                " pppoe-client dial-pool-number 1\n",
                " pppoe-client dial-pool-number 1\n"
                    + (payload > 1492 ? " pppoe-client ppp-max-payload 1500\n" : ""));
    Provider provider = up(new Provider(config, Provider.SECRET, mru, payload));
    assertEquals(mtu, status(provider).mtu());
    Ping fits = provider.ping(provider.lanHost(), Provider.FAR, mtu, true);
    assertTrue(fits.isDone());
    assertEquals(mtu, provider.sentPackets().get(provider.sentPackets().size() - 1).length);
    if (mtu < 1500) {
      int before = provider.sentPackets().size();
      provider.ping(provider.lanHost(), Provider.FAR, mtu + 1, true);
      assertEquals(before, provider.sentPackets().size());
      assertEquals(mtu, provider.lanHost().pathMtu(Provider.FAR));
    }
    provider.ping(provider.lanHost(), Provider.FAR, 1500, false);
    assertTrue(provider.sentPackets().stream().allMatch(packet -> packet.length <= mtu));
  }

  @Test
  void theNegotiatedAddressIsThere() {
    Provider provider = new Provider(Provider.NEGOTIATED);
    provider.runFor(0);
    assertNull(status(provider).address());
    up(provider);
    assertEquals(Provider.OURS, status(provider).address());
    assertEquals(List.of(Provider.NAME_SERVER), status(provider).nameServers());
    assertTrue(provider.show("ip route", false).contains("100.1.1.1/32"));
    assertTrue(provider.show("interfaces Dialer1", false).contains("100.1.1.1/32"));
    assertTrue(provider.pingRouter(Provider.OURS));
  }

  @Test
  void anotherNegotiatedAddressReplacesTheOneBefore() {
    Provider provider = up(Provider.NEGOTIATED);
    Ipv4Address second = Ipv4Address.parse("100.1.1.77");
    provider.give(second);
    provider.terminate();
    provider
        .network()
        .runUntil(() -> !provider.isUp(), provider.network().nowNanos() + 1_000_000_000L);
    assertNull(status(provider).address());
    up(provider);
    assertEquals(second, status(provider).address());
    assertTrue(provider.pingRouter(second));
    assertFalse(provider.show("ip route", false).contains("100.1.1.1/32"));
    assertFalse(provider.pingRouter(Provider.OURS));
  }

  @Test
  void aFixedAddressThatThePeerDoesNotGrantIsNoAgreement() {
    Provider provider = new Provider(Provider.FIXED);
    provider.give(Ipv4Address.parse("100.1.1.77"));
    provider.runFor(120);
    assertFalse(provider.isUp());
    assertFalse(provider.log("%PPP-4-").isEmpty(), () -> String.join("\n", provider.log()));
    assertEquals(List.of(), provider.sentPackets());
  }

  private static final String ON_DEMAND =
      Provider.FIXED
          .replace("dial-pool-number 1", "dial-pool-number 1 dial-on-demand")
          .replace(" dialer-group 1", " dialer-group 1\n dialer idle-timeout 60");

  @Test
  void trafficRaisesALineOnDemandAndSilenceEndsIt() {
    Provider provider = new Provider(ON_DEMAND);
    provider.runFor(120);
    assertTrue(provider.isUp(), "spoofing");
    assertEquals(List.of(), provider.sent(EthernetFields.TYPE_PPPOE_DISCOVERY));
    assertTrue(
        provider.show("interfaces Dialer1", false).contains("line protocol is up (spoofing)"));
    provider.ping(provider.lanHost(), Provider.FAR, 84, false);
    assertEquals(List.of(), provider.sentPackets(), "the first packet only raises the line");
    assertTrue(status(provider).carriesIpv4());
    Ping second = provider.ping(provider.lanHost(), Provider.FAR, 84, false);
    assertTrue(second.isDone());
    assertEquals(1, provider.sentPackets().size());
    provider.runFor(50);
    assertTrue(status(provider).carriesIpv4());
    provider.runFor(20);
    assertFalse(status(provider).carriesIpv4());
    assertEquals(1, provider.log("%DIALER-6-IDLE").size());
    assertTrue(provider.isUp(), "spoofing");
    provider.runFor(600);
    assertEquals(0, provider.concentrator().concentrator().sessions());
    assertEquals(1, status(provider).session().attempts());
  }

  @Test
  void aShortIdleTimeDoesNotEndACallThatIsNotUpYet() {
    Provider provider = new Provider(ON_DEMAND.replace("idle-timeout 60", "idle-timeout 5"));
    provider.line().cut();
    provider.ping(provider.lanHost(), Provider.FAR, 84, false);
    provider.runFor(20);
    assertEquals(List.of(), provider.log("%DIALER-6-IDLE"));
    provider.runFor(15);
    assertEquals(1, provider.log("%DIALER-6-IDLE").size(), "nor does it last for ever");
  }

  @Test
  void onlyInterestingPacketsRaiseTheLine() {
    String config =
        ON_DEMAND.replace(
            "dialer-list 1 protocol ip permit",
            "dialer-list 1 protocol ip list 101\n"
                + "access-list 101 permit ip any host 200.1.1.9");
    Provider provider = new Provider(config);
    provider.ping(provider.lanHost(), Provider.FAR, 84, false);
    assertEquals(0, status(provider).session().attempts());
    provider.ping(provider.lanHost(), Ipv4Address.parse("200.1.1.9"), 84, false);
    assertEquals(1, status(provider).session().attempts());
    assertEquals(List.of(), provider.sentPackets());
  }

  @Test
  void aPersistentDialerDialsAtOnceAndGivesUpAfterItsAttempts() {
    Provider provider =
        new Provider(
            ON_DEMAND.replace(
                " dialer-group 1", " dialer-group 1\n dialer persistent max-attempts 3"),
            "another",
            1492,
            1492);
    provider.runFor(1800);
    assertEquals(3, status(provider).session().attempts());
    assertEquals(1, provider.log("that was the last of its attempts").size());
    assertEquals("The session of Dialer1 is ended.\n", provider.clear("clear interface dialer 1"));
    provider.runFor(1);
    assertEquals(4, status(provider).session().attempts());
  }

  @Test
  void clearEndsTheSessionAndItIsDialledAgain() {
    for (String words : List.of("clear pppoe all", "clear interface Dialer1")) {
      Provider provider = up(Provider.FIXED);
      provider.clear(words);
      provider
          .network()
          .runUntil(() -> !provider.isUp(), provider.network().nowNanos() + 1_000_000_000L);
      assertFalse(provider.isUp());
      assertTrue(provider.comesUp(20), () -> String.join("\n", provider.log()));
      assertEquals(2, status(provider).session().sessions());
    }
  }

  @Test
  void whatClearDoesNotUnderstandIsNamed() {
    Provider provider = new Provider(Provider.FIXED);
    assertEquals(
        "'clear' is incomplete: expected one of interface, ip, pppoe", provider.clear("clear"));
    assertEquals("'i' is ambiguous after 'clear': interface, ip", provider.clear("clear i"));
    assertEquals(
        "'clear interface' is incomplete: expected Dialer1", provider.clear("clear interface"));
    assertEquals(
        "'Dialer2' is not understood after 'clear interface': expected Dialer1",
        provider.clear("clear interface Dialer2"));
    assertEquals(
        "'x' is too much: 'clear pppoe all' is complete", provider.clear("clear pppoe all x"));
  }

  @Test
  void onShutdownTheConcentratorIsTold() {
    Provider provider = up(Provider.FIXED);
    int before = provider.sent(EthernetFields.TYPE_PPPOE_DISCOVERY).size();
    provider.router().shutdown(provider.network().nowNanos());
    List<byte[]> last = provider.sent(EthernetFields.TYPE_PPPOE_DISCOVERY);
    assertEquals(before + 1, last.size());
    assertEquals(0xa7, last.get(before)[15] & 0xff, "PADT");
    assertFalse(provider.log("O LCP TERMREQ").isEmpty());
    provider.runFor(1);
    assertEquals(0, provider.concentrator().concentrator().sessions());
  }

  @Test
  void aShutDownInterfaceDoesNotDial() {
    for (String which : List.of("interface GigabitEthernet0/0\n", "interface Dialer1\n")) {
      Provider provider = new Provider(Provider.FIXED.replace(which, which + " shutdown\n"));
      provider.runFor(60);
      assertFalse(provider.isUp());
      assertEquals(List.of(), provider.sent(EthernetFields.TYPE_PPPOE_DISCOVERY));
    }
  }

  @Test
  void anEthernetForAnInterfaceWithoutPppoeIsRefused() {
    RouterConfig config =
        Objects.requireNonNull(
            IosReader.read("interface GigabitEthernet0/0\n no ip address").config());
    VirtualNetwork network = new VirtualNetwork(1);
    EthernetLine ethernet =
        new EthernetLine(network.link("line", 1514).a(), MacAddress.parse("02:00:00:00:00:0a"));
    RouterEnvironment environment =
        new RouterEnvironment(network.secureRandom("a"), network.random("a"), event -> {}, null);
    RouterPorts ports =
        RouterPorts.alone(Map.of())
            .withEthernets(Map.of(config.interfaces().get(0).name(), ethernet));
    UnsupportedConfigurationException refusal =
        org.junit.jupiter.api.Assertions.assertThrows(
            UnsupportedConfigurationException.class,
            () -> Router.create(config, ports, environment));
    assertTrue(String.valueOf(refusal.getMessage()).contains("it has no 'pppoe enable'"));
  }

  @Test
  void theSecretIsNowhere() {
    Provider wrong = new Provider(Provider.FIXED, "another", 1492, 1492);
    wrong.runFor(60);
    Provider right = up(Provider.FIXED);
    for (Provider provider : List.of(wrong, right)) {
      StringBuilder all = new StringBuilder(String.join("\n", provider.log()));
      for (String words :
          List.of("pppoe session", "ppp", "ppp all", "dialer", "interfaces", "counters")) {
        all.append(provider.show(words, false)).append(provider.show(words, true));
      }
      all.append(status(provider));
      assertNotEquals(-1, all.indexOf("CHAP RESPONSE"));
      assertEquals(-1, all.indexOf(Provider.SECRET), all::toString);
    }
  }
}
