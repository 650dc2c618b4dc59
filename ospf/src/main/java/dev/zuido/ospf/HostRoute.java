package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;

/**
 * A host that is attached to the router and advertised in its router-LSA (RFC 2328 section C.7).
 *
 * @param address the host's address
 * @param cost the cost of reaching it, 0 to 65535
 */
public record HostRoute(Ipv4Address address, int cost) {
  /** Checks the range. */
  public HostRoute {
    if ((cost & ~0xffff) != 0) {
      throw new IllegalArgumentException("the cost is 0 to 65535, not " + cost);
    }
  }
}
