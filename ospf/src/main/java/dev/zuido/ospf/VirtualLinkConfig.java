package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;

/**
 * A virtual link (RFC 2328 sections 15 and C.4). It belongs to the backbone and runs through the
 * area in whose configuration it stands.
 *
 * @param neighborId the Router ID of the border router at the other end
 * @param timers the intervals
 * @param authentication how packets are authenticated
 * @param ttlSecurityHops how many hops a packet may have come, 1 to 254, as its TTL shows; 0 asks
 *     for no check (RFC 5082)
 */
public record VirtualLinkConfig(
    Ipv4Address neighborId,
    OspfInterfaceTimers timers,
    OspfAuthentication authentication,
    int ttlSecurityHops) {
  /** Checks the Router ID and the range. */
  public VirtualLinkConfig {
    if (neighborId.isUnspecified()) {
      throw new IllegalArgumentException("0.0.0.0 is no Router ID");
    }
    if (ttlSecurityHops < 0 || ttlSecurityHops > 254) {
      throw new IllegalArgumentException("0 to 254 hops, not " + ttlSecurityHops);
    }
  }

  /** A link without TTL security. */
  public VirtualLinkConfig(
      Ipv4Address neighborId, OspfInterfaceTimers timers, OspfAuthentication authentication) {
    this(neighborId, timers, authentication, 0);
  }

  /** A link with the default intervals and no authentication. */
  public static VirtualLinkConfig to(Ipv4Address neighborId) {
    return new VirtualLinkConfig(neighborId, OspfInterfaceTimers.DEFAULT, OspfAuthentication.NONE);
  }
}
