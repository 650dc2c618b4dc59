package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the parts of one engine share: its data structures, its time, its outbox. */
final class Core {
  static final long SECOND = 1_000_000_000L;

  /** AllSPFRouters. */
  static final Ipv4Address ALL_SPF_ROUTERS = Ipv4Address.of(224, 0, 0, 5);

  /** AllDRouters. */
  static final Ipv4Address ALL_D_ROUTERS = Ipv4Address.of(224, 0, 0, 6);

  /** MinLSArrival (RFC 2328 appendix B). */
  static final long MIN_LS_ARRIVAL = SECOND;

  /** MinLSInterval. */
  static final long MIN_LS_INTERVAL = 5 * SECOND;

  /**
   * Places in the database that received LSAs cannot take, for the router's own; beside as many as
   * there may be received ones, since a border router may repeat each.
   */
  private static final int OWN_LSAS = 4096;

  final OspfConfig config;
  final Ipv4Address routerId;
  final OspfStore store;
  final ExtendedSequence extendedSequence;
  final RandomGenerator jitter;
  final DeadlineHeap heap = new DeadlineHeap();
  final Outbox outbox = new Outbox(this);
  final LinkStateDatabase lsdb;

  /** What has AS scope: AS-external-LSAs and type 11 LSAs. */
  final Database external;

  final SortedMap<Integer, OspfInterface> interfaces = new TreeMap<>();
  final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
  final HelloProtocol hello;
  final NonBroadcastNeighbors nonBroadcast;
  final DatabaseExchange exchange;
  final LinkStateRequests requests;
  final Retransmission retransmission;
  final Acknowledgment acknowledgment;
  final Flooding flooding;
  final Aging aging;
  final RecentlyFlushed recentlyFlushed = new RecentlyFlushed();
  final DoNotAgeLsas doNotAge;
  final Origination origination;
  final OpaqueLsas opaque;
  final ExternalOrigination externals;
  final AreaConfiguration areaConfiguration;
  final SummaryOrigination summaries;
  final VirtualLinks virtualLinks;
  final RouteUpdate routes;
  final Transitions transitions = new Transitions();
  final AdjacencyLog adjacencyLog;
  final StubRouter stubRouter;
  final DatabaseLimit databaseLimit;
  final LinkExamination links;
  final HelperMode helper;
  final GracefulRestart restart;
  private final SortedMap<Ipv4Address, Area> areas = new TreeMap<>();
  private final Deque<Runnable> scheduled = new ArrayDeque<>();

  long now;

  /** How many neighbors are in state Exchange or Loading. */
  int exchangingNeighbors;

  Core(OspfConfig config, RandomGenerator jitter, OspfStore store) {
    this.config = config;
    this.routerId = config.routerId();
    this.jitter = jitter;
    this.store = store;
    this.extendedSequence = new ExtendedSequence(store, ExtendedSequence.PACKETS_PER_BOOT);
    this.lsdb = new LinkStateDatabase(2 * config.limits().lsas() + OWN_LSAS);
    this.external = Database.ofAs(lsdb.asWide());
    this.adjacencyLog = new AdjacencyLog(config.limits().logEntries());
    this.stubRouter = new StubRouter(this);
    this.databaseLimit = new DatabaseLimit(this);
    this.links = new LinkExamination(this);
    this.helper = new HelperMode(this);
    this.restart = new GracefulRestart(this);
    this.hello = new HelloProtocol(this);
    this.nonBroadcast = new NonBroadcastNeighbors(this);
    this.exchange = new DatabaseExchange(this);
    this.requests = new LinkStateRequests(this);
    this.retransmission = new Retransmission(this);
    this.acknowledgment = new Acknowledgment(this);
    this.flooding = new Flooding(this);
    this.aging = new Aging(this);
    this.doNotAge = new DoNotAgeLsas(this);
    this.origination = new Origination(this);
    this.opaque = new OpaqueLsas(this);
    this.externals = new ExternalOrigination(this);
    this.areaConfiguration = new AreaConfiguration(this);
    this.summaries = new SummaryOrigination(this);
    this.virtualLinks = new VirtualLinks(this);
    this.routes = new RouteUpdate(this);
  }

  /** The areas that an interface was ever configured into, in the order of their IDs. */
  Collection<Area> areas() {
    return areas.values();
  }

  /** An area; it is made when the first interface needs it. */
  Area area(Ipv4Address areaId) {
    Area known = areas.get(areaId);
    if (known != null) {
      return known;
    }
    Area made = new Area(areaConfiguration.of(areaId), lsdb.addArea(areaId));
    areas.put(areaId, made);
    return made;
  }

  /** An area that an interface was configured into, or null. */
  @Nullable Area attachedArea(Ipv4Address areaId) {
    return areas.get(areaId);
  }

  /** Whether an interface of the router to an area is not down. */
  boolean isActive(Area area) {
    return areaConfiguration.attached().contains(area.id());
  }

  /** Whether the router is an area border router. */
  boolean isAreaBorder() {
    return areaConfiguration.attached().size() > 1;
  }

  /** Whether an area to which the router has an interface takes LSAs of AS scope. */
  boolean reachesAsScope() {
    for (OspfInterface each : interfaces.values()) {
      if (each.state() != InterfaceState.DOWN && !each.area().isStub()) {
        return true;
      }
    }
    return false;
  }

  /** Where an LSA of a type that is heard on an interface is kept. */
  Database database(OspfInterface on, int type) {
    return switch (LsaType.scopeOf(type)) {
      case LINK -> on.linkLocal;
      case AREA -> on.area().database;
      case AS -> external;
    };
  }

  /** The routes have been calculated; what depends on them is looked at. */
  void routesCalculated() {
    summaries.examine(routes.table());
    virtualLinks.follow(routes.table());
    opaque.reachabilityMayDiffer();
    externals.routesCalculated();
  }

  /** An LSA leaves the database without being flushed. */
  void forget(HeldLsa lsa) {
    aging.forget(lsa);
    lsa.database.remove(lsa);
    doNotAge.removed(lsa);
    databaseLimit.removed(lsa);
    opaque.forgotten(lsa);
    externals.othersChanged(lsa);
  }

  /** Does something when the current event is done with (RFC 2328 section 4.4). */
  void schedule(Runnable task) {
    scheduled.add(task);
  }

  /** Counts and tells that something changed nothing. */
  void drop(int interfaceId, @Nullable Ipv4Address source, DropReason reason) {
    drops.merge(reason, 1L, Long::sum);
    outbox.event(new OspfOutput.Dropped(interfaceId, source, reason));
  }

  /** Does all that the events so far have scheduled. */
  void settle() {
    boolean busy = true;
    while (busy) {
      busy = false;
      while (!scheduled.isEmpty()) {
        scheduled.remove().run();
        busy = true;
      }
      busy |= origination.run();
      busy |= aging.removeFlushed();
    }
    flooding.sendQueued();
  }

  /** A delay shortened at random by up to a tenth. */
  long jittered(long nanos) {
    return nanos - jitter.nextLong(Math.max(1, nanos / 10));
  }
}
