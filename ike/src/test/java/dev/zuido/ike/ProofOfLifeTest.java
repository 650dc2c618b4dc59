package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.wire.ByteString;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What shows that a peer lives, and what a main mode that fails may end. */
class ProofOfLifeTest {
  /** Only ESP passes, from the tenth second on: the ISAKMP SA ends, its successor never comes. */
  private static Pair withoutIke(long seed) {
    UnaryOperator<PeerConfig> brief =
        p ->
            LifecycleTest.shortLived(p, 3_600, 60)
                .withOptions(PeerOptions.DEFAULT.withInvalidSpiRecovery(true));
    Pair pair = new Pair(seed, Site.config(true, brief), Site.config(false, brief));
    pair.a.initiate(0);
    pair.run(10 * Pair.SECOND);
    assertTrue(pair.usable());
    pair.lose = datagram -> true;
    return pair;
  }

  /** Packets from the peer each second, and none of IKE. */
  private static void receivesEsp(Pair pair, long seconds) {
    for (long i = 0; i < seconds; i++) {
      for (SaParameters sa : pair.a.sas(Direction.INBOUND)) {
        pair.a.lastPacket.put(sa.id(), pair.now);
      }
      pair.run(Pair.SECOND);
    }
  }

  private static long failures(Site site) {
    return site.outputs(IkeOutput.ExchangeFailed.class).size();
  }

  /** RFC 3706 section 5.5: what the peer sends proves that it lives. */
  @Test
  void aFailedMainModeEndsNothingWhilePacketsComeFromThePeer() {
    Pair pair = withoutIke(61);
    receivesEsp(pair, 300);
    assertTrue(failures(pair.a) > 0);
    assertTrue(pair.a.phaseOnes().isEmpty());
    assertEquals(1, pair.a.pairs().size(), "the first main mode straddles the ISAKMP SA's end");
    // Anybody can send a packet with an SPI that nobody knows.
    long before = failures(pair.a);
    pair.a.command(new IkeCommand.InvalidSpi(Site.A, Site.B, 0x1234_5678), pair.now);
    receivesEsp(pair, 200);
    assertEquals(before + 1, failures(pair.a));
    assertEquals(1, pair.a.pairs().size());
    // Nothing comes any more: then a failed main mode finds the peer dead.
    pair.a.lastPacket.put(pair.a.sas(Direction.OUTBOUND).get(0).id(), pair.now + Pair.SECOND);
    pair.run(300 * Pair.SECOND);
    assertTrue(pair.a.installed.isEmpty());
  }

  /** The mapping of our translator and the peer's port belong to the pairs that live there. */
  @Test
  void aFailedMainModeLeavesThePathOfThePairs() {
    UnaryOperator<PeerConfig> brief =
        p ->
            HandshakeTest.withProposals(
                LifecycleTest.shortLived(p, 3_600, 60),
                LifecycleTest.shortLived(p, 3_600, 60).proposals(),
                DpdConfig.OFF);
    NatTraversalTest.Two two =
        new NatTraversalTest.Two(62, true, false, EncapsulationMode.TUNNEL, brief, brief)
            .established();
    two.net.lose = datagram -> true;
    two.net.run(300 * Net.SECOND);
    assertTrue(two.a.lastFailure().contains("does not answer"), two.a.lastFailure());
    assertEquals(1, two.a.pairs().size());
    int first = two.net.carried.size();
    ByteString keepalive = ByteString.of(new byte[] {(byte) 0xff});
    two.net.run(65 * Net.SECOND);
    long keepalives =
        two.net.carried.subList(first, two.net.carried.size()).stream()
            .filter(each -> each.bytes().equals(keepalive) && each.to().port() == 4500)
            .count();
    assertTrue(keepalives >= 3, "every 20 s, and not " + keepalives + " in 65 s");
    int second = two.net.carried.size();
    two.a.command(
        new IkeCommand.LifetimeExceeded(two.a.pairs().get(0).inboundSaId(), false), two.net.now);
    two.net.run(Net.SECOND);
    assertEquals(4500, two.net.carried.get(second).to().port());
    assertFalse(two.a.installed.isEmpty());
  }
}
