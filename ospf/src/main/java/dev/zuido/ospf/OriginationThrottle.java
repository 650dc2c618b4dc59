package dev.zuido.ospf;

/**
 * How far apart the instances of an own LSA are, in milliseconds: the first change goes out at
 * once, the next after {@code holdMillis}, and each further one after twice the wait before, up to
 * {@code maximumMillis}; twice that without a change, and it begins anew.
 *
 * @param startMillis how long the first change waits
 * @param holdMillis the first wait between two instances
 * @param maximumMillis the longest wait
 */
public record OriginationThrottle(int startMillis, int holdMillis, int maximumMillis) {
  /** MinLSInterval (RFC 2328 appendix B) and nothing else: 0, 5000 and 5000 ms. */
  public static final OriginationThrottle DEFAULT = new OriginationThrottle(0, 5_000, 5_000);

  /** Checks the ranges: 0 to 600 000 ms, not falling. */
  public OriginationThrottle {
    if (startMillis < 0 || holdMillis < 1 || maximumMillis > 600_000) {
      throw new IllegalArgumentException("the waits of an origination are 0 to 600000 ms");
    }
    if (maximumMillis < holdMillis) {
      throw new IllegalArgumentException("the longest wait is not shorter than the first");
    }
  }
}
