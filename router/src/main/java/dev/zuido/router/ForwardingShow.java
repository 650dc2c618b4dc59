package dev.zuido.router;

import dev.zuido.gre.GreTunnel;
import dev.zuido.gre.GreVerdict;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.router.config.AccessList;
import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.TunnelConfig;
import dev.zuido.router.config.TunnelKeepalive;
import dev.zuido.router.config.TunnelSource;
import dev.zuido.router.forwarding.AccessFilter;
import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import dev.zuido.router.show.AccessListReport;
import dev.zuido.router.show.InterfaceReport;
import dev.zuido.router.show.RouteReport;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gathers what {@code show} says about forwarding: routes, interfaces, access lists. */
final class ForwardingShow {
  private final RouterParts parts;
  private final DialerShow dialers;

  /** Without a time: what lines say of theirs is as of the last that the router has seen. */
  ForwardingShow(RouterParts parts) {
    this(parts, parts.nowNanos());
  }

  ForwardingShow(RouterParts parts, long nowNanos) {
    this.parts = parts;
    this.dialers = new DialerShow(parts, nowNanos);
  }

  // ---- Routes

  RouteReport routes() {
    OspfEngine ospf = parts.controlPlane().ospf();
    OspfOrigins origins = ospf == null ? null : new OspfOrigins(ospf);
    return new RouteReport(
        parts.routes().routes().stream().map(route -> route(route, origins)).toList());
  }

  private RouteReport.Entry route(Route route, @Nullable OspfOrigins origins) {
    OspfRoute ospf = ospfRoute(route);
    return new RouteReport.Entry(
        route.prefix(),
        route.source().letter() + (ospf == null || origins == null ? "" : origins.code(ospf)),
        CounterNames.of(route.source()),
        route.distance(),
        route.metric(),
        ospf == null || origins == null ? null : origins.tag(ospf),
        route.nextHops().stream().map(this::nextHop).toList());
  }

  /** What OSPF knows of a route of its own; null of another, and of one to Null0. */
  private @Nullable OspfRoute ospfRoute(Route route) {
    OspfEngine ospf = parts.controlPlane().ospf();
    return route.source() == RouteSource.OSPF && ospf != null
        ? ospf.routes().route(route.prefix())
        : null;
  }

  private RouteReport.NextHop nextHop(NextHop hop) {
    String name =
        switch (hop.interfaceNumber()) {
          case NextHop.DISCARD -> "Null0";
          case NextHop.RECURSIVE -> null;
          default -> parts.interfaces().get(hop.interfaceNumber()).name();
        };
    return new RouteReport.NextHop(hop.gateway(), name);
  }

  // ---- Interfaces

  InterfaceReport interfaces(Predicate<IosInterfaceName> wanted) {
    List<InterfaceReport.Entry> rows = new ArrayList<>();
    for (RouterInterface each : parts.interfaces()) {
      if (wanted.test(each.config().name())) {
        rows.add(entry(each));
      }
    }
    return new InterfaceReport(rows);
  }

  private InterfaceReport.Entry entry(RouterInterface each) {
    InterfaceConfig config = each.config();
    List<InterfaceAddress> addresses = config.addresses();
    TunnelLine line = parts.tunnels().of(each);
    InterfaceCounters counters = each.counters();
    IosInterfaceName lender = config.unnumbered();
    return new InterfaceReport.Entry(
        each.name(),
        config.description(),
        !config.shutdown(),
        each.isLineUp(),
        each.isLineUp() ? null : LineCause.of(each, line),
        each.address(),
        addresses.isEmpty() ? null : (Integer) addresses.get(0).prefixLength(),
        lender == null ? null : lender.toString(),
        addresses.stream().skip(1).map(InterfaceAddress::toString).toList(),
        each.mtu(),
        config.effectiveBandwidthKbps(),
        config.accessGroupIn(),
        config.accessGroupOut(),
        config.cryptoMap(),
        counters.packetsIn(),
        counters.bytesIn(),
        counters.packetsOut(),
        counters.bytesOut(),
        drops(counters),
        line == null ? null : tunnel(line.tunnel(), config.tunnel()),
        dialers.ofInterface(each));
  }

  private static List<InterfaceReport.Drop> drops(InterfaceCounters counters) {
    List<InterfaceReport.Drop> drops = new ArrayList<>();
    counters
        .drops()
        .snapshot()
        .forEach(
            (reason, count) ->
                drops.add(
                    new InterfaceReport.Drop(CounterNames.of(reason), reason.words(), count)));
    return drops;
  }

  private static InterfaceReport.Tunnel tunnel(
      GreTunnel tunnel, @Nullable TunnelConfig configured) {
    TunnelSource source = configured == null ? null : configured.source();
    TunnelKeepalive keepalive = configured == null ? null : configured.keepalive();
    Integer key = tunnel.config().key();
    return new InterfaceReport.Tunnel(
        (Ipv4Address) tunnel.config().local(),
        source instanceof TunnelSource.OfInterface named ? named.name().toString() : null,
        (Ipv4Address) tunnel.config().remote(),
        tunnel.overhead(),
        key == null ? null : (Long) Integer.toUnsignedLong(key),
        tunnel.config().checksum(),
        tunnel.config().sequence(),
        keepalive == null
            ? null
            : new InterfaceReport.Keepalive(keepalive.periodSeconds(), keepalive.retries()),
        CounterNames.occurred(GreVerdict.class, tunnel.sent()::get),
        CounterNames.occurred(GreVerdict.class, tunnel.received()::get));
  }

  // ---- Access lists

  AccessListReport accessLists() {
    List<AccessListReport.Entry> rows = new ArrayList<>();
    for (AccessFilter filter : parts.filters().values()) {
      AccessList list = filter.list();
      List<AccessListReport.Rule> rules = new ArrayList<>();
      for (AccessRule rule : list.rules()) {
        rules.add(
            new AccessListReport.Rule(
                rule.sequence(),
                list.kind() == AccessList.Kind.STANDARD ? rule.toStandardString() : rule.toString(),
                filter.matches(rules.size())));
      }
      rows.add(
          new AccessListReport.Entry(
              list.name(), list.kind().iosName(), rules, filter.unmatched()));
    }
    return new AccessListReport(rows);
  }
}
