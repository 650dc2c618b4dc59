package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
  /** How many static neighbors an interface may have. */
  public static final int MAXIMUM = 1024;

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

  /** Refuses neighbors that an interface cannot have. */
  static void requireFitting(NetworkType type, Ipv4Prefix network, List<StaticNeighbor> neighbors) {
    if (neighbors.isEmpty()) {
      return;
    }
    if (type != NetworkType.NBMA && !type.isPointToMultipoint()) {
      throw new IllegalArgumentException(
          "static neighbors belong to NBMA and point-to-multipoint networks");
    }
    if (neighbors.size() > MAXIMUM) {
      throw new IllegalArgumentException(
          "at most " + MAXIMUM + " static neighbors, not " + neighbors.size());
    }
    Set<Ipv4Address> addresses = new HashSet<>();
    for (StaticNeighbor each : neighbors) {
      if (!network.contains(each.address())) {
        throw new IllegalArgumentException(
            "static neighbor " + each.address() + " is not on the network " + network);
      }
      if (!addresses.add(each.address())) {
        throw new IllegalArgumentException(
            "static neighbor " + each.address() + " stands there twice");
      }
      if (each.cost() > 0 && !type.isPointToMultipoint()) {
        throw new IllegalArgumentException(
            "only a point-to-multipoint network has a cost for each neighbor");
      }
    }
  }
}
