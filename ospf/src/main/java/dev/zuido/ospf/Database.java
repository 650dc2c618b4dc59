package dev.zuido.ospf;

import dev.zuido.ospf.lsa.FloodingScope;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsdb.InstallResult;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The LSAs of one network, of one area or of the AS, as flooding and aging see them. */
final class Database {
  private final FloodingScope scope;
  private final @Nullable OspfInterface on;
  private final @Nullable Area area;
  private final LsaStore store;
  private final NavigableMap<LsaKey, HeldLsa> held = new TreeMap<>();

  /** Which LSAs have the DC-bit clear (RFC 1793 section 2.5). */
  final IndicationLsas.Census census = new IndicationLsas.Census();

  /** Those that the router itself originates, now and then. */
  final NavigableMap<LsaKey, Origination.OwnLsa> ownLsas = new TreeMap<>();

  /** The opaque LSAs that the router's applications announce in this scope. */
  final NavigableMap<LsaKey, OpaqueLsa> announced = new TreeMap<>();

  private Database(
      FloodingScope scope, @Nullable OspfInterface on, @Nullable Area area, LsaStore store) {
    this.scope = scope;
    this.on = on;
    this.area = area;
    this.store = store;
  }

  /** What has link-local scope on the network of an interface. */
  static Database ofLink(OspfInterface on, LsaStore store) {
    return new Database(FloodingScope.LINK, on, null, store);
  }

  /** What has area scope. */
  static Database ofArea(Area area, LsaStore store) {
    return new Database(FloodingScope.AREA, null, area, store);
  }

  /** What has AS scope. */
  static Database ofAs(LsaStore store) {
    return new Database(FloodingScope.AS, null, null, store);
  }

  FloodingScope scope() {
    return scope;
  }

  /** The interface whose network this is; null for other scopes. */
  @Nullable OspfInterface on() {
    return on;
  }

  /** The area, or the interface's area; null for AS scope. */
  @Nullable Area area() {
    return on != null ? on.area() : area;
  }

  /** The area's ID; 0.0.0.0 too for AS scope. */
  Ipv4Address areaId() {
    Area within = area();
    return within == null ? OspfAreaConfig.BACKBONE : within.id();
  }

  /** The interface's id; 0 for other scopes than a link. */
  int interfaceId() {
    return on == null ? 0 : on.id();
  }

  /** Whether anyone could be there to flood to: not if the interface is down. */
  boolean isUp() {
    return on == null || on.state() != InterfaceState.DOWN;
  }

  /** The Options of the LSAs that the router originates here. */
  Options options() {
    Area within = area();
    return within == null ? new Options(Options.E | Options.DC) : within.lsaOptions();
  }

  @Nullable HeldLsa find(LsaKey key) {
    return held.get(key);
  }

  /** The LSAs without what flooding knows of them. */
  LsaStore store() {
    return store;
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
