package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import java.util.Arrays;

/** What router-LSAs and network-LSAs say of routers and transit networks, as arrays of numbers. */
final class LinkNumbers {
  /** Numbers for each link of a router: type, Link ID, Link Data, metric. */
  static final int PER_LINK = 4;

  private LinkNumbers() {}

  /** The Router IDs of a network's routers, in the order of signed numbers. */
  static int[] ofNetwork(NetworkLsa body) {
    int[] members = new int[body.attachedRouters().size()];
    for (int i = 0; i < members.length; i++) {
      members[i] = body.attachedRouters().get(i).value();
    }
    Arrays.sort(members);
    return members;
  }

  /** A router's links that lead to routers and transit networks, in the LSA's order. */
  static int[] ofRouter(RouterLsa body) {
    int count = 0;
    for (RouterLink link : body.links()) {
      count += leadsToVertex(link) ? 1 : 0;
    }
    int[] found = new int[count * PER_LINK];
    int next = 0;
    for (RouterLink link : body.links()) {
      if (leadsToVertex(link)) {
        found[next++] = link.type();
        found[next++] = link.linkId().value();
        found[next++] = link.linkData().value();
        found[next++] = link.metric();
      }
    }
    return found;
  }

  /** Whether a link is none to a stub network, nor of a type that nobody knows. */
  static boolean leadsToVertex(RouterLink link) {
    return link.type() == RouterLink.POINT_TO_POINT
        || link.type() == RouterLink.TRANSIT
        || link.type() == RouterLink.VIRTUAL;
  }
}
