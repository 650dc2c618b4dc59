package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What path an external LSA describes: steps 1 to 4 of RFC 2328 section 16.4 for AS-external-LSAs,
 * and of RFC 3101 section 2.5 for NSSA-LSAs too.
 */
public final class ExternalPaths {
  private final Ipv4Address routerId;
  private final boolean rfc1583Compatibility;
  private final ExternalAreas areas;
  private final boolean areaBorder;
  private final RoutingTable table;

  /** What was looked up; many LSAs have the same forwarding address. */
  private final Map<Destination, Optional<Way>> ways = new HashMap<>();

  /** A forwarding address, and the area of the NSSA-LSA that has it. */
  private record Destination(Ipv4Address address, @Nullable Ipv4Address nssa) {}

  /** The way to an AS boundary router or forwarding address. */
  private record Way(int cost, boolean intraNonBackbone, Set<NextHop> nextHops) {}

  /**
   * Prepares for one table.
   *
   * @param routerId the calculating router
   * @param rfc1583Compatibility how the way to a boundary router is chosen (section 16.4.1)
   * @param areas what kind of area each is
   * @param areaBorder whether the router is an area border router
   * @param table the routes inside of the AS; external ones in it are passed over
   */
  public ExternalPaths(
      Ipv4Address routerId,
      boolean rfc1583Compatibility,
      ExternalAreas areas,
      boolean areaBorder,
      RoutingTable table) {
    this.routerId = routerId;
    this.rfc1583Compatibility = rfc1583Compatibility;
    this.areas = areas;
    this.areaBorder = areaBorder;
    this.table = table;
  }

  /**
   * Whether the table's route to an NSSA-LSA's destination is what the LSA describes, or has it
   * among its equal paths: RFC 3101 calls such an LSA installed.
   *
   * @param nssa the area that the LSA belongs to
   */
  public boolean isInstalled(Lsa lsa, Ipv4Address nssa) {
    if (!(lsa.body() instanceof AsExternalLsa body)) {
      return false;
    }
    Ipv4Prefix network = body.network(lsa.header().linkStateId());
    OspfRoute route = network == null ? null : table.route(network);
    if (route == null || !route.pathType().isExternal()) {
      return false;
    }
    ExternalPath path = path(lsa, body, nssa);
    return path != null
        && path.pathType() == route.pathType()
        && path.cost() == route.cost()
        && path.type2Cost() == route.type2Cost()
        && haveCommon(path.nextHops(), route.nextHops());
  }

  private static boolean haveCommon(Set<NextHop> first, Set<NextHop> second) {
    for (NextHop hop : first) {
      if (second.contains(hop)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The path that an LSA describes.
   *
   * @param nssa the area of an NSSA-LSA; null for an AS-external-LSA
   * @return null if the LSA is not to be used
   */
  @Nullable ExternalPath path(Lsa lsa, AsExternalLsa body, @Nullable Ipv4Address nssa) {
    AsExternalLsa.Route told = body.route();
    Ipv4Address origin = lsa.header().advertisingRouter();
    if (told.metric() == SummaryLsa.INFINITY || origin.equals(routerId)) {
      return null;
    }
    RouterRoute boundary = nssa == null ? toBoundaryRouter(origin) : toBoundaryRouter(origin, nssa);
    if (boundary == null || (nssa != null && isRefusedDefault(lsa, body, nssa))) {
      return null;
    }
    if (told.forwardingAddress().isUnspecified()) {
      return new ExternalPath(
          told, boundary.cost(), boundary.isIntraNonBackbone(), boundary.nextHops());
    }
    Way way =
        ways.computeIfAbsent(
                new Destination(told.forwardingAddress(), nssa),
                to -> Optional.ofNullable(wayTo(to.address, to.nssa)))
            .orElse(null);
    return way == null
        ? null
        : new ExternalPath(told, way.cost, way.intraNonBackbone, way.nextHops);
  }

  /** Step 3: "routing table entries may only be selected from each … Type-5 capable area". */
  private @Nullable RouterRoute toBoundaryRouter(Ipv4Address origin) {
    return RouterRoute.preferredAsBoundary(
        table.routerRoutes(origin), rfc1583Compatibility, areas::takesAsExternals);
  }

  /**
   * Step 3: "must be found in the originating NSSA". A border router that tells the default route
   * counts even if it does not call itself an AS boundary router there.
   */
  private @Nullable RouterRoute toBoundaryRouter(Ipv4Address origin, Ipv4Address nssa) {
    for (RouterRoute route : table.routerRoutes(origin)) {
      if (route.areaId().equals(nssa) && route.pathType() == PathType.INTRA_AREA) {
        return route;
      }
    }
    return null;
  }

  /** Step 3: which default routes a border router does not take. */
  private boolean isRefusedDefault(Lsa lsa, AsExternalLsa body, Ipv4Address nssa) {
    return areaBorder
        && body.networkMask().isUnspecified()
        && (!lsa.header().options().has(Options.NP) || areas.withoutSummaries().contains(nssa));
  }

  private @Nullable Way wayTo(Ipv4Address address, @Nullable Ipv4Address nssa) {
    OspfRoute route = lookup(address);
    if (route == null || !leadsThroughRightArea(route, nssa)) {
      return null;
    }
    NavigableSet<NextHop> hops = new TreeSet<>();
    for (NextHop hop : route.nextHops()) {
      hops.add(hop.address() == null ? new NextHop(hop.interfaceIndex(), address) : hop);
    }
    boolean intraNonBackbone =
        route.pathType() == PathType.INTRA_AREA
            && route.areaId() != null
            && !route.areaId().isUnspecified();
    return new Way(route.cost(), intraNonBackbone, hops);
  }

  private boolean leadsThroughRightArea(OspfRoute route, @Nullable Ipv4Address nssa) {
    Ipv4Address areaId = route.areaId();
    if (areaId == null) {
      return false;
    }
    return nssa == null
        ? areas.takesAsExternals(areaId)
        : route.pathType() == PathType.INTRA_AREA && areaId.equals(nssa);
  }

  /** The best match of an address among the routes inside of the AS. */
  private @Nullable OspfRoute lookup(Ipv4Address address) {
    OspfRoute route = table.lookup(address);
    if (route == null || !route.pathType().isExternal()) {
      return route;
    }
    for (int length = route.prefix().length() - 1; length >= 0; length--) {
      Ipv4Prefix prefix = Ipv4Prefix.containing(address, length);
      OspfRoute shorter = table.route(prefix);
      if (table.discards().contains(prefix)
          || (shorter != null && !shorter.pathType().isExternal())) {
        return shorter;
      }
    }
    return null;
  }
}
