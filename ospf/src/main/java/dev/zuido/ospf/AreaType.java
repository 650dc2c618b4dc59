package dev.zuido.ospf;

/** What an area lets in (RFC 2328 section 3.6, RFC 3101). */
public enum AreaType {
  /** AS-external-LSAs are flooded into the area; the E-bit is set in its Hellos. */
  NORMAL,
  /** AS-external-LSAs are not flooded into the area; the E-bit is clear in its Hellos. */
  STUB,
  /** A stub area that may have AS boundary routers of its own; the N-bit is set in its Hellos. */
  NSSA;

  /** RFC 2328's ExternalRoutingCapability. */
  public boolean externalRoutingCapability() {
    return this == NORMAL;
  }
}
