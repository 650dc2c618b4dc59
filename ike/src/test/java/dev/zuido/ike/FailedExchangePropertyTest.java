package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What comes to nothing leaves nothing, and what two sides have they have both. */
class FailedExchangePropertyTest {
  private static final Holdings NOTHING = new Holdings(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Nothing is going on. */
  private static boolean isQuiet(Site site) {
    Holdings held = site.engine.holdings();
    return held.halfOpen() + held.initiating() + held.openExchanges() + held.pendingPairs() == 0;
  }

  private static void assertConsistent(Site site) {
    Holdings held = site.engine.holdings();
    assertEquals(0, held.computing() + held.installing() + held.unconfirmed(), held::toString);
    assertEquals(2 * held.pairs(), held.knownSas(), held::toString);
    assertEquals(2 * held.isakmpSas(), held.registered(), held::toString);
    assertEquals(held.pairs(), site.spis.size(), held::toString);
  }

  /** After any message the network is gone for good: a lifetime later nobody holds anything. */
  @Property(tries = 60)
  void whereverTheNetworkEndsNothingIsLeft(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(max = 24) int messages,
      @ForAll boolean both,
      @ForAll boolean periodic,
      @ForAll AggressiveMode mode) {
    DpdConfig dpd = periodic ? DpdConfig.periodic(30) : DpdConfig.OFF;
    Tunnel tunnel = new Tunnel(seed, config(true, dpd, mode), config(false, dpd, mode));
    Pair pair = tunnel.pair;
    int[] sent = {0};
    pair.lose = datagram -> sent[0]++ >= messages;
    pair.a.initiate(pair.now);
    if (both) {
      pair.b.initiate(pair.now);
    }
    pair.run(2_000 * Pair.SECOND);
    for (Site site : List.of(pair.a, pair.b)) {
      assertEquals(NOTHING, site.engine.holdings(), () -> Tunnel.tail(site));
      assertTrue(site.spis.isEmpty() && site.installed.isEmpty());
      assertEquals(IkeEngine.NO_DEADLINE, site.engine.nextDeadline());
    }
  }

  private static IkeConfig config(boolean atA, DpdConfig dpd, AggressiveMode mode) {
    return IkeConfig.of(
        List.of(
            Tunnel.peer(Site.peer(atA), 120, 300, dpd)
                .withOptions(PeerOptions.DEFAULT.withAggressiveMode(mode))));
  }

  /** Rekeys that the other side's driver refuses leave the pair, and nothing else. */
  @Property(tries = 30)
  void refusedRekeysLeaveWhatWasThere(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll boolean atA) {
    Tunnel tunnel = new Tunnel(seed, 3_600, 86_400, DpdConfig.OFF).established();
    tunnel.neverWithoutAPair();
    Pair pair = tunnel.pair;
    pair.b.refuseInstalls = true;
    Holdings atFirst = pair.a.engine.holdings();
    Holdings atFirstB = pair.b.engine.holdings();
    tunnel.softVolume(atA ? pair.a : pair.b);
    for (int i = 0; i < 300; i++) {
      pair.run(Pair.SECOND);
      if (isQuiet(pair.a) && isQuiet(pair.b)) {
        assertSame(atFirst, pair.a.engine.holdings());
        assertSame(atFirstB, pair.b.engine.holdings());
      }
    }
    assertTrue(pair.b.outputs(IkeOutput.ExchangeFailed.class).size() >= 4, "tried again");
    pair.b.refuseInstalls = false;
    pair.run(100 * Pair.SECOND);
    assertEquals(2, pair.a.pairs().size(), "and in the end it is rekeyed");
  }

  /** The same but for the timers of what is to be tried again. */
  private static void assertSame(Holdings before, Holdings after) {
    assertEquals(before.pairs(), after.pairs());
    assertEquals(before.isakmpSas(), after.isakmpSas());
    assertEquals(before.registered(), after.registered());
    assertEquals(before.knownSas(), after.knownSas());
    assertEquals(0, after.computing() + after.installing() + after.unconfirmed());
    assertTrue(after.machines() <= before.machines() + 1, after::toString);
  }

  /**
   * Whatever the network did: when it is well again, then after the longest lifetime and the time
   * in which a request is given up both sides have the same SAs.
   */
  @Property(tries = 40)
  void bothSidesEndWithTheSameSas(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @DoubleRange(max = 0.3) double loss,
      @ForAll boolean both) {
    long longest = 300;
    Tunnel tunnel = new Tunnel(seed, 120, longest, DpdConfig.periodic(30)).over(loss);
    Pair pair = tunnel.pair;
    for (int i = 0; i < 20; i++) {
      pair.a.initiate(pair.now);
      if (both) {
        pair.b.initiate(pair.now);
      }
      tunnel.run(tunnel.chance.nextLong(40 * Pair.SECOND));
    }
    tunnel.over(0);
    tunnel.run(longest * Pair.SECOND + RetransmissionPolicy.DEFAULT.totalNanos());
    for (int i = 0; i < 100 && !(isQuiet(pair.a) && isQuiet(pair.b)); i++) {
      tunnel.run(Pair.SECOND / 2);
    }
    assertEquals(
        pairs(pair.a, false),
        pairs(pair.b, true),
        () -> Tunnel.tail(pair.a) + "\n\n" + Tunnel.tail(pair.b));
    assertEquals(phaseOnes(pair.a), phaseOnes(pair.b));
    assertConsistent(pair.a);
    assertConsistent(pair.b);
  }

  private static Set<String> pairs(Site site, boolean mirrored) {
    Set<String> pairs = new HashSet<>();
    for (IkeSnapshot.ChildSaView view : site.pairs()) {
      String in = TraceText.spi(view.inboundSpi());
      String out = TraceText.spi(view.outboundSpi());
      pairs.add(mirrored ? out + "/" + in : in + "/" + out);
    }
    return pairs;
  }

  private static Set<String> phaseOnes(Site site) {
    Set<String> all = new HashSet<>();
    site.phaseOnes().forEach(sa -> all.add(sa.initiatorCookie() + " " + sa.responderCookie()));
    return all;
  }
}
