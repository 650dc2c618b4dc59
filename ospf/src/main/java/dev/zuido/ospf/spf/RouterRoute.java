package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.Ipv4Address;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

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
    nextHops = Collections.unmodifiableSet(new TreeSet<>(nextHops));
  }
}
