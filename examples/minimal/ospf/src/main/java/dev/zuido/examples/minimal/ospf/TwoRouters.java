package dev.zuido.examples.minimal.ospf;

import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;

/** Two routers on a point-to-point link become fully adjacent and learn each other's networks. */
public final class TwoRouters {
  private static final int LINK = 1;
  private static final int LOOPBACK = 2;
  private static final Ipv4Address WEST = Ipv4Address.parse("192.168.1.1");
  private static final Ipv4Address EAST = Ipv4Address.parse("192.168.1.2");

  private final ByteBuf out = Unpooled.buffer(OspfEngine.PACKET_CAPACITY);

  /** The packets on the link, each as the call that delivers it. */
  private final Queue<Runnable> link = new ArrayDeque<>();

  private long now; // nanoseconds of virtual time: it jumps from deadline to deadline

  private TwoRouters() {}

  /** Prints the neighbors' states and the routes, with the virtual time. */
  public static void main(String[] args) {
    new TwoRouters().run();
  }

  private void run() {
    OspfEngine west = router(WEST, "10.0.0.1");
    OspfEngine east = router(EAST, "10.0.0.2");
    for (int id : new int[] {LINK, LOOPBACK}) {
      west.handle(new OspfCommand.InterfaceUp(id), now);
      east.handle(new OspfCommand.InterfaceUp(id), now);
    }
    long end = 60_000_000_000L;
    while (now < end && !(isFull(west) && isFull(east) && knowsAll(west) && knowsAll(east))) {
      drain("west", west, WEST, east);
      drain("east", east, EAST, west);
      if (!link.isEmpty()) {
        link.remove().run();
      } else {
        now = Math.min(west.nextDeadline(), east.nextDeadline());
        west.handleTimeout(now);
        east.handleTimeout(now);
      }
    }
    if (now >= end) {
      throw new IllegalStateException("no adjacency within a minute");
    }
    System.out.println("west's routes:");
    for (OspfRoute route : west.routes().routes()) {
      System.out.printf("  %-15s cost %-3d %s%n", route.prefix(), route.cost(), route.nextHops());
    }
  }

  /** A router with the link and a loopback interface, whose address is its Router ID. */
  private static OspfEngine router(Ipv4Address address, String id) {
    Ipv4Address routerId = Ipv4Address.parse(id);
    Ipv4Address area = OspfAreaConfig.BACKBONE;
    return new OspfEngine(
        OspfConfig.of(
            routerId,
            OspfInterfaceConfig.pointToPoint(LINK, "link", address, 30, area),
            OspfInterfaceConfig.loopback(LOOPBACK, "Loopback0", routerId, area)),
        new SplittableRandom(routerId.value()));
  }

  private boolean isFull(OspfEngine router) {
    return router.neighbors(now).stream().anyMatch(n -> n.state() == NeighborState.FULL);
  }

  private static boolean knowsAll(OspfEngine router) {
    return router.routes().routes().size() == 3; // the link and two loopbacks
  }

  /** Takes everything that an engine has to say. */
  private void drain(String name, OspfEngine engine, Ipv4Address source, OspfEngine other) {
    for (OspfOutput output; (output = engine.poll(out.clear())) != null; ) {
      if (output instanceof OspfOutput.Transmit to) {
        ByteBuf packet = out.copy();
        link.add(() -> other.handle(to.interfaceId(), packet, source, to.destination(), now));
      } else if (output instanceof OspfOutput.NeighborChanged change) {
        System.out.printf(
            "%2d s %s: %s is %s%n", now / 1_000_000_000, name, change.routerId(), change.to());
      }
    }
  }
}
