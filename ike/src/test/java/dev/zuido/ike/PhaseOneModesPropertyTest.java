package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** Both modes by both methods over bad networks. */
class PhaseOneModesPropertyTest {
  private static final IkeProposal FAST =
      IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA1, DhGroup.CURVE_25519);

  private static UnaryOperator<PeerConfig> change(boolean atA, boolean aggressive, boolean signed) {
    return p ->
        AggressiveModeTest.mode(
            signed
                ? TestCertificates.signed(p, atA)
                : p.with(p.localIdentity(), null, p.credentials(), List.of(FAST)),
            aggressive ? AggressiveMode.INITIATE : AggressiveMode.OFF);
  }

  @Property(tries = 40)
  void lossDuplicationAndReorderingAreSurvived(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @DoubleRange(max = 0.3) double loss,
      @ForAll boolean aggressive,
      @ForAll boolean signed,
      @ForAll boolean bothInitiate) {
    Pair pair =
        new Pair(
            seed,
            Site.config(true, change(true, aggressive, signed)),
            Site.config(false, change(false, aggressive, signed)));
    pair.loss = loss;
    pair.duplication = 0.2;
    pair.reordering = 0.3;
    for (int round = 0; round < 6 && !(round > 0 && pair.usable()); round++) {
      pair.a.initiate(pair.now);
      if (bothInitiate) {
        pair.b.initiate(pair.now);
      }
      pair.run(200 * Pair.SECOND);
    }
    pair.loss = 0;
    pair.a.initiate(pair.now);
    pair.run(300 * Pair.SECOND);
    assertTrue(pair.usable(), () -> pair.a.trace() + "\n" + pair.b.trace());
    for (Site site : List.of(pair.a, pair.b)) {
      for (IkeSnapshot.IsakmpSaView sa : site.phaseOnes()) {
        assertEquals("QM_IDLE", sa.state(), "nothing half-open is left");
      }
    }
  }

  /** Phase 1 is made anew by the mode that made it, and there is a usable pair all the time. */
  @Property(tries = 8)
  void phaseOneIsRekeyed(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll boolean aggressive,
      @ForAll boolean signed) {
    UnaryOperator<PeerConfig> lifetime =
        p ->
            p.with(
                p.localIdentity(),
                null,
                p.credentials(),
                p.proposals().stream()
                    .map(
                        each ->
                            new IkeProposal(
                                each.cipher(),
                                each.hash(),
                                each.authentication(),
                                each.group(),
                                120))
                    .toList());
    Pair pair =
        new Pair(
            seed,
            Site.config(true, p -> lifetime.apply(change(true, aggressive, signed).apply(p))),
            Site.config(false, p -> lifetime.apply(change(false, aggressive, signed).apply(p))));
    pair.a.initiate(0);
    pair.run(10 * Pair.SECOND);
    pair.invariant = () -> assertTrue(pair.usable(), () -> "no usable pair at " + pair.now);
    pair.run(600 * Pair.SECOND);
    String mode = aggressive ? "aggressive mode 1/3" : "main mode 1/6";
    long begun = pair.a.trace().stream().filter(line -> line.contains(mode)).count();
    assertTrue(begun >= 5, () -> begun + " " + pair.a.trace());
    assertTrue(pair.a.phaseOnes().size() <= 3 && pair.b.phaseOnes().size() <= 3);
  }
}
