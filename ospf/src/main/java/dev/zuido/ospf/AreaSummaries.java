package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a border router tells one of its areas of the others, as summary-LSAs. */
final class AreaSummaries {
  /** The metric of what is not told. */
  static final int NOT_TOLD = -1;

  private final Core core;
  private final Area area;
  private final NavigableMap<Ipv4Prefix, Integer> networks = new TreeMap<>();
  private final NavigableMap<Ipv4Address, Integer> boundaryRouters = new TreeMap<>();
  private final LinkStateIds linkStateIds = new LinkStateIds();

  /** What each Link State ID stood for last. */
  private final Map<Ipv4Address, Ipv4Prefix> standsFor = new HashMap<>();

  /**
   * Link State IDs whose networks have others now. They are told under the old ones too until the
   * new ones are sure to be out, which MinLSInterval may put off.
   */
  private final SortedMap<Ipv4Address, Ipv4Prefix> leaving = new TreeMap<>();

  private final Timer leftTimer = new Timer(now -> left());

  AreaSummaries(Core core, Area area) {
    this.core = core;
    this.area = area;
  }

  Area area() {
    return area;
  }

  /** The networks and ranges that the area is told of. */
  Set<Ipv4Prefix> networks() {
    return Collections.unmodifiableSet(networks.keySet());
  }

  /** The AS boundary routers that the area is told of. */
  Set<Ipv4Address> boundaryRouters() {
    return Collections.unmodifiableSet(boundaryRouters.keySet());
  }

  /** Tells a network with a metric, or {@link #NOT_TOLD}. */
  void tellNetwork(Ipv4Prefix network, int metric) {
    Integer before = networks.get(network);
    if (before == null ? metric == NOT_TOLD : before == metric) {
      return;
    }
    List<Ipv4Address> changed = new ArrayList<>();
    if (metric == NOT_TOLD) {
      networks.remove(network);
      linkStateIds.remove(network, changed);
    } else {
      networks.put(network, metric);
      linkStateIds.add(network, changed);
      Ipv4Address id = linkStateIds.idOf(network);
      if (id == null) {
        core.drop(0, null, DropReason.NO_LINK_STATE_ID);
      } else {
        changed.add(id);
      }
    }
    changed.forEach(this::linkStateIdChanged);
    leaving.forEach(
        (id, moved) -> {
          if (moved.equals(network)) {
            networkMayDiffer(id);
          }
        });
  }

  private void linkStateIdChanged(Ipv4Address id) {
    Ipv4Prefix now = linkStateIds.network(id);
    Ipv4Prefix before = now == null ? standsFor.remove(id) : standsFor.put(id, now);
    leaving.remove(id);
    if (now == null && before != null && linkStateIds.idOf(before) != null) {
      leaving.put(id, before);
      long wait = core.config.originationThrottle().maximumMillis() * 1_000_000L + Core.SECOND;
      core.heap.schedule(leftTimer, core.now + wait);
    }
    networkMayDiffer(id);
  }

  private void networkMayDiffer(Ipv4Address id) {
    core.origination.mayDiffer(
        area.database,
        new LsaKey(LsaType.SUMMARY_NETWORK, id, core.routerId),
        () -> networkBody(id));
  }

  private void left() {
    List<Ipv4Address> left = List.copyOf(leaving.keySet());
    leaving.clear();
    left.forEach(this::networkMayDiffer);
  }

  /** Tells an AS boundary router with a metric, or {@link #NOT_TOLD}. */
  void tellBoundaryRouter(Ipv4Address routerId, int metric) {
    Integer before = boundaryRouters.get(routerId);
    if (before == null ? metric == NOT_TOLD : before == metric) {
      return;
    }
    if (metric == NOT_TOLD) {
      boundaryRouters.remove(routerId);
    } else {
      boundaryRouters.put(routerId, metric);
    }
    core.origination.mayDiffer(
        area.database,
        new LsaKey(LsaType.SUMMARY_ASBR, routerId, core.routerId),
        () -> boundaryRouterBody(routerId));
  }

  private @Nullable LsaBody networkBody(Ipv4Address linkStateId) {
    Ipv4Prefix network = linkStateIds.network(linkStateId);
    network = network == null ? leaving.get(linkStateId) : network;
    Integer metric = network == null ? null : networks.get(network);
    return network == null || metric == null
        ? null
        : SummaryLsa.ofNetwork(network.mask(), core.stubRouter.summaryMetric(metric));
  }

  private @Nullable LsaBody boundaryRouterBody(Ipv4Address routerId) {
    Integer metric = boundaryRouters.get(routerId);
    return metric == null
        ? null
        : SummaryLsa.ofAsBoundaryRouter(core.stubRouter.summaryMetric(metric));
  }
}
