package dev.zuido.wire;

/**
 * Puts fragmented IPv4 datagrams together again (RFC 791 section 3.2), within {@link
 * ReassemblyLimits}.
 *
 * <p>Fragments may arrive in any order and more than once. Overlapping ones are taken for an attack
 * and end their datagram. The datagram gets the header of its first fragment; if congestion was
 * marked on any fragment it is marked on the datagram (RFC 3168 section 5.3).
 *
 * <p>Belongs to one thread. Time only comes in as an argument and never runs backwards.
 */
public final class Ipv4Reassembler {
  /** No datagram waits. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  private record Key(int source, int destination, int protocol, int identification) {}

  private final FragmentTable<Key> table;

  /** Makes a reassembler. */
  public Ipv4Reassembler(ReassemblyLimits limits) {
    table = new FragmentTable<>(limits);
  }

  /**
   * Takes a packet of a batch if it is a fragment.
   *
   * @param batch the batch; its packets stay as they are
   * @param index a {@linkplain Ipv4Fields#isWellFormed well-formed} packet of it
   * @param into where the datagram is added when it becomes complete
   */
  public ReassemblyResult offer(PacketBatch batch, int index, long nowNanos, PacketBatch into) {
    return offer(batch.slab(), batch.offset(index), nowNanos, into);
  }

  /**
   * Takes a packet if it is a fragment.
   *
   * @param bytes the array in which a {@linkplain Ipv4Fields#isWellFormed well-formed} packet
   *     stands; it is copied
   * @param offset its first byte
   * @param into where the datagram is added when it becomes complete
   */
  public ReassemblyResult offer(byte[] bytes, int offset, long nowNanos, PacketBatch into) {
    ReassemblyResult result = take(bytes, offset, nowNanos, into);
    table.counters().increment(result);
    return result;
  }

  private ReassemblyResult take(byte[] bytes, int offset, long nowNanos, PacketBatch into) {
    if (!Ipv4Fields.isFragment(bytes, offset)) {
      return ReassemblyResult.NOT_A_FRAGMENT;
    }
    Key key =
        new Key(
            Ipv4Fields.source(bytes, offset),
            Ipv4Fields.destination(bytes, offset),
            Ipv4Fields.protocol(bytes, offset),
            Ipv4Fields.identification(bytes, offset));
    int headerLength = Ipv4Fields.headerLength(bytes, offset);
    ReassemblyResult result =
        table.offer(
            key,
            bytes,
            offset,
            headerLength,
            offset + headerLength,
            Ipv4Fields.totalLength(bytes, offset) - headerLength,
            Ipv4Fields.fragmentOffset(bytes, offset),
            (Ipv4Fields.flagsAndOffset(bytes, offset) & Ipv4Fields.MORE_FRAGMENTS) != 0,
            Ipv4Fields.tos(bytes, offset) & 3,
            nowNanos);
    if (result != ReassemblyResult.COMPLETE) {
      return result;
    }
    return assemble(table.remove(key), into) ? result : ReassemblyResult.NO_ROOM;
  }

  private static boolean assemble(FragmentTable.Datagram datagram, PacketBatch into) {
    byte[] header = datagram.header();
    int length = header.length + datagram.payloadLength();
    if (into.isFull() || length > into.maxPacketBytes(0)) {
      return false;
    }
    byte[] slab = into.slab();
    int to = into.offset(into.addUninitialized(length));
    System.arraycopy(header, 0, slab, to, header.length);
    datagram.copyPayload(slab, to + header.length);
    if (datagram.congestionExperienced()) {
      slab[to + 1] |= 3;
    }
    int flags = Ipv4Fields.flagsAndOffset(slab, to) & Ipv4Fields.DONT_FRAGMENT;
    BigEndian.putShort(slab, to + 6, flags);
    Ipv4Fields.setTotalLength(slab, to, length);
    return true;
  }

  /**
   * Gives the datagrams up whose time is over; {@link #offer} does that too.
   *
   * @return how many those were
   */
  public int expire(long nowNanos) {
    return table.expire(nowNanos);
  }

  /** When {@link #expire} has something to do, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    return table.nextDeadline();
  }

  /** How often each result came about. */
  public Counters<ReassemblyResult> counters() {
    return table.counters();
  }

  /** The datagrams that are waited for, and those that are refused until their time is over. */
  public int datagramsHeld() {
    return table.size();
  }

  /** Payload bytes held. */
  public long bytesHeld() {
    return table.bytesHeld();
  }
}
