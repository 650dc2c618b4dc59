package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why the routes are calculated next, and what the last calculations did. */
final class RouteHistory {
  private final Core core;
  private final Deque<SpfRun> log = new ArrayDeque<>();
  private List<SpfCause> causes = new ArrayList<>();
  private long causeCount;
  private long firstCauseNanos;
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

  /** The routes were calculated. */
  void ran(SpfState state, RoutingTable before, RoutingTable after) {
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
            differences(before, after)));
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

  /** How many prefixes have another route, or one only before or after. */
  private static int differences(RoutingTable before, RoutingTable after) {
    Iterator<OspfRoute> old = before.routes().iterator();
    Iterator<OspfRoute> made = after.routes().iterator();
    OspfRoute left = next(old);
    OspfRoute right = next(made);
    int differences = 0;
    while (left != null || right != null) {
      int order = compare(left, right);
      if (order != 0 || !left.equals(right)) {
        differences++;
      }
      left = order <= 0 ? next(old) : left;
      right = order >= 0 ? next(made) : right;
    }
    return differences;
  }

  private static @Nullable OspfRoute next(Iterator<OspfRoute> routes) {
    return routes.hasNext() ? routes.next() : null;
  }

  /** The order of the prefixes; what is missing comes last. */
  private static int compare(@Nullable OspfRoute left, @Nullable OspfRoute right) {
    if (left == null || right == null) {
      return left == null ? (right == null ? 0 : 1) : -1;
    }
    return left.prefix().compareTo(right.prefix());
  }
}
