package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Why the routes are calculated next, and what the last calculations did. */
final class RouteHistory {
  private final Core core;
  private final Deque<SpfRun> log = new ArrayDeque<>();
  private List<SpfCause> causes = new ArrayList<>();
  private long causeCount;
  private long firstCauseNanos;
  private long treesGrownBefore;
  private long lastRunNanos = -1;

  RouteHistory(Core core) {
    this.core = core;
  }

  void lsaChanged(Ipv4Address areaId, LsaKey key, boolean gone) {
    if (takesCause()) {
      causes.add(new SpfCause.LsaChanged(areaId, key, gone));
    }
  }

  void local(SpfCause.Trigger trigger) {
    if (takesCause()) {
      causes.add(new SpfCause.Local(trigger));
    }
  }

  /** Counts a cause; whether it is among those that are kept. */
  private boolean takesCause() {
    if (causeCount++ == 0) {
      firstCauseNanos = core.now;
    }
    return causes.size() < SpfRun.MAXIMUM_CAUSES;
  }

  /**
   * The routes were calculated.
   *
   * @param changed how many prefixes have another route, or one only before or after
   * @param treesGrown how many shortest path trees were grown so far
   */
  void ran(SpfState state, RoutingTable after, int changed, long treesGrown) {
    long delay = causeCount == 0 ? 0 : core.now - firstCauseNanos;
    if (log.size() >= core.config.limits().logEntries()) {
      log.remove();
    }
    log.add(
        new SpfRun(
            core.now,
            delay,
            state,
            causes,
            causeCount,
            core.lsdb.size(),
            after.routes().size(),
            changed,
            treesGrown - treesGrownBefore));
    treesGrownBefore = treesGrown;
    causes = new ArrayList<>();
    causeCount = 0;
    lastRunNanos = core.now;
  }

  /** When the routes were calculated last; -1 if never. */
  long lastRunNanos() {
    return lastRunNanos;
  }

  List<SpfRun> log() {
    return List.copyOf(log);
  }
}
