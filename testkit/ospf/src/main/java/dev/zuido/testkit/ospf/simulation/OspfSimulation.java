package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.testkit.SeededRandom;
import dev.zuido.testkit.ospf.simulation.SimulatedSegment.Port;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Routers joined by segments, in virtual time. One seed gives one run: nothing else decides what
 * happens.
 */
public final class OspfSimulation {
  /** Nanoseconds of a second. */
  public static final long SECOND = 1_000_000_000L;

  private static final int HELLO = 1;
  private static final int MOST_HOPS = 64;

  /** Stands for any virtual link. */
  private static final int VIRTUAL_INTERFACE = -1;

  private final RandomGenerator random;
  private final SeededRandom seeds;
  private final List<SimulatedRouter> routers = new ArrayList<>();
  private final List<SimulatedSegment> segments = new ArrayList<>();
  private final List<SimulationObserver> observers = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
  private final ByteBuf out = Unpooled.buffer(OspfEngine.PACKET_CAPACITY);
  private long now = SECOND;
  private long nextOrder;
  private long lastExchange = now;
  private long packets;
  private Filter filter = (from, to, packet) -> true;

  /** Which packets get through at all. */
  @FunctionalInterface
  public interface Filter {
    /** Whether a packet from one router to another gets through. */
    boolean passes(SimulatedRouter from, SimulatedRouter to, ByteString packet);
  }

  /**
   * What happens next: a datagram comes, or a router's deadline does.
   *
   * @param hops how often the datagram may be forwarded; 0 if it never leaves its segment
   */
  private record Event(
      long time, long order, SimulatedRouter router, @Nullable Datagram datagram, int hops) {}

  /** An empty network, one second after the beginning of time. */
  public OspfSimulation(long seed) {
    seeds = new SeededRandom(seed, "ospf simulation");
    random = new Random(seeds.nextLong());
  }

  /** The moment, in nanoseconds. */
  public long now() {
    return now;
  }

  /** How many packets were sent. */
  public long packets() {
    return packets;
  }

  /** The routers, in the order in which they were added. */
  public List<SimulatedRouter> routers() {
    return new ArrayList<>(routers);
  }

  /** Lets an observer see all that happens from now on. */
  public void observe(SimulationObserver observer) {
    observers.add(observer);
  }

  OspfEngine engineFor(SimulatedRouter router) {
    return new OspfEngine(router.config(), new Random(seeds.nextLong()), router.store());
  }

  /** Adds a router whose interfaces are down. */
  public SimulatedRouter add(String name, OspfConfig config) {
    SimulatedRouter router = new SimulatedRouter(name, config, this);
    routers.add(router);
    return router;
  }

  /** Adds a segment without interfaces. */
  public SimulatedSegment segment() {
    SimulatedSegment segment = new SimulatedSegment();
    segments.add(segment);
    return segment;
  }

  /** All segments get a quality. */
  public void setQuality(LinkQuality quality) {
    segments.forEach(segment -> segment.setQuality(quality));
  }

  /** Lets only some packets through, in place of the filter before. */
  public void setFilter(Filter newFilter) {
    filter = newFilter;
  }

  /**
   * Attaches an interface.
   *
   * @throws IllegalArgumentException if the interface is attached already
   */
  public void attach(SimulatedSegment segment, SimulatedRouter router, int interfaceId) {
    if (router.segments.putIfAbsent(interfaceId, segment) != null) {
      throw new IllegalArgumentException(
          "interface " + interfaceId + " of " + router + " is attached already");
    }
    segment.attach(new Port(router, interfaceId));
  }

  /** Joins two interfaces by a wire. */
  public SimulatedSegment join(
      SimulatedRouter first, int firstInterface, SimulatedRouter second, int secondInterface) {
    SimulatedSegment segment = segment();
    attach(segment, first, firstInterface);
    attach(segment, second, secondInterface);
    return segment;
  }

  /** All interfaces of a router come up. */
  public void bringUp(SimulatedRouter router) {
    for (OspfInterfaceConfig each : router.config().interfaces()) {
      command(router, new OspfCommand.InterfaceUp(each.id()));
    }
  }

  /** A router is told something. */
  public void command(SimulatedRouter router, OspfCommand command) {
    router.engine.handle(command, now);
    settle(router);
  }

  /** A datagram comes to a router out of nowhere, as an attacker's does. */
  public void inject(SimulatedRouter to, Datagram datagram) {
    take(to, datagram);
  }

  /** A router stops without a word. */
  public void crash(SimulatedRouter router) {
    router.running = false;
    router.wakeAt = SimulatedRouter.NEVER;
  }

  /** A router begins anew, knowing nothing but what its store holds; its interfaces come up. */
  public void restart(SimulatedRouter router) {
    router.engine = engineFor(router);
    router.running = true;
    router.wakeAt = SimulatedRouter.NEVER;
    observers.forEach(observer -> observer.restarted(router, now));
    bringUp(router);
  }

  /** Lets time go by. */
  public void run(long nanos) {
    long end = now + nanos;
    for (Event next = events.peek(); next != null && next.time() <= end; next = events.peek()) {
      events.remove();
      now = Math.max(now, next.time());
      happen(next);
    }
    now = end;
  }

  /**
   * Lets time go by until a condition holds.
   *
   * @param condition what is waited for
   * @param stepNanos how often it is looked at
   * @param limitNanos how long it is waited for
   * @return whether it holds
   */
  public boolean runUntil(BooleanSupplier condition, long stepNanos, long limitNanos) {
    long end = now + limitNanos;
    while (!condition.getAsBoolean()) {
      if (now >= end) {
        return false;
      }
      run(Math.min(stepNanos, end - now));
    }
    return true;
  }

  /** How long no packet but Hellos was sent. */
  public long quietNanos() {
    return now - lastExchange;
  }

  private void happen(Event event) {
    SimulatedRouter router = event.router();
    Datagram datagram = event.datagram();
    if (!router.running) {
      return;
    }
    if (datagram != null) {
      if (event.hops() > 0 && !router.hasAddress(datagram.destination())) {
        forward(router, datagram.source(), datagram.destination(), datagram.packet(), event.hops());
      } else {
        take(router, datagram);
      }
    } else if (router.wakeAt == event.time()) {
      router.wakeAt = SimulatedRouter.NEVER;
      router.engine.handleTimeout(now);
      settle(router);
    }
  }

  private void take(SimulatedRouter router, Datagram datagram) {
    observers.forEach(observer -> observer.arriving(router, datagram, now));
    router.engine.handle(
        datagram.interfaceId(),
        Unpooled.wrappedBuffer(datagram.packet().toArray()),
        datagram.source(),
        datagram.destination(),
        now);
    settle(router);
    observers.forEach(observer -> observer.received(router, datagram, now));
  }

  /** Takes out what a router has to say, and plans its next wake-up. */
  private void settle(SimulatedRouter router) {
    OspfEngine engine = router.engine;
    for (OspfOutput output = engine.poll(out.clear());
        output != null;
        output = engine.poll(out.clear())) {
      if (output instanceof OspfOutput.Transmit transmit) {
        ByteString packet = ByteString.read(out, out.readableBytes());
        note(router, transmit.interfaceId(), transmit.destination(), packet);
        carry(router, transmit, packet);
      } else if (output instanceof OspfOutput.TransmitVirtual virtual) {
        ByteString packet = ByteString.read(out, out.readableBytes());
        note(router, VIRTUAL_INTERFACE, virtual.destination(), packet);
        forward(router, virtual.source(), virtual.destination(), packet, MOST_HOPS);
      } else {
        OspfOutput told = output;
        observers.forEach(observer -> observer.told(router, told, now));
      }
    }
    long deadline = engine.nextDeadline();
    long wake =
        deadline == OspfEngine.NO_DEADLINE ? SimulatedRouter.NEVER : Math.max(deadline, now);
    if (wake != router.wakeAt) {
      router.wakeAt = wake;
      if (wake != SimulatedRouter.NEVER) {
        events.add(new Event(wake, nextOrder++, router, null, 0));
      }
    }
  }

  private void note(
      SimulatedRouter from, int interfaceId, Ipv4Address destination, ByteString packet) {
    packets++;
    if (packet.byteAt(1) != HELLO) {
      lastExchange = now;
    }
    observers.forEach(observer -> observer.sent(from, interfaceId, destination, packet, now));
  }

  private void carry(SimulatedRouter router, OspfOutput.Transmit transmit, ByteString packet) {
    SimulatedSegment segment = router.segments.get(transmit.interfaceId());
    if (segment == null) {
      return;
    }
    Port from = new Port(router, transmit.interfaceId());
    Ipv4Address source = router.addressOf(transmit.interfaceId());
    Ipv4Address destination = transmit.destination();
    for (Port to : segment.ports()) {
      boolean addressed =
          destination.isMulticast() || to.router().addressOf(to.interfaceId()).equals(destination);
      boolean passes = segment.carries(from, to) && filter.passes(router, to.router(), packet);
      if (addressed && passes) {
        Datagram datagram = new Datagram(to.interfaceId(), source, destination, packet);
        deliver(to.router(), datagram, segment.quality(), 0);
      }
    }
  }

  /** Sends a datagram to the next router, by a router's own routes. */
  private void forward(
      SimulatedRouter router,
      Ipv4Address source,
      Ipv4Address destination,
      ByteString packet,
      int hops) {
    OspfRoute route = router.routes().lookup(destination);
    if (route == null || route.nextHops().isEmpty()) {
      return;
    }
    NextHop hop = route.nextHops().iterator().next();
    SimulatedSegment segment = router.segments.get(hop.interfaceIndex());
    if (segment == null) {
      return;
    }
    Port from = new Port(router, hop.interfaceIndex());
    Ipv4Address neighbor = hop.address();
    Ipv4Address next = neighbor == null ? destination : neighbor;
    for (Port to : segment.ports()) {
      boolean passes = segment.carries(from, to) && filter.passes(router, to.router(), packet);
      if (passes && to.router().addressOf(to.interfaceId()).equals(next)) {
        Datagram datagram = new Datagram(to.interfaceId(), source, destination, packet);
        deliver(to.router(), datagram, segment.quality(), hops - 1);
      }
    }
  }

  private void deliver(SimulatedRouter to, Datagram datagram, LinkQuality quality, int hops) {
    if (chance(quality.loss())) {
      return;
    }
    int copies = chance(quality.duplication()) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long late = chance(quality.reordering()) ? random.nextLong(quality.latenessNanos() + 1) : 0;
      events.add(new Event(now + quality.delayNanos() + late, nextOrder++, to, datagram, hops));
    }
  }

  private boolean chance(double share) {
    return share > 0 && random.nextDouble() < share;
  }
}
