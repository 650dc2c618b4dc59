package dev.zuido.ospf;

import java.util.List;

/**
 * The neighbors that are configured because no multicast finds them (RFC 2328 sections 9.5.1, C.5
 * and C.6). Each has its data structure for as long as the interface is up; it is called while it
 * is Down.
 */
final class NonBroadcastNeighbors {
  private final Core core;

  NonBroadcastNeighbors(Core core) {
    this.core = core;
  }

  /** The interface has come up. */
  void begin(OspfInterface on) {
    if (on.config().type().multicasts() || on.config().passive()) {
      return;
    }
    for (StaticNeighbor each : on.config().staticNeighbors()) {
      add(on, each);
    }
    startEligible(on);
  }

  private void add(OspfInterface on, StaticNeighbor as) {
    Neighbor neighbor = on.neighborAt(as.address());
    if (neighbor == null) {
      neighbor = new Neighbor(core, on, OspfAreaConfig.BACKBONE, as.address());
      on.add(neighbor);
    }
    neighbor.configure(as);
    if (neighbor.state() == NeighborState.DOWN) {
      wentDown(neighbor);
    }
  }

  /**
   * Action of InterfaceUp (section 9.3): "If this is an NBMA network … generate the neighbor event
   * Start for each neighbor that is also eligible to become Designated Router."
   */
  private static void startEligible(OspfInterface on) {
    if (on.config().priority() > 0) {
      start(on, true);
    }
  }

  /** Section 9.4 step 6: the router has become Designated Router or its Backup, or has not. */
  static void roleChanged(OspfInterface on, InterfaceState before, InterfaceState after) {
    boolean leads = after == InterfaceState.DR || after == InterfaceState.BACKUP;
    boolean led = before == InterfaceState.DR || before == InterfaceState.BACKUP;
    if (leads && !led) {
      start(on, false);
    }
  }

  private static void start(OspfInterface on, boolean eligible) {
    if (on.config().type() != NetworkType.NBMA) {
      return;
    }
    for (Neighbor neighbor : List.copyOf(on.neighbors())) {
      boolean isEligible = neighbor.priority() > 0;
      if (neighbor.state() == NeighborState.DOWN && isEligible == eligible) {
        neighbor.event(NeighborEvent.START, NeighborCause.START);
      }
    }
  }

  /** A configured neighbor is Down: "Hello Packets are sent every PollInterval seconds." */
  void wentDown(Neighbor neighbor) {
    StaticNeighbor as = neighbor.configured();
    if (as != null && neighbor.attachedTo().config().type() == NetworkType.NBMA) {
      core.heap.schedule(neighbor.pollTimer, core.now + as.pollSeconds() * Core.SECOND);
    }
  }

  /** Someone ended the conversation who wants it to begin again: it does not wait for that long. */
  void startAgain(Neighbor neighbor) {
    core.schedule(
        () -> {
          OspfInterface on = neighbor.attachedTo();
          if (on.config().type() == NetworkType.NBMA
              && on.isRunning()
              && neighbor.configured() != null
              && neighbor.state() == NeighborState.DOWN
              && isCalled(neighbor)) {
            neighbor.event(NeighborEvent.START, NeighborCause.START);
          }
        });
  }

  /** PollInterval is over. */
  void poll(Neighbor neighbor) {
    if (neighbor.state() == NeighborState.DOWN) {
      if (isCalled(neighbor)) {
        core.hello.send(neighbor.attachedTo(), neighbor.address());
      }
      wentDown(neighbor);
    }
  }

  /** HelloInterval is over. */
  void sendHellos(OspfInterface from) {
    boolean callsSilent = from.config().type().isPointToMultipoint();
    for (Neighbor neighbor : from.neighbors()) {
      if ((callsSilent || neighbor.state() != NeighborState.DOWN) && isCalled(neighbor)) {
        core.hello.send(from, neighbor.address());
      }
    }
  }

  /** Whether Hellos go to a neighbor periodically. */
  private static boolean isCalled(Neighbor neighbor) {
    OspfInterface from = neighbor.attachedTo();
    if (from.config().type() != NetworkType.NBMA) {
      return true;
    }
    if (from.config().priority() == 0) {
      return neighbor.isDesignatedRouter() || neighbor.isBackupDesignatedRouter();
    }
    return neighbor.priority() > 0
        || from.state() == InterfaceState.DR
        || from.state() == InterfaceState.BACKUP;
  }

  /**
   * Whether a Hello from a neighbor is answered: a router that is not eligible answers "any
   * eligible neighbor (other than the current Designated Router and Backup Designated Router)".
   */
  static boolean answers(OspfInterface on, Neighbor neighbor) {
    return on.config().type() == NetworkType.NBMA
        && on.config().priority() == 0
        && neighbor.priority() > 0
        && !neighbor.isDesignatedRouter()
        && !neighbor.isBackupDesignatedRouter();
  }

  /** The configuration of a running interface is another now; its type is not. */
  void reconfigure(OspfInterface on, OspfInterfaceConfig before) {
    OspfInterfaceConfig after = on.config();
    if (after.type().multicasts() || !on.isRunning()) {
      return;
    }
    for (StaticNeighbor each : before.staticNeighbors()) {
      Neighbor neighbor = on.neighborAt(each.address());
      if (neighbor != null && after.staticNeighbor(each.address()) == null) {
        core.heap.cancel(neighbor.pollTimer);
        neighbor.configure(null);
        neighbor.event(NeighborEvent.KILL_NBR, NeighborCause.NEIGHBOR_REMOVED);
        on.remove(neighbor);
      }
    }
    for (StaticNeighbor each : after.staticNeighbors()) {
      if (!each.equals(before.staticNeighbor(each.address()))) {
        add(on, each);
      }
    }
    startEligible(on);
  }

  /** The interface has gone down; the conversations have ended. */
  void end(OspfInterface on) {
    for (Neighbor neighbor : List.copyOf(on.neighbors())) {
      core.heap.cancel(neighbor.pollTimer);
      on.remove(neighbor);
    }
  }
}
