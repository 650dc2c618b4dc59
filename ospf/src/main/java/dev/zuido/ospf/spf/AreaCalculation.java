package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one area from one calculation to the next: graph, tree and routes. */
final class AreaCalculation {
  private final Ipv4Address routerId;
  private final int maximumPaths;
  private final AreaGraph graph;
  private final AreaTree tree;
  private final IntraAreaRoutes routes;

  /** The router's interfaces that the tree was grown with; null before the first tree. */
  private @Nullable List<SpfInterface> interfaces;

  AreaCalculation(Ipv4Address routerId, Ipv4Address areaId, LsaStore store, int maximumPaths) {
    this.routerId = routerId;
    this.maximumPaths = maximumPaths;
    this.graph = new AreaGraph(store);
    this.tree = new AreaTree(graph, maximumPaths);
    this.routes = new IntraAreaRoutes(areaId, graph, tree);
  }

  LsaStore store() {
    return graph.store();
  }

  /**
   * Follows the database. A tree is grown only if the links between routers and networks differ, or
   * the router's own interfaces do.
   *
   * @param changed the LSAs that have changed since the last time
   * @return whether a tree was grown
   */
  boolean update(Collection<LsaKey> changed, List<SpfInterface> own, long nowNanos) {
    boolean first = interfaces == null;
    if (first) {
      graph.load(nowNanos);
    } else {
      graph.update(changed, nowNanos);
    }
    boolean grows = first || graph.topologyChanged || !own.equals(interfaces);
    if (grows || graph.contentsChanged) {
      FirstHops firstHops = new FirstHops(routerId, own, maximumPaths);
      if (grows) {
        tree.grow(routerId, firstHops);
      }
      routes.examine(firstHops);
    }
    interfaces = own;
    return grows;
  }

  AreaTree tree() {
    return tree;
  }

  IntraAreaRoutes routes() {
    return routes;
  }
}
