package dev.zuido.ospf;

import static dev.zuido.ospf.InterfaceState.BACKUP;
import static dev.zuido.ospf.InterfaceState.DOWN;
import static dev.zuido.ospf.InterfaceState.DR;
import static dev.zuido.ospf.InterfaceState.DR_OTHER;
import static dev.zuido.ospf.InterfaceState.LOOPBACK;
import static dev.zuido.ospf.InterfaceState.POINT_TO_POINT;
import static dev.zuido.ospf.InterfaceState.WAITING;

import dev.zuido.ospf.StateTable.Row;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The interface state machine of RFC 2328 section 9.3, as a table. */
public final class InterfaceStateMachine {
  private static final Set<InterfaceState> ANY = EnumSet.allOf(InterfaceState.class);
  private static final NextState<InterfaceState> ELECTED =
      new NextState.OneOf<>(EnumSet.of(DR_OTHER, BACKUP, DR));

  private static final StateTable<InterfaceState, InterfaceEvent, InterfaceAction> TABLE =
      new StateTable<>(
          InterfaceState.class,
          InterfaceEvent.class,
          List.of(
              row(
                  EnumSet.of(DOWN),
                  InterfaceEvent.INTERFACE_UP,
                  InterfaceAction.START,
                  new NextState.OneOf<>(EnumSet.of(POINT_TO_POINT, DR_OTHER, WAITING))),
              row(EnumSet.of(WAITING), InterfaceEvent.BACKUP_SEEN, InterfaceAction.ELECT, ELECTED),
              row(EnumSet.of(WAITING), InterfaceEvent.WAIT_TIMER, InterfaceAction.ELECT, ELECTED),
              row(
                  EnumSet.of(DR_OTHER, BACKUP, DR),
                  InterfaceEvent.NEIGHBOR_CHANGE,
                  InterfaceAction.ELECT,
                  ELECTED),
              row(
                  ANY,
                  InterfaceEvent.INTERFACE_DOWN,
                  InterfaceAction.RESET,
                  new NextState.To<>(DOWN)),
              row(
                  ANY,
                  InterfaceEvent.LOOP_IND,
                  InterfaceAction.RESET,
                  new NextState.To<>(LOOPBACK)),
              row(
                  EnumSet.of(LOOPBACK),
                  InterfaceEvent.UNLOOP_IND,
                  InterfaceAction.NONE,
                  new NextState.To<>(DOWN))));

  private InterfaceStateMachine() {}

  /** The table: seven rows, in the RFC's order. */
  public static StateTable<InterfaceState, InterfaceEvent, InterfaceAction> table() {
    return TABLE;
  }

  private static Row<InterfaceState, InterfaceEvent, InterfaceAction> row(
      Set<InterfaceState> states,
      InterfaceEvent event,
      InterfaceAction action,
      NextState<InterfaceState> next) {
    return new Row<>(states, event, action, next);
  }
}
