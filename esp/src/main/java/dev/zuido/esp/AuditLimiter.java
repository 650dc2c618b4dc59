package dev.zuido.esp;

/**
 * Lets a burst of events through and then one per second, and counts the others: who sends forged
 * packets decides how many come.
 */
final class AuditLimiter {
  static final int BURST = 5;
  static final long INTERVAL_NANOS = 1_000_000_000L;

  private int tokens = BURST;
  private long refilledNanos;
  private boolean started;
  private long suppressed;

  /** Whether an event may pass; if not, it is counted. */
  boolean take(long nowNanos) {
    refill(nowNanos);
    if (tokens == 0) {
      suppressed++;
      return false;
    }
    tokens--;
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
