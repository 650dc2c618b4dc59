package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.SaParameters.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to SAs after they were made: rekeying, deletes, restarts, dead peers. */
class LifecycleTest {
  private static Pair established(long seed) {
    return established(new Pair(seed));
  }

  private static Pair established(Pair pair) {
    pair.a.initiate(pair.now);
    pair.run(5 * Pair.SECOND);
    assertTrue(pair.usable());
    return pair;
  }

  private static Pair shortLived(long seed, long childSeconds, long phaseOneSeconds) {
    return new Pair(
        seed,
        Site.config(true, p -> shortLived(p, childSeconds, phaseOneSeconds)),
        Site.config(false, p -> shortLived(p, childSeconds, phaseOneSeconds)));
  }

  static PeerConfig shortLived(PeerConfig peer, long childSeconds, long phaseOneSeconds) {
    IkeProposal p = peer.proposals().get(0);
    PeerConfig withLifetime =
        HandshakeTest.withProposals(
            peer,
            List.of(
                new IkeProposal(
                    p.cipher(), p.hash(), p.authentication(), p.group(), phaseOneSeconds)),
            peer.dpd());
    ChildConfig child = peer.children().get(0);
    return HandshakeTest.withChild(
        withLifetime,
        new ChildConfig(
            child.name(),
            child.local(),
            child.remote(),
            child.mode(),
            child.proposals(),
            null,
            childSeconds,
            0));
  }

  /** Rekeys until the end of the run; from the first pair on, there is always a usable one. */
  private static void rekeysWithoutAGap(Pair pair) {
    established(pair);
    pair.invariant = () -> assertTrue(pair.usable(), () -> "no usable pair at " + pair.now);
    pair.run(1_200 * Pair.SECOND);
    assertTrue(pair.a.outputs(IkeOutput.ChildEstablished.class).size() > 8);
    assertTrue(pair.a.installed.size() <= 8, pair.a.installed.keySet().toString());
    assertEquals(
        pair.a.spis.size(),
        pair.a.pairs().size(),
        "an SPI is held for each pair and for nothing else");
  }

  @Test
  void quickModeRekeysLeaveNoGap() {
    rekeysWithoutAGap(shortLived(21, 120, 86_400));
  }

  @Test
  void bothPhasesRekeyAndTheChildrenAreAdopted() {
    Pair pair = shortLived(22, 120, 180);
    rekeysWithoutAGap(pair);
    assertTrue(pair.a.outputs(IkeOutput.PhaseOneEstablished.class).size() > 5);
    assertTrue(pair.a.phaseOnes().size() <= 4);
  }

  @Test
  void rekeysAtTheSameMomentLeaveNoGap() {
    Pair pair = shortLived(23, 600, 86_400);
    established(pair);
    pair.invariant = () -> assertTrue(pair.usable());
    for (int i = 0; i < 3; i++) {
      for (Site site : List.of(pair.a, pair.b)) {
        long id =
            site.pairs().stream()
                .filter(IkeSnapshot.ChildSaView::current)
                .findAny()
                .orElseThrow()
                .inboundSaId();
        site.command(new IkeCommand.LifetimeExceeded(id, false), pair.now);
      }
      pair.run(10 * Pair.SECOND);
      assertEquals(pair.a.keys(Direction.OUTBOUND).size(), 1, "one SA to send with after " + i);
      assertEquals(current(pair.a).inboundSpi(), current(pair.b).outboundSpi());
    }
  }

  private static IkeSnapshot.ChildSaView current(Site site) {
    return site.pairs().stream().filter(IkeSnapshot.ChildSaView::current).findAny().orElseThrow();
  }

  @Test
  void theInitiatorOfARekeyChangesOverWhenThePeerDoes() {
    Pair pair = established(24);
    long old = current(pair.a).outboundSaId();
    pair.a.command(new IkeCommand.LifetimeExceeded(current(pair.a).inboundSaId(), false), pair.now);
    pair.run(Pair.SECOND / 2);
    assertNotEquals(old, current(pair.a).outboundSaId());
    assertTrue(pair.a.installed.containsKey(old));
    assertFalse(pair.a.installed.containsKey(current(pair.a).outboundSaId()));
    pair.a.command(new IkeCommand.SaUsed(current(pair.a).inboundSaId()), pair.now);
    assertFalse(pair.a.installed.containsKey(old));
    assertTrue(pair.a.installed.containsKey(current(pair.a).outboundSaId()));
  }

  @Test
  void theInitiatorOfARekeyChangesOverAfterTwoSeconds() {
    Pair pair = established(25);
    long old = current(pair.a).outboundSaId();
    pair.a.command(new IkeCommand.LifetimeExceeded(current(pair.a).inboundSaId(), false), pair.now);
    pair.run(3 * Pair.SECOND);
    assertFalse(pair.a.installed.containsKey(old));
    assertTrue(pair.a.installed.containsKey(current(pair.a).outboundSaId()));
  }

  /** The pair that is sent on goes before the change-over: its successor does not wait for it. */
  @Test
  void theLossOfTheOldPairEndsTheChangeOver() {
    Pair pair = established(36);
    IkeSnapshot.ChildSaView old = current(pair.a);
    pair.a.command(new IkeCommand.LifetimeExceeded(old.inboundSaId(), false), pair.now);
    pair.run(Pair.SECOND / 2);
    assertFalse(pair.a.installed.containsKey(current(pair.a).outboundSaId()));
    pair.a.command(new IkeCommand.LifetimeExceeded(old.outboundSaId(), true), pair.now);
    assertTrue(pair.a.installed.containsKey(current(pair.a).outboundSaId()));
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
  }

  /** When everything goes, nothing is installed on the way. */
  @Test
  void theEndOfEverythingInTheChangeOverInstallsNothing() {
    Pair pair = established(37);
    pair.a.command(new IkeCommand.LifetimeExceeded(current(pair.a).inboundSaId(), false), pair.now);
    pair.run(Pair.SECOND / 2);
    int before = pair.a.outputs(IkeOutput.InstallSa.class).size();
    pair.a.command(new IkeCommand.Terminate("peer", "gre"), pair.now);
    assertEquals(before, pair.a.outputs(IkeOutput.InstallSa.class).size());
    assertTrue(pair.a.installed.isEmpty());
  }

  @Test
  void anExpiredPairIsRemovedOnBothSides() {
    Pair pair = established(26);
    pair.a.command(new IkeCommand.LifetimeExceeded(current(pair.a).outboundSaId(), true), pair.now);
    pair.run(Pair.SECOND);
    assertTrue(pair.a.installed.isEmpty() && pair.b.installed.isEmpty());
    assertEquals(
        EndReason.DELETED_BY_PEER, pair.b.outputs(IkeOutput.ChildDeleted.class).get(0).reason());
    assertEquals(1, pair.b.phaseOnes().size());
  }

  @Test
  void aDeletedIsakmpSaLeavesItsChildren() {
    Pair pair = shortLived(27, 3_600, 60);
    pair.lose = datagram -> pair.now > 10 * Pair.SECOND && pair.now < 59 * Pair.SECOND;
    established(pair);
    pair.run(62 * Pair.SECOND);
    assertTrue(pair.usable());
  }

  @Test
  void terminateTellsThePeer() {
    Pair pair = established(28);
    pair.a.command(new IkeCommand.Terminate("peer", null), pair.now);
    pair.run(Pair.SECOND);
    HandshakeTest.assertNothingLeft(pair);
    pair.b.initiate(pair.now);
    pair.run(5 * Pair.SECOND);
    assertTrue(pair.usable());
  }

  @Test
  void shutdownTellsThePeerAndLeavesNothing() {
    Pair pair = established(29);
    pair.a.command(new IkeCommand.Shutdown(), pair.now);
    pair.run(Pair.SECOND);
    HandshakeTest.assertNothingLeft(pair);
    assertEquals(IkeEngine.NO_DEADLINE, pair.a.engine.nextDeadline());
    pair.a.initiate(pair.now);
    assertEquals(1, pair.a.engine.counters().dropped().get(DropReason.SHUT_DOWN));
  }

  @Test
  void aRestartedPeerReplacesItsOldSas() {
    Pair old = established(30);
    Pair pair = new Pair(31);
    // The new life of site A meets the old site B.
    Pair mixed = new Pair(32, old, pair);
    mixed.a.initiate(mixed.now);
    mixed.run(5 * Pair.SECOND);
    assertTrue(mixed.usable());
    assertEquals(1, mixed.b.phaseOnes().size());
    assertEquals(2, mixed.b.installed.size());
    assertEquals(
        EndReason.PEER_RESTARTED, mixed.b.outputs(IkeOutput.ChildDeleted.class).get(0).reason());
  }

  @Test
  void anUnknownSpiIsReportedAndThePairMadeAnew() {
    Pair pair = established(33);
    int lost = current(pair.a).outboundSpi();
    pair.b.command(new IkeCommand.InvalidSpi(Site.B, Site.A, lost), pair.now);
    pair.b.command(new IkeCommand.InvalidSpi(Site.B, Site.A, lost), pair.now);
    pair.run(5 * Pair.SECOND);
    assertEquals(1, pair.b.engine.counters().dropped().get(DropReason.RATE_LIMITED));
    assertNotEquals(lost, current(pair.a).outboundSpi());
    assertTrue(pair.usable());
  }

  @Test
  void aDeadPeerIsFoundOnDemandAndComesBack() {
    Pair pair = established(34);
    long cut = pair.now;
    pair.lose = datagram -> true;
    pair.run(100 * Pair.SECOND);
    assertTrue(pair.usable(), "without traffic nobody is probed");
    pair.a.lastPacket.put(current(pair.a).outboundSaId(), pair.now);
    pair.run(11 * Pair.SECOND + 2 * Pair.SECOND);
    assertTrue(pair.a.installed.isEmpty());
    assertTrue(pair.a.phaseOnes().isEmpty());
    assertEquals(
        EndReason.PEER_DEAD, pair.a.outputs(IkeOutput.PhaseOneDeleted.class).get(0).reason());
    assertTrue(pair.now > cut);
    pair.lose = datagram -> false;
    pair.a.initiate(pair.now);
    pair.run(5 * Pair.SECOND);
    assertTrue(pair.usable());
    assertEquals(1, pair.b.phaseOnes().size());
  }

  @Test
  void periodicProbesAreAnsweredAndASilentPeerIsDead() {
    Pair pair =
        new Pair(
            35,
            Site.config(
                true, p -> HandshakeTest.withProposals(p, p.proposals(), DpdConfig.periodic(10))),
            Site.config(false));
    established(pair);
    pair.run(60 * Pair.SECOND);
    long probes =
        pair.b.trace().stream()
            .filter(line -> line.startsWith("<") && line.contains("R-U-THERE"))
            .count();
    assertTrue(probes >= 5 && probes <= 7, "" + probes);
    assertEquals(0, HandshakeTest.dropped(pair.a) + HandshakeTest.dropped(pair.b));
    long cut = pair.now;
    pair.lose = datagram -> true;
    pair.run(10 * Pair.SECOND + 10 * Pair.SECOND + Pair.SECOND);
    assertTrue(pair.a.installed.isEmpty(), "found within the period and five retries of " + cut);
  }
}
