package dev.zuido.ospf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.RouterLink;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whether others are asked not to send transit traffic through this router (RFC 6987), and what the
 * metrics in its LSAs are then.
 */
final class StubRouter {
  private static final long NEVER = -1;

  private final Core core;
  private final Set<StubRouterReason> reasons = EnumSet.noneOf(StubRouterReason.class);
  private final Timer timer = new Timer(now -> end(StubRouterReason.AFTER_START));
  private StubRouterConfig config;
  private long startedNanos = NEVER;

  StubRouter(Core core) {
    this.core = core;
    this.config = core.config.stubRouter();
    if (config.always()) {
      reasons.add(StubRouterReason.ALWAYS);
    }
  }

  StubRouterConfig config() {
    return config;
  }

  boolean isActive() {
    return !reasons.isEmpty();
  }

  /**
   * A link as the router-LSA has it: "the cost of all non-stub links (links of the types other than
   * 3) being set to MaxLinkMetric" (section 2), and that of stub links if the configuration says
   * so.
   */
  RouterLink metricOf(RouterLink link) {
    boolean stays = reasons.isEmpty() || (link.type() == RouterLink.STUB && !config.stubLinks());
    return stays
        ? link
        : new RouterLink(
            link.type(), link.linkId(), link.linkData(), StubRouterConfig.MAX_LINK_METRIC);
  }

  /** The metric of a summary-LSA: at least the configured one. */
  int summaryMetric(int metric) {
    return reasons.isEmpty() ? metric : Math.max(metric, config.summaryMetric());
  }

  /** An AS-external-LSA or NSSA-LSA with a metric of at least the configured one. */
  AsExternalLsa metricOf(AsExternalLsa body) {
    if (reasons.isEmpty() || config.externalMetric() == 0) {
      return body;
    }
    List<AsExternalLsa.Route> raised = new ArrayList<>();
    for (AsExternalLsa.Route route : body.routes()) {
      raised.add(
          new AsExternalLsa.Route(
              route.type2(),
              route.tos(),
              Math.max(route.metric(), config.externalMetric()),
              route.forwardingAddress(),
              route.externalRouteTag()));
    }
    return new AsExternalLsa(body.type(), body.networkMask(), raised);
  }

  /** An interface came up; the first one starts the time after the start. */
  void interfaceUp() {
    if (startedNanos != NEVER) {
      return;
    }
    startedNanos = core.now;
    if (config.afterStartSeconds() > 0) {
      begin(StubRouterReason.AFTER_START);
      scheduleEndOfStart();
    }
  }

  /** Another configuration; a time after the start that has passed does not begin again. */
  void configure(StubRouterConfig changed) {
    config = changed;
    if (changed.always()) {
      reasons.add(StubRouterReason.ALWAYS);
    } else {
      reasons.remove(StubRouterReason.ALWAYS);
    }
    if (reasons.contains(StubRouterReason.AFTER_START)) {
      scheduleEndOfStart();
    }
    core.origination.allMayDiffer();
  }

  private void scheduleEndOfStart() {
    long end = startedNanos + config.afterStartSeconds() * Core.SECOND;
    core.heap.schedule(timer, Math.max(core.now, end));
  }

  void begin(StubRouterReason reason) {
    if (reasons.add(reason)) {
      core.origination.allMayDiffer();
    }
  }

  void end(StubRouterReason reason) {
    if (reasons.remove(reason)) {
      core.origination.allMayDiffer();
    }
  }

  ProcessSnapshot.StubRouterSnapshot snapshot(long now, long shutdownDeadline) {
    long remaining = -1;
    if (shutdownDeadline != DeadlineHeap.NO_DEADLINE) {
      remaining = Math.max(0, shutdownDeadline - now);
    } else if (timer.isScheduled()) {
      remaining = Math.max(0, timer.deadline - now);
    }
    return new ProcessSnapshot.StubRouterSnapshot(config, reasons, remaining);
  }
}
