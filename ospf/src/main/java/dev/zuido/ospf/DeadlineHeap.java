package dev.zuido.ospf;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The engine's deadlines: an indexed binary heap. Of two equal deadlines the one scheduled first
 * fires first, so that a run depends on nothing but its inputs.
 */
final class DeadlineHeap {
  static final long NO_DEADLINE = Long.MAX_VALUE;

  private @Nullable Timer[] heap = new @Nullable Timer[64];
  private int size;
  private long nextOrder;

  /** The earliest deadline, or {@link #NO_DEADLINE}. */
  long next() {
    return size == 0 ? NO_DEADLINE : at(0).deadline;
  }

  /** Sets or moves a timer. */
  void schedule(Timer timer, long deadline) {
    timer.deadline = deadline;
    timer.order = nextOrder++;
    if (timer.heapIndex == Timer.NOT_SCHEDULED) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      place(timer, size++);
    }
    siftDown(siftUp(timer.heapIndex));
  }

  /** Sets a timer unless it is set. */
  void scheduleIfIdle(Timer timer, long deadline) {
    if (!timer.isScheduled()) {
      schedule(timer, deadline);
    }
  }

  /** Stops a timer; nothing happens if it is not set. */
  void cancel(Timer timer) {
    int index = timer.heapIndex;
    if (index == Timer.NOT_SCHEDULED) {
      return;
    }
    timer.heapIndex = Timer.NOT_SCHEDULED;
    size--;
    Timer last = at(size);
    heap[size] = null;
    if (last != timer) {
      place(last, index);
      siftDown(siftUp(index));
    }
  }

  /** Takes the first timer out whose deadline has passed; null if there is none. */
  @Nullable Timer pollDue(long now) {
    if (size == 0 || at(0).deadline > now) {
      return null;
    }
    Timer due = at(0);
    cancel(due);
    return due;
  }

  private int siftUp(int start) {
    int index = start;
    Timer timer = at(index);
    while (index > 0) {
      int parent = (index - 1) / 2;
      if (!before(timer, at(parent))) {
        break;
      }
      place(at(parent), index);
      index = parent;
    }
    place(timer, index);
    return index;
  }

  private void siftDown(int start) {
    int index = start;
    Timer timer = at(index);
    while (2 * index + 1 < size) {
      int child = 2 * index + 1;
      if (child + 1 < size && before(at(child + 1), at(child))) {
        child++;
      }
      if (!before(at(child), timer)) {
        break;
      }
      place(at(child), index);
      index = child;
    }
    place(timer, index);
  }

  private static boolean before(Timer a, Timer b) {
    return a.deadline < b.deadline || (a.deadline == b.deadline && a.order < b.order);
  }

  private Timer at(int index) {
    Timer timer = heap[index];
    if (timer == null) {
      throw new AssertionError("a hole in the heap");
    }
    return timer;
  }

  private void place(Timer timer, int index) {
    heap[index] = timer;
    timer.heapIndex = index;
  }
}
