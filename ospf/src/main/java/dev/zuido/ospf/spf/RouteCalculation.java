package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Calculates the routing table of one router from its database (RFC 2328 section 16). */
public final class RouteCalculation {
  /**
   * What a router is configured with.
   *
   * @param rfc1583Compatibility how external routes are preferred (section 16.4.1, appendix C.1)
   * @param maximumPaths how many next hops a route keeps at most, 1 to 64: those with the lowest
   *     interface and address
   * @param areaRanges the ranges of the areas that the router borders on
   */
  public record Settings(
      boolean rfc1583Compatibility, int maximumPaths, List<AreaRange> areaRanges) {
    /** RFC 1583 compatible, 16 paths, no ranges. */
    public static final Settings DEFAULT = new Settings(true, 16, List.of());

    /** Checks the range of the paths. */
    public Settings {
      if (maximumPaths < 1 || maximumPaths > 64) {
        throw new IllegalArgumentException("1 to 64 paths, not " + maximumPaths);
      }
      areaRanges = List.copyOf(areaRanges);
    }
  }

  private static final Ipv4Address BACKBONE = Ipv4Address.UNSPECIFIED;

  private final Ipv4Address routerId;
  private final Settings settings;
  private ExternalAreas externalAreas = ExternalAreas.ALL_NORMAL;

  /** A calculation for the router with an ID. */
  public RouteCalculation(Ipv4Address routerId, Settings settings) {
    this.routerId = routerId;
    this.settings = settings;
  }

  /** Says what kind of area each is, for the calculations from now on. */
  public void setExternalAreas(ExternalAreas areas) {
    externalAreas = areas;
  }

  /**
   * Calculates all routes.
   *
   * @param database with the router's own router-LSA in each area
   * @param interfaces the router's own interfaces that are up
   * @param nowNanos the moment whose ages count: LSAs that have reached MaxAge are not used
   */
  public RoutingTable calculate(
      LinkStateDatabase database, List<SpfInterface> interfaces, long nowNanos) {
    TableDraft table = new TableDraft();
    List<Ipv4Address> areaIds = attachedAreas(database, interfaces);
    Map<Ipv4Address, AreaTree> trees = new HashMap<>();
    for (Ipv4Address areaId : areaIds) {
      LsaStore store = database.area(areaId);
      if (store != null) {
        FirstHops firstHops = firstHops(areaId, interfaces, trees);
        AreaTree tree =
            AreaTree.grow(routerId, store, nowNanos, firstHops, settings.maximumPaths());
        trees.put(areaId, tree);
        new IntraAreaRoutes(areaId, firstHops, settings.maximumPaths()).addTo(table, tree);
        if (tree.transitCapability()) {
          table.addTransitArea(areaId);
        }
      }
    }
    addInterArea(database, areaIds, table, nowNanos);
    addExternal(database, areaIds, table, nowNanos);
    return table.finish();
  }

  /** Section 16.4, and section 2.5 of RFC 3101. */
  private void addExternal(
      LinkStateDatabase database, List<Ipv4Address> areaIds, TableDraft table, long nowNanos) {
    ExternalRoutes routes =
        new ExternalRoutes(
            routerId, settings, externalAreas, areaIds.size() > 1, table, nowNanos);
    routes.examine(database.asWide().entriesOfType(LsaType.AS_EXTERNAL), null);
    for (Ipv4Address areaId : areaIds) {
      LsaStore store = database.area(areaId);
      if (store != null && externalAreas.nssas().contains(areaId)) {
        routes.examine(store.entriesOfType(LsaType.NSSA), areaId);
      }
    }
    routes.addToTable();
  }

  /** Sections 16.2 and 16.3. */
  private void addInterArea(
      LinkStateDatabase database, List<Ipv4Address> areaIds, TableDraft table, long nowNanos) {
    InterAreaRoutes routes = new InterAreaRoutes(routerId, settings, table, nowNanos);
    boolean areaBorder = areaIds.size() > 1;
    for (Ipv4Address areaId : areaIds) {
      LsaStore store = database.area(areaId);
      if (store != null && (!areaBorder || areaId.equals(BACKBONE))) {
        routes.examineArea(areaId, store);
      }
    }
    if (areaBorder) {
      for (Ipv4Address areaId : table.transitAreas()) {
        LsaStore store = database.area(areaId);
        if (store != null && !areaId.equals(BACKBONE)) {
          routes.examineTransitArea(areaId, store);
        }
      }
    }
  }

  /**
   * The areas in which the router has an interface, the backbone last: its virtual links need the
   * other areas' trees.
   */
  private static List<Ipv4Address> attachedAreas(
      LinkStateDatabase database, List<SpfInterface> interfaces) {
    Set<Ipv4Address> attached = new TreeSet<>(Comparator.reverseOrder());
    for (SpfInterface own : interfaces) {
      attached.add(own.kind() == SpfInterface.Kind.VIRTUAL ? BACKBONE : own.areaId());
    }
    attached.retainAll(database.areaIds());
    return List.copyOf(attached);
  }

  private FirstHops firstHops(
      Ipv4Address areaId, List<SpfInterface> interfaces, Map<Ipv4Address, AreaTree> trees) {
    List<SpfInterface> inArea = new ArrayList<>();
    for (SpfInterface own : interfaces) {
      Ipv4Address owner = own.kind() == SpfInterface.Kind.VIRTUAL ? BACKBONE : own.areaId();
      if (owner.equals(areaId)) {
        inArea.add(own);
      }
    }
    return new FirstHops(routerId, inArea, trees, settings.maximumPaths());
  }

  @Override
  public String toString() {
    return "RouteCalculation[" + routerId + ", " + settings + "]";
  }
}
