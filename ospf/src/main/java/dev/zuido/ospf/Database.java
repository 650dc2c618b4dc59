package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsdb.InstallResult;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The LSAs of one flooding scope, an area or the AS, as flooding and aging see them. */
final class Database {
  private final Ipv4Address areaId;
  private final LsaStore store;
  private final NavigableMap<LsaKey, HeldLsa> held = new TreeMap<>();

  /** How many LSAs have the DC-bit clear (RFC 1793 section 2.5). */
  int withoutDemandCircuits;

  /** Those that the router itself originates, now and then. */
  final NavigableMap<LsaKey, Origination.OwnLsa> ownLsas = new TreeMap<>();

  Database(Ipv4Address areaId, LsaStore store) {
    this.areaId = areaId;
    this.store = store;
  }

  /** The area; 0.0.0.0 too for the AS-external-LSAs. */
  Ipv4Address areaId() {
    return areaId;
  }

  @Nullable HeldLsa find(LsaKey key) {
    return held.get(key);
  }

  /** All LSAs, in the order of their keys; a view. */
  Collection<HeldLsa> all() {
    return Collections.unmodifiableCollection(held.values());
  }

  /** What {@link #install} did. */
  record Installed(HeldLsa lsa, boolean affectsRoutes) {}

  /**
   * Puts an instance in place of the one that is there, if any (section 13.2).
   *
   * @param byFlooding whether it was received
   */
  Installed install(Lsa lsa, boolean byFlooding, Aging aging, long now) {
    InstallResult result = store.install(lsa, now);
    LsaEntry entry = store.get(lsa.key());
    if (entry == null) {
      throw new AssertionError("the database has room for the router's own LSAs: " + lsa.key());
    }
    HeldLsa known = held.get(lsa.key());
    if (known == null) {
      known = new HeldLsa(this, entry, aging);
      held.put(known.key, known);
    }
    known.put(entry, byFlooding);
    return new Installed(known, result.affectsRoutes());
  }

  void remove(HeldLsa lsa) {
    held.remove(lsa.key);
    store.remove(lsa.key);
  }
}
