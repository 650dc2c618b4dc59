package dev.zuido.ike;

/**
 * When a request is sent again that was not answered: after {@code firstMillis}, then each time
 * {@code factor} times later, {@code tries} times in all; after a last wait it has failed.
 *
 * @param firstMillis the wait after the first transmission
 * @param factor how much longer each wait is than the one before, at least 1
 * @param tries how often it is sent again, 0 to 20
 * @param maxMillis no wait is longer
 */
public record RetransmissionPolicy(int firstMillis, double factor, int tries, int maxMillis) {
  /** 4 s, each wait 1.8 times longer, sent again 5 times: given up after 165 s. */
  public static final RetransmissionPolicy DEFAULT =
      new RetransmissionPolicy(4_000, 1.8, 5, 120_000);

  /** Checks the ranges. */
  public RetransmissionPolicy {
    if (firstMillis < 1 || maxMillis < firstMillis) {
      throw new IllegalArgumentException("the first wait is at least 1 ms and at most the longest");
    }
    if (!(factor >= 1 && factor <= 10)) {
      throw new IllegalArgumentException("the factor is 1 to 10, not " + factor);
    }
    if (tries < 0 || tries > 20) {
      throw new IllegalArgumentException("a request is sent again 0 to 20 times, not " + tries);
    }
  }

  /** The wait after a transmission, in nanoseconds; the first transmission has number 0. */
  long waitNanos(int transmission) {
    double millis = Math.min(maxMillis, firstMillis * Math.pow(factor, transmission));
    return (long) (millis * 1_000_000);
  }

  /** The time from the first transmission until the request has failed. */
  public long totalNanos() {
    long total = 0;
    for (int i = 0; i <= tries; i++) {
      total += waitNanos(i);
    }
    return total;
  }
}
