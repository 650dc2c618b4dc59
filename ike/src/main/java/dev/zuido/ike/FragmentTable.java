package dev.zuido.ike;

import dev.zuido.wire.ByteString;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The messages of all ISAKMP SAs of which fragments wait: what bounds them together. */
final class FragmentTable {
  private final FragmentLimits limits;

  /**
   * Oldest first: those of ISAKMP SAs that were not established when they began, and the others.
   */
  private final Set<FragmentBuffer.Waiting> unproven = new LinkedHashSet<>();

  private final Set<FragmentBuffer.Waiting> proven = new LinkedHashSet<>();
  private int bytes;
  private long copied;
  private ByteString lastWhole = ByteString.EMPTY;
  private int lastCount;

  FragmentTable(FragmentLimits limits) {
    this.limits = limits;
  }

  /** Bytes in memory, about. */
  int bytes() {
    return bytes;
  }

  /** How many messages wait for fragments. */
  int size() {
    return unproven.size() + proven.size();
  }

  void enter(FragmentBuffer.Waiting waiting, boolean established) {
    (established ? proven : unproven).add(waiting);
  }

  void leave(FragmentBuffer.Waiting waiting) {
    if (unproven.remove(waiting) || proven.remove(waiting)) {
      bytes -= waiting.weight();
    }
  }

  /** A message that waits has become heavier or lighter; others may have to go for it. */
  void weighed(FragmentBuffer.Waiting changed, int difference) {
    bytes += difference;
    while ((bytes > limits.totalBytes() || size() > limits.inAll()) && size() > 1) {
      oldestBut(changed).giveWay();
    }
  }

  private FragmentBuffer.Waiting oldestBut(FragmentBuffer.Waiting changed) {
    for (Set<FragmentBuffer.Waiting> each : List.of(unproven, proven)) {
      for (FragmentBuffer.Waiting waiting : each) {
        if (waiting != changed) {
          return waiting;
        }
      }
    }
    throw new AssertionError("there is another");
  }

  /** So many bytes of fragments were copied to look at the message that they make. */
  void copied(int length) {
    copied += length;
  }

  /** Bytes that were ever copied so: what a fragment costs. */
  long copied() {
    return copied;
  }

  /** A message was put together. */
  void completed(ByteString digest, int count) {
    lastWhole = digest;
    lastCount = count;
  }

  /** In how many fragments the message that is being handled came. */
  int countOf(ByteString digest) {
    return digest.equals(lastWhole) ? lastCount : 1;
  }
}
