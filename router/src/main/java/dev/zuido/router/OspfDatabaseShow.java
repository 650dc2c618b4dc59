package dev.zuido.router;

import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsa.opaque.OpaqueBody;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.router.show.OspfDatabaseReport.LsaSummary;
import dev.zuido.router.show.OspfLsaReport;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what {@code show ip ospf database} answers. */
final class OspfDatabaseShow {
  private final OspfEngine ospf;
  private final OspfDatabaseQuery query;
  private final long nowNanos;

  OspfDatabaseShow(OspfEngine ospf, OspfDatabaseQuery query, long nowNanos) {
    this.ospf = ospf;
    this.query = query;
    this.nowNanos = nowNanos;
  }

  /** The LSAs that are asked for: of the links, area by area, those of the whole AS last. */
  private void each(Visitor visitor) {
    LinkStateDatabase database = ospf.database();
    for (int id : database.interfaceIds()) {
      OspfInterfaceConfig on = ospf.interfaceConfig(id);
      visit(database.link(id), on.areaId(), on.name(), visitor);
    }
    for (Ipv4Address areaId : database.areaIds()) {
      visit(database.area(areaId), areaId, null, visitor);
    }
    visit(database.asWide(), null, null, visitor);
  }

  @FunctionalInterface
  private interface Visitor {
    void visit(LsaSummary summary, Lsa lsa);
  }

  private void visit(
      @Nullable LsaStore store,
      @Nullable Ipv4Address areaId,
      @Nullable String interfaceName,
      Visitor visitor) {
    if (store == null) {
      return;
    }
    for (LsaEntry entry : store.entries()) {
      if (query.wants(entry.lsa().header(), ospf.config().routerId())) {
        visitor.visit(summary(areaId, interfaceName, entry), entry.lsa());
      }
    }
  }

  /** An LSA in a line each. */
  List<LsaSummary> summaries() {
    List<LsaSummary> rows = new ArrayList<>();
    each((summary, lsa) -> rows.add(summary));
    return rows;
  }

  /** The same with what they say. */
  List<OspfLsaReport.LsaDetail> details() {
    List<OspfLsaReport.LsaDetail> rows = new ArrayList<>();
    each((summary, lsa) -> rows.add(detail(summary, lsa)));
    return rows;
  }

  private LsaSummary summary(
      @Nullable Ipv4Address areaId, @Nullable String interfaceName, LsaEntry entry) {
    LsaHeader header = entry.headerAt(nowNanos);
    LsaBody body = entry.lsa().body();
    return new LsaSummary(
        areaId,
        header.type(),
        LsaType.nameOf(header.type()),
        header.linkStateId(),
        header.advertisingRouter(),
        header.age() & ~LsaHeader.DO_NOT_AGE,
        header.isDoNotAge(),
        Integer.toUnsignedLong(header.sequence()),
        header.checksum(),
        header.length(),
        body instanceof RouterLsa router ? (Integer) router.links().size() : null,
        body instanceof AsExternalLsa external
            ? (Long) Integer.toUnsignedLong(external.routes().get(0).externalRouteTag())
            : null,
        interfaceName);
  }

  private static OspfLsaReport.LsaDetail detail(LsaSummary summary, Lsa lsa) {
    LsaBody body = lsa.body();
    return new OspfLsaReport.LsaDetail(
        summary,
        OptionWords.of(lsa.header().options()),
        body instanceof RouterLsa router ? router(router) : null,
        body instanceof NetworkLsa network
            ? new OspfLsaReport.Network(network.networkMask(), network.attachedRouters())
            : null,
        body instanceof SummaryLsa route
            ? new OspfLsaReport.Summary(route.networkMask(), route.metric())
            : null,
        body instanceof AsExternalLsa external ? external(external) : null,
        body instanceof OpaqueLsa opaque ? opaque(lsa.header().linkStateId(), opaque) : null);
  }

  private static OspfLsaReport.Router router(RouterLsa router) {
    return new OspfLsaReport.Router(
        router.isBorder(),
        router.isExternal(),
        router.isVirtualEndpoint(),
        (router.flags() & RouterLsa.NSSA_TRANSLATOR) != 0,
        router.links().stream()
            .map(
                link ->
                    new OspfLsaReport.Link(
                        link.type(), link.linkId(), link.linkData(), link.metric()))
            .toList());
  }

  private static OspfLsaReport.External external(AsExternalLsa external) {
    AsExternalLsa.Route route = external.routes().get(0);
    return new OspfLsaReport.External(
        external.networkMask(),
        route.type2(),
        route.metric(),
        route.forwardingAddress(),
        Integer.toUnsignedLong(route.externalRouteTag()));
  }

  private static OspfLsaReport.Opaque opaque(Ipv4Address linkStateId, OpaqueLsa opaque) {
    int type = OpaqueLsa.opaqueType(linkStateId);
    List<String> lines;
    try {
      lines = List.of(OpaqueBody.decode(type, opaque.information()).toString());
    } catch (MalformedPacketException e) {
      lines = List.of("malformed: " + e.getMessage());
    }
    return new OspfLsaReport.Opaque(type, OpaqueLsa.opaqueId(linkStateId), lines);
  }
}
