package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** Two engines over a bad network end with the same SAs. */
class ConvergencePropertyTest {
  /** Each side asks again when it has nothing, as a router with traffic does. */
  private static final int ROUNDS = 6;

  @Property(tries = 120)
  void lossDuplicationAndReorderingAreSurvived(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @DoubleRange(max = 0.3) double loss,
      @ForAll boolean bothInitiate) {
    Pair pair = new Pair(seed);
    pair.loss = loss;
    pair.duplication = 0.2;
    pair.reordering = 0.3;
    for (int round = 0; round < ROUNDS && !(round > 0 && pair.usable()); round++) {
      pair.a.initiate(pair.now);
      if (bothInitiate) {
        pair.b.initiate(pair.now);
      }
      pair.run(200 * Pair.SECOND);
      tellUnknownSpis(pair);
    }
    assertTrue(pair.usable(), () -> pair.a.trace() + "\n" + pair.b.trace());
    // What a crossing exchange has left over ends when its repetitions do, and no later.
    pair.run(RetransmissionPolicy.DEFAULT.totalNanos() + 10 * Pair.SECOND);
    assertTrue(pair.usable(), () -> pair.a.trace() + "\n" + pair.b.trace());
    for (Site site : List.of(pair.a, pair.b)) {
      assertEquals(site.spis.size(), site.pairs().size());
      assertTrue(site.phaseOnes().size() <= 4);
    }
  }

  /** What the data path does when a packet comes with an SPI that it does not have. */
  private static void tellUnknownSpis(Pair pair) {
    for (IkeSnapshot.ChildSaView view : pair.a.pairs()) {
      if (pair.b.pairs().stream().noneMatch(other -> other.inboundSpi() == view.outboundSpi())) {
        pair.b.command(new IkeCommand.InvalidSpi(Site.B, Site.A, view.outboundSpi()), pair.now);
      }
    }
    for (IkeSnapshot.ChildSaView view : pair.b.pairs()) {
      if (pair.a.pairs().stream().noneMatch(other -> other.inboundSpi() == view.outboundSpi())) {
        pair.a.command(new IkeCommand.InvalidSpi(Site.A, Site.B, view.outboundSpi()), pair.now);
      }
    }
    pair.run(30 * Pair.SECOND);
  }
}
