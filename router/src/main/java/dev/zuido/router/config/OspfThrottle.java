package dev.zuido.router.config;

/**
 * A {@code timers throttle} line, in milliseconds.
 *
 * @param startMillis how long the first change waits
 * @param holdMillis how long the next one waits
 * @param maximumMillis the longest wait
 */
public record OspfThrottle(int startMillis, int holdMillis, int maximumMillis) {
  /** The route calculation's where none are given. */
  public static final OspfThrottle SPF = new OspfThrottle(50, 200, 5_000);

  /** An own LSA's where none are given: MinLSInterval (RFC 2328, appendix B). */
  public static final OspfThrottle LSA = new OspfThrottle(0, 5_000, 5_000);

  /** Checks that the waits do not fall. */
  public OspfThrottle {
    Checks.range("a first wait", startMillis, 0, 600_000);
    Checks.range("a wait", holdMillis, 1, 600_000);
    Checks.range("a longest wait", maximumMillis, 1, 600_000);
    if (holdMillis > maximumMillis) {
      throw new IllegalArgumentException("the longest wait is not shorter than the one before");
    }
  }

  @Override
  public String toString() {
    return startMillis + " " + holdMillis + " " + maximumMillis;
  }
}
