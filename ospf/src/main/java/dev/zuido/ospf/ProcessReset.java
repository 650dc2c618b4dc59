package dev.zuido.ospf;

import java.util.ArrayList;
import java.util.List;

/** The process begins anew with the same configuration, as {@code clear ip ospf process} wants. */
final class ProcessReset {
  private final Core core;

  ProcessReset(Core core) {
    this.core = core;
  }

  /**
   * Takes all interfaces down, empties the database without flushing it, and takes them up again.
   * The own LSAs go on with the next sequence numbers: the neighbors have the last ones.
   */
  void run() {
    core.restart.abandon();
    List<OspfInterface> up = new ArrayList<>();
    for (OspfInterface each : List.copyOf(core.interfaces.values())) {
      if (each.state() != InterfaceState.DOWN) {
        if (core.virtualLinks.of(each) == null) {
          up.add(each); // A virtual link comes up when there is a route to its other end.
        }
        each.downCause = NeighborCause.CLEARED;
        each.event(InterfaceEvent.INTERFACE_DOWN);
      }
    }
    for (Area area : core.areas()) {
      empty(area.database);
    }
    empty(core.external);
    core.routes.schedule(SpfCause.Trigger.CLEARED);
    core.origination.allMayDiffer();
    up.forEach(OspfInterface::bringUp);
  }

  private void empty(Database database) {
    for (HeldLsa lsa : List.copyOf(database.all())) {
      core.forget(lsa);
    }
  }
}
