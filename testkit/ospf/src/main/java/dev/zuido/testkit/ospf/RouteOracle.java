package dev.zuido.testkit.ospf;

import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.testkit.ospf.OspfTopology.Link;
import dev.zuido.testkit.ospf.OspfTopology.Member;
import dev.zuido.testkit.ospf.OspfTopology.Stub;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The routes of a topology by brute force: all distances by Floyd and Warshall's algorithm, and as
 * next hops every first step that lies on some shortest path. It looks at the topology, never at
 * LSAs, and shares nothing with the calculation that it judges.
 */
public final class RouteOracle {
  private static final long FAR = Long.MAX_VALUE / 4;

  private final OspfTopology topology;
  private final int root;
  private final long[][] distance;

  /** A step from the root to a neighbour. */
  private record Step(int to, long cost, NextHop hop) {}

  /** A network at a router, with the cost from that router; the interface if it is the root's. */
  private record Attachment(int router, long cost, int interfaceIndex) {}

  private RouteOracle(OspfTopology topology, int root) {
    this.topology = topology;
    this.root = root;
    this.distance = new long[topology.routers()][topology.routers()];
  }

  /** The routes that a router has to find, in the order of their prefixes. */
  public static List<OspfRoute> routes(OspfTopology topology, int root) {
    return new RouteOracle(topology, root).routes();
  }

  private List<OspfRoute> routes() {
    fillDistances();
    List<Step> steps = steps();
    List<OspfRoute> routes = new ArrayList<>();
    attachments()
        .forEach(
            (prefix, at) -> {
              long best = FAR;
              for (Attachment a : at) {
                best = Math.min(best, distance[root][a.router()] + a.cost());
              }
              if (best < FAR) {
                NavigableSet<NextHop> hops = new TreeSet<>();
                for (Attachment a : at) {
                  if (a.router() == root && a.cost() == best) {
                    hops.add(new NextHop(a.interfaceIndex(), null));
                  }
                  for (Step step : steps) {
                    if (step.cost() + distance[step.to()][a.router()] + a.cost() == best) {
                      hops.add(step.hop());
                    }
                  }
                }
                routes.add(
                    new OspfRoute(
                        prefix, PathType.INTRA_AREA, (int) best, 0, OspfTopology.AREA, hops));
              }
            });
    return routes;
  }

  private void fillDistances() {
    int n = topology.routers();
    for (int i = 0; i < n; i++) {
      Arrays.fill(distance[i], FAR);
      distance[i][i] = 0;
    }
    for (Link link : topology.links()) {
      if (hasLinkBack(link)) {
        shorten(link.first(), link.second(), link.firstCost());
      }
      if (link.mutual()) {
        shorten(link.second(), link.first(), link.secondCost());
      }
    }
    for (OspfTopology.Segment segment : topology.segments()) {
      for (Member from : segment.members()) {
        for (Member to : segment.members()) {
          if (from.adjacent() && to.adjacent() && from.router() != to.router()) {
            shorten(from.router(), to.router(), from.cost());
          }
        }
      }
    }
    for (int via = 0; via < n; via++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          shorten(i, j, distance[i][via] + distance[via][j]);
        }
      }
    }
  }

  private void shorten(int from, int to, long cost) {
    distance[from][to] = Math.min(distance[from][to], cost);
  }

  /**
   * A router's link to another is used if the other one has a link back (section 16.1 step 2b), not
   * necessarily the same of several.
   */
  private boolean hasLinkBack(Link link) {
    for (Link other : topology.links()) {
      boolean fromFirst = other.first() == link.second() && other.second() == link.first();
      boolean fromSecond =
          other.mutual() && other.first() == link.first() && other.second() == link.second();
      if (fromFirst || fromSecond) {
        return true;
      }
    }
    return false;
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < topology.links().size(); i++) {
      Link link = topology.links().get(i);
      if (hasLinkBack(link) && link.first() == root) {
        NextHop hop = new NextHop(OspfTopology.linkIndex(i, true), topology.linkAddress(i, false));
        steps.add(new Step(link.second(), link.firstCost(), hop));
      } else if (link.mutual() && link.second() == root) {
        NextHop hop = new NextHop(OspfTopology.linkIndex(i, false), topology.linkAddress(i, true));
        steps.add(new Step(link.first(), link.secondCost(), hop));
      }
    }
    for (int i = 0; i < topology.segments().size(); i++) {
      List<Member> members = topology.segments().get(i).members();
      for (Member own : members) {
        for (Member to : members) {
          if (own.router() == root && own.adjacent() && to.adjacent() && to.router() != root) {
            Ipv4Address address = OspfTopology.segmentAddress(i, to.router());
            NextHop hop = new NextHop(OspfTopology.segmentIndex(i), address);
            steps.add(new Step(to.router(), own.cost(), hop));
          }
        }
      }
    }
    return steps;
  }

  private Map<Ipv4Prefix, List<Attachment>> attachments() {
    Map<Ipv4Prefix, List<Attachment>> found = new TreeMap<>();
    for (int i = 0; i < topology.links().size(); i++) {
      Link link = topology.links().get(i);
      if (link.numbered()) {
        List<Attachment> at = at(found, OspfTopology.linkPrefix(i));
        at.add(new Attachment(link.first(), link.firstCost(), OspfTopology.linkIndex(i, true)));
        if (link.mutual()) {
          at.add(
              new Attachment(link.second(), link.secondCost(), OspfTopology.linkIndex(i, false)));
        }
      }
    }
    for (int i = 0; i < topology.segments().size(); i++) {
      List<Member> members = topology.segments().get(i).members();
      for (Member member : members) {
        if (member.adjacent() || members.size() == 1) {
          at(found, OspfTopology.segmentPrefix(i))
              .add(new Attachment(member.router(), member.cost(), OspfTopology.segmentIndex(i)));
        }
      }
    }
    for (int i = 0; i < topology.stubs().size(); i++) {
      Stub stub = topology.stubs().get(i);
      at(found, OspfTopology.stubPrefix(stub.prefix()))
          .add(new Attachment(stub.router(), stub.cost(), OspfTopology.stubIndex(i)));
    }
    return found;
  }

  private static List<Attachment> at(Map<Ipv4Prefix, List<Attachment>> found, Ipv4Prefix prefix) {
    return found.computeIfAbsent(prefix, p -> new ArrayList<>());
  }
}
