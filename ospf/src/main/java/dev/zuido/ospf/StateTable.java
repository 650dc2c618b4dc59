package dev.zuido.ospf;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as a table of rows in the order in which RFC 2328 lists them.
 *
 * <p>It is data: the machines run on it, the tests take a case from each row, and diagrams can be
 * drawn from it.
 *
 * @param <S> the states
 * @param <E> the events
 * @param <A> the actions
 */
public final class StateTable<S extends Enum<S>, E extends Enum<E>, A extends Enum<A>> {
  /**
   * One row.
   *
   * @param states the states in which the row applies
   * @param event the event
   * @param action what is done
   * @param next the state that results
   */
  public record Row<S extends Enum<S>, E extends Enum<E>, A extends Enum<A>>(
      Set<S> states, E event, A action, NextState<S> next) {
    /** Copies the states. */
    public Row {
      states = Set.copyOf(states);
    }
  }

  private final List<Row<S, E, A>> rows;
  private final Map<S, Map<E, Row<S, E, A>>> index;

  StateTable(Class<S> states, Class<E> events, List<Row<S, E, A>> rows) {
    this.rows = List.copyOf(rows);
    this.index = new EnumMap<>(states);
    for (Row<S, E, A> row : rows) {
      for (S state : row.states()) {
        index.computeIfAbsent(state, key -> new EnumMap<>(events)).putIfAbsent(row.event(), row);
      }
    }
  }

  /** The rows, in the RFC's order. */
  public List<Row<S, E, A>> rows() {
    return rows;
  }

  /** The row for an event in a state, the first that applies; null if the RFC has none. */
  public @Nullable Row<S, E, A> find(S state, E event) {
    Map<E, Row<S, E, A>> rowsOfState = index.get(state);
    return rowsOfState == null ? null : rowsOfState.get(event);
  }
}
