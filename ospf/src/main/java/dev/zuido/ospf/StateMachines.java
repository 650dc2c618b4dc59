package dev.zuido.ospf;

import dev.zuido.ospf.StateTable.Row;
import java.util.List;

/** The state machines that the engine runs on, as data. */
public final class StateMachines {
  /**
   * A machine.
   *
   * @param name what it describes
   * @param section where an RFC has it
   * @param table its rows
   */
  public record Machine<S extends Enum<S>, E extends Enum<E>, A extends Enum<A>>(
      String name, String section, StateTable<S, E, A> table) {
    /** Where an RFC has a row. */
    public String sectionOf(Row<S, E, A> row) {
      return row.section().isEmpty() ? section : row.section();
    }
  }

  private static final List<Machine<?, ?, ?>> ALL =
      List.of(
          new Machine<>("Interface", "RFC 2328 section 9.3", InterfaceStateMachine.table()),
          new Machine<>("Neighbor", "RFC 2328 section 10.3", NeighborStateMachine.table()),
          new Machine<>("Route calculation", "RFC 8405 section 5.4", SpfDelayMachine.table()),
          new Machine<>("Graceful restart", "RFC 3623 section 2", RestartStateMachine.table()),
          new Machine<>(
              "Help for a restarting neighbor", "RFC 3623 section 3", HelperStateMachine.table()));

  private StateMachines() {}

  /** All machines, in a fixed order. */
  public static List<Machine<?, ?, ?>> all() {
    return ALL;
  }
}
