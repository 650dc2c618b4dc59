package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import java.util.HashSet;
import java.util.Set;

/** Whether the originators of LSAs can be reached, as the routes were calculated last. */
final class Reachability {
  private final Core core;

  /** AS boundary routers that reachable border routers know of. */
  private final Set<Ipv4Address> beyond = new HashSet<>();

  /** Looks for the AS boundary routers in the databases as they are now. */
  Reachability(Core core) {
    this.core = core;
    for (Area area : core.areas()) {
      LsaStore store = core.lsdb.area(area.id());
      if (store != null) {
        for (LsaEntry entry : store.entriesOfType(LsaType.SUMMARY_ASBR)) {
          if (!entry.isMaxAgeAt(core.now)
              && entry.lsa().body() instanceof SummaryLsa summary
              && summary.metric() < SummaryLsa.INFINITY
              && core.routes.isReachable(area.id(), entry.key().advertisingRouter())) {
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
      return core.routes.isReachable(lsa.database.areaId(), originator);
    }
    return beyond.contains(originator)
        || core.areas().stream().anyMatch(area -> core.routes.isReachable(area.id(), originator));
  }
}
