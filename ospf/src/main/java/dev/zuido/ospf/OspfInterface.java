package dev.zuido.ospf;

import dev.zuido.ospf.DesignatedRouterElection.Candidate;
import dev.zuido.ospf.DesignatedRouterElection.Outcome;
import dev.zuido.ospf.StateTable.Row;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An interface's data structure (RFC 2328 section 9) and its state machine at work. */
final class OspfInterface {
  private final Core core;
  private final Timer helloTimer = new Timer(this::helloDue);
  private final Timer waitTimer = new Timer(now -> event(InterfaceEvent.WAIT_TIMER));
  private final SortedMap<Ipv4Address, Neighbor> neighbors = new TreeMap<>();
  private OspfInterfaceConfig config;
  private Area area;
  private InterfaceAuthentication authentication;
  private InterfaceState state = InterfaceState.DOWN;
  private Ipv4Address designatedRouter = Ipv4Address.UNSPECIFIED;
  private Ipv4Address backupDesignatedRouter = Ipv4Address.UNSPECIFIED;
  private boolean neighborChangeScheduled;
  private int stateChanges;
  private int helloIntervals;

  final Explanations explanations;
  final Acknowledgment.Delayed delayedAcks;
  final Flooding.Queue floodQueue = new Flooding.Queue();

  /** The LSAs of link-local scope on the interface's network. */
  final Database linkLocal;

  /** Why the neighbors go when the interface does. */
  NeighborCause downCause = NeighborCause.INTERFACE_DOWN;

  OspfInterface(Core core, OspfInterfaceConfig config) {
    this.core = core;
    this.config = config;
    this.area = core.area(config.areaId());
    this.linkLocal = Database.ofLink(this, core.lsdb.addLink(config.id()));
    this.authentication = new InterfaceAuthentication(core, config);
    this.explanations = new Explanations(core, config.id());
    this.delayedAcks = new Acknowledgment.Delayed(core, this);
  }

  int id() {
    return config.id();
  }

  OspfInterfaceConfig config() {
    return config;
  }

  Area area() {
    return area;
  }

  InterfaceAuthentication authentication() {
    return authentication;
  }

  InterfaceState state() {
    return state;
  }

  Ipv4Address designatedRouter() {
    return designatedRouter;
  }

  Ipv4Address backupDesignatedRouter() {
    return backupDesignatedRouter;
  }

  /** Whether there is a single neighbor, to which all packets are multicast. */
  boolean isPointToPoint() {
    return config.type().identifiesByRouterId();
  }

  /** How many times the Hello Timer has fired since the interface came up. */
  int helloIntervals() {
    return helloIntervals;
  }

  boolean isUnnumbered() {
    return config.address().isUnspecified();
  }

  /** Whether the network is hidden (RFC 6860), which a loopback or passive one never is. */
  boolean suppressesPrefix() {
    return config.prefixSuppression()
        && !config.passive()
        && state != InterfaceState.LOOPBACK
        && config.type() != NetworkType.LOOPBACK;
  }

  /** Whether packets are sent and taken. */
  boolean isRunning() {
    return state != InterfaceState.DOWN && state != InterfaceState.LOOPBACK && !config.passive();
  }

  /**
   * Whether LSAs of AS scope are flooded over the interface: not into stub areas and NSSAs, nor
   * over virtual links (section 13.3).
   */
  boolean takesAsScope() {
    return !area.isStub() && config.type() != NetworkType.VIRTUAL_LINK;
  }

  /** Bytes of the largest OSPF packet that the interface sends whole. */
  int packetCapacity() {
    return config.mtu() - 20 - authentication.trailerLength();
  }

  /** The neighbors, in a fixed order. */
  Collection<Neighbor> neighbors() {
    return neighbors.values();
  }

  /** The neighbor that a packet comes from (section 8.2); null if it is not known. */
  @Nullable Neighbor neighbor(Ipv4Address routerId, Ipv4Address source) {
    return neighbors.get(isPointToPoint() ? routerId : source);
  }

  /** The neighbor with an address; null if it is not known. */
  @Nullable Neighbor neighborAt(Ipv4Address address) {
    for (Neighbor neighbor : neighbors.values()) {
      if (neighbor.address().equals(address)) {
        return neighbor;
      }
    }
    return null;
  }

  /** Counts and tells that something of the router's own was not done. */
  void drop(DropReason reason) {
    core.drop(id(), null, reason);
  }

  /** BFD says that a neighbor is unreachable: "LLDown" of section 10.2. */
  void bfdDown(Ipv4Address address) {
    for (Neighbor neighbor : List.copyOf(neighbors.values())) {
      if (neighbor.isWatchedAt(address)) {
        neighbor.event(NeighborEvent.LL_DOWN, NeighborCause.BFD_DOWN);
      }
    }
  }

  void add(Neighbor neighbor) {
    neighbors.put(neighbor.key(), neighbor);
  }

  void remove(Neighbor neighbor) {
    neighbors.remove(neighbor.key());
  }

  /** The Router ID that an address on this network belongs to; 0.0.0.0 if it is not known. */
  private Ipv4Address routerIdOf(Ipv4Address address) {
    if (address.isUnspecified()) {
      return address;
    }
    if (address.equals(config.address())) {
      return core.routerId;
    }
    Neighbor neighbor = neighborAt(address);
    return neighbor == null ? Ipv4Address.UNSPECIFIED : neighbor.routerId();
  }

  InterfaceSnapshot snapshot(long now) {
    int known = 0;
    int adjacent = 0;
    int unacknowledged = 0;
    int helped = 0;
    for (Neighbor neighbor : neighbors.values()) {
      known += neighbor.state() == NeighborState.DOWN ? 0 : 1;
      adjacent += neighbor.state() == NeighborState.FULL ? 1 : 0;
      unacknowledged += neighbor.retransmissionList.size();
      helped += neighbor.helper.isHelping() ? 1 : 0;
    }
    return new InterfaceSnapshot(
        config,
        state,
        designatedRouter,
        routerIdOf(designatedRouter),
        backupDesignatedRouter,
        routerIdOf(backupDesignatedRouter),
        helloTimer.isScheduled() ? helloTimer.deadline - now : -1,
        known,
        adjacent,
        stateChanges,
        explanations.all(),
        waitTimer.isScheduled() ? waitTimer.deadline - now : -1,
        unacknowledged,
        helped);
  }

  /** Runs the state machine (section 9.3). */
  void event(InterfaceEvent event) {
    Row<InterfaceState, InterfaceEvent, InterfaceAction> row =
        InterfaceStateMachine.table().find(state, event);
    if (row == null) {
      core.drop(id(), null, DropReason.UNEXPECTED_EVENT);
      return;
    }
    core.transitions.took(InterfaceStateMachine.table(), state, event);
    switch (row.action()) {
      case START -> start(row);
      case ELECT -> elect(row);
      case RESET -> {
        reset();
        enter(row, row.next().orElse(state));
      }
      case NONE -> enter(row, row.next().orElse(state));
    }
  }

  /** Schedules the event NeighborChange where the state has a row for it. */
  void scheduleNeighborChange() {
    if (neighborChangeScheduled) {
      return;
    }
    neighborChangeScheduled = true;
    core.schedule(
        () -> {
          neighborChangeScheduled = false;
          if (InterfaceStateMachine.table().find(state, InterfaceEvent.NEIGHBOR_CHANGE) != null) {
            event(InterfaceEvent.NEIGHBOR_CHANGE);
          }
        });
  }

  /**
   * A neighbor lists this router as the Designated Router: it was that before it restarted, and
   * "elects itself as the Designated Router again" (RFC 3623 section 2, 3).
   */
  void wasDesignatedRouter() {
    if (state == InterfaceState.WAITING && core.restart.isRestarting()) {
      designatedRouter = config.address();
      scheduleBackupSeen();
    }
  }

  /** Brings an interface up that is down: the lower levels say that it works. */
  void bringUp() {
    if (state == InterfaceState.DOWN) {
      boolean loopback = config.type() == NetworkType.LOOPBACK;
      event(loopback ? InterfaceEvent.LOOP_IND : InterfaceEvent.INTERFACE_UP);
    }
  }

  /** Schedules the event BackupSeen, which only the state Waiting has a row for. */
  void scheduleBackupSeen() {
    core.schedule(
        () -> {
          if (state == InterfaceState.WAITING) {
            event(InterfaceEvent.BACKUP_SEEN);
          }
        });
  }

  /** Whether there should be an adjacency with a neighbor (section 10.4). */
  boolean wantsAdjacency(Neighbor neighbor) {
    return !config.type().electsDesignatedRouter()
        || state == InterfaceState.DR
        || state == InterfaceState.BACKUP
        || neighbor.address().equals(designatedRouter)
        || neighbor.address().equals(backupDesignatedRouter);
  }

  /** Changes the configuration in place; the area and the state stay. */
  void reconfigure(OspfInterfaceConfig changed) {
    OspfInterfaceConfig before = config;
    config = changed;
    area = core.area(changed.areaId());
    if (!before.authentication().equals(changed.authentication())
        || !before.areaId().equals(changed.areaId())) {
      authentication = new InterfaceAuthentication(core, changed);
    }
    if (helloTimer.isScheduled()
        && before.timers().helloSeconds() != changed.timers().helloSeconds()) {
      core.heap.schedule(helloTimer, core.now);
    }
    if (before.priority() != changed.priority()) {
      scheduleNeighborChange();
    }
    if (before.mtu() != changed.mtu() || before.mtuIgnore() != changed.mtuIgnore()) {
      for (Neighbor neighbor : neighbors.values()) {
        if (neighbor.state() == NeighborState.EX_START) {
          core.exchange.sendInitial(neighbor);
        } else if (neighbor.state() == NeighborState.EXCHANGE) {
          neighbor.event(NeighborEvent.SEQ_NUMBER_MISMATCH, NeighborCause.MTU_CHANGED);
        }
      }
    }
    neighbors.values().forEach(Neighbor::watch);
    core.nonBroadcast.reconfigure(this, before);
    core.origination.routerLsaMayDiffer(area);
    core.origination.networkLsaMayDiffer(this);
  }

  private void start(Row<InterfaceState, InterfaceEvent, InterfaceAction> row) {
    InterfaceState next;
    if (!config.type().electsDesignatedRouter()) {
      next = InterfaceState.POINT_TO_POINT;
    } else if (config.priority() == 0) {
      next = InterfaceState.DR_OTHER;
    } else {
      next = InterfaceState.WAITING;
      core.heap.schedule(waitTimer, core.now + config.timers().deadSeconds() * Core.SECOND);
    }
    enter(row, next);
    if (!config.passive()) {
      boolean startsNeighbors = config.type() == NetworkType.NBMA;
      long first = startsNeighbors ? config.timers().helloSeconds() * Core.SECOND : 0;
      core.heap.schedule(helloTimer, core.now + first);
    }
    core.nonBroadcast.begin(this);
  }

  private void elect(Row<InterfaceState, InterfaceEvent, InterfaceAction> row) {
    core.heap.cancel(waitTimer);
    if (core.helper.keepsDesignatedRouter(this)) {
      return;
    }
    Candidate self =
        new Candidate(
            core.routerId,
            config.address(),
            config.priority(),
            designatedRouter,
            backupDesignatedRouter);
    List<Candidate> others = new ArrayList<>();
    for (Neighbor neighbor : neighbors.values()) {
      if (neighbor.state().atLeast(NeighborState.TWO_WAY)) {
        others.add(neighbor.candidate());
      }
    }
    Outcome outcome = DesignatedRouterElection.elect(self, others);
    boolean changed =
        !outcome.designatedRouter().equals(designatedRouter)
            || !outcome.backupDesignatedRouter().equals(backupDesignatedRouter);
    designatedRouter = outcome.designatedRouter();
    backupDesignatedRouter = outcome.backupDesignatedRouter();
    InterfaceState next = InterfaceState.DR_OTHER;
    if (designatedRouter.equals(config.address())) {
      next = InterfaceState.DR;
    } else if (backupDesignatedRouter.equals(config.address())) {
      next = InterfaceState.BACKUP;
    }
    InterfaceState before = state;
    enter(row, next);
    NonBroadcastNeighbors.roleChanged(this, before, next);
    if (changed && core.restart.isRestarting()) {
      core.hello.send(this); // Before the end of the restart makes the helpers elect.
    }
    if (changed) {
      core.origination.routerLsaMayDiffer(area);
      core.origination.networkLsaMayDiffer(this);
      for (Neighbor neighbor : List.copyOf(neighbors.values())) {
        if (neighbor.state().atLeast(NeighborState.TWO_WAY)) {
          neighbor.event(NeighborEvent.ADJ_OK, NeighborCause.ADJ_OK);
        }
      }
    }
  }

  private void reset() {
    core.heap.cancel(helloTimer);
    core.heap.cancel(waitTimer);
    for (Neighbor neighbor : List.copyOf(neighbors.values())) {
      neighbor.event(NeighborEvent.KILL_NBR, downCause);
    }
    core.nonBroadcast.end(this);
    downCause = NeighborCause.INTERFACE_DOWN;
    designatedRouter = Ipv4Address.UNSPECIFIED;
    backupDesignatedRouter = Ipv4Address.UNSPECIFIED;
    delayedAcks.clear();
    floodQueue.clear();
    explanations.clear();
    core.opaque.interfaceDown(this);
  }

  private void enter(
      Row<InterfaceState, InterfaceEvent, InterfaceAction> row, InterfaceState next) {
    assert row.next().allows(state, next) : row + " to " + next;
    if (next == state) {
      return;
    }
    InterfaceState before = state;
    state = next;
    stateChanges++;
    core.outbox.event(new OspfOutput.InterfaceChanged(id(), before, next, row.event()));
    core.origination.routerLsasMayDiffer();
    core.origination.networkLsaMayDiffer(this);
    core.opaque.interfaceUp(this);
    core.externals.surroundingsMayDiffer();
    core.routes.schedule(SpfCause.Trigger.INTERFACE);
    if (before == InterfaceState.DOWN) {
      helloIntervals = 0;
      core.stubRouter.interfaceUp();
      core.restart.interfaceUp(this);
    }
  }

  private void helloDue(long now) {
    core.hello.send(this);
    helloIntervals++;
    core.heap.schedule(helloTimer, now + config.timers().helloSeconds() * Core.SECOND);
  }
}
