package dev.zuido.router.config;

/** How OSPF treats an interface (RFC 2328, section 1.2). */
public enum OspfNetworkType {
  /** Many routers, with a designated one. */
  BROADCAST("broadcast", 10),
  /** Many routers, with a designated one, that are not found by multicast. */
  NON_BROADCAST("non-broadcast", 30),
  /** One neighbour, without election. */
  POINT_TO_POINT("point-to-point", 10),
  /** Many neighbours, without election. */
  POINT_TO_MULTIPOINT("point-to-multipoint", 30),
  /** The same, where the neighbours are not found by multicast. */
  POINT_TO_MULTIPOINT_NON_BROADCAST("point-to-multipoint non-broadcast", 30);

  private final String iosName;
  private final int helloSeconds;

  OspfNetworkType(String iosName, int helloSeconds) {
    this.iosName = iosName;
    this.helloSeconds = helloSeconds;
  }

  /** The words of {@code ip ospf network}. */
  public String iosName() {
    return iosName;
  }

  /** The hello interval where none is given, in seconds. */
  public int defaultHelloSeconds() {
    return helloSeconds;
  }

  /** Whether neighbours have to be named. */
  public boolean needsNeighbors() {
    return this == NON_BROADCAST || this == POINT_TO_MULTIPOINT_NON_BROADCAST;
  }
}
