package dev.zuido.ospf;

/**
 * How long the route calculation waits for further changes (RFC 8405), in milliseconds.
 *
 * @param initialMillis INITIAL_SPF_DELAY: the wait after a long time without changes
 * @param shortMillis SHORT_SPF_DELAY: the wait after a second change soon after
 * @param longMillis LONG_SPF_DELAY: the wait while changes do not end
 * @param timeToLearnMillis TIME_TO_LEARN_INTERVAL: how long a single event's changes may come in
 * @param holdDownMillis HOLDDOWN_INTERVAL: how long there is no change before all is quiet
 */
public record SpfBackoff(
    int initialMillis, int shortMillis, int longMillis, int timeToLearnMillis, int holdDownMillis) {
  /** 50, 200, 5000, 500 and 10 000 ms. */
  public static final SpfBackoff DEFAULT = new SpfBackoff(50, 200, 5_000, 500, 10_000);

  /** Checks the ranges: 0 to 60 000 ms each, and what section 6 asks of their order. */
  public SpfBackoff {
    requireRange("INITIAL_SPF_DELAY", initialMillis);
    requireRange("SHORT_SPF_DELAY", shortMillis);
    requireRange("LONG_SPF_DELAY", longMillis);
    requireRange("TIME_TO_LEARN_INTERVAL", timeToLearnMillis);
    requireRange("HOLDDOWN_INTERVAL", holdDownMillis);
    if (initialMillis > shortMillis || shortMillis > longMillis) {
      throw new IllegalArgumentException("the delays of the route calculation do not fall");
    }
    if (timeToLearnMillis > holdDownMillis) {
      throw new IllegalArgumentException(
          "TIME_TO_LEARN_INTERVAL is not longer than HOLDDOWN_INTERVAL");
    }
  }

  /** Always the same delay. */
  public static SpfBackoff constant(int millis) {
    return new SpfBackoff(millis, millis, millis, 0, 0);
  }

  private static void requireRange(String what, int value) {
    if (value < 0 || value > 60_000) {
      throw new IllegalArgumentException(what + " is 0 to 60000 ms, not " + value);
    }
  }
}
