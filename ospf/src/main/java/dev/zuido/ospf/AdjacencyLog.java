package dev.zuido.ospf;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last changes of neighbors' states. */
final class AdjacencyLog {
  private final Deque<AdjacencyLogEntry> entries = new ArrayDeque<>();
  private final int maximum;
  private long total;

  AdjacencyLog(int maximum) {
    this.maximum = maximum;
  }

  void add(long now, OspfOutput.NeighborChanged change) {
    total++;
    if (entries.size() >= maximum) {
      entries.remove();
    }
    entries.add(new AdjacencyLogEntry(now, change));
  }

  /** How many changes there were, those included that are forgotten. */
  long total() {
    return total;
  }

  List<AdjacencyLogEntry> entries() {
    return List.copyOf(entries);
  }
}
