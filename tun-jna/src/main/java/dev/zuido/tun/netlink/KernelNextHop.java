package dev.zuido.tun.netlink;

import dev.zuido.wire.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a route leads: out of an interface, and there to a gateway or, without one, to the
 * destination itself.
 *
 * @param interfaceIndex the number of the interface, at least 1
 * @param gateway the next router, of the family of the route's prefix, or null
 * @param weight its share of the traffic beside the route's other next hops, 1 to 256
 */
public record KernelNextHop(int interfaceIndex, @Nullable IpAddress gateway, int weight) {
  /** Checks the ranges. */
  public KernelNextHop {
    if (interfaceIndex < 1 || weight < 1 || weight > 256) {
      throw new IllegalArgumentException("an interface number is above 0, a weight 1 to 256");
    }
  }

  /** The link itself: a tunnel, or a prefix whose hosts are neighbours. */
  public static KernelNextHop on(int interfaceIndex) {
    return new KernelNextHop(interfaceIndex, null, 1);
  }

  /** A gateway on a link. */
  public static KernelNextHop via(IpAddress gateway, int interfaceIndex) {
    return new KernelNextHop(interfaceIndex, gateway, 1);
  }
}
