package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Rekeys of both phases, by either side or both at once, over networks of every quality. */
class RekeyPropertyTest {
  /** What happens to the SAs besides their lifetimes. */
  private enum Event {
    SOFT_VOLUME_AT_A,
    SOFT_VOLUME_AT_B,
    SOFT_VOLUME_AT_BOTH,
    PHASE_ONE_AT_A,
    PHASE_ONE_AT_B,
    PHASE_ONE_AT_BOTH,
    PHASE_ONE_DELETED,
    OLD_PAIR_DELETED,
    ASKED_FOR,
    NOTHING
  }

  private static void happen(Tunnel tunnel, Event event) {
    Pair pair = tunnel.pair;
    Site one = tunnel.chance.nextBoolean() ? pair.a : pair.b;
    switch (event) {
      case SOFT_VOLUME_AT_A -> tunnel.softVolume(pair.a);
      case SOFT_VOLUME_AT_B -> tunnel.softVolume(pair.b);
      case SOFT_VOLUME_AT_BOTH -> {
        tunnel.softVolume(one);
        pair.run(tunnel.chance.nextLong(30_000_000));
        tunnel.softVolume(one == pair.a ? pair.b : pair.a);
      }
      case PHASE_ONE_AT_A -> tunnel.rekeyPhaseOne(pair.a);
      case PHASE_ONE_AT_B -> tunnel.rekeyPhaseOne(pair.b);
      case PHASE_ONE_AT_BOTH -> {
        tunnel.rekeyPhaseOne(one);
        pair.run(tunnel.chance.nextLong(100_000_000));
        tunnel.rekeyPhaseOne(one == pair.a ? pair.b : pair.a);
      }
      case PHASE_ONE_DELETED -> tunnel.deletePhaseOne(one);
      case OLD_PAIR_DELETED -> tunnel.deleteOldPair(one);
      case ASKED_FOR -> one.initiate(pair.now);
      case NOTHING -> {}
    }
  }

  /**
   * From the first pair on there is never a moment in which what one side sends on is not installed
   * on the other, whatever is rekeyed, deleted and lost.
   */
  @Property(tries = 60)
  void aRekeyNeverLeavesAMomentWithoutAUsablePair(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @DoubleRange(max = 0.3) double loss,
      @ForAll boolean periodic) {
    DpdConfig dpd = periodic ? DpdConfig.periodic(60) : DpdConfig.onDemand(30);
    Tunnel tunnel = new Tunnel(seed, 1_800, 2_400, dpd).over(loss).established();
    tunnel.neverWithoutAPair();
    Event[] events = Event.values();
    for (int i = 0; i < 100; i++) {
      tunnel.run((5 + tunnel.chance.nextLong(80)) * Pair.SECOND);
      happen(tunnel, events[tunnel.chance.nextInt(events.length)]);
    }
    tunnel.run(600 * Pair.SECOND);
    assertEquals(0, tunnel.unknown, "every packet that arrived was known");
    assertTrue(tunnel.packets > 3_000);
    assertBounded(tunnel.pair);
  }

  private static void assertBounded(Pair pair) {
    for (Site site : List.of(pair.a, pair.b)) {
      Holdings held = site.engine.holdings();
      assertTrue(held.isakmpSas() <= IkeLimits.DEFAULT.isakmpSasPerPeer(), held::toString);
      assertTrue(held.pairs() <= IkeLimits.DEFAULT.pairsPerChild(), held::toString);
      int spis = site.spis.size() - held.pairs() - held.pendingPairs();
      assertTrue(spis >= 0 && spis <= held.openExchanges(), held::toString);
    }
  }

  /** Whatever two quick modes cross how, both sides use the same pair, and the other ends. */
  @Property(tries = 150)
  void ofCrossingQuickModesOnePairIsLeft(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(max = 400) int milliseconds,
      @ForAll @DoubleRange(max = 0.9) double reordering) {
    Tunnel tunnel = new Tunnel(seed, 3_600, 86_400, DpdConfig.OFF).established();
    tunnel.pair.reordering = reordering;
    tunnel.neverWithoutAPair();
    tunnel.softVolume(tunnel.pair.a);
    tunnel.pair.run(milliseconds * 1_000_000L);
    tunnel.softVolume(tunnel.pair.b);
    tunnel.run(40 * Pair.SECOND);
    assertOnePairInUse(tunnel.pair);
    tunnel.run(IkeConfig.of(List.of()).retransmission().totalNanos() + 10 * Pair.SECOND);
    for (Site site : List.of(tunnel.pair.a, tunnel.pair.b)) {
      assertTrue(site.pairs().size() <= 3, () -> site.pairs().toString());
      assertEquals(1, site.pairs().stream().filter(IkeSnapshot.ChildSaView::current).count());
    }
    assertEquals(0, tunnel.unknown);
  }

  static IkeConfig config(boolean atA, AggressiveMode mode) {
    PeerConfig peer = Tunnel.peer(Site.peer(atA), 3_600, 86_400, DpdConfig.periodic(30));
    return IkeConfig.of(List.of(peer.withOptions(PeerOptions.DEFAULT.withAggressiveMode(mode))));
  }

  private static void assertOnePairInUse(Pair pair) {
    assertEquals(1, pair.a.keys(Direction.OUTBOUND).size(), () -> Tunnel.tail(pair.a));
    assertEquals(1, pair.b.keys(Direction.OUTBOUND).size(), () -> Tunnel.tail(pair.b));
    IkeSnapshot.ChildSaView atA = Tunnel.current(pair.a);
    IkeSnapshot.ChildSaView atB = Tunnel.current(pair.b);
    assertEquals(
        List.of(atA.inboundSpi(), atA.outboundSpi()),
        List.of(atB.outboundSpi(), atB.inboundSpi()),
        () -> Tunnel.tail(pair.a) + "\n\n" + Tunnel.tail(pair.b));
  }

  /** Both begin at once, or nearly: one ISAKMP SA is used, the other ends, the children live. */
  @Property(tries = 150)
  void ofCrossingPhaseOnesOneIsUsed(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(max = 400) int milliseconds,
      @ForAll @DoubleRange(max = 0.9) double reordering,
      @ForAll boolean rekey,
      @ForAll AggressiveMode mode) {
    Tunnel tunnel = new Tunnel(seed, config(true, mode), config(false, mode));
    Pair pair = tunnel.pair;
    if (rekey) {
      tunnel.established();
      pair.reordering = reordering;
      tunnel.rekeyPhaseOne(pair.a);
      pair.run(milliseconds * 1_000_000L);
      tunnel.rekeyPhaseOne(pair.b);
    } else {
      pair.reordering = reordering;
      pair.a.initiate(pair.now);
      pair.run(milliseconds * 1_000_000L);
      pair.b.initiate(pair.now);
    }
    tunnel.run(30 * Pair.SECOND);
    assertTrue(pair.usable());
    tunnel.neverWithoutAPair();
    tunnel.run(400 * Pair.SECOND);
    assertEquals(
        Tunnel.currentPhaseOne(pair.a).initiatorCookie(),
        Tunnel.currentPhaseOne(pair.b).initiatorCookie(),
        () -> Tunnel.tail(pair.a) + "\n\n" + Tunnel.tail(pair.b));
    assertEquals(1, pair.a.phaseOnes().size(), () -> pair.a.phaseOnes().toString());
    assertEquals(1, pair.b.phaseOnes().size(), () -> pair.b.phaseOnes().toString());
    assertOnePairInUse(pair);
    assertEquals(0, tunnel.unknown);
  }

  /** Both once gave up their first quick modes for new ones, each because of the other's delete. */
  @Example
  void firstQuickModesThatCrossLateAreCompleted() {
    ofCrossingPhaseOnesOneIsUsed(8, 102, 0.62, false, AggressiveMode.INITIATE);
    ofCrossingPhaseOnesOneIsUsed(124_326, 106, 0.78, false, AggressiveMode.INITIATE);
  }

  /** Hundreds of rekeys leave no more behind than a few. */
  @Property(tries = 3)
  void nothingGrowsOverHundredsOfRekeys(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Tunnel tunnel = new Tunnel(seed, 1_800, 7_200, DpdConfig.periodic(60)).over(0.1).established();
    tunnel.neverWithoutAPair();
    for (int i = 0; i < 400; i++) {
      tunnel.softVolume(tunnel.chance.nextBoolean() ? tunnel.pair.a : tunnel.pair.b);
      tunnel.run(20 * Pair.SECOND);
      if (i % 10 == 0) {
        tunnel.rekeyPhaseOne(tunnel.chance.nextBoolean() ? tunnel.pair.a : tunnel.pair.b);
      }
      for (Site site : List.of(tunnel.pair.a, tunnel.pair.b)) {
        Holdings held = site.engine.holdings();
        assertTrue(held.machines() < 40, held::toString);
        assertTrue(held.computing() + held.installing() == 0, held::toString);
        assertTrue(held.knownSas() == 2 * held.pairs(), held::toString);
        site.outputs.clear();
      }
    }
    assertBounded(tunnel.pair);
  }
}
