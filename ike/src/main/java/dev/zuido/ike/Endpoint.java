package dev.zuido.ike;

import dev.zuido.wire.IpAddress;

/**
 * One end of a UDP path.
 *
 * @param address the IP address
 * @param port the UDP port, 0 to 65 535
 */
public record Endpoint(IpAddress address, int port) {
  /** The port of ISAKMP (RFC 2408 section 2.5.1). */
  public static final int ISAKMP_PORT = 500;

  /** The port of ISAKMP and of ESP in UDP once a translator was found (RFC 3947 section 4). */
  public static final int NAT_TRAVERSAL_PORT = 4500;

  /** Checks the port. */
  public Endpoint {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("a UDP port is 0 to 65535, not " + port);
    }
  }

  /** The ISAKMP port of an address. */
  public static Endpoint isakmp(IpAddress address) {
    return new Endpoint(address, ISAKMP_PORT);
  }

  /** The port of NAT traversal of an address. */
  public static Endpoint natTraversal(IpAddress address) {
    return new Endpoint(address, NAT_TRAVERSAL_PORT);
  }

  @Override
  public String toString() {
    return address.byteLength() == 4 ? address + ":" + port : "[" + address + "]:" + port;
  }
}
