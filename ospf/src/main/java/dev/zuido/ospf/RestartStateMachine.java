package dev.zuido.ospf;

import static dev.zuido.ospf.RestartState.NONE;
import static dev.zuido.ospf.RestartState.PREPARED;
import static dev.zuido.ospf.RestartState.PREPARING;
import static dev.zuido.ospf.RestartState.RESTARTING;

import dev.zuido.ospf.StateTable.Row;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The operation of a restarting router (RFC 3623 section 2), as a table. */
public final class RestartStateMachine {
  private static final Set<RestartState> BEFORE = EnumSet.of(PREPARING, PREPARED);

  private static final StateTable<RestartState, RestartEvent, RestartAction> TABLE =
      new StateTable<>(
          RestartState.class,
          RestartEvent.class,
          List.of(
              row(
                  EnumSet.of(NONE),
                  RestartEvent.PREPARE,
                  RestartAction.ORIGINATE_GRACE_LSAS,
                  PREPARING,
                  "2.1"),
              row(
                  EnumSet.of(PREPARING),
                  RestartEvent.ALL_ACKNOWLEDGED,
                  RestartAction.TELL_PREPARED,
                  PREPARED,
                  "2.1"),
              row(
                  EnumSet.of(PREPARING),
                  RestartEvent.PATIENCE_OVER,
                  RestartAction.TELL_PREPARED,
                  PREPARED,
                  "2.1"),
              row(BEFORE, RestartEvent.CANCEL, RestartAction.FLUSH_GRACE_LSAS, NONE, "2.1"),
              row(
                  BEFORE,
                  RestartEvent.GRACE_PERIOD_EXPIRED,
                  RestartAction.FLUSH_GRACE_LSAS,
                  NONE,
                  "2.1"),
              row(
                  EnumSet.of(NONE),
                  RestartEvent.STARTED,
                  RestartAction.HOLD,
                  RESTARTING,
                  "2 and 5"),
              exit(RestartEvent.ADJACENCIES_BACK, "2.2, 1"),
              exit(RestartEvent.INCONSISTENT_LSA, "2.2, 2"),
              exit(RestartEvent.GRACE_PERIOD_EXPIRED, "2.2, 3")));

  private RestartStateMachine() {}

  /** The table: nine rows. */
  public static StateTable<RestartState, RestartEvent, RestartAction> table() {
    return TABLE;
  }

  private static Row<RestartState, RestartEvent, RestartAction> exit(
      RestartEvent event, String section) {
    return row(EnumSet.of(RESTARTING), event, RestartAction.EXIT, NONE, section);
  }

  private static Row<RestartState, RestartEvent, RestartAction> row(
      Set<RestartState> states,
      RestartEvent event,
      RestartAction action,
      RestartState next,
      String section) {
    return new Row<>(
        states, event, action, new NextState.To<>(next), "RFC 3623 section " + section);
  }
}
