package dev.zuido.ospf;

import static dev.zuido.ospf.HelperState.HELPING;
import static dev.zuido.ospf.HelperState.NOT_HELPING;

import dev.zuido.ospf.StateTable.Row;
import java.util.EnumSet;
import java.util.List;

/** The operation of a helper neighbor (RFC 3623 section 3), as a table. */
public final class HelperStateMachine {
  private static final StateTable<HelperState, HelperEvent, HelperAction> TABLE =
      new StateTable<>(
          HelperState.class,
          HelperEvent.class,
          List.of(
              row(
                  NOT_HELPING,
                  HelperEvent.GRACE_LSA_ACCEPTED,
                  HelperAction.BEGIN,
                  new NextState.To<>(HELPING),
                  "RFC 3623 section 3.1"),
              row(
                  NOT_HELPING,
                  HelperEvent.GRACE_LSA_REFUSED,
                  HelperAction.NONE,
                  new NextState.Unchanged<>(),
                  "RFC 3623 section 3.1, 1 to 5"),
              row(
                  HELPING,
                  HelperEvent.GRACE_LSA_ACCEPTED,
                  HelperAction.UPDATE_PERIOD,
                  new NextState.Unchanged<>(),
                  "RFC 3623 section 3.1, the exception"),
              end(HelperEvent.GRACE_LSA_FLUSHED, "RFC 3623 section 3.2, 1"),
              end(HelperEvent.GRACE_PERIOD_EXPIRED, "RFC 3623 section 3.2, 2"),
              end(HelperEvent.TOPOLOGY_CHANGED, "RFC 3623 section 3.2, 3"),
              end(HelperEvent.NEIGHBOR_LOST, "RFC 2328 section 10.3, KillNbr and LLDown")));

  private HelperStateMachine() {}

  /** The table: seven rows. */
  public static StateTable<HelperState, HelperEvent, HelperAction> table() {
    return TABLE;
  }

  private static Row<HelperState, HelperEvent, HelperAction> end(
      HelperEvent event, String section) {
    return row(HELPING, event, HelperAction.END, new NextState.To<>(NOT_HELPING), section);
  }

  private static Row<HelperState, HelperEvent, HelperAction> row(
      HelperState state,
      HelperEvent event,
      HelperAction action,
      NextState<HelperState> next,
      String section) {
    return new Row<>(EnumSet.of(state), event, action, next, section);
  }
}
