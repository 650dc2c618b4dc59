package dev.zuido.router;

import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.SpfCause;
import dev.zuido.ospf.SpfRun;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.ospf.spf.RouterRoute;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import dev.zuido.router.show.OspfBorderRouterReport;
import dev.zuido.router.show.OspfProcessId;
import dev.zuido.router.show.OspfRouteReport;
import dev.zuido.router.show.OspfStatisticsReport;
import dev.zuido.router.show.OspfSummaryAddressReport;
import dev.zuido.router.show.RouteReport;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what {@code show ip ospf} says of routes, routers and the calculation. */
final class OspfRouteShow {
  private final RouterParts parts;
  private final @Nullable OspfEngine ospf;

  OspfRouteShow(RouterParts parts) {
    this.parts = parts;
    this.ospf = parts.controlPlane().ospf();
  }

  private @Nullable OspfProcessId process() {
    OspfProcess configured = parts.config().ospf();
    return ospf == null || configured == null
        ? null
        : new OspfProcessId(configured.processId(), ospf.config().routerId());
  }

  private List<RouteReport.NextHop> nextHops(Collection<NextHop> hops) {
    List<RouteReport.NextHop> shown = new ArrayList<>();
    for (NextHop hop : hops) {
      shown.add(new RouteReport.NextHop(hop.address(), name(hop.interfaceIndex())));
    }
    return shown;
  }

  private @Nullable String name(int number) {
    return number >= 0 && number < parts.interfaces().size()
        ? parts.interfaces().get(number).name()
        : null;
  }

  OspfBorderRouterReport borderRouters() {
    List<OspfBorderRouterReport.BorderRouter> rows = new ArrayList<>();
    if (ospf != null) {
      for (RouterRoute route : ospf.routes().routerRoutes()) {
        rows.add(
            new OspfBorderRouterReport.BorderRouter(
                route.routerId(),
                route.pathType() == PathType.INTER_AREA,
                route.cost(),
                route.areaBorder(),
                route.asBoundary(),
                route.areaId(),
                nextHops(route.nextHops())));
      }
    }
    return new OspfBorderRouterReport(process(), rows);
  }

  OspfRouteReport routes() {
    List<OspfRouteReport.OspfRoute> rows = new ArrayList<>();
    if (ospf != null) {
      OspfOrigins origins = new OspfOrigins(ospf);
      for (OspfRoute route : ospf.routes().routes()) {
        Route used = parts.routes().routeFor(route.prefix());
        rows.add(
            new OspfRouteReport.OspfRoute(
                route.prefix(),
                origins.kind(route),
                route.cost(),
                route.pathType() == PathType.EXTERNAL_TYPE_2 ? (Integer) route.type2Cost() : null,
                origins.tag(route),
                route.areaId(),
                route.isDirectlyAttached(),
                used != null && used.source() == RouteSource.OSPF,
                nextHops(route.nextHops())));
      }
    }
    return new OspfRouteReport(process(), rows);
  }

  OspfSummaryAddressReport summaryAddresses() {
    OspfControl control = parts.controlPlane().ospfControl();
    List<OspfSummaryAddressReport.Summary> rows = new ArrayList<>();
    if (control != null) {
      for (OspfExternals.Summary each : control.told().summaries()) {
        OspfExternals.External told = each.told();
        rows.add(
            new OspfSummaryAddressReport.Summary(
                each.configured().prefix(),
                each.configured().advertise(),
                each.networks(),
                told == null ? null : (Integer) told.metric(),
                told == null ? null : (Boolean) told.type2(),
                each.configured().tag().orElse(0)));
      }
    }
    return new OspfSummaryAddressReport(process(), rows);
  }

  OspfStatisticsReport statistics(long nowNanos) {
    if (ospf == null) {
      return new OspfStatisticsReport(null, List.of());
    }
    Map<String, Long> lsas = new TreeMap<>();
    for (Ipv4Address area : ospf.database().areaIds()) {
      count(ospf.database().area(area), lsas);
    }
    for (int id : ospf.database().interfaceIds()) {
      count(ospf.database().link(id), lsas);
    }
    count(ospf.database().asWide(), lsas);
    Map<String, Long> dropped = new TreeMap<>();
    ospf.dropped().forEach((reason, count) -> dropped.put(CounterNames.of(reason), count));
    return new OspfStatisticsReport(
        process(),
        List.of(
            new OspfStatisticsReport.Statistics(
                ospf.routeCalculations(),
                ospf.routes().routes().size(),
                lsas,
                dropped,
                ospf.process(nowNanos).spf().log().stream()
                    .map(run -> run(run, nowNanos))
                    .toList())));
  }

  private static OspfStatisticsReport.Run run(SpfRun run, long nowNanos) {
    return new OspfStatisticsReport.Run(
        Math.max(0, nowNanos - run.atNanos()) / 1_000_000_000L,
        run.delayNanos() / 1_000_000L,
        run.state().name(),
        run.lsas(),
        run.routes(),
        run.changedRoutes(),
        run.causes().stream().map(SpfCause::explain).toList(),
        run.causeCount());
  }

  private static void count(@Nullable LsaStore store, Map<String, Long> lsas) {
    if (store != null) {
      for (LsaEntry entry : store.entries()) {
        lsas.merge(OspfOrigins.lsaName(entry.lsa().header().type()), 1L, Long::sum);
      }
    }
  }
}
