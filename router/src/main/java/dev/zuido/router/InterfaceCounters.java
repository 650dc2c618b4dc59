package dev.zuido.router;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Packets and bytes of one interface.
 *
 * <p>One thread counts; any thread may read, and sees each number as it was a moment ago.
 */
public final class InterfaceCounters {
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int PACKETS_IN = 0;
  private static final int BYTES_IN = 1;
  private static final int PACKETS_OUT = 2;
  private static final int BYTES_OUT = 3;
  private static final int DROPS = 4;

  private final long[] cells = new long[DROPS + PacketDrop.values().length];

  void in(int bytes) {
    add(PACKETS_IN, 1);
    add(BYTES_IN, bytes);
  }

  void out(int bytes) {
    add(PACKETS_OUT, 1);
    add(BYTES_OUT, bytes);
  }

  void drop(PacketDrop reason) {
    add(DROPS + reason.ordinal(), 1);
  }

  /** Packets that arrived. */
  public long packetsIn() {
    return get(PACKETS_IN);
  }

  /** Bytes that arrived, IP headers included. */
  public long bytesIn() {
    return get(BYTES_IN);
  }

  /** Packets that left. */
  public long packetsOut() {
    return get(PACKETS_OUT);
  }

  /** Bytes that left, IP headers included. */
  public long bytesOut() {
    return get(BYTES_OUT);
  }

  /** Packets dropped for a reason. */
  public long drops(PacketDrop reason) {
    return get(DROPS + reason.ordinal());
  }

  /** Packets dropped for any reason. */
  public long drops() {
    long sum = 0;
    for (PacketDrop reason : PacketDrop.values()) {
      sum += drops(reason);
    }
    return sum;
  }

  private void add(int cell, long amount) {
    CELL.setOpaque(cells, cell, (long) CELL.get(cells, cell) + amount);
  }

  private long get(int cell) {
    return (long) CELL.getOpaque(cells, cell);
  }
}
