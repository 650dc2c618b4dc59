package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;

/**
 * A virtual link (RFC 2328 sections 15 and C.4). It belongs to the backbone and runs through the
 * area in whose configuration it stands.
 *
 * @param neighborId the Router ID of the border router at the other end
 * @param timers the intervals
 * @param authentication how packets are authenticated
 */
public record VirtualLinkConfig(
    Ipv4Address neighborId, OspfInterfaceTimers timers, OspfAuthentication authentication) {
  /** Checks the Router ID. */
  public VirtualLinkConfig {
    if (neighborId.isUnspecified()) {
      throw new IllegalArgumentException("0.0.0.0 is no Router ID");
    }
  }

  /** A link with the default intervals and no authentication. */
  public static VirtualLinkConfig to(Ipv4Address neighborId) {
    return new VirtualLinkConfig(neighborId, OspfInterfaceTimers.DEFAULT, OspfAuthentication.NONE);
  }
}
