package dev.zuido.benchmarks;

import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.ospf.SpfBackoff;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.tun.PortPoller;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Stands between a grid of routers, which it makes up, and a daemon on one of the kernel's
 * interfaces, and floods to the daemon what the grid says. It does what it is told line by line:
 *
 * <ul>
 *   <li>{@code full}: waits for the adjacency.
 *   <li>{@code flood}: the whole grid; tells when the daemon has acknowledged all.
 *   <li>{@code warm}: many changes, one soon after the other.
 *   <li>{@code change}: another router of the grid changes its costs; tells when it is
 *       acknowledged.
 * </ul>
 *
 * <p>Arguments: the kernel's interface, its address (a /30), the number of routers, the
 * microseconds from one packet of a flood to the next.
 */
public final class OspfFeeder {
  private static final int DAEMON = 2;
  private static final Ipv4Address ROUTER_ID = Ipv4Address.of(1, 1, 1, 1);
  private static final long SECOND = 1_000_000_000L;
  private static final int WARM_CHANGES = 300;
  private static final long WARM_NANOS = 60 * SECOND / 1000;
  private static final long PATIENCE = 60 * SECOND;

  private final OspfGrid grid;
  private final OspfEngine engine;
  private final OspfGridPeer peer;
  private final OspfPort port;
  private final PortPoller poller = new PortPoller(1);
  private final long packetNanos;
  private final ByteBuf out = Unpooled.buffer(OspfEngine.PACKET_CAPACITY);
  private int changed;

  private OspfFeeder(String link, Ipv4Address address, int routers, long packetNanos) {
    this.packetNanos = packetNanos;
    grid = new OspfGrid(routers, ROUTER_ID);
    OspfInterfaceConfig toDaemon =
        OspfInterfaceConfig.pointToPoint(DAEMON, link, address, 30, OspfAreaConfig.BACKBONE);
    OspfConfig config =
        OspfConfig.builder(ROUTER_ID)
            .interfaces(List.of(OspfGridPeer.link(), toDaemon))
            .spfBackoff(SpfBackoff.constant(60_000)) // It takes no time from what is measured.
            .build();
    engine = new OspfEngine(config, new Random());
    peer = new OspfGridPeer(engine);
    port = new OspfPort(DAEMON, link, address);
    poller.add(port.waitable());
    changed = routers / 2;
  }

  /** Reads what to do from its standard input, to its end. */
  public static void main(String[] arguments) throws IOException {
    OspfFeeder feeder =
        new OspfFeeder(
            arguments[0],
            Ipv4Address.parse(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]) * 1000L);
    feeder.begin();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    while (true) {
      while (!in.ready()) {
        feeder.step(SECOND / 100);
      }
      String line = in.readLine();
      if (line == null || line.equals("quit")) {
        return;
      }
      System.out.println(feeder.obey(line));
    }
  }

  private String obey(String line) {
    return switch (line) {
      case "full" -> await(this::isFull) + " full";
      case "flood" -> {
        List<LinkStateUpdatePacket> updates = OspfGridPeer.updates(grid.lsas());
        long begin = System.nanoTime();
        long next = begin;
        for (LinkStateUpdatePacket update : updates) {
          peer.send(update, System.nanoTime());
          drain();
          next += packetNanos;
          while (System.nanoTime() < next) {
            step(0);
          }
        }
        await(this::isAcknowledged);
        yield sinceMillis(begin) + " ms flooded " + updates.size() + " packets";
      }
      case "change" -> {
        long begin = System.nanoTime();
        change();
        await(this::isAcknowledged);
        yield sinceMillis(begin) + " ms changed";
      }
      case "warm" -> {
        for (int i = 0; i < WARM_CHANGES; i++) {
          change();
          long next = System.nanoTime() + WARM_NANOS;
          while (System.nanoTime() < next) {
            step(SECOND / 1000);
          }
        }
        yield await(this::isAcknowledged) + " warm";
      }
      default -> "what is " + line + "?";
    };
  }

  private void change() {
    changed = changed + 1 < grid.routers() ? changed + 1 : grid.routers() / 2;
    peer.send(
        OspfGridPeer.updates(List.of(grid.withOtherCosts(changed))).get(0), System.nanoTime());
    drain();
  }

  private static String sinceMillis(long begin) {
    return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - begin) / 1e6);
  }

  private interface Condition {
    boolean holds();
  }

  private String await(Condition condition) {
    long begin = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - begin > PATIENCE) {
        throw new IllegalStateException("nothing happens: " + engine.neighbors(System.nanoTime()));
      }
      step(SECOND / 1000);
    }
    return sinceMillis(begin) + " ms";
  }

  private boolean isFull() {
    for (NeighborSnapshot neighbor : engine.neighbors(System.nanoTime())) {
      if (neighbor.interfaceId() == DAEMON && neighbor.state() == NeighborState.FULL) {
        return true;
      }
    }
    return false;
  }

  private boolean isAcknowledged() {
    for (NeighborSnapshot neighbor : engine.neighbors(System.nanoTime())) {
      if (neighbor.interfaceId() == DAEMON && neighbor.retransmissions() > 0) {
        return false;
      }
    }
    return true;
  }

  private void begin() {
    long now = System.nanoTime();
    engine.handle(new OspfCommand.InterfaceUp(OspfGridPeer.INTERFACE), now);
    engine.handle(new OspfCommand.InterfaceUp(DAEMON), now);
    drain();
    peer.greet(now);
    drain();
  }

  /** Waits for a packet for at most some time, and does what is due. */
  private void step(long nanos) {
    long wait = Math.min(nanos, engine.nextDeadline() - System.nanoTime());
    if (poller.await(wait)) {
      port.receive(engine, this::drain);
    }
    engine.handleTimeout(System.nanoTime());
    drain();
  }

  private void drain() {
    for (OspfOutput next = engine.poll(out.clear());
        next != null;
        next = engine.poll(out.clear())) {
      if (next instanceof OspfOutput.Transmit transmit) {
        if (transmit.interfaceId() == DAEMON) {
          port.send(out, transmit.destination());
        } else {
          peer.take(out, System.nanoTime());
        }
      }
    }
  }
}
