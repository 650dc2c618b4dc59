package dev.zuido.router;

import dev.zuido.ospf.InterfaceSnapshot;
import dev.zuido.ospf.InterfaceState;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.router.config.OspfArea;
import dev.zuido.router.config.OspfAuthenticationType;
import dev.zuido.router.config.OspfDefaultRoute;
import dev.zuido.router.config.OspfMaxMetric;
import dev.zuido.router.config.OspfNssa;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.OspfRange;
import dev.zuido.router.config.OspfRedistribution;
import dev.zuido.router.config.OspfRestart;
import dev.zuido.router.config.OspfThrottle;
import dev.zuido.router.show.OspfReport;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers what {@code show ip ospf} answers. */
final class OspfProcessShow {
  private final OspfEngine ospf;
  private final OspfProcess process;
  private final List<InterfaceSnapshot> interfaces;

  OspfProcessShow(OspfEngine ospf, OspfProcess process, long nowNanos) {
    this.ospf = ospf;
    this.process = process;
    this.interfaces = ospf.interfaces(nowNanos);
  }

  OspfReport.Process row() {
    OspfConfig config = ospf.config();
    OspfThrottle spf = OspfMapping.spfThrottle(process.options());
    OspfThrottle lsa = OspfMapping.lsaThrottle(process.options());
    OspfRestart restart = process.options().restart();
    OspfMaxMetric maxMetric = process.options().maxMetric();
    Totals external = Totals.of(ospf.database().asWide(), LsaType.AS_EXTERNAL);
    Totals opaque = Totals.of(ospf.database().asWide(), LsaType.OPAQUE_AS);
    List<OspfReport.Area> areas = areas();
    return new OspfReport.Process(
        process.processId(),
        config.routerId(),
        areas.stream().filter(area -> area.interfaces() > 0).count() > 1,
        process.defaultRoute() != null || !process.redistributions().isEmpty(),
        redistributes(),
        config.rfc1583Compatibility(),
        config.opaqueCapable(),
        maxMetric == null ? null : (Boolean) maxMetric.always(),
        maxMetric == null ? null : maxMetric.toString(),
        spf.startMillis(),
        spf.holdMillis(),
        spf.maximumMillis(),
        lsa.startMillis(),
        lsa.holdMillis(),
        lsa.maximumMillis(),
        restart.restarts(),
        restart.intervalSeconds(),
        restart.helps(),
        restart.strict(),
        process.referenceBandwidthMbps(),
        config.maximumPaths(),
        ospf.routeCalculations(),
        ospf.database().size(),
        config.limits().lsas(),
        external.count,
        external.sum,
        opaque.count,
        opaque.sum,
        areas);
  }

  private List<String> redistributes() {
    List<String> lines = new ArrayList<>();
    process.redistributions().stream()
        .map(OspfRedistribution::toString)
        .map(line -> line.substring("redistribute ".length()))
        .forEach(lines::add);
    OspfDefaultRoute route = process.defaultRoute();
    if (route != null) {
      lines.add("default-information originate" + route.options());
    }
    return lines;
  }

  // ---- Areas

  private List<OspfReport.Area> areas() {
    TreeSet<Ipv4Address> ids = new TreeSet<>(ospf.database().areaIds());
    interfaces.forEach(each -> ids.add(each.config().areaId()));
    return ids.stream().map(this::area).toList();
  }

  private OspfReport.Area area(Ipv4Address id) {
    OspfAreaConfig config = ospf.config().area(id);
    OspfArea said = process.area(id);
    OspfNssa nssa = said.nssa();
    OspfAuthenticationType authentication = said.authentication();
    LinkStateDatabase database = ospf.database();
    Totals lsas = Totals.of(database.area(id), 0);
    List<InterfaceSnapshot> members =
        interfaces.stream().filter(each -> each.config().areaId().equals(id)).toList();
    return new OspfReport.Area(
        id,
        config.type().name(),
        config.summaries(),
        config.defaultCost(),
        said.kind() == OspfArea.Kind.NSSA ? (Boolean) nssa.translateAlways() : null,
        (int) members.stream().filter(each -> each.state() != InterfaceState.DOWN).count(),
        members.stream().mapToInt(InterfaceSnapshot::adjacentNeighbors).sum(),
        authentication == null ? "none" : words(authentication),
        ospf.routes().transitAreas().contains(id),
        said.ranges().stream().map(OspfRange::toString).toList(),
        lsas.count,
        lsas.sum);
  }

  private static String words(OspfAuthenticationType type) {
    return switch (type) {
      case NULL -> "none";
      case SIMPLE -> "simple";
      case MESSAGE_DIGEST, KEY_CHAIN -> "message-digest";
    };
  }

  /** How many LSAs of a type there are, and the sum of their checksums. */
  private static final class Totals {
    private int count;
    private long sum;

    static Totals of(@Nullable LsaStore store, int type) {
      Totals totals = new Totals();
      if (store != null) {
        for (LsaEntry entry : store.entries()) {
          if (type == 0 || entry.lsa().header().type() == type) {
            totals.count++;
            totals.sum += entry.lsa().header().checksum();
          }
        }
      }
      return totals;
    }
  }
}
