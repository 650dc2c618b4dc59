package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.NatTraversalTest.Two;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/** Behind translators, over a bad network, two engines end with the same SAs. */
class NatConvergencePropertyTest {
  private static final int ROUNDS = 6;

  @Property(tries = 100)
  void lossDuplicationAndReorderingAreSurvivedBehindTranslators(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @DoubleRange(max = 0.3) double loss,
      @ForAll boolean hideB,
      @ForAll EncapsulationMode mode,
      @ForAll boolean restart) {
    UnaryOperator<PeerConfig> probing =
        p -> HandshakeTest.withProposals(p, p.proposals(), DpdConfig.periodic(30));
    Two two = new Two(seed, true, hideB, mode, probing, probing);
    two.net.loss = loss;
    two.net.duplication = 0.2;
    two.net.reordering = 0.3;
    converge(two);
    if (restart) {
      // The translator forgets the mappings: the probes find out, or find the peer dead.
      two.atA.restart();
      two.net.run(300 * Net.SECOND);
      converge(two);
      assertEquals(
          two.a.pairs().stream().filter(IkeSnapshot.ChildSaView::current).count(),
          1,
          "one pair is the newest");
    }
    for (Site site : List.of(two.a, two.b)) {
      assertEquals(site.spis.size(), site.pairs().size());
      assertTrue(site.phaseOnes().size() <= 4);
      assertTrue(
          site.pairs().stream().allMatch(pair -> pair.localEnd().port() == 4500),
          () -> site.pairs().toString());
    }
  }

  /** The responder has nothing left by which it could be known where the packets come from. */
  @Example
  void aPairThatOnlyTheInitiatorHasIsReported() {
    lossDuplicationAndReorderingAreSurvivedBehindTranslators(
        427, 0.29, false, EncapsulationMode.TUNNEL, true);
  }

  private static void converge(Two two) {
    for (int round = 0; round < ROUNDS && !(round > 0 && Net.usable(two.a, two.b)); round++) {
      two.a.initiate(two.net.now);
      two.net.run(200 * Net.SECOND);
      tellUnknownSpis(two, two.a, two.b, Site.B);
      tellUnknownSpis(two, two.b, two.a, Site.A);
    }
    assertTrue(Net.usable(two.a, two.b), () -> two.a.trace() + "\n" + two.b.trace());
  }

  /** What the data path does when a packet comes with an SPI that it does not have. */
  private static void tellUnknownSpis(Two two, Site sender, Site receiver, Ipv4Address at) {
    for (SaParameters sa : sender.sas(SaParameters.Direction.OUTBOUND)) {
      boolean known =
          receiver.sas(SaParameters.Direction.INBOUND).stream()
              .anyMatch(other -> other.spi() == sa.spi());
      Endpoint seenFrom = known ? null : remoteOf(receiver);
      if (seenFrom != null) {
        receiver.command(
            new IkeCommand.InvalidSpi(at, seenFrom.address(), seenFrom.port(), sa.spi()),
            two.net.now);
      }
    }
    two.net.run(30 * Net.SECOND);
  }

  /** Where a packet of the peer seems to come from: as its messages do, if it is known at all. */
  private static @Nullable Endpoint remoteOf(Site site) {
    return site.phaseOnes().stream()
        .filter(IkeSnapshot.IsakmpSaView::current)
        .map(IkeSnapshot.IsakmpSaView::remote)
        .findFirst()
        .orElse(null);
  }
}
