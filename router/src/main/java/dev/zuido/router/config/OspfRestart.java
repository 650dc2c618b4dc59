package dev.zuido.router.config;

/**
 * Graceful restart, {@code nsf ietf} (RFC 3623).
 *
 * @param restarts whether the router restarts gracefully itself
 * @param intervalSeconds how long the others wait for it, 1 to 1800
 * @param helps whether it helps others that restart
 * @param strict whether it stops helping when the topology changes
 */
public record OspfRestart(boolean restarts, int intervalSeconds, boolean helps, boolean strict) {
  /** The interval where none is given. */
  public static final int DEFAULT_INTERVAL_SECONDS = 120;

  /** Helps, and does not restart gracefully itself. */
  public static final OspfRestart DEFAULT =
      new OspfRestart(false, DEFAULT_INTERVAL_SECONDS, true, false);

  /** Checks the interval. */
  public OspfRestart {
    Checks.range("a restart interval", intervalSeconds, 1, 1800);
  }
}
