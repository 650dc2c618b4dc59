package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which routers are reachable in an area, whatever the costs: the links of router- and network-LSAs
 * that point both ways (RFC 2328 section 16.1).
 */
final class Reachability {
  private final LsaStore store;
  private final long now;
  private final Set<Ipv4Address> reached = new TreeSet<>();
  private final Deque<Ipv4Address> open = new ArrayDeque<>();

  private Reachability(LsaStore store, long now) {
    this.store = store;
    this.now = now;
  }

  /**
   * The reachable routers of each area and, with the key {@link Core#external}, the AS boundary
   * routers that area border routers know of.
   */
  static Map<Database, Set<Ipv4Address>> byDatabase(Core core) {
    Map<Database, Set<Ipv4Address>> all = new IdentityHashMap<>();
    Set<Ipv4Address> beyond = new TreeSet<>();
    for (Area area : core.areas()) {
      LsaStore store = core.lsdb.area(area.id());
      if (store != null) {
        Set<Ipv4Address> reached = new Reachability(store, core.now).from(core.routerId);
        all.put(area.database, reached);
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
    all.put(core.external, beyond);
    return all;
  }

  private Set<Ipv4Address> from(Ipv4Address root) {
    reach(root);
    while (!open.isEmpty()) {
      Ipv4Address router = open.remove();
      RouterLsa body = router(router);
      if (body != null) {
        body.links().forEach(link -> follow(router, link));
      }
    }
    return reached;
  }

  private void reach(Ipv4Address router) {
    if (reached.add(router)) {
      open.add(router);
    }
  }

  private void follow(Ipv4Address from, RouterLink link) {
    if (link.type() == RouterLink.TRANSIT) {
      for (LsaEntry entry : store.entriesWithId(LsaType.NETWORK, link.linkId())) {
        if (!entry.isMaxAgeAt(now)
            && entry.lsa().body() instanceof NetworkLsa network
            && network.attachedRouters().contains(from)) {
          for (Ipv4Address attached : network.attachedRouters()) {
            if (!reached.contains(attached)
                && hasLink(attached, RouterLink.TRANSIT, link.linkId())) {
              reach(attached);
            }
          }
        }
      }
    } else if (link.type() != RouterLink.STUB
        && !reached.contains(link.linkId())
        && hasLink(link.linkId(), link.type(), from)) {
      reach(link.linkId());
    }
  }

  private boolean hasLink(Ipv4Address router, int type, Ipv4Address to) {
    RouterLsa body = router(router);
    if (body == null) {
      return false;
    }
    for (RouterLink link : body.links()) {
      if (link.type() == type && link.linkId().equals(to)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable RouterLsa router(Ipv4Address id) {
    LsaEntry entry = store.routerLsa(id);
    return entry != null
            && !entry.isMaxAgeAt(now)
            && entry.lsa().body() instanceof RouterLsa body
        ? body
        : null;
  }
}
