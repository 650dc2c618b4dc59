package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.spf.NextHop;
import dev.zuido.testkit.ospf.simulation.LiveNetwork.Edge;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The adjacencies of an area, with distances by Bellman and Ford's algorithm: a first step lies on
 * a shortest path if what it costs, and the distance from where it leads, make up the distance.
 */
final class AreaGraph {
  /** The distance of what cannot be reached. */
  static final long FAR = Long.MAX_VALUE / 4;

  private final List<List<Edge>> edges = new ArrayList<>();
  private final long[] @Nullable [] rows;

  AreaGraph(int routers) {
    for (int i = 0; i < routers; i++) {
      edges.add(new ArrayList<>());
    }
    rows = new long[routers][];
  }

  void add(int from, Edge edge) {
    edges.get(from).add(edge);
    Arrays.fill(rows, null);
  }

  List<Edge> edges(int from) {
    return edges.get(from);
  }

  long distance(int from, int to) {
    long[] row = rows[from];
    if (row == null) {
      row = distances(from);
      rows[from] = row;
    }
    return row[to];
  }

  private long[] distances(int from) {
    long[] distance = new long[edges.size()];
    Arrays.fill(distance, FAR);
    distance[from] = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int router = 0; router < distance.length; router++) {
        if (distance[router] == FAR) {
          continue;
        }
        for (Edge edge : edges.get(router)) {
          if (distance[router] + edge.cost() < distance[edge.to()]) {
            distance[edge.to()] = distance[router] + edge.cost();
            changed = true;
          }
        }
      }
    }
    return distance;
  }

  /** All first steps of shortest paths. */
  Set<NextHop> hops(int from, int to) {
    NavigableSet<NextHop> hops = new TreeSet<>();
    long distance = distance(from, to);
    if (distance != FAR && from != to) {
      for (Edge edge : edges.get(from)) {
        if (edge.cost() + distance(edge.to(), to) == distance) {
          hops.addAll(edge.hops());
        }
      }
    }
    return hops;
  }

  /**
   * The lowest of a router's addresses that a shortest path from another one ends at; null if there
   * is no path.
   */
  @Nullable Ipv4Address addressTowards(int from, int to) {
    NavigableSet<Ipv4Address> addresses = new TreeSet<>();
    long distance = distance(from, to);
    for (int last = 0; last < edges.size() && distance < FAR; last++) {
      for (Edge edge : edges.get(last)) {
        if (edge.to() == to && distance(from, last) + edge.cost() == distance) {
          edge.hops().forEach(hop -> addresses.add(Objects.requireNonNull(hop.address())));
        }
      }
    }
    return addresses.isEmpty() ? null : addresses.first();
  }

  /** The neighbor that a next hop of a router is. */
  int behind(int from, NextHop hop) {
    for (Edge edge : edges.get(from)) {
      if (edge.hops().contains(hop)) {
        return edge.to();
      }
    }
    throw new AssertionError("no neighbor: " + hop);
  }

  /** The number of the piece that each router is in; -1 for none of the given ones. */
  int[] pieces(Set<Integer> routers) {
    int[] piece = new int[edges.size()];
    Arrays.fill(piece, -1);
    int next = 0;
    for (int router : routers) {
      if (piece[router] < 0) {
        for (int other : routers) {
          if (distance(router, other) < FAR) {
            piece[other] = next;
          }
        }
        next++;
      }
    }
    return piece;
  }
}
