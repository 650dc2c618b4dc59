package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first stage of section 16.1: routers and transit networks of an area, by Dijkstra. */
final class AreaTree {
  private final LsaStore store;
  private final long nowNanos;
  private final FirstHops firstHops;
  private final int maximumPaths;

  private final Map<Ipv4Address, Vertex> routers = new HashMap<>();
  private final Map<Ipv4Address, Vertex> networks = new HashMap<>();
  private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();
  private final List<Vertex> tree = new ArrayList<>();
  private boolean transitCapability;

  /**
   * A vertex at the distance that it had when it was put on the candidate list. One that has become
   * closer since is on the list again.
   */
  private record Candidate(int distance, Vertex vertex) implements Comparable<Candidate> {
    /**
     * Step 3: the closest first, networks before routers; then by ID, for one order in all runs.
     */
    @Override
    public int compareTo(Candidate other) {
      if (distance != other.distance) {
        return Integer.compare(distance, other.distance);
      }
      int otherType = other.vertex.lsa.header().type();
      int byType = Integer.compare(otherType, vertex.lsa.header().type());
      return byType != 0 ? byType : vertex.id.compareTo(other.vertex.id);
    }
  }

  private AreaTree(LsaStore store, long nowNanos, FirstHops firstHops, int maximumPaths) {
    this.store = store;
    this.nowNanos = nowNanos;
    this.firstHops = firstHops;
    this.maximumPaths = maximumPaths;
  }

  /** Grows the tree of an area from the calculating router; empty if it has no router-LSA there. */
  static AreaTree grow(
      Ipv4Address rootId, LsaStore store, long nowNanos, FirstHops firstHops, int maximumPaths) {
    AreaTree tree = new AreaTree(store, nowNanos, firstHops, maximumPaths);
    Vertex root = tree.router(rootId);
    if (root != null) {
      tree.growFrom(root);
    }
    return tree;
  }

  /** The vertices in the order in which they joined, the root first. */
  List<Vertex> vertices() {
    return Collections.unmodifiableList(tree);
  }

  /** A router on the tree, or null if it cannot be reached. */
  @Nullable Vertex reachableRouter(Ipv4Address routerId) {
    Vertex vertex = routers.get(routerId);
    return vertex != null && vertex.onTree ? vertex : null;
  }

  /** A transit network on the tree, by its designated router's address, or null. */
  @Nullable Vertex reachableNetwork(Ipv4Address designatedRouter) {
    Vertex vertex = networks.get(designatedRouter);
    return vertex != null && vertex.onTree ? vertex : null;
  }

  /** Whether a router on the tree is the endpoint of a virtual link through the area (step 2). */
  boolean transitCapability() {
    return transitCapability;
  }

  private void growFrom(Vertex root) {
    root.reached = true;
    candidates.add(new Candidate(0, root));
    for (Candidate next = candidates.poll(); next != null; next = candidates.poll()) {
      Vertex vertex = next.vertex();
      if (!vertex.onTree) {
        vertex.onTree = true;
        tree.add(vertex);
        examine(vertex, vertex == root);
      }
    }
  }

  /** Step 2: each link of the vertex that joined last. */
  private void examine(Vertex v, boolean isRoot) {
    if (v.lsa.body() instanceof RouterLsa body) {
      transitCapability |= body.isVirtualEndpoint();
      for (RouterLink link : body.links()) {
        Vertex w =
            switch (link.type()) {
              case RouterLink.POINT_TO_POINT, RouterLink.VIRTUAL -> router(link.linkId());
              case RouterLink.TRANSIT -> network(link.linkId(), v.id);
              default -> null;
            };
        if (w != null && hasLinkBack(w, v)) {
          Set<NextHop> hops = isRoot ? firstHops.ofRootLink(link, w.lsa) : v.nextHops;
          offer(w, PathArithmetic.sum(v.distance, link.metric()), hops);
        }
      }
    } else if (v.lsa.body() instanceof NetworkLsa body) {
      for (Ipv4Address routerId : body.attachedRouters()) {
        Vertex w = router(routerId);
        if (w != null && hasLinkBack(w, v)) {
          offer(w, v.distance, firstHops.throughNetwork(v, w.lsa));
        }
      }
    }
  }

  /** Steps 2c and 2d. A path whose first hop is not known is none. */
  private void offer(Vertex w, int distance, Set<NextHop> hops) {
    if (w.onTree || hops.isEmpty() || (w.reached && distance > w.distance)) {
      return;
    }
    if (w.reached && distance == w.distance) {
      w.nextHops = PathArithmetic.union(w.nextHops, hops, maximumPaths);
      return;
    }
    w.reached = true;
    w.distance = distance;
    w.nextHops = hops;
    candidates.add(new Candidate(distance, w));
  }

  /** Step 2b: whether W's LSA has a link to V. */
  private static boolean hasLinkBack(Vertex w, Vertex v) {
    if (w.lsa.body() instanceof NetworkLsa network) {
      return network.attachedRouters().contains(v.id);
    }
    boolean toNetwork = v.lsa.body() instanceof NetworkLsa;
    if (w.lsa.body() instanceof RouterLsa router) {
      for (RouterLink link : router.links()) {
        boolean kindFits =
            toNetwork
                ? link.type() == RouterLink.TRANSIT
                : link.type() == RouterLink.POINT_TO_POINT || link.type() == RouterLink.VIRTUAL;
        if (kindFits && link.linkId().equals(v.id)) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable Vertex router(Ipv4Address routerId) {
    Vertex known = routers.get(routerId);
    if (known != null) {
      return known;
    }
    LsaEntry entry = store.routerLsa(routerId);
    if (entry == null || entry.isMaxAgeAt(nowNanos) || !(entry.lsa().body() instanceof RouterLsa)) {
      return null;
    }
    Vertex vertex = new Vertex(routerId, entry.lsa());
    routers.put(routerId, vertex);
    return vertex;
  }

  /**
   * The network with a designated router's address. While the designated router changes its Router
   * ID there may be two network-LSAs; one that names the router that is looking is taken.
   */
  private @Nullable Vertex network(Ipv4Address address, Ipv4Address attachedRouter) {
    Vertex known = networks.get(address);
    if (known != null) {
      return known;
    }
    for (LsaEntry entry : store.entriesWithId(LsaType.NETWORK, address)) {
      if (!entry.isMaxAgeAt(nowNanos)
          && entry.lsa().body() instanceof NetworkLsa body
          && body.attachedRouters().contains(attachedRouter)) {
        Vertex vertex = new Vertex(address, entry.lsa());
        networks.put(address, vertex);
        return vertex;
      }
    }
    return null;
  }
}
