package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
  private final AreaRanges ranges;

  /** The trees of the last calculation, by Area ID. */
  private Map<Ipv4Address, AreaTree> trees = Map.of();

  /** A calculation for the router with an ID. */
  public RouteCalculation(Ipv4Address routerId, Settings settings) {
    this.routerId = routerId;
    this.settings = settings;
    this.ranges = new AreaRanges(settings.areaRanges());
  }

  /**
   * Where a router of an area is to be sent packets, by the last calculation: its interface address
   * that points back to this router (section 16.1 step 4), as the other end of a virtual link
   * needs it.
   *
   * @return null if the router cannot be reached in the area or has no address there
   */
  public @Nullable Ipv4Address addressOf(Ipv4Address areaId, Ipv4Address router) {
    AreaTree tree = trees.get(areaId);
    Vertex vertex = tree == null ? null : tree.reachableRouter(router);
    return tree == null || vertex == null ? null : FirstHops.addressTowardRoot(tree, vertex);
  }

  /**
   * Calculates all routes.
   *
   * @param database with the router's own router-LSA in each area
   * @param interfaces the router's own interfaces that are up; the index of a virtual link is
   *     larger than those of all others
   * @param nowNanos the moment whose ages count: LSAs that have reached MaxAge are not used
   */
  public RoutingTable calculate(
      LinkStateDatabase database, List<SpfInterface> interfaces, long nowNanos) {
    TableDraft table = new TableDraft();
    List<Ipv4Address> areaIds = attachedAreas(database, interfaces);
    trees = new HashMap<>();
    for (Ipv4Address areaId : areaIds) {
      LsaStore store = database.area(areaId);
      if (store != null) {
        FirstHops firstHops = firstHops(areaId, interfaces);
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
    resolveVirtualLinks(interfaces, table);
    if (areaIds.size() > 1) {
      table.addDiscards(ranges.activeAmong(table.routes()));
    }
    new ExternalRoutes(routerId, settings, table, nowNanos).examine(database.asWide());
    return table.finish();
  }

  /** Sections 16.2 and 16.3. */
  private void addInterArea(
      LinkStateDatabase database, List<Ipv4Address> areaIds, TableDraft table, long nowNanos) {
    Set<Ipv4Prefix> activeRanges = ranges.activeAmong(table.routes());
    InterAreaRoutes routes =
        new InterAreaRoutes(routerId, settings, table, activeRanges, nowNanos);
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

  /** The end of section 16.3. */
  private void resolveVirtualLinks(List<SpfInterface> interfaces, TableDraft table) {
    Map<Integer, Set<NextHop>> virtualLinks = new HashMap<>();
    for (SpfInterface own : interfaces) {
      if (own.kind() == SpfInterface.Kind.VIRTUAL) {
        Set<NextHop> hops = new TreeSet<>();
        AreaTree transit = trees.get(own.areaId());
        for (Ipv4Address endpoint : own.neighbors().keySet()) {
          Vertex vertex = transit == null ? null : transit.reachableRouter(endpoint);
          if (vertex != null) {
            hops.addAll(vertex.nextHops);
          }
        }
        virtualLinks.put(own.index(), hops);
      }
    }
    if (!virtualLinks.isEmpty()) {
      table.resolveVirtualLinks(virtualLinks);
    }
  }

  /**
   * The areas in which the router has an interface, the backbone last.
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

  private FirstHops firstHops(Ipv4Address areaId, List<SpfInterface> interfaces) {
    List<SpfInterface> inArea = new ArrayList<>();
    for (SpfInterface own : interfaces) {
      Ipv4Address owner = own.kind() == SpfInterface.Kind.VIRTUAL ? BACKBONE : own.areaId();
      if (owner.equals(areaId)) {
        inArea.add(own);
      }
    }
    return new FirstHops(routerId, inArea, settings.maximumPaths());
  }

  @Override
  public String toString() {
    return "RouteCalculation[" + routerId + ", " + settings + "]";
  }
}
