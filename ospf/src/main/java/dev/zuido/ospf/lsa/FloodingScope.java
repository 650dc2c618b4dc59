package dev.zuido.ospf.lsa;

/** How far LSAs of a type are flooded (RFC 2328 section 13.3, RFC 5250 section 3). */
public enum FloodingScope {
  /** Only over the network that an interface attaches to. */
  LINK,
  /** Through one area. */
  AREA,
  /** Through all areas but stub areas and NSSAs. */
  AS
}
