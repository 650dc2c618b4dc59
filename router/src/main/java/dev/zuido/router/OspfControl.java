package dev.zuido.router;

import dev.zuido.ospf.ExternalDestination;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.ospf.RestartRecord;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.router.config.OspfDistance;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import dev.zuido.router.forwarding.RouteTable;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The glue between OSPF and the router: sends the engine's packets, puts its routes into the table,
 * and tells it of the routes that are redistributed.
 */
final class OspfControl {
  /** The distance of a route to Null0 behind a summary of redistributed networks, as on IOS. */
  private static final int SUMMARY_DISTANCE = 254;

  private final OspfEngine engine;
  private final OspfProcess process;
  private final List<RouterInterface> interfaces;
  private final PacketOrigin origin;
  private final RouteTable table;
  private final ControlPlane.RouteSink routes;
  private final EventLog log;
  private final BitSet members = new BitSet();
  private final OspfExternals externals;
  private final ByteBuf out =
      Unpooled.buffer(OspfEngine.PACKET_CAPACITY, OspfEngine.PACKET_CAPACITY);
  private OspfExternals.Told told = new OspfExternals.Told(Map.of(), List.of());
  private long tableVersion = -1;
  private @Nullable RestartRecord prepared;
  private boolean restarting;
  private boolean ended;

  OspfControl(
      OspfEngine engine,
      OspfProcess process,
      List<RouterInterface> interfaces,
      PacketOrigin origin,
      RouteTable table,
      ControlPlane.RouteSink routes,
      EventLog log) {
    this.engine = engine;
    this.process = process;
    this.interfaces = interfaces;
    this.origin = origin;
    this.table = table;
    this.routes = routes;
    this.log = log;
    engine.config().interfaces().forEach(each -> members.set(each.id()));
    this.externals = new OspfExternals(process, members::get);
    // After a graceful restart the first thing that it says is so.
    drain();
  }

  OspfEngine engine() {
    return engine;
  }

  /** What is told others of routes from outside. */
  OspfExternals.Told told() {
    return told;
  }

  /** Whether OSPF runs on an interface. */
  boolean runsOn(RouterInterface which) {
    return members.get(which.number());
  }

  /** An OSPF packet has come in on an interface. */
  void packet(
      RouterInterface in,
      ByteBuf packet,
      Ipv4Address source,
      Ipv4Address destination,
      int ttl,
      long nowNanos) {
    if (runsOn(in)) {
      engine.handle(in.number(), packet, source, destination, ttl, nowNanos);
      drain();
    }
  }

  /** An interface has gone up or down. */
  void interfaceChanged(RouterInterface changed, long nowNanos) {
    if (runsOn(changed)) {
      handle(
          changed.isLineUp()
              ? new OspfCommand.InterfaceUp(changed.number())
              : new OspfCommand.InterfaceDown(changed.number()),
          nowNanos);
    }
  }

  /** Gives the engine a command and does what it says then. */
  void handle(OspfCommand command, long nowNanos) {
    engine.handle(command, nowNanos);
    drain();
  }

  void handleTimeouts(long nowNanos) {
    if (engine.nextDeadline() <= nowNanos) {
      engine.handleTimeout(nowNanos);
      drain();
    }
  }

  /** Does what OSPF says. */
  private void drain() {
    OspfOutput output;
    while ((output = engine.poll(out.clear())) != null) {
      if (output instanceof OspfOutput.Transmit transmit) {
        origin.sendOspf(
            interfaces.get(transmit.interfaceId()), transmit.destination(), transmit.ttl(), out);
      } else if (output instanceof OspfOutput.TransmitVirtual transmit) {
        origin.routeOspf(transmit.source(), transmit.destination(), out);
      } else if (output instanceof OspfOutput.RoutesChanged changed) {
        install(changed.table());
      } else if (output instanceof OspfOutput.ShutdownComplete) {
        ended = true;
      } else if (output instanceof OspfOutput.RestartPrepared ready) {
        prepared = ready.record();
      } else {
        restarting =
            (restarting || output instanceof OspfOutput.RestartStarted)
                && !(output instanceof OspfOutput.RestartEnded);
        log.ospf(output);
      }
    }
  }

  // ---- Routes from OSPF

  /** Puts OSPF's routes into the table in place of those that were there. */
  private void install(RoutingTable calculated) {
    Map<Ipv4Prefix, Route> found = new TreeMap<>();
    for (OspfRoute route : calculated.routes()) {
      List<NextHop> hops = hops(route);
      // Without a neighbour in between the network is connected, and the table knows it already.
      if (!hops.isEmpty()) {
        int metric =
            route.pathType() == PathType.EXTERNAL_TYPE_2 ? route.type2Cost() : route.cost();
        found.put(
            route.prefix(),
            new Route(route.prefix(), RouteSource.OSPF, distance(route.pathType()), metric, hops));
      }
    }
    // Of a range that we tell, what is in none of its networks goes nowhere.
    for (Ipv4Prefix range : calculated.discards()) {
      discard(found, range, process.options().distance().interArea(), 0);
    }
    for (OspfExternals.Summary each : told.summaries()) {
      if (each.told() != null) {
        discard(found, each.configured().prefix(), SUMMARY_DISTANCE, each.told().metric());
      }
    }
    routes.replace(RouteSource.OSPF, List.copyOf(found.values()));
  }

  private List<NextHop> hops(OspfRoute route) {
    List<NextHop> hops = new ArrayList<>();
    for (dev.zuido.ospf.spf.NextHop hop : route.nextHops()) {
      boolean borrows =
          hop.interfaceIndex() >= 0
              && hop.interfaceIndex() < interfaces.size()
              && interfaces.get(hop.interfaceIndex()).config().unnumbered() != null;
      if (hop.address() != null || borrows) {
        hops.add(new NextHop(hop.interfaceIndex(), hop.address()));
      }
    }
    return hops;
  }

  private int distance(PathType type) {
    OspfDistance distance = process.options().distance();
    return switch (type) {
      case INTRA_AREA -> distance.intraArea();
      case INTER_AREA -> distance.interArea();
      case EXTERNAL_TYPE_1, EXTERNAL_TYPE_2 -> distance.external();
    };
  }

  private static void discard(
      Map<Ipv4Prefix, Route> found, Ipv4Prefix prefix, int distance, int metric) {
    found.putIfAbsent(
        prefix,
        new Route(
            prefix,
            RouteSource.OSPF,
            distance,
            metric,
            List.of(new NextHop(NextHop.DISCARD, null))));
  }

  // ---- Routes for OSPF

  /** Tells the engine what is redistributed, if the table has changed since the last time. */
  void redistribute(long nowNanos) {
    if (!externals.isActive() || table.version() == tableVersion) {
      return;
    }
    tableVersion = table.version();
    OspfExternals.Told before = told;
    told = externals.of(table);
    if (told.equals(before)) {
      return;
    }
    before.destinations().keySet().stream()
        .filter(prefix -> !told.destinations().containsKey(prefix))
        .forEach(prefix -> engine.handle(new OspfCommand.WithdrawExternal(prefix), nowNanos));
    told.destinations()
        .forEach(
            (prefix, external) -> {
              if (!external.equals(before.destinations().get(prefix))) {
                announce(prefix, external, nowNanos);
              }
            });
    drain();
    if (!told.summaries().equals(before.summaries())) {
      install(engine.routes());
    }
  }

  private void announce(Ipv4Prefix prefix, OspfExternals.External external, long nowNanos) {
    engine.handle(
        new OspfCommand.AnnounceExternal(
            new ExternalDestination(
                prefix,
                external.metric(),
                external.type2(),
                external.gateway(),
                (int) external.tag())),
        nowNanos);
  }

  /** What the engine after a graceful restart has to know, once the neighbors know of it. */
  @Nullable RestartRecord preparedRestart() {
    return prepared;
  }

  /** Whether a graceful restart has begun and not ended. */
  boolean isRestarting() {
    return restarting;
  }

  /** Whether the engine has taken leave of all neighbors. */
  boolean hasEnded() {
    return ended;
  }

  /** When the engine has something to do next. */
  long nextDeadline() {
    return engine.nextDeadline();
  }
}
