package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Identities in quick mode from a peer that knows the keys and says what it likes. */
class QuickModeIdentitiesTest {
  /** Every ID type with data of its own length, of others, and none (CVE-2023-38711). */
  static List<Identification> identities() {
    List<Identification> all = new ArrayList<>();
    for (int type = 0; type <= 20; type++) {
      for (int length : new int[] {0, 1, 4, 5, 8, 16, 32, 200}) {
        byte[] data = new byte[length];
        new SplittableRandom(type * 1_000L + length).nextBytes(data);
        all.add(new Identification(type, length % 2 == 0 ? 0 : 47, length, ByteString.of(data)));
      }
    }
    all.add(new Identification(255, 255, 0xffff, ByteString.EMPTY));
    all.add(
        new Identification(
            2, 0, 0, ByteString.of("gw.example.com".getBytes(StandardCharsets.US_ASCII))));
    return all;
  }

  private static List<IkeConfig> kindsOfPeers() {
    IpPrefix everywhere = Ipv4Prefix.DEFAULT;
    TrafficSelector anything = TrafficSelector.subnet(everywhere);
    TrafficSelector range =
        TrafficSelector.range(Ipv4Address.of(10, 0, 0, 3), Ipv4Address.of(10, 0, 0, 9));
    TrafficSelector six = TrafficSelector.host(Ipv6Address.parse("2001:db8::1"), 0);
    List<IkeConfig> kinds = new ArrayList<>();
    for (TrafficSelector own : List.of(anything, range, six, TrafficSelector.host(Site.B, 47))) {
      ChildConfig child =
          ChildConfig.of("c", own, own, EncapsulationMode.TUNNEL, List.of(Site.TRIPLE_DES_MD5));
      kinds.add(Site.config(false, p -> HandshakeTest.withChild(p, child)));
      kinds.add(
          IkeConfig.of(
              List.of(
                  PeerConfig.template(
                      "peer",
                      Site.B,
                      everywhere,
                      Site.secret("cisco"),
                      List.of(Site.CISCO),
                      DpdConfig.OFF,
                      List.of(child)))));
    }
    return kinds;
  }

  @ParameterizedTest
  @MethodSource("kindsOfPeers")
  void everyKindOfIdentityIsAnsweredOrRefused(IkeConfig config) {
    Site b = new Site("b", config, 3);
    RawPeer peer = RawPeer.initiate(b);
    SecurityAssociation tunnel =
        PhaseTwoOffer.offer(
            config.peers().get(0).children().get(0), NatFinding.NONE, QuickModePeersTest.SPI);
    int refused = 0;
    int accepted = 0;
    for (Identification ofPeer : identities()) {
      for (Identification ofUs : List.of(ofPeer, QuickModePeersTest.host(Site.B))) {
        RawPeer.Quick quick = peer.begin(tunnel, QuickModePeersTest.nonce(16), ofPeer, ofUs);
        if (quick.answer == null) {
          refused++;
        } else {
          accepted++;
          assertNotNull(SelectorPayloads.decode(ofPeer), "a name selects nothing");
          quick.confirm();
        }
      }
    }
    assertEquals(refused, peer.errors().size());
    assertEquals(2 * identities().size(), refused + accepted);
    assertTrue(
        peer.errors().stream().allMatch("INVALID-ID-INFORMATION"::equals),
        () -> "" + peer.errors());
    for (SaParameters each : b.sas(Direction.INBOUND)) {
      assertNotNull(each.local());
    }
    assertEquals(1, b.phaseOnes().size());
    boolean takesAnything =
        !config.peers().get(0).isFixed()
            && config
                .peers()
                .get(0)
                .children()
                .get(0)
                .local()
                .contains(TrafficSelector.host(Site.A, 0));
    assertEquals(takesAnything, accepted > 0);
  }

  @Test
  void anInitiatorGivesUpWhereTheAnswerHasOtherIdentities() {
    for (Identification odd : identities()) {
      Site a = new Site("a", Site.config(true), 3);
      RawPeer peer = RawPeer.answer(a);
      RawPeer.Quick quick = peer.awaitQuickMode();
      quick.answer(QuickModeAnswersTest.chosen(quick), QuickModePeersTest.nonce(20), odd, odd);
      assertTrue(a.installed.isEmpty() && a.spis.isEmpty(), odd::toString);
      assertEquals(List.of("INVALID-ID-INFORMATION"), peer.errors());
    }
  }
}
