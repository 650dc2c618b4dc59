package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.AreaType;
import dev.zuido.ospf.NetworkType;
import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.AreaPlan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.External;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Lan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Link;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Member;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Stub;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.VirtualLink;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;

/** Networks: regular ones, and random ones from a seed or as an arbitrary that shrinks. */
public final class NetworkPlans {
  /** Broadcast networks are the simplest and the most frequent. */
  private static final List<NetworkType> TYPES =
      List.of(
          NetworkType.BROADCAST,
          NetworkType.NBMA,
          NetworkType.POINT_TO_MULTIPOINT,
          NetworkType.POINT_TO_MULTIPOINT_NON_BROADCAST);

  /** How long the prefixes of ranges are: they hold all networks of a kind, or four, or two. */
  private static final List<Integer> LENGTHS = List.of(16, 22, 23);

  private NetworkPlans() {}

  /**
   * What a random network may have.
   *
   * @param routers at most so many routers
   * @param areas at most so many areas beside the backbone, 0 to 5
   * @param stubAreas whether some of them are stub areas, some without summaries
   * @param nssas whether some of them are NSSAs
   * @param virtualLinks whether an area may hang on another one by a virtual link
   * @param externals at most so many external destinations
   * @param ranges whether areas may have address ranges
   */
  public record Bounds(
      int routers,
      int areas,
      boolean stubAreas,
      boolean nssas,
      boolean virtualLinks,
      int externals,
      boolean ranges) {
    /** Without address ranges. */
    public Bounds(
        int routers,
        int areas,
        boolean stubAreas,
        boolean nssas,
        boolean virtualLinks,
        int externals) {
      this(routers, areas, stubAreas, nssas, virtualLinks, externals, false);
    }

    /** The same, whose areas may have address ranges. */
    public Bounds withRanges() {
      return new Bounds(routers, areas, stubAreas, nssas, virtualLinks, externals, true);
    }

    /** One area, nothing outside. */
    public static Bounds backbone(int routers) {
      return new Bounds(routers, 0, false, false, false, 0);
    }
  }

  /** Routers in a row that each cost 1 to the next. */
  public static NetworkPlan line(int routers) {
    List<Link> links = new ArrayList<>();
    for (int i = 0; i + 1 < routers; i++) {
      links.add(Link.of(0, i, i + 1, 1));
    }
    return NetworkPlan.ofBackbone(routers, links, List.of(), stubs(routers));
  }

  /** Routers in a ring. */
  public static NetworkPlan ring(int routers) {
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < routers; i++) {
      links.add(Link.of(0, i, (i + 1) % routers, 1));
    }
    return NetworkPlan.ofBackbone(routers, links, List.of(), stubs(routers));
  }

  /** A grid of numbered links, all of cost 1: it has very many equal paths. */
  public static NetworkPlan grid(int columns, int rows) {
    List<Link> links = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int here = row * columns + column;
        if (column + 1 < columns) {
          links.add(Link.of(0, here, here + 1, 1));
        }
        if (row + 1 < rows) {
          links.add(Link.of(0, here, here + columns, 1));
        }
      }
    }
    return NetworkPlan.ofBackbone(columns * rows, links, List.of(), stubs(columns * rows));
  }

  /** One broadcast network with so many routers of equal priority. */
  public static NetworkPlan lan(int routers) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < routers; i++) {
      members.add(new Member(i, 10, 1));
    }
    return NetworkPlan.ofBackbone(routers, List.of(), List.of(new Lan(0, members)), stubs(routers));
  }

  private static List<Stub> stubs(int routers) {
    List<Stub> stubs = new ArrayList<>();
    for (int i = 0; i < Math.min(routers, 256); i++) {
      stubs.add(new Stub(0, i, i, 1));
    }
    return stubs;
  }

  /** A random network from a seed. */
  public static NetworkPlan random(long seed, Bounds bounds) {
    return random(Choices.seeded(seed), bounds);
  }

  /** Random networks that shrink to fewer routers, links and areas, and to smaller costs. */
  public static Arbitrary<NetworkPlan> arbitrary(Bounds bounds) {
    return Choices.arbitrary(bounds.routers() * 25 + 40).map(choices -> random(choices, bounds));
  }

  /** A random network. */
  public static NetworkPlan random(Choices choices, Bounds bounds) {
    return new Draft(choices, bounds).plan();
  }

  /** A network while it is drawn, area by area. */
  private static final class Draft {
    private final Choices choices;
    private final Bounds bounds;
    private final List<AreaPlan> areas = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Lan> lans = new ArrayList<>();
    private final List<Stub> stubs = new ArrayList<>();
    private final List<VirtualLink> virtualLinks = new ArrayList<>();
    private final List<External> externals = new ArrayList<>();
    private int routers;

    /** Whether an area has a range of LANs: one at most, since those of all areas are neighbors. */
    private boolean lanRange;

    Draft(Choices choices, Bounds bounds) {
      this.choices = choices;
      this.bounds = bounds;
    }

    NetworkPlan plan() {
      int count = choices.next(bounds.areas() + 1);
      int share = Math.max(1, bounds.routers() / (count + 1));
      areas.add(ranged(AreaPlan.normal(0)));
      List<Integer> backbone = newRouters(choices.between(1, share));
      furnish(0, backbone);
      List<Integer> transit = List.of();
      int transitArea = 0;
      for (int number = 1; number <= count; number++) {
        boolean remote = bounds.virtualLinks() && transit.size() > 1 && choices.percent(40);
        List<Integer> members = new ArrayList<>();
        if (remote) {
          // The area touches the backbone only through a virtual link over another area.
          int border = transit.get(transit.size() - 1);
          members.add(border);
          VirtualLink link = new VirtualLink(transitArea, transit.get(0), border);
          if (!virtualLinks.contains(link)) {
            virtualLinks.add(link);
          }
        } else {
          members.add(backbone.get(choices.next(backbone.size())));
          if (backbone.size() > 1 && choices.percent(50)) {
            members.add(backbone.get((members.get(0) + 1) % backbone.size()));
          }
        }
        members.addAll(newRouters(choices.between(1, share)));
        AreaPlan area = ranged(area(number, remote));
        areas.add(area);
        furnish(number, members);
        boolean touchesByOne = !backbone.contains(members.get(1));
        if (!remote && touchesByOne && area.type() == AreaType.NORMAL && transit.isEmpty()) {
          transit = members;
          transitArea = number;
        }
      }
      for (int i = choices.next(bounds.externals() + 1); i > 0; i--) {
        addExternal();
      }
      return new NetworkPlan(routers, areas, links, lans, stubs, virtualLinks, externals);
    }

    private AreaPlan area(int number, boolean remote) {
      boolean stub = bounds.stubAreas() && !remote && choices.percent(30);
      if (bounds.nssas() && !remote && choices.percent(50)) {
        return new AreaPlan(number, AreaType.NSSA, choices.percent(60), choices.between(1, 20));
      }
      return stub
          ? new AreaPlan(number, AreaType.STUB, choices.percent(50), choices.between(1, 20))
          : AreaPlan.normal(number);
    }

    /** Ranges of the area's stub networks and LANs, of all or of the first of them. */
    private AreaPlan ranged(AreaPlan area) {
      List<AreaRange> ranges = new ArrayList<>();
      if (bounds.ranges() && choices.percent(50)) {
        Ipv4Address first = NetworkPlan.stubPrefix(new Stub(area.number(), 0, 0, 1)).address();
        ranges.add(range(area, first));
      }
      if (bounds.ranges() && !lanRange && choices.percent(25)) {
        lanRange = true;
        ranges.add(range(area, NetworkPlan.lanPrefix(0).address()));
      }
      return area.withRanges(ranges);
    }

    private AreaRange range(AreaPlan area, Ipv4Address first) {
      Ipv4Prefix prefix = new Ipv4Prefix(first, LENGTHS.get(choices.next(LENGTHS.size())));
      int cost = choices.percent(25) ? choices.between(1, 40) : AreaRange.LARGEST;
      return new AreaRange(area.id(), prefix, !choices.percent(25), cost);
    }

    private List<Integer> newRouters(int count) {
      List<Integer> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        made.add(routers++);
      }
      return made;
    }

    /** Joins the routers of an area to one piece, and adds what is not needed for that. */
    private void furnish(int area, List<Integer> members) {
      int joined = 1;
      while (joined < members.size()) {
        int size = Math.min(members.size() - joined, choices.between(1, 4));
        if (size > 1 && choices.percent(60)) {
          List<Integer> on = new ArrayList<>();
          on.add(members.get(choices.next(joined)));
          on.addAll(members.subList(joined, joined + size));
          addLan(area, on);
          joined += size;
        } else {
          addLink(area, members.get(choices.next(joined)), members.get(joined));
          joined++;
        }
      }
      int count = members.size();
      for (int i = choices.next(count); i > 0; i--) {
        int first = members.get(choices.next(count));
        int second = members.get(choices.next(count));
        if (first != second) {
          addLink(area, first, second);
        }
      }
      if (choices.percent(20)) {
        Set<Integer> on = new TreeSet<>();
        for (int i = choices.between(1, Math.min(count, 5)); i > 0; i--) {
          on.add(members.get(choices.next(count)));
        }
        addLan(area, new ArrayList<>(on));
      }
      for (int i = choices.next(count + 2); i > 0; i--) {
        addStub(area, members.get(choices.next(count)));
      }
    }

    private void addLink(int area, int first, int second) {
      // The ends of virtual links have addresses.
      boolean numbered = bounds.virtualLinks() || !choices.percent(15);
      links.add(new Link(area, first, second, cost(), cost(), numbered));
    }

    private void addLan(int area, List<Integer> on) {
      List<Member> members = new ArrayList<>();
      for (int router : on) {
        members.add(new Member(router, cost(), 1 - choices.next(4) / 3 + choices.next(3) / 2));
      }
      lans.add(new Lan(area, TYPES.get(Math.max(0, choices.next(8) - 4)), members));
    }

    private void addStub(int area, int router) {
      Stub made = new Stub(area, router, choices.next(8), cost());
      for (Stub other : stubs) {
        boolean same = other.router() == router && other.prefix() == made.prefix();
        if (same && other.area() == area) {
          return;
        }
      }
      stubs.add(made);
    }

    private void addExternal() {
      int router = choices.next(routers);
      int prefix = choices.next(4);
      Set<Integer> of = areasOf(router);
      boolean inNssa = of.size() == 1 && typeOf(of.iterator().next()) == AreaType.NSSA;
      if (inNssa) {
        prefix = 100 + externals.size(); // Nobody else has it.
      } else if (of.stream().anyMatch(area -> typeOf(area) != AreaType.NORMAL)) {
        return;
      }
      External made = new External(router, prefix, choices.percent(50), choices.between(1, 30));
      for (External other : externals) {
        if (other.router() == router && other.prefix() == made.prefix()) {
          return;
        }
      }
      externals.add(made);
    }

    private AreaType typeOf(int number) {
      for (AreaPlan each : areas) {
        if (each.number() == number) {
          return each.type();
        }
      }
      return AreaType.NORMAL;
    }

    private Set<Integer> areasOf(int router) {
      Set<Integer> of = new TreeSet<>();
      for (Link link : links) {
        if (link.first() == router || link.second() == router) {
          of.add(link.area());
        }
      }
      for (Lan lan : lans) {
        if (lan.members().stream().anyMatch(member -> member.router() == router)) {
          of.add(lan.area());
        }
      }
      for (Stub stub : stubs) {
        if (stub.router() == router) {
          of.add(stub.area());
        }
      }
      return of;
    }

    /** Few different costs, so that equal paths abound. */
    private int cost() {
      return choices.percent(5) ? choices.between(1, 0xffff) : choices.between(1, 4);
    }
  }
}
