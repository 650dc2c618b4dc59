package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.ExchangeManager.Repeat;
import dev.zuido.ike.message.Nonce;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an address gets that somebody else may have put into a first message: CVE-2016-5361. At most
 * three times the bytes that came from it, and nothing that it did not ask for.
 */
class AmplificationTest {
  private static final int COOKIE = 0;

  private static IkeConfig config(boolean atA, AggressiveMode aggressive) {
    return FragmentationTest.config(
        atA, p -> p.withOptions(p.options().withAggressiveMode(aggressive)));
  }

  /** The first message of a caller. */
  private static Site.Datagram first(AggressiveMode aggressive, long seed) {
    Site caller = new Site("caller", config(true, aggressive), seed);
    caller.initiate(0);
    return caller.sent.get(0);
  }

  private static long bytes(List<Site.Datagram> datagrams) {
    return datagrams.stream().mapToLong(each -> each.bytes().length()).sum();
  }

  @ParameterizedTest
  @EnumSource(
      value = AggressiveMode.class,
      names = {"OFF", "INITIATE"})
  void aFirstMessageIsAnsweredOnceAndItsCopiesWithinTheBudget(AggressiveMode aggressive) {
    Site responder = new Site("b", config(false, aggressive), 1);
    Site.Datagram first = first(aggressive, 2);
    long received = 0;
    for (int i = 0; i < 200; i++) {
      responder.receive(first, i * Pair.SECOND / 10);
      received += first.bytes().length();
      assertTrue(bytes(responder.sent) <= 3 * received, "after " + (i + 1));
    }
    assertTrue(responder.sent.size() > 1 && responder.sent.size() <= 33, "32 copies at most");
    int sent = responder.sent.size();
    // Nothing is sent again unasked, until the half-open SA is gone.
    long deadline = responder.engine.nextDeadline();
    assertEquals(30 * Pair.SECOND, deadline, "no other timer runs");
    responder.timeout(deadline);
    assertEquals(sent, responder.sent.size());
    assertTrue(responder.phaseOnes().isEmpty(), "it lingers no longer");
    assertEquals(IkeEngine.NO_DEADLINE, responder.engine.nextDeadline());
  }

  /** Every first message is altered in every byte: whatever is answered, it is not much. */
  @ParameterizedTest
  @ValueSource(ints = {0x01, 0xff})
  void noAnswerIsMoreThanThreeTimesItsRequest(int mask) {
    Site responder = new Site("b", config(false, AggressiveMode.OFF), 1);
    Site.Datagram first = first(AggressiveMode.OFF, 2);
    for (int i = 0; i < first.bytes().length(); i++) {
      byte[] altered = first.bytes().toArray();
      BigEndian.putInt(altered, COOKIE, i + 1);
      altered[i] ^= (byte) mask;
      responder.receive(new Site.Datagram(first.from(), first.to(), ByteString.of(altered)), i);
      assertTrue(bytes(responder.sent) <= 3L * altered.length, "byte " + i);
      responder.sent.clear();
    }
  }

  @Test
  void anAnswerThatIsTooLongWaitsForMoreToCome() {
    Site responder = new Site("b", config(false, AggressiveMode.OFF), 1);
    Site.Datagram first = first(AggressiveMode.OFF, 2);
    responder.receive(first, 0);
    long answered = bytes(responder.sent);
    responder.sent.clear();
    IsakmpSa sa = responder.engine.peers().registry().halfOpen().get(0);
    int length = first.bytes().length();
    // As much as is left, and one byte more.
    int room = (int) (3 * length - answered) - 28 - 4;
    long before = responder.engine.counters().dropped().get(DropReason.AMPLIFICATION);
    send(responder, sa, room + 1);
    assertTrue(responder.sent.isEmpty());
    assertEquals(before + 1, responder.engine.counters().dropped().get(DropReason.AMPLIFICATION));
    responder.receive(first, 1);
    assertEquals(1, responder.sent.size(), "the copy has brought its own room");
    assertEquals(room + 1 + 28 + 4, responder.sent.get(0).bytes().length());
  }

  private static void send(Site site, IsakmpSa sa, int nonce) {
    Exchange exchange = sa.exchanges().find(0);
    if (exchange == null) {
      throw new AssertionError("no main mode");
    }
    exchange.send(
        2, List.of(new Nonce(ByteString.of(new byte[nonce]))), Repeat.TIMED_AND_ON_DUPLICATE, 0);
    site.timeout(0);
    assertEquals(30 * Pair.SECOND, site.engine.nextDeadline(), "no timer, though it asked for one");
  }

  @Test
  void whoHasAnsweredWithOurCookieIsSentWhatIsNeeded() {
    Pair pair = FragmentationTest.pair(3);
    pair.a.initiate(0);
    pair.b.receive(pair.a.sent.remove(0), 0);
    IsakmpSa sa = pair.b.engine.peers().registry().halfOpen().get(0);
    assertFalse(sa.exchanges().isAddressProven());
    pair.a.receive(pair.b.sent.remove(0), 0);
    pair.b.receive(pair.a.sent.remove(0), 0);
    assertTrue(sa.exchanges().isAddressProven());
    pair.run(2 * Pair.SECOND);
  }

  @Test
  void theBudgetIsThreeTimesWhatHasCome() {
    AddressBudget budget = new AddressBudget(false);
    assertFalse(budget.take(1));
    budget.received(100);
    assertTrue(budget.take(200));
    assertFalse(budget.take(101));
    assertTrue(budget.take(100));
    assertFalse(budget.take(1));
    budget.prove();
    assertTrue(budget.take(1_000_000));
    assertTrue(new AddressBudget(true).take(1), "an initiator speaks to whom it was told");
  }

  /** Refusals are answers too. */
  @Test
  void aRefusalIsShorterThanWhatItRefuses() {
    Site responder =
        new Site(
            "b",
            FragmentationTest.config(
                false, p -> HandshakeTest.withProposals(p, List.of(Site.CISCO), DpdConfig.OFF)),
            1);
    for (int i = 0; i < 100; i++) {
      Site.Datagram first = first(AggressiveMode.OFF, 10 + i);
      responder.receive(first, 0);
      assertTrue(bytes(responder.sent) <= first.bytes().length());
      responder.sent.clear();
    }
    assertTrue(responder.phaseOnes().isEmpty());
  }

  @Test
  void aStrangerGetsNothing() {
    Site responder = new Site("b", config(false, AggressiveMode.OFF), 1);
    Site.Datagram first = first(AggressiveMode.OFF, 2);
    responder.receive(
        new Site.Datagram(Endpoint.isakmp(Ipv4Address.of(9, 9, 9, 9)), first.to(), first.bytes()),
        0);
    assertTrue(responder.sent.isEmpty());
  }
}
