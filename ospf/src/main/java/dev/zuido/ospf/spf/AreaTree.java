package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first stage of section 16.1: routers and transit networks of an area, by Dijkstra. The arrays
 * are used again for the next tree, and what is known of a vertex stands at its number.
 */
final class AreaTree {
  private static final byte UNKNOWN = 0;
  private static final byte DIRECT = 1;
  private static final byte INHERITED = 2;

  private final AreaGraph graph;
  private final VertexHeap candidates = new VertexHeap();

  /** The sets of next hops, whose numbers {@link #hops} tells. */
  final HopSets hopSets;

  private int[] distances = new int[64];

  /** The number of the set of next hops; {@link HopSets#EMPTY} where no path has been found. */
  private int[] hops = new int[64];

  private boolean[] onTree = new boolean[64];

  /** The vertices in the order in which they joined, the root first. */
  private int[] order = new int[64];

  private int size;
  private int root = AreaGraph.NONE;

  /** Whether a set of next hops begins on a network of the root's own. */
  private byte[] kinds = new byte[64];

  AreaTree(AreaGraph graph, int maximumPaths) {
    this.graph = graph;
    this.hopSets = new HopSets(maximumPaths);
  }

  /** Grows the tree from the calculating router; it is empty if that has no router-LSA here. */
  void grow(Ipv4Address rootId, FirstHops firstHops) {
    clear();
    root = graph.router(rootId);
    if (root == AreaGraph.NONE) {
      return;
    }
    distances[root] = 0;
    candidates.add(root, 0, false, graph.id(root));
    while (!candidates.isEmpty()) {
      int vertex = candidates.poll();
      if (!onTree[vertex]) {
        onTree[vertex] = true;
        order[size++] = vertex;
        if (vertex == root) {
          examineRoot(firstHops);
        } else if (graph.isNetwork(vertex) && isDirect(hops[vertex], firstHops)) {
          examineOwnNetwork(vertex, firstHops);
        } else {
          examine(vertex);
        }
      }
    }
  }

  private void clear() {
    int bound = graph.bound();
    if (distances.length < bound) {
      int length = Math.max(bound, 2 * distances.length);
      distances = new int[length];
      hops = new int[length];
      onTree = new boolean[length];
      order = new int[length];
    } else {
      Arrays.fill(hops, 0, bound, HopSets.EMPTY);
      Arrays.fill(onTree, 0, bound, false);
    }
    size = 0;
    candidates.clear();
    hopSets.begin();
    Arrays.fill(kinds, UNKNOWN);
  }

  /** Step 2, for the root: what the hops over its own links are. */
  private void examineRoot(FirstHops firstHops) {
    if (lsa(root).body() instanceof RouterLsa body) {
      for (RouterLink link : body.links()) {
        int target =
            LinkNumbers.leadsToVertex(link)
                ? graph.target(root, link.type(), link.linkId().value())
                : AreaGraph.NONE;
        if (target != AreaGraph.NONE) {
          Set<NextHop> first = firstHops.ofRootLink(link, lsa(target));
          offer(target, link.metric(), hopSets.number(NextHopSet.of(first)));
        }
      }
    }
  }

  /** Step 2, for a network that the root is on itself. */
  private void examineOwnNetwork(int vertex, FirstHops firstHops) {
    Vertex network = vertex(vertex, lsa(vertex));
    int[] edges = graph.edges(vertex);
    for (int i = 0; i < edges.length; i += 2) {
      Set<NextHop> first = firstHops.throughNetwork(network, lsa(edges[i]));
      offer(edges[i], distances[vertex], hopSets.number(NextHopSet.of(first)));
    }
  }

  /** Step 2, for all others: the hops are inherited. */
  private void examine(int vertex) {
    int distance = distances[vertex];
    int inherited = hops[vertex];
    int[] edges = graph.edges(vertex);
    for (int i = 0; i < edges.length; i += 2) {
      offer(edges[i], PathArithmetic.sum(distance, edges[i + 1]), inherited);
    }
  }

  /** Steps 2c and 2d. A path whose first hop is not known is none. */
  private void offer(int vertex, int distance, int offered) {
    if (onTree[vertex] || offered == HopSets.EMPTY) {
      return;
    }
    int known = hops[vertex];
    if (known == HopSets.EMPTY || distance < distances[vertex]) {
      distances[vertex] = distance;
      hops[vertex] = offered;
      candidates.add(vertex, distance, graph.isNetwork(vertex), graph.id(vertex));
    } else if (distance == distances[vertex] && known != offered) {
      hops[vertex] = hopSets.union(known, offered);
    }
  }

  private boolean isDirect(int set, FirstHops firstHops) {
    if (set >= kinds.length) {
      kinds = Arrays.copyOf(kinds, Math.max(set + 1, 2 * kinds.length));
    }
    if (kinds[set] == UNKNOWN) {
      kinds[set] = firstHops.isOnNetwork(hopSets.set(set)) ? DIRECT : INHERITED;
    }
    return kinds[set] == DIRECT;
  }

  /** How many vertices are on the tree. */
  int size() {
    return size;
  }

  /** The vertices in the order in which they joined, the root first: as many as {@link #size()}. */
  int vertexAt(int index) {
    return order[index];
  }

  /** The calculating router, or {@link AreaGraph#NONE}. */
  int root() {
    return root;
  }

  /** The cost of the path to a vertex on the tree. */
  int distance(int vertex) {
    return distances[vertex];
  }

  /** The number of the next hops' set of a vertex on the tree. */
  int hops(int vertex) {
    return hops[vertex];
  }

  /** Whether a router is on the tree. */
  boolean reaches(Ipv4Address routerId) {
    int vertex = graph.router(routerId);
    return vertex != AreaGraph.NONE && isOnTree(vertex);
  }

  /** A router on the tree; null if it cannot be reached, or is known to have gone meanwhile. */
  @Nullable Vertex reachableRouter(Ipv4Address routerId) {
    int vertex = graph.router(routerId);
    return vertex == AreaGraph.NONE ? null : reachable(vertex);
  }

  /** A transit network on the tree, by its designated router's address, or null. */
  @Nullable Vertex reachableNetwork(Ipv4Address designatedRouter) {
    for (int vertex : graph.networksAt(designatedRouter)) {
      Vertex found = reachable(vertex);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private boolean isOnTree(int vertex) {
    return vertex < onTree.length && onTree[vertex];
  }

  private @Nullable Vertex reachable(int vertex) {
    Lsa lsa = isOnTree(vertex) ? graph.lsa(vertex) : null;
    return lsa == null ? null : vertex(vertex, lsa);
  }

  private Vertex vertex(int vertex, Lsa lsa) {
    return new Vertex(
        new Ipv4Address(graph.id(vertex)), lsa, distances[vertex], hopSets.set(hops[vertex]));
  }

  private Lsa lsa(int vertex) {
    Lsa lsa = graph.lsa(vertex);
    if (lsa == null) {
      throw new AssertionError("the graph does not follow the database");
    }
    return lsa;
  }
}
