package dev.zuido.pppoe.ppp;

import dev.zuido.pppoe.ppp.AutomatonTable.Cell;
import dev.zuido.pppoe.ppp.AutomatonTable.Mark;

/**
 * The option negotiation automaton (RFC 1661 section 4): the table's state, the Restart counter and
 * the Restart timer.
 */
final class Automaton {
  /** What the protocol around it does. The counter and the timer are not its matter. */
  interface Actions {
    /**
     * A state was entered. The automaton is in it; a This-Layer-Down is done, the row's other
     * actions are not.
     */
    void entered(AutomatonState state, long now);

    /** Does one of the table's actions, {@code irc} and {@code zrc} excepted. */
    void act(AutomatonAction action, long now);
  }

  /**
   * The implementation options of section 4.
   *
   * @param passive [p]: after Configure-Requests without an answer the peer is waited for
   * @param restart [r]: an Open in a state that is not new renegotiates
   */
  record Options(boolean passive, boolean restart) {
    static final Options NONE = new Options(false, false);
  }

  private final PppTimers timers;
  private final Options options;
  private final Actions actions;
  private AutomatonState state = AutomatonState.INITIAL;
  private int restartCounter;
  private long deadline = PppLink.NO_DEADLINE;

  Automaton(PppTimers timers, Options options, Actions actions) {
    this.timers = timers;
    this.options = options;
    this.actions = actions;
  }

  AutomatonState state() {
    return state;
  }

  /** When the Restart timer runs out. */
  long deadline() {
    return deadline;
  }

  int restartCounter() {
    return restartCounter;
  }

  /** The Restart timer, if it is due. */
  void timeout(long now) {
    if (deadline <= now) {
      fire(restartCounter > 0 ? AutomatonEvent.TIMEOUT : AutomatonEvent.TIMEOUT_EXPIRED, now);
    }
  }

  /** Takes the row of an event; an event that cannot occur in the state changes nothing. */
  void fire(AutomatonEvent event, long now) {
    Cell cell = AutomatonTable.find(state, event);
    if (cell == null) {
      return;
    }
    AutomatonState before = state;
    state = cell.next();
    if (!runsTimer(state)) {
      deadline = PppLink.NO_DEADLINE;
    }
    boolean entered = false;
    for (AutomatonAction action : cell.actions()) {
      if (!entered && action != AutomatonAction.TLD) {
        entered = true;
        enter(before, now);
      }
      if (action == AutomatonAction.TLF && cell.mark() == Mark.PASSIVE && options.passive()) {
        continue;
      }
      act(action, now);
    }
    if (!entered) {
      enter(before, now);
    }
    if (cell.mark() == Mark.RESTART && options.restart()) {
      fire(AutomatonEvent.DOWN, now);
      fire(AutomatonEvent.UP, now);
    }
  }

  private void enter(AutomatonState before, long now) {
    if (before != state) {
      actions.entered(state, now);
    }
  }

  private void act(AutomatonAction action, long now) {
    switch (action) {
      case IRC ->
          restartCounter =
              state == AutomatonState.CLOSING || state == AutomatonState.STOPPING
                  ? timers.maxTerminate()
                  : timers.maxConfigure();
      case ZRC -> {
        restartCounter = 0;
        deadline = now + timers.restartNanos();
      }
      case SCR, STR -> {
        restartCounter = Math.max(0, restartCounter - 1);
        deadline = now + timers.restartNanos();
        actions.act(action, now);
      }
      default -> actions.act(action, now);
    }
  }

  /** The states in which the table has TO events. */
  private static boolean runsTimer(AutomatonState state) {
    return state.compareTo(AutomatonState.CLOSING) >= 0 && state != AutomatonState.OPENED;
  }
}
