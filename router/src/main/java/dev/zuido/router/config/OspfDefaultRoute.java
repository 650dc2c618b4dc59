package dev.zuido.router.config;

/**
 * A default route that is originated.
 *
 * @param always whether it is told though the router has none itself
 * @param metric its metric, 0 to 16777214
 * @param type2 whether the metric is larger than any distance inside; otherwise it adds to it
 */
public record OspfDefaultRoute(boolean always, int metric, boolean type2) {
  /** The metric where none is given. */
  public static final int DEFAULT_METRIC = 1;

  /** Checks the metric. */
  public OspfDefaultRoute {
    Checks.range("a default route's metric", metric, 0, OspfArea.LARGEST_COST);
  }

  /** The options of the line, each with a blank before it. */
  public String options() {
    return (always ? " always" : "")
        + (metric == DEFAULT_METRIC ? "" : " metric " + metric)
        + (type2 ? "" : " metric-type 1");
  }
}
