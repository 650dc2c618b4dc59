package dev.zuido.ospf;

import static dev.zuido.ospf.SimulatedNet.MILLI;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The back-off of route calculations: a case for each transition of RFC 8405 section 5.4. */
final class Rfc8405SpfDelayTest {
  private final Core core =
      new Core(OspfConfig.of(Configs.routerId(1)), new Random(1), OspfStore.inMemory());
  private final List<Long> computedMillis = new ArrayList<>();
  private final SpfDelay delay =
      new SpfDelay(core, () -> computedMillis.add((core.now - SECOND) / MILLI));

  Rfc8405SpfDelayTest() {
    core.now = SECOND;
  }

  /** Lets the timers run up to a time after the beginning. */
  private void runTo(long millis) {
    long end = SECOND + millis * MILLI;
    while (core.heap.next() <= end) {
      core.now = core.heap.next();
      for (Timer due = core.heap.pollDue(core.now); due != null; ) {
        due.fire(core.now);
        due = core.heap.pollDue(core.now);
      }
    }
    core.now = end;
  }

  private void eventAt(long millis) {
    runTo(millis);
    delay.igpEvent();
  }

  @Test
  void initiallyQuietWithAllTimersDeactivated() {
    assertEquals(SpfState.QUIET, delay.state());
    assertEquals(-1, delay.dueNanos(core.now));
    assertEquals(-1, delay.learnNanos(core.now));
    assertEquals(-1, delay.holdDownNanos(core.now));
  }

  @Test
  void transition1And8AFirstEventIsComputedAfterInitialSpfDelay() {
    eventAt(0);
    assertEquals(SpfState.SHORT_WAIT, delay.state());
    assertEquals(50 * MILLI, delay.dueNanos(core.now));
    assertEquals(500 * MILLI, delay.learnNanos(core.now));
    assertEquals(10 * SECOND, delay.holdDownNanos(core.now));
    runTo(49);
    assertEquals(List.of(), computedMillis);
    runTo(400);
    assertEquals(List.of(50L), computedMillis);
    assertEquals(SpfState.SHORT_WAIT, delay.state());
  }

  @Test
  void transition2AFurtherEventInShortWaitIsComputedAfterShortSpfDelay() {
    eventAt(0);
    eventAt(20);
    eventAt(100);
    eventAt(250);
    assertEquals(10 * SECOND, delay.holdDownNanos(core.now));
    runTo(499);
    assertEquals(List.of(50L, 300L), computedMillis, "100 + 200: 250 found the timer running");
  }

  @Test
  void transition3TheLearnTimerLeadsToLongWait() {
    eventAt(0);
    runTo(499);
    assertEquals(SpfState.SHORT_WAIT, delay.state());
    runTo(500);
    assertEquals(SpfState.LONG_WAIT, delay.state());
  }

  @Test
  void transition4And9AnEventInLongWaitIsComputedAfterLongSpfDelay() {
    eventAt(0);
    eventAt(600);
    assertEquals(5 * SECOND, delay.dueNanos(core.now));
    eventAt(3000);
    assertEquals(10 * SECOND, delay.holdDownNanos(core.now));
    runTo(5600);
    assertEquals(List.of(50L, 5600L), computedMillis);
    assertEquals(SpfState.LONG_WAIT, delay.state());
  }

  @Test
  void transition5TheHoldDownTimerLeadsFromLongWaitToQuiet() {
    eventAt(0);
    eventAt(3000);
    runTo(12_999);
    assertEquals(SpfState.LONG_WAIT, delay.state());
    runTo(13_000);
    assertEquals(SpfState.QUIET, delay.state());
    eventAt(20_000);
    runTo(20_050);
    assertEquals(List.of(50L, 8000L, 20_050L), computedMillis);
  }

  @Test
  void transition6TheHoldDownTimerLeadsFromShortWaitToQuietAndStopsTheLearnTimer() {
    eventAt(0);
    delay.event(SpfEvent.HOLDDOWN_TIMER); // Which no configuration lets fire before LEARN_TIMER.
    assertEquals(SpfState.QUIET, delay.state());
    assertEquals(-1, delay.learnNanos(core.now));
  }

  @Test
  void transition7AComputationThatIsDueInQuietIsDone() {
    delay.localTrigger();
    runTo(50);
    assertEquals(List.of(50L), computedMillis);
    assertEquals(SpfState.QUIET, delay.state());
  }

  @Test
  void section3ALocalTriggerIsNoIgpEvent() {
    delay.localTrigger();
    assertEquals(SpfState.QUIET, delay.state());
    assertEquals(-1, delay.holdDownNanos(core.now));
    eventAt(1000);
    eventAt(2000);
    runTo(8000);
    delay.localTrigger();
    assertEquals(4 * SECOND, delay.holdDownNanos(core.now), "not reset");
    assertEquals(5 * SECOND, delay.dueNanos(core.now), "but the delay of the state counts");
  }

  @Test
  void section6TheParametersAreTheConfigurations() {
    OspfConfig fast =
        OspfConfig.builder(Configs.routerId(1)).spfBackoff(SpfBackoff.constant(0)).build();
    Core other = new Core(fast, new Random(1), OspfStore.inMemory());
    List<Long> computed = new ArrayList<>();
    SpfDelay machine = new SpfDelay(other, () -> computed.add(other.now));
    for (int i = 0; i < 3; i++) {
      other.now = i * SECOND;
      machine.igpEvent();
      for (Timer due = other.heap.pollDue(other.now); due != null; ) {
        due.fire(other.now);
        due = other.heap.pollDue(other.now);
      }
    }
    assertEquals(List.of(0L, SECOND, 2 * SECOND), computed, "each event at once");
  }
}
