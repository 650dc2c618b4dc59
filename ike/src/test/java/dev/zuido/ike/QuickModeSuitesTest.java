package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every suite of phase 2 between two engines: both sides have the same keys, of the right size. */
class QuickModeSuitesTest {
  private static final EspProposal AES =
      new EspProposal(EspEncryption.AES_CBC, 128, EspIntegrity.HMAC_SHA2_256_128);
  private static final AhProposal AH = new AhProposal(AhIntegrity.HMAC_SHA1_96);

  /** Every suite that there is: what the constructor refuses is none. */
  static List<EspProposal> suites() {
    List<EspProposal> suites = new ArrayList<>();
    for (EspEncryption encryption : EspEncryption.values()) {
      for (int bits : new int[] {0, 128, 192, 256}) {
        for (EspIntegrity integrity : EspIntegrity.values()) {
          try {
            suites.add(new EspProposal(encryption, bits, integrity));
          } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
          }
        }
      }
    }
    return suites;
  }

  static Stream<Arguments> suitesAndModes() {
    return suites().stream()
        .flatMap(
            suite -> Stream.of(EncapsulationMode.values()).map(mode -> Arguments.of(suite, mode)));
  }

  @Test
  void thereAreSoManySuites() {
    assertEquals(9 * 6 + 7 * 3, suites().size());
    assertEquals(suites().size(), suites().stream().map(Object::toString).distinct().count());
  }

  static IkeConfig config(boolean atA, IpsecProposal suite, EncapsulationMode mode) {
    return Site.config(
        atA,
        peer -> {
          ChildConfig child = peer.children().get(0);
          return HandshakeTest.withChild(
              peer,
              ChildConfig.of(child.name(), child.local(), child.remote(), mode, List.of(suite)));
        });
  }

  private static Pair established(IkeConfig atA, IkeConfig atB) {
    Pair pair = new Pair(1, atA, atB);
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable(), () -> pair.a.lastFailure() + " / " + pair.b.lastFailure());
    assertEquals(pair.a.keys(Direction.OUTBOUND), pair.b.keys(Direction.INBOUND));
    assertEquals(pair.b.keys(Direction.OUTBOUND), pair.a.keys(Direction.INBOUND));
    assertNotEquals(pair.a.keys(Direction.OUTBOUND), pair.a.keys(Direction.INBOUND));
    return pair;
  }

  private static Pair established(IpsecProposal suite, EncapsulationMode mode) {
    return established(config(true, suite, mode), config(false, suite, mode));
  }

  /** The lengths as the RFCs have them: 2405, 2451, 3602, 3686, 4106, 4309, 4543. */
  private static int encryptionBytes(EspProposal suite) {
    int key = suite.keyBits() / 8;
    return switch (suite.encryption().transformId()) {
      case 2 -> 8;
      case 3 -> 24;
      case 11 -> 0;
      case 12 -> key;
      case 13, 18, 19, 20, 23 -> key + 4;
      case 14, 15, 16 -> key + 3;
      default -> throw new AssertionError(suite);
    };
  }

  /** RFC 2403, 2404, 4868, 3566. */
  private static int integrityBytes(int authenticationAlgorithm) {
    return switch (authenticationAlgorithm) {
      case 0 -> 0;
      case 1, 9 -> 16;
      case 2 -> 20;
      case 5 -> 32;
      case 6 -> 48;
      case 7 -> 64;
      case 11 -> 16 + 4;
      case 12 -> 24 + 4;
      case 13 -> 32 + 4;
      default -> throw new AssertionError(authenticationAlgorithm);
    };
  }

  private static void assertKeyLengths(Site site, int encryption, int integrity) {
    for (Site.Installed each : site.installed.values()) {
      assertEquals(
          2 * encryption + 1 + 2 * integrity,
          each.keys().length(),
          () -> each.sa().suite() + " " + each.keys());
      assertEquals(2 * encryption, each.keys().indexOf('/'));
      assertFalse(each.keys().matches("[0/]+"), "there are keys");
    }
    assertEquals(2, site.installed.size());
  }

  @ParameterizedTest
  @MethodSource("suitesAndModes")
  void bothSidesHaveTheSameKeysOfEsp(EspProposal suite, EncapsulationMode mode) {
    Pair pair = established(suite, mode);
    for (Site site : List.of(pair.a, pair.b)) {
      assertKeyLengths(
          site, encryptionBytes(suite), integrityBytes(suite.integrity().attributeValue()));
      for (Site.Installed each : site.installed.values()) {
        assertEquals(suite, each.sa().suite());
        assertEquals(ProtocolId.ESP, each.sa().protocolId());
        assertEquals(mode, each.sa().mode());
        assertFalse(each.sa().extendedSequenceNumbers());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(AhIntegrity.class)
  void bothSidesHaveTheSameKeysOfAh(AhIntegrity integrity) {
    for (EncapsulationMode mode : EncapsulationMode.values()) {
      Pair pair = established(new AhProposal(integrity), mode);
      assertKeyLengths(pair.a, 0, integrityBytes(integrity.attributeValue()));
      assertKeyLengths(pair.b, 0, integrityBytes(integrity.attributeValue()));
      assertEquals(ProtocolId.AH, pair.b.sas(Direction.INBOUND).get(0).protocolId());
      assertEquals(new AhProposal(integrity), pair.b.pairs().get(0).suite());
    }
  }

  @Test
  void anAhPairIsDeletedByItsName() {
    Pair pair = established(AH, EncapsulationMode.TRANSPORT);
    pair.a.command(new IkeCommand.Terminate("peer", "gre"), pair.now);
    pair.run(Pair.SECOND);
    assertTrue(pair.b.installed.isEmpty());
    assertTrue(pair.b.trace().toString().contains("D PROTO_IPSEC_AH"), pair.b.trace()::toString);
  }

  @ParameterizedTest
  @EnumSource(DhGroup.class)
  void perfectForwardSecrecyWithEachGroup(DhGroup group) {
    Pair pair =
        established(
            Site.config(true, p -> HandshakeTest.withPfs(p, group, AES)),
            Site.config(false, p -> HandshakeTest.withPfs(p, group, AES)));
    assertTrue(pair.a.trace().get(6).contains("KE"), pair.a.trace()::toString);
  }

  @Test
  void whoHasNoPfsAcceptsThePeersGroup() {
    Pair pair =
        established(
            Site.config(true, p -> HandshakeTest.withPfs(p, DhGroup.MODP_2048, AES)),
            config(false, AES, EncapsulationMode.TRANSPORT));
    assertTrue(pair.a.trace().get(7).contains("KE"), pair.a.trace()::toString);
  }

  @ParameterizedTest
  @EnumSource(ExtendedSequenceNumbers.class)
  void extendedSequenceNumbersAreAsBothWantThem(ExtendedSequenceNumbers atA) {
    for (ExtendedSequenceNumbers atB : ExtendedSequenceNumbers.values()) {
      Pair pair = new Pair(1, withSequence(true, atA), withSequence(false, atB));
      pair.a.initiate(0);
      pair.run(Pair.SECOND);
      boolean both = atA != ExtendedSequenceNumbers.NONE && atB != ExtendedSequenceNumbers.NONE;
      boolean required =
          atA == ExtendedSequenceNumbers.REQUIRED || atB == ExtendedSequenceNumbers.REQUIRED;
      String text = atA + " and " + atB;
      assertEquals(both || !required, pair.usable(), text);
      for (Site site : List.of(pair.a, pair.b)) {
        for (Site.Installed each : site.installed.values()) {
          assertEquals(both, each.sa().extendedSequenceNumbers(), text);
        }
      }
      if (!pair.usable()) {
        String reason = pair.b.lastFailure();
        assertTrue(reason.contains("Extended (64-bit) Sequence Number"), reason);
        assertTrue(pair.a.installed.isEmpty() && pair.b.installed.isEmpty());
      }
    }
  }

  private static IkeConfig withSequence(boolean atA, ExtendedSequenceNumbers choice) {
    return Site.config(
        atA,
        peer ->
            HandshakeTest.withChild(
                peer, peer.children().get(0).withExtendedSequenceNumbers(choice)));
  }

  private static IkeConfig withSelectors(
      boolean atA, TrafficSelector ofA, TrafficSelector ofB, List<IpsecProposal> suites) {
    return Site.config(
        atA,
        peer ->
            HandshakeTest.withChild(
                peer,
                ChildConfig.of(
                    "gre", atA ? ofA : ofB, atA ? ofB : ofA, EncapsulationMode.TUNNEL, suites)));
  }

  static Stream<Arguments> selectors() {
    TrafficSelector range =
        TrafficSelector.range(Ipv4Address.of(10, 1, 1, 5), Ipv4Address.of(10, 1, 2, 9));
    TrafficSelector one = new TrafficSelector(Ipv4Prefix.parse("10.2.0.0/16"), IpProtocol.TCP, 0);
    TrafficSelector six =
        TrafficSelector.subnet(new Ipv6Prefix(Ipv6Address.parse("2001:db8:1::"), 48));
    TrafficSelector sixRange =
        new TrafficSelector(
            Ipv6Address.parse("2001:db8:2::1"),
            Ipv6Address.parse("2001:db8:2::1:7"),
            IpProtocol.UDP,
            0);
    return Stream.of(
        Arguments.of(range, one, "ID 10.1.1.5-10.1.2.9"),
        Arguments.of(
            new TrafficSelector(range.first(), range.last(), IpProtocol.UDP, 1701),
            new TrafficSelector(Ipv4Prefix.parse("10.2.0.1/32"), IpProtocol.UDP, 1701),
            "ID 10.1.1.5-10.1.2.9 udp port 1701"),
        Arguments.of(six, sixRange, "ID 2001:db8:2::1-2001:db8:2::1:7 udp"),
        Arguments.of(
            TrafficSelector.host(Ipv6Address.parse("2001:db8::1"), IpProtocol.GRE),
            six,
            "ID 2001:db8::1 gre"));
  }

  @ParameterizedTest
  @MethodSource("selectors")
  void rangesPortsAndIpv6(TrafficSelector ofA, TrafficSelector ofB, String inTheTrace) {
    Pair pair =
        established(
            withSelectors(true, ofA, ofB, List.of(AES)),
            withSelectors(false, ofA, ofB, List.of(AES)));
    assertTrue(pair.a.trace().toString().contains(inTheTrace), pair.a.trace()::toString);
    for (Site.Installed each : pair.b.installed.values()) {
      assertEquals(ofB, each.sa().local());
      assertEquals(ofA, each.sa().remote());
    }
  }

  /** Alternatives of both protocols: what the responder likes best of them is chosen. */
  @Test
  void espOrAhAreAlternatives() {
    TrafficSelector a = TrafficSelector.host(Site.A, 0);
    TrafficSelector b = TrafficSelector.host(Site.B, 0);
    EspProposal other = new EspProposal(EspEncryption.AES_GCM_16, 256, EspIntegrity.NONE);
    for (List<IpsecProposal> atB :
        List.<List<IpsecProposal>>of(List.of(AH, AES), List.of(AES), List.of(other, AH))) {
      Pair pair =
          established(
              withSelectors(true, a, b, List.of(AES, AH, other)), withSelectors(false, a, b, atB));
      assertEquals(atB.get(0), pair.a.pairs().get(0).suite());
      assertEquals(atB.get(0), pair.b.pairs().get(0).suite());
    }
  }

  @Test
  void ipv6PeersWithIpv6Selectors() {
    Ipv6Address a = Ipv6Address.parse("2001:db8::a");
    Ipv6Address b = Ipv6Address.parse("2001:db8::b");
    for (IpsecProposal suite : List.of(AES, AH)) {
      Site atA = new Site("a", IkeConfig.of(List.of(six(a, b, suite))), 1);
      Site atB = new Site("b", IkeConfig.of(List.of(six(b, a, suite))), 2);
      atA.initiate(0);
      while (!atA.sent.isEmpty() || !atB.sent.isEmpty()) {
        List<Site.Datagram> fromA = List.copyOf(atA.sent);
        List<Site.Datagram> fromB = List.copyOf(atB.sent);
        atA.sent.clear();
        atB.sent.clear();
        fromA.forEach(datagram -> atB.receive(datagram, 0));
        fromB.forEach(datagram -> atA.receive(datagram, 0));
      }
      assertTrue(Net.usable(atA, atB), () -> atA.lastFailure() + " / " + atB.lastFailure());
      SaParameters in = atB.sas(Direction.INBOUND).get(0);
      assertEquals(a, in.source());
      assertEquals(TrafficSelector.host(b, IpProtocol.GRE), in.local());
      assertEquals(suite, in.suite());
    }
  }

  private static PeerConfig six(Ipv6Address local, Ipv6Address remote, IpsecProposal suite) {
    return PeerConfig.siteToSite(
        "peer",
        local,
        remote,
        Site.secret("cisco"),
        List.of(Site.CISCO),
        DpdConfig.onDemand(30),
        List.of(
            ChildConfig.of(
                "gre",
                TrafficSelector.host(local, IpProtocol.GRE),
                TrafficSelector.host(remote, IpProtocol.GRE),
                EncapsulationMode.TRANSPORT,
                List.of(suite))));
  }

  @Test
  void ahDoesNotGoThroughTranslators() {
    NatTraversal forced = new NatTraversal(true, true, 20);
    Pair pair =
        new Pair(
            1,
            Site.config(
                true,
                p ->
                    HandshakeTest.withChild(
                            p,
                            ChildConfig.of(
                                "gre",
                                p.children().get(0).local(),
                                p.children().get(0).remote(),
                                EncapsulationMode.TUNNEL,
                                List.of(AH)))
                        .withNatTraversal(forced)),
            config(false, AH, EncapsulationMode.TUNNEL));
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(pair.a.installed.isEmpty());
    String reason = pair.a.lastFailure();
    assertTrue(reason.contains("AH does not pass the address translator"), reason);
    pair.b.initiate(pair.now);
    pair.run(Pair.SECOND);
    assertTrue(pair.b.lastFailure().contains("AH does not pass"), pair.b.lastFailure());
    assertTrue(pair.a.spis.isEmpty() && pair.b.spis.isEmpty());
  }
}
