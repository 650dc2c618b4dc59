package dev.zuido.ospf;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as a table of rows in the order in which its RFC lists them.
 *
 * <p>It is data: the machines run on it, the tests take a case from each row, and diagrams can be
 * drawn from it. {@link StateMachines} has all of them.
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
   * @param section where an RFC says so; empty if it is where the whole table stands
   */
  public record Row<S extends Enum<S>, E extends Enum<E>, A extends Enum<A>>(
      Set<S> states, E event, A action, NextState<S> next, String section) {
    /** Copies the states. */
    public Row {
      states = Set.copyOf(states);
    }

    /** A row of a table that stands in one section. */
    public Row(Set<S> states, E event, A action, NextState<S> next) {
      this(states, event, action, next, "");
    }
  }

  private final List<Row<S, E, A>> rows;
  private final Map<S, Map<E, Integer>> index;

  StateTable(Class<S> states, Class<E> events, List<Row<S, E, A>> rows) {
    this.rows = List.copyOf(rows);
    this.index = new EnumMap<>(states);
    for (int position = 0; position < rows.size(); position++) {
      Row<S, E, A> row = rows.get(position);
      for (S state : row.states()) {
        index
            .computeIfAbsent(state, key -> new EnumMap<>(events))
            .putIfAbsent(row.event(), position);
      }
    }
  }

  /** The rows, in the RFC's order. */
  public List<Row<S, E, A>> rows() {
    return rows;
  }

  /** The row for an event in a state, the first that applies; null if the RFC has none. */
  public @Nullable Row<S, E, A> find(S state, E event) {
    int position = position(state, event);
    return position < 0 ? null : rows.get(position);
  }

  /** Where that row stands in {@link #rows}; -1 if the RFC has none. */
  public int position(S state, E event) {
    Map<E, Integer> positions = index.get(state);
    Integer position = positions == null ? null : positions.get(event);
    return position == null ? -1 : position;
  }
}
