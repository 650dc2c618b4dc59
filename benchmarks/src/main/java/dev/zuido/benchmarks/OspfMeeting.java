package dev.zuido.benchmarks;

import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.ospf.SpfBackoff;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A router that holds the database of a grid, and one that knows nothing and becomes its neighbor,
 * in virtual time over a link without delay.
 */
final class OspfMeeting {
  private static final int BETWEEN = 2;
  private static final long SECOND = 1_000_000_000L;
  private static final Ipv4Address ALL_SPF_ROUTERS = Ipv4Address.of(224, 0, 0, 5);
  private static final List<Ipv4Address> ADDRESSES =
      List.of(Ipv4Address.parse("192.0.2.5"), Ipv4Address.parse("192.0.2.6"));

  private final List<OspfEngine> engines;
  private final OspfGridPeer peer;
  private final ByteBuf out = Unpooled.buffer(OspfEngine.PACKET_CAPACITY);
  private final Deque<ByteBuf> toFirst = new ArrayDeque<>();
  private final Deque<ByteBuf> toSecond = new ArrayDeque<>();
  private long now = SECOND;

  /** The first router takes the database; the second one's interface is down. */
  OspfMeeting(List<LinkStateUpdatePacket> updates) {
    engines =
        List.of(
            engine(OspfSite.ROUTER_ID, OspfGridPeer.link(), between(0)),
            engine(Ipv4Address.of(2, 2, 2, 2), between(1)));
    peer = new OspfGridPeer(engines.get(0));
    OspfEngine first = engines.get(0);
    first.handle(new OspfCommand.InterfaceUp(OspfGridPeer.INTERFACE), now);
    drain();
    peer.greet(now);
    drain();
    run(10 * SECOND);
    for (LinkStateUpdatePacket each : updates) {
      peer.send(each, now);
      drain();
    }
    run(10 * SECOND);
  }

  private static OspfInterfaceConfig between(int side) {
    return OspfInterfaceConfig.pointToPoint(
        BETWEEN, "between", ADDRESSES.get(side), 30, OspfAreaConfig.BACKBONE);
  }

  private static OspfEngine engine(Ipv4Address routerId, OspfInterfaceConfig... interfaces) {
    OspfConfig config =
        OspfConfig.builder(routerId)
            .interfaces(List.of(interfaces))
            .spfBackoff(SpfBackoff.constant(50))
            .build();
    return new OspfEngine(config, new Random(1));
  }

  /** The two meet; gives the LSAs that the second one has when both are fully adjacent. */
  int meet() {
    for (OspfEngine each : engines) {
      each.handle(new OspfCommand.InterfaceUp(BETWEEN), now);
      drain();
    }
    run(30 * SECOND);
    OspfEngine second = engines.get(1);
    if (second.neighbors(now).get(0).state() != NeighborState.FULL) {
      throw new IllegalStateException("not full: " + second.neighbors(now));
    }
    return second.database().size();
  }

  /** Lets time go on. */
  private void run(long nanos) {
    long end = now + nanos;
    while (true) {
      long next = Math.min(engines.get(0).nextDeadline(), engines.get(1).nextDeadline());
      if (next > end) {
        now = end;
        return;
      }
      now = Math.max(now, next);
      for (OspfEngine each : engines) {
        each.handleTimeout(now);
        drain();
      }
    }
  }

  /** Carries packets until there are no more. */
  private void drain() {
    boolean busy = true;
    while (busy) {
      busy = poll(engines.get(0), toSecond);
      busy |= poll(engines.get(1), toFirst);
      busy |= deliver(toFirst, engines.get(0), ADDRESSES.get(1));
      busy |= deliver(toSecond, engines.get(1), ADDRESSES.get(0));
    }
  }

  private boolean poll(OspfEngine from, Deque<ByteBuf> to) {
    boolean any = false;
    for (OspfOutput next = from.poll(out.clear()); next != null; next = from.poll(out.clear())) {
      any = true;
      if (next instanceof OspfOutput.Transmit transmit) {
        if (transmit.interfaceId() == BETWEEN) {
          to.add(out.copy());
        } else {
          peer.take(out, now);
        }
      }
    }
    return any;
  }

  private boolean deliver(Deque<ByteBuf> packets, OspfEngine to, Ipv4Address source) {
    ByteBuf packet = packets.poll();
    if (packet == null) {
      return false;
    }
    to.handle(BETWEEN, packet, source, ALL_SPF_ROUTERS, now);
    return true;
  }
}
