package dev.zuido.pppoe;

import java.util.random.RandomGenerator;

/**
 * How long a client waits between attempts: twice as long after each that failed, up to a limit,
 * less up to a quarter so that many clients do not come at once. After a refused proof the wait is
 * a quarter of the limit at least: who repeats a wrong password quickly is locked out.
 */
final class Redial {
  private final PppoeTimers timers;
  private final RandomGenerator jitter;
  private long wait;
  private long refusedWait;

  Redial(PppoeTimers timers, RandomGenerator jitter) {
    this.timers = timers;
    this.jitter = jitter;
    stable();
  }

  /** A session was up for long enough: the next wait is short again. */
  void stable() {
    wait = timers.redialNanos();
    refusedWait = Math.max(timers.redialNanos(), timers.maxRedialNanos() / 4);
  }

  /**
   * The wait after an attempt or a session has ended.
   *
   * @param proofRefused whether because of who we are
   */
  long next(boolean proofRefused) {
    long longest = wait;
    wait = doubled(wait);
    if (proofRefused) {
      longest = Math.max(longest, refusedWait);
      refusedWait = doubled(refusedWait);
    }
    return longest - jitter.nextLong(longest / 4 + 1);
  }

  private long doubled(long nanos) {
    return nanos >= timers.maxRedialNanos() / 2 ? timers.maxRedialNanos() : 2 * nanos;
  }
}
