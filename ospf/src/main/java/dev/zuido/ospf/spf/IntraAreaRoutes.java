package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Section 16.1 step 4 and its second stage: from an area's tree to routes. */
final class IntraAreaRoutes {
  private final Ipv4Address areaId;
  private final FirstHops firstHops;
  private final int maximumPaths;
  private final Map<Ipv4Prefix, OspfRoute> routes = new TreeMap<>();

  /** The Link State ID of the network-LSA that a route comes from. */
  private final Map<Ipv4Prefix, Ipv4Address> origins = new TreeMap<>();

  IntraAreaRoutes(Ipv4Address areaId, FirstHops firstHops, int maximumPaths) {
    this.areaId = areaId;
    this.firstHops = firstHops;
    this.maximumPaths = maximumPaths;
  }

  /** Adds an area's routes to the table; of two areas' routes to one network the cheaper stays. */
  void addTo(TableDraft table, AreaTree tree) {
    boolean isRoot = true;
    for (Vertex vertex : tree.vertices()) {
      if (vertex.lsa.body() instanceof NetworkLsa body) {
        addNetwork(vertex, body);
      } else if (vertex.lsa.body() instanceof RouterLsa body && !isRoot) {
        addRouter(table, vertex, body);
      }
      isRoot = false;
    }
    isRoot = true;
    for (Vertex vertex : tree.vertices()) {
      if (vertex.lsa.body() instanceof RouterLsa body) {
        for (RouterLink link : body.links()) {
          if (link.type() == RouterLink.STUB) {
            addStub(vertex, link, isRoot);
          }
        }
      }
      isRoot = false;
    }
    for (OspfRoute route : routes.values()) {
      OspfRoute present = table.route(route.prefix());
      if (present == null || route.cost() < present.cost()) {
        table.put(route);
      } else if (route.cost() == present.cost()) {
        table.put(withMoreHops(present, route.nextHops()));
      }
    }
  }

  /** Step 4: a transit network. */
  private void addNetwork(Vertex vertex, NetworkLsa body) {
    Ipv4Prefix prefix = prefixOf(vertex.id, body.networkMask());
    if (prefix == null || prefix.length() == 32) {
      return; // RFC 6860 section 2.2.2.2: the mask says that the network is hidden.
    }
    OspfRoute present = routes.get(prefix);
    Ipv4Address presentOrigin = origins.get(prefix);
    boolean overwrite =
        present == null
            || presentOrigin == null
            || (vertex.distance <= present.cost() && presentOrigin.compareTo(vertex.id) < 0);
    if (overwrite) {
      routes.put(prefix, route(prefix, vertex.distance, vertex.nextHops));
      origins.put(prefix, vertex.id);
    }
  }

  /** Step 4: an area border or AS boundary router. */
  private void addRouter(TableDraft table, Vertex vertex, RouterLsa body) {
    if (body.isBorder() || body.isExternal()) {
      table.put(
          new RouterRoute(
              vertex.id,
              areaId,
              PathType.INTRA_AREA,
              vertex.distance,
              body.isBorder(),
              body.isExternal(),
              vertex.lsa.header().options(),
              vertex.nextHops));
    }
  }

  /** Second stage: a stub network. */
  private void addStub(Vertex vertex, RouterLink link, boolean isRoot) {
    Ipv4Prefix prefix = prefixOf(link.linkId(), link.linkData());
    if (prefix == null) {
      return;
    }
    int distance = PathArithmetic.sum(vertex.distance, link.metric());
    OspfRoute present = routes.get(prefix);
    if (present != null && distance > present.cost()) {
      return;
    }
    Set<NextHop> hops = isRoot ? firstHops.toOwnStub(prefix) : vertex.nextHops;
    if (present != null && distance == present.cost()) {
      routes.put(prefix, withMoreHops(present, hops));
    } else {
      routes.put(prefix, route(prefix, distance, hops));
    }
  }

  private OspfRoute route(Ipv4Prefix prefix, int cost, Set<NextHop> hops) {
    return new OspfRoute(prefix, PathType.INTRA_AREA, cost, 0, areaId, hops);
  }

  private OspfRoute withMoreHops(OspfRoute route, Set<NextHop> more) {
    return new OspfRoute(
        route.prefix(),
        route.pathType(),
        route.cost(),
        route.type2Cost(),
        route.areaId(),
        PathArithmetic.union(route.nextHops(), more, maximumPaths));
  }

  /** The network of an address and a mask, or null if the mask has holes. */
  static @Nullable Ipv4Prefix prefixOf(Ipv4Address address, Ipv4Address mask) {
    int length = Integer.bitCount(mask.value());
    return Ipv4Prefix.maskOf(length) == mask.value()
        ? Ipv4Prefix.containing(address, length)
        : null;
  }
}
