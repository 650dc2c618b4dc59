package dev.zuido.ike;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The machines that wait for a deadline, the earliest on top: a binary heap in which each machine
 * knows its place. Of equal deadlines that of the older machine comes first, so that a run can be
 * repeated.
 */
final class DeadlineHeap {
  private @Nullable Timers<?>[] nodes = new Timers<?>[16];
  private int size;
  private long sequences;

  long nextSequence() {
    return sequences++;
  }

  /** How many machines wait. */
  int size() {
    return size;
  }

  /** The earliest deadline, or {@link IkeEngine#NO_DEADLINE}. */
  long earliest() {
    return size == 0 ? IkeEngine.NO_DEADLINE : at(0).earliest;
  }

  /** Expires one timer that is due. */
  boolean expireOne(long nowNanos) {
    if (earliest() > nowNanos || size == 0) {
      return false;
    }
    at(0).expire(nowNanos);
    return true;
  }

  /** Puts a machine in its place after its earliest deadline has changed. */
  void update(Timers<?> node) {
    if (node.earliest == IkeEngine.NO_DEADLINE) {
      remove(node);
      return;
    }
    if (node.position < 0) {
      if (size == nodes.length) {
        nodes = Arrays.copyOf(nodes, size * 2);
      }
      node.position = size;
      nodes[size++] = node;
    }
    siftUp(node);
    siftDown(node);
  }

  private void remove(Timers<?> node) {
    int hole = node.position;
    if (hole < 0) {
      return;
    }
    node.position = -1;
    Timers<?> last = at(--size);
    nodes[size] = null;
    if (last != node) {
      last.position = hole;
      nodes[hole] = last;
      siftUp(last);
      siftDown(last);
    }
  }

  private Timers<?> at(int index) {
    Timers<?> node = nodes[index];
    if (node == null) {
      throw new AssertionError("no machine at " + index);
    }
    return node;
  }

  private void siftUp(Timers<?> node) {
    while (node.position > 0 && before(node, at((node.position - 1) / 2))) {
      swap(node, at((node.position - 1) / 2));
    }
  }

  private void siftDown(Timers<?> node) {
    while (true) {
      int child = node.position * 2 + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && before(at(child + 1), at(child))) {
        child++;
      }
      if (!before(at(child), node)) {
        return;
      }
      swap(node, at(child));
    }
  }

  private static boolean before(Timers<?> a, Timers<?> b) {
    return a.earliest != b.earliest ? a.earliest < b.earliest : a.sequence < b.sequence;
  }

  private void swap(Timers<?> a, Timers<?> b) {
    int position = a.position;
    a.position = b.position;
    b.position = position;
    nodes[a.position] = a;
    nodes[b.position] = b;
  }
}
