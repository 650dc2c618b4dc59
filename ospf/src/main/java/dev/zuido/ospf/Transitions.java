package dev.zuido.ospf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How often each row of the state tables was taken. */
final class Transitions {
  private final List<long[]> counts = new ArrayList<>();

  Transitions() {
    for (StateMachines.Machine<?, ?, ?> machine : StateMachines.all()) {
      counts.add(new long[machine.table().rows().size()]);
    }
  }

  /** A row was taken. */
  <S extends Enum<S>, E extends Enum<E>> void took(StateTable<S, E, ?> table, S state, E event) {
    List<StateMachines.Machine<?, ?, ?>> all = StateMachines.all();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).table().equals(table)) {
        counts.get(i)[table.position(state, event)]++;
        return;
      }
    }
  }

  /** The counts, in the order of {@link StateMachines#all} and of the rows. */
  List<List<Long>> counts() {
    List<List<Long>> copy = new ArrayList<>();
    for (long[] rows : counts) {
      List<Long> boxed = new ArrayList<>();
      for (long count : rows) {
        boxed.add(count);
      }
      copy.add(Collections.unmodifiableList(boxed));
    }
    return copy;
  }
}
