package dev.zuido.pppoe;

/**
 * The timers of a client.
 *
 * @param retryNanos the time until a PADI or PADR is repeated for the first time; it doubles (RFC
 *     2516 section 8)
 * @param maxRetryNanos the longest time between two of them
 * @param maxRequests PADRs without an answer before the client begins again with a PADI
 * @param redialNanos the time after a session has ended until the next attempt; it doubles with
 *     each attempt that fails, with some jitter
 * @param maxRedialNanos the longest time between two attempts
 * @param stableNanos how long a session has to have been up for the next wait to be short again
 */
public record PppoeTimers(
    long retryNanos,
    long maxRetryNanos,
    int maxRequests,
    long redialNanos,
    long maxRedialNanos,
    long stableNanos) {
  private static final long SECOND = 1_000_000_000L;

  /** Checks the ranges. */
  public PppoeTimers {
    if (retryNanos < 1 || maxRetryNanos < retryNanos || maxRequests < 1) {
      throw new IllegalArgumentException("packets are repeated after a positive time");
    }
    if (redialNanos < 1 || maxRedialNanos < redialNanos || stableNanos < 0) {
      throw new IllegalArgumentException("attempts are repeated after a positive time");
    }
  }

  /** A PADI after 1, 2, 4 seconds and so on up to 64; the next attempt after 1 to 60 seconds. */
  public static final PppoeTimers DEFAULT =
      new PppoeTimers(SECOND, 64 * SECOND, 4, SECOND, 60 * SECOND, 30 * SECOND);
}
