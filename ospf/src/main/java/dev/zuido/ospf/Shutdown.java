package dev.zuido.ospf;

import java.util.List;

/** The orderly end: the own LSAs are flushed before the conversations end. */
final class Shutdown {
  private final Core core;
  private final Timer stubRouterTimer = new Timer(now -> flush());
  private final Timer patience = new Timer(now -> this.finishNow = true);
  private boolean begun;
  private boolean flushing;
  private boolean finishNow;

  Shutdown(Core core) {
    this.core = core;
  }

  /** Begins, with the time in which transit traffic goes elsewhere if there is to be one. */
  void begin() {
    if (begun) {
      return;
    }
    begun = true;
    core.restart.abandon();
    int seconds = core.stubRouter.config().beforeShutdownSeconds();
    if (seconds > 0 && hasFullNeighbor()) {
      core.stubRouter.begin(StubRouterReason.BEFORE_SHUTDOWN);
      core.heap.schedule(stubRouterTimer, core.now + seconds * Core.SECOND);
    } else {
      flush();
    }
  }

  private boolean hasFullNeighbor() {
    for (OspfInterface each : core.interfaces.values()) {
      for (Neighbor neighbor : each.neighbors()) {
        if (neighbor.state() == NeighborState.FULL) {
          return true;
        }
      }
    }
    return false;
  }

  private void flush() {
    flushing = true;
    core.origination.shutDown();
    int seconds = 1;
    for (OspfInterface each : core.interfaces.values()) {
      seconds = Math.max(seconds, each.config().timers().retransmitSeconds());
    }
    core.heap.schedule(patience, core.now + 2L * seconds * Core.SECOND);
  }

  /** When the time as a stub router is over; {@link DeadlineHeap#NO_DEADLINE} if none runs. */
  long stubRouterDeadline() {
    return stubRouterTimer.isScheduled() ? stubRouterTimer.deadline : DeadlineHeap.NO_DEADLINE;
  }

  /** Goes on as far as possible; whether something was done. */
  boolean progress() {
    if (!flushing || (core.aging.flushing() > 0 && !finishNow)) {
      return false;
    }
    flushing = false;
    finishNow = false;
    core.heap.cancel(patience);
    for (OspfInterface each : List.copyOf(core.interfaces.values())) {
      each.downCause = NeighborCause.SHUTDOWN;
      each.event(InterfaceEvent.INTERFACE_DOWN);
    }
    core.outbox.event(new OspfOutput.ShutdownComplete());
    return true;
  }
}
