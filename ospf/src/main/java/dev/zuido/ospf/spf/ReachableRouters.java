package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The routers that can be reached within an area: the vertices of its shortest-path tree (RFC 2328
 * section 16.1), without distances and next hops. What an LSA of area scope says is used only while
 * its originator is among them (RFC 5250 section 5).
 */
public final class ReachableRouters {
  private final LsaStore store;
  private final long nowNanos;
  private final Set<Ipv4Address> routers = new HashSet<>();
  private final Set<Ipv4Address> networks = new HashSet<>();
  private final Deque<Ipv4Address> unexamined = new ArrayDeque<>();

  private ReachableRouters(LsaStore store, long nowNanos) {
    this.store = store;
    this.nowNanos = nowNanos;
  }

  /**
   * Follows the links that both ends confirm.
   *
   * @param store the area's LSAs
   * @param from the Router ID to begin with
   * @param nowNanos the moment whose ages count
   * @return Router IDs in no particular order, with the first one; empty if that one has no
   *     router-LSA
   */
  public static Set<Ipv4Address> of(LsaStore store, Ipv4Address from, long nowNanos) {
    ReachableRouters search = new ReachableRouters(store, nowNanos);
    if (search.router(from) != null) {
      search.reach(from);
    }
    for (Ipv4Address next = search.unexamined.poll();
        next != null;
        next = search.unexamined.poll()) {
      search.examine(next);
    }
    return search.routers;
  }

  private void reach(Ipv4Address routerId) {
    if (routers.add(routerId)) {
      unexamined.add(routerId);
    }
  }

  private void examine(Ipv4Address routerId) {
    RouterLsa body = router(routerId);
    if (body == null) {
      return;
    }
    for (RouterLink link : body.links()) {
      switch (link.type()) {
        case RouterLink.POINT_TO_POINT, RouterLink.VIRTUAL -> {
          RouterLsa other = router(link.linkId());
          if (other != null && hasLink(other, false, routerId)) {
            reach(link.linkId());
          }
        }
        case RouterLink.TRANSIT -> examineNetwork(link.linkId(), routerId);
        default -> {}
      }
    }
  }

  private void examineNetwork(Ipv4Address address, Ipv4Address attached) {
    if (networks.contains(address)) {
      return;
    }
    for (LsaEntry entry : store.entriesWithId(LsaType.NETWORK, address)) {
      if (!entry.isMaxAgeAt(nowNanos)
          && entry.lsa().body() instanceof NetworkLsa network
          && network.attachedRouters().contains(attached)) {
        networks.add(address);
        for (Ipv4Address routerId : network.attachedRouters()) {
          RouterLsa other = router(routerId);
          if (other != null && hasLink(other, true, address)) {
            reach(routerId);
          }
        }
        return;
      }
    }
  }

  private static boolean hasLink(RouterLsa from, boolean toNetwork, Ipv4Address linkId) {
    for (RouterLink link : from.links()) {
      boolean kindFits =
          toNetwork
              ? link.type() == RouterLink.TRANSIT
              : link.type() == RouterLink.POINT_TO_POINT || link.type() == RouterLink.VIRTUAL;
      if (kindFits && link.linkId().equals(linkId)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable RouterLsa router(Ipv4Address routerId) {
    LsaEntry entry = store.routerLsa(routerId);
    boolean usable = entry != null && !entry.isMaxAgeAt(nowNanos);
    return usable && entry.lsa().body() instanceof RouterLsa body ? body : null;
  }
}
