package dev.zuido.router;

import dev.zuido.ospf.InterfaceSnapshot;
import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.OspfAuthentication;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.show.OspfDatabaseReport;
import dev.zuido.router.show.OspfInterfaceReport;
import dev.zuido.router.show.OspfNeighborReport;
import dev.zuido.router.show.OspfProcessId;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what {@code show ip ospf} commands answer. */
final class OspfShow {
  private static final long NANOS = 1_000_000_000L;

  private final RouterParts parts;

  OspfShow(RouterParts parts) {
    this.parts = parts;
  }

  private @Nullable OspfProcessId process(@Nullable OspfEngine ospf) {
    OspfProcess configured = parts.config().ospf();
    return ospf == null || configured == null
        ? null
        : new OspfProcessId(configured.processId(), ospf.config().routerId());
  }

  // ---- Neighbors

  OspfNeighborReport neighbors(long nowNanos) {
    OspfEngine ospf = parts.controlPlane().ospf();
    if (ospf == null) {
      return new OspfNeighborReport(false, List.of());
    }
    return new OspfNeighborReport(
        true, ospf.neighbors(nowNanos).stream().map(each -> neighbor(ospf, each)).toList());
  }

  private static OspfNeighborReport.Neighbor neighbor(OspfEngine ospf, NeighborSnapshot each) {
    OspfInterfaceConfig on = ospf.interfaceConfig(each.interfaceId());
    return new OspfNeighborReport.Neighbor(
        each.routerId(),
        each.priority(),
        EventLog.iosState(each.state()),
        on.type().electsDesignatedRouter() ? role(each) : null,
        Math.max(0, each.deadNanos()) / NANOS,
        each.address(),
        on.name(),
        on.areaId(),
        each.stateChanges(),
        each.retransmissions(),
        each.requests(),
        each.mismatch() == null ? null : each.mismatch().explain());
  }

  private static String role(NeighborSnapshot neighbor) {
    if (neighbor.address().equals(neighbor.designatedRouter())) {
      return "DR";
    }
    return neighbor.address().equals(neighbor.backupDesignatedRouter()) ? "BDR" : "DROTHER";
  }

  // ---- Interfaces

  OspfInterfaceReport interfaces(boolean brief, long nowNanos) {
    OspfEngine ospf = parts.controlPlane().ospf();
    List<InterfaceSnapshot> all = ospf == null ? List.of() : ospf.interfaces(nowNanos);
    return new OspfInterfaceReport(
        process(ospf), brief, all.stream().map(OspfShow::ospfInterface).toList());
  }

  private static OspfInterfaceReport.OspfInterface ospfInterface(InterfaceSnapshot each) {
    OspfInterfaceConfig config = each.config();
    OspfAuthentication authentication = config.authentication();
    return new OspfInterfaceReport.OspfInterface(
        config.name(),
        config.areaId(),
        config.address(),
        config.prefixLength(),
        config.type().name(),
        each.state().shortName(),
        config.cost(),
        config.priority(),
        config.mtu(),
        config.passive(),
        known(each.designatedRouter()),
        known(each.designatedRouterId()),
        known(each.backupDesignatedRouter()),
        known(each.backupDesignatedRouterId()),
        config.timers().helloSeconds(),
        config.timers().deadSeconds(),
        config.timers().retransmitSeconds(),
        config.timers().transmitDelaySeconds(),
        each.helloDueNanos() < 0 ? null : (Long) (each.helloDueNanos() / NANOS),
        authentication instanceof OspfAuthentication.Cryptographic
            ? "message-digest"
            : authentication instanceof OspfAuthentication.Simple ? "simple" : "none",
        authentication instanceof OspfAuthentication.Cryptographic key
            ? (Integer) key.keyId()
            : null,
        each.neighbors(),
        each.adjacentNeighbors(),
        each.stateChanges(),
        each.explanations().stream()
            .map(
                why ->
                    new OspfInterfaceReport.WithoutAdjacency(
                        why.routerId(), why.source(), why.mismatch().explain()))
            .toList());
  }

  private static @Nullable Ipv4Address known(Ipv4Address address) {
    return address.isUnspecified() ? null : address;
  }

  // ---- Database

  OspfDatabaseReport database(long nowNanos) {
    OspfEngine ospf = parts.controlPlane().ospf();
    List<OspfDatabaseReport.LsaSummary> rows = new ArrayList<>();
    if (ospf != null) {
      LinkStateDatabase database = ospf.database();
      for (Ipv4Address areaId : database.areaIds()) {
        LsaStore area = database.area(areaId);
        if (area != null) {
          area.entries().forEach(entry -> rows.add(lsa(areaId, entry, nowNanos)));
        }
      }
      database.asWide().entries().forEach(entry -> rows.add(lsa(null, entry, nowNanos)));
    }
    return new OspfDatabaseReport(process(ospf), rows);
  }

  private static OspfDatabaseReport.LsaSummary lsa(
      @Nullable Ipv4Address areaId, LsaEntry entry, long nowNanos) {
    LsaHeader header = entry.headerAt(nowNanos);
    LsaBody body = entry.lsa().body();
    return new OspfDatabaseReport.LsaSummary(
        areaId,
        header.type(),
        LsaType.nameOf(header.type()),
        header.linkStateId(),
        header.advertisingRouter(),
        header.age(),
        Integer.toUnsignedLong(header.sequence()),
        header.checksum(),
        header.length(),
        body instanceof RouterLsa router ? (Integer) router.links().size() : null,
        body instanceof AsExternalLsa external
            ? (Long) Integer.toUnsignedLong(external.routes().get(0).externalRouteTag())
            : null);
  }
}
