package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.message.ExchangeType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many children of one peer: few quick modes at once, and each gets its turn. */
class QuickModeQueueTest {
  private static final int CHILDREN = 12;

  private static ChildConfig child(boolean atA, int number) {
    return ChildConfig.of(
        "c" + number,
        TrafficSelector.host(atA ? Site.A : Site.B, 100 + number),
        TrafficSelector.host(atA ? Site.B : Site.A, 100 + number),
        EncapsulationMode.TRANSPORT,
        List.of(Site.TRIPLE_DES_MD5));
  }

  private static IkeConfig config(boolean atA, int firstChild, int ownQuickModes) {
    ChildConfig[] children =
        IntStream.range(firstChild, CHILDREN)
            .mapToObj(each -> child(atA, each))
            .toArray(ChildConfig[]::new);
    return new IkeConfig(
        List.of(Site.peer(atA).withChildren(children)),
        RetransmissionPolicy.DEFAULT,
        IkeLimits.DEFAULT.withOwnQuickModes(ownQuickModes));
  }

  private static Pair pair(long seed, int ownQuickModes) {
    return new Pair(seed, config(true, 0, ownQuickModes), config(false, 0, ownQuickModes));
  }

  private static void ask(Pair pair, int number) {
    pair.a.command(new IkeCommand.Initiate("peer", "c" + number), pair.now);
  }

  private static void askAll(Pair pair) {
    IntStream.range(0, CHILDREN).forEach(each -> ask(pair, each));
  }

  private static Set<String> childrenOf(Site site) {
    Set<String> names = new HashSet<>();
    site.pairs().forEach(each -> names.add(each.child()));
    return names;
  }

  /** The children of the pairs of a site in the order in which they were made. */
  private static List<String> made(Site site) {
    return site.outputs(IkeOutput.ChildEstablished.class).stream()
        .map(each -> each.pair().child())
        .toList();
  }

  /** The most quick modes that a site had begun and not completed, from what it has sent. */
  private static int mostAtOnce(Site site) {
    Set<Integer> open = new HashSet<>();
    int most = 0;
    for (IkeOutput.MessageSent sent : site.outputs(IkeOutput.MessageSent.class)) {
      IkeOutput.MessageTrace message = sent.message();
      if (message.exchange() == ExchangeName.QUICK_MODE && message.number() == 1) {
        open.add(message.messageId());
      } else if (message.exchange() == ExchangeName.QUICK_MODE && message.number() == 3) {
        open.remove(message.messageId());
      }
      most = Math.max(most, open.size());
    }
    return most;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64})
  void noMoreAreInProgressThanTheLimitAllowsAndAllComeUp(int limit) {
    Pair pair = pair(1, limit);
    askAll(pair);
    pair.run(Pair.SECOND);
    assertEquals(CHILDREN, childrenOf(pair.a).size());
    assertEquals(CHILDREN, childrenOf(pair.b).size());
    assertTrue(pair.usable());
    assertEquals(Math.min(limit, CHILDREN), mostAtOnce(pair.a));
    assertEquals(Math.max(CHILDREN - limit, 0), pair.a.engine.counters().quickModesQueued());
    assertEquals(0, pair.a.engine.holdings().openExchanges());
    assertEquals(0, pair.a.engine.counters().retransmitted());
  }

  @Test
  void whoAskedFirstIsServedFirst() {
    Pair pair = pair(2, 1);
    List<Integer> order = new ArrayList<>(IntStream.range(0, CHILDREN).boxed().toList());
    Collections.shuffle(order, new Random(2));
    order.forEach(each -> ask(pair, each));
    pair.run(Pair.SECOND);
    assertEquals(order.stream().map(each -> "c" + each).toList(), made(pair.a));
  }

  @Test
  void aSuccessorOfWhatThereIsComesBeforeWhatIsNew() {
    Pair pair = pair(3, 2);
    ask(pair, 0);
    pair.run(Pair.SECOND);
    for (int number : new int[] {1, 2, 3, 4}) {
      ask(pair, number);
    }
    long saId = pair.a.pairs().get(0).inboundSaId();
    pair.a.command(new IkeCommand.LifetimeExceeded(saId, false), pair.now);
    pair.run(Pair.SECOND);
    assertEquals(List.of("c0", "c1", "c2", "c0", "c3", "c4"), made(pair.a));
  }

  /** Some peers never answer what they do not want. */
  @Test
  void whatIsNotAnsweredKeepsTheOthersWaitingOnlyForAWhile() {
    Pair pair = new Pair(4, config(true, 0, 2), config(false, 2, 2));
    pair.lose = datagram -> datagram.bytes().byteAt(18) == ExchangeType.INFORMATIONAL;
    askAll(pair);
    pair.run(11 * Pair.SECOND);
    assertEquals(Set.of(), childrenOf(pair.a));
    pair.run(Pair.SECOND);
    assertEquals(CHILDREN - 2, childrenOf(pair.a).size());
    pair.run(200 * Pair.SECOND);
    assertEquals(CHILDREN - 2, childrenOf(pair.a).size());
    assertEquals(2, pair.a.outputs(IkeOutput.ExchangeFailed.class).size());
    assertEquals(0, pair.a.engine.holdings().openExchanges());
  }

  /** What is complete here the peer has still to complete: it gets the time of its answer. */
  @Test
  void theNextOneWaitsForThePeerToHandleTheThirdMessage() {
    Pair pair = pair(9, 1);
    askAll(pair);
    // Main mode takes 60 ms, the answer to the first message 20 ms.
    pair.runUntil(99_000_000);
    assertEquals(List.of("c0"), made(pair.a));
    assertEquals(1, begun(pair.a));
    pair.runUntil(101_000_000);
    assertEquals(2, begun(pair.a));
  }

  private static long begun(Site site) {
    return site.outputs(IkeOutput.MessageSent.class).stream()
        .map(IkeOutput.MessageSent::message)
        .filter(each -> each.exchange() == ExchangeName.QUICK_MODE && each.number() == 1)
        .count();
  }

  /** A driver that has lost a task keeps one child waiting, and not all. */
  @Test
  void whatIsNotComputedKeepsTheOthersWaitingOnlyForAWhile() {
    ChildConfig plain = child(true, 0);
    ChildConfig withPfs =
        new ChildConfig(
            plain.name(),
            plain.local(),
            plain.remote(),
            plain.mode(),
            plain.proposals(),
            DhGroup.CURVE_25519,
            3_600,
            0);
    Pair held =
        new Pair(
            8,
            new IkeConfig(
                List.of(Site.peer(true).withChildren(withPfs, child(true, 1))),
                RetransmissionPolicy.DEFAULT,
                IkeLimits.DEFAULT.withOwnQuickModes(1)),
            config(false, 0, 1));
    held.a.hold = task -> task.description().contains("CURVE_25519");
    ask(held, 0);
    ask(held, 1);
    held.run(11 * Pair.SECOND);
    assertEquals(Set.of(), childrenOf(held.a));
    held.run(Pair.SECOND);
    assertEquals(Set.of("c1"), childrenOf(held.a));
    held.a.hold = task -> false;
    held.a.compute(held.now);
    held.run(Pair.SECOND);
    assertEquals(Set.of("c0", "c1"), childrenOf(held.a));
  }

  @Test
  void nothingThatWaitsIsLostWhenTheIsakmpSaEnds() {
    for (boolean ours : new boolean[] {true, false}) {
      Pair pair = pair(5, 2);
      askAll(pair);
      pair.run(Pair.SECOND / 8);
      int before = childrenOf(pair.a).size();
      assertTrue(before > 0 && before < CHILDREN - 2, () -> "made: " + before);
      end(ours ? pair.a : pair.b, pair.now);
      pair.run(10 * Pair.SECOND);
      assertEquals(CHILDREN, childrenOf(pair.a).size());
      // Where the third message came after the end, the first packet stands for it.
      for (SaParameters sa : pair.b.sas(SaParameters.Direction.INBOUND)) {
        pair.b.command(new IkeCommand.SaUsed(sa.id()), pair.now);
      }
      assertEquals(CHILDREN, childrenOf(pair.b).size());
      assertEquals(2, pair.a.outputs(IkeOutput.PhaseOneEstablished.class).size());
    }
  }

  private static void end(Site site, long now) {
    Peer peer = Tunnel.peer(site);
    IsakmpSa sa = peer.established().get(0);
    sa.sendDelete();
    peer.removePhaseOne(sa, EndReason.TERMINATED, now);
    site.timeout(now);
  }

  @Test
  void nothingThatWaitsIsLostWhenTheIsakmpSaIsRekeyed() {
    Pair pair = pair(6, 1);
    askAll(pair);
    pair.run(Pair.SECOND / 8);
    assertTrue(childrenOf(pair.a).size() < CHILDREN - 4);
    Peer peer = Tunnel.peer(pair.a);
    peer.rekeyPhaseOne(peer.established().get(0), pair.now);
    pair.a.timeout(pair.now);
    pair.run(2 * Pair.SECOND);
    assertEquals(2, pair.a.outputs(IkeOutput.PhaseOneEstablished.class).size());
    assertEquals(CHILDREN, childrenOf(pair.a).size());
    assertEquals(CHILDREN, childrenOf(pair.b).size());
  }

  /** What is taken back while it waits is not begun, and what waits behind it is. */
  @Test
  void whatIsEndedWhileItWaitsMakesRoom() {
    Pair pair = pair(7, 1);
    askAll(pair);
    pair.run(Pair.SECOND / 10);
    pair.a.command(new IkeCommand.Terminate("peer", "c" + (CHILDREN - 1)), pair.now);
    // One that is in progress.
    String begun = "c" + made(pair.a).size();
    pair.a.command(new IkeCommand.Terminate("peer", begun), pair.now);
    pair.run(Pair.SECOND);
    Set<String> expected = new HashSet<>();
    IntStream.range(0, CHILDREN - 1).forEach(each -> expected.add("c" + each));
    expected.remove(begun);
    assertEquals(expected, childrenOf(pair.a));
  }

  /** Both sides want everything, over a bad network; who has nothing asks again. */
  @Property(tries = 40)
  void allComeUpOverABadNetwork(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @DoubleRange(max = 0.3) double loss) {
    Pair pair = pair(seed, 2);
    pair.loss = loss;
    pair.duplication = 0.2;
    pair.reordering = 0.3;
    for (int round = 0; round < 40 && childrenOf(pair.a).size() < CHILDREN; round++) {
      askAll(pair);
      pair.run(60 * Pair.SECOND);
    }
    assertEquals(CHILDREN, childrenOf(pair.a).size());
    pair.loss = 0;
    pair.run(RetransmissionPolicy.DEFAULT.totalNanos() + 10 * Pair.SECOND);
    assertEquals(CHILDREN, childrenOf(pair.a).size());
    assertEquals(0, pair.a.engine.holdings().openExchanges());
    assertEquals(0, pair.b.engine.holdings().openExchanges());
  }
}
