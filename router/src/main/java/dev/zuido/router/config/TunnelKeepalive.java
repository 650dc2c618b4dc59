package dev.zuido.router.config;

/**
 * GRE keepalives.
 *
 * @param periodSeconds the time between two, 1 to 32767
 * @param retries how many go unanswered before the tunnel is down, 1 to 255
 */
public record TunnelKeepalive(int periodSeconds, int retries) {
  /** The period where none is given. */
  public static final int DEFAULT_PERIOD_SECONDS = 10;

  /** The retries where none are given. */
  public static final int DEFAULT_RETRIES = 3;

  /** Checks the ranges. */
  public TunnelKeepalive {
    Checks.range("keepalive period", periodSeconds, 1, 32767);
    Checks.range("keepalive retries", retries, 1, 255);
  }
}
