package dev.zuido.ike;

import static dev.zuido.ike.FragmentationTest.LIMITS;
import static dev.zuido.ike.FragmentationTest.assertNothingKept;
import static dev.zuido.ike.FragmentationTest.bytes;
import static dev.zuido.ike.FragmentationTest.dropped;
import static dev.zuido.ike.FragmentationTest.established;
import static dev.zuido.ike.FragmentationTest.forged;
import static dev.zuido.ike.FragmentationTest.fragmentOf;
import static dev.zuido.ike.FragmentationTest.quickModeInFragments;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.Fragment;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Nonce;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The flaws of other implementations with fragments: CVE-2013-6076 (a fragment without a message),
 * CVE-2016-10396 (quadratic work) and its follow-up (a last fragment that came again was refused).
 */
class FragmentAttackTest {
  private static final int LAST = Fragment.FLAG_LAST;

  private static long answers(Site site) {
    return site.trace().stream().filter(line -> line.startsWith("> quick mode 2/3")).count();
  }

  @Property(tries = 30)
  void anyOrderWithCopiesMakesTheMessageOnce(@ForAll("orders") List<Integer> order) {
    Pair pair = established(11);
    List<Site.Datagram> fragments = quickModeInFragments(pair);
    long before = answers(pair.b);
    for (int index : order) {
      pair.b.receive(fragments.get(index), pair.now);
    }
    for (int i = 0; i < 3; i++) {
      pair.b.receive(fragments.get(i), pair.now);
    }
    // A copy of the whole message gets the stored answer.
    long answered = answers(pair.b) - before;
    assertTrue(answered >= 1);
    assertEquals(pair.b.engine.counters().reassembled() - 1, answered, "one quick mode");
    pair.run(10 * Pair.SECOND);
    assertEquals(2, pair.b.pairs().size());
    assertTrue(pair.usable());
  }

  @Provide
  Arbitrary<List<Integer>> orders() {
    return Arbitraries.integers().between(0, 2).list().ofMinSize(0).ofMaxSize(9);
  }

  /** What somebody who sees the message can send before, in between and after. */
  private static List<Site.Datagram> forgeries(Site.Datagram like) {
    int id = fragmentOf(like).id();
    List<Site.Datagram> all = new ArrayList<>();
    for (int number : new int[] {0, 1, 2, 3, 4, 15, 16, 17, 255}) {
      for (int flags : new int[] {0, LAST, 0xff}) {
        all.add(forged(like, new Fragment(id, number, flags, bytes(0))));
        all.add(forged(like, new Fragment(id, number, flags, bytes(1))));
        all.add(forged(like, new Fragment(id, number, flags, bytes(500))));
        all.add(forged(like, new Fragment(id + 1, number, flags, bytes(40))));
      }
    }
    Fragment true1 = fragmentOf(like);
    all.add(forged(like, new Fragment(id, true1.number(), LAST, true1.data())));
    all.add(forged(like, true1, true1));
    all.add(forged(like, true1, new Nonce(bytes(8))));
    all.add(forged(like, new Nonce(bytes(8)), true1));
    return all;
  }

  /** The follow-up of CVE-2016-10396: whatever was forged, the message sent again is complete. */
  @Property(tries = 40)
  void aForgeryDelaysTheMessageUntilItIsSentAgain(
      @ForAll("choices") List<Integer> choices, @ForAll("places") int place) {
    Pair pair = established(12);
    List<Site.Datagram> fragments = quickModeInFragments(pair);
    List<Site.Datagram> forgeries = forgeries(fragments.get(1));
    for (int i = 0; i < 3; i++) {
      if (i == place) {
        for (int choice : choices) {
          pair.b.receive(forgeries.get(choice % forgeries.size()), pair.now);
        }
      }
      pair.b.receive(fragments.get(i), pair.now);
    }
    pair.run(10 * Pair.SECOND);
    assertEquals(2, pair.b.pairs().size());
    assertTrue(pair.usable());
    pair.run(40 * Pair.SECOND);
    assertNothingKept(pair.b);
  }

  @Provide
  Arbitrary<List<Integer>> choices() {
    return Arbitraries.integers().between(0, 1_000).list().ofMinSize(1).ofMaxSize(12);
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 2);
  }

  @Test
  void fragmentsThatAreNoneAreDroppedAndNotKept() {
    Pair pair = established(13);
    Site.Datagram like = quickModeInFragments(pair).get(0);
    List<Site.Datagram> bad =
        List.of(
            forged(like, new Fragment(9, 0, 0, bytes(40))),
            forged(like, new Fragment(9, 1, 0, bytes(0))),
            forged(like, new Fragment(9, 2, LAST, bytes(0))),
            forged(like, new Fragment(9, LIMITS.pieces() + 1, LAST, bytes(40))),
            forged(like, new Fragment(9, 1, 0, bytes(40)), new Nonce(bytes(8))));
    long before = dropped(pair.b, DropReason.BAD_FRAGMENT);
    for (Site.Datagram each : bad) {
      pair.b.receive(each, pair.now);
    }
    assertEquals(before + bad.size(), dropped(pair.b, DropReason.BAD_FRAGMENT));
    // Cut everywhere: CVE-2013-6076.
    Site.Datagram whole = forged(like, new Fragment(9, 1, 0, bytes(8)));
    for (int length = 0; length < whole.bytes().length(); length++) {
      byte[] cut = whole.bytes().slice(0, length).toArray();
      if (length >= IsakmpHeader.LENGTH) {
        BigEndian.putInt(cut, IsakmpHeader.LENGTH_OFFSET, length);
      }
      pair.b.receive(new Site.Datagram(whole.from(), whole.to(), ByteString.of(cut)), pair.now);
    }
    assertNothingKept(pair.b);
    assertTrue(pair.b.sent.isEmpty(), "nobody is told");
  }

  /** The message that is put together is of the ISAKMP SA of its fragments, and no fragment. */
  @Test
  void whatIsPutTogetherIsAMessageOfTheSameIsakmpSa() {
    Pair pair = established(14);
    List<Site.Datagram> fragments = quickModeInFragments(pair);
    Site.Datagram like = fragments.get(0);
    byte[] other = fragmentOf(like).data().toArray();
    other[0] ^= 1;
    BigEndian.putInt(other, IsakmpHeader.LENGTH_OFFSET, other.length);
    pair.b.receive(forged(like, new Fragment(7, 1, LAST, ByteString.of(other))), pair.now);
    pair.b.receive(forged(like, new Fragment(8, 1, LAST, fragments.get(1).bytes())), pair.now);
    assertEquals(2, dropped(pair.b, DropReason.BAD_FRAGMENT));
    assertEquals(1, pair.b.engine.counters().reassembled());
  }

  /** Whatever comes under established and half-open ISAKMP SAs, in whatever order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void memoryIsBounded(long seed) {
    Pair pair = established(15 + seed);
    Site.Datagram like = quickModeInFragments(pair).get(0);
    SplittableRandom random = new SplittableRandom(seed);
    List<Site.Datagram> likes = new ArrayList<>();
    likes.add(like);
    for (int i = 0; i < 10; i++) {
      Site caller =
          new Site("caller", FragmentationTest.config(true, peer -> peer), 1_000 * seed + i);
      caller.initiate(pair.now);
      pair.b.receive(caller.sent.get(0), pair.now);
      caller.sent.clear();
      caller.receive(pair.b.sent.get(0), pair.now);
      pair.b.sent.clear();
      likes.add(forged(like(caller.sent.get(0), like), new Nonce(bytes(8))));
    }
    FragmentTable table = pair.b.engine.context().fragments;
    int most = 0;
    for (int i = 0; i < 4_000; i++) {
      Fragment fragment =
          new Fragment(
              random.nextInt(6),
              random.nextInt(1, 17),
              random.nextInt(8) == 0 ? LAST : 0,
              bytes(random.nextInt(1, random.nextBoolean() ? 20 : 1_500)));
      pair.b.receive(forged(likes.get(random.nextInt(likes.size())), fragment), pair.now);
      assertTrue(table.size() <= LIMITS.inAll());
      assertTrue(table.bytes() <= LIMITS.totalBytes());
      most = Math.max(most, table.size());
      pair.b.outputs.clear();
    }
    assertEquals(LIMITS.inAll(), most, "the limit was reached");
    pair.run(31 * Pair.SECOND);
    assertNothingKept(pair.b);
  }

  /** A fragment's bytes are copied when a message seems complete: each at most twice. */
  @Test
  void theCostIsLinearInTheBytes() {
    Pair pair = established(19);
    Site.Datagram like = quickModeInFragments(pair).get(0);
    SplittableRandom random = new SplittableRandom(19);
    FragmentTable table = pair.b.engine.context().fragments;
    long before = table.copied();
    long received = 0;
    for (int i = 0; i < 5_000; i++) {
      int length = random.nextInt(1, 400);
      received += length;
      // The last fragment again and again, each time with all others there.
      int number = i % 16 + 1;
      Fragment fragment = new Fragment(1, number, number == 16 ? LAST : 0, bytes(length));
      pair.b.receive(forged(like, fragment), pair.now);
      if (number == 16) {
        for (int j = 0; j < 50; j++) {
          received += length;
          pair.b.receive(forged(like, fragment), pair.now);
        }
      }
      pair.b.outputs.clear();
    }
    assertTrue(table.copied() - before > 0);
    assertTrue(table.copied() - before <= 2 * received, table.copied() + " of " + received);
  }

  @Test
  void fragmentsAreForgottenInTime() {
    Pair pair = established(20);
    Site.Datagram like = quickModeInFragments(pair).get(0);
    pair.b.receive(forged(like, new Fragment(5, 2, 0, bytes(100))), pair.now);
    assertEquals(1, pair.b.engine.context().fragments.size());
    pair.b.timeout(pair.now + 29 * Pair.SECOND);
    // One more does not make the others younger.
    pair.b.receive(forged(like, new Fragment(5, 3, 0, bytes(100))), pair.now + 29 * Pair.SECOND);
    pair.b.timeout(pair.now + 30 * Pair.SECOND);
    assertNothingKept(pair.b);
    assertEquals(1, dropped(pair.b, DropReason.FRAGMENTS_MISSING));
  }

  @Test
  void oneIsakmpSaHasItsShareAndNoMore() {
    Pair pair = established(23);
    Site.Datagram like = quickModeInFragments(pair).get(0);
    for (int id = 10; id < 20; id++) {
      pair.b.receive(forged(like, new Fragment(id, 1, 0, bytes(10))), pair.now);
    }
    assertEquals(LIMITS.perIsakmpSa(), pair.b.engine.context().fragments.size());
    assertEquals(10 - LIMITS.perIsakmpSa(), dropped(pair.b, DropReason.LIMIT));
  }

  @Test
  void withTheIsakmpSaGoItsFragments() {
    Pair pair = established(21);
    Site.Datagram like = quickModeInFragments(pair).get(0);
    pair.b.receive(forged(like, new Fragment(5, 2, 0, bytes(100))), pair.now);
    pair.b.command(new IkeCommand.Terminate("peer", null), pair.now);
    assertNothingKept(pair.b);
    pair.b.receive(forged(like, new Fragment(5, 2, 0, bytes(100))), pair.now);
    assertEquals(1, dropped(pair.b, DropReason.UNKNOWN_COOKIES));
  }

  /** A flood under ISAKMP SAs that anybody can have does not cost an established one its own. */
  @Test
  void halfOpenIsakmpSasGiveWayFirst() {
    Pair pair = established(22);
    List<Site.Datagram> fragments = quickModeInFragments(pair);
    pair.b.receive(fragments.get(0), pair.now);
    pair.b.receive(fragments.get(1), pair.now);
    for (int i = 0; i < 5; i++) {
      Site caller = new Site("caller", FragmentationTest.config(true, peer -> peer), 2_000 + i);
      caller.initiate(pair.now);
      pair.b.receive(caller.sent.get(0), pair.now);
      caller.sent.clear();
      caller.receive(pair.b.sent.get(0), pair.now);
      pair.b.sent.clear();
      Site.Datagram own = like(caller.sent.get(0), fragments.get(0));
      for (int id = 0; id < 4; id++) {
        pair.b.receive(forged(own, new Fragment(id, 1, 0, bytes(1_000))), pair.now);
      }
    }
    assertTrue(dropped(pair.b, DropReason.LIMIT) > 0);
    pair.b.receive(fragments.get(2), pair.now);
    pair.run(Pair.SECOND);
    assertEquals(2, pair.b.pairs().size());
  }

  /** A fragment with the cookies of a message that is not one. */
  private static Site.Datagram like(Site.Datagram cookies, Site.Datagram fragment) {
    byte[] bytes = fragment.bytes().toArray();
    System.arraycopy(cookies.bytes().toArray(), 0, bytes, 0, 16);
    return new Site.Datagram(cookies.from(), cookies.to(), ByteString.of(bytes));
  }
}
