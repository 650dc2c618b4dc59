package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.wire.Ipv4Address;
import java.util.Set;

/** A router or transit network of the shortest-path tree (RFC 2328 section 16.1). */
final class Vertex {
  /** A router's Router ID, or the address of a network's designated router. */
  final Ipv4Address id;

  /** The router-LSA or network-LSA. */
  final Lsa lsa;

  /** Whether a path from the root has been found. */
  boolean reached;

  /** Whether the path is known to be the shortest. */
  boolean onTree;

  /** The cost of the path. */
  int distance;

  /** The first hops of the equal shortest paths. */
  Set<NextHop> nextHops = Set.of();

  Vertex(Ipv4Address id, Lsa lsa) {
    this.id = id;
    this.lsa = lsa;
  }
}
