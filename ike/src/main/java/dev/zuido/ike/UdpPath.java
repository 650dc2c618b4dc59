package dev.zuido.ike;

import dev.zuido.wire.IpAddress;

/**
 * Where ISAKMP messages go and come from.
 *
 * @param local our end
 * @param remote the peer's end as we see it
 */
record UdpPath(Endpoint local, Endpoint remote) {
  /** Both ends at the port of ISAKMP. */
  static UdpPath isakmp(IpAddress local, IpAddress remote) {
    return new UdpPath(Endpoint.isakmp(local), Endpoint.isakmp(remote));
  }

  /** Both ends at port 4500. */
  UdpPath floated() {
    return new UdpPath(
        Endpoint.natTraversal(local.address()), Endpoint.natTraversal(remote.address()));
  }

  /** Whether ISAKMP shares its port with ESP here. */
  boolean isFloated() {
    return local.port() == Endpoint.NAT_TRAVERSAL_PORT;
  }
}
