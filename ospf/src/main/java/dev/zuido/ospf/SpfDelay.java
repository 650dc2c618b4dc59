package dev.zuido.ospf;

import dev.zuido.ospf.StateTable.Row;

/** When the routes are calculated: RFC 8405's state machine at work. */
final class SpfDelay {
  private static final long MILLI = 1_000_000L;

  private final Core core;
  private final Runnable compute;
  private final Timer spfTimer = new Timer(now -> event(SpfEvent.SPF_TIMER));
  private final Timer learnTimer = new Timer(now -> event(SpfEvent.LEARN_TIMER));
  private final Timer holdDownTimer = new Timer(now -> event(SpfEvent.HOLDDOWN_TIMER));
  private SpfState state = SpfState.QUIET;

  /**
   * A machine in state QUIET.
   *
   * @param compute calculates the routes
   */
  SpfDelay(Core core, Runnable compute) {
    this.core = core;
    this.compute = compute;
  }

  SpfState state() {
    return state;
  }

  long dueNanos(long now) {
    return remaining(spfTimer, now);
  }

  long learnNanos(long now) {
    return remaining(learnTimer, now);
  }

  long holdDownNanos(long now) {
    return remaining(holdDownTimer, now);
  }

  private static long remaining(Timer timer, long now) {
    return timer.isScheduled() ? Math.max(0, timer.deadline - now) : -1;
  }

  /** The database changed. */
  void igpEvent() {
    event(SpfEvent.IGP_EVENT);
  }

  /**
   * Something else has to be taken into account. "Locally triggering a routing table computation is
   * not considered an IGP event since other IGP routers are unaware of this occurrence" (section
   * 3): the state stays.
   */
  void localTrigger() {
    startSpfTimer();
  }

  /** The routes are calculated for another reason now: what was due is done with it. */
  void computed() {
    core.heap.cancel(spfTimer);
  }

  /** Runs the state machine. */
  void event(SpfEvent event) {
    Row<SpfState, SpfEvent, SpfAction> row = SpfDelayMachine.table().find(state, event);
    if (row == null) {
      return; // A timer that runs on in state QUIET would be a mistake of ours.
    }
    core.transitions.took(SpfDelayMachine.table(), state, event);
    switch (row.action()) {
      case START_TIMERS -> {
        startSpfTimer();
        core.heap.schedule(learnTimer, core.now + backoff().timeToLearnMillis() * MILLI);
        resetHoldDown();
      }
      case RESET_HOLDDOWN -> {
        resetHoldDown();
        startSpfTimer();
      }
      case STOP_LEARNING -> core.heap.cancel(learnTimer);
      case COMPUTE -> compute.run();
      case NONE -> {}
    }
    state = row.next().orElse(state);
  }

  private void startSpfTimer() {
    long millis =
        switch (state) {
          case QUIET -> backoff().initialMillis();
          case SHORT_WAIT -> backoff().shortMillis();
          case LONG_WAIT -> backoff().longMillis();
        };
    core.heap.scheduleIfIdle(spfTimer, core.now + millis * MILLI);
  }

  private void resetHoldDown() {
    core.heap.schedule(holdDownTimer, core.now + backoff().holdDownMillis() * MILLI);
  }

  private SpfBackoff backoff() {
    return core.config.spfBackoff();
  }
}
