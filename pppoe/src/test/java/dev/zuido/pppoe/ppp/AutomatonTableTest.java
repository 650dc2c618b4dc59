package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.zuido.pppoe.ppp.AutomatonTable.Cell;
import dev.zuido.pppoe.ppp.AutomatonTable.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each cell of RFC 1661's table: in our table, and done by the automaton that runs on it. */
final class AutomatonTableTest {
  private static final long SECOND = 1_000_000_000L;
  private static final PppTimers TIMERS = new PppTimers(3 * SECOND, 3, 2, 5, 0, 5, SECOND, SECOND);
  private static final Map<String, Mark> MARKS =
      Map.of("", Mark.NONE, "p", Mark.PASSIVE, "r", Mark.RESTART, "x", Mark.CROSSED);

  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (AutomatonState state : AutomatonState.values()) {
      for (AutomatonEvent event : AutomatonEvent.values()) {
        cells.add(Arguments.of(state, event, Rfc1661Table.text(state.ordinal(), event.rfcName())));
      }
    }
    return cells.stream();
  }

  @Test
  void theTableHasAllStatesAndEventsOfTheRfc() {
    assertEquals(10, AutomatonState.values().length);
    assertEquals(
        Rfc1661Table.events(),
        Stream.of(AutomatonEvent.values()).map(AutomatonEvent::rfcName).toList());
    assertEquals(160, cells().count());
    long there = cells().filter(cell -> !cell.get()[2].equals("-")).count();
    assertEquals(there, AutomatonTable.cells().size());
  }

  @ParameterizedTest(name = "{1} in {0}: {2}")
  @MethodSource("cells")
  void theCellIsAsTheRfcHasIt(AutomatonState state, AutomatonEvent event, String text) {
    Rfc1661Table.Cell expected = Rfc1661Table.cell(state.ordinal(), event.rfcName());
    Cell cell = AutomatonTable.find(state, event);
    if (expected == null) {
      assertNull(cell);
      return;
    }
    assertNotNull(cell, text);
    assertEquals(
        expected.actions(), cell.actions().stream().map(AutomatonAction::rfcName).toList());
    assertEquals(expected.next(), cell.next().ordinal());
    assertEquals(MARKS.get(expected.note()), cell.mark());
  }

  @ParameterizedTest(name = "{1} in {0}: {2}")
  @MethodSource("cells")
  void theAutomatonDoesWhatTheCellSays(AutomatonState state, AutomatonEvent event, String text) {
    Recorder recorder = new Recorder(Automaton.Options.NONE).drive(state);
    Rfc1661Table.Cell expected = Rfc1661Table.cell(state.ordinal(), event.rfcName());
    long deadline = recorder.automaton.deadline();
    int counter = recorder.automaton.restartCounter();
    recorder.fire(event);
    if (expected == null) {
      assertEquals(state, recorder.automaton.state());
      assertEquals(List.of(), recorder.done);
      assertEquals(deadline, recorder.automaton.deadline());
      assertEquals(counter, recorder.automaton.restartCounter());
      return;
    }
    assertEquals(expected.next(), recorder.automaton.state().ordinal());
    List<String> told = new ArrayList<>(expected.actions());
    told.removeAll(List.of("irc", "zrc"));
    assertEquals(told, recorder.done);
    assertTimer(recorder, expected, deadline);
    assertCounter(recorder, expected, counter);
  }

  /** "Only the scr, str and zrc actions start or re-start the Restart timer." */
  private static void assertTimer(Recorder recorder, Rfc1661Table.Cell cell, long before) {
    int next = cell.next();
    boolean runs = next >= 4 && next <= 8;
    boolean starts = cell.actions().stream().anyMatch(List.of("scr", "str", "zrc")::contains);
    long expected = !runs ? PppLink.NO_DEADLINE : starts ? recorder.now + 3 * SECOND : before;
    assertEquals(expected, recorder.automaton.deadline());
  }

  private static void assertCounter(Recorder recorder, Rfc1661Table.Cell cell, int before) {
    int counter = before;
    if (cell.actions().contains("irc")) {
      counter = cell.actions().contains("str") ? 2 : 3;
    }
    if (cell.actions().contains("zrc")) {
      counter = 0;
    }
    if (cell.actions().contains("scr") || cell.actions().contains("str")) {
      counter = Math.max(0, counter - 1);
    }
    assertEquals(counter, recorder.automaton.restartCounter());
  }

  @ParameterizedTest
  @MethodSource("negotiating")
  void withThePassiveOptionTheLowerLayerIsKept(AutomatonState state) {
    Recorder recorder = new Recorder(new Automaton.Options(true, false)).drive(state);
    recorder.fire(AutomatonEvent.TIMEOUT_EXPIRED);
    assertEquals(AutomatonState.STOPPED, recorder.automaton.state());
    assertEquals(List.of(), recorder.done);
    recorder.fire(AutomatonEvent.GOOD_REQUEST);
    assertEquals(AutomatonState.ACK_SENT, recorder.automaton.state());
  }

  @Test
  void thePassiveOptionDoesNotKeepATerminatedLowerLayer() {
    Recorder recorder = new Recorder(new Automaton.Options(true, false));
    recorder.drive(AutomatonState.STOPPING).fire(AutomatonEvent.TIMEOUT_EXPIRED);
    assertEquals(List.of("tlf"), recorder.done);
  }

  static Stream<AutomatonState> negotiating() {
    return Stream.of(AutomatonState.REQ_SENT, AutomatonState.ACK_RCVD, AutomatonState.ACK_SENT);
  }

  static Stream<AutomatonState> restarting() {
    return Stream.of(
        AutomatonState.STOPPED,
        AutomatonState.CLOSING,
        AutomatonState.STOPPING,
        AutomatonState.OPENED);
  }

  @ParameterizedTest
  @MethodSource("restarting")
  void withTheRestartOptionAnOpenNegotiatesAgain(AutomatonState state) {
    Recorder recorder = new Recorder(new Automaton.Options(false, true)).drive(state);
    recorder.fire(AutomatonEvent.OPEN);
    assertEquals(AutomatonState.REQ_SENT, recorder.automaton.state());
    List<String> expected =
        switch (state) {
          case OPENED -> List.of("tld", "scr");
          case STOPPED -> List.of("tls", "scr");
          default -> List.of("scr");
        };
    assertEquals(expected, recorder.done);
    assertEquals(2, recorder.automaton.restartCounter());
  }

  @ParameterizedTest
  @MethodSource("negotiating")
  void requestsAreRepeatedMaxConfigureTimes(AutomatonState state) {
    Recorder recorder = new Recorder(Automaton.Options.NONE).drive(state);
    int requests = 0;
    while (recorder.automaton.state() != AutomatonState.STOPPED) {
      recorder.now = recorder.automaton.deadline();
      recorder.automaton.timeout(recorder.now);
      requests++;
    }
    // The first of the three was sent before; an Ack has set the counter anew.
    int repeated = state == AutomatonState.ACK_RCVD ? 3 : 2;
    assertEquals(repeated, recorder.done.stream().filter("scr"::equals).count());
    assertEquals(repeated + 1, requests);
    assertEquals("tlf", recorder.done.get(recorder.done.size() - 1));
  }

  @Test
  void terminateRequestsAreRepeatedMaxTerminateTimes() {
    Recorder recorder = new Recorder(Automaton.Options.NONE).drive(AutomatonState.CLOSING);
    while (recorder.automaton.state() != AutomatonState.CLOSED) {
      recorder.now = recorder.automaton.deadline();
      recorder.automaton.timeout(recorder.now);
    }
    assertEquals(List.of("str", "tlf"), recorder.done);
  }

  /** An automaton, and what it does. */
  private static final class Recorder implements Automaton.Actions {
    final Automaton automaton;
    final List<String> done = new ArrayList<>();
    long now = 7 * SECOND;

    Recorder(Automaton.Options options) {
      automaton = new Automaton(TIMERS, options, this);
    }

    void fire(AutomatonEvent event) {
      now += SECOND / 10;
      automaton.fire(event, now);
    }

    /** Brings it into a state by events that occur. */
    Recorder drive(AutomatonState state) {
      List<AutomatonEvent> way =
          switch (state) {
            case INITIAL -> List.of();
            case STARTING -> List.of(AutomatonEvent.OPEN);
            case CLOSED -> List.of(AutomatonEvent.UP);
            case STOPPED ->
                List.of(AutomatonEvent.OPEN, AutomatonEvent.UP, AutomatonEvent.REJECT_CATASTROPHIC);
            case CLOSING -> List.of(AutomatonEvent.OPEN, AutomatonEvent.UP, AutomatonEvent.CLOSE);
            case STOPPING ->
                List.of(
                    AutomatonEvent.OPEN,
                    AutomatonEvent.UP,
                    AutomatonEvent.GOOD_REQUEST,
                    AutomatonEvent.ACK,
                    AutomatonEvent.REJECT_CATASTROPHIC);
            case REQ_SENT -> List.of(AutomatonEvent.OPEN, AutomatonEvent.UP);
            case ACK_RCVD -> List.of(AutomatonEvent.OPEN, AutomatonEvent.UP, AutomatonEvent.ACK);
            case ACK_SENT ->
                List.of(AutomatonEvent.OPEN, AutomatonEvent.UP, AutomatonEvent.GOOD_REQUEST);
            case OPENED ->
                List.of(
                    AutomatonEvent.OPEN,
                    AutomatonEvent.UP,
                    AutomatonEvent.GOOD_REQUEST,
                    AutomatonEvent.ACK);
          };
      way.forEach(event -> automaton.fire(event, now));
      assertEquals(state, automaton.state());
      done.clear();
      return this;
    }

    @Override
    public void entered(AutomatonState state, long now) {
      assertEquals(automaton.state(), state);
    }

    @Override
    public void act(AutomatonAction action, long now) {
      done.add(action.rfcName());
    }
  }
}
