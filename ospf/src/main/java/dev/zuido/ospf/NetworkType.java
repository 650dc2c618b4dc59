package dev.zuido.ospf;

/** How OSPF treats the network of an interface (RFC 2328 section 9). */
public enum NetworkType {
  /** A multi-access network with multicast; a Designated Router is elected. */
  BROADCAST(true, true),
  /**
   * A multi-access network without multicast, where all reach all; a Designated Router is elected.
   */
  NBMA(true, false),
  /** A single neighbor, no Designated Router; all packets go to AllSPFRouters. */
  POINT_TO_POINT(false, true),
  /** Several neighbors that need not reach each other; Hellos find them by multicast. */
  POINT_TO_MULTIPOINT(false, true),
  /** Several neighbors that need not reach each other, found by configuration. */
  POINT_TO_MULTIPOINT_NON_BROADCAST(false, false),
  /** The router's own address, advertised as a host route; no packets at all. */
  LOOPBACK(false, true),
  /**
   * A link of the backbone through another area (section 15). The engine makes such interfaces
   * itself, from {@link VirtualLinkConfig}; they cannot be configured. What is sent to all is sent
   * to the other end.
   */
  VIRTUAL_LINK(false, true);

  private final boolean electsDesignatedRouter;
  private final boolean multicasts;

  NetworkType(boolean electsDesignatedRouter, boolean multicasts) {
    this.electsDesignatedRouter = electsDesignatedRouter;
    this.multicasts = multicasts;
  }

  /** Whether a Designated Router is elected on such a network. */
  public boolean electsDesignatedRouter() {
    return electsDesignatedRouter;
  }

  /** Whether neighbors are found and reached together by multicast. */
  public boolean multicasts() {
    return multicasts;
  }

  /** Whether the network is a collection of point-to-point links (RFC 2328 section 2.1.1). */
  public boolean isPointToMultipoint() {
    return this == POINT_TO_MULTIPOINT || this == POINT_TO_MULTIPOINT_NON_BROADCAST;
  }

  /** Whether a neighbor is known by its Router ID, and not by its address (section 10). */
  boolean identifiesByRouterId() {
    return this == POINT_TO_POINT || this == LOOPBACK || this == VIRTUAL_LINK;
  }
}
