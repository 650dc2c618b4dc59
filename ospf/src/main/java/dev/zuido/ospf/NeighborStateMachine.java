package dev.zuido.ospf;

import static dev.zuido.ospf.NeighborState.ATTEMPT;
import static dev.zuido.ospf.NeighborState.DOWN;
import static dev.zuido.ospf.NeighborState.EXCHANGE;
import static dev.zuido.ospf.NeighborState.EX_START;
import static dev.zuido.ospf.NeighborState.FULL;
import static dev.zuido.ospf.NeighborState.INIT;
import static dev.zuido.ospf.NeighborState.LOADING;
import static dev.zuido.ospf.NeighborState.TWO_WAY;

import dev.zuido.ospf.StateTable.Row;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The neighbor state machine of RFC 2328 section 10.3, as a table. */
public final class NeighborStateMachine {
  private static final Set<NeighborState> ANY = EnumSet.allOf(NeighborState.class);

  private static final StateTable<NeighborState, NeighborEvent, NeighborAction> TABLE =
      new StateTable<>(
          NeighborState.class,
          NeighborEvent.class,
          List.of(
              row(only(DOWN), NeighborEvent.START, NeighborAction.SEND_HELLO, to(ATTEMPT)),
              row(
                  only(ATTEMPT),
                  NeighborEvent.HELLO_RECEIVED,
                  NeighborAction.RESTART_INACTIVITY_TIMER,
                  to(INIT)),
              row(
                  only(DOWN),
                  NeighborEvent.HELLO_RECEIVED,
                  NeighborAction.RESTART_INACTIVITY_TIMER,
                  to(INIT)),
              row(
                  orGreater(INIT),
                  NeighborEvent.HELLO_RECEIVED,
                  NeighborAction.RESTART_INACTIVITY_TIMER,
                  unchanged()),
              row(
                  only(INIT),
                  NeighborEvent.TWO_WAY_RECEIVED,
                  NeighborAction.DECIDE_ADJACENCY,
                  oneOf(TWO_WAY, EX_START)),
              row(
                  only(EX_START),
                  NeighborEvent.NEGOTIATION_DONE,
                  NeighborAction.DESCRIBE_DATABASE,
                  to(EXCHANGE)),
              row(
                  only(EXCHANGE),
                  NeighborEvent.EXCHANGE_DONE,
                  NeighborAction.REQUEST_MISSING,
                  oneOf(LOADING, FULL)),
              row(only(LOADING), NeighborEvent.LOADING_DONE, NeighborAction.NONE, to(FULL)),
              row(
                  only(TWO_WAY),
                  NeighborEvent.ADJ_OK,
                  NeighborAction.DECIDE_ADJACENCY,
                  oneOf(TWO_WAY, EX_START)),
              row(
                  orGreater(EX_START),
                  NeighborEvent.ADJ_OK,
                  NeighborAction.RECONSIDER_ADJACENCY,
                  oneOf(TWO_WAY, EX_START, EXCHANGE, LOADING, FULL)),
              row(
                  orGreater(EXCHANGE),
                  NeighborEvent.SEQ_NUMBER_MISMATCH,
                  NeighborAction.RESTART_EXCHANGE,
                  to(EX_START)),
              row(
                  orGreater(EXCHANGE),
                  NeighborEvent.BAD_LS_REQ,
                  NeighborAction.RESTART_EXCHANGE,
                  to(EX_START)),
              row(ANY, NeighborEvent.KILL_NBR, NeighborAction.TEAR_DOWN, to(DOWN)),
              row(ANY, NeighborEvent.LL_DOWN, NeighborAction.TEAR_DOWN, to(DOWN)),
              row(ANY, NeighborEvent.INACTIVITY_TIMER, NeighborAction.TEAR_DOWN, to(DOWN)),
              row(
                  orGreater(TWO_WAY),
                  NeighborEvent.ONE_WAY_RECEIVED,
                  NeighborAction.CLEAR_LISTS,
                  to(INIT)),
              row(
                  orGreater(TWO_WAY),
                  NeighborEvent.TWO_WAY_RECEIVED,
                  NeighborAction.NONE,
                  unchanged()),
              row(only(INIT), NeighborEvent.ONE_WAY_RECEIVED, NeighborAction.NONE, unchanged())));

  private NeighborStateMachine() {}

  /** The table: eighteen rows, in the RFC's order. */
  public static StateTable<NeighborState, NeighborEvent, NeighborAction> table() {
    return TABLE;
  }

  private static Row<NeighborState, NeighborEvent, NeighborAction> row(
      Set<NeighborState> states,
      NeighborEvent event,
      NeighborAction action,
      NextState<NeighborState> next) {
    return new Row<>(states, event, action, next);
  }

  private static Set<NeighborState> only(NeighborState state) {
    return EnumSet.of(state);
  }

  private static Set<NeighborState> orGreater(NeighborState state) {
    return EnumSet.range(state, FULL);
  }

  private static NextState<NeighborState> to(NeighborState state) {
    return new NextState.To<>(state);
  }

  private static NextState<NeighborState> unchanged() {
    return new NextState.Unchanged<>();
  }

  private static NextState<NeighborState> oneOf(NeighborState first, NeighborState... rest) {
    return new NextState.OneOf<>(EnumSet.of(first, rest));
  }
}
