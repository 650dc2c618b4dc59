package dev.zuido.router;

import dev.zuido.ospf.AreaSnapshot;
import dev.zuido.ospf.LsaTotal;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.ProcessSnapshot;
import dev.zuido.ospf.StubRouterReason;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.router.config.OspfArea;
import dev.zuido.router.config.OspfAuthenticationType;
import dev.zuido.router.config.OspfDefaultRoute;
import dev.zuido.router.config.OspfMaxMetric;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.OspfRange;
import dev.zuido.router.config.OspfRedistribution;
import dev.zuido.router.config.OspfRestart;
import dev.zuido.router.config.OspfThrottle;
import dev.zuido.router.show.OspfReport;
import java.util.ArrayList;
import java.util.List;

/** Gathers what {@code show ip ospf} answers. */
final class OspfProcessShow {
  private static final long NANOS = 1_000_000_000L;

  private final OspfEngine ospf;
  private final OspfProcess process;
  private final ProcessSnapshot snapshot;

  OspfProcessShow(OspfEngine ospf, OspfProcess process, long nowNanos) {
    this.ospf = ospf;
    this.process = process;
    this.snapshot = ospf.process(nowNanos);
  }

  OspfReport.ProcessRow row() {
    OspfConfig config = ospf.config();
    OspfThrottle spf = OspfMapping.spfThrottle(process.options());
    OspfThrottle lsa = OspfMapping.lsaThrottle(process.options());
    OspfRestart restart = process.options().restart();
    OspfMaxMetric maxMetric = process.options().maxMetric();
    LsaTotal external = total(LsaType.AS_EXTERNAL);
    LsaTotal opaque = total(LsaType.OPAQUE_AS);
    ProcessSnapshot.DatabaseUsage usage = snapshot.database();
    long sinceSpf = snapshot.spf().sinceLastNanos();
    return new OspfReport.ProcessRow(
        process.processId(),
        config.routerId(),
        snapshot.areaBorderRouter(),
        snapshot.asBoundaryRouter(),
        redistributes(),
        config.rfc1583Compatibility(),
        config.opaqueCapable(),
        snapshot.stubRouter().reasons().stream().sorted().map(OspfProcessShow::words).toList(),
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
        snapshot.spf().state().name(),
        snapshot.spf().calculations(),
        sinceSpf < 0 ? null : (Long) (sinceSpf / NANOS),
        usage.lsas(),
        usage.limit(),
        usage.refused(),
        usage.missing(),
        external.count(),
        external.checksumSum(),
        opaque.count(),
        opaque.checksumSum(),
        snapshot.areas().stream().map(this::area).toList());
  }

  private LsaTotal total(int type) {
    return snapshot.asWideLsas().stream()
        .filter(each -> each.type() == type)
        .findFirst()
        .orElseGet(() -> new LsaTotal(type, 0, 0));
  }

  private static String words(StubRouterReason reason) {
    return switch (reason) {
      case ALWAYS -> "always";
      case AFTER_START -> "after the start";
      case BEFORE_SHUTDOWN -> "before the end";
      case DATABASE_INCOMPLETE -> "LSAs are missing";
    };
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

  private OspfReport.Area area(AreaSnapshot area) {
    OspfAreaConfig config = area.config();
    OspfArea said = process.area(area.areaId());
    OspfAuthenticationType authentication = said.authentication();
    return new OspfReport.Area(
        area.areaId(),
        config.type().name(),
        config.summaries(),
        config.defaultCost(),
        said.kind() == OspfArea.Kind.NSSA ? (Boolean) said.nssa().translateAlways() : null,
        area.activeInterfaces(),
        area.fullNeighbors(),
        authentication == null ? "none" : words(authentication),
        area.transitCapability(),
        said.ranges().stream().map(OspfRange::toString).toList(),
        area.lsaCount(),
        area.checksumSum(),
        area.explanations().stream()
            .map(each -> each.routerId() + " (" + each.source() + "): " + each.mismatch().explain())
            .toList());
  }

  private static String words(OspfAuthenticationType type) {
    return switch (type) {
      case NULL -> "none";
      case SIMPLE -> "simple";
      case MESSAGE_DIGEST, KEY_CHAIN -> "message-digest";
    };
  }
}
