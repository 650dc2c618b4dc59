package dev.zuido.wire;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Incomplete datagrams: what the reassemblers of both IP versions have in common.
 *
 * <p>Datagrams stand in the order of their first fragment, which is the order of their deadlines.
 *
 * @param <K> what the fragments of one datagram have in common
 */
final class FragmentTable<K> {
  /** One incomplete datagram. Its fragments are sorted and do not overlap. */
  static final class Datagram {
    private static final int UNKNOWN = -1;

    private final long deadline;
    private byte @Nullable [] header;
    private int[] starts = new int[4];
    private byte[][] fragments = new byte[4][];
    private int count;
    private int bytes;
    private int end = UNKNOWN;
    private int ecnsSeen;
    private boolean dropped;

    private Datagram(long deadline) {
      this.deadline = deadline;
    }

    /** The header of the fragment with offset 0; the datagram is complete. */
    byte[] header() {
      if (header == null) {
        throw new IllegalStateException("the datagram is not complete");
      }
      return header;
    }

    /** Bytes of the whole payload; the datagram is complete. */
    int payloadLength() {
      return end;
    }

    /** Whether a router has marked congestion on one of the fragments. */
    boolean congestionExperienced() {
      return (ecnsSeen & 1 << 3) != 0;
    }

    /** Writes the payload. */
    void copyPayload(byte[] to, int offset) {
      for (int i = 0; i < count; i++) {
        System.arraycopy(fragments[i], 0, to, offset + starts[i], fragments[i].length);
      }
    }

    private boolean isComplete() {
      return header != null && bytes == end;
    }

    private void insert(int index, int start, byte[] data) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        fragments = Arrays.copyOf(fragments, count * 2);
      }
      System.arraycopy(starts, index, starts, index + 1, count - index);
      System.arraycopy(fragments, index, fragments, index + 1, count - index);
      starts[index] = start;
      fragments[index] = data;
      count++;
      bytes += data.length;
    }

    /** The index of the first fragment that starts at an offset or behind it. */
    private int indexOf(int start) {
      int index = Arrays.binarySearch(starts, 0, count, start);
      return index >= 0 ? index : -index - 1;
    }
  }

  private final ReassemblyLimits limits;
  private final LinkedHashMap<K, Datagram> datagrams = new LinkedHashMap<>();
  private final Counters<ReassemblyResult> counters = new Counters<>(ReassemblyResult.class);
  private long bytesHeld;

  FragmentTable(ReassemblyLimits limits) {
    this.limits = limits;
  }

  /** Takes a fragment; COMPLETE leaves the datagram to be fetched by {@link #remove}. */
  ReassemblyResult offer(
      K key,
      byte[] bytes,
      int headerOffset,
      int headerLength,
      int dataOffset,
      int dataLength,
      int start,
      boolean more,
      int ecn,
      long nowNanos) {
    expire(nowNanos);
    if (dataLength == 0 || (more && (dataLength & 7) != 0)) {
      return ReassemblyResult.MALFORMED;
    }
    Datagram datagram = datagrams.get(key);
    if (datagram == null) {
      datagram = new Datagram(saturatedAdd(nowNanos, limits.timeoutNanos()));
      datagrams.put(key, datagram);
      evictUntilWithinLimits(datagram);
    }
    if (datagram.dropped) {
      return ReassemblyResult.DATAGRAM_DROPPED;
    }
    ReassemblyResult verdict = place(datagram, bytes, dataOffset, dataLength, start, more);
    if (verdict == ReassemblyResult.HELD) {
      datagram.ecnsSeen |= 1 << ecn;
      boolean notCapable = (datagram.ecnsSeen & 1) != 0;
      if (notCapable && datagram.congestionExperienced()) {
        verdict = ReassemblyResult.ECN_MISMATCH;
      } else if (start == 0) {
        datagram.header = Arrays.copyOfRange(bytes, headerOffset, headerOffset + headerLength);
      }
    }
    if (verdict == ReassemblyResult.HELD
        && datagram.header != null
        && datagram.header.length + Math.max(datagram.end, lastEnd(datagram))
            > limits.datagramBytes()) {
      verdict = ReassemblyResult.TOO_LONG;
    }
    if (verdict == ReassemblyResult.HELD) {
      evictUntilWithinLimits(datagram);
      return datagram.isComplete() ? ReassemblyResult.COMPLETE : ReassemblyResult.HELD;
    }
    if (verdict != ReassemblyResult.DUPLICATE) {
      drop(datagram);
    }
    return verdict;
  }

  /** Puts a fragment in its place, unless something is wrong with it. */
  private ReassemblyResult place(
      Datagram datagram, byte[] bytes, int dataOffset, int dataLength, int start, boolean more) {
    int end = start + dataLength;
    if (end > limits.datagramBytes()) {
      return ReassemblyResult.TOO_LONG;
    }
    int index = datagram.indexOf(start);
    boolean lastAgrees = more ? datagram.end != end : datagram.end == end;
    if (index < datagram.count && datagram.starts[index] == start && lastAgrees) {
      byte[] held = datagram.fragments[index];
      if (Arrays.equals(held, 0, held.length, bytes, dataOffset, dataOffset + dataLength)) {
        return ReassemblyResult.DUPLICATE;
      }
    }
    boolean overlapsNext = index < datagram.count && datagram.starts[index] < end;
    boolean overlapsPrevious =
        index > 0 && datagram.starts[index - 1] + datagram.fragments[index - 1].length > start;
    boolean endKnown = datagram.end != Datagram.UNKNOWN;
    boolean contradictsEnd =
        more ? endKnown && end >= datagram.end : endKnown || lastEnd(datagram) > end;
    if (overlapsNext || overlapsPrevious || contradictsEnd) {
      return ReassemblyResult.OVERLAP;
    }
    if (datagram.count == limits.fragmentsPerDatagram()) {
      return ReassemblyResult.TOO_MANY_FRAGMENTS;
    }
    datagram.insert(index, start, Arrays.copyOfRange(bytes, dataOffset, dataOffset + dataLength));
    bytesHeld += dataLength;
    if (!more) {
      datagram.end = end;
    }
    return ReassemblyResult.HELD;
  }

  private static int lastEnd(Datagram datagram) {
    int last = datagram.count - 1;
    return last < 0 ? 0 : datagram.starts[last] + datagram.fragments[last].length;
  }

  /** Takes a complete datagram out of the table. */
  Datagram remove(K key) {
    Datagram datagram = datagrams.remove(key);
    if (datagram == null) {
      throw new IllegalStateException("no such datagram");
    }
    bytesHeld -= datagram.bytes;
    return datagram;
  }

  /** Gives datagrams up whose time is over. */
  int expire(long nowNanos) {
    int expired = 0;
    Iterator<Map.Entry<K, Datagram>> oldestFirst = datagrams.entrySet().iterator();
    while (oldestFirst.hasNext()) {
      Datagram datagram = oldestFirst.next().getValue();
      if (datagram.deadline > nowNanos) {
        break;
      }
      oldestFirst.remove();
      bytesHeld -= datagram.bytes;
      if (!datagram.dropped) {
        counters.increment(ReassemblyResult.TIMED_OUT);
        expired++;
      }
    }
    return expired;
  }

  /** When the oldest datagram is given up, or {@code Long.MAX_VALUE} if there is none. */
  long nextDeadline() {
    return datagrams.isEmpty() ? Long.MAX_VALUE : datagrams.values().iterator().next().deadline;
  }

  Counters<ReassemblyResult> counters() {
    return counters;
  }

  int size() {
    return datagrams.size();
  }

  long bytesHeld() {
    return bytesHeld;
  }

  /** Gives up the oldest but the one that just grew; that one alone is always within the limits. */
  private void evictUntilWithinLimits(Datagram spared) {
    Iterator<Datagram> oldestFirst = datagrams.values().iterator();
    while (datagrams.size() > limits.datagrams() || bytesHeld > limits.bytes()) {
      Datagram oldest = oldestFirst.next();
      if (oldest == spared) {
        continue;
      }
      oldestFirst.remove();
      bytesHeld -= oldest.bytes;
      if (!oldest.dropped) {
        counters.increment(ReassemblyResult.EVICTED);
      }
    }
  }

  /**
   * Frees the fragments; the datagram stays until its time is over, so that the rest is refused.
   */
  private void drop(Datagram datagram) {
    bytesHeld -= datagram.bytes;
    datagram.dropped = true;
    datagram.header = null;
    datagram.starts = new int[0];
    datagram.fragments = new byte[0][];
    datagram.count = 0;
    datagram.bytes = 0;
  }

  private static long saturatedAdd(long a, long b) {
    long sum = a + b;
    return sum < a ? Long.MAX_VALUE : sum;
  }
}
