package dev.zuido.wire;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A counter per constant of an enum: results, verdicts, drop reasons.
 *
 * <p>One thread counts; any thread may read, and nobody waits for anybody. Counting does not
 * allocate.
 *
 * @param <E> what is counted
 */
public final class Counters<E extends Enum<E>> {
  private final Class<E> type;
  private final EnumMap<E, AtomicLong> counts;

  /** Makes a counter at 0 for each constant. */
  public Counters(Class<E> type) {
    this.type = type;
    this.counts = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      counts.put(constant, new AtomicLong());
    }
  }

  /** Adds one. */
  public void increment(E what) {
    add(what, 1);
  }

  /** Adds a number. */
  public void add(E what, long number) {
    AtomicLong count = count(what);
    count.setOpaque(count.getPlain() + number);
  }

  /** How often something was counted. */
  public long get(E what) {
    return count(what).getOpaque();
  }

  /** What has been counted so far, in the order of the constants; constants at 0 are left out. */
  public Map<E, Long> snapshot() {
    Map<E, Long> snapshot = new EnumMap<>(type);
    counts.forEach(
        (what, count) -> {
          long value = count.getOpaque();
          if (value != 0) {
            snapshot.put(what, value);
          }
        });
    return snapshot;
  }

  private AtomicLong count(E what) {
    AtomicLong count = counts.get(what);
    if (count == null) {
      throw new IllegalArgumentException("a constant of another enum: " + what);
    }
    return count;
  }

  /** The counts that are not 0. */
  @Override
  public String toString() {
    return snapshot().toString();
  }
}
