package dev.zuido.router.config;

/** How OSPF treats an interface (RFC 2328, section 1.2). */
public enum OspfNetworkType {
  /** Many routers, with a designated one. */
  BROADCAST("broadcast"),
  /** One neighbour, without election. */
  POINT_TO_POINT("point-to-point");

  private final String iosName;

  OspfNetworkType(String iosName) {
    this.iosName = iosName;
  }

  /** The word of {@code ip ospf network}. */
  public String iosName() {
    return iosName;
  }
}
