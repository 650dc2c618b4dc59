package dev.zuido.ospf.lsdb;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All LSAs that a router holds: those of each interface's network, those of each attached area and
 * those of the whole AS.
 *
 * <p>RFC 2328 sets no limit to their number. Here one is set: an LSA that is not in the database is
 * refused when it is full, and counted; new instances of those that are in it are always taken, so
 * that a full database stays right about what it has. Not thread-safe.
 */
public final class LinkStateDatabase {
  private final int maximumLsas;
  private final NavigableMap<Ipv4Address, LsaStore> areas = new TreeMap<>();
  private final NavigableMap<Integer, LsaStore> links = new TreeMap<>();
  private final LsaStore asWide = new LsaStore(this);
  private final List<LsaListener> listeners = new ArrayList<>();
  private int size;
  private long refused;

  /**
   * Makes an empty database.
   *
   * @param maximumLsas how many LSAs all links, all areas and the AS may have together
   */
  public LinkStateDatabase(int maximumLsas) {
    if (maximumLsas < 1) {
      throw new IllegalArgumentException("a database holds at least one LSA");
    }
    this.maximumLsas = maximumLsas;
  }

  /** Tells a listener of each change from now on. */
  public void addListener(LsaListener listener) {
    listeners.add(listener);
  }

  /** Adds an area without LSAs; gives the present one if the area is there. */
  public LsaStore addArea(Ipv4Address areaId) {
    return areas.computeIfAbsent(areaId, id -> new LsaStore(this));
  }

  /** Removes an area with all its LSAs. */
  public void removeArea(Ipv4Address areaId) {
    LsaStore removed = areas.remove(areaId);
    if (removed != null) {
      removed.clear();
    }
  }

  /** The LSAs of an area, or null if the area was not added. */
  public @Nullable LsaStore area(Ipv4Address areaId) {
    return areas.get(areaId);
  }

  /** The areas' IDs in ascending order. */
  public Collection<Ipv4Address> areaIds() {
    return Collections.unmodifiableCollection(areas.keySet());
  }

  /** Adds an interface's network without LSAs; gives the present one if it is there. */
  public LsaStore addLink(int interfaceId) {
    return links.computeIfAbsent(interfaceId, id -> new LsaStore(this));
  }

  /** Removes an interface's network with all its LSAs. */
  public void removeLink(int interfaceId) {
    LsaStore removed = links.remove(interfaceId);
    if (removed != null) {
      removed.clear();
    }
  }

  /**
   * The LSAs of link-local scope that came in on an interface or are the router's own for it; null
   * if there is no such interface.
   */
  public @Nullable LsaStore link(int interfaceId) {
    return links.get(interfaceId);
  }

  /** The interfaces' ids in ascending order. */
  public Collection<Integer> interfaceIds() {
    return Collections.unmodifiableCollection(links.keySet());
  }

  /** The LSAs that are flooded through the whole AS: AS-external-LSAs and type 11. */
  public LsaStore asWide() {
    return asWide;
  }

  /**
   * Where an LSA of a type belongs; null if the area was not added, and for an LSA of link-local
   * scope, which belongs to a {@link #link}.
   */
  public @Nullable LsaStore storeFor(int type, Ipv4Address areaId) {
    return switch (LsaType.scopeOf(type)) {
      case LINK -> null;
      case AREA -> area(areaId);
      case AS -> asWide;
    };
  }

  /** How many LSAs there are. */
  public int size() {
    return size;
  }

  /** How many LSAs there may be. */
  public int maximumLsas() {
    return maximumLsas;
  }

  /** How many installations were refused because the database was full. */
  public long refused() {
    return refused;
  }

  /** When the next LSA reaches MaxAge; {@link LsaEntry#NO_DEADLINE} if none will. */
  public long nextExpiryNanos() {
    long next = asWide.nextExpiryNanos();
    for (LsaStore area : areas.values()) {
      next = Math.min(next, area.nextExpiryNanos());
    }
    for (LsaStore link : links.values()) {
      next = Math.min(next, link.nextExpiryNanos());
    }
    return next;
  }

  /** Takes a place, or counts a refusal. */
  boolean reserve() {
    if (size >= maximumLsas) {
      refused++;
      return false;
    }
    size++;
    return true;
  }

  void release(int count) {
    size -= count;
  }

  void changed(LsaStore store, LsaKey key) {
    for (LsaListener listener : listeners) {
      listener.changed(store, key);
    }
  }
}
