package dev.zuido.ike;

/** How long to wait before the next try: the longer, the more tries have failed in a row. */
final class HoldOff {
  private static final long FIRST = 2 * EngineContext.SECOND;
  private static final int MAX_DOUBLINGS = 5;

  private int failures;
  private long untilNanos;

  /** The earliest time for the next try. */
  long untilNanos() {
    return untilNanos;
  }

  /** A try has failed. */
  void failed(long nowNanos) {
    failures = Math.min(failures + 1, MAX_DOUBLINGS);
    untilNanos = nowNanos + (FIRST << (failures - 1));
  }

  /** A try was successful: nothing has to be waited for any more. */
  void succeeded() {
    failures = 0;
    untilNanos = 0;
  }

  /** The next try is not to be before a time, whatever became of the last. */
  void atLeastUntil(long nanos) {
    untilNanos = Math.max(untilNanos, nanos);
  }
}
