package dev.zuido.testkit;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Nodes, links and a clock in one thread: the same seed gives the same run, packet by packet.
 *
 * <p>The clock jumps from event to event, so that a minute of silence costs nothing. Everything
 * random, from the loss of a packet to the nodes' keys and cookies, comes from the seed by way of
 * named streams ({@link #random}, {@link #secureRandom}).
 */
public final class VirtualNetwork {
  private static final long HASH_PRIME = 0x9e37_79b9_7f4a_7c15L;

  private static final class Seat {
    private final VirtualNode node;
    private final List<VirtualPort> ports;
    private boolean runPending;
    private SimClock.@Nullable Timer deadline;

    private Seat(VirtualNode node, List<VirtualPort> ports) {
      this.node = node;
      this.ports = ports;
    }

    private int queued() {
      int queued = 0;
      for (VirtualPort port : ports) {
        queued += port.queued();
      }
      return queued;
    }
  }

  private final SimClock clock = new SimClock();
  private final long seed;
  private final List<Seat> seats = new ArrayList<>();
  private final Map<VirtualPort, Seat> seatOfPort = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final List<PacketTap> taps = new ArrayList<>();
  private long traceHash;

  /** A network with nothing in it, at time 0. */
  public VirtualNetwork(long seed) {
    this.seed = seed;
  }

  /** The seed from which all is drawn. */
  public long seed() {
    return seed;
  }

  /** The clock. */
  public SimClock clock() {
    return clock;
  }

  /** The virtual time. */
  public long nowNanos() {
    return clock.nowNanos();
  }

  /** Random numbers for one purpose; the same name gives the same stream from its beginning. */
  public SeededRandom random(String name) {
    return new SeededRandom(seed, name);
  }

  /**
   * What a node under test draws its keys, cookies, SPIs and nonces from. Not secure: it repeats
   * with the seed.
   */
  public SecureRandom secureRandom(String name) {
    return new SeededSecureRandom(new SeededRandom(seed, "secure " + name));
  }

  /**
   * Adds a point-to-point link.
   *
   * @param name its name, used once
   * @param mtu the largest packet that its ports take
   */
  public Link link(String name, int mtu) {
    takeName(name);
    return new Link(this, name, mtu);
  }

  /**
   * Adds a broadcast domain.
   *
   * @param name its name, used once
   * @param mtu the largest packet that its ports take
   */
  public Segment segment(String name, int mtu) {
    takeName(name);
    return new Segment(this, name, mtu, false);
  }

  /**
   * Adds an Ethernet: a broadcast domain whose packets are whole frames, without checksum.
   *
   * @param name its name, used once
   * @param maxFrame the largest frame that its ports take, 14 bytes of header included
   */
  public Segment ethernet(String name, int maxFrame) {
    takeName(name);
    return new Segment(this, name, maxFrame, true);
  }

  /**
   * Adds a node, and runs it as soon as the network runs.
   *
   * @param ports the ports whose packets are a reason to run it
   */
  public void attach(VirtualNode node, VirtualPort... ports) {
    Seat seat = new Seat(node, List.of(ports));
    for (VirtualPort port : ports) {
      if (seatOfPort.putIfAbsent(port, seat) != null) {
        throw new IllegalArgumentException("the port " + port.name() + " has its node already");
      }
    }
    seats.add(seat);
    wake(seat);
  }

  /**
   * Adds a host.
   *
   * @param name its name, from which its random stream is named
   * @param prefixLength of the subnet, in which all addresses are neighbours
   * @param gateway the neighbour who takes what goes elsewhere, or null
   */
  public VirtualHost host(
      String name,
      VirtualPort port,
      Ipv4Address address,
      int prefixLength,
      @Nullable Ipv4Address gateway) {
    VirtualHost host = new VirtualHost(this, name, port, address, prefixLength, gateway);
    attach(host, port);
    return host;
  }

  /** Has a node run at the present time, after something was asked of it. */
  public void wake(VirtualNode node) {
    for (Seat seat : seats) {
      if (seat.node == node) {
        wake(seat);
        return;
      }
    }
    throw new IllegalArgumentException("the node is not attached");
  }

  /** Shows each packet of each channel to an observer. */
  public void addTap(PacketTap tap) {
    taps.add(tap);
  }

  /**
   * Lets the next event happen.
   *
   * @return false if nothing is left to happen, ever
   */
  public boolean step() {
    refreshDeadlines();
    return clock.step();
  }

  /** Runs until a time, and stands there. */
  public void runUntil(long nanos) {
    runUntil(() -> false, nanos);
  }

  /** Runs for so long. */
  public void runFor(long nanos) {
    runUntil(nowNanos() + nanos);
  }

  /**
   * Runs until a condition holds, which is asked before the first and after each event, or until a
   * time.
   *
   * @return whether the condition holds; the clock then stands where it came true, else at the
   *     latest time
   */
  public boolean runUntil(BooleanSupplier condition, long maxNanos) {
    refreshDeadlines();
    while (!condition.getAsBoolean()) {
      if (clock.nextEventNanos() > maxNanos) {
        if (maxNanos > clock.nowNanos()) {
          clock.advanceTo(maxNanos);
        }
        return false;
      }
      clock.step();
    }
    return true;
  }

  /** A hash over all packets so far, with their times, channels and fates: equal for equal runs. */
  public long traceHash() {
    return traceHash;
  }

  void show(PacketEvent event) {
    mix(event.timeNanos());
    mix(event.arrivalNanos());
    mixBytes(event.fate().name().getBytes(StandardCharsets.UTF_8));
    mixBytes(event.channel().getBytes(StandardCharsets.UTF_8));
    mixBytes(event.delivered().toArray());
    for (PacketTap tap : List.copyOf(taps)) {
      tap.onPacket(event);
    }
  }

  void arrived(VirtualPort port) {
    Seat seat = seatOfPort.get(port);
    if (seat != null) {
      wake(seat);
    }
  }

  private void wake(Seat seat) {
    if (!seat.runPending) {
      seat.runPending = true;
      clock.schedule(nowNanos(), () -> run(seat));
    }
  }

  private void run(Seat seat) {
    seat.runPending = false;
    int before = seat.queued();
    seat.node.run(nowNanos());
    int left = seat.queued();
    if (left > 0 && left < before) {
      wake(seat);
    }
    armDeadline(seat);
  }

  /** Whoever drives the network may have asked something of a node since it last ran. */
  private void refreshDeadlines() {
    for (Seat seat : seats) {
      armDeadline(seat);
    }
  }

  private void armDeadline(Seat seat) {
    long deadline = seat.node.nextDeadline();
    SimClock.Timer armed = seat.deadline;
    if (armed != null && armed.isPending() && armed.atNanos() == deadline) {
      return;
    }
    if (armed != null) {
      armed.cancel();
    }
    seat.deadline =
        deadline == VirtualNode.NO_DEADLINE
            ? null
            : clock.schedule(Math.max(deadline, nowNanos()), () -> run(seat));
  }

  private void takeName(String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("the network already has a " + name);
    }
  }

  private void mixBytes(byte[] bytes) {
    mix(bytes.length);
    int at = 0;
    for (; at + 8 <= bytes.length; at += 8) {
      mix(BigEndian.getLong(bytes, at));
    }
    long rest = 0;
    for (; at < bytes.length; at++) {
      rest = rest << 8 | (bytes[at] & 0xff);
    }
    mix(rest);
  }

  private void mix(long value) {
    long mixed = (traceHash ^ value) * HASH_PRIME;
    traceHash = mixed ^ mixed >>> 29;
  }
}
