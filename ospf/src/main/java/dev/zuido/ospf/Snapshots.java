package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.spf.RouterRoute;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What {@code show} commands see of the process and its areas. */
final class Snapshots {
  private final Core core;
  private final Shutdown shutdown;

  Snapshots(Core core, Shutdown shutdown) {
    this.core = core;
    this.shutdown = shutdown;
  }

  ProcessSnapshot process(long now) {
    List<AreaSnapshot> areas = new ArrayList<>();
    int full = 0;
    int ownFlags = 0;
    for (Area area : core.areas()) {
      AreaSnapshot snapshot = area(area);
      areas.add(snapshot);
      full += snapshot.fullNeighbors();
      ownFlags |= ownFlags(area);
    }
    return new ProcessSnapshot(
        core.routerId,
        (ownFlags & RouterLsa.BORDER) != 0,
        (ownFlags & RouterLsa.EXTERNAL) != 0,
        core.stubRouter.snapshot(now, shutdown.stubRouterDeadline()),
        core.routes.snapshot(now),
        core.databaseLimit.usage(),
        core.restart.snapshot(now),
        totals(core.external.all()),
        full,
        core.helper.helped(),
        areas);
  }

  /** The flags of the router-LSA that stands in an area's database. */
  private int ownFlags(Area area) {
    HeldLsa own = area.database.find(new LsaKey(LsaType.ROUTER, core.routerId, core.routerId));
    return own != null && !own.isMaxAge() && own.lsa().body() instanceof RouterLsa body
        ? body.flags()
        : 0;
  }

  private AreaSnapshot area(Area area) {
    int interfaces = 0;
    int active = 0;
    int full = 0;
    List<HeldLsa> linkLocal = new ArrayList<>();
    List<InterfaceSnapshot.Explanation> explanations = new ArrayList<>();
    for (OspfInterface each : core.interfaces.values()) {
      if (each.area() != area) {
        continue;
      }
      interfaces++;
      active += each.state() == InterfaceState.DOWN ? 0 : 1;
      for (Neighbor neighbor : each.neighbors()) {
        full += neighbor.state() == NeighborState.FULL ? 1 : 0;
      }
      linkLocal.addAll(each.linkLocal.all());
      for (InterfaceSnapshot.Explanation explanation : each.explanations.all()) {
        if (explanation.mismatch() instanceof Mismatch.DuplicateRouterIdInArea) {
          explanations.add(explanation);
        }
      }
    }
    Set<Ipv4Address> borders = new HashSet<>();
    Set<Ipv4Address> boundaries = new HashSet<>();
    for (RouterRoute route : core.routes.table().routerRoutes()) {
      if (route.areaId().equals(area.id())) {
        if (route.areaBorder()) {
          borders.add(route.routerId());
        }
        if (route.asBoundary()) {
          boundaries.add(route.routerId());
        }
      }
    }
    return new AreaSnapshot(
        area.config(),
        interfaces,
        active,
        full,
        core.routes.table().transitAreas().contains(area.id()),
        borders.size(),
        boundaries.size(),
        totals(area.database.all()),
        total(LsaType.OPAQUE_LINK, linkLocal),
        explanations);
  }

  private static List<LsaTotal> totals(Collection<HeldLsa> lsas) {
    TreeMap<Integer, List<HeldLsa>> byType = new TreeMap<>();
    for (HeldLsa lsa : lsas) {
      byType.computeIfAbsent(lsa.key.type(), type -> new ArrayList<>()).add(lsa);
    }
    List<LsaTotal> totals = new ArrayList<>();
    byType.forEach((type, ofType) -> totals.add(total(type, ofType)));
    return totals;
  }

  private static LsaTotal total(int type, Collection<HeldLsa> lsas) {
    long sum = 0;
    for (HeldLsa lsa : lsas) {
      sum += lsa.lsa().header().checksum();
    }
    return new LsaTotal(type, lsas.size(), sum);
  }
}
