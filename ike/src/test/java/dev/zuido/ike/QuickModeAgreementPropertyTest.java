package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.crypto.DhGroup;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever the two sides want of phase 2: both end with the same, or with nothing. */
class QuickModeAgreementPropertyTest {
  /** What one side wants. */
  record Wish(
      List<IpsecProposal> suites,
      @Nullable DhGroup pfs,
      EncapsulationMode mode,
      ExtendedSequenceNumbers extended,
      LifetimePolicy policy,
      long seconds,
      long kilobytes) {
    IkeConfig config(boolean atA) {
      return Site.config(
          atA,
          peer -> {
            ChildConfig child = peer.children().get(0);
            ChildConfig wished =
                new ChildConfig(
                    child.name(),
                    child.local(),
                    child.remote(),
                    mode,
                    suites,
                    pfs,
                    seconds,
                    kilobytes,
                    extended);
            return HandshakeTest.withChild(peer, wished)
                .withOptions(PeerOptions.DEFAULT.withLifetimes(policy));
          });
    }
  }

  @Provide
  Arbitrary<Wish> wishes() {
    List<IpsecProposal> few =
        List.of(
            QuickModeOffersTest.AES,
            QuickModeOffersTest.GCM,
            QuickModeOffersTest.AH,
            Site.TRIPLE_DES_MD5,
            new AhProposal(AhIntegrity.AES_128_GMAC));
    return Combinators.combine(
            Arbitraries.of(few).list().uniqueElements().ofMinSize(1).ofMaxSize(4),
            Arbitraries.of(DhGroup.MODP_1024, DhGroup.CURVE_25519).injectNull(0.6),
            Arbitraries.frequency(
                Tuple.of(9, EncapsulationMode.TRANSPORT), Tuple.of(1, EncapsulationMode.TUNNEL)),
            Arbitraries.of(ExtendedSequenceNumbers.class),
            Arbitraries.of(LifetimePolicy.class),
            Arbitraries.of(600L, 3_600L, 7_200L),
            Arbitraries.of(0L, 1_000L, 4_608_000L))
        .as(Wish::new);
  }

  @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
  void bothEndWithTheSameOrWithNothing(@ForAll("wishes") Wish atA, @ForAll("wishes") Wish atB) {
    Pair pair = new Pair(1, atA.config(true), atB.config(false));
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    if (pair.a.installed.isEmpty()) {
      assertTrue(pair.b.installed.isEmpty() && pair.a.spis.isEmpty() && pair.b.spis.isEmpty());
      assertFalse(pair.b.lastFailure().isEmpty());
      assertFalse(mustAgree(atA, atB), pair.b.lastFailure());
      return;
    }
    assertTrue(pair.usable());
    assertEquals(pair.a.keys(Direction.OUTBOUND), pair.b.keys(Direction.INBOUND));
    SaParameters out = pair.a.sas(Direction.OUTBOUND).get(0);
    SaParameters in = pair.b.sas(Direction.INBOUND).get(0);
    assertEquals(out.suite(), in.suite());
    assertTrue(atA.suites.contains(out.suite()) && atB.suites.contains(out.suite()));
    assertEquals(out.mode(), in.mode());
    assertEquals(out.extendedSequenceNumbers(), in.extendedSequenceNumbers());
    assertEquals(out.lifetimeSeconds(), in.lifetimeSeconds());
    assertTrue(out.lifetimeSeconds() <= atA.seconds, "never longer than the initiator wants");
    if (atA.kilobytes != 0) {
      assertEquals(out.lifetimeKilobytes(), in.lifetimeKilobytes());
    }
  }

  /** What two people would agree on at once has to be agreed on. */
  private static boolean mustAgree(Wish atA, Wish atB) {
    return atA.mode == atB.mode
        && Objects.equals(atA.pfs, atB.pfs)
        && atA.suites.stream().anyMatch(atB.suites::contains)
        && atA.extended == atB.extended
        && atB.policy != LifetimePolicy.EXACT
        && atA.seconds <= atB.seconds
        && (atA.kilobytes == 0 || atB.kilobytes == 0 || atA.kilobytes <= atB.kilobytes);
  }
}
