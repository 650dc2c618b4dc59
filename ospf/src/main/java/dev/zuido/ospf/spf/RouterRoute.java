package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.Ipv4Address;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A route to an area border router or AS boundary router (RFC 2328 section 11): a routing table
 * entry whose destination type is "router".
 *
 * @param routerId the router
 * @param areaId the area through which it is reached; one router may have a route in several areas
 * @param pathType {@link PathType#INTRA_AREA} or {@link PathType#INTER_AREA}
 * @param cost the link state cost
 * @param areaBorder whether it is an area border router
 * @param asBoundary whether it is an AS boundary router
 * @param options its optional capabilities
 * @param nextHops in ascending order
 */
public record RouterRoute(
    Ipv4Address routerId,
    Ipv4Address areaId,
    PathType pathType,
    int cost,
    boolean areaBorder,
    boolean asBoundary,
    Options options,
    Set<NextHop> nextHops) {
  /** Copies the set. */
  public RouterRoute {
    nextHops = NextHopSet.of(nextHops);
  }

  /**
   * The entry that describes the preferred path to an AS boundary router (section 16.4 step 3 and
   * section 16.4.1).
   *
   * @param entries of one router, by ascending Area ID
   * @param rfc1583Compatibility whether only the cost counts
   * @param eligible the areas whose entries count
   * @return null if none of them counts
   */
  public static @Nullable RouterRoute preferredAsBoundary(
      Collection<RouterRoute> entries,
      boolean rfc1583Compatibility,
      Predicate<Ipv4Address> eligible) {
    RouterRoute preferred = null;
    for (RouterRoute entry : entries) {
      if (entry.asBoundary && eligible.test(entry.areaId)) {
        // Of equal ones the last is taken, whose Area ID is the largest.
        boolean better =
            preferred == null
                || ((!rfc1583Compatibility
                        && entry.isIntraNonBackbone() != preferred.isIntraNonBackbone())
                    ? entry.isIntraNonBackbone()
                    : entry.cost <= preferred.cost);
        preferred = better ? entry : preferred;
      }
    }
    return preferred;
  }

  /** Whether the path is what section 16.4.1 prefers: intra-area, and not through the backbone. */
  boolean isIntraNonBackbone() {
    return pathType == PathType.INTRA_AREA && !areaId.isUnspecified();
  }
}
