package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.ExchangeType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exchanges that cross or cut off each other, one case each. */
class CrossingTest {
  /**
   * The peer's first message was sent before it had what we have begun, and comes when that is
   * complete here: both sides see that the two have crossed, and use the same.
   */
  @Test
  void aFirstMessageThatIsOvertakenByAnAggressiveModeHasCrossedIt() {
    Tunnel tunnel =
        new Tunnel(
            18,
            RekeyPropertyTest.config(true, AggressiveMode.INITIATE),
            RekeyPropertyTest.config(false, AggressiveMode.INITIATE));
    Pair pair = tunnel.established().pair;
    tunnel.neverWithoutAPair();
    pair.reordering = 0.47;
    tunnel.rekeyPhaseOne(pair.a);
    pair.run(18_000_000);
    tunnel.rekeyPhaseOne(pair.b);
    tunnel.run(2 * Pair.SECOND);
    assertTrue(
        pair.b.outputs(IkeOutput.PhaseOneEstablished.class).get(1).sa().initiator(),
        "complete at B before A's first message comes");
    assertEquals(3, pair.a.phaseOnes().size());
    assertEquals(3, pair.b.phaseOnes().size());
    String used = Tunnel.currentPhaseOne(pair.a).initiatorCookie().toString();
    tunnel.run(430 * Pair.SECOND);
    for (Site site : List.of(pair.a, pair.b)) {
      assertEquals(1, site.phaseOnes().size());
      assertEquals(used, Tunnel.currentPhaseOne(site).initiatorCookie().toString());
    }
  }

  /** The same at the first contact: INITIAL-CONTACT does not take back what was completed since. */
  @Test
  void theInitialContactOfAnOvertakenAggressiveModeSparesWhatOvertookIt() {
    Tunnel tunnel =
        new Tunnel(
            8,
            RekeyPropertyTest.config(true, AggressiveMode.INITIATE),
            RekeyPropertyTest.config(false, AggressiveMode.INITIATE));
    Pair pair = tunnel.pair;
    pair.reordering = 0.62;
    pair.a.initiate(pair.now);
    pair.b.initiate(pair.now);
    tunnel.run(2 * Pair.SECOND);
    assertTrue(
        pair.b.outputs(IkeOutput.PhaseOneEstablished.class).get(0).sa().initiator(),
        "complete at B before A's first message comes");
    assertEquals(2, pair.a.phaseOnes().size());
    assertEquals(2, pair.b.phaseOnes().size());
    tunnel.run(430 * Pair.SECOND);
    assertEquals(
        Tunnel.currentPhaseOne(pair.a).initiatorCookie(),
        Tunnel.currentPhaseOne(pair.b).initiatorCookie());
  }

  /** Both want the same, and the peer's phase 1 is complete: what it has called for it begins. */
  @Test
  void whatThePeerHasCalledForIsNotBegunHereTooAtOnce() {
    Pair pair = new Pair(9);
    pair.lose =
        datagram ->
            datagram.from().address().equals(Site.B)
                && Arrays.equals(datagram.bytes().slice(8, 8).toArray(), new byte[8]);
    pair.b.initiate(0);
    pair.run(Pair.SECOND / 100);
    pair.a.initiate(pair.now);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
    assertEquals(1, pair.a.pairs().size());
    assertTrue(
        pair.b.trace().stream().noneMatch(line -> line.startsWith("> quick mode 1/3")),
        () -> "" + pair.b.trace());
  }

  /** The ISAKMP SA goes before the third message: its pair goes no later than it would have. */
  @Test
  void aPairWhoseQuickModeIsCutOffEndsWhenTheQuickModeWouldHave() {
    Tunnel tunnel = new Tunnel(5, 1_800, 86_400, DpdConfig.OFF).established();
    Pair pair = tunnel.pair;
    pair.lose =
        datagram ->
            datagram.bytes().toArray()[18] == ExchangeType.QUICK_MODE
                && datagram.from().address().equals(Site.A)
                && datagram.bytes().length() < 28 + 40;
    tunnel.softVolume(pair.a);
    pair.run(100 * Pair.SECOND);
    tunnel.deletePhaseOne(pair.a);
    pair.run(Pair.SECOND);
    assertTrue(pair.b.phaseOnes().isEmpty());
    assertEquals(2, pair.b.spis.size(), "a packet may still come on it");
    pair.run(RetransmissionPolicy.DEFAULT.totalNanos() - 100 * Pair.SECOND);
    assertEquals(1, pair.b.spis.size());
  }
}
