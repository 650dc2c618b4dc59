package dev.zuido.ike;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * The deadlines of one machine, by an enum of its timers, and its place in the engine's {@link
 * DeadlineHeap}.
 */
final class Timers<E extends Enum<E>> {
  private static final int ABSENT = -1;

  private final DeadlineHeap heap;
  private final Map<E, Long> deadlines;
  private final ObjLongConsumer<E> onExpiry;
  final long sequence;

  /** Index in the heap's array. */
  int position = ABSENT;

  /** The earliest of the deadlines. */
  long earliest = IkeEngine.NO_DEADLINE;

  /**
   * Timers that are all off.
   *
   * @param names the enum; simultaneous deadlines expire in its order
   * @param onExpiry is told which timer expired, and the time; the timer is off by then
   */
  Timers(DeadlineHeap heap, Class<E> names, ObjLongConsumer<E> onExpiry) {
    this.heap = heap;
    this.deadlines = new EnumMap<>(names);
    this.onExpiry = onExpiry;
    this.sequence = heap.nextSequence();
  }

  void set(E timer, long deadlineNanos) {
    deadlines.put(timer, deadlineNanos);
    update();
  }

  /** Brings a deadline forward; one that is off or earlier stays. */
  void setAtMost(E timer, long deadlineNanos) {
    if (deadlines.computeIfPresent(timer, (each, old) -> Math.min(old, deadlineNanos)) != null) {
      update();
    }
  }

  void clear(E timer) {
    deadlines.remove(timer);
    update();
  }

  void clearAll() {
    deadlines.clear();
    update();
  }

  boolean isSet(E timer) {
    return deadlines.containsKey(timer);
  }

  /** Expires the first of the earliest timers. */
  void expire(long nowNanos) {
    for (Map.Entry<E, Long> entry : deadlines.entrySet()) {
      if (entry.getValue() == earliest) {
        E timer = entry.getKey();
        clear(timer);
        onExpiry.accept(timer, nowNanos);
        return;
      }
    }
  }

  private void update() {
    long min = IkeEngine.NO_DEADLINE;
    for (long deadline : deadlines.values()) {
      min = Math.min(min, deadline);
    }
    if (min != earliest) {
      earliest = min;
      heap.update(this);
    }
  }
}
