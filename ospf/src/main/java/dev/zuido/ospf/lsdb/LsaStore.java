package dev.zuido.ospf.lsdb;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The LSAs of one flooding scope: a network, an area, or the AS. Iteration is in the order of
 * {@link LsaKey}, so it is the same in every run. Made by {@link LinkStateDatabase}. Not
 * thread-safe.
 */
public final class LsaStore {
  private static final Ipv4Address HIGHEST = Ipv4Address.BROADCAST;

  private final LinkStateDatabase database;
  private final NavigableMap<LsaKey, LsaEntry> entries = new TreeMap<>();

  /** Made when somebody asks for it first: an engine has timers of its own. */
  private @Nullable NavigableSet<Expiry> expiries;

  /** A moment at which an LSA reaches MaxAge; the key makes it unique. */
  private record Expiry(long nanos, LsaKey key) implements Comparable<Expiry> {
    @Override
    public int compareTo(Expiry other) {
      return nanos != other.nanos ? Long.compare(nanos, other.nanos) : key.compareTo(other.key);
    }
  }

  LsaStore(LinkStateDatabase database) {
    this.database = database;
  }

  /**
   * Puts an instance in place of the one that is there, if any. Which of them is more recent, and
   * whether the new one is intact, was decided before.
   */
  public InstallResult install(Lsa lsa, long nowNanos) {
    LsaKey key = lsa.key();
    LsaEntry previous = entries.get(key);
    if (previous == null && !database.reserve()) {
      return InstallResult.REFUSED;
    }
    put(key, previous, new LsaEntry(isRead(lsa) ? lsa : lsa.compact(), nowNanos));
    if (previous != null
        && previous.lsa().hasSameContent(lsa)
        && previous.isMaxAgeAt(nowNanos) == lsa.header().isMaxAge()) {
      return InstallResult.REFRESHED;
    }
    database.changed(this, key);
    return previous == null ? InstallResult.NEW : InstallResult.CHANGED;
  }

  /**
   * Whether an LSA is kept with its body decoded. Router-LSAs and network-LSAs have long bodies,
   * which the route calculation reads once and then has in a form of its own.
   */
  private static boolean isRead(Lsa lsa) {
    int type = lsa.header().type();
    return type != LsaType.ROUTER && type != LsaType.NETWORK;
  }

  /** Removes an LSA; gives what was there. */
  public @Nullable LsaEntry remove(LsaKey key) {
    LsaEntry removed = entries.remove(key);
    if (removed != null) {
      if (expiries != null) {
        expiries.remove(new Expiry(removed.expiresAtNanos(), key));
      }
      database.release(1);
      database.changed(this, key);
    }
    return removed;
  }

  /** Removes all LSAs. */
  public void clear() {
    List<LsaKey> keys = List.copyOf(entries.keySet());
    database.release(keys.size());
    entries.clear();
    expiries = null;
    for (LsaKey key : keys) {
      database.changed(this, key);
    }
  }

  /** The instance of an LSA, or null. */
  public @Nullable LsaEntry get(LsaKey key) {
    return entries.get(key);
  }

  /** All LSAs in the order of their keys; a view. */
  public Collection<LsaEntry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** The LSAs of a type in the order of their keys; a view. */
  public Collection<LsaEntry> entriesOfType(int type) {
    return between(type, Ipv4Address.UNSPECIFIED, HIGHEST);
  }

  /**
   * The LSAs of a type whose Link State IDs lie in a prefix, in the order of their keys; a view.
   */
  public Collection<LsaEntry> entriesWithin(int type, Ipv4Prefix prefix) {
    return between(type, prefix.address(), prefix.last());
  }

  /** The LSAs with a type and a Link State ID, whoever advertises them; a view. */
  public Collection<LsaEntry> entriesWithId(int type, Ipv4Address linkStateId) {
    return between(type, linkStateId, linkStateId);
  }

  /** The router-LSA that a router has originated for itself, or null. */
  public @Nullable LsaEntry routerLsa(Ipv4Address routerId) {
    return entries.get(new LsaKey(LsaType.ROUTER, routerId, routerId));
  }

  /** How many LSAs there are. */
  public int size() {
    return entries.size();
  }

  /** When the next LSA reaches MaxAge; {@link LsaEntry#NO_DEADLINE} if none will. */
  public long nextExpiryNanos() {
    NavigableSet<Expiry> ordered = expiries();
    return ordered.isEmpty() ? LsaEntry.NO_DEADLINE : ordered.first().nanos();
  }

  private NavigableSet<Expiry> expiries() {
    NavigableSet<Expiry> ordered = expiries;
    if (ordered == null) {
      ordered = new TreeSet<>();
      for (LsaEntry entry : entries.values()) {
        if (entry.expiresAtNanos() != LsaEntry.NO_DEADLINE) {
          ordered.add(new Expiry(entry.expiresAtNanos(), entry.key()));
        }
      }
      expiries = ordered;
    }
    return ordered;
  }

  /**
   * Takes the next LSA that has reached MaxAge by now: its entry is replaced by one of that age,
   * which is to be flooded and, once acknowledged, removed (RFC 2328 section 14).
   *
   * @return the new entry; null if there is no further one
   */
  public @Nullable LsaEntry expireNext(long nowNanos) {
    NavigableSet<Expiry> ordered = expiries();
    if (ordered.isEmpty() || ordered.first().nanos() > nowNanos) {
      return null;
    }
    LsaKey key = ordered.first().key();
    LsaEntry previous = entries.get(key);
    if (previous == null) {
      throw new AssertionError("an expiry without an entry: " + key);
    }
    LsaEntry aged = new LsaEntry(previous.lsa().withAge(LsaHeader.MAX_AGE), nowNanos);
    put(key, previous, aged);
    database.changed(this, key);
    return aged;
  }

  private void put(LsaKey key, @Nullable LsaEntry previous, LsaEntry entry) {
    entries.put(key, entry);
    if (expiries != null) {
      if (previous != null) {
        expiries.remove(new Expiry(previous.expiresAtNanos(), key));
      }
      if (entry.expiresAtNanos() != LsaEntry.NO_DEADLINE) {
        expiries.add(new Expiry(entry.expiresAtNanos(), key));
      }
    }
  }

  private Collection<LsaEntry> between(int type, Ipv4Address first, Ipv4Address last) {
    return Collections.unmodifiableCollection(
        entries
            .subMap(
                new LsaKey(type, first, Ipv4Address.UNSPECIFIED),
                true,
                new LsaKey(type, last, HIGHEST),
                true)
            .values());
  }
}
