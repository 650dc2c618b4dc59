package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.PacketBatch;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Sequence numbers of 64 bits: RFC 4303 section 2.2.1 and appendix A. */
final class ExtendedSequencePropertyTest {
  private static final long SUBSPACE = 1L << 32;

  @Provide
  Arbitrary<EspSuite> suites() {
    return Arbitraries.of(
        EspSuite.combined(EspEncryption.AES_GCM_16_128),
        new EspSuite(EspEncryption.AES_CBC_128, EspIntegrity.HMAC_SHA2_256_128),
        new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96));
  }

  private static SaParameters parameters(EspSuite suite, int window) {
    return Packets.transport(suite).withReplayWindow(window).withExtendedSequenceNumbers(true);
  }

  /** A2.2 word for word, with the 32-bit arithmetic of the RFC. */
  private static long byTheRfc(long highest, int window, long low) {
    long th = highest >>> 32;
    long tl = highest & 0xffff_ffffL;
    long bl = tl - window + 1 & 0xffff_ffffL;
    long seqh;
    if (tl >= window - 1) {
      seqh = low >= bl ? th : th + 1;
    } else {
      seqh = low >= bl ? th - 1 : th;
    }
    return seqh * SUBSPACE + low;
  }

  @Property(tries = 3000)
  void theHighHalfIsThatOfAppendixA2(
      @ForAll @IntRange(min = 32, max = 65_536) int window,
      @ForAll @LongRange(max = 5) long subspace,
      @ForAll @LongRange(min = -70_000, max = 70_000) long distance,
      @ForAll int low) {
    long highest = Math.max(0, subspace * SUBSPACE + distance);
    ReplayWindow replay = new ReplayWindow(window);
    replay.advance(highest);
    long lowPart = low & 0xffff_ffffL;
    assertEquals(byTheRfc(highest, window, lowPart), replay.extend(low));
    long edge = highest - window + 1;
    for (long near : new long[] {edge - 1, edge, highest, highest + 1}) {
      assertEquals(byTheRfc(highest, window, near & 0xffff_ffffL), replay.extend((int) near));
    }
  }

  /** Packets around 2^32 in any order within the window: each opens once, the others never. */
  @Property(tries = 60)
  void acrossTheEndOfTheLowHalfEachPacketOpensOnce(
      @ForAll("suites") EspSuite suite,
      @ForAll @IntRange(min = 32, max = 300) int window,
      @ForAll @LongRange(min = 1, max = 3) long subspace,
      @ForAll @IntRange(min = 0, max = 200) int before,
      @ForAll long seed) {
    Random random = new Random(seed);
    SaParameters parameters = parameters(suite, window);
    OutboundSa out = Packets.outbound(parameters, 1);
    InboundSa in = Packets.inbound(parameters, 1);
    long start = subspace * SUBSPACE - before;
    out.preset(start - 1, null, 0);
    in.presetHighest(start - 1);
    byte[][] sealed = new byte[300][];
    for (int i = 0; i < sealed.length; i++) {
      sealed[i] = Packets.seal(out, Packets.gre(40 + i));
    }
    Set<Integer> seen = new HashSet<>();
    int highest = -1;
    for (int step = 0; step < 600; step++) {
      int next = Math.min(sealed.length - 1, step / 2);
      int i = Math.max(0, next - random.nextInt(2 * window));
      PacketBatch batch = Packets.batch(sealed[i]);
      in.open(batch);
      EspVerdict expected;
      if (i <= highest - window) {
        expected = EspVerdict.TOO_OLD;
      } else if (seen.add(i)) {
        expected = EspVerdict.OPENED;
        highest = Math.max(highest, i);
      } else {
        expected = EspVerdict.REPLAYED;
      }
      EspVerdict verdict = (EspVerdict) batch.verdict(0);
      // Left of the window a number is taken for one of the next subspace: no ICV fits.
      assertEquals(expected == EspVerdict.TOO_OLD ? EspVerdict.BAD_ICV : expected, verdict);
      assertEquals(start + highest, in.highestSequence());
    }
  }

  @Property(tries = 20)
  void theSenderEndsWithTheLastNumber(@ForAll("suites") EspSuite suite) {
    OutboundSa extended = Packets.outbound(parameters(suite, 64), 1);
    extended.preset(Long.MAX_VALUE - 1, null, 0);
    PacketBatch batch = Packets.batch(Packets.gre(60), Packets.gre(60));
    extended.seal(batch);
    assertEquals(EspVerdict.SEALED, batch.verdict(0));
    assertEquals(EspVerdict.SEQUENCE_EXHAUSTED, batch.verdict(1));
  }

  /** Appendix A3: more than 2^32 packets were lost. */
  @Property(tries = 30)
  void aLostHighHalfIsFoundAgain(
      @ForAll("suites") EspSuite suite, @ForAll @IntRange(min = 1, max = 4) int lostSubspaces) {
    SaParameters parameters = parameters(suite, 64);
    OutboundSa out = Packets.outbound(parameters, 1);
    InboundSa in = Packets.inbound(parameters, 1);
    byte[] early = Packets.seal(out, Packets.gre(60));
    in.open(Packets.batch(early));
    out.preset(lostSubspaces * SUBSPACE + 1000, null, 0);
    int needed = 0;
    PacketBatch batch;
    byte[] packet;
    do {
      packet = Packets.seal(out, Packets.gre(60));
      batch = Packets.batch(packet);
      in.open(batch);
      needed++;
    } while (batch.verdict(0) != EspVerdict.OPENED && needed < 1000);
    assertEquals(EsnResync.TRIGGER + 1, needed);
    assertArrayEquals(Packets.gre(60), batch.copy(0));
    assertEquals(out.sequence(), in.highestSequence());
    assertEquals(1, in.counters().get(SaCounters.Extra.RESYNCHRONIZED));
    PacketBatch again = Packets.batch(packet, early, Packets.seal(out, Packets.gre(70)));
    in.open(again);
    assertEquals(EspVerdict.REPLAYED, again.verdict(0));
    assertEquals(EspVerdict.BAD_ICV, again.verdict(1));
    assertEquals(EspVerdict.OPENED, again.verdict(2));
  }

  @Property(tries = 20)
  void forgedPacketsMoveNothingHoweverMany(@ForAll("suites") EspSuite suite) {
    SaParameters parameters = parameters(suite, 64);
    byte[] good = Packets.seal(Packets.outbound(parameters, 1), Packets.gre(60));
    byte[] forged = good.clone();
    forged[forged.length - 1]++;
    InboundSa in = Packets.inbound(parameters, 1);
    for (int i = 0; i < 3 * EsnResync.TRIGGER; i++) {
      in.open(Packets.batch(forged));
    }
    assertEquals(0, in.highestSequence());
    assertEquals(0, in.counters().get(SaCounters.Extra.RESYNCHRONIZED));
    PacketBatch batch = Packets.batch(good);
    in.open(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
  }

  @Test
  void countersThatWereKeptGoOn() {
    SaParameters parameters =
        Packets.transport(Packets.REFERENCE).withInitialSequence(0xffff_fffdL);
    OutboundSa out = Packets.outbound(parameters, 1);
    InboundSa in = Packets.inbound(parameters, 1);
    InboundSa fresh = Packets.inbound(parameters.withInitialSequence(0), 1);
    assertEquals(0xffff_fffdL, out.sequence());
    byte[] old =
        Packets.seal(
            Packets.outbound(parameters.withInitialSequence(0xffff_fff0L), 1), Packets.gre(60));
    byte[] next = Packets.seal(out, Packets.gre(60));
    PacketBatch batch = Packets.batch(old, next);
    in.open(batch);
    assertEquals(EspVerdict.REPLAYED, batch.verdict(0));
    assertEquals(EspVerdict.OPENED, batch.verdict(1));
    assertEquals(0xffff_fffeL, in.highestSequence());
    PacketBatch both = Packets.batch(old, next);
    fresh.open(both);
    assertEquals(EspVerdict.OPENED, both.verdict(0));
    assertThrows(IllegalArgumentException.class, () -> parameters.withInitialSequence(SUBSPACE));
    assertThrows(IllegalArgumentException.class, () -> parameters.withInitialSequence(-1));
    assertEquals(
        SUBSPACE,
        parameters
            .withExtendedSequenceNumbers(true)
            .withInitialSequence(SUBSPACE)
            .initialSequence());
  }

  /** A window that begins behind used numbers is one that has seen them all. */
  @Property(tries = 200)
  void aWindowBehindUsedNumbers(
      @ForAll @IntRange(min = 32, max = 1000) int size,
      @ForAll @LongRange(min = 0, max = 5000) long used,
      @ForAll long seed) {
    ReplayWindow restarted = new ReplayWindow(size, used);
    ReplayWindow model = new ReplayWindow(size);
    for (long i = 1; i <= used; i++) {
      model.advance(i);
    }
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      long sequence = Math.max(0, model.highest() - size - 3 + random.nextInt(size + 40));
      assertEquals(model.advance(sequence), restarted.advance(sequence), "number " + sequence);
    }
  }
}
