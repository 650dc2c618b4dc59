package dev.zuido.ospf.spf;

/** The kind of a route, the most preferred first (RFC 2328 section 11). */
public enum PathType {
  /** Within an attached area. */
  INTRA_AREA,
  /** Through an area border router. */
  INTER_AREA,
  /** Outside of the AS, with a metric that adds to the distance inside. */
  EXTERNAL_TYPE_1,
  /** Outside of the AS, with a metric that is larger than any distance inside. */
  EXTERNAL_TYPE_2;

  /** Whether the destination is outside of the AS. */
  public boolean isExternal() {
    return this == EXTERNAL_TYPE_1 || this == EXTERNAL_TYPE_2;
  }
}
