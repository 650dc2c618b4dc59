package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Routes told by AS boundary routers: RFC 2328 section 16.4, as RFC 3101 section 2.5 extends it to
 * NSSA-LSAs, whose metrics compare with those of AS-external-LSAs.
 *
 * <p>Step 6e of RFC 3101 decides which of two LSAs is installed that say the same and have the same
 * forwarding address. Their paths are the same, so the routes do not depend on it.
 */
final class ExternalRoutes {
  private final RouteCalculation.Settings settings;
  private final TableDraft table;
  private final RoutingTable inside;
  private final ExternalPaths paths;
  private final long nowNanos;
  private final Map<Ipv4Prefix, ExternalPath> best = new TreeMap<>();

  ExternalRoutes(
      Ipv4Address routerId,
      RouteCalculation.Settings settings,
      ExternalAreas areas,
      boolean areaBorder,
      TableDraft table,
      long nowNanos) {
    this.settings = settings;
    this.table = table;
    this.inside = table.inside();
    this.paths =
        new ExternalPaths(routerId, settings.rfc1583Compatibility(), areas, areaBorder, inside);
    this.nowNanos = nowNanos;
  }

  /**
   * Examines external LSAs: all there are in one store for the networks that they are about.
   *
   * @param nssa the area of NSSA-LSAs; null for AS-external-LSAs
   */
  void examine(Iterable<LsaEntry> externals, @Nullable Ipv4Address nssa) {
    for (LsaEntry entry : externals) {
      if (!entry.isMaxAgeAt(nowNanos) && entry.lsa().body() instanceof AsExternalLsa body) {
        examine(entry.lsa(), body, nssa);
      }
    }
  }

  /** Adds the routes of all that was examined to the table. */
  void addToTable() {
    best.forEach(
        (prefix, path) ->
            table.put(
                new OspfRoute(
                    prefix,
                    path.pathType(),
                    path.cost(),
                    path.type2Cost(),
                    null,
                    path.nextHops())));
  }

  private void examine(Lsa lsa, AsExternalLsa body, @Nullable Ipv4Address nssa) {
    Ipv4Prefix prefix = body.network(lsa.header().linkStateId());
    if (prefix == null || inside.route(prefix) != null || inside.discards().contains(prefix)) {
      return;
    }
    ExternalPath path = paths.path(lsa, body, nssa);
    if (path == null) {
      return;
    }
    ExternalPath present = best.get(prefix);
    int preference =
        present == null ? -1 : ExternalPath.compare(path, present, settings.rfc1583Compatibility());
    if (preference < 0) {
      best.put(prefix, path);
    } else if (preference == 0 && present != null) {
      best.put(prefix, present.with(path, settings.maximumPaths()));
    }
  }
}
