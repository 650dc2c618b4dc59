package dev.zuido.testkit;

import dev.zuido.wire.BatchPort;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeSet;

/**
 * A node's end of a {@link Link} or a {@link Segment}.
 *
 * <p>What arrives waits in a queue of {@value #MAX_QUEUED} packets until the node takes it; what
 * finds it full is dropped and counted. The port has no offloads: super-packets and packets with an
 * unfinished checksum are dropped as {@link Fate#UNSUPPORTED}.
 */
public final class VirtualPort implements BatchPort {
  /** Packets that wait for the node at most. */
  public static final int MAX_QUEUED = 1_024;

  private final VirtualNetwork network;
  private final String name;
  private final ArrayDeque<Frame> queue = new ArrayDeque<>();
  private final Set<Ipv4Address> addresses = new TreeSet<>();
  private final Channel out;
  private int mtu;
  private long overflows;
  private long tooLong;

  VirtualPort(VirtualNetwork network, String name, int mtu, Channel out) {
    this.network = network;
    this.name = name;
    this.mtu = mtu;
    this.out = out;
  }

  /** The name: that of the link and the end. */
  public String name() {
    return name;
  }

  /** The channel into which the port sends. */
  public Channel out() {
    return out;
  }

  /**
   * Says which addresses the node has here. On a {@link Segment} a port that knows an address hears
   * what is for it and what is for many, as a network card does; a port that knows none hears
   * everything.
   */
  public void addAddress(Ipv4Address address) {
    addresses.add(address);
  }

  /** Changes the largest packet that the port takes. */
  public void setMtu(int mtu) {
    this.mtu = mtu;
  }

  @Override
  public int mtu() {
    return mtu;
  }

  @Override
  public int receive(PacketBatch into) {
    int added = 0;
    while (!into.isFull()) {
      Frame frame = queue.poll();
      if (frame == null) {
        break;
      }
      byte[] bytes = frame.bytes();
      if (bytes.length > into.maxPacketBytes(0)) {
        tooLong++;
        continue;
      }
      int index = into.add(bytes, 0, bytes.length);
      into.setArrivalNanos(index, frame.arrivalNanos());
      into.setEcn(index, bytes.length > 1 ? bytes[1] & 3 : 0);
      added++;
    }
    return added;
  }

  @Override
  public int send(PacketBatch from) {
    int taken = 0;
    for (int i = 0; i < from.size(); i++) {
      if (!from.passes(i)) {
        continue;
      }
      Frame frame = new Frame(from.copy(i), from.nextHop(i));
      if (from.gsoSize(i) > 0 || from.checksumState(i) == PacketBatch.ChecksumState.PARTIAL) {
        out.drop(ByteString.of(frame.bytes()), frame, Fate.UNSUPPORTED);
      } else if (frame.bytes().length > mtu) {
        out.drop(ByteString.of(frame.bytes()), frame, Fate.OVERSIZE);
      } else {
        out.transmit(frame);
        taken++;
      }
    }
    return taken;
  }

  /** Sends one packet that a plain array holds, to its destination itself. */
  public void send(byte[] packet) {
    send(packet, 0);
  }

  /** Packets that arrived and found the queue full. */
  public long overflows() {
    return overflows;
  }

  /** Packets that were longer than the batch into which the node received. */
  public long tooLong() {
    return tooLong;
  }

  void send(byte[] packet, int nextHop) {
    Frame frame = new Frame(packet.clone(), nextHop);
    if (packet.length > mtu) {
      out.drop(ByteString.of(packet), frame, Fate.OVERSIZE);
    } else {
      out.transmit(frame);
    }
  }

  int queued() {
    return queue.size();
  }

  boolean hears(Ipv4Address station) {
    return addresses.isEmpty() || addresses.contains(station);
  }

  void deliver(Frame frame) {
    if (queue.size() >= MAX_QUEUED) {
      overflows++;
    } else {
      queue.add(frame);
    }
    network.arrived(this);
  }
}
