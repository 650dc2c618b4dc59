package dev.zuido.ospf;

import dev.zuido.ospf.StateTable.Row;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.opaque.GraceLsa;
import dev.zuido.ospf.lsa.opaque.OpaqueBody;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The help for neighbors that restart gracefully (RFC 3623 section 3). */
final class HelperMode {
  private final Core core;
  private int helped;

  HelperMode(Core core) {
    this.core = core;
  }

  /** Whether changed LSAs of a type end a graceful restart: "LS types 1-5,7". */
  static boolean isTopology(int lsType) {
    return (lsType >= LsaType.ROUTER && lsType <= LsaType.AS_EXTERNAL) || lsType == LsaType.NSSA;
  }

  /** How many neighbors are helped. */
  int helped() {
    return helped;
  }

  /** The help for one neighbor on one network. */
  static final class Help {
    private final Core core;
    private final Neighbor neighbor;
    private final Timer expiry = new Timer(now -> event(HelperEvent.GRACE_PERIOD_EXPIRED));
    private HelperState state = HelperState.NOT_HELPING;
    private RestartReason reason = RestartReason.UNKNOWN;
    private long endNanos;
    private boolean wasDesignatedRouter;

    /** Whether RouterDeadInterval has passed without a Hello. */
    private boolean silent;

    Help(Core core, Neighbor neighbor) {
      this.core = core;
      this.neighbor = neighbor;
    }

    boolean isHelping() {
      return state == HelperState.HELPING;
    }

    /** A Hello came. */
    void heard() {
      silent = false;
    }

    /** RouterDeadInterval is over: whether the conversation goes on all the same. */
    boolean outlivesSilence() {
      silent = isHelping();
      return silent;
    }

    @Nullable HelperSnapshot snapshot(long now) {
      return isHelping()
          ? new HelperSnapshot(reason, Math.max(0, endNanos - now), wasDesignatedRouter)
          : null;
    }

    /** A grace-LSA asks for help until a moment. */
    private void accept(RestartReason why, long end) {
      reason = why;
      endNanos = end;
      event(HelperEvent.GRACE_LSA_ACCEPTED);
    }

    private void refuse(HelperRefusal refusal) {
      event(HelperEvent.GRACE_LSA_REFUSED);
      core.outbox.event(
          new OspfOutput.HelperRefused(neighbor.attachedTo().id(), neighbor.routerId(), refusal));
    }

    /** Runs the state machine; what the table has no row for is of no concern. */
    void event(HelperEvent event) {
      Row<HelperState, HelperEvent, HelperAction> row =
          HelperStateMachine.table().find(state, event);
      if (row == null) {
        return;
      }
      core.transitions.took(HelperStateMachine.table(), state, event);
      state = row.next().orElse(state);
      switch (row.action()) {
        case BEGIN -> begin();
        case UPDATE_PERIOD -> core.heap.schedule(expiry, endNanos);
        case END -> end(exitOf(event));
        case NONE -> {}
      }
    }

    private static HelperExit exitOf(HelperEvent event) {
      return switch (event) {
        case GRACE_LSA_FLUSHED -> HelperExit.COMPLETED;
        case GRACE_PERIOD_EXPIRED -> HelperExit.EXPIRED;
        case TOPOLOGY_CHANGED -> HelperExit.TOPOLOGY_CHANGED;
        case NEIGHBOR_LOST, GRACE_LSA_ACCEPTED, GRACE_LSA_REFUSED -> HelperExit.NEIGHBOR_LOST;
      };
    }

    private void begin() {
      core.helper.helped++;
      wasDesignatedRouter = neighbor.isDesignatedRouter();
      silent = false;
      core.heap.schedule(expiry, endNanos);
      tell(null);
    }

    /** "reoriginates its LSAs based on the current state of its adjacency" (section 3.2). */
    private void end(HelperExit exit) {
      core.helper.helped--;
      core.heap.cancel(expiry);
      tell(exit);
      OspfInterface on = neighbor.attachedTo();
      on.scheduleNeighborChange();
      core.origination.routerLsasMayDiffer();
      core.origination.networkLsaMayDiffer(on);
      core.routes.schedule(SpfCause.Trigger.NEIGHBOR);
      if (silent && exit != HelperExit.NEIGHBOR_LOST) {
        neighbor.event(NeighborEvent.INACTIVITY_TIMER, NeighborCause.RESTART_FAILED);
      }
    }

    private void tell(@Nullable HelperExit exit) {
      core.outbox.event(
          new OspfOutput.HelperChanged(
              neighbor.attachedTo().id(), neighbor.routerId(), state, reason, exit));
    }
  }

  /** A grace-LSA has a new instance, or none any more. */
  void graceLsa(HeldLsa lsa) {
    OspfInterface on = lsa.database.on();
    if (on == null
        || OpaqueLsa.opaqueType(lsa.key.linkStateId()) != OpaqueLsa.GRACE
        || lsa.key.advertisingRouter().equals(core.routerId)) {
      return;
    }
    GraceLsa grace = decode(lsa);
    Neighbor neighbor = restarting(on, lsa.key.advertisingRouter(), grace);
    if (neighbor == null) {
      core.outbox.event(
          new OspfOutput.HelperRefused(
              on.id(), lsa.key.advertisingRouter(), HelperRefusal.NOT_FULL));
      return;
    }
    Help help = neighbor.helper;
    if (lsa.isMaxAge()) {
      help.event(HelperEvent.GRACE_LSA_FLUSHED);
      return;
    }
    long remaining = grace == null ? 0 : grace.gracePeriodSeconds() - lsa.header(core.now).age();
    HelperRefusal refusal = refusal(neighbor, grace, remaining);
    if (refusal != null) {
      if (help.isHelping()) {
        help.event(HelperEvent.GRACE_PERIOD_EXPIRED);
      } else {
        help.refuse(refusal);
      }
    } else if (grace != null) {
      help.accept(RestartReason.of(grace.reason()), core.now + remaining * Core.SECOND);
    }
  }

  private static @Nullable GraceLsa decode(HeldLsa lsa) {
    if (lsa.lsa().body() instanceof OpaqueLsa opaque) {
      try {
        OpaqueBody body = OpaqueBody.decode(OpaqueLsa.GRACE, opaque.information());
        return body instanceof GraceLsa grace ? grace : null;
      } catch (MalformedPacketException malformed) {
        return null;
      }
    }
    return null;
  }

  /**
   * The neighbor that restarts: "identified by the IP interface address in the body of the
   * grace-LSA" on networks that may have several, else by the LSA's Advertising Router.
   */
  private static @Nullable Neighbor restarting(
      OspfInterface on, Ipv4Address routerId, @Nullable GraceLsa grace) {
    Ipv4Address address = grace == null ? null : grace.interfaceAddress();
    for (Neighbor neighbor : on.neighbors()) {
      boolean here = on.isPointToPoint() || address == null || neighbor.address().equals(address);
      if (here && neighbor.routerId().equals(routerId)) {
        return neighbor;
      }
    }
    return null;
  }

  /** The checks of section 3.1; null if they all pass. */
  private @Nullable HelperRefusal refusal(
      Neighbor neighbor, @Nullable GraceLsa grace, long remainingSeconds) {
    GracefulRestartConfig config = core.config.gracefulRestart();
    if (grace == null || remainingSeconds <= 0) {
      return HelperRefusal.EXPIRED;
    } else if (neighbor.helper.isHelping()) {
      return null; // "If Y was already helping X …, the new grace-LSA should be accepted."
    } else if (neighbor.state() != NeighborState.FULL) {
      return HelperRefusal.NOT_FULL;
    } else if (config.strictLsaChecking() && neighbor.retransmissionList.hasChange()) {
      return HelperRefusal.DATABASE_CHANGED;
    } else if (!config.helper()) {
      return HelperRefusal.DISABLED;
    } else if (grace.gracePeriodSeconds() > config.longestGraceSeconds()) {
      return HelperRefusal.PERIOD_TOO_LONG;
    } else if (!config.helpUnplanned() && !RestartReason.of(grace.reason()).isPlanned()) {
      return HelperRefusal.UNPLANNED;
    } else if (core.restart.isRestarting()) {
      return HelperRefusal.RESTARTING;
    }
    return null;
  }

  /** The contents of an LSA changed: section 3.2, 3. */
  void databaseChanged(HeldLsa lsa) {
    if (helped == 0
        || !isTopology(lsa.key.type())
        || !core.config.gracefulRestart().strictLsaChecking()) {
      return;
    }
    for (OspfInterface each : List.copyOf(core.interfaces.values())) {
      if (Flooding.isEligible(each, lsa.database)) {
        for (Neighbor neighbor : List.copyOf(each.neighbors())) {
          neighbor.helper.event(HelperEvent.TOPOLOGY_CHANGED);
        }
      }
    }
  }

  /**
   * Whether the Designated Router of a network stays what it is: "if X was the Designated Router …
   * Y maintains X as the Designated Router until the helping relationship is terminated".
   */
  boolean keepsDesignatedRouter(OspfInterface on) {
    if (helped > 0) {
      for (Neighbor neighbor : on.neighbors()) {
        if (neighbor.helper.isHelping() && neighbor.helper.wasDesignatedRouter) {
          return true;
        }
      }
    }
    return false;
  }
}
