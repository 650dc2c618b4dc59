package dev.zuido.router.config;

import java.util.OptionalInt;

/**
 * {@code dialer persistent}: the line is dialled at once and again after each end, whatever traffic
 * there is.
 *
 * @param delaySeconds the time from an end until the first new attempt, 1 to 2147483; attempts that
 *     fail are spaced further
 * @param maxAttempts attempts in a row that may fail before the Dialer gives up, 1 to 2147483;
 *     empty for no limit
 */
public record DialerPersistent(int delaySeconds, OptionalInt maxAttempts) {
  /** The delay where none is given, in seconds. */
  public static final int DEFAULT_DELAY_SECONDS = 1;

  /** The last delay and the largest number of attempts. */
  public static final int LAST = 2_147_483;

  /** For ever, after a second. */
  public static final DialerPersistent DEFAULT =
      new DialerPersistent(DEFAULT_DELAY_SECONDS, OptionalInt.empty());

  /** Checks the ranges. */
  public DialerPersistent {
    Checks.range("a delay", delaySeconds, 1, LAST);
    if (maxAttempts.isPresent()) {
      Checks.range("the number of attempts", maxAttempts.getAsInt(), 1, LAST);
    }
  }
}
