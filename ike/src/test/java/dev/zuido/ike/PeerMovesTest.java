package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.NatTraversalTest.Two;
import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.SaParameters.UdpEncapsulation;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where messages may come from, whom the engine follows, and what keeps a mapping alive. */
class PeerMovesTest {
  private static final ByteString KEEPALIVE = ByteString.of(new byte[] {(byte) 0xff});

  private static PeerConfig withDpd(PeerConfig peer, DpdConfig dpd) {
    return HandshakeTest.withProposals(peer, peer.proposals(), dpd);
  }

  private static Two hiddenInitiator(long seed, DpdConfig dpdOfA) {
    return new Two(
            seed,
            true,
            false,
            EncapsulationMode.TUNNEL,
            p -> withDpd(p, dpdOfA),
            p -> withDpd(p, DpdConfig.OFF))
        .established();
  }

  @Test
  void aNewPortIsFollowedByWhatNobodyCanReplay() {
    Two two = hiddenInitiator(1, DpdConfig.periodic(10));
    long moves = two.b.outputs(IkeOutput.MoveSa.class).size();
    two.atA.restart();
    two.net.run(12 * Net.SECOND);
    Endpoint seen = two.b.phaseOnes().get(0).remote();
    assertEquals(new Endpoint(NatTraversalTest.OUTSIDE_A, 2_026), seen);
    assertEquals(moves + 2, two.b.outputs(IkeOutput.MoveSa.class).size());
    assertEquals(
        new UdpEncapsulation(4500, 2_026), two.b.sas(Direction.OUTBOUND).get(0).udpEncapsulation());
    assertEquals(
        new UdpEncapsulation(2_026, 4500), two.b.sas(Direction.INBOUND).get(0).udpEncapsulation());
    assertEquals(seen, two.b.pairs().get(0).remoteEnd());
    two.net.run(100 * Net.SECOND);
    assertTrue(Net.usable(two.a, two.b), "the probes are answered along the new path");
    assertEquals(0, two.a.outputs(IkeOutput.ChildDeleted.class).size());
  }

  @Test
  void anyPacketOfEspThatTheDriverVouchesForShowsTheNewPort() {
    Two two = hiddenInitiator(2, DpdConfig.OFF);
    long inbound = two.b.sas(Direction.INBOUND).get(0).id();
    Endpoint moved = new Endpoint(NatTraversalTest.OUTSIDE_A, 7_777);
    two.b.command(new IkeCommand.PeerSeenAt(inbound, moved), two.net.now);
    assertEquals(moved, two.b.pairs().get(0).remoteEnd());
    assertEquals(moved, two.b.phaseOnes().get(0).remote());
    Endpoint elsewhere = new Endpoint(Ipv4Address.of(9, 9, 9, 9), 7_777);
    two.b.command(new IkeCommand.PeerSeenAt(inbound, elsewhere), two.net.now);
    assertEquals(moved, two.b.pairs().get(0).remoteEnd(), "a fixed peer keeps its address");
    two.b.command(new IkeCommand.PeerSeenAt(12_345, moved), two.net.now);
    assertEquals(1, two.b.engine.counters().dropped().get(DropReason.UNKNOWN_TARGET));
  }

  /** RFC 3947 section 7: who is behind a translator itself must not follow the other end. */
  @Test
  void whoIsHiddenItselfDoesNotFollow() {
    UnaryOperator<PeerConfig> probing = p -> withDpd(p, DpdConfig.periodic(10));
    UnaryOperator<PeerConfig> silent = p -> withDpd(p, DpdConfig.OFF);
    Two two = new Two(19, true, true, EncapsulationMode.TUNNEL, probing, silent).established();
    IkeSnapshot.ChildSaView before = two.b.pairs().get(0);
    Endpoint elsewhere = new Endpoint(NatTraversalTest.OUTSIDE_A, 7_777);
    two.b.command(new IkeCommand.PeerSeenAt(before.inboundSaId(), elsewhere), two.net.now);
    assertEquals(before, two.b.pairs().get(0));
    two.atA.restart();
    two.net.run(12 * Net.SECOND);
    assertEquals(before, two.b.pairs().get(0));
    assertTrue(two.b.outputs(IkeOutput.MoveSa.class).isEmpty());
    // The other side finds that nothing comes back, and begins anew from where it is.
    two.net.run(20 * Net.SECOND);
    two.established();
    assertEquals(NatTraversalTest.OUTSIDE_A, two.b.phaseOnes().get(0).remote().address());
  }

  /** The visible side rekeys, and its question is answered from a new port. */
  @Test
  void anAnswerToAFreshNonceShowsTheNewPort() {
    Two two = hiddenInitiator(17, DpdConfig.OFF);
    long id = two.b.sas(Direction.INBOUND).get(0).id();
    two.b.command(new IkeCommand.LifetimeExceeded(id, false), two.net.now);
    two.a.receive(two.atA.in(two.b.sent.remove(0)), two.net.now);
    two.atA.restart();
    two.net.run(5 * Net.SECOND);
    assertEquals(2, two.b.pairs().size());
    assertEquals(2, two.a.pairs().size());
    assertEquals(2_026, two.b.phaseOnes().get(0).remote().port());
    assertTrue(Net.usable(two.a, two.b));
  }

  /** The hidden side rekeys; between question and answer its port changes. */
  @Test
  void whatIsRepeatedGoesWhereThePeerIsNow() {
    Two two = hiddenInitiator(18, DpdConfig.periodic(1));
    two.net.lose = datagram -> datagram.from().address().equals(Site.B);
    long id = two.a.sas(Direction.INBOUND).get(0).id();
    two.a.command(new IkeCommand.LifetimeExceeded(id, false), two.net.now);
    two.net.run(Net.SECOND / 10);
    two.atA.restart();
    two.net.lose = datagram -> false;
    two.net.run(20 * Net.SECOND);
    assertEquals(2, two.a.pairs().size());
    assertEquals(2, two.b.pairs().size());
    assertTrue(Net.usable(two.a, two.b));
  }

  /** Each datagram of the session again, from another port of the translator's address. */
  @Test
  void aReplayedMessageMovesNothing() {
    Two two = hiddenInitiator(3, DpdConfig.periodic(10));
    two.net.run(40 * Net.SECOND);
    IkeSnapshot before = two.b.engine.snapshot();
    Endpoint attacker = new Endpoint(NatTraversalTest.OUTSIDE_A, 6_666);
    for (Site.Datagram each : List.copyOf(two.net.carried)) {
      if (each.to().address().equals(Site.B)) {
        two.b.receive(new Site.Datagram(attacker, each.to(), each.bytes()), two.net.now);
      }
    }
    assertEquals(before.childSas(), two.b.engine.snapshot().childSas());
    assertEquals(
        before.isakmpSas().get(0).remote(), two.b.engine.snapshot().isakmpSas().get(0).remote());
    assertTrue(two.b.sent.stream().noneMatch(each -> each.to().equals(attacker)));
  }

  /** Old probes under an ISAKMP SA that has a successor: it still knows their message IDs. */
  @Test
  void probesOfAnOlderIsakmpSaCannotBeReplayedEither() {
    UnaryOperator<PeerConfig> brief =
        p -> withDpd(LifecycleTest.shortLived(p, 3_600, 180), DpdConfig.periodic(1));
    Two two = new Two(4, true, false, EncapsulationMode.TUNNEL, brief, brief).established();
    while (two.b.phaseOnes().size() < 2) {
      two.net.run(Net.SECOND);
    }
    List<Site.Datagram> old = List.copyOf(two.net.carried);
    two.net.run(25 * Net.SECOND);
    assertEquals(2, two.b.phaseOnes().size());
    Endpoint attacker = new Endpoint(NatTraversalTest.OUTSIDE_A, 6_666);
    for (Site.Datagram each : old) {
      if (each.to().address().equals(Site.B)) {
        two.b.receive(new Site.Datagram(attacker, each.to(), each.bytes()), two.net.now);
        assertTrue(
            two.b.phaseOnes().stream().noneMatch(sa -> sa.remote().equals(attacker)),
            "moved by an old message");
      }
    }
    assertTrue(two.b.engine.counters().dropped().get(DropReason.DUPLICATE) > 0);
  }

  @Test
  void afterTheChangeThePeerIsNotHeardOnTheOldPort() {
    Two two = hiddenInitiator(5, DpdConfig.OFF);
    two.a.command(new IkeCommand.Terminate("peer", "gre"), two.net.now);
    Site.Datagram delete = two.a.sent.remove(0);
    assertTrue(delete.bytes().startsWith(NatTraversalTest.MARKER));
    ByteString bare = delete.bytes().slice(4, delete.bytes().length() - 4);
    Endpoint from = new Endpoint(NatTraversalTest.OUTSIDE_A, 1_024);
    two.b.receive(new Site.Datagram(from, Endpoint.isakmp(Site.B), bare), two.net.now);
    assertEquals(1, two.b.engine.counters().dropped().get(DropReason.WRONG_PATH));
    assertEquals(1, two.b.pairs().size());
    two.b.receive(
        new Site.Datagram(
            new Endpoint(NatTraversalTest.OUTSIDE_A, 1_025),
            Endpoint.natTraversal(Site.B),
            delete.bytes()),
        two.net.now);
    assertEquals(0, two.b.pairs().size());
  }

  /** A peer that found a translator and yet stays on port 500 is not served there. */
  @Test
  void messageFiveHasToComeToPort4500() {
    Two two = new Two(6, true, false, EncapsulationMode.TUNNEL);
    two.net.lose = datagram -> datagram.to().port() == 4500;
    two.a.initiate(0);
    two.net.run(2 * Net.SECOND);
    Site.Datagram five = two.net.carried.get(two.net.carried.size() - 1);
    ByteString bare = five.bytes().slice(4, five.bytes().length() - 4);
    two.b.receive(
        new Site.Datagram(
            new Endpoint(NatTraversalTest.OUTSIDE_A, 1_024), Endpoint.isakmp(Site.B), bare),
        two.net.now);
    assertEquals(1, two.b.engine.counters().dropped().get(DropReason.WRONG_PATH));
    assertEquals("MM_KEY_EXCH", two.b.phaseOnes().get(0).state());
    two.net.lose = datagram -> false;
    two.net.run(20 * Net.SECOND);
    assertTrue(Net.usable(two.a, two.b));
  }

  /** Where UDP port 4500 is closed, both sides say so. */
  @Test
  void aClosedPort4500IsNamed() {
    Two two = new Two(16, true, false, EncapsulationMode.TUNNEL);
    two.net.lose = datagram -> datagram.to().port() == 4500;
    two.a.initiate(0);
    two.net.run(300 * Net.SECOND);
    assertTrue(two.a.lastFailure().contains("port 4500"), two.a.lastFailure());
    assertTrue(two.b.lastFailure().contains("port 4500"), two.b.lastFailure());
  }

  @Test
  void espAndKeepalivesDoNotReachTheEngine() {
    Two two = hiddenInitiator(7, DpdConfig.OFF);
    int outputs = two.b.outputs.size();
    Endpoint from = new Endpoint(NatTraversalTest.OUTSIDE_A, 1_025);
    Endpoint to = Endpoint.natTraversal(Site.B);
    two.b.receive(new Site.Datagram(from, to, KEEPALIVE), two.net.now);
    assertEquals(1, two.b.engine.counters().dropped().get(DropReason.NAT_KEEPALIVE));
    assertEquals(outputs, two.b.outputs.size(), "a keepalive is nothing to speak of");
    for (String esp : List.of("00000100" + "00000001" + "00".repeat(40), "000000", "00")) {
      two.b.receive(new Site.Datagram(from, to, ByteString.ofHex(esp)), two.net.now);
    }
    assertEquals(3, two.b.engine.counters().dropped().get(DropReason.ESP_IN_UDP));
  }

  @Test
  void aStrangersMessageWithTheRightCookiesIsDropped() {
    Two two = hiddenInitiator(8, DpdConfig.OFF);
    two.a.command(new IkeCommand.Terminate("peer", "gre"), two.net.now);
    Site.Datagram delete = two.a.sent.remove(0);
    Endpoint stranger = new Endpoint(Ipv4Address.of(9, 9, 9, 9), 4500);
    two.b.receive(
        new Site.Datagram(stranger, Endpoint.natTraversal(Site.B), delete.bytes()), two.net.now);
    assertEquals(1, two.b.pairs().size());
    assertEquals(1, two.b.engine.counters().dropped().get(DropReason.WRONG_PATH));
  }

  private static long keepalives(Two two) {
    return two.net.carried.stream().filter(each -> each.bytes().equals(KEEPALIVE)).count();
  }

  @Test
  void theHiddenSideKeepsItsMappingAlive() {
    Two two = hiddenInitiator(9, DpdConfig.OFF);
    two.net.run(96 * Net.SECOND);
    assertEquals(5, keepalives(two), "every 20 s from the last message on");
    assertEquals(5, two.a.engine.counters().natKeepalives());
    assertEquals(0, two.b.engine.counters().natKeepalives());
    assertEquals(5, two.b.engine.counters().dropped().get(DropReason.NAT_KEEPALIVE));
    assertTrue(
        two.net.carried.stream()
            .filter(each -> each.bytes().equals(KEEPALIVE))
            .allMatch(each -> each.from().equals(new Endpoint(NatTraversalTest.OUTSIDE_A, 1_025))));
  }

  @Test
  void packetsAndMessagesStandInForKeepalives() {
    Two two = hiddenInitiator(10, DpdConfig.OFF);
    long outbound = two.a.sas(Direction.OUTBOUND).get(0).id();
    for (int i = 0; i < 10; i++) {
      two.a.lastPacket.put(outbound, two.net.now);
      two.net.run(10 * Net.SECOND);
    }
    assertEquals(0, keepalives(two));
    Two probing = hiddenInitiator(11, DpdConfig.periodic(10));
    probing.net.run(100 * Net.SECOND);
    assertEquals(0, keepalives(probing));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void theIntervalIsThePeers(int seconds) {
    Two two =
        new Two(
                12,
                true,
                false,
                EncapsulationMode.TUNNEL,
                p ->
                    withDpd(p, DpdConfig.OFF)
                        .withNatTraversal(new NatTraversal(true, false, seconds)),
                UnaryOperator.identity())
            .established();
    two.net.run(51 * Net.SECOND);
    assertEquals(seconds == 0 ? 0 : 11, keepalives(two));
  }

  @Test
  void keepalivesEndWithTheLastSa() {
    Two two = hiddenInitiator(13, DpdConfig.OFF);
    two.a.command(new IkeCommand.Terminate("peer", null), two.net.now);
    two.net.run(100 * Net.SECOND);
    assertEquals(0, keepalives(two));
    assertEquals(IkeEngine.NO_DEADLINE, two.a.engine.nextDeadline());
  }

  /** Both phases are rekeyed along the changed path, whoever begins. */
  @ParameterizedTest
  @EnumSource(EncapsulationMode.class)
  void rekeyingStaysOnPort4500(EncapsulationMode mode) {
    UnaryOperator<PeerConfig> brief =
        p -> withDpd(LifecycleTest.shortLived(p, 120, 180), DpdConfig.OFF);
    Two two = new Two(14, true, false, mode, brief, brief).established();
    int first = two.net.carried.size();
    for (int i = 0; i < 1_200; i++) {
      two.net.run(Net.SECOND);
      assertTrue(Net.usable(two.a, two.b), "no usable pair at " + two.net.now);
    }
    assertTrue(two.b.outputs(IkeOutput.PhaseOneEstablished.class).size() > 5);
    assertTrue(
        two.b.outputs(IkeOutput.PhaseOneEstablished.class).stream()
            .anyMatch(each -> each.sa().initiator()),
        "the visible side has begun some too");
    assertTrue(
        two.net.carried.subList(first, two.net.carried.size()).stream()
            .allMatch(each -> each.to().port() == 4500 || each.from().port() == 4500));
    assertFalse(two.b.sas(Direction.OUTBOUND).isEmpty());
    assertTrue(
        two.b.sas(Direction.OUTBOUND).stream()
            .allMatch(sa -> new UdpEncapsulation(4500, 1_025).equals(sa.udpEncapsulation())));
  }

  /** When nothing is left, the next contact begins where the first one did. */
  @Test
  void aNewBeginningIsOnPort500() {
    Two two = hiddenInitiator(15, DpdConfig.OFF);
    two.a.command(new IkeCommand.Terminate("peer", null), two.net.now);
    two.net.run(Net.SECOND);
    int before = two.net.carried.size();
    two.established();
    assertEquals(500, two.net.carried.get(before).to().port());
  }
}
