package dev.zuido.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimClockTest {
  private final SimClock clock = new SimClock();
  private final List<String> happened = new ArrayList<>();

  @Test
  void eventsHappenByTimeThenInTheOrderOfScheduling() {
    clock.schedule(20, () -> happened.add("c"));
    clock.schedule(10, () -> happened.add("a"));
    clock.schedule(10, () -> happened.add("b"));
    while (clock.step()) {
      happened.add(Long.toString(clock.nowNanos()));
    }
    assertEquals(List.of("a", "10", "b", "10", "c", "20"), happened);
  }

  @Test
  void whatIsScheduledForThePastHappensNow() {
    clock.schedule(50, () -> clock.schedule(10, () -> happened.add("late")));
    clock.step();
    clock.step();
    assertEquals(50, clock.nowNanos());
    assertEquals(List.of("late"), happened);
  }

  @Test
  void aCancelledTimerDoesNotHappen() {
    SimClock.Timer timer = clock.schedule(5, () -> happened.add("no"));
    timer.cancel();
    assertFalse(timer.isPending());
    assertFalse(clock.step());
    assertEquals(VirtualNode.NO_DEADLINE, clock.nextEventNanos());
  }

  @Test
  void manyCancelledTimersLeaveTheOthersInOrder() {
    for (int i = 0; i < 10_000; i++) {
      SimClock.Timer timer = clock.schedule(i, () -> happened.add("no"));
      if (i % 1_000 == 0) {
        String name = Integer.toString(i);
        clock.schedule(i, () -> happened.add(name));
      }
      timer.cancel();
    }
    while (clock.step()) {}
    assertEquals(
        List.of("0", "1000", "2000", "3000", "4000", "5000", "6000", "7000", "8000", "9000"),
        happened);
  }

  @Test
  void aNodeThatNeverLetsTimePassIsFound() {
    VirtualNetwork network = new VirtualNetwork(1);
    network.attach(new Waker(0));
    IllegalStateException found =
        assertThrows(IllegalStateException.class, () -> network.runUntil(1));
    assertTrue(found.getMessage().contains("stands still"));
  }

  @Test
  void aNodeIsRunAtItsDeadline() {
    VirtualNetwork network = new VirtualNetwork(1);
    Waker waker = new Waker(1_000);
    network.attach(waker);
    network.runUntil(5_500);
    assertEquals(List.of(0L, 1_000L, 2_000L, 3_000L, 4_000L, 5_000L), waker.runs);
    assertEquals(5_500, network.nowNanos());
    network.wake(waker);
    network.step();
    assertEquals(5_500L, waker.runs.get(6));
  }

  @Test
  void aDeadlineThatMovedWhileTheNetworkStoodIsSeen() {
    VirtualNetwork network = new VirtualNetwork(1);
    Waker waker = new Waker(1_000_000);
    network.attach(waker);
    network.runUntil(10);
    waker.next = 15;
    network.runUntil(20);
    assertEquals(List.of(0L, 15L), waker.runs);
  }

  @Test
  void aConditionStopsTheClockWhereItCameTrue() {
    VirtualNetwork network = new VirtualNetwork(1);
    Waker waker = new Waker(100);
    network.attach(waker);
    assertTrue(network.runUntil(() -> waker.runs.size() == 3, 10_000));
    assertEquals(200, network.nowNanos());
    assertFalse(network.runUntil(() -> false, 250));
    assertEquals(250, network.nowNanos());
  }

  private static final class Waker implements VirtualNode {
    private final long period;
    private final List<Long> runs = new ArrayList<>();
    private long next;

    private Waker(long period) {
      this.period = period;
    }

    @Override
    public void run(long nowNanos) {
      if (period > 0) {
        runs.add(nowNanos);
      }
      next = nowNanos + period;
    }

    @Override
    public long nextDeadline() {
      return next;
    }
  }
}
