package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.esp.PolicyAction;
import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.ike.ChildConfig;
import dev.zuido.ike.EncapsulationMode;
import dev.zuido.ike.EspEncryption;
import dev.zuido.ike.EspIntegrity;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.ExtendedSequenceNumbers;
import dev.zuido.ike.NatTraversal;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.SaParameters;
import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.TrafficSelector;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dynamic maps: who may call, and the policies that callers bring. */
final class DynamicMapTest {
  private static final Ipv4Address LOCAL = Ipv4Address.of(100, 1, 1, 1);
  private static final Ipv4Address KNOWN = Ipv4Address.of(200, 1, 1, 1);
  private static final Ipv4Address CALLER = Ipv4Address.of(203, 0, 113, 7);
  private static final TrafficSelector OUR_LAN =
      TrafficSelector.subnet(Ipv4Prefix.parse("10.1.1.0/24"));

  private static final String TEXT =
      """
      crypto isakmp policy 1
       encryption aes
       authentication pre-share
       group 14
      crypto isakmp key any address 0.0.0.0 0.0.0.0
      crypto isakmp key net address 203.0.113.0 255.255.255.0
      crypto isakmp key host address 200.1.1.1
      crypto ipsec transform-set T esp-aes esp-sha256-hmac
      crypto dynamic-map D 10
       set transform-set T
       set pfs group14
       match address L
      crypto dynamic-map D 20
       set transform-set T
       set peer 198.51.100.9
       set security-association lifetime seconds 60
      crypto map M 1 ipsec-isakmp
       set peer 200.1.1.1
       set transform-set T
       match address S
      crypto map M 65535 ipsec-isakmp dynamic D
      interface Loopback0
       ip address 100.1.1.1 255.255.255.255
      ip access-list extended S
       permit ip 10.1.1.0 0.0.0.255 10.2.0.0 0.0.255.255
      ip access-list extended L
       permit ip 10.1.1.0 0.0.0.255 10.0.0.0 0.255.255.255
       permit tcp host 100.1.1.1 eq 179 any
      """;

  private final RouterConfig config = read(TEXT);
  private final SecurityAssociationDatabase associations = new SecurityAssociationDatabase(16);
  private final CryptoMapping mapping =
      new CryptoMapping(config, associations, address -> address == LOCAL.value());
  private final Map<Ipv4Address, List<ChildConfig>> fixed = new LinkedHashMap<>();
  private final CryptoPolicy policy =
      mapping.policy(config.cryptoMap("M").orElseThrow(), LOCAL, config.ipsecHandling(), fixed);
  private long nextId = 1;

  private static RouterConfig read(String text) {
    var report = IosReader.read(text);
    return Objects.requireNonNull(report.config(), report::render);
  }

  private List<String> names() {
    return policy.boundary().policies().policies().stream().map(SecurityPolicy::name).toList();
  }

  private SaParameters sa(
      Direction direction, Ipv4Address peer, String child, TrafficSelector remote) {
    return sa(direction, LOCAL, peer, child, OUR_LAN, remote);
  }

  private SaParameters sa(
      Direction direction,
      Ipv4Address our,
      Ipv4Address peer,
      String child,
      TrafficSelector local,
      TrafficSelector remote) {
    boolean inbound = direction == Direction.INBOUND;
    EspProposal suite = new EspProposal(EspEncryption.AES_CBC, 128, EspIntegrity.HMAC_SHA2_256_128);
    return new SaParameters(
        nextId++,
        direction,
        "template " + peer,
        "template",
        child,
        0x1000 + (int) nextId,
        inbound ? peer : our,
        inbound ? our : peer,
        EncapsulationMode.TUNNEL,
        suite,
        false,
        local,
        remote,
        null,
        null,
        3_600,
        0,
        null);
  }

  private static TrafficSelector subnet(String prefix) {
    return TrafficSelector.subnet(Ipv4Prefix.parse(prefix));
  }

  @Test
  void thereIsACallerForEachKeyAndNamedPeerThatIsNotKnown() {
    assertEquals(Set.of(KNOWN), fixed.keySet());
    List<PeerConfig> callers =
        mapping.callers(config.cryptoMap("M").orElseThrow(), LOCAL, fixed.keySet());
    Map<String, List<String>> children = new LinkedHashMap<>();
    for (PeerConfig caller : callers) {
      assertEquals(LOCAL, caller.localAddress());
      children.put(
          caller.remote().toString(), caller.children().stream().map(ChildConfig::name).toList());
    }
    List<String> anybody = List.of("M 65535 D 10 10", "M 65535 D 10 20");
    assertEquals(
        Map.of(
            "0.0.0.0/0",
            anybody,
            "203.0.113.0/24",
            anybody,
            "198.51.100.9/32",
            List.of("M 65535 D 10 10", "M 65535 D 10 20", "M 65535 D 20")),
        children);
    ChildConfig bounded = callers.get(0).children().get(0);
    assertEquals(OUR_LAN, bounded.local());
    assertEquals(subnet("10.0.0.0/8"), bounded.remote());
    assertEquals(14, Objects.requireNonNull(bounded.pfsGroup()).attributeValue());
    PeerConfig named =
        callers.stream().filter(c -> c.remote().length() == 32).findFirst().orElseThrow();
    ChildConfig anything = named.children().get(2);
    assertEquals(subnet("0.0.0.0/0"), anything.local());
    assertEquals(subnet("0.0.0.0/0"), anything.remote());
    assertEquals(60, anything.lifetimeSeconds());
  }

  @Test
  void theLongestPrefixGivesTheKeyOfACaller() {
    Map<String, String> keys = new LinkedHashMap<>();
    for (PeerConfig caller :
        mapping.callers(config.cryptoMap("M").orElseThrow(), LOCAL, fixed.keySet())) {
      keys.put(
          caller.remote().toString(),
          new String(caller.preSharedKey().toArray(), StandardCharsets.UTF_8));
    }
    assertEquals(
        Map.of("0.0.0.0/0", "any", "203.0.113.0/24", "net", "198.51.100.9/32", "any"), keys);
  }

  @Test
  void aSingleHostIsNarrowedDownInTransportMode() {
    RouterConfig one =
        read(
            TEXT.replace("key any address 0.0.0.0 0.0.0.0", "key one address 203.0.113.7")
                .replace("esp-sha256-hmac\n", "esp-sha256-hmac\n mode transport\n")
                .replace("set peer 198.51.100.9", "set peer 200.1.1.1"));
    ChildConfig child =
        new CryptoMapping(one, associations, each -> true)
            .callers(one.cryptoMap("M").orElseThrow(), LOCAL, Set.of(KNOWN)).stream()
                .filter(each -> each.remote().length() == 32)
                .findFirst()
                .orElseThrow()
                .children()
                .get(1);
    assertEquals("100.1.1.1 tcp port 179", child.local().toString());
    assertEquals("203.0.113.7 tcp", child.remote().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', true, false, 20",
    "crypto ipsec nat-transparency force, true, true, 20",
    "crypto isakmp nat keepalive 60, true, false, 60",
    "no crypto isakmp nat keepalive, true, false, 0",
    "no crypto ipsec nat-transparency udp-encapsulation, false, false, 0",
  })
  void natTransparencyReachesEveryPeer(String line, boolean enabled, boolean forced, int seconds) {
    RouterConfig with = read(line + "\n" + TEXT);
    CryptoMapping crypto = new CryptoMapping(with, associations, each -> true);
    List<PeerConfig> peers =
        new ArrayList<>(crypto.callers(with.cryptoMap("M").orElseThrow(), LOCAL, Set.of(KNOWN)));
    peers.add(new PeerMapping(with, CertificateFiles.NONE).peer(LOCAL, KNOWN, List.of()));
    for (PeerConfig peer : peers) {
      assertEquals(new NatTraversal(enabled, forced, seconds), peer.natTraversal());
    }
  }

  @ParameterizedTest
  @CsvSource({"hostname r, NONE", "crypto ipsec security-association esn, ALLOWED"})
  void everyChildMayHaveExtendedSequenceNumbers(String line, ExtendedSequenceNumbers choice) {
    RouterConfig with = read(line + "\n" + TEXT);
    CryptoMapping crypto = new CryptoMapping(with, associations, each -> true);
    for (PeerConfig peer : crypto.callers(with.cryptoMap("M").orElseThrow(), LOCAL, Set.of())) {
      assertFalse(peer.children().isEmpty());
      peer.children().forEach(each -> assertEquals(choice, each.extendedSequenceNumbers()));
    }
  }

  @Test
  void whatNobodyHasNegotiatedIsProtectedAndNobodyIsCalled() {
    assertEquals(
        List.of(
            "ike 200.1.1.1 500",
            "ike 200.1.1.1 4500",
            "ike any 500",
            "ike any 4500",
            "M 1 10",
            "M 65535 D 10 10",
            "M 65535 D 10 20"),
        names());
    SecurityPolicy waiting = policy.boundary().policies().policies().get(5);
    assertEquals(PolicyAction.PROTECT, waiting.action());
    assertEquals(Set.of("M 1 10"), policy.children().keySet());
  }

  @Test
  void aCallersPolicyComesWithItsFirstSaAndGoesWithItsLast() {
    SaParameters in = sa(Direction.INBOUND, CALLER, "M 65535 D 10 10", subnet("10.9.0.0/16"));
    SaParameters out = sa(Direction.OUTBOUND, CALLER, "M 65535 D 10 10", subnet("10.9.0.0/16"));
    SecurityPolicy made = Objects.requireNonNull(policy.policyFor(in));
    assertEquals("10.1.1.0-10.1.1.255 -> 10.9.0.0-10.9.255.255 ip", made.selector().toString());
    assertEquals(PolicyAction.PROTECT, made.action());
    assertSame(made, policy.policyFor(out));
    assertSame(made, policy.policyFor(out), "asking twice holds once");
    assertEquals(made.name(), names().get(5), "before the rule that allowed it");
    policy.released(in.id());
    assertEquals(made.name(), names().get(5));
    policy.released(out.id());
    assertEquals(7, names().size());
    policy.released(out.id());
    assertEquals(7, names().size());
  }

  @Test
  void aRangeIsNotRoundedToAPrefix() {
    TrafficSelector range =
        TrafficSelector.range(Ipv4Address.of(10, 9, 0, 5), Ipv4Address.of(10, 9, 1, 17));
    SaParameters in = sa(Direction.INBOUND, CALLER, "M 65535 D 10 10", range);
    SecurityPolicy made = Objects.requireNonNull(policy.policyFor(in));
    assertEquals("10.1.1.0-10.1.1.255 -> 10.9.0.5-10.9.1.17 ip", made.selector().toString());
    TrafficSelector beyond =
        TrafficSelector.range(Ipv4Address.of(10, 255, 255, 255), Ipv4Address.of(11, 0, 0, 0));
    assertNull(policy.policyFor(sa(Direction.INBOUND, CALLER, "M 65535 D 10 10", beyond)));
  }

  @Test
  void theNewestOfTwoCallersGetsTheTraffic() {
    SaParameters first = sa(Direction.OUTBOUND, CALLER, "M 65535 D 10 10", subnet("10.9.0.0/16"));
    SaParameters second =
        sa(
            Direction.OUTBOUND,
            Ipv4Address.of(203, 0, 113, 8),
            "M 65535 D 10 10",
            subnet("10.9.0.0/16"));
    SecurityPolicy older = Objects.requireNonNull(policy.policyFor(first));
    SecurityPolicy newer = Objects.requireNonNull(policy.policyFor(second));
    assertEquals(List.of(newer.name(), older.name()), names().subList(5, 7));
    // A rekeying by the older one does not put it in front again.
    policy.policyFor(sa(Direction.OUTBOUND, CALLER, "M 65535 D 10 10", subnet("10.9.0.0/16")));
    assertEquals(List.of(newer.name(), older.name()), names().subList(5, 7));
  }

  @ParameterizedTest
  @CsvSource({
    "M 65535 D 10 10, 10.1.1.0/24, 11.0.0.0/8, 0, 0",
    "M 65535 D 10 10, 10.1.1.0/24, 0.0.0.0/0, 0, 0",
    "M 65535 D 10 10, 10.1.0.0/16, 10.9.0.0/16, 0, 0",
    "M 65535 D 10 20, 100.1.1.1/32, 10.9.0.0/16, 17, 179",
    "M 65535 D 10 20, 100.1.1.1/32, 10.9.0.0/16, 6, 180",
    "M 65535 D 10 20, 100.1.1.1/32, 10.9.0.0/16, 6, 0",
    "M 65535 D 10 20, 100.1.1.1/32, 10.9.0.0/16, 0, 0",
    "M 65535 D 20, 100.1.1.1/32, 10.9.0.0/16, 47, 5",
    "M 1 10, 10.1.1.0/24, 10.2.0.0/16, 0, 0",
    "nothing, 10.1.1.0/24, 10.9.0.0/16, 0, 0",
  })
  void whatIsNotWithinTheBoundsGetsNoPolicy(
      String child, String local, String remote, int protocol, int port) {
    SaParameters sa =
        sa(
            Direction.INBOUND,
            LOCAL,
            CALLER,
            child,
            new TrafficSelector(Ipv4Prefix.parse(local), protocol, port),
            new TrafficSelector(Ipv4Prefix.parse(remote), protocol, 0));
    assertNull(policy.policyFor(sa));
    assertEquals(7, names().size());
  }

  @Test
  void portsAndProtocolsAreNarrowedToo() {
    SaParameters sa =
        sa(
            Direction.INBOUND,
            LOCAL,
            CALLER,
            "M 65535 D 10 20",
            new TrafficSelector(Ipv4Prefix.host(LOCAL), 6, 179),
            new TrafficSelector(Ipv4Prefix.host(CALLER), 6, 0));
    SecurityPolicy made = Objects.requireNonNull(policy.policyFor(sa));
    assertEquals("100.1.1.1:179 -> 203.0.113.7 tcp", made.selector().toString());
    assertEquals(6, names().indexOf(made.name()), "behind the first rule");
  }

  @Test
  void anSaOfAnotherInterfaceIsNotOurs() {
    Ipv4Address other = Ipv4Address.of(100, 1, 1, 2);
    assertNull(
        policy.policyFor(
            sa(
                Direction.INBOUND,
                other,
                CALLER,
                "M 65535 D 10 10",
                OUR_LAN,
                subnet("10.9.0.0/16"))));
  }

  @Test
  void thereIsAMostOfPolicies() {
    long last = 0;
    for (int i = 0; i < NegotiatedPolicies.MAX_POLICIES; i++) {
      TrafficSelector remote = TrafficSelector.host(new Ipv4Address(0x0a000000 + i), 0);
      SaParameters sa = sa(Direction.OUTBOUND, CALLER, "M 65535 D 10 10", remote);
      last = sa.id();
      assertNotNull(policy.policyFor(sa));
    }
    SaParameters more = sa(Direction.OUTBOUND, CALLER, "M 65535 D 10 10", subnet("10.9.0.0/16"));
    assertNull(policy.policyFor(more));
    assertEquals(1, policy.limitHits());
    policy.released(last);
    assertNotNull(policy.policyFor(more));
  }

  @Test
  void aDenyStandsBeforeTheCallersOfTheRulesBehindIt() {
    RouterConfig denying =
        read(
            TEXT.replace("crypto dynamic-map D 20", "crypto dynamic-map E 20")
                .replace("extended L\n", "extended L\n deny ip any 10.8.0.0 0.0.255.255\n"));
    CryptoPolicy other =
        new CryptoMapping(denying, associations, address -> true)
            .policy(
                denying.cryptoMap("M").orElseThrow(),
                LOCAL,
                denying.ipsecHandling(),
                new LinkedHashMap<>());
    SecurityPolicy made =
        other.policyFor(sa(Direction.INBOUND, CALLER, "M 65535 D 10 20", subnet("10.0.0.0/8")));
    List<SecurityPolicy> all = other.boundary().policies().policies();
    assertEquals(PolicyAction.BYPASS, all.get(5).action());
    assertEquals("M 65535 D 10 10", all.get(5).name());
    assertSame(made, all.get(6));
    assertTrue(all.get(7).name().equals("M 65535 D 10 20"));
  }
}
