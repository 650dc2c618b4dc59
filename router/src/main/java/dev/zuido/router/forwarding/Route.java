package dev.zuido.router.forwarding;

import dev.zuido.wire.Ipv4Prefix;
import java.util.List;

/**
 * A route.
 *
 * @param prefix its destination
 * @param source where it comes from
 * @param distance its administrative distance, 0 to 255; at 255 it is never used
 * @param metric its cost within its source
 * @param nextHops at least one; several are used side by side
 */
public record Route(
    Ipv4Prefix prefix, RouteSource source, int distance, int metric, List<NextHop> nextHops) {
  /** The administrative distance of a route that is never used. */
  public static final int NEVER_USED = 255;

  /** Checks the ranges and copies the list. */
  public Route {
    nextHops = List.copyOf(nextHops);
    if (distance < 0 || distance > 255 || metric < 0 || nextHops.isEmpty()) {
      throw new IllegalArgumentException("a route has a distance of 0 to 255 and a next hop");
    }
  }

  /** A route with the distance of its source, one next hop and no metric. */
  public static Route of(Ipv4Prefix prefix, RouteSource source, NextHop nextHop) {
    return new Route(prefix, source, source.distance(), 0, List.of(nextHop));
  }
}
