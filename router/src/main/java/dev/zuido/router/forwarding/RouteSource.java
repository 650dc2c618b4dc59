package dev.zuido.router.forwarding;

/**
 * Where a route comes from, with the administrative distance that it has when none is configured.
 */
public enum RouteSource {
  /** A network on one of the router's interfaces. */
  CONNECTED(0, "C"),
  /** An address of the router itself. */
  LOCAL(0, "L"),
  /** A configured route. */
  STATIC(1, "S"),
  /** OSPF (RFC 2328). */
  OSPF(110, "O");

  private final int distance;
  private final String letter;

  RouteSource(int distance, String letter) {
    this.distance = distance;
    this.letter = letter;
  }

  /**
   * The administrative distance: of several routes to one prefix the one with the lowest is used.
   */
  public int distance() {
    return distance;
  }

  /** The letter with which the routing table is displayed. */
  public String letter() {
    return letter;
  }
}
