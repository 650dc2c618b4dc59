package dev.zuido.router.config;

/**
 * The administrative distances of OSPF's routes, 1 to 255 each.
 *
 * @param intraArea of routes within an area
 * @param interArea of routes through a border router
 * @param external of routes out of the AS
 */
public record OspfDistance(int intraArea, int interArea, int external) {
  /** 110 for all. */
  public static final OspfDistance DEFAULT = new OspfDistance(110, 110, 110);

  /** Checks the ranges. */
  public OspfDistance {
    Checks.range("a distance", intraArea, 1, 255);
    Checks.range("a distance", interArea, 1, 255);
    Checks.range("a distance", external, 1, 255);
  }

  /** Whether all routes have one distance. */
  public boolean isUniform() {
    return intraArea == interArea && interArea == external;
  }
}
