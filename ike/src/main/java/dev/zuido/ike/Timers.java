package dev.zuido.ike;

import java.util.Arrays;
import java.util.function.ObjLongConsumer;

/**
 * The deadlines of one machine, by an enum of its timers, and its place in the engine's {@link
 * DeadlineHeap}.
 */
final class Timers<E extends Enum<E>> {
  private static final int ABSENT = -1;

  private final DeadlineHeap heap;
  private final E[] names;
  private final long[] deadlines;
  private final ObjLongConsumer<E> onExpiry;
  final long sequence;

  /** Index in the heap's array. */
  int position = ABSENT;

  /** The earliest of the deadlines. */
  long earliest = IkeEngine.NO_DEADLINE;

  /**
   * Timers that are all off.
   *
   * @param names the enum's values, in the order in which simultaneous deadlines expire
   * @param onExpiry is told which timer expired, and the time; the timer is off by then
   */
  Timers(DeadlineHeap heap, E[] names, ObjLongConsumer<E> onExpiry) {
    this.heap = heap;
    this.names = names;
    this.deadlines = new long[names.length];
    this.onExpiry = onExpiry;
    this.sequence = heap.nextSequence();
    Arrays.fill(deadlines, IkeEngine.NO_DEADLINE);
  }

  void set(E timer, long deadlineNanos) {
    deadlines[timer.ordinal()] = deadlineNanos;
    update();
  }

  void clear(E timer) {
    set(timer, IkeEngine.NO_DEADLINE);
  }

  void clearAll() {
    Arrays.fill(deadlines, IkeEngine.NO_DEADLINE);
    update();
  }

  boolean isSet(E timer) {
    return deadlines[timer.ordinal()] != IkeEngine.NO_DEADLINE;
  }

  long deadline(E timer) {
    return deadlines[timer.ordinal()];
  }

  /** Expires the first of the earliest timers. */
  void expire(long nowNanos) {
    for (E timer : names) {
      if (deadlines[timer.ordinal()] == earliest) {
        clear(timer);
        onExpiry.accept(timer, nowNanos);
        return;
      }
    }
  }

  private void update() {
    long min = IkeEngine.NO_DEADLINE;
    for (long deadline : deadlines) {
      min = Math.min(min, deadline);
    }
    if (min != earliest) {
      earliest = min;
      heap.update(this);
    }
  }
}
