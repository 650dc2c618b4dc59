package dev.zuido.ospf;

import static dev.zuido.ospf.SpfState.LONG_WAIT;
import static dev.zuido.ospf.SpfState.QUIET;
import static dev.zuido.ospf.SpfState.SHORT_WAIT;

import dev.zuido.ospf.StateTable.Row;
import java.util.EnumSet;
import java.util.List;

/** The state machine of RFC 8405 section 5, as a table. */
public final class SpfDelayMachine {
  private static final StateTable<SpfState, SpfEvent, SpfAction> TABLE =
      new StateTable<>(
          SpfState.class,
          SpfEvent.class,
          List.of(
              row(1, QUIET, SpfEvent.IGP_EVENT, SpfAction.START_TIMERS, to(SHORT_WAIT)),
              row(2, SHORT_WAIT, SpfEvent.IGP_EVENT, SpfAction.RESET_HOLDDOWN, unchanged()),
              row(3, SHORT_WAIT, SpfEvent.LEARN_TIMER, SpfAction.NONE, to(LONG_WAIT)),
              row(4, LONG_WAIT, SpfEvent.IGP_EVENT, SpfAction.RESET_HOLDDOWN, unchanged()),
              row(5, LONG_WAIT, SpfEvent.HOLDDOWN_TIMER, SpfAction.NONE, to(QUIET)),
              row(6, SHORT_WAIT, SpfEvent.HOLDDOWN_TIMER, SpfAction.STOP_LEARNING, to(QUIET)),
              row(7, QUIET, SpfEvent.SPF_TIMER, SpfAction.COMPUTE, unchanged()),
              row(8, SHORT_WAIT, SpfEvent.SPF_TIMER, SpfAction.COMPUTE, unchanged()),
              row(9, LONG_WAIT, SpfEvent.SPF_TIMER, SpfAction.COMPUTE, unchanged())));

  private SpfDelayMachine() {}

  /** The table: nine rows, the RFC's transitions 1 to 9. */
  public static StateTable<SpfState, SpfEvent, SpfAction> table() {
    return TABLE;
  }

  private static Row<SpfState, SpfEvent, SpfAction> row(
      int transition, SpfState state, SpfEvent event, SpfAction action, NextState<SpfState> next) {
    return new Row<>(
        EnumSet.of(state), event, action, next, "RFC 8405 section 5.4, transition " + transition);
  }

  private static NextState<SpfState> to(SpfState state) {
    return new NextState.To<>(state);
  }

  private static NextState<SpfState> unchanged() {
    return new NextState.Unchanged<>();
  }
}
