package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.wire.Ipv4Address;
import java.util.Set;

/** A router or transit network on the shortest-path tree (RFC 2328 section 16.1). */
final class Vertex {
  /** A router's Router ID, or the address of a network's designated router. */
  final Ipv4Address id;

  /** The router-LSA or network-LSA. */
  final Lsa lsa;

  /** The cost of the path. */
  final int distance;

  /** The first hops of the equal shortest paths. */
  final Set<NextHop> nextHops;

  Vertex(Ipv4Address id, Lsa lsa, int distance, Set<NextHop> nextHops) {
    this.id = id;
    this.lsa = lsa;
    this.distance = distance;
    this.nextHops = nextHops;
  }
}
