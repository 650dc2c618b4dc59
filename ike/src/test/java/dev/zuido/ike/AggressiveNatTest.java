package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.Identity;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggressive mode through translators: NAT-D in messages 2 and 3, port 4500 from message 3 on. */
class AggressiveNatTest {
  private static final UnaryOperator<PeerConfig> AGGRESSIVE =
      p -> AggressiveModeTest.mode(p, AggressiveMode.INITIATE);

  private static List<String> ports(Site site) {
    return site.outputs(IkeOutput.MessageSent.class).stream()
        .map(IkeOutput.MessageSent::message)
        .filter(each -> each.exchange() == IkeOutput.ExchangeName.AGGRESSIVE_MODE)
        .map(each -> each.number() + " " + each.local().port() + ">" + each.remote().port())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"true,false", "false,true", "true,true", "false,false"})
  void translatorsAreFoundWhereTheyAre(boolean hideA, boolean hideB) {
    for (EncapsulationMode mode : EncapsulationMode.values()) {
      NatTraversalTest.Two two =
          new NatTraversalTest.Two(1, hideA, hideB, mode, AGGRESSIVE, AGGRESSIVE).established();
      String last = hideA || hideB ? "3 4500>4500" : "3 500>500";
      assertEquals(List.of("1 500>500", last), ports(two.a));
      IkeSnapshot.IsakmpSaView atA = two.a.phaseOnes().get(0);
      IkeSnapshot.IsakmpSaView atB = two.b.phaseOnes().get(0);
      assertEquals(hideA, atA.localBehindNat());
      assertEquals(hideB, atA.remoteBehindNat());
      assertEquals(hideB, atB.localBehindNat());
      assertEquals(hideA, atB.remoteBehindNat());
      assertEquals(hideA || hideB ? 4_500 : 500, atB.local().port());
      SaParameters out = two.b.sas(SaParameters.Direction.OUTBOUND).get(0);
      assertEquals(hideA || hideB, out.udpEncapsulation() != null);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,false", "false,true", "true,true"})
  void encapsulationMayBeForcedByEither(boolean byA, boolean byB) {
    NatTraversal forced = new NatTraversal(true, true, 20);
    NatTraversalTest.Two two =
        new NatTraversalTest.Two(
                2,
                false,
                false,
                EncapsulationMode.TUNNEL,
                p -> AGGRESSIVE.apply(byA ? p.withNatTraversal(forced) : p),
                p -> AGGRESSIVE.apply(byB ? p.withNatTraversal(forced) : p))
            .established();
    assertEquals(List.of("1 500>500", "3 4500>4500"), ports(two.a));
  }

  @Test
  void withoutNatTraversalNothingIsSaidAboutIt() {
    NatTraversalTest.Two two =
        new NatTraversalTest.Two(
                3,
                false,
                false,
                EncapsulationMode.TUNNEL,
                p -> AGGRESSIVE.apply(p.withNatTraversal(NatTraversal.OFF)),
                AGGRESSIVE)
            .established();
    List<String> trace = AggressiveModeTest.bare(two.a.trace());
    assertEquals("< aggressive mode 2/3 [SA, KE, NONCE, ID 200.1.1.1, HASH]", trace.get(1));
    assertEquals("> aggressive mode 3/3 [HASH, N INITIAL-CONTACT]", trace.get(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void anyMessageMayBeLost(int lost) {
    NatTraversalTest.Two two =
        new NatTraversalTest.Two(
            4 + lost, true, false, EncapsulationMode.TUNNEL, AGGRESSIVE, AGGRESSIVE);
    int[] count = {0};
    two.net.lose = datagram -> ++count[0] == lost;
    two.a.initiate(0);
    two.net.run(60 * Net.SECOND);
    assertTrue(Net.usable(two.a, two.b), () -> "" + two.a.trace());
  }

  /** What has to come to port 4500 is not taken from 500, and the true message still is. */
  @Test
  void theThirdMessageHasToComeToPort4500() {
    NatTraversalTest.Two two =
        new NatTraversalTest.Two(10, true, false, EncapsulationMode.TUNNEL, AGGRESSIVE, AGGRESSIVE);
    List<Site.Datagram> third = new ArrayList<>();
    two.net.lose =
        datagram -> {
          if (datagram.to().port() == 4_500) {
            third.add(datagram);
          }
          return datagram.to().port() == 4_500;
        };
    two.a.initiate(0);
    two.net.run(Net.SECOND);
    Site.Datagram floated = third.get(0);
    byte[] bare = floated.bytes().slice(4, floated.bytes().length() - 4).toArray();
    Endpoint from = new Endpoint(floated.from().address(), 1_024);
    two.b.receive(
        new Site.Datagram(from, Endpoint.isakmp(Site.B), dev.zuido.wire.ByteString.of(bare)),
        two.net.now);
    assertEquals(1, two.b.engine.counters().dropped().get(DropReason.WRONG_PATH));
    assertEquals("AG_INIT_EXCH", two.b.phaseOnes().get(0).state());
    two.net.lose = datagram -> false;
    two.net.run(30 * Net.SECOND);
    assertTrue(Net.usable(two.a, two.b));
  }

  /** RFC 3947 leaves open which ports message 3 is about: those before or after the change. */
  @Test
  void theHashesMayBeOfThePortsBeforeTheChange() throws Exception {
    Endpoint inner = Endpoint.isakmp(Ipv4Address.of(10, 0, 0, 1));
    for (Endpoint asked : List.of(Endpoint.isakmp(Site.B), Endpoint.natTraversal(Site.B))) {
      Site b = new Site("b", Site.config(false, AGGRESSIVE), 12);
      HandInitiator hand = new HandInitiator(Site.secret("cisco"));
      b.receive(hand.natOffer(), 0);
      assertTrue(hand.answerIsProved(b.sent.get(0)));
      b.receive(hand.natProof(asked, Endpoint.natTraversal(Site.A)), 0);
      assertEquals(
          1,
          b.engine.counters().dropped().get(DropReason.WRONG_PATH),
          "port 4500 without a translator");
      b.receive(hand.natProof(asked, inner), 0);
      IkeSnapshot.IsakmpSaView sa = b.phaseOnes().get(0);
      assertEquals("QM_IDLE", sa.state());
      assertTrue(sa.remoteBehindNat() && !sa.localBehindNat(), "" + sa);
    }
  }

  /** Two with names behind one translator, each with a key of its own, and one without. */
  @Test
  void namedPeersBehindOneTranslator() {
    Net net = new Net(11);
    Identity first = new Identity.Fqdn("first.example");
    Identity second = new Identity.Fqdn("second.example");
    Site hub =
        net.add(
            Site.B,
            IkeConfig.of(
                List.of(
                    lans(AggressiveModeTest.spokeAtHub("one", first, "key 1")),
                    lans(AggressiveModeTest.spokeAtHub("two", second, "key 2")))),
            1);
    Translator translator = new Translator(NatTraversalTest.OUTSIDE_A);
    List<Site> spokes = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      Ipv4Address here = Ipv4Address.of(192, 168, 1, i);
      PeerConfig spoke =
          AGGRESSIVE
              .apply(
                  TemplatePeersTest.spoke(
                      here, TemplatePeersTest.lan("10.1.2.0/24", "10.1." + (2 + i) + ".0/24")))
              .withIdentities(i == 1 ? first : second, null)
              .withCredentials(new Credential.PreSharedKey(Site.secret("key " + i)));
      spokes.add(net.add(here, translator, IkeConfig.of(List.of(spoke)), 10 + i));
      TemplatePeersTest.initiate(spokes.get(i - 1), "lans", net);
    }
    net.run(10 * Net.SECOND);
    assertEquals(2, hub.phaseOnes().size(), () -> "" + hub.outputs);
    assertEquals(2, hub.pairs().size(), () -> hub.lastFailure());
    for (Site spoke : spokes) {
      assertFalse(spoke.installed.isEmpty());
    }
    assertTrue(
        hub.phaseOnes().get(0).peer().startsWith("one@")
            && hub.phaseOnes().get(1).peer().startsWith("two@"));
  }

  private static PeerConfig lans(PeerConfig p) {
    return p.withChildren(TemplatePeersTest.lans());
  }
}
