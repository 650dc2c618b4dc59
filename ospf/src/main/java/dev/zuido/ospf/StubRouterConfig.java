package dev.zuido.ospf;

/**
 * When the router asks others not to send transit traffic through it (RFC 6987): its links then
 * cost {@link #MAX_LINK_METRIC}.
 *
 * @param always until told otherwise
 * @param afterStartSeconds for this long after the first interface came up, 0 to 86400
 * @param beforeShutdownSeconds for this long before an orderly shutdown flushes the LSAs, 0 to 100
 * @param stubLinks whether links to stub networks cost that much too
 * @param summaryMetric the metric of summary-LSAs meanwhile, 1 to 16777215; 0 leaves them as they
 *     are
 * @param externalMetric the metric of AS-external-LSAs meanwhile, 1 to 16777215; 0 leaves them as
 *     they are
 */
public record StubRouterConfig(
    boolean always,
    int afterStartSeconds,
    int beforeShutdownSeconds,
    boolean stubLinks,
    int summaryMetric,
    int externalMetric) {
  /** MaxLinkMetric. */
  public static final int MAX_LINK_METRIC = 0xffff;

  /** Never. */
  public static final StubRouterConfig NEVER = new StubRouterConfig(false, 0, 0, false, 0, 0);

  /** Checks the ranges. */
  public StubRouterConfig {
    requireRange("time after the start", afterStartSeconds, 86_400);
    requireRange("time before a shutdown", beforeShutdownSeconds, 100);
    requireRange("metric of summaries", summaryMetric, 0xffffff);
    requireRange("metric of external routes", externalMetric, 0xffffff);
  }

  private static void requireRange(String what, int value, int high) {
    if (value < 0 || value > high) {
      throw new IllegalArgumentException("the " + what + " is 0 to " + high + ", not " + value);
    }
  }
}
