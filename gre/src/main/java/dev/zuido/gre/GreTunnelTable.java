package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.UdpFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tunnel of a packet by its outer header and its key.
 *
 * <p>An entry names a remote and a local address, each of which may be left open, and a key or
 * none. A keyed packet finds only entries with its key, an unkeyed one only those without. Of
 * several the most specific wins, in the order of Linux: (remote, local), (remote, any), (any,
 * local), (any, any). Entries over UDP (RFC 8086) are apart from those over protocol 47.
 *
 * <p>A look-up takes at most four probes of a hash table, whatever the number of entries, and
 * allocates nothing. Adding and removing build the table anew. Any number of threads may look up
 * while one changes the table; each look-up sees the table before or after a change.
 *
 * @param <T> what is found: a {@link GreTunnel}, or what holds one
 */
public final class GreTunnelTable<T> {
  private static final int LEVELS = 4;
  private static final int ANY_LOCAL = 1;
  private static final int ANY_REMOTE = 2;

  // What stands above the 32 bits of the key.
  private static final long KEYED = 1L << 32;
  private static final long IN_UDP = 1L << 33;
  private static final long OVER_IPV6 = 1L << 34;
  private static final int LEVEL_SHIFT = 35;

  private record Entry<T>(
      long tag, long remoteHigh, long remoteLow, long localHigh, long localLow, T value) {
    boolean is(long otherTag, long rh, long rl, long lh, long ll) {
      return tag == otherTag
          && remoteLow == rl
          && localLow == ll
          && remoteHigh == rh
          && localHigh == lh;
    }

    boolean isSamePlace(Entry<?> other) {
      return is(other.tag, other.remoteHigh, other.remoteLow, other.localHigh, other.localLow);
    }
  }

  /** A hash table with open addressing, at most half full. */
  private static final class Snapshot<T> {
    private final List<Entry<T>> entries;
    private final @Nullable Entry<T>[] slots;
    private final boolean[] usedLevels = new boolean[LEVELS];

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type parameters
    Snapshot(List<Entry<T>> entries) {
      this.entries = List.copyOf(entries);
      int size = Integer.highestOneBit(Math.max(4, entries.size() * 2)) << 1;
      this.slots = new @Nullable Entry[size];
      for (Entry<T> entry : entries) {
        usedLevels[(int) (entry.tag >>> LEVEL_SHIFT)] = true;
        int at =
            slot(entry.tag, entry.remoteHigh, entry.remoteLow, entry.localHigh, entry.localLow);
        while (slots[at] != null) {
          at = (at + 1) & (size - 1);
        }
        slots[at] = entry;
      }
    }

    private int slot(long tag, long rh, long rl, long lh, long ll) {
      long hash = tag * 0x9e37_79b9_7f4a_7c15L;
      hash = (hash ^ rh) * 0xbf58_476d_1ce4_e5b9L;
      hash = (hash ^ rl ^ hash >>> 31) * 0x94d0_49bb_1331_11ebL;
      hash = (hash ^ lh) * 0xbf58_476d_1ce4_e5b9L;
      hash = (hash ^ ll ^ hash >>> 31) * 0x94d0_49bb_1331_11ebL;
      return (int) (hash ^ hash >>> 32) & (slots.length - 1);
    }

    @Nullable T find(long tag, long rh, long rl, long lh, long ll) {
      if (!usedLevels[(int) (tag >>> LEVEL_SHIFT)]) {
        return null;
      }
      int at = slot(tag, rh, rl, lh, ll);
      Entry<T> entry = slots[at];
      while (entry != null) {
        if (entry.is(tag, rh, rl, lh, ll)) {
          return entry.value;
        }
        at = (at + 1) & (slots.length - 1);
        entry = slots[at];
      }
      return null;
    }
  }

  private volatile Snapshot<T> snapshot = new Snapshot<>(List.of());

  /** Makes an empty table. */
  public GreTunnelTable() {}

  /** The number of entries. */
  public int size() {
    return snapshot.entries.size();
  }

  /**
   * Adds the place of a tunnel: its addresses, its key, and whether it is in UDP.
   *
   * @throws IllegalArgumentException if an entry has this place already
   */
  public void add(GreTunnelConfig tunnel, T value) {
    add(place(tunnel, value));
  }

  /**
   * Adds an entry over protocol 47 that leaves addresses open.
   *
   * @param remote the sender of packets, or null for any
   * @param local their destination, or null for any
   * @param key their key, or null where they have none
   * @throws IllegalArgumentException if an entry has this place already, both addresses are open
   *     (see {@link #addAny}), or they are of two families
   */
  public void add(
      @Nullable IpAddress remote, @Nullable IpAddress local, @Nullable Integer key, T value) {
    IpAddress given = remote != null ? remote : local;
    if (given == null) {
      throw new IllegalArgumentException("an entry for any addresses names its family");
    }
    if (remote != null && local != null && remote.byteLength() != local.byteLength()) {
      throw new IllegalArgumentException("addresses are of one family");
    }
    add(entry(given instanceof Ipv4Address, false, remote, local, key, value));
  }

  /**
   * Adds an entry over protocol 47 for any addresses of a family.
   *
   * @throws IllegalArgumentException if there is one already
   */
  public void addAny(boolean ipv4, @Nullable Integer key, T value) {
    add(entry(ipv4, false, null, null, key, value));
  }

  private void add(Entry<T> added) {
    List<Entry<T>> entries = new ArrayList<>(snapshot.entries);
    for (Entry<T> entry : entries) {
      if (entry.isSamePlace(added)) {
        throw new IllegalArgumentException("two tunnels with the same addresses and key");
      }
    }
    entries.add(added);
    snapshot = new Snapshot<>(entries);
  }

  /** Removes the entries of a value; whether there were any. */
  public boolean remove(T value) {
    List<Entry<T>> entries = new ArrayList<>(snapshot.entries);
    boolean removed = entries.removeIf(entry -> entry.value.equals(value));
    if (removed) {
      snapshot = new Snapshot<>(entries);
    }
    return removed;
  }

  private static <T> Entry<T> place(GreTunnelConfig tunnel, T value) {
    return entry(
        tunnel.isOverIpv4(),
        tunnel.udp() != null,
        tunnel.remote(),
        tunnel.local(),
        tunnel.key(),
        value);
  }

  private static <T> Entry<T> entry(
      boolean ipv4,
      boolean inUdp,
      @Nullable IpAddress remote,
      @Nullable IpAddress local,
      @Nullable Integer key,
      T value) {
    int level = (remote == null ? ANY_REMOTE : 0) | (local == null ? ANY_LOCAL : 0);
    long tag = tag(level, ipv4, inUdp, key != null, key == null ? 0 : key);
    return new Entry<>(tag, high(remote), low(remote), high(local), low(local), value);
  }

  private static long tag(int level, boolean ipv4, boolean inUdp, boolean keyed, int key) {
    return (long) level << LEVEL_SHIFT
        | (ipv4 ? 0 : OVER_IPV6)
        | (inUdp ? IN_UDP : 0)
        | (keyed ? KEYED : 0)
        | (key & 0xffff_ffffL);
  }

  private static long high(@Nullable IpAddress address) {
    return address instanceof Ipv6Address v6 ? v6.high() : 0;
  }

  private static long low(@Nullable IpAddress address) {
    if (address instanceof Ipv6Address v6) {
      return v6.low();
    }
    return address instanceof Ipv4Address v4 ? v4.value() & 0xffff_ffffL : 0;
  }

  /**
   * Finds the entry of a packet.
   *
   * @param bytes the array in which a well-formed IPv4 or IPv6 packet stands
   * @param offset its first byte
   * @return null for a packet without a GRE header of version 0, and where no entry fits
   */
  public @Nullable T find(byte[] bytes, int offset) {
    boolean ipv4 = Ipv4Fields.version(bytes, offset) == 4;
    int protocol;
    int upper;
    int end;
    if (ipv4) {
      protocol = Ipv4Fields.protocol(bytes, offset);
      upper = offset + Ipv4Fields.headerLength(bytes, offset);
      end = offset + Ipv4Fields.totalLength(bytes, offset);
      if (Ipv4Fields.fragmentOffset(bytes, offset) != 0) {
        return null;
      }
    } else {
      long walked = Ipv6Fields.upperLayer(bytes, offset);
      if (walked == Ipv6Fields.MALFORMED || Ipv6Fields.fragmentOffset(bytes, offset, walked) != 0) {
        return null;
      }
      protocol = Ipv6Fields.protocolOf(walked);
      upper = offset + Ipv6Fields.offsetOf(walked);
      end = offset + Ipv6Fields.totalLength(bytes, offset);
    }
    boolean inUdp = protocol == IpProtocol.UDP;
    if (inUdp) {
      if (!UdpFields.isWellFormed(bytes, upper, end - upper)
          || UdpFields.destinationPort(bytes, upper) != GreInUdp.PORT) {
        return null;
      }
      end = upper + UdpFields.length(bytes, upper);
      upper += UdpFields.HEADER_LENGTH;
    } else if (protocol != IpProtocol.GRE) {
      return null;
    }
    return findGre(bytes, offset, ipv4, inUdp, upper, end - upper);
  }

  private @Nullable T findGre(
      byte[] bytes, int ip, boolean ipv4, boolean inUdp, int gre, int available) {
    if (available < GreFields.MIN_HEADER_LENGTH) {
      return null;
    }
    int flags = GreFields.flags(bytes, gre);
    if ((flags & GreFields.VERSION_MASK) != 0 || available < GreFields.headerLength(flags)) {
      return null;
    }
    boolean keyed = (flags & GreFields.KEY_PRESENT) != 0;
    int key = keyed ? GreFields.key(bytes, gre, flags) : 0;
    long tag = tag(0, ipv4, inUdp, keyed, key);
    return ipv4
        ? find(
            tag,
            0,
            BigEndian.getUnsignedInt(bytes, ip + 12),
            0,
            BigEndian.getUnsignedInt(bytes, ip + 16))
        : find(
            tag,
            Ipv6Fields.sourceHigh(bytes, ip),
            Ipv6Fields.sourceLow(bytes, ip),
            Ipv6Fields.destinationHigh(bytes, ip),
            Ipv6Fields.destinationLow(bytes, ip));
  }

  private @Nullable T find(
      long tag, long remoteHigh, long remoteLow, long localHigh, long localLow) {
    Snapshot<T> table = snapshot;
    T found = table.find(tag, remoteHigh, remoteLow, localHigh, localLow);
    if (found == null) {
      found = table.find(level(tag, ANY_LOCAL), remoteHigh, remoteLow, 0, 0);
    }
    if (found == null) {
      found = table.find(level(tag, ANY_REMOTE), 0, 0, localHigh, localLow);
    }
    return found == null ? table.find(level(tag, ANY_REMOTE | ANY_LOCAL), 0, 0, 0, 0) : found;
  }

  private static long level(long tag, int level) {
    return tag | (long) level << LEVEL_SHIFT;
  }
}
