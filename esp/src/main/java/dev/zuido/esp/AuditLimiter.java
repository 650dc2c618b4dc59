package dev.zuido.esp;

/**
 * Lets a burst of events through and then one per second, and one of a thousand of the others,
 * which it counts: who sends forged packets decides how many come, and where arrivals have no time,
 * all are of time 0.
 */
final class AuditLimiter {
  static final int BURST = 5;
  static final long INTERVAL_NANOS = 1_000_000_000L;

  /** After so many that were counted one passes, also where no clock goes on. */
  static final int MOST_SUPPRESSED = 1000;

  private int tokens = BURST;
  private long refilledNanos;
  private boolean started;
  private long suppressed;

  /** Whether an event may pass; if not, it is counted. */
  boolean take(long nowNanos) {
    refill(nowNanos);
    if (tokens > 0) {
      tokens--;
      return true;
    }
    if (suppressed < MOST_SUPPRESSED) {
      suppressed++;
      return false;
    }
    return true;
  }

  private void refill(long nowNanos) {
    if (!started) {
      started = true;
      refilledNanos = nowNanos;
    }
    long earned = (nowNanos - refilledNanos) / INTERVAL_NANOS;
    if (earned > 0) {
      tokens = (int) Math.min(BURST, tokens + earned);
      refilledNanos += earned * INTERVAL_NANOS;
    }
  }

  /** How many were counted since the last call. */
  long takeSuppressed() {
    long count = suppressed;
    suppressed = 0;
    return count;
  }
}
