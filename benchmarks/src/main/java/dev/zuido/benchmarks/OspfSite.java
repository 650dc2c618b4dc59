package dev.zuido.benchmarks;

import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;

/** An engine with a grid attached to it, both in virtual time. */
final class OspfSite {
  static final Ipv4Address ROUTER_ID = Ipv4Address.of(1, 1, 1, 1);
  private static final long SECOND = 1_000_000_000L;

  final OspfEngine engine = new OspfEngine(OspfGridPeer.config(ROUTER_ID), new Random(1));
  final OspfGridPeer peer = new OspfGridPeer(engine);
  private final ByteBuf out = Unpooled.buffer(OspfEngine.PACKET_CAPACITY);
  private RoutingTable routes = RoutingTable.EMPTY;
  private long now = SECOND;

  /** Brings the adjacency up. */
  OspfSite() {
    engine.handle(new OspfCommand.InterfaceUp(OspfGridPeer.INTERFACE), now);
    drain();
    peer.greet(now);
    drain();
    runFor(10 * SECOND);
    if (engine.neighbors(now).get(0).state() != NeighborState.FULL) {
      throw new IllegalStateException("not full: " + engine.neighbors(now));
    }
  }

  /** The routes that the engine has told last. */
  RoutingTable routes() {
    return routes;
  }

  /** Sends updates, and lets the engine do what is due at once. */
  void take(List<LinkStateUpdatePacket> updates) {
    for (LinkStateUpdatePacket update : updates) {
      peer.send(update, now);
      drain();
    }
    engine.handleTimeout(now);
    drain();
  }

  /** Lets time go on. */
  void runFor(long nanos) {
    long end = now + nanos;
    while (engine.nextDeadline() <= end) {
      now = Math.max(now, engine.nextDeadline());
      engine.handleTimeout(now);
      drain();
    }
    now = end;
  }

  private void drain() {
    for (OspfOutput next = engine.poll(out.clear());
        next != null;
        next = engine.poll(out.clear())) {
      if (next instanceof OspfOutput.Transmit) {
        peer.take(out, now);
      } else if (next instanceof OspfOutput.RoutesChanged changed) {
        routes = changed.table();
      }
    }
  }
}
