package dev.zuido.ospf;

import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** How the areas are configured (RFC 2328 section C.2), which may change while they run. */
final class AreaConfiguration {
  private final Core core;
  private final SortedMap<Ipv4Address, OspfAreaConfig> configs = new TreeMap<>();

  AreaConfiguration(Core core) {
    this.core = core;
    for (OspfAreaConfig each : core.config.areas()) {
      configs.put(each.areaId(), each);
    }
  }

  /** An area's configuration: the one that was given, or that of a normal area. */
  OspfAreaConfig of(Ipv4Address areaId) {
    OspfAreaConfig known = configs.get(areaId);
    return known == null ? OspfAreaConfig.normal(areaId) : known;
  }

  /** The ranges of all areas. */
  List<AreaRange> ranges() {
    List<AreaRange> ranges = new ArrayList<>();
    configs.values().forEach(each -> ranges.addAll(each.ranges()));
    return ranges;
  }

  /** The areas that the router is "actively attached to": with an interface that is not down. */
  Set<Ipv4Address> attached() {
    Set<Ipv4Address> attached = new TreeSet<>();
    for (OspfInterface each : core.interfaces.values()) {
      if (each.state() != InterfaceState.DOWN) {
        attached.add(each.area().id());
      }
    }
    return attached;
  }

  /**
   * Changes an area while it runs. If its type changes, its adjacencies end, and what was learnt
   * over them is forgotten: the routers of an area must agree on the type.
   */
  void configure(OspfAreaConfig changed) {
    OspfAreaConfig before = of(changed.areaId());
    if (changed.equals(before)) {
      return;
    }
    configs.put(changed.areaId(), changed);
    for (Area area : core.areas()) {
      if (area.id().equals(changed.areaId())) {
        area.reconfigure(changed);
        if (before.type() != changed.type()) {
          changeType(area);
        }
        core.origination.mayDiffer(area);
      }
    }
    core.virtualLinks.configure(changed);
    core.externals.surroundingsMayDiffer();
    core.summaries.configurationDiffers();
    core.routes.rangesChanged();
  }

  private void changeType(Area area) {
    boolean externals = false;
    for (OspfInterface each : core.interfaces.values()) {
      if (each.area() == area) {
        for (Neighbor neighbor : List.copyOf(each.neighbors())) {
          neighbor.event(NeighborEvent.KILL_NBR, NeighborCause.AREA_TYPE_CHANGED);
        }
        each.explanations.clear();
      }
      externals |= each.takesAsScope();
    }
    forgetReceived(area.database);
    if (!externals) {
      forgetReceived(core.external);
    }
  }

  private void forgetReceived(Database database) {
    for (HeldLsa each : List.copyOf(database.all())) {
      if (!core.origination.isSelfOriginated(each.lsa().header())) {
        core.forget(each);
      }
    }
  }
}
