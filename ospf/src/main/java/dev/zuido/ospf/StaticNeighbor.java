package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;

/**
 * A neighbor that is not found by multicast (RFC 2328 sections C.5 and C.6).
 *
 * @param address its address on the network
 * @param priority its Router Priority, 0 to 255, until it says another; without meaning on a
 *     point-to-multipoint network
 * @param pollSeconds PollInterval, 1 to 65535: how often Hellos go to it while it is silent;
 *     without meaning on a point-to-multipoint network, where that is HelloInterval
 * @param cost the cost of reaching it, 1 to 65535, where it differs from the interface's on a
 *     point-to-multipoint network; 0 otherwise
 */
public record StaticNeighbor(Ipv4Address address, int priority, int pollSeconds, int cost) {
  /** Two minutes: the sample value of PollInterval. */
  public static final int DEFAULT_POLL_SECONDS = 120;

  /** Checks the ranges. */
  public StaticNeighbor {
    if (address.isUnspecified()) {
      throw new IllegalArgumentException("a static neighbor has an address");
    }
    if ((priority & ~0xff) != 0) {
      throw new IllegalArgumentException("the priority is 0 to 255, not " + priority);
    }
    if (pollSeconds < 1 || pollSeconds > 0xffff) {
      throw new IllegalArgumentException("PollInterval is 1 to 65535 seconds, not " + pollSeconds);
    }
    if ((cost & ~0xffff) != 0) {
      throw new IllegalArgumentException("the cost is 0 to 65535, not " + cost);
    }
  }

  /** A neighbor with priority 0, a PollInterval of 120 seconds and the interface's cost. */
  public static StaticNeighbor of(Ipv4Address address) {
    return new StaticNeighbor(address, 0, DEFAULT_POLL_SECONDS, 0);
  }
}
