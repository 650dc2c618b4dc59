package dev.zuido.ospf;

import java.util.List;

/** The orderly end: the own LSAs are flushed before the conversations end. */
final class Shutdown {
  private final Core core;
  private final Timer patience = new Timer(now -> this.finishNow = true);
  private boolean running;
  private boolean finishNow;

  Shutdown(Core core) {
    this.core = core;
  }

  void begin() {
    if (running) {
      return;
    }
    running = true;
    core.origination.shutDown();
    int seconds = 1;
    for (OspfInterface each : core.interfaces.values()) {
      seconds = Math.max(seconds, each.config().timers().retransmitSeconds());
    }
    core.heap.schedule(patience, core.now + 2L * seconds * Core.SECOND);
  }

  /** Goes on as far as possible; whether something was done. */
  boolean progress() {
    if (!running || (core.aging.flushing() > 0 && !finishNow)) {
      return false;
    }
    running = false;
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
