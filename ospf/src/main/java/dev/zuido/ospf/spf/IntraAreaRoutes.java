package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Section 16.1 step 4 and its second stage: from an area's tree to routes. A route that comes out
 * as it was is the same object as before.
 */
final class IntraAreaRoutes {
  private static final int NONE = -1;

  private final Ipv4Address areaId;
  private final AreaGraph graph;
  private final AreaTree tree;

  /** By a network's number in the graph: the cost, or {@link #NONE}. */
  private int[] costs = new int[0];

  /** By a network's number: the number of the next hops' set. */
  private int[] hops = new int[0];

  /** By a network's number: the vertex of the network-LSA that the route comes from, or none. */
  private int[] origins = new int[0];

  private @Nullable OspfRoute[] made = new @Nullable OspfRoute[0];
  private OspfRoute[] routes = new OspfRoute[0];
  private List<RouterRoute> routerRoutes = List.of();
  private boolean transitCapability;

  IntraAreaRoutes(Ipv4Address areaId, AreaGraph graph, AreaTree tree) {
    this.areaId = areaId;
    this.graph = graph;
    this.tree = tree;
  }

  /** The routes to networks, in the order of their prefixes. */
  OspfRoute[] routes() {
    return routes;
  }

  /** The area border and AS boundary routers. */
  List<RouterRoute> routerRoutes() {
    return routerRoutes;
  }

  /** Whether a router on the tree is the endpoint of a virtual link through the area (step 2). */
  boolean transitCapability() {
    return transitCapability;
  }

  /** Takes the routes from the tree. */
  void examine(FirstHops firstHops) {
    int bound = graph.prefixes.bound();
    if (costs.length < bound) {
      int length = Math.max(bound, 2 * costs.length);
      costs = new int[length];
      hops = new int[length];
      origins = new int[length];
      made = Arrays.copyOf(made, length);
    }
    Arrays.fill(costs, 0, bound, NONE);
    Arrays.fill(origins, 0, bound, AreaGraph.NONE);
    examineVertices();
    examineStubs(firstHops);
    makeRoutes();
  }

  /** Step 4. */
  private void examineVertices() {
    List<RouterRoute> found = new ArrayList<>();
    transitCapability = false;
    for (int i = 0; i < tree.size(); i++) {
      int vertex = tree.vertexAt(i);
      if (graph.isNetwork(vertex)) {
        int[] stubs = graph.stubs(vertex);
        // RFC 6860 section 2.2.2.2: a mask of 32 ones says that the network is hidden.
        if (stubs.length > 0 && graph.prefixes.prefix(stubs[0]).length() < 32) {
          addNetwork(vertex, stubs[0]);
        }
      } else {
        int flags = graph.flags(vertex);
        transitCapability |= (flags & RouterLsa.VIRTUAL_ENDPOINT) != 0;
        if ((flags & (RouterLsa.BORDER | RouterLsa.EXTERNAL)) != 0 && vertex != tree.root()) {
          found.add(routerRoute(vertex, flags));
        }
      }
    }
    routerRoutes = found;
  }

  /**
   * A transit network: of two equally far network-LSAs that with the higher Link State ID stays.
   */
  private void addNetwork(int vertex, int prefix) {
    int distance = tree.distance(vertex);
    boolean overwrite = costs[prefix] == NONE;
    if (!overwrite && distance <= costs[prefix]) {
      int byId = Integer.compareUnsigned(graph.id(origins[prefix]), graph.id(vertex));
      overwrite =
          byId < 0
              || (byId == 0
                  && Integer.compareUnsigned(
                          graph.advertiser(vertex), graph.advertiser(origins[prefix]))
                      < 0);
    }
    if (overwrite) {
      costs[prefix] = distance;
      hops[prefix] = tree.hops(vertex);
      origins[prefix] = vertex;
    }
  }

  /** An area border or AS boundary router. */
  private RouterRoute routerRoute(int vertex, int flags) {
    return new RouterRoute(
        new Ipv4Address(graph.id(vertex)),
        areaId,
        PathType.INTRA_AREA,
        tree.distance(vertex),
        (flags & RouterLsa.BORDER) != 0,
        (flags & RouterLsa.EXTERNAL) != 0,
        new Options(graph.options(vertex)),
        tree.hopSets.set(tree.hops(vertex)));
  }

  /** Second stage. */
  private void examineStubs(FirstHops firstHops) {
    for (int i = 0; i < tree.size(); i++) {
      int vertex = tree.vertexAt(i);
      if (!graph.isNetwork(vertex)) {
        int[] stubs = graph.stubs(vertex);
        for (int j = 0; j < stubs.length; j += 2) {
          addStub(vertex, stubs[j], stubs[j + 1], firstHops);
        }
      }
    }
  }

  private void addStub(int vertex, int prefix, int metric, FirstHops firstHops) {
    int distance = PathArithmetic.sum(tree.distance(vertex), metric);
    if (costs[prefix] != NONE && distance > costs[prefix]) {
      return;
    }
    int found =
        vertex == tree.root()
            ? tree.hopSets.number(NextHopSet.of(firstHops.toOwnStub(graph.prefixes.prefix(prefix))))
            : tree.hops(vertex);
    hops[prefix] = distance == costs[prefix] ? tree.hopSets.union(hops[prefix], found) : found;
    costs[prefix] = distance;
  }

  private void makeRoutes() {
    int[] order = graph.prefixes.order();
    OspfRoute[] found = new OspfRoute[order.length];
    int count = 0;
    for (int number : order) {
      if (costs[number] != NONE) {
        found[count++] = route(number);
      } else {
        made[number] = null;
      }
    }
    routes = count == found.length ? found : Arrays.copyOf(found, count);
  }

  private OspfRoute route(int number) {
    OspfRoute before = made[number];
    Ipv4Prefix prefix = graph.prefixes.prefix(number);
    NextHopSet set = tree.hopSets.set(hops[number]);
    if (before != null
        && before.cost() == costs[number]
        && before.nextHops().equals(set)
        && before.prefix().equals(prefix)) {
      return before;
    }
    OspfRoute route = new OspfRoute(prefix, PathType.INTRA_AREA, costs[number], 0, areaId, set);
    made[number] = route;
    return route;
  }

  /** The network of an address and a mask, or null if the mask has holes. */
  static @Nullable Ipv4Prefix prefixOf(Ipv4Address address, Ipv4Address mask) {
    int length = Integer.bitCount(mask.value());
    return Ipv4Prefix.maskOf(length) == mask.value()
        ? Ipv4Prefix.containing(address, length)
        : null;
  }
}
