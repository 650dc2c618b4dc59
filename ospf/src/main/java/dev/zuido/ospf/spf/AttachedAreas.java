package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The areas in which the calculating router has an interface, and what their trees give together.
 */
final class AttachedAreas {
  private final Ipv4Address routerId;
  private final LinkStateDatabase database;

  /** By Area ID, the backbone last. */
  private final Map<Ipv4Address, AreaCalculation> areas =
      new TreeMap<>(Comparator.<Ipv4Address>reverseOrder());

  private int maximumPaths;
  private long treesGrown;

  AttachedAreas(Ipv4Address routerId, LinkStateDatabase database) {
    this.routerId = routerId;
    this.database = database;
  }

  /**
   * Follows the database and the interfaces.
   *
   * @param changes the LSAs of a store that have changed since the last time
   */
  void update(
      List<SpfInterface> interfaces,
      Function<LsaStore, Collection<LsaKey>> changes,
      int mostPaths,
      long nowNanos) {
    if (mostPaths != maximumPaths) {
      areas.clear();
      maximumPaths = mostPaths;
    }
    Set<Ipv4Address> attached = new TreeSet<>(Comparator.reverseOrder());
    for (SpfInterface own : interfaces) {
      attached.add(areaOf(own));
    }
    areas.keySet().retainAll(attached);
    for (Ipv4Address areaId : attached) {
      LsaStore store = database.area(areaId);
      if (store == null) {
        areas.remove(areaId);
      } else {
        AreaCalculation area = areas.get(areaId);
        if (area == null || !area.store().equals(store)) {
          area = new AreaCalculation(routerId, areaId, store, maximumPaths);
          areas.put(areaId, area);
        }
        boolean grown = area.update(changes.apply(store), inArea(areaId, interfaces), nowNanos);
        treesGrown += grown ? 1 : 0;
      }
    }
  }

  private static List<SpfInterface> inArea(Ipv4Address areaId, List<SpfInterface> interfaces) {
    List<SpfInterface> found = new ArrayList<>();
    for (SpfInterface own : interfaces) {
      if (areaOf(own).equals(areaId)) {
        found.add(own);
      }
    }
    return found;
  }

  private static Ipv4Address areaOf(SpfInterface own) {
    return own.kind() == SpfInterface.Kind.VIRTUAL ? IncrementalCalculation.BACKBONE : own.areaId();
  }

  /** An area, or null if the router has no interface in it. */
  @Nullable AreaCalculation get(Ipv4Address areaId) {
    return areas.get(areaId);
  }

  /** The areas' IDs, the backbone last. */
  List<Ipv4Address> ids() {
    return List.copyOf(areas.keySet());
  }

  /** How often a tree was grown. */
  long treesGrown() {
    return treesGrown;
  }

  /** The areas whose TransitCapability is true. */
  Set<Ipv4Address> transitAreas() {
    Set<Ipv4Address> found = new TreeSet<>();
    areas.forEach(
        (areaId, area) -> {
          if (area.routes().transitCapability()) {
            found.add(areaId);
          }
        });
    return found;
  }

  /** The border and boundary routers of all areas. */
  List<RouterRoute> routerRoutes() {
    List<RouterRoute> found = new ArrayList<>();
    for (AreaCalculation area : areas.values()) {
      found.addAll(area.routes().routerRoutes());
    }
    return found;
  }

  /** The intra-area routes, in the order of their prefixes. */
  OspfRoute[] routes() {
    OspfRoute[] all = new OspfRoute[0];
    for (AreaCalculation area : areas.values()) {
      all = combine(all, area.routes().routes());
    }
    return all;
  }

  /** Of two areas' routes to one network the cheaper stays; equal ones are put together. */
  private OspfRoute[] combine(OspfRoute[] first, OspfRoute[] second) {
    if (first.length == 0 || second.length == 0) {
      return first.length == 0 ? second : first;
    }
    OspfRoute[] all = new OspfRoute[first.length + second.length];
    int count = 0;
    int i = 0;
    int j = 0;
    while (i < first.length && j < second.length) {
      int order = first[i].prefix().compareTo(second[j].prefix());
      if (order == 0) {
        all[count++] = better(first[i++], second[j++]);
      } else {
        all[count++] = order < 0 ? first[i++] : second[j++];
      }
    }
    while (i < first.length) {
      all[count++] = first[i++];
    }
    while (j < second.length) {
      all[count++] = second[j++];
    }
    return Arrays.copyOf(all, count);
  }

  private OspfRoute better(OspfRoute first, OspfRoute second) {
    if (first.cost() != second.cost()) {
      return first.cost() < second.cost() ? first : second;
    }
    return first.withNextHops(
        PathArithmetic.union(first.nextHops(), second.nextHops(), maximumPaths));
  }
}
