package dev.zuido.router;

import dev.zuido.wire.Counters;

/**
 * Packets and bytes of one interface. One thread counts; any thread may read, and sees each number
 * as it was a moment ago.
 */
public final class InterfaceCounters {
  private enum Direction {
    PACKETS_IN,
    BYTES_IN,
    PACKETS_OUT,
    BYTES_OUT
  }

  private final Counters<Direction> traffic = new Counters<>(Direction.class);
  private final Counters<PacketDrop> drops = new Counters<>(PacketDrop.class);

  InterfaceCounters() {}

  void in(int bytes) {
    traffic.increment(Direction.PACKETS_IN);
    traffic.add(Direction.BYTES_IN, bytes);
  }

  void out(int bytes) {
    traffic.increment(Direction.PACKETS_OUT);
    traffic.add(Direction.BYTES_OUT, bytes);
  }

  void drop(PacketDrop reason) {
    drops.increment(reason);
  }

  /** Packets that arrived. */
  public long packetsIn() {
    return traffic.get(Direction.PACKETS_IN);
  }

  /** Bytes that arrived, IP headers included. */
  public long bytesIn() {
    return traffic.get(Direction.BYTES_IN);
  }

  /** Packets that left. */
  public long packetsOut() {
    return traffic.get(Direction.PACKETS_OUT);
  }

  /** Bytes that left, IP headers included. */
  public long bytesOut() {
    return traffic.get(Direction.BYTES_OUT);
  }

  /** Packets that were dropped, by reason. */
  public Counters<PacketDrop> drops() {
    return drops;
  }
}
