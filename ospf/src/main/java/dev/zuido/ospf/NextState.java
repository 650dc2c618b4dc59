package dev.zuido.ospf;

import java.util.Set;

/**
 * The "New state" of a row in one of RFC 2328's state tables.
 *
 * @param <S> the machine's states
 */
public sealed interface NextState<S extends Enum<S>> {
  /** The machine goes to this state. */
  record To<S extends Enum<S>>(S state) implements NextState<S> {}

  /** "No state change." */
  record Unchanged<S extends Enum<S>>() implements NextState<S> {}

  /** "Depends upon action routine": one of these states. */
  record OneOf<S extends Enum<S>>(Set<S> states) implements NextState<S> {
    /** Copies the set. */
    public OneOf {
      states = Set.copyOf(states);
    }
  }

  /**
   * Whether the row allows this outcome.
   *
   * @param from the state before
   * @param to the state after
   */
  default boolean allows(S from, S to) {
    if (this instanceof To<S> next) {
      return next.state() == to;
    }
    if (this instanceof OneOf<S> next) {
      return next.states().contains(to);
    }
    return from == to;
  }

  /** The state of a {@link To}; otherwise the given one. */
  default S orElse(S otherwise) {
    return this instanceof To<S> next ? next.state() : otherwise;
  }
}
