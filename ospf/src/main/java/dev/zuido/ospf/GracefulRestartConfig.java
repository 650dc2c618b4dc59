package dev.zuido.ospf;

/**
 * Graceful restart (RFC 3623 appendix B).
 *
 * @param support whether this router restarts gracefully when it is told to
 * @param gracePeriodSeconds RestartInterval: how long the others wait for it, 1 to 1800
 * @param helper whether it helps others that restart
 * @param strictLsaChecking RestartHelperStrictLSAChecking: whether it stops helping when the
 *     topology changes
 * @param longestGraceSeconds the longest grace period that it helps for, 1 to 3600
 * @param helpUnplanned whether it helps also after an unplanned restart, of which the reason is not
 *     known or another control processor takes over
 */
public record GracefulRestartConfig(
    boolean support,
    int gracePeriodSeconds,
    boolean helper,
    boolean strictLsaChecking,
    int longestGraceSeconds,
    boolean helpUnplanned) {
  /** Helps, strictly and for at most 30 minutes; does not restart gracefully itself. */
  public static final GracefulRestartConfig DEFAULT =
      new GracefulRestartConfig(false, 120, true, true, 1_800);

  /** Checks the ranges. */
  public GracefulRestartConfig {
    if (gracePeriodSeconds < 1 || gracePeriodSeconds > 1_800) {
      throw new IllegalArgumentException(
          "RestartInterval is 1 to 1800 seconds, not " + gracePeriodSeconds);
    }
    if (longestGraceSeconds < 1 || longestGraceSeconds > 3_600) {
      throw new IllegalArgumentException(
          "the longest grace period is 1 to 3600 seconds, not " + longestGraceSeconds);
    }
  }

  /** Helps after planned and unplanned restarts, if at all. */
  public GracefulRestartConfig(
      boolean support,
      int gracePeriodSeconds,
      boolean helper,
      boolean strictLsaChecking,
      int longestGraceSeconds) {
    this(support, gracePeriodSeconds, helper, strictLsaChecking, longestGraceSeconds, true);
  }
}
