package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sections 16.2 and 16.3: routes told by area border routers. */
final class InterAreaRoutes {
  private static final Ipv4Address BACKBONE = Ipv4Address.UNSPECIFIED;

  private final Ipv4Address routerId;
  private final RouteCalculation.Settings settings;
  private final TableDraft table;
  private final Set<Ipv4Prefix> activeRanges;
  private final long nowNanos;

  /**
   * Prepares both calculations.
   *
   * @param table with all intra-area routes
   * @param activeRanges the prefixes of the router's own active ranges
   */
  InterAreaRoutes(
      Ipv4Address routerId,
      RouteCalculation.Settings settings,
      TableDraft table,
      Set<Ipv4Prefix> activeRanges,
      long nowNanos) {
    this.routerId = routerId;
    this.settings = settings;
    this.table = table;
    this.activeRanges = activeRanges;
    this.nowNanos = nowNanos;
  }

  /**
   * Section 16.2: summary-LSAs of an area. What one says of a network does not depend on what
   * others say of other networks.
   */
  void examineArea(Ipv4Address areaId, Iterable<LsaEntry> summaries) {
    for (LsaEntry entry : summaries) {
      if (isUsable(entry) && entry.lsa().body() instanceof SummaryLsa body) {
        RouterRoute border = border(entry.lsa(), areaId);
        if (border != null) {
          int cost = PathArithmetic.sum(border.cost(), body.metric());
          if (entry.lsa().header().type() == LsaType.SUMMARY_NETWORK) {
            addNetwork(entry.lsa(), body, cost, border);
          } else {
            addBoundaryRouter(entry.lsa(), cost, border);
          }
        }
      }
    }
  }

  /** Section 16.3: better paths through an area that has transit capability. */
  void examineTransitArea(Ipv4Address areaId, Iterable<LsaEntry> summaries) {
    for (LsaEntry entry : summaries) {
      if (isUsable(entry) && entry.lsa().body() instanceof SummaryLsa body) {
        RouterRoute border = border(entry.lsa(), areaId);
        if (border != null) {
          int cost = PathArithmetic.sum(border.cost(), body.metric());
          if (entry.lsa().header().type() == LsaType.SUMMARY_NETWORK) {
            improveNetwork(entry.lsa(), body, cost, border);
          } else {
            improveBoundaryRouter(entry.lsa(), cost, border);
          }
        }
      }
    }
  }

  /** Steps 1 and 2 of both sections. */
  private boolean isUsable(LsaEntry entry) {
    return entry.lsa().body() instanceof SummaryLsa body
        && body.metric() != SummaryLsa.INFINITY
        && !entry.isMaxAgeAt(nowNanos)
        && !entry.lsa().header().advertisingRouter().equals(routerId);
  }

  /** The way to the border router that tells the LSA, within the area. */
  private @Nullable RouterRoute border(Lsa lsa, Ipv4Address areaId) {
    RouterRoute route = table.router(lsa.header().advertisingRouter(), areaId);
    boolean usable = route != null && route.areaBorder() && route.pathType() == PathType.INTRA_AREA;
    return usable ? route : null;
  }

  private void addNetwork(Lsa lsa, SummaryLsa body, int cost, RouterRoute border) {
    Ipv4Prefix prefix = IntraAreaRoutes.prefixOf(lsa.header().linkStateId(), body.networkMask());
    if (prefix == null || activeRanges.contains(prefix)) {
      return;
    }
    OspfRoute present = table.route(prefix);
    boolean intra = present != null && present.pathType() == PathType.INTRA_AREA;
    if (intra || (present != null && present.cost() < cost)) {
      return;
    }
    Set<NextHop> hops =
        present != null && present.cost() == cost
            ? union(present.nextHops(), border.nextHops())
            : border.nextHops();
    table.put(new OspfRoute(prefix, PathType.INTER_AREA, cost, 0, border.areaId(), hops));
  }

  private void addBoundaryRouter(Lsa lsa, int cost, RouterRoute border) {
    Ipv4Address target = lsa.header().linkStateId();
    RouterRoute present = table.router(target, border.areaId());
    boolean intra = present != null && present.pathType() == PathType.INTRA_AREA;
    if (intra || target.equals(routerId) || (present != null && present.cost() < cost)) {
      return;
    }
    Set<NextHop> hops =
        present != null && present.cost() == cost
            ? union(present.nextHops(), border.nextHops())
            : border.nextHops();
    table.put(
        new RouterRoute(
            target,
            border.areaId(),
            PathType.INTER_AREA,
            cost,
            false,
            true,
            lsa.header().options(),
            hops));
  }

  private void improveNetwork(Lsa lsa, SummaryLsa body, int cost, RouterRoute border) {
    Ipv4Prefix prefix = IntraAreaRoutes.prefixOf(lsa.header().linkStateId(), body.networkMask());
    OspfRoute present = prefix == null ? null : table.route(prefix);
    if (present == null || !BACKBONE.equals(present.areaId()) || present.cost() < cost) {
      return;
    }
    Set<NextHop> hops =
        present.cost() == cost ? union(present.nextHops(), border.nextHops()) : border.nextHops();
    table.put(new OspfRoute(present.prefix(), present.pathType(), cost, 0, BACKBONE, hops));
  }

  private void improveBoundaryRouter(Lsa lsa, int cost, RouterRoute border) {
    RouterRoute present = table.router(lsa.header().linkStateId(), BACKBONE);
    if (present == null || present.cost() < cost) {
      return;
    }
    Set<NextHop> hops =
        present.cost() == cost ? union(present.nextHops(), border.nextHops()) : border.nextHops();
    table.put(
        new RouterRoute(
            present.routerId(),
            BACKBONE,
            present.pathType(),
            cost,
            present.areaBorder(),
            present.asBoundary(),
            present.options(),
            hops));
  }

  private Set<NextHop> union(Set<NextHop> first, Set<NextHop> second) {
    return PathArithmetic.union(first, second, settings.maximumPaths());
  }
}
