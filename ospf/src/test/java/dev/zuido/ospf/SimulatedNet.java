package dev.zuido.ospf;

import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/** Engines joined by segments in virtual time. One seed, one run. */
final class SimulatedNet {
  static final long SECOND = 1_000_000_000L;
  static final long MILLI = 1_000_000L;

  long now = SECOND;
  final List<Node> nodes = new ArrayList<>();
  final List<Segment> segments = new ArrayList<>();
  private final Random random;
  private final PriorityQueue<Delivery> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Delivery::time).thenComparingLong(Delivery::order));
  private long order;
  double loss;
  double duplicate;
  double reorder;

  /** The packets that went into virtual links. */
  final List<Sent> sentVirtually = new ArrayList<>();

  /** Packets that were to be forwarded and for which a node had no route. */
  long unroutable;

  SimulatedNet(long seed) {
    random = new Random(seed);
  }

  private record Delivery(
      long time,
      long order,
      Port to,
      byte[] packet,
      Ipv4Address source,
      Ipv4Address destination,
      int ttl,
      int hops) {}

  /** How many hops a routed packet may go. */
  private static final int TIME_TO_LIVE = 255;

  record Port(Node node, int interfaceId, Ipv4Address address) {}

  /** A packet as it went over a segment. */
  record Sent(long time, String from, int interfaceId, Ipv4Address destination, byte[] packet) {}

  /** A segment that all of its ports hear. */
  static final class Segment {
    final List<Port> ports = new ArrayList<>();
    boolean cut;

    /** Whether packets to a group arrive anywhere. */
    boolean multicast = true;

    /** Which port hears which; all hear all at first. */
    BiPredicate<Port, Port> hears = (from, to) -> true;

    /** What is taken off the TTL on the way, as by routers between. */
    int ttlLoss;

    /** The port, by its place, that nothing arrives at; -1 if all hear. */
    int deaf = -1;

    /** Bytes of the largest packet that it carries; larger ones are lost. */
    int largest = 0xffff;

    final List<Sent> sent = new ArrayList<>();
    boolean record;
  }

  /** A router. */
  static final class Node {
    final String name;
    OspfEngine engine;
    boolean dead;
    final List<OspfOutput> log = new ArrayList<>();

    Node(String name, OspfEngine engine) {
      this.name = name;
      this.engine = engine;
    }

    <T extends OspfOutput> List<T> log(Class<T> type) {
      return log.stream().filter(type::isInstance).map(type::cast).toList();
    }

    NeighborState stateOf(Ipv4Address routerId) {
      return engine.neighbors(0).stream()
          .filter(neighbor -> neighbor.routerId().equals(routerId))
          .map(NeighborSnapshot::state)
          .max(Comparator.naturalOrder())
          .orElse(NeighborState.DOWN);
    }

    boolean isFullWith(Node... others) {
      for (Node other : others) {
        if (stateOf(other.engine.config().routerId()) != NeighborState.FULL) {
          return false;
        }
      }
      return true;
    }
  }

  Node add(String name, OspfConfig config) {
    return add(name, config, OspfStore.inMemory());
  }

  Node add(String name, OspfConfig config, OspfStore store) {
    Node node = new Node(name, new OspfEngine(config, new Random(random.nextLong()), store));
    nodes.add(node);
    return node;
  }

  /** A new engine in the same place: the router lost power and comes back. */
  void restart(Node node, OspfConfig config) {
    restart(node, config, OspfStore.inMemory());
  }

  void restart(Node node, OspfConfig config, OspfStore store) {
    node.engine = new OspfEngine(config, new Random(random.nextLong()), store);
    node.dead = false;
    up(node);
  }

  /** A new engine that goes on with a graceful restart. */
  void restartGracefully(Node node, RestartRecord record, long elapsed) {
    restartGracefully(node, record, elapsed, OspfStore.inMemory());
  }

  void restartGracefully(Node node, RestartRecord record, long elapsed, OspfStore store) {
    OspfConfig config = node.engine.config();
    Random jitter = new Random(random.nextLong());
    node.engine = OspfEngine.restarted(config, jitter, store, record, elapsed, now);
    node.dead = false;
    drain(node);
    up(node);
  }

  Segment segment() {
    Segment segment = new Segment();
    segments.add(segment);
    return segment;
  }

  void attach(Segment segment, Node node, int interfaceId) {
    segment.ports.add(
        new Port(node, interfaceId, node.engine.interfaceConfig(interfaceId).sourceAddress()));
  }

  /** A segment with one interface of each node. */
  Segment join(Node a, int interfaceA, Node b, int interfaceB) {
    Segment segment = segment();
    attach(segment, a, interfaceA);
    attach(segment, b, interfaceB);
    return segment;
  }

  void up(Node node) {
    for (OspfInterfaceConfig each : node.engine.config().interfaces()) {
      command(node, new OspfCommand.InterfaceUp(each.id()));
    }
  }

  void upAll() {
    nodes.forEach(this::up);
  }

  void command(Node node, OspfCommand command) {
    node.engine.handle(command, now);
    drain(node);
  }

  void run(long nanos) {
    runUntil(() -> false, nanos);
  }

  /** Whether the condition came true within the time. */
  boolean runUntil(BooleanSupplier condition, long limitNanos) {
    long end = now + limitNanos;
    while (!condition.getAsBoolean()) {
      long next = queue.isEmpty() ? Long.MAX_VALUE : queue.peek().time();
      for (Node node : nodes) {
        if (!node.dead) {
          next = Math.min(next, node.engine.nextDeadline());
        }
      }
      if (next > end) {
        now = end;
        return condition.getAsBoolean();
      }
      now = Math.max(now, next);
      step();
    }
    return true;
  }

  private void step() {
    while (!queue.isEmpty() && queue.peek().time() <= now) {
      Delivery delivery = queue.remove();
      Node node = delivery.to().node();
      if (!node.dead && isForwarded(node, delivery)) {
        route(node, delivery);
      } else if (!node.dead) {
        ByteBuf packet = Unpooled.wrappedBuffer(delivery.packet());
        node.engine.handle(
            delivery.to().interfaceId(),
            packet,
            delivery.source(),
            delivery.destination(),
            delivery.ttl(),
            now);
        drain(node);
      }
    }
    for (Node node : nodes) {
      if (!node.dead && node.engine.nextDeadline() <= now) {
        node.engine.handleTimeout(now);
        drain(node);
      }
    }
  }

  void drain(Node node) {
    ByteBuf out = Unpooled.buffer();
    while (true) {
      out.clear();
      OspfOutput output = node.engine.poll(out);
      if (output == null) {
        return;
      }
      node.log.add(output);
      if (output instanceof OspfOutput.Transmit transmit) {
        byte[] packet = new byte[out.readableBytes()];
        out.readBytes(packet);
        send(node, transmit, packet);
      } else if (output instanceof OspfOutput.TransmitVirtual transmit) {
        byte[] packet = new byte[out.readableBytes()];
        out.readBytes(packet);
        sentVirtually.add(new Sent(now, node.name, 0, transmit.destination(), packet));
        Port none = new Port(node, 0, transmit.source());
        route(
            node,
            new Delivery(
                now, 0, none, packet, transmit.source(), transmit.destination(), TIME_TO_LIVE, 0));
      }
    }
  }

  private boolean isForwarded(Node node, Delivery delivery) {
    return !delivery.destination().isMulticast()
        && delivery.hops() > 0
        && node.engine.interfaces(now).stream()
            .noneMatch(
                each ->
                    each.state() != InterfaceState.DOWN
                        && each.config().address().equals(delivery.destination()));
  }

  /** Forwards a packet by the node's routes. */
  private void route(Node node, Delivery delivery) {
    OspfRoute route = node.engine.routes().lookup(delivery.destination());
    if (route == null || route.nextHops().isEmpty() || delivery.hops() == TIME_TO_LIVE) {
      unroutable++;
      return;
    }
    NextHop hop = route.nextHops().iterator().next();
    Ipv4Address next = hop.address() == null ? delivery.destination() : hop.address();
    for (Segment segment : segments) {
      boolean attached = false;
      for (Port from : segment.ports) {
        attached |= from.node() == node && from.interfaceId() == hop.interfaceIndex();
      }
      for (Port to : segment.ports) {
        boolean other = to.node() != node;
        boolean right = to.address().equals(next) || segment.ports.size() == 2;
        if (attached && !segment.cut && other && right) {
          forward(to, delivery);
        }
      }
    }
  }

  private void forward(Port to, Delivery delivery) {
    enqueue(
        to,
        delivery.packet(),
        delivery.source(),
        delivery.destination(),
        delivery.ttl() - (delivery.hops() == 0 ? 0 : 1), // The originator takes nothing off.
        delivery.hops() + 1);
  }

  private void enqueue(
      Port to, byte[] packet, Ipv4Address source, Ipv4Address destination, int ttl, int hops) {
    // Once only: while routes go in a circle, copies at each of 255 hops would have no end.
    double again = hops <= 1 ? duplicate : 0;
    int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < again ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long delay = MILLI + (random.nextDouble() < reorder ? random.nextInt(200) * MILLI : 0);
      queue.add(
          new Delivery(now + delay, order++, to, packet.clone(), source, destination, ttl, hops));
    }
  }

  private void send(Node node, OspfOutput.Transmit transmit, byte[] packet) {
    for (Segment segment : segments) {
      for (Port from : segment.ports) {
        if (from.node() == node && from.interfaceId() == transmit.interfaceId()) {
          if (segment.record) {
            segment.sent.add(
                new Sent(now, node.name, from.interfaceId(), transmit.destination(), packet));
          }
          carry(segment, from, transmit, packet);
        }
      }
    }
  }

  private void carry(Segment segment, Port from, OspfOutput.Transmit transmit, byte[] packet) {
    Ipv4Address destination = transmit.destination();
    if (segment.cut
        || packet.length > segment.largest
        || (destination.isMulticast() && !segment.multicast)) {
      return;
    }
    for (Port to : segment.ports) {
      if (segment.deaf >= 0 && to.equals(segment.ports.get(segment.deaf))) {
        continue;
      }
      if (to == from
          || !segment.hears.test(from, to)
          || (!destination.isMulticast() && !to.address().equals(destination))) {
        continue;
      }
      int ttl = transmit.ttl() - segment.ttlLoss;
      enqueue(to, packet, from.address(), destination, ttl, 0);
    }
  }
}
