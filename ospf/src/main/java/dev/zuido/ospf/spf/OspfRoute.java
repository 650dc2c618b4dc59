package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route to a network (RFC 2328 section 11).
 *
 * @param prefix the destination
 * @param pathType the kind of the route
 * @param cost the link state cost; for type 2 external routes the cost to the AS boundary router or
 *     forwarding address
 * @param type2Cost the advertised metric of a type 2 external route; 0 for others
 * @param areaId the area of the route; null for external routes
 * @param nextHops in ascending order; empty for a destination on the router itself that belongs to
 *     no interface
 */
public record OspfRoute(
    Ipv4Prefix prefix,
    PathType pathType,
    int cost,
    int type2Cost,
    @Nullable Ipv4Address areaId,
    Set<NextHop> nextHops) {
  /** Copies the set. */
  public OspfRoute {
    nextHops = NextHopSet.of(nextHops);
  }

  /** The same route with other next hops. */
  OspfRoute withNextHops(Set<NextHop> hops) {
    return new OspfRoute(prefix, pathType, cost, type2Cost, areaId, hops);
  }

  /** Whether the destination is on one of the router's own interfaces. */
  public boolean isDirectlyAttached() {
    return pathType == PathType.INTRA_AREA
        && nextHops.stream().allMatch(nextHop -> nextHop.address() == null);
  }

  /** As for every record; but tables share most of their routes, so identity is looked at first. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof OspfRoute that
        && cost == that.cost
        && type2Cost == that.type2Cost
        && pathType == that.pathType
        && prefix.equals(that.prefix)
        && Objects.equals(areaId, that.areaId)
        && nextHops.equals(that.nextHops);
  }

  @Override
  public int hashCode() {
    return Objects.hash(prefix, pathType, cost, type2Cost, areaId, nextHops);
  }
}
