package dev.zuido.ospf;

import dev.zuido.ospf.DesignatedRouterElection.Candidate;
import dev.zuido.ospf.StateTable.Row;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkLocalSignaling;
import dev.zuido.wire.Ipv4Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A neighbor's data structure (RFC 2328 section 10) and its state machine at work. */
final class Neighbor {
  private final Core core;
  private final OspfInterface attachedTo;
  private Ipv4Address routerId;
  private final Timer inactivityTimer;
  private Ipv4Address address;
  private int priority;
  private Ipv4Address designatedRouter = Ipv4Address.UNSPECIFIED;
  private Ipv4Address backupDesignatedRouter = Ipv4Address.UNSPECIFIED;
  private NeighborState state = NeighborState.DOWN;
  private int stateChanges;
  private long stateSinceNanos;
  private NeighborCause lastCause = NeighborCause.HELLO;
  private Options helloOptions = Options.NONE;
  private int extendedOptions;
  private @Nullable StaticNeighbor configured;
  private @Nullable Ipv4Address watched;

  /** The PollInterval of a configured neighbor on an NBMA network. */
  final Timer pollTimer;

  /** The state of the database exchange (sections 10.6 and 10.8). */
  final DatabaseExchange.Progress exchange;

  /** The Link state request list: what the neighbor described and this router lacks. */
  final Map<LsaKey, LsaHeader> requestList = new LinkedHashMap<>();

  /** What the last Link State Request packet asked for and has not come yet. */
  final LinkStateRequests.Outstanding outstanding;

  /** The Link state retransmission list. */
  final Retransmission.UnacknowledgedLsas retransmissionList;

  /** What was refused because the database was full. */
  final DatabaseLimit.Refused refused = new DatabaseLimit.Refused();

  /** Its graceful restart, if it is helped. */
  final HelperMode.Help helper;

  /** The cryptographic sequence numbers received. */
  final ReceivedSequences sequences = new ReceivedSequences();

  Neighbor(Core core, OspfInterface attachedTo, Ipv4Address routerId, Ipv4Address address) {
    this.core = core;
    this.attachedTo = attachedTo;
    this.routerId = routerId;
    this.address = address;
    this.exchange = new DatabaseExchange.Progress(core, this);
    this.outstanding = new LinkStateRequests.Outstanding(core, this);
    this.retransmissionList = new Retransmission.UnacknowledgedLsas(core, this);
    this.helper = new HelperMode.Help(core, this);
    this.inactivityTimer = new Timer(now -> silent());
    this.pollTimer = new Timer(now -> core.nonBroadcast.poll(this));
    this.stateSinceNanos = core.now;
  }

  /** What identifies the neighbor on its interface. */
  Ipv4Address key() {
    return attachedTo.config().type().identifiesByRouterId() ? routerId : address;
  }

  OspfInterface attachedTo() {
    return attachedTo;
  }

  Area area() {
    return attachedTo.area();
  }

  Ipv4Address routerId() {
    return routerId;
  }

  Ipv4Address address() {
    return address;
  }

  int priority() {
    return priority;
  }

  /** What the configuration says about the neighbor; null if it was found by its Hellos. */
  @Nullable StaticNeighbor configured() {
    return configured;
  }

  /** The configuration names the neighbor, or no longer does. */
  void configure(@Nullable StaticNeighbor as) {
    configured = as;
    if (as != null && !state.atLeast(NeighborState.INIT)) {
      priority = as.priority();
    }
  }

  NeighborState state() {
    return state;
  }

  /**
   * Whether LSAs and routes have the neighbor as fully adjacent: it is, or it is helped to restart
   * gracefully and is taken for it (RFC 3623 section 3).
   */
  boolean countsAsFull() {
    return state == NeighborState.FULL || helper.isHelping();
  }

  /** Since when the state is what it is. */
  long stateSinceNanos() {
    return stateSinceNanos;
  }

  boolean isExchanging() {
    return state == NeighborState.EXCHANGE || state == NeighborState.LOADING;
  }

  /** Whether LSAs of a type are flooded to the neighbor: opaque ones only if it can store them. */
  boolean takes(int lsType) {
    return !LsaType.isOpaque(lsType) || exchange.neighborIsOpaqueCapable();
  }

  /** Where packets to this neighbor alone go (section 8.1). */
  Ipv4Address unicastDestination() {
    return attachedTo.isPointToPoint() ? Core.ALL_SPF_ROUTERS : address;
  }

  Candidate candidate() {
    return new Candidate(routerId, address, priority, designatedRouter, backupDesignatedRouter);
  }

  boolean isDesignatedRouter() {
    return address.equals(attachedTo.designatedRouter());
  }

  boolean isBackupDesignatedRouter() {
    return address.equals(attachedTo.backupDesignatedRouter());
  }

  /** Takes over what a Hello declares and gives what was declared before. */
  Candidate declare(HelloPacket hello, Ipv4Address source) {
    Candidate before = candidate();
    if (!address.equals(source) && state == NeighborState.FULL) {
      core.routes.schedule(SpfCause.Trigger.NEIGHBOR); // It is the next hop of routes.
      core.origination.routerLsaMayDiffer(area());
    }
    address = source;
    routerId = hello.header().routerId();
    LinkLocalSignaling signaling = hello.lls();
    extendedOptions = signaling == null ? 0 : signaling.extendedOptions();
    priority = hello.routerPriority();
    helloOptions = hello.options();
    designatedRouter = hello.designatedRouter();
    backupDesignatedRouter = hello.backupDesignatedRouter();
    watch();
    return before;
  }

  /** Asks for BFD, or for its end, where that is not as it should be (RFC 5882). */
  void watch() {
    boolean wanted =
        attachedTo.config().bidirectionalForwardingDetection()
            && state.atLeast(NeighborState.TWO_WAY);
    Ipv4Address before = watched;
    Ipv4Address next = wanted ? address : null;
    if (Objects.equals(before, next)) {
      return;
    }
    watched = next;
    if (before != null) {
      core.outbox.event(new OspfOutput.BfdSession(attachedTo.id(), before, false));
    }
    if (next != null) {
      core.outbox.event(new OspfOutput.BfdSession(attachedTo.id(), next, true));
    }
  }

  /** Whether BFD has been asked to watch an address of this neighbor. */
  boolean isWatchedAt(Ipv4Address at) {
    return at.equals(watched);
  }

  NeighborSnapshot snapshot(long now) {
    return new NeighborSnapshot(
        attachedTo.id(),
        routerId,
        address,
        priority,
        state,
        designatedRouter,
        backupDesignatedRouter,
        inactivityTimer.isScheduled() ? inactivityTimer.deadline - now : 0,
        !exchange.isMaster(),
        retransmissionList.size(),
        requestList.size(),
        exchange.remaining(),
        stateChanges,
        attachedTo.explanations.of(address),
        area().id(),
        helloOptions,
        exchange.options(),
        Math.max(0, now - stateSinceNanos),
        retransmissionList.retransmitted(),
        lastCause,
        helper.snapshot(now),
        extendedOptions,
        configured != null);
  }

  /** Runs the state machine (section 10.3). */
  void event(NeighborEvent event, NeighborCause cause) {
    Row<NeighborState, NeighborEvent, NeighborAction> row =
        NeighborStateMachine.table().find(state, event);
    if (row == null) {
      core.drop(attachedTo.id(), address, DropReason.UNEXPECTED_EVENT);
      return;
    }
    core.transitions.took(NeighborStateMachine.table(), state, event);
    NeighborState next = row.next().orElse(state);
    switch (row.action()) {
      case SEND_HELLO -> {
        core.hello.send(attachedTo, address);
        restartInactivityTimer();
      }
      case RESTART_INACTIVITY_TIMER -> restartInactivityTimer();
      case DECIDE_ADJACENCY ->
          next = attachedTo.wantsAdjacency(this) ? NeighborState.EX_START : NeighborState.TWO_WAY;
      case RECONSIDER_ADJACENCY -> {
        if (!attachedTo.wantsAdjacency(this)) {
          clearLists();
          next = NeighborState.TWO_WAY;
        }
      }
      case REQUEST_MISSING ->
          next = requestList.isEmpty() ? NeighborState.FULL : NeighborState.LOADING;
      case RESTART_EXCHANGE, CLEAR_LISTS -> clearLists();
      case TEAR_DOWN -> {
        helper.event(HelperEvent.NEIGHBOR_LOST);
        clearLists();
        core.heap.cancel(inactivityTimer);
      }
      case DESCRIBE_DATABASE, NONE -> {}
    }
    assert row.next().allows(state, next) : row + " to " + next;
    NeighborState before = state;
    enter(next, cause);
    afterwards(row.action(), before);
  }

  private void afterwards(NeighborAction action, NeighborState before) {
    if (state == NeighborState.EX_START
        && (before != NeighborState.EX_START || action == NeighborAction.RESTART_EXCHANGE)) {
      core.exchange.begin(this);
    } else if (action == NeighborAction.DESCRIBE_DATABASE) {
      core.exchange.describe(this);
    } else if (action == NeighborAction.REQUEST_MISSING && state == NeighborState.LOADING) {
      core.requests.sendNext(this);
    }
  }

  /** No Hello came for RouterDeadInterval; a neighbor that restarts gracefully is waited for. */
  private void silent() {
    if (!helper.outlivesSilence()) {
      event(NeighborEvent.INACTIVITY_TIMER, NeighborCause.DEAD_TIMER);
    }
  }

  private void restartInactivityTimer() {
    helper.heard();
    long dead = attachedTo.config().timers().deadSeconds() * Core.SECOND;
    core.heap.schedule(inactivityTimer, core.now + dead);
  }

  private void clearLists() {
    exchange.clear();
    requestList.clear();
    outstanding.clear();
    retransmissionList.clear();
    core.databaseLimit.forget(this);
  }

  private void enter(NeighborState next, NeighborCause cause) {
    if (next == state) {
      return;
    }
    final NeighborState before = state;
    final boolean wasExchanging = isExchanging();
    state = next;
    stateChanges++;
    stateSinceNanos = core.now;
    lastCause = cause;
    if (next == NeighborState.DOWN) {
      sequences.forget();
      if (configured == null) {
        attachedTo.remove(this);
      } else {
        core.nonBroadcast.wentDown(this);
        if (cause == NeighborCause.CLEARED || cause == NeighborCause.AREA_TYPE_CHANGED) {
          core.nonBroadcast.startAgain(this);
        }
      }
      attachedTo.explanations.conversationEnded(address);
    } else if (next.atLeast(NeighborState.LOADING)) {
      attachedTo.explanations.mended(address, Explanations.Subject.DESCRIPTION);
    }
    core.restart.adjacenciesMayDiffer();
    core.exchangingNeighbors += (isExchanging() ? 1 : 0) - (wasExchanging ? 1 : 0);
    OspfOutput.NeighborChanged change =
        new OspfOutput.NeighborChanged(attachedTo.id(), routerId, address, before, next, cause);
    core.adjacencyLog.add(core.now, change);
    core.outbox.event(change);
    boolean wasTwoWay = before.atLeast(NeighborState.TWO_WAY);
    if (wasTwoWay != next.atLeast(NeighborState.TWO_WAY)) {
      attachedTo.explanations.mended(address, Explanations.Subject.DIRECTION);
      attachedTo.scheduleNeighborChange();
      watch();
    }
    if (before.atLeast(NeighborState.EXCHANGE) != next.atLeast(NeighborState.EXCHANGE)) {
      core.schedule(core.opaque::reachabilityMayDiffer);
    }
    if (before == NeighborState.FULL || next == NeighborState.FULL) {
      core.origination.routerLsaMayDiffer(area());
      core.origination.networkLsaMayDiffer(attachedTo);
      core.virtualLinks.adjacencyChanged(attachedTo);
    }
    if (next == NeighborState.FULL) {
      // Its address is a next hop, also if the own LSA has not had time to say that it was gone.
      core.routes.schedule(SpfCause.Trigger.NEIGHBOR);
    }
  }
}
