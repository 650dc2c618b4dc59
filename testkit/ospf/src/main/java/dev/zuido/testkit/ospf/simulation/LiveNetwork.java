package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.spf.NextHop;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Lan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Link;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Member;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Stub;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.VirtualLink;
import dev.zuido.testkit.ospf.simulation.NetworkStatus.Health;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What of a plan works: the adjacencies and networks of each area. */
final class LiveNetwork {
  /** A way from a router to a neighbor. */
  record Edge(int to, long cost, Set<NextHop> hops) {}

  /** A network at a router: what it costs from there, and the router's own way to it. */
  record Attachment(int router, long cost, NextHop own) {}

  /** Routers that hear each other on a broadcast network. */
  record Group(int area, int lan, List<Member> members) {
    /** Whether there is a Designated Router, and so adjacencies. */
    boolean isTransit() {
      return members.size() > 1 && members.stream().anyMatch(member -> member.priority() > 0);
    }
  }

  /** The interface of all virtual links. */
  private static final int VIRTUAL = -1;

  final NetworkPlan plan;
  private final NetworkStatus status;
  private final SortedMap<Integer, AreaGraph> graphs = new TreeMap<>();
  private final SortedMap<Integer, NavigableMap<Ipv4Prefix, List<Attachment>>> networks =
      new TreeMap<>();
  private final List<Set<Integer>> areasOf = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final Set<VirtualLink> virtualLinks = new HashSet<>();

  LiveNetwork(NetworkPlan plan, NetworkStatus status) {
    this.plan = plan;
    this.status = status;
    for (NetworkPlan.AreaPlan area : plan.areas()) {
      graphs.put(area.number(), new AreaGraph(plan.routers()));
      networks.put(area.number(), new TreeMap<>());
    }
    for (int router = 0; router < plan.routers(); router++) {
      areasOf.add(new TreeSet<>());
    }
    for (int i = 0; i < plan.links().size(); i++) {
      addLink(i, plan.links().get(i));
    }
    for (int i = 0; i < plan.lans().size(); i++) {
      addLan(i, plan.lans().get(i));
    }
    for (int i = 0; i < plan.stubs().size(); i++) {
      Stub stub = plan.stubs().get(i);
      if (status.isRunning(stub.router())) {
        NextHop own = new NextHop(NetworkPlan.stubInterface(i), null);
        attach(stub.area(), NetworkPlan.stubPrefix(stub), stub.router(), stub.cost(), own);
      }
    }
    plan.virtualLinks().forEach(this::addVirtualLink);
  }

  AreaGraph graph(int area) {
    AreaGraph graph = graphs.get(area);
    if (graph == null) {
      throw new IllegalArgumentException("no area " + area);
    }
    return graph;
  }

  /** The networks of an area. */
  NavigableMap<Ipv4Prefix, List<Attachment>> networks(int area) {
    NavigableMap<Ipv4Prefix, List<Attachment>> of = networks.get(area);
    return of == null ? new TreeMap<>() : of;
  }

  /** The areas in which a router has an interface that is up, or to which a virtual link leads. */
  Set<Integer> areasOf(int router) {
    return areasOf.get(router);
  }

  boolean isRunning(int router) {
    return status.isRunning(router);
  }

  boolean isBorder(int router) {
    return areasOf(router).size() > 1;
  }

  boolean isBorderOf(int router, int area) {
    return isBorder(router) && areasOf(router).contains(area);
  }

  /**
   * The forwarding address that a router puts into its NSSA-LSAs: of its addresses in the area one
   * of a stub network, or else of any network; of several that of the interface with the lowest id.
   * Null if it has none.
   */
  @Nullable Ipv4Address forwardingAddress(int router, int area) {
    for (int i = 0; i < plan.stubs().size(); i++) {
      Stub stub = plan.stubs().get(i);
      if (stub.router() == router && stub.area() == area) {
        return NetworkPlan.stubAddress(stub);
      }
    }
    for (int i = 0; i < plan.lans().size(); i++) {
      Lan lan = plan.lans().get(i);
      boolean up = status.plug(i, router) != Health.DOWN;
      if (lan.area() == area
          && up
          && lan.members().stream().anyMatch(each -> each.router() == router)) {
        return plan.lanAddress(i, router);
      }
    }
    for (int i = 0; i < plan.links().size(); i++) {
      Link link = plan.links().get(i);
      boolean own = link.first() == router || link.second() == router;
      if (own && link.area() == area && link.numbered() && status.link(i) != Health.DOWN) {
        return plan.linkAddress(i, link.first() == router);
      }
    }
    return null;
  }

  /** The broadcast networks in the pieces that they have fallen into. */
  List<Group> groups() {
    return groups;
  }

  private void attach(int area, Ipv4Prefix prefix, int router, long cost, NextHop own) {
    areasOf.get(router).add(area);
    networks(area)
        .computeIfAbsent(prefix, absent -> new ArrayList<>())
        .add(new Attachment(router, cost, own));
  }

  private void addLink(int number, Link link) {
    if (status.link(number) == Health.DOWN) {
      return;
    }
    boolean first = status.isRunning(link.first());
    boolean second = status.isRunning(link.second());
    int firstInterface = NetworkPlan.linkInterface(number, true);
    int secondInterface = NetworkPlan.linkInterface(number, false);
    if (first) {
      addEnd(link, number, link.first(), link.firstCost(), firstInterface);
    }
    if (second) {
      addEnd(link, number, link.second(), link.secondCost(), secondInterface);
    }
    if (first && second && status.link(number) == Health.GOOD) {
      NextHop forth = new NextHop(firstInterface, plan.linkAddress(number, false));
      NextHop back = new NextHop(secondInterface, plan.linkAddress(number, true));
      AreaGraph graph = graph(link.area());
      graph.add(link.first(), new Edge(link.second(), link.firstCost(), Set.of(forth)));
      graph.add(link.second(), new Edge(link.first(), link.secondCost(), Set.of(back)));
    }
  }

  private void addEnd(Link link, int number, int router, long cost, int interfaceId) {
    areasOf.get(router).add(link.area());
    if (link.numbered()) {
      NextHop own = new NextHop(interfaceId, null);
      attach(link.area(), NetworkPlan.linkPrefix(number), router, cost, own);
    }
  }

  private void addLan(int number, Lan lan) {
    List<Member> together = new ArrayList<>();
    for (Member member : lan.members()) {
      Health plug = status.plug(number, member.router());
      if (!status.isRunning(member.router()) || plug == Health.DOWN) {
        continue;
      }
      NextHop own = new NextHop(NetworkPlan.lanInterface(number), null);
      if (lan.type().isPointToMultipoint()) {
        Ipv4Prefix host = Ipv4Prefix.host(plan.lanAddress(number, member.router()));
        attach(lan.area(), host, member.router(), 0, own);
      } else {
        attach(lan.area(), NetworkPlan.lanPrefix(number), member.router(), member.cost(), own);
      }
      if (plug == Health.GOOD) {
        together.add(member);
      } else if (lan.type().electsDesignatedRouter()) {
        groups.add(new Group(lan.area(), number, List.of(member)));
      }
    }
    if (lan.type().electsDesignatedRouter()) {
      Group group = new Group(lan.area(), number, together);
      groups.add(group);
      if (!group.isTransit()) {
        return;
      }
    }
    for (Member from : together) {
      for (Member to : together) {
        if (from.router() != to.router()) {
          NextHop hop =
              new NextHop(NetworkPlan.lanInterface(number), plan.lanAddress(number, to.router()));
          graph(lan.area()).add(from.router(), new Edge(to.router(), from.cost(), Set.of(hop)));
        }
      }
    }
  }

  /**
   * A virtual link works if each end reaches the other one through its area (section 15), and if
   * the network also carries packets there.
   */
  private void addVirtualLink(VirtualLink link) {
    AreaGraph transit = graph(link.area());
    long forth = transit.distance(link.first(), link.second());
    long back = transit.distance(link.second(), link.first());
    if (forth > 0xffff || back > 0xffff) {
      return;
    }
    areasOf.get(link.first()).add(0);
    areasOf.get(link.second()).add(0);
    if (delivers(link.area(), link.first(), link.second())
        && delivers(link.area(), link.second(), link.first())) {
      virtualLinks.add(link);
      Set<NextHop> virtual = Set.of(new NextHop(VIRTUAL, null));
      graph(0).add(link.first(), new Edge(link.second(), forth, virtual));
      graph(0).add(link.second(), new Edge(link.first(), back, virtual));
    }
  }

  /** Whether there is a virtual link between two routers that works. */
  boolean hasVirtualLink(int first, int second) {
    return virtualLinks.stream()
        .anyMatch(
            link ->
                (link.first() == first && link.second() == second)
                    || (link.first() == second && link.second() == first));
  }

  /**
   * Whether packets come to a router's address that points back to the sender (section 16.1 step
   * 4). They do not where a router on their way is on the network of that address, and so sends
   * them out there, but is cut off from it without knowing.
   */
  private boolean delivers(int area, int from, int to) {
    AreaGraph graph = graph(area);
    Ipv4Address address = graph.addressTowards(from, to);
    int at = from;
    while (address != null && at != to) {
      NextHop hop = hopTo(area, at, address);
      if (hop == null || (hop.address() == null && !isHeard(at, hop.interfaceIndex()))) {
        return false;
      }
      at = hop.address() == null ? to : graph.behind(at, hop);
    }
    return address != null;
  }

  /** The first of the next hops of the route to an address of an area; null if there is none. */
  private @Nullable NextHop hopTo(int area, int from, Ipv4Address address) {
    for (int length = 32; length >= 0; length--) {
      List<Attachment> at = networks(area).get(Ipv4Prefix.containing(address, length));
      if (at != null) {
        NavigableSet<NextHop> hops = new TreeSet<>();
        long best = AreaGraph.FAR;
        for (Attachment each : at) {
          long cost = graph(area).distance(from, each.router()) + each.cost();
          if (cost < best) {
            hops.clear();
            best = cost;
          }
          if (cost == best && cost < AreaGraph.FAR) {
            hops.addAll(
                each.router() == from ? Set.of(each.own()) : graph(area).hops(from, each.router()));
          }
        }
        return hops.isEmpty() ? null : hops.first();
      }
    }
    return null;
  }

  /** Whether what a router sends out of an interface comes to the others there. */
  private boolean isHeard(int router, int interfaceId) {
    for (int i = 0; i < plan.lans().size(); i++) {
      if (NetworkPlan.lanInterface(i) == interfaceId) {
        return status.plug(i, router) == Health.GOOD;
      }
    }
    return true;
  }

  /** The areas with a virtual link that a border router hears of (section 16.1 step 2). */
  Set<Integer> transitAreas(int router) {
    Set<Integer> transit = new TreeSet<>();
    for (VirtualLink link : virtualLinks) {
      boolean there = areasOf(router).contains(link.area());
      if (there && graph(link.area()).distance(router, link.first()) < AreaGraph.FAR) {
        transit.add(link.area());
      }
    }
    return transit;
  }

  /** The hops without those over virtual links, which stand for hops that are yet to be found. */
  static Set<NextHop> resolved(Set<NextHop> hops) {
    Set<NextHop> real = new TreeSet<>(hops);
    real.removeIf(hop -> hop.interfaceIndex() == VIRTUAL);
    return real;
  }

  /** "If the next hops associated with this set of paths belong to Area A itself" (12.4.3). */
  boolean leadInto(int area, Set<NextHop> hops) {
    return resolved(hops).stream()
        .anyMatch(hop -> plan.areaOfInterface(hop.interfaceIndex()) == area);
  }
}
