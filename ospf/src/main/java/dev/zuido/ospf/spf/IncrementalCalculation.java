package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Calculates the routing table of one router from its database (RFC 2328 section 16), again and
 * again: it follows the database and looks only at what a change touches.
 *
 * <ul>
 *   <li>The shortest-path tree of an area is grown again if a link between its routers and networks
 *       has changed, or the router's own interfaces in it have; it runs on arrays of numbers that
 *       are kept for it.
 *   <li>Where only stub networks have changed, the area's routes are taken from the tree that is
 *       there.
 *   <li>Summary-LSAs, AS-external-LSAs and NSSA-LSAs are looked at again for the networks that have
 *       changed (sections 16.5 and 16.6, section 2.6 of RFC 3101); all of them only if the ways to
 *       border or boundary routers have.
 * </ul>
 *
 * <p>The table is always the one that {@link RouteCalculation} makes from the same database; routes
 * that have stayed the same are the same objects. An LSA counts until the database is told that it
 * is MaxAge. Not thread-safe.
 */
public final class IncrementalCalculation {
  static final Ipv4Address BACKBONE = Ipv4Address.UNSPECIFIED;

  private final Ipv4Address routerId;
  private final LinkStateDatabase database;
  private RouteCalculation.Settings settings;
  private AreaRanges ranges;
  private ExternalAreas externalAreas = ExternalAreas.ALL_NORMAL;

  private final AttachedAreas areas;
  private final Map<LsaStore, Set<LsaKey>> changes = new HashMap<>();
  private final TableDraft draft = new TableDraft();

  /** Whether all summary-LSAs and AS-external-LSAs have to be looked at. */
  private boolean everything = true;

  private List<Ipv4Address> attached = List.of();
  private OspfRoute[] intraArea = new OspfRoute[0];
  private List<RouterRoute> intraAreaRouters = List.of();
  private Set<Ipv4Address> transitAreas = Set.of();
  private SortedSet<Ipv4Prefix> activeRanges = new TreeSet<>();
  private RoutingTable inside = RoutingTable.EMPTY;
  private long lsasExamined;

  /**
   * A calculation that follows a database from now on, as long as that lives.
   *
   * @param routerId of the calculating router
   */
  public IncrementalCalculation(
      Ipv4Address routerId, RouteCalculation.Settings settings, LinkStateDatabase database) {
    this(routerId, settings, database, true);
  }

  IncrementalCalculation(
      Ipv4Address routerId,
      RouteCalculation.Settings settings,
      LinkStateDatabase database,
      boolean follow) {
    this.routerId = routerId;
    this.settings = settings;
    this.ranges = new AreaRanges(settings.areaRanges());
    this.database = database;
    this.areas = new AttachedAreas(routerId, database);
    if (follow) {
      database.addListener(this::changed);
    }
  }

  private void changed(LsaStore store, LsaKey key) {
    if (key.type() <= LsaType.AS_EXTERNAL || key.type() == LsaType.NSSA) {
      changes.computeIfAbsent(store, absent -> new LinkedHashSet<>()).add(key);
    }
  }

  /** Sets what the router is configured with; everything is calculated again next time. */
  public void configure(RouteCalculation.Settings changed) {
    settings = changed;
    ranges = new AreaRanges(changed.areaRanges());
    everything = true;
  }

  /** Says what kind of area each is. */
  public void setExternalAreas(ExternalAreas areaKinds) {
    everything |= !areaKinds.equals(externalAreas);
    externalAreas = areaKinds;
  }

  /** How often the shortest-path tree of an area was grown. */
  public long treesGrown() {
    return areas.treesGrown();
  }

  /** How often a summary-LSA for a network, or an external LSA, was looked at. */
  public long lsasExamined() {
    return lsasExamined;
  }

  /** Whether a router can be reached within an area, by the last calculation. */
  public boolean isReachable(Ipv4Address areaId, Ipv4Address router) {
    AreaCalculation area = areas.get(areaId);
    return area != null && area.tree().reaches(router);
  }

  /**
   * Where a router of an area is to be sent packets, by the last calculation: its interface address
   * that points back to this router (section 16.1 step 4), as the other end of a virtual link needs
   * it.
   *
   * @return null if the router cannot be reached in the area or has no address there
   */
  public @Nullable Ipv4Address addressOf(Ipv4Address areaId, Ipv4Address router) {
    AreaCalculation area = areas.get(areaId);
    Vertex vertex = area == null ? null : area.tree().reachableRouter(router);
    return area == null || vertex == null ? null : FirstHops.addressTowardRoot(area.tree(), vertex);
  }

  /**
   * Calculates the routes.
   *
   * @param interfaces the router's own interfaces that are up; the index of a virtual link is
   *     larger than those of all others
   * @param nowNanos the present moment
   */
  public RoutingTable calculate(List<SpfInterface> interfaces, long nowNanos) {
    areas.update(interfaces, this::changesOf, settings.maximumPaths(), nowNanos);
    List<Ipv4Address> attachedNow = areas.ids();
    OspfRoute[] intraAreaNow = areas.routes();
    List<RouterRoute> routersNow = areas.routerRoutes();
    Set<Ipv4Address> transitNow = areas.transitAreas();
    draft.begin(intraAreaNow, routersNow, transitNow);
    SortedSet<Ipv4Prefix> activeNow = ranges.activeAmong(Arrays.asList(intraAreaNow));
    boolean all =
        everything
            || !attachedNow.equals(attached)
            || !routersNow.equals(intraAreaRouters)
            || !transitNow.equals(transitAreas);
    boolean allExternals = everything || !attachedNow.equals(attached);
    attached = attachedNow;
    intraAreaRouters = routersNow;
    transitAreas = transitNow;
    examineSummaries(all ? null : summarized(intraAreaNow, activeNow), activeNow, nowNanos);
    intraArea = intraAreaNow;
    activeRanges = activeNow;
    resolveVirtualLinks(interfaces);
    if (isAreaBorder()) {
      draft.addDiscards(activeNow);
    }
    examineExternals(allExternals, nowNanos);
    everything = false;
    changes.clear();
    return draft.finish();
  }

  // ---- Sections 16.2, 16.3 and 16.5

  private boolean isAreaBorder() {
    return attached.size() > 1;
  }

  /** The areas whose summary-LSAs are looked at: of a border router's the backbone alone. */
  private List<Ipv4Address> summarizedAreas() {
    return !isAreaBorder() ? attached : areas.get(BACKBONE) != null ? List.of(BACKBONE) : List.of();
  }

  private List<Ipv4Address> examinedTransitAreas() {
    List<Ipv4Address> found = new ArrayList<>();
    for (Ipv4Address areaId : transitAreas) {
      if (isAreaBorder() && !areaId.equals(BACKBONE)) {
        found.add(areaId);
      }
    }
    return found;
  }

  private Collection<LsaKey> changesOf(LsaStore store) {
    return changes.getOrDefault(store, Set.of());
  }

  private LsaStore storeOf(Ipv4Address areaId) {
    AreaCalculation area = areas.get(areaId);
    if (area == null) {
      throw new AssertionError("no area " + areaId);
    }
    return area.store();
  }

  /** The networks whose summary-LSAs have to be looked at again; null for all. */
  private @Nullable SortedSet<Ipv4Prefix> summarized(
      OspfRoute[] intraAreaNow, SortedSet<Ipv4Prefix> activeNow) {
    AffectedNetworks affected = new AffectedNetworks();
    boolean none = draft.hasNoInterAreaRoutes();
    List<Ipv4Address> looked = new ArrayList<>(summarizedAreas());
    looked.addAll(examinedTransitAreas());
    for (Ipv4Address areaId : looked) {
      LsaStore store = storeOf(areaId);
      none &= store.entriesOfType(LsaType.SUMMARY_NETWORK).isEmpty();
      affected.addNamed(store, LsaType.SUMMARY_NETWORK, changesOf(store), draft::interAreaRoute);
    }
    if (none) {
      return new TreeSet<>();
    }
    affected.addDifferences(intraArea, intraAreaNow);
    affected.addDifferences(activeRanges, activeNow);
    return affected.networks();
  }

  private Collection<LsaEntry> entries(
      LsaStore store, int type, @Nullable SortedSet<Ipv4Prefix> affected) {
    Collection<LsaEntry> entries = AffectedNetworks.entries(store, type, affected);
    lsasExamined += entries.size();
    return entries;
  }

  private void examineSummaries(
      @Nullable SortedSet<Ipv4Prefix> affected, Set<Ipv4Prefix> active, long nowNanos) {
    if (affected == null) {
      draft.clearInterArea();
    } else {
      affected.forEach(draft::removeInterArea);
    }
    InterAreaRoutes routes = new InterAreaRoutes(routerId, settings, draft, active, nowNanos);
    for (Ipv4Address areaId : summarizedAreas()) {
      LsaStore store = storeOf(areaId);
      routes.examineArea(areaId, entries(store, LsaType.SUMMARY_NETWORK, affected));
      routes.examineArea(areaId, store.entriesOfType(LsaType.SUMMARY_ASBR));
    }
    for (Ipv4Address areaId : examinedTransitAreas()) {
      LsaStore store = storeOf(areaId);
      routes.examineTransitArea(areaId, entries(store, LsaType.SUMMARY_NETWORK, affected));
      routes.examineTransitArea(areaId, store.entriesOfType(LsaType.SUMMARY_ASBR));
    }
  }

  /** The end of section 16.3. */
  private void resolveVirtualLinks(List<SpfInterface> interfaces) {
    Map<Integer, Set<NextHop>> virtualLinks = new HashMap<>();
    for (SpfInterface own : interfaces) {
      if (own.kind() == SpfInterface.Kind.VIRTUAL) {
        Set<NextHop> hops = new TreeSet<>();
        AreaCalculation transit = areas.get(own.areaId());
        for (Ipv4Address endpoint : own.neighbors().keySet()) {
          Vertex vertex = transit == null ? null : transit.tree().reachableRouter(endpoint);
          if (vertex != null) {
            hops.addAll(vertex.nextHops);
          }
        }
        virtualLinks.put(own.index(), hops);
      }
    }
    if (!virtualLinks.isEmpty()) {
      draft.resolveVirtualLinks(virtualLinks);
    }
  }

  // ---- Sections 16.4 and 16.6, sections 2.5 and 2.6 of RFC 3101

  /** Where external LSAs are: those of the AS, or those of an NSSA. */
  private record Externals(LsaStore store, int type, @Nullable Ipv4Address nssa) {
    boolean isEmpty() {
      return store.entriesOfType(type).isEmpty();
    }
  }

  private List<Externals> externalStores() {
    List<Externals> found = new ArrayList<>();
    found.add(new Externals(database.asWide(), LsaType.AS_EXTERNAL, null));
    for (Ipv4Address areaId : attached) {
      if (externalAreas.nssas().contains(areaId)) {
        found.add(new Externals(storeOf(areaId), LsaType.NSSA, areaId));
      }
    }
    return found;
  }

  private void examineExternals(boolean allDiffer, long nowNanos) {
    List<Externals> stores = externalStores();
    if (stores.stream().allMatch(Externals::isEmpty)) {
      draft.clearExternal();
      inside = draft.inside();
      return;
    }
    RoutingTable insideNow = draft.inside();
    boolean all =
        allDiffer
            || !insideNow.routerRoutes().equals(inside.routerRoutes())
            || !insideNow.discards().equals(inside.discards());
    SortedSet<Ipv4Prefix> affected = all ? null : affectedBy(stores, insideNow);
    inside = insideNow;
    if (affected == null) {
      draft.clearExternal();
    } else {
      affected.forEach(draft::removeExternal);
    }
    ExternalRoutes routes =
        new ExternalRoutes(routerId, settings, externalAreas, isAreaBorder(), draft, nowNanos);
    for (Externals each : stores) {
      routes.examine(entries(each.store, each.type, affected), each.nssa);
    }
    routes.addToTable();
  }

  /** The networks whose external LSAs have to be looked at again; null for all. */
  private @Nullable SortedSet<Ipv4Prefix> affectedBy(
      List<Externals> stores, RoutingTable insideNow) {
    AffectedNetworks affected = new AffectedNetworks();
    for (Externals each : stores) {
      affected.addNamed(each.store, each.type, changesOf(each.store), draft::externalRoute);
    }
    affected.addDifferences(inside.ordered(), insideNow.ordered());
    if (!affected.areAll() && !inside.equals(insideNow)) {
      for (Externals each : stores) {
        affected.addForwarded(each.store, each.type, inside, insideNow);
      }
    }
    return affected.networks();
  }

  @Override
  public String toString() {
    return "IncrementalCalculation[" + routerId + ", " + settings + "]";
  }
}
