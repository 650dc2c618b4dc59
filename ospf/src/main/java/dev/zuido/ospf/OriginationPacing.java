package dev.zuido.ospf;

/** How far apart the instances of one own LSA are, as {@link OriginationThrottle} says. */
final class OriginationPacing {
  private static final long MILLI = 1_000_000L;

  private boolean originated;
  private long lastNanos;
  private long waitMillis;

  /** Whether a first change waits for startMillis, and since when. */
  private boolean starting;

  private long startNanos;

  /** When the next instance may go out, which has just become due or was due before. */
  long earliest(OriginationThrottle throttle, long now) {
    boolean begunAnew =
        !originated || now - lastNanos >= 2L * throttle.maximumMillis() * MILLI || starting;
    if (!begunAnew) {
      return lastNanos + waitMillis * MILLI;
    }
    if (!starting) {
      starting = true;
      startNanos = now;
      waitMillis = 0;
    }
    return startNanos + throttle.startMillis() * MILLI;
  }

  /** An instance goes out. */
  void originated(OriginationThrottle throttle, long now) {
    originated = true;
    lastNanos = now;
    waitMillis =
        starting || waitMillis == 0
            ? throttle.holdMillis()
            : Math.min(2 * waitMillis, throttle.maximumMillis());
    starting = false;
  }

  /** When a next instance no longer depends on those before. */
  long quietNanos(OriginationThrottle throttle) {
    return originated ? lastNanos + 2L * throttle.maximumMillis() * MILLI : 0;
  }

  /**
   * When the last instance may be flushed. A neighbor takes no newer instance within MinLSArrival,
   * and a flush that overtakes the instance on its way is acknowledged as one of an LSA that is not
   * there: the instance would then stay until it is too old.
   */
  long flushableNanos() {
    return originated ? lastNanos + 2 * Core.MIN_LS_ARRIVAL : 0;
  }

  /** Nothing is due any more. */
  void nothingDue() {
    starting = false;
  }
}
