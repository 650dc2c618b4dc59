package dev.zuido.ike;

import java.util.random.RandomGenerator;

/**
 * How long before the end of an SA its successor is negotiated: a margin, lengthened by a random
 * part of the jitter, so that two sites with one configuration seldom rekey at once.
 *
 * @param marginSeconds at least so long before the end
 * @param jitterSeconds and up to so much longer
 */
public record RekeyPolicy(int marginSeconds, int jitterSeconds) {
  /**
   * 240 s and up to 120 s more, and never more than half of the lifetime: an exchange that is given
   * up after 165 s ({@link RetransmissionPolicy#DEFAULT}) leaves time for another.
   */
  public static final RekeyPolicy DEFAULT = new RekeyPolicy(240, 120);

  /** Checks the ranges. */
  public RekeyPolicy {
    if (marginSeconds < 1 || jitterSeconds < 0) {
      throw new IllegalArgumentException("the margin is at least 1 s and the jitter not negative");
    }
  }

  /** The time from the start of an SA to its rekeying. */
  long softNanos(long lifetimeNanos, RandomGenerator jitter) {
    long margin = Math.min(marginSeconds * 1_000_000_000L, lifetimeNanos / 4);
    long spread = Math.min(jitterSeconds * 1_000_000_000L, lifetimeNanos / 4);
    return lifetimeNanos - margin - (spread == 0 ? 0 : jitter.nextLong(spread));
  }
}
