package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Prefix;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can go wrong while SAs are replaced. */
class RekeyTroubleTest {
  private static Tunnel established(long childSeconds, long phaseOneSeconds) {
    return established(childSeconds, phaseOneSeconds, DpdConfig.OFF);
  }

  private static Tunnel established(long childSeconds, long phaseOneSeconds, DpdConfig dpd) {
    return new Tunnel(5, childSeconds, phaseOneSeconds, dpd).established();
  }

  private static int type(Site.Datagram datagram) {
    return datagram.bytes().toArray()[18];
  }

  private static Cookie cookie(Site.Datagram datagram) {
    return new Cookie(ByteBuffer.wrap(datagram.bytes().toArray()).getLong());
  }

  private static boolean isFrom(Site.Datagram datagram, Object address) {
    return datagram.from().address().equals(address);
  }

  /** Everything of a pair's soft lifetime falls into a main mode that fails. */
  @Test
  void aRekeyThatFallsIntoAFailedMainModeIsTriedAgain() {
    Tunnel tunnel = established(1_800, 600);
    Pair pair = tunnel.pair;
    long first = Tunnel.current(pair.a).inboundSaId();
    pair.runUntil(500 * Pair.SECOND);
    pair.lose = datagram -> true;
    pair.runUntil(1_550 * Pair.SECOND);
    assertTrue(pair.a.phaseOnes().stream().noneMatch(IkeSnapshot.IsakmpSaView::current));
    assertEquals(first, Tunnel.current(pair.a).inboundSaId());
    pair.lose = datagram -> false;
    pair.runUntil(1_790 * Pair.SECOND);
    assertNotEquals(first, Tunnel.current(pair.a).inboundSaId());
    assertTrue(pair.usable());
  }

  @Test
  void aRefusedQuickModeIsTriedAgainWhileThePairLives() {
    Tunnel tunnel = established(1_800, 86_400);
    tunnel.pair.b.refuseInstalls = true;
    tunnel.softVolume(tunnel.pair.a);
    tunnel.run(200 * Pair.SECOND);
    int tries = tunnel.pair.a.outputs(IkeOutput.ExchangeFailed.class).size();
    assertTrue(tries >= 4 && tries <= 10, "with growing waits: " + tries);
    tunnel.pair.b.refuseInstalls = false;
    tunnel.run(70 * Pair.SECOND);
    assertEquals(2, tunnel.pair.a.pairs().size());
  }

  /** The driver of the responder cannot install what it would send on. */
  @Test
  void anOutboundSaThatTheRespondersDriverRefusesLeavesTheOldPair() {
    Tunnel tunnel = established(1_800, 86_400).neverWithoutAPair();
    Pair pair = tunnel.pair;
    pair.b.refuses = sa -> sa.direction() == Direction.OUTBOUND;
    long old = Tunnel.current(pair.a).inboundSaId();
    tunnel.softVolume(pair.a);
    pair.run(Pair.SECOND);
    assertEquals(old, Tunnel.current(pair.a).inboundSaId());
    assertEquals(1, pair.a.pairs().size());
    pair.b.refuses = sa -> false;
    tunnel.run(30 * Pair.SECOND);
    assertNotEquals(old, Tunnel.current(pair.a).inboundSaId());
  }

  /** As many quick modes as an ISAKMP SA holds are under way: the others wait for their turn. */
  @Test
  void aQuickModeThatFindsNoRoomWaits() {
    IkeLimits few = new IkeLimits(10, 10, 30, 4, 2, 6, 10);
    Pair pair =
        new Pair(
            3,
            new IkeConfig(List.of(manyLans(true)), RetransmissionPolicy.DEFAULT, few),
            IkeConfig.of(List.of(manyLans(false))));
    for (ChildConfig child : manyLans(true).children()) {
      pair.a.command(new IkeCommand.Initiate("peer", child.name()), pair.now);
    }
    pair.run(30 * Pair.SECOND);
    assertEquals(5, pair.a.pairs().size());
    assertTrue(pair.usable());
  }

  private static PeerConfig manyLans(boolean atA) {
    List<ChildConfig> children = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      TrafficSelector here = TrafficSelector.subnet(Ipv4Prefix.parse("10." + i + ".1.0/24"));
      TrafficSelector there = TrafficSelector.subnet(Ipv4Prefix.parse("10." + i + ".2.0/24"));
      children.add(
          ChildConfig.of(
              "lan" + i,
              atA ? here : there,
              atA ? there : here,
              EncapsulationMode.TUNNEL,
              List.of(Site.TRIPLE_DES_MD5)));
    }
    return PeerConfig.siteToSite(
        "peer",
        atA ? Site.A : Site.B,
        atA ? Site.B : Site.A,
        Site.secret("cisco"),
        List.of(Site.CISCO),
        DpdConfig.OFF,
        children);
  }

  @Test
  void anIsakmpSaThatIsDeletedInMidRekeyDoesNotStopIt() {
    Tunnel tunnel = established(1_800, 86_400).neverWithoutAPair();
    Pair pair = tunnel.pair;
    long old = Tunnel.current(pair.a).inboundSaId();
    pair.lose = datagram -> type(datagram) == ExchangeType.QUICK_MODE;
    tunnel.softVolume(pair.a);
    pair.run(Pair.SECOND);
    tunnel.deletePhaseOne(pair.b);
    pair.run(Pair.SECOND);
    assertTrue(pair.a.phaseOnes().isEmpty());
    pair.lose = datagram -> false;
    tunnel.run(10 * Pair.SECOND);
    assertNotEquals(old, Tunnel.current(pair.a).inboundSaId());
    assertEquals(1, pair.a.phaseOnes().size());
  }

  @Test
  void anIsakmpSaThatExpiresInMidRekeyDoesNotStopIt() {
    Tunnel tunnel = established(1_800, 600).neverWithoutAPair();
    Pair pair = tunnel.pair;
    pair.lose = datagram -> true;
    pair.runUntil(590 * Pair.SECOND);
    tunnel.softVolume(pair.a);
    pair.runUntil(620 * Pair.SECOND);
    assertTrue(pair.a.phaseOnes().stream().noneMatch(IkeSnapshot.IsakmpSaView::current));
    pair.lose = datagram -> false;
    pair.run(300 * Pair.SECOND);
    assertEquals(2, pair.a.pairs().size());
  }

  /** Some peers answer nothing under an ISAKMP SA for which they have a successor. */
  @Test
  void aQuickModeThatIsNotAnsweredBeginsAnewUnderTheNextIsakmpSa() {
    for (boolean ours : new boolean[] {true, false}) {
      Tunnel tunnel =
          established(1_800, 86_400, ours ? DpdConfig.OFF : DpdConfig.periodic(5))
              .neverWithoutAPair();
      Pair pair = tunnel.pair;
      long old = Tunnel.current(pair.a).inboundSaId();
      Cookie before = Tunnel.currentPhaseOne(pair.a).initiatorCookie();
      pair.lose = datagram -> isFrom(datagram, Site.A) && before.equals(cookie(datagram));
      tunnel.softVolume(pair.a);
      pair.run(6 * Pair.SECOND);
      assertEquals(old, Tunnel.current(pair.a).inboundSaId());
      tunnel.rekeyPhaseOne(ours ? pair.a : pair.b);
      pair.run((ours ? 3 : 12) * Pair.SECOND); // the next probe proves that the peer has it
      assertNotEquals(before, Tunnel.currentPhaseOne(pair.a).initiatorCookie());
      assertNotEquals(old, Tunnel.current(pair.a).inboundSaId());
      assertTrue(pair.a.outputs(IkeOutput.ExchangeFailed.class).isEmpty());
      pair.lose = datagram -> false;
      tunnel.run(50 * Pair.SECOND);
      assertTrue(pair.usable());
    }
  }

  /** The peer has lost its ISAKMP SA, and its delete of it: nothing under it is answered. */
  @Test
  void anIsakmpSaUnderWhichNothingIsAnsweredIsGivenUp() {
    Tunnel tunnel = established(1_800, 86_400).neverWithoutAPair();
    Pair pair = tunnel.pair;
    long old = Tunnel.current(pair.a).inboundSaId();
    pair.lose = datagram -> true;
    tunnel.deletePhaseOne(pair.b);
    pair.run(Pair.SECOND);
    pair.lose = datagram -> false;
    tunnel.softVolume(pair.a);
    pair.run(RetransmissionPolicy.DEFAULT.totalNanos() + 10 * Pair.SECOND);
    assertNotEquals(old, Tunnel.current(pair.a).inboundSaId());
    assertEquals(
        EndReason.PEER_DEAD, pair.a.outputs(IkeOutput.PhaseOneDeleted.class).get(0).reason());
  }

  /** The last message of main mode is lost for good: the responder does not move to a dead SA. */
  @Test
  void aSuccessorThatThePeerNeverCompletedIsNotUsed() {
    Tunnel tunnel = established(1_800, 86_400).neverWithoutAPair();
    Pair pair = tunnel.pair;
    pair.lose =
        datagram ->
            type(datagram) == ExchangeType.IDENTITY_PROTECTION
                && isFrom(datagram, Site.B)
                && (datagram.bytes().toArray()[19] & 1) != 0;
    tunnel.rekeyPhaseOne(pair.a);
    pair.run(5 * Pair.SECOND);
    assertEquals(2, pair.b.phaseOnes().size());
    pair.run(170 * Pair.SECOND);
    assertEquals(1, pair.b.phaseOnes().size(), "the peer has said that it has none");
    assertEquals(
        Tunnel.currentPhaseOne(pair.a).initiatorCookie(),
        Tunnel.currentPhaseOne(pair.b).initiatorCookie());
    pair.lose = datagram -> false;
    pair.run(500 * Pair.SECOND);
    assertEquals(1, pair.b.phaseOnes().size());
    assertEquals(
        Tunnel.currentPhaseOne(pair.a).initiatorCookie(),
        Tunnel.currentPhaseOne(pair.b).initiatorCookie());
    assertNotEquals(
        pair.b.outputs(IkeOutput.PhaseOneEstablished.class).get(0).sa().initiatorCookie(),
        Tunnel.currentPhaseOne(pair.b).initiatorCookie());
  }

  /** Under the newest ISAKMP SA nothing is answered, under the one before everything. */
  @Test
  void aPeerIsDeadOnlyWhenItIsSilentUnderEveryIsakmpSa() {
    Tunnel tunnel = established(1_800, 86_400, DpdConfig.periodic(20)).neverWithoutAPair();
    Pair pair = tunnel.pair;
    tunnel.rekeyPhaseOne(pair.a);
    pair.run(25 * Pair.SECOND);
    assertEquals(2, pair.b.phaseOnes().size());
    Peer atA = Tunnel.peer(pair.a);
    atA.isakmpSas().remove(atA.established().get(1), EndReason.EXPIRED, pair.now);
    pair.a.timeout(pair.now);
    pair.run(400 * Pair.SECOND);
    assertEquals(1, pair.b.phaseOnes().size());
    assertEquals(
        Tunnel.currentPhaseOne(pair.a).initiatorCookie(),
        Tunnel.currentPhaseOne(pair.b).initiatorCookie());
  }

  /** A third message that never comes is made up for by the first packet. */
  @Test
  void aPacketConfirmsAQuickMode() {
    Tunnel tunnel = established(1_800, 86_400).neverWithoutAPair();
    Pair pair = tunnel.pair;
    pair.lose = datagram -> datagram.bytes().length() < 28 + 40 && isFrom(datagram, Site.A);
    tunnel.softVolume(pair.a);
    pair.run(Pair.SECOND);
    assertEquals(1, pair.b.pairs().size());
    tunnel.run(3 * Pair.SECOND);
    assertEquals(2, pair.b.pairs().size());
    assertEquals(0, pair.b.engine.holdings().openExchanges());
    assertEquals(Tunnel.current(pair.a).inboundSpi(), Tunnel.current(pair.b).outboundSpi());
  }

  @Test
  void terminateEndsAQuickModeThatIsUnderWay() {
    for (int milliseconds : new int[] {0, 5, 15, 25, 35}) {
      Tunnel tunnel = established(1_800, 86_400);
      Pair pair = tunnel.pair;
      tunnel.softVolume(pair.a);
      pair.run(milliseconds * 1_000_000L);
      Site ending = milliseconds % 10 == 5 ? pair.b : pair.a;
      ending.command(new IkeCommand.Terminate("peer", "gre"), pair.now);
      pair.run(30 * Pair.SECOND);
      for (Site site : List.of(pair.a, pair.b)) {
        Holdings held = site.engine.holdings();
        assertEquals(0, held.openExchanges() + held.pendingPairs(), held::toString);
        // In the second case the peer asks for a pair after we have ended ours.
        assertEquals(milliseconds == 5 ? 1 : 0, held.pairs(), held::toString);
      }
    }
  }

  @Test
  void aDeleteThatIsRepeatedChangesNothing() {
    Tunnel tunnel = established(1_800, 86_400);
    Pair pair = tunnel.pair;
    int spi = Tunnel.current(pair.b).inboundSpi();
    IsakmpSa sa = Tunnel.peer(pair.b).established().get(0);
    for (int i = 0; i < 3; i++) {
      sa.inform(QuickMode.delete(ProtocolId.ESP, spi));
    }
    sa.inform(sa.delete(), sa.delete());
    sa.sendDelete();
    pair.b.timeout(pair.now);
    pair.run(Pair.SECOND);
    assertTrue(pair.a.installed.isEmpty() && pair.a.phaseOnes().isEmpty());
    assertEquals(1, pair.a.outputs(IkeOutput.ChildDeleted.class).size());
    assertEquals(1, pair.a.outputs(IkeOutput.PhaseOneDeleted.class).size());
    assertEquals(3, pair.a.engine.counters().dropped().get(DropReason.UNKNOWN_TARGET));
  }

  /** The named flaw: the replaced ISAKMP SA is deleted while the peer still needs it. */
  @Test
  void aReplacedIsakmpSaStaysWhileThePeerMayRepeatUnderIt() {
    Tunnel tunnel = established(1_800, 86_400, DpdConfig.periodic(20)).neverWithoutAPair();
    Pair pair = tunnel.pair;
    tunnel.rekeyPhaseOne(pair.a);
    pair.run(RetransmissionPolicy.DEFAULT.totalNanos() - 10 * Pair.SECOND);
    assertEquals(2, pair.a.phaseOnes().size());
    assertEquals(2, pair.b.phaseOnes().size());
    pair.run(60 * Pair.SECOND);
    assertEquals(1, pair.a.phaseOnes().size());
    assertEquals(1, pair.b.phaseOnes().size());
    assertTrue(pair.usable());
  }

  /** The named flaw: nobody is probed after phase 1 was rekeyed. */
  @Test
  void deadPeersAreFoundAfterARekeyToo() {
    Tunnel tunnel = established(3_600, 86_400, DpdConfig.periodic(20));
    Pair pair = tunnel.pair;
    tunnel.rekeyPhaseOne(pair.a);
    pair.run(400 * Pair.SECOND);
    assertEquals(1, pair.a.phaseOnes().size());
    pair.lose = datagram -> true;
    pair.run(60 * Pair.SECOND);
    assertTrue(pair.a.installed.isEmpty());
  }

  /** Deletes, probes and rekeys go over the successor. */
  @Test
  void theSuccessorIsWhatEverythingGoesOver() {
    Tunnel tunnel = established(1_800, 86_400, DpdConfig.periodic(20)).neverWithoutAPair();
    Pair pair = tunnel.pair;
    tunnel.rekeyPhaseOne(pair.a);
    pair.run(30 * Pair.SECOND);
    String successor = Tunnel.currentPhaseOne(pair.a).initiatorCookie().toString();
    assertEquals(successor, Tunnel.currentPhaseOne(pair.b).initiatorCookie().toString());
    Peer atA = Tunnel.peer(pair.a);
    atA.removePhaseOne(atA.established().get(0), EndReason.EXPIRED, pair.now);
    tunnel.softVolume(pair.b);
    tunnel.run(10 * Pair.SECOND);
    assertEquals(2, pair.a.pairs().size());
    tunnel.deleteOldPair(pair.b);
    pair.run(Pair.SECOND);
    assertEquals(1, pair.a.pairs().size());
  }

  /** The deletes come in the order of the pairs, while a rekey is under way. */
  @Test
  void whoTakesEverythingBackGetsNothingNew() {
    Tunnel tunnel = established(1_800, 86_400);
    Pair pair = tunnel.pair;
    tunnel.softVolume(pair.a);
    tunnel.run(20 * Pair.SECOND);
    assertEquals(2, pair.a.pairs().size());
    pair.b.command(new IkeCommand.Terminate("peer", "gre"), pair.now);
    pair.run(30 * Pair.SECOND);
    assertTrue(pair.a.installed.isEmpty() && pair.b.installed.isEmpty());
  }

  /** The pair in use is taken back, and the one before can only receive: a new one is made. */
  @Test
  void whereOnlyAnOldPairIsLeftANewOneIsMade() {
    Tunnel tunnel = established(1_800, 86_400);
    Pair pair = tunnel.pair;
    tunnel.softVolume(pair.a);
    tunnel.run(20 * Pair.SECOND);
    Child atB = Tunnel.peer(pair.b).children().all().get(0);
    atB.remove(atB.pairs().get(1), EndReason.TERMINATED, pair.now);
    pair.b.timeout(pair.now);
    pair.run(5 * Pair.SECOND);
    assertTrue(pair.usable());
    assertEquals(2, pair.a.pairs().size());
  }

  @Test
  void aHostThatOnlyCallsIsATemplatesPeer() {
    Net net = new Net(2);
    PeerConfig template =
        PeerConfig.template(
                "caller",
                Site.B,
                Ipv4Prefix.host(Site.A),
                Site.secret("cisco"),
                List.of(Site.CISCO),
                DpdConfig.onDemand(30),
                List.of(
                    ChildConfig.of(
                        "gre",
                        TrafficSelector.host(Site.B, IpProtocol.GRE),
                        new TrafficSelector(Ipv4Prefix.parse("0.0.0.0/0"), IpProtocol.GRE, 0),
                        EncapsulationMode.TRANSPORT,
                        List.of(Site.TRIPLE_DES_MD5))))
            .withOptions(PeerOptions.DEFAULT.withCallsOnly(true));
    assertFalse(template.isFixed());
    Site hub = net.add(Site.B, IkeConfig.of(List.of(template)), 1);
    Site a = net.add(Site.A, Site.config(true), 2);
    hub.command(new IkeCommand.Initiate("caller", "gre"), net.now);
    assertTrue(hub.sent.isEmpty(), "nobody calls it");
    a.initiate(net.now);
    net.run(5 * Net.SECOND);
    assertTrue(Net.usable(a, hub), () -> hub.outputs.toString());
    assertEquals("caller@100.1.1.1", hub.sas(Direction.OUTBOUND).get(0).peer());
    a.command(new IkeCommand.Terminate("peer", null), net.now);
    net.run(5 * Net.SECOND);
    assertEquals(0, hub.engine.holdings().dynamicPeers());
    assertTrue(
        hub.trace().stream()
            .noneMatch(line -> line.contains("> " + ExchangeName.MAIN_MODE + " 1")));
  }
}
