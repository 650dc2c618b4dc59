package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/**
 * Puts fragmented IPv6 packets together again (RFC 8200 section 4.5, RFC 5722), within {@link
 * ReassemblyLimits}.
 *
 * <p>Behaves as {@link Ipv4Reassembler}. A packet whose first fragment is its only one (an atomic
 * fragment, RFC 6946) is complete at once and meets no others.
 *
 * <p>Belongs to one thread. Time only comes in as an argument and never runs backwards.
 */
public final class Ipv6Reassembler {
  /** No packet waits. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  private record Key(Ipv6Address source, Ipv6Address destination, int identification) {}

  private final FragmentTable<Key> table;

  /** Makes a reassembler. */
  public Ipv6Reassembler(ReassemblyLimits limits) {
    table = new FragmentTable<>(limits);
  }

  /**
   * Takes a packet if it is a fragment.
   *
   * @param packet an IPv6 packet; it is copied, and its reader index moves to its end
   * @param out where the whole packet is written when it becomes complete
   * @throws MalformedPacketException if the header or an extension header is malformed
   */
  public ReassemblyResult offer(ByteBuf packet, long nowNanos, ByteBuf out)
      throws MalformedPacketException {
    ReassemblyResult result = take(packet, nowNanos, out);
    table.counters().increment(result);
    return result;
  }

  private ReassemblyResult take(ByteBuf packet, long nowNanos, ByteBuf out)
      throws MalformedPacketException {
    int start = packet.readerIndex();
    Ipv6Header header = Ipv6Header.decode(packet);
    ByteBuf payload = packet.readSlice(header.payloadLength());
    Ipv6ExtensionHeaders extensions = Ipv6ExtensionHeaders.walk(payload, header.nextHeader());
    Ipv6FragmentHeader fragment = extensions.fragment();
    if (fragment == null) {
      return ReassemblyResult.NOT_A_FRAGMENT;
    }
    int repeated = Ipv6Header.LENGTH + extensions.fragmentHeaderOffset();
    int dataStart = repeated + Ipv6FragmentHeader.LENGTH;
    byte[] bytes = new byte[Ipv6Header.LENGTH + header.payloadLength()];
    packet.getBytes(start, bytes);
    setNextHeader(bytes, repeated, fragment.nextHeader());
    if (fragment.fragmentOffset() == 0 && !fragment.moreFragments()) {
      int dataLength = bytes.length - dataStart;
      return write(bytes, repeated, bytes, dataStart, dataLength, out)
          ? ReassemblyResult.COMPLETE
          : ReassemblyResult.NO_ROOM;
    }
    Key key = new Key(header.source(), header.destination(), fragment.identification());
    ReassemblyResult result =
        table.offer(
            key,
            bytes,
            0,
            repeated,
            dataStart,
            bytes.length - dataStart,
            fragment.fragmentOffset(),
            fragment.moreFragments(),
            header.trafficClass() & 3,
            nowNanos);
    if (result != ReassemblyResult.COMPLETE) {
      return result;
    }
    FragmentTable.Datagram datagram = table.remove(key);
    byte[] first = datagram.header();
    if (datagram.congestionExperienced()) {
      first[1] |= 0x30;
    }
    byte[] data = new byte[datagram.payloadLength()];
    datagram.copyPayload(data, 0);
    return write(first, first.length, data, 0, data.length, out)
        ? result
        : ReassemblyResult.NO_ROOM;
  }

  /**
   * Lets the last header before the fragment header name what stands behind the fragment header.
   */
  private static void setNextHeader(byte[] bytes, int repeated, int nextHeader) {
    int field = 6;
    int position = Ipv6Header.LENGTH;
    while (position < repeated) {
      field = position;
      position += ((bytes[position + 1] & 0xff) + 1) * 8;
    }
    bytes[field] = (byte) nextHeader;
  }

  private static boolean write(
      byte[] header, int headerLength, byte[] data, int dataOffset, int dataLength, ByteBuf out) {
    int payloadLength = headerLength - Ipv6Header.LENGTH + dataLength;
    if (headerLength + dataLength > out.maxWritableBytes() || payloadLength > 0xffff) {
      return false;
    }
    BigEndian.putShort(header, 4, payloadLength);
    out.writeBytes(header, 0, headerLength);
    out.writeBytes(data, dataOffset, dataLength);
    return true;
  }

  /**
   * Gives the packets up whose time is over; {@link #offer} does that too.
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

  /** The packets that are waited for, and those that are refused until their time is over. */
  public int packetsHeld() {
    return table.size();
  }

  /** Payload bytes held. */
  public long bytesHeld() {
    return table.bytesHeld();
  }
}
