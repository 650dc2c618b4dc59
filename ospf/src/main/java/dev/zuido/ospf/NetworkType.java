package dev.zuido.ospf;

/** How OSPF treats the network of an interface (RFC 2328 section 9). */
public enum NetworkType {
  /** A multi-access network with multicast; a Designated Router is elected. */
  BROADCAST(true),
  /** A single neighbor, no Designated Router; all packets go to AllSPFRouters. */
  POINT_TO_POINT(false),
  /** The router's own address, advertised as a host route; no packets at all. */
  LOOPBACK(false),
  /**
   * A link of the backbone through another area (section 15). The engine makes such interfaces
   * itself, from {@link VirtualLinkConfig}; they cannot be configured.
   */
  VIRTUAL_LINK(false);

  private final boolean electsDesignatedRouter;

  NetworkType(boolean electsDesignatedRouter) {
    this.electsDesignatedRouter = electsDesignatedRouter;
  }

  /** Whether a Designated Router is elected on such a network. */
  public boolean electsDesignatedRouter() {
    return electsDesignatedRouter;
  }
}
