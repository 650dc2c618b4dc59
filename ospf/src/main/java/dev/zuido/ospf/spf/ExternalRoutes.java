package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Section 16.4: routes told by AS boundary routers. */
final class ExternalRoutes {
  private static final Ipv4Address BACKBONE = Ipv4Address.UNSPECIFIED;

  private final Ipv4Address routerId;
  private final RouteCalculation.Settings settings;
  private final TableDraft table;
  private final RoutingTable inside;
  private final long nowNanos;
  private final Map<Ipv4Prefix, ExternalPath> best = new TreeMap<>();

  /** The way to an AS boundary router or forwarding address. */
  private record InnerPath(int cost, boolean intraNonBackbone, Set<NextHop> nextHops) {}

  /** A path to an external destination. */
  private record ExternalPath(AsExternalLsa.Route route, InnerPath inner) {
    int cost() {
      return route.type2() ? inner.cost() : PathArithmetic.sum(inner.cost(), route.metric());
    }

    int type2Cost() {
      return route.type2() ? route.metric() : 0;
    }
  }

  ExternalRoutes(
      Ipv4Address routerId, RouteCalculation.Settings settings, TableDraft table, long nowNanos) {
    this.routerId = routerId;
    this.settings = settings;
    this.table = table;
    this.inside = table.inside();
    this.nowNanos = nowNanos;
  }

  /**
   * Examines AS-external-LSAs and adds the routes to the table: all LSAs for the networks that they
   * are about.
   */
  void examine(Iterable<LsaEntry> externals) {
    for (LsaEntry entry : externals) {
      if (!entry.isMaxAgeAt(nowNanos) && entry.lsa().body() instanceof AsExternalLsa body) {
        examine(entry.lsa(), body);
      }
    }
    best.forEach(
        (prefix, path) -> {
          PathType type =
              path.route().type2() ? PathType.EXTERNAL_TYPE_2 : PathType.EXTERNAL_TYPE_1;
          table.put(
              new OspfRoute(
                  prefix, type, path.cost(), path.type2Cost(), null, path.inner().nextHops()));
        });
  }

  private void examine(Lsa lsa, AsExternalLsa body) {
    AsExternalLsa.Route route = body.route();
    Ipv4Address origin = lsa.header().advertisingRouter();
    Ipv4Prefix prefix = IntraAreaRoutes.prefixOf(lsa.header().linkStateId(), body.networkMask());
    boolean unusable =
        prefix == null || route.metric() == SummaryLsa.INFINITY || origin.equals(routerId);
    if (prefix == null
        || unusable
        || inside.route(prefix) != null
        || inside.discards().contains(prefix)) {
      return;
    }
    InnerPath toOrigin = toBoundaryRouter(origin);
    if (toOrigin == null) {
      return;
    }
    InnerPath inner =
        route.forwardingAddress().isUnspecified()
            ? toOrigin
            : toForwardingAddress(route.forwardingAddress());
    if (inner == null) {
      return;
    }
    ExternalPath path = new ExternalPath(route, inner);
    ExternalPath present = best.get(prefix);
    int preference = present == null ? -1 : compare(path, present);
    if (preference < 0) {
      best.put(prefix, path);
    } else if (preference == 0 && present != null) {
      best.put(prefix, merge(present, path));
    }
  }

  /** Step 3: the preferred entry of the boundary router; null if it cannot be reached. */
  private @Nullable InnerPath toBoundaryRouter(Ipv4Address origin) {
    InnerPath preferred = null;
    for (RouterRoute entry : table.routers(origin)) {
      if (entry.asBoundary()) {
        boolean intraNonBackbone =
            entry.pathType() == PathType.INTRA_AREA && !entry.areaId().equals(BACKBONE);
        InnerPath path = new InnerPath(entry.cost(), intraNonBackbone, entry.nextHops());
        // Entries come by ascending Area ID: of equal ones the last, with the largest, is taken.
        if (preferred == null || compare(path, preferred) <= 0) {
          preferred = path;
        }
      }
    }
    return preferred;
  }

  private @Nullable InnerPath toForwardingAddress(Ipv4Address address) {
    OspfRoute route = inside.lookup(address);
    if (route == null) {
      return null;
    }
    NavigableSet<NextHop> hops = new TreeSet<>();
    for (NextHop hop : route.nextHops()) {
      hops.add(hop.address() == null ? new NextHop(hop.interfaceIndex(), address) : hop);
    }
    boolean intraNonBackbone =
        route.pathType() == PathType.INTRA_AREA && !BACKBONE.equals(route.areaId());
    return new InnerPath(route.cost(), intraNonBackbone, hops);
  }

  /** Step 6: negative if the first path is preferred. */
  private int compare(ExternalPath first, ExternalPath second) {
    if (first.route().type2() != second.route().type2()) {
      return first.route().type2() ? 1 : -1;
    }
    if (first.type2Cost() != second.type2Cost()) {
      return Integer.compare(first.type2Cost(), second.type2Cost());
    }
    if (prefersByArea(first.inner(), second.inner())) {
      return first.inner().intraNonBackbone() ? -1 : 1;
    }
    return Integer.compare(first.cost(), second.cost());
  }

  private int compare(InnerPath first, InnerPath second) {
    if (prefersByArea(first, second)) {
      return first.intraNonBackbone() ? -1 : 1;
    }
    return Integer.compare(first.cost(), second.cost());
  }

  /** Section 16.4.1, which only applies without RFC 1583 compatibility. */
  private boolean prefersByArea(InnerPath first, InnerPath second) {
    return !settings.rfc1583Compatibility()
        && first.intraNonBackbone() != second.intraNonBackbone();
  }

  private ExternalPath merge(ExternalPath first, ExternalPath second) {
    InnerPath inner = first.inner();
    Set<NextHop> hops =
        PathArithmetic.union(inner.nextHops(), second.inner().nextHops(), settings.maximumPaths());
    return new ExternalPath(
        first.route(), new InnerPath(inner.cost(), inner.intraNonBackbone(), hops));
  }
}
