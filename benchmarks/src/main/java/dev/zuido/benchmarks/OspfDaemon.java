package dev.zuido.benchmarks;

import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.ospf.SpfBackoff;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.tun.PortPoller;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The engine as a daemon on one of the kernel's interfaces, beside which others are measured. It
 * prints how long each route calculation took and how many routes there are then.
 *
 * <p>Arguments: the kernel's interface, its address (a /30), the Router ID.
 */
public final class OspfDaemon {
  private final OspfEngine engine;
  private final OspfPort port;
  private final ByteBuf out = Unpooled.buffer(OspfEngine.PACKET_CAPACITY);
  private RoutingTable routes = RoutingTable.EMPTY;

  private OspfDaemon(String link, Ipv4Address address, Ipv4Address routerId) {
    OspfInterfaceConfig on =
        OspfInterfaceConfig.pointToPoint(1, link, address, 30, OspfAreaConfig.BACKBONE);
    OspfConfig config =
        OspfConfig.builder(routerId)
            .interfaces(List.of(on))
            .spfBackoff(SpfBackoff.constant(50))
            .build();
    engine = new OspfEngine(config, new Random());
    port = new OspfPort(1, link, address);
  }

  /** Runs until it is killed. */
  public static void main(String[] arguments) {
    OspfDaemon daemon =
        new OspfDaemon(
            arguments[0], Ipv4Address.parse(arguments[1]), Ipv4Address.parse(arguments[2]));
    daemon.run();
  }

  private void run() {
    engine.handle(new OspfCommand.InterfaceUp(1), System.nanoTime());
    drain();
    try (PortPoller poller = new PortPoller(1)) {
      poller.add(port.waitable());
      while (true) {
        long deadline = engine.nextDeadline();
        long wait =
            deadline == OspfEngine.NO_DEADLINE ? 1_000_000_000L : deadline - System.nanoTime();
        if (poller.await(wait)) {
          port.receive(engine, this::drain);
        }
        timeout();
      }
    }
  }

  private void timeout() {
    long before = engine.routeCalculations();
    long begin = System.nanoTime();
    engine.handleTimeout(begin);
    if (engine.routeCalculations() == before) {
      drain();
      return;
    }
    drain();
    long nanos = System.nanoTime() - begin;
    System.out.printf(Locale.ROOT, "spf %.3f ms %d routes%n", nanos / 1e6, routes.routes().size());
  }

  private void drain() {
    for (OspfOutput next = engine.poll(out.clear());
        next != null;
        next = engine.poll(out.clear())) {
      if (next instanceof OspfOutput.Transmit transmit) {
        port.send(out, transmit.destination());
      } else if (next instanceof OspfOutput.RoutesChanged changed) {
        routes = changed.table();
      }
    }
  }
}
