package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.ExchangeType;
import dev.zuido.wire.ByteString;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures take their time: nothing waits for a timer because of them. */
class EarlyQuickModeTest {
  private static final int EXCHANGE_TYPE = 18;
  private static final int MESSAGE_ID = 20;
  private static final long MILLISECOND = 1_000_000;

  private static Pair pair(long seed, AggressiveMode mode, UnaryOperator<PeerConfig> change) {
    return new Pair(
        seed,
        Site.config(
            true,
            p -> AggressiveModeTest.mode(TestCertificates.signed(change.apply(p), true), mode)),
        Site.config(
            false,
            p -> AggressiveModeTest.mode(TestCertificates.signed(change.apply(p), false), mode)));
  }

  private static Pair pair(long seed, AggressiveMode mode) {
    return pair(seed, mode, UnaryOperator.identity());
  }

  /** Every task takes some milliseconds on both sides. */
  private static void runComputing(Pair pair, long nanos, int millis) {
    pair.a.holdComputing = true;
    pair.b.holdComputing = true;
    for (long end = pair.now + nanos; pair.now < end; ) {
      pair.run(millis * MILLISECOND);
      pair.a.compute(pair.now);
      pair.b.compute(pair.now);
    }
  }

  private static void assertNothingWasLost(Pair pair) {
    assertTrue(pair.usable(), () -> pair.a.trace() + "\n" + pair.b.trace());
    for (Site site : List.of(pair.a, pair.b)) {
      IkeCounters counters = site.engine.counters();
      assertEquals(0, counters.retransmitted(), () -> site.name + site.trace());
      counters.dropped().forEach((reason, count) -> assertEquals(0, count, reason::text));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 15, 40})
  void aggressiveModeAndItsQuickModeTakeRoundTripsAndNoMore(int millis) {
    for (boolean encapsulated : new boolean[] {false, true}) {
      Pair pair =
          pair(
              millis,
              AggressiveMode.INITIATE,
              p -> p.withNatTraversal(new NatTraversal(true, encapsulated, 20)));
      pair.a.initiate(0);
      // Each way takes 10 ms: five messages, and seven tasks one after the other.
      runComputing(pair, (5 * 10 + 8L * 2 * millis) * MILLISECOND, millis);
      assertNothingWasLost(pair);
    }
  }

  /** The responder has completed main mode, and begins while we verify message 6. */
  @Test
  void theRespondersQuickModeBehindMainModeIsKept() {
    Pair pair = pair(20, AggressiveMode.OFF);
    pair.a.hold = task -> task.description().contains("certificates of a peer");
    pair.a.initiate(0);
    pair.run(100 * MILLISECOND);
    assertEquals(1, pair.a.held.size());
    pair.b.command(new IkeCommand.Initiate("peer", "gre"), pair.now);
    pair.run(2 * Pair.SECOND);
    pair.a.hold = task -> false;
    pair.a.compute(pair.now);
    pair.run(100 * MILLISECOND);
    assertTrue(pair.usable(), () -> pair.a.trace() + "\n" + pair.b.trace());
    assertEquals(0, unexpected(pair.a));
    assertEquals(0, pair.b.engine.counters().retransmitted());
  }

  /** A pair that stands still while B verifies message 3, and the quick mode is there. */
  private static Pair verifying(long seed, UnaryOperator<PeerConfig> change) {
    Pair pair = pair(seed, AggressiveMode.INITIATE, change);
    pair.b.hold = task -> task.description().contains("certificates of a peer");
    pair.a.initiate(0);
    pair.run(100 * MILLISECOND);
    assertEquals(1, pair.b.held.size());
    assertEquals("AG_INIT_EXCH", pair.b.phaseOnes().get(0).state());
    return pair;
  }

  private static Site.Datagram quickMode(Pair pair, int messageId, int length) {
    byte[] bytes = new byte[length];
    IkeSnapshot.IsakmpSaView sa = pair.b.phaseOnes().get(0);
    System.arraycopy(sa.initiatorCookie().toBytes(), 0, bytes, 0, 8);
    System.arraycopy(sa.responderCookie().toBytes(), 0, bytes, 8, 8);
    bytes[16] = 8;
    bytes[17] = 0x10;
    bytes[EXCHANGE_TYPE] = ExchangeType.QUICK_MODE;
    bytes[19] = 1;
    bytes[MESSAGE_ID + 3] = (byte) messageId;
    bytes[26] = (byte) (length >>> 8);
    bytes[27] = (byte) length;
    return new Site.Datagram(sa.remote(), sa.local(), ByteString.of(bytes));
  }

  private static long unexpected(Site site) {
    return site.engine.counters().dropped().get(DropReason.UNEXPECTED_MESSAGE);
  }

  @Test
  void oneMessageIsKeptAndNoMore() {
    Pair pair = verifying(60, UnaryOperator.identity());
    assertEquals(0, unexpected(pair.b));
    for (int i = 1; i <= 40; i++) {
      pair.b.receive(quickMode(pair, i, 92), pair.now);
    }
    assertEquals(40, unexpected(pair.b));
    assertTrue(pair.b.engine.context().kept.isEmpty());
    pair.b.hold = task -> false;
    pair.b.compute(pair.now);
    pair.run(100 * MILLISECOND);
    assertTrue(pair.usable());
    assertTrue(pair.b.engine.context().kept.isEmpty());
    assertEquals(0, pair.a.engine.counters().retransmitted());
  }

  /** What somebody else put in its place costs what it did before: a repetition. */
  @Test
  void aForgedOneIsDroppedAndTheGoodOneComesAgain() {
    Pair pair = pair(61, AggressiveMode.INITIATE);
    pair.b.hold = task -> task.description().contains("certificates of a peer");
    pair.lose = datagram -> datagram.bytes().byteAt(EXCHANGE_TYPE) == ExchangeType.QUICK_MODE;
    pair.a.initiate(0);
    pair.run(100 * MILLISECOND);
    pair.b.receive(quickMode(pair, 7, 92), pair.now);
    assertEquals(0, unexpected(pair.b));
    pair.lose = datagram -> false;
    pair.b.hold = task -> false;
    pair.b.compute(pair.now);
    assertEquals(1, pair.b.engine.counters().dropped().get(DropReason.UNDECRYPTABLE));
    assertEquals("QM_IDLE", pair.b.phaseOnes().get(0).state());
    pair.run(5 * Pair.SECOND);
    assertTrue(pair.usable());
  }

  @Test
  void whatIsLongerThanTheLimitIsNotKept() {
    Pair pair = pair(62, AggressiveMode.INITIATE);
    pair.b.hold = task -> task.description().contains("certificates of a peer");
    pair.lose = datagram -> datagram.bytes().byteAt(EXCHANGE_TYPE) == ExchangeType.QUICK_MODE;
    pair.a.initiate(0);
    pair.run(100 * MILLISECOND);
    pair.b.receive(quickMode(pair, 1, EarlyMessage.MAX_LENGTH + 8), pair.now);
    assertEquals(1, unexpected(pair.b));
    pair.b.receive(quickMode(pair, 1, EarlyMessage.MAX_LENGTH), pair.now);
    assertEquals(1, unexpected(pair.b));
  }

  /** Who does not prove himself has no quick mode either. */
  @Test
  void itIsForgottenWithItsPhaseOne() {
    Pair pair =
        new Pair(
            63,
            Site.config(
                true,
                p ->
                    AggressiveModeTest.mode(
                        TestCertificates.signed(p, true), AggressiveMode.INITIATE)),
            Site.config(
                false,
                p ->
                    AggressiveModeTest.mode(
                        TestCertificates.signed(
                            p,
                            new Credential.RsaKey(
                                TestCertificates.privateKey("b"),
                                List.of(TestCertificates.certificate("b")),
                                CertificateTrust.of(
                                    List.of(TestCertificates.certificate("b")),
                                    TestCertificates.CLOCK))),
                        AggressiveMode.ACCEPT)));
    pair.b.hold = task -> task.description().contains("certificates of a peer");
    pair.a.initiate(0);
    pair.run(100 * MILLISECOND);
    pair.b.hold = task -> false;
    pair.b.compute(pair.now);
    assertEquals(0, unexpected(pair.b));
    pair.run(60 * Pair.SECOND);
    assertFalse(pair.usable());
    assertTrue(pair.b.pairs().isEmpty() && pair.b.spis.isEmpty());
    assertTrue(
        pair.b.outputs(IkeOutput.Dropped.class).stream()
            .anyMatch(each -> each.detail().contains("phase 1 was not completed")),
        () -> "" + pair.b.outputs(IkeOutput.Dropped.class));
    assertEquals(new Holdings(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), pair.b.engine.holdings());
  }

  /** The first message makes room for certificates in the answer. */
  @ParameterizedTest
  @EnumSource(
      value = AggressiveMode.class,
      names = {"OFF", "INITIATE"})
  void onlySignedAggressiveModeIsPadded(AggressiveMode mode) {
    Pair pair = pair(64, mode);
    pair.a.initiate(0);
    int packet = FragmentLimits.DEFAULT.packetBytes();
    int length = pair.a.sent.get(0).bytes().length() + 28;
    assertEquals(mode == AggressiveMode.INITIATE, length == packet, "" + length);
    Pair preShared = AggressiveModeTest.pair(65, UnaryOperator.identity());
    preShared.a.initiate(0);
    assertTrue(preShared.a.sent.get(0).bytes().length() < packet / 2);
  }
}
