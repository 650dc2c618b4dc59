package dev.zuido.testkit;

import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One direction of a link: what passes it is filtered, impaired and delayed.
 *
 * <p>All can be set while the network runs and holds for packets sent from then on. A channel draws
 * from a random stream of its own, so that settings of one channel do not change the dice of
 * another.
 */
public final class Channel {
  /** Takes what comes out at the other end. */
  @FunctionalInterface
  interface Sink {
    void deliver(Frame frame);
  }

  private final VirtualNetwork network;
  private final String name;
  private final Sink sink;
  private final RandomGenerator random;
  private final List<PacketFilter> filters = new ArrayList<>();
  private final List<PacketTap> taps = new ArrayList<>();
  private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);
  private Impairments impairments = Impairments.NONE;
  private boolean cut;
  private long busyUntilNanos;
  private long lastArrivalNanos;

  Channel(VirtualNetwork network, String name, Sink sink) {
    this.network = network;
    this.name = name;
    this.sink = sink;
    this.random = network.random("channel " + name);
  }

  /** The name: that of the link and the direction. */
  public String name() {
    return name;
  }

  /** What the channel does to packets. */
  public Impairments impairments() {
    return impairments;
  }

  /** Sets what the channel does to packets. */
  public void impair(Impairments impairments) {
    this.impairments = impairments;
  }

  /** Drops everything from now on. */
  public void cut() {
    cut = true;
  }

  /** Ends a cut. */
  public void restore() {
    cut = false;
  }

  /** Whether everything is dropped. */
  public boolean isCut() {
    return cut;
  }

  /** Puts a box into the way, behind those that are there. */
  public void addFilter(PacketFilter filter) {
    filters.add(filter);
  }

  /** Takes a box out of the way. */
  public void removeFilter(PacketFilter filter) {
    filters.remove(filter);
  }

  /** Shows each packet of this channel to an observer. */
  public void addTap(PacketTap tap) {
    taps.add(tap);
  }

  /** How many packets met a fate. */
  public long count(Fate fate) {
    return counts.getOrDefault(fate, 0L);
  }

  /**
   * Sends a packet that no node has sent, past the filters and through the impairments.
   *
   * @param packet an IP packet, or any bytes; they are copied
   */
  public void inject(byte[] packet) {
    impair(ByteString.EMPTY, new Frame(packet.clone(), 0), Fate.INJECTED);
  }

  /** Sends what a node has sent. */
  void transmit(Frame frame) {
    ByteString sent = ByteString.of(frame.bytes());
    if (filters.isEmpty()) {
      impair(sent, frame, Fate.DELIVERED);
      return;
    }
    List<byte[]> packets = List.of(frame.bytes());
    for (PacketFilter filter : List.copyOf(filters)) {
      List<byte[]> passed = new ArrayList<>();
      for (byte[] packet : packets) {
        filter.filter(network.nowNanos(), packet, passed::add);
      }
      packets = passed;
    }
    if (packets.isEmpty()) {
      drop(sent, frame, Fate.FILTERED);
    }
    for (int i = 0; i < packets.size(); i++) {
      byte[] bytes = packets.get(i).clone();
      boolean same = sent.equals(ByteString.of(bytes));
      Fate fate = i > 0 ? Fate.INJECTED : same ? Fate.DELIVERED : Fate.ALTERED;
      impair(i > 0 ? ByteString.EMPTY : sent, new Frame(bytes, frame.nextHop()), fate);
    }
  }

  /** Counts and shows a packet that goes nowhere. */
  void drop(ByteString sent, Frame frame, Fate fate) {
    long now = network.nowNanos();
    show(new PacketEvent(now, now, name, fate, sent, ByteString.of(frame.bytes())));
  }

  private void impair(ByteString sent, Frame frame, Fate natural) {
    Impairments now = impairments;
    if (cut) {
      drop(sent, frame, Fate.CUT);
    } else if (frame.bytes().length > now.mtu()) {
      drop(sent, frame, Fate.OVERSIZE);
    } else if (!takesIntoQueue(frame.bytes().length, now)) {
      drop(sent, frame, Fate.QUEUE_FULL);
    } else if (happens(now.loss())) {
      drop(sent, frame, Fate.LOST);
    } else {
      carry(sent, frame, natural, now);
    }
  }

  private void carry(ByteString sent, Frame frame, Fate natural, Impairments now) {
    Fate fate = natural;
    Frame carried = frame;
    if (frame.bytes().length > 0 && happens(now.corruption())) {
      carried = new Frame(flipBits(frame.bytes()), frame.nextHop());
      fate = Fate.CORRUPTED;
    }
    long arrival = Math.max(network.nowNanos(), busyUntilNanos) + now.delayNanos();
    arrival += upTo(now.jitterNanos());
    if (happens(now.reordering())) {
      arrival = Math.max(arrival, lastArrivalNanos) + 1 + upTo(now.holdNanos());
      fate = fate == Fate.DELIVERED ? Fate.REORDERED : fate;
    } else {
      arrival = Math.max(arrival, lastArrivalNanos);
      lastArrivalNanos = arrival;
    }
    schedule(sent, carried, fate, arrival);
    if (happens(now.duplication())) {
      schedule(sent, carried, Fate.DUPLICATED, arrival + upTo(now.holdNanos()));
    }
  }

  private void schedule(ByteString sent, Frame frame, Fate fate, long arrivalNanos) {
    Frame arriving = frame.arrivingAt(arrivalNanos);
    network.clock().schedule(arrivalNanos, () -> sink.deliver(arriving));
    show(
        new PacketEvent(
            network.nowNanos(), arrivalNanos, name, fate, sent, ByteString.of(frame.bytes())));
  }

  /** Whether the line has room; if so the packet occupies it. */
  private boolean takesIntoQueue(int length, Impairments now) {
    if (now.rateBitsPerSecond() == 0) {
      return true;
    }
    long waiting = Math.max(0, busyUntilNanos - network.nowNanos());
    double waitingBytes = waiting * (double) now.rateBitsPerSecond() / 8e9;
    if (waiting > 0 && waitingBytes + length > now.queueBytes()) {
      return false;
    }
    long serialisation = (long) Math.ceil(length * 8e9 / now.rateBitsPerSecond());
    busyUntilNanos = Math.max(network.nowNanos(), busyUntilNanos) + serialisation;
    return true;
  }

  private boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  private long upTo(long nanos) {
    return nanos == 0 ? 0 : random.nextLong(nanos + 1);
  }

  private byte[] flipBits(byte[] bytes) {
    byte[] flipped = Arrays.copyOf(bytes, bytes.length);
    int first = random.nextInt(bytes.length * 8);
    int bits = 1 + random.nextInt(3);
    for (int i = 0; i < bits; i++) {
      int bit = (first + i * (1 + random.nextInt(7))) % (bytes.length * 8);
      if (i == 0 || bit != first) {
        flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      }
    }
    return flipped;
  }

  private void show(PacketEvent event) {
    counts.merge(event.fate(), 1L, Long::sum);
    network.show(event);
    for (PacketTap tap : List.copyOf(taps)) {
      tap.onPacket(event);
    }
  }
}
