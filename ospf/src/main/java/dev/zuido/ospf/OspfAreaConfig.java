package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;

/**
 * An area (RFC 2328 section C.2).
 *
 * @param areaId the Area ID; 0.0.0.0 is the backbone
 * @param type what the area lets in; the backbone is {@link AreaType#NORMAL}
 */
public record OspfAreaConfig(Ipv4Address areaId, AreaType type) {
  /** The Area ID of the backbone. */
  public static final Ipv4Address BACKBONE = Ipv4Address.UNSPECIFIED;

  /** Checks that the backbone is no stub. */
  public OspfAreaConfig {
    if (areaId.equals(BACKBONE) && type == AreaType.STUB) {
      throw new IllegalArgumentException("the backbone cannot be a stub area");
    }
  }
}
