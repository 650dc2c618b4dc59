package dev.zuido.router;

import dev.zuido.esp.EspVerdict;
import dev.zuido.esp.SaCounters;
import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.gre.GreTunnel;
import dev.zuido.gre.GreVerdict;
import dev.zuido.ike.IkeCounters;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ospf.DropReason;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.pppoe.PppoeDropReason;
import dev.zuido.pppoe.PppoeVerdict;
import dev.zuido.pppoe.ppp.PppDropReason;
import dev.zuido.router.show.CounterReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers every counter of a router that has a name. */
final class CounterShow {
  private final RouterParts parts;
  private final List<CounterReport.Group> groups = new ArrayList<>();

  CounterShow(RouterParts parts) {
    this.parts = parts;
  }

  CounterReport counters() {
    groups.clear();
    parts.interfaces().forEach(this::addInterface);
    addAssociations();
    IkeEngine ike = parts.controlPlane().ike();
    if (ike != null) {
      addIke(ike.counters());
    }
    OspfEngine ospf = parts.controlPlane().ospf();
    if (ospf != null) {
      addOspf(ospf);
    }
    add("reassembly", null, parts.dataPlane().reassemblyCounters());
    add("icmpErrors", null, Map.of("suppressed", parts.dataPlane().suppressedIcmpErrors()));
    add("ownPackets", null, Map.of("refused", parts.origin().refused()));
    add("log", null, Map.of("unloggedDrops", parts.log().unloggedDrops()));
    return new CounterReport(groups);
  }

  private void add(String scope, @Nullable String name, Map<String, Long> counters) {
    groups.add(new CounterReport.Group(scope, name, counters));
  }

  private void addInterface(RouterInterface each) {
    InterfaceCounters counters = each.counters();
    Map<String, Long> traffic = new LinkedHashMap<>();
    traffic.put("packetsIn", counters.packetsIn());
    traffic.put("bytesIn", counters.bytesIn());
    traffic.put("packetsOut", counters.packetsOut());
    traffic.put("bytesOut", counters.bytesOut());
    add("interface", each.name(), traffic);
    add(
        "interfaceDrops",
        each.name(),
        CounterNames.all(PacketDrop.class, reason -> counters.drops().get(reason)));
    GreTunnel tunnel = each.tunnel();
    if (tunnel != null) {
      add("greSent", each.name(), CounterNames.all(GreVerdict.class, tunnel.sent()::get));
      add("greReceived", each.name(), CounterNames.all(GreVerdict.class, tunnel.received()::get));
    }
    TunnelLine line = parts.tunnels().of(each);
    if (line != null && !line.keepaliveCounters().isEmpty()) {
      add("keepalives", each.name(), line.keepaliveCounters());
    }
    DialerLine dialer = each.dialer();
    if (dialer != null) {
      addDialer(each.name(), dialer);
    }
    CryptoPolicy crypto = each.crypto();
    if (crypto != null) {
      SaCounters decided = crypto.boundary().counters();
      add("espBoundary", each.name(), CounterNames.all(EspVerdict.class, decided::packets));
      add("negotiatedPolicies", each.name(), Map.of("refusedForLimit", crypto.limitHits()));
    }
  }

  private void addDialer(String name, DialerLine line) {
    add("pppoe", name, CounterNames.all(PppoeVerdict.class, line.client().counters()::get));
    add(
        "pppoeDiscoveryDrops",
        name,
        CounterNames.all(PppoeDropReason.class, line.client().discoveryDrops()::get));
    add("pppDrops", name, CounterNames.all(PppDropReason.class, line.pppDrops()::get));
    Map<String, Long> counters = CounterNames.all(DialerLine.Loss.class, line.losses()::get);
    counters.put("interestingPackets", line.interestingPackets());
    counters.put("dialled", line.dials());
    counters.put("idleHangUps", line.idleHangUps());
    add("dialer", name, counters);
  }

  private void addAssociations() {
    SecurityAssociationDatabase database = parts.controlPlane().associations();
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("inbound", (long) database.inboundAssociations().size());
    counters.put("outbound", (long) database.outboundAssociations().size());
    counters.put("refusedForLimit", database.limitHits());
    add("securityAssociations", null, counters);
  }

  private void addIke(IkeCounters ike) {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("received", ike.received());
    counters.put("sent", ike.sent());
    counters.put("retransmitted", ike.retransmitted());
    counters.put("repeatedAnswers", ike.repeatedAnswers());
    counters.put("natKeepalives", ike.natKeepalives());
    counters.put("halfOpenEvicted", ike.halfOpenEvicted());
    counters.put("quickModesQueued", ike.quickModesQueued());
    add("ike", null, counters);
    add(
        "ikeDrops",
        null,
        CounterNames.all(
            dev.zuido.ike.DropReason.class, reason -> ike.dropped().getOrDefault(reason, 0L)));
  }

  private void addOspf(OspfEngine ospf) {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("routeCalculations", ospf.routeCalculations());
    counters.put("lsas", (long) ospf.database().size());
    counters.put("lsasRefusedForLimit", ospf.database().refused());
    add("ospf", null, counters);
    Map<DropReason, Long> dropped = ospf.dropped();
    add(
        "ospfDrops",
        null,
        CounterNames.all(DropReason.class, reason -> dropped.getOrDefault(reason, 0L)));
  }
}
