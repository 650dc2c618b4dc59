package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.spf.ReachableRouters;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the originators of LSAs can be reached, in their area or in others. */
final class Reachability {
  private final Map<Ipv4Address, Set<Ipv4Address>> byArea = new HashMap<>();

  /** AS boundary routers that reachable border routers know of. */
  private final Set<Ipv4Address> beyond = new HashSet<>();

  /** Looks at the databases as they are now. */
  Reachability(Core core) {
    for (Area area : core.areas()) {
      LsaStore store = core.lsdb.area(area.id());
      if (store != null) {
        Set<Ipv4Address> reached = ReachableRouters.of(store, core.routerId, core.now);
        byArea.put(area.id(), reached);
        for (LsaEntry entry : store.entriesOfType(LsaType.SUMMARY_ASBR)) {
          if (!entry.isMaxAgeAt(core.now)
              && entry.lsa().body() instanceof SummaryLsa summary
              && summary.metric() < SummaryLsa.INFINITY
              && reached.contains(entry.key().advertisingRouter())) {
            beyond.add(entry.key().linkStateId());
          }
        }
      }
    }
  }

  /** Whether the router that originated an LSA can be reached. */
  boolean reachesOriginatorOf(HeldLsa lsa) {
    Ipv4Address originator = lsa.key.advertisingRouter();
    if (!LsaType.isAsWide(lsa.key.type())) {
      return byArea.getOrDefault(lsa.database.areaId(), Set.of()).contains(originator);
    }
    List<Set<Ipv4Address>> everywhere = new ArrayList<>(byArea.values());
    everywhere.add(beyond);
    return everywhere.stream().anyMatch(routers -> routers.contains(originator));
  }
}
