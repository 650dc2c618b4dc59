package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.AreaType;
import dev.zuido.ospf.NetworkType;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network as its engineer drew it. Routers are numbered from 0; all else is numbered by its place
 * in its list. Every prefix belongs to one area.
 *
 * @param routers how many routers there are
 * @param areas the areas; area 0 is the backbone and always there
 * @param links point-to-point links, several between two routers too
 * @param lans networks with several routers
 * @param stubs networks with nobody else on them
 * @param virtualLinks virtual links
 * @param externals destinations outside of the AS
 */
public record NetworkPlan(
    int routers,
    List<AreaPlan> areas,
    List<Link> links,
    List<Lan> lans,
    List<Stub> stubs,
    List<VirtualLink> virtualLinks,
    List<External> externals) {
  /** Interfaces of links have ids from here on, two for each link. */
  private static final int FIRST_LINK_INTERFACE = 100_000;

  private static final int FIRST_LAN_INTERFACE = 10_000;
  private static final int FIRST_STUB_INTERFACE = 20_000;

  /**
   * An area.
   *
   * @param number its Area ID is 0.0.0.number; 0 to 15
   * @param type what it lets in
   * @param summaries whether a stub area is told more than a default route
   * @param defaultCost the cost of that default route
   * @param ranges its address ranges, none within another
   */
  public record AreaPlan(
      int number, AreaType type, boolean summaries, int defaultCost, List<AreaRange> ranges) {
    /** Copies the list. */
    public AreaPlan {
      ranges = List.copyOf(ranges);
    }

    /** An area without ranges. */
    public AreaPlan(int number, AreaType type, boolean summaries, int defaultCost) {
      this(number, type, summaries, defaultCost, List.of());
    }

    /** A normal area. */
    public static AreaPlan normal(int number) {
      return new AreaPlan(number, AreaType.NORMAL, true, 1);
    }

    /** The same with other address ranges. */
    public AreaPlan withRanges(List<AreaRange> newRanges) {
      return new AreaPlan(number, type, summaries, defaultCost, newRanges);
    }

    /** The range that a network of the area belongs to, or null. */
    @Nullable AreaRange rangeOf(Ipv4Prefix network) {
      for (AreaRange each : ranges) {
        int length = each.prefix().length();
        if (length <= network.length()
            && Ipv4Prefix.containing(network.address(), length).equals(each.prefix())) {
          return each;
        }
      }
      return null;
    }

    /** The Area ID. */
    public Ipv4Address id() {
      return areaId(number);
    }

    /** The area's configuration. */
    public OspfAreaConfig config() {
      return OspfAreaConfig.builder(id(), type)
          .summaries(summaries)
          .defaultCost(defaultCost)
          .ranges(ranges)
          .build();
    }
  }

  /**
   * A point-to-point link.
   *
   * @param area the number of its area
   * @param first a router
   * @param second another router
   * @param firstCost what the first router's interface costs, 1 to 65535
   * @param secondCost what the second router's interface costs
   * @param numbered whether it has a subnet
   */
  public record Link(
      int area, int first, int second, int firstCost, int secondCost, boolean numbered) {
    /** A numbered link that costs the same both ways. */
    public static Link of(int area, int first, int second, int cost) {
      return new Link(area, first, second, cost, cost, true);
    }
  }

  /**
   * A network with several routers.
   *
   * @param area the number of its area
   * @param type how OSPF treats it: as a broadcast, NBMA or point-to-multipoint network
   * @param members its routers, each once, at most 250
   */
  public record Lan(int area, NetworkType type, List<Member> members) {
    /** Copies the list. */
    public Lan {
      members = List.copyOf(members);
      if (!type.electsDesignatedRouter() && !type.isPointToMultipoint()) {
        throw new IllegalArgumentException("no type of a network: " + type);
      }
    }

    /** A broadcast network. */
    public Lan(int area, List<Member> members) {
      this(area, NetworkType.BROADCAST, members);
    }
  }

  /**
   * A router on a network with several routers.
   *
   * @param router the router
   * @param cost what its interface costs, 1 to 65535
   * @param priority its Router Priority
   */
  public record Member(int router, int cost, int priority) {}

  /**
   * A network with nobody else on it.
   *
   * @param area the number of its area
   * @param router the router
   * @param prefix the number of the prefix in the area, 0 to 255; several routers may have it
   * @param cost what the interface costs, 1 to 65535
   */
  public record Stub(int area, int router, int prefix, int cost) {}

  /**
   * A virtual link.
   *
   * @param area the number of the area that it runs through
   * @param first an area border router
   * @param second another one
   */
  public record VirtualLink(int area, int first, int second) {}

  /**
   * A destination outside of the AS.
   *
   * @param router the AS boundary router that tells it
   * @param prefix the number of the prefix, 0 to 255; 0 is the default route
   * @param type2 whether the metric is of type 2
   * @param metric the metric, 0 to 16777214
   */
  public record External(int router, int prefix, boolean type2, int metric) {}

  /** Copies the lists. */
  public NetworkPlan {
    areas = List.copyOf(areas);
    links = List.copyOf(links);
    lans = List.copyOf(lans);
    stubs = List.copyOf(stubs);
    virtualLinks = List.copyOf(virtualLinks);
    externals = List.copyOf(externals);
    for (Link link : links) {
      if (link.first() == link.second()) {
        throw new IllegalArgumentException("a link joins two routers: " + link);
      }
    }
  }

  /** A network of one area without anything outside. */
  public static NetworkPlan ofBackbone(
      int routers, List<Link> links, List<Lan> lans, List<Stub> stubs) {
    return new NetworkPlan(
        routers, List.of(AreaPlan.normal(0)), links, lans, stubs, List.of(), List.of());
  }

  /** The same with other external destinations. */
  public NetworkPlan withExternals(List<External> newExternals) {
    return new NetworkPlan(routers, areas, links, lans, stubs, virtualLinks, newExternals);
  }

  /** The area with a number. */
  public AreaPlan area(int number) {
    for (AreaPlan each : areas) {
      if (each.number() == number) {
        return each;
      }
    }
    throw new IllegalArgumentException("no area " + number);
  }

  /** The Area ID of a number. */
  public static Ipv4Address areaId(int number) {
    return new Ipv4Address(number);
  }

  /** The Router ID of a router. */
  public static Ipv4Address routerId(int router) {
    return new Ipv4Address(0x0100_0001 + router);
  }

  /** The interface id of a link's end. */
  public static int linkInterface(int link, boolean first) {
    return FIRST_LINK_INTERFACE + 2 * link + (first ? 0 : 1);
  }

  /** The interface id of a broadcast network. */
  public static int lanInterface(int lan) {
    return FIRST_LAN_INTERFACE + lan;
  }

  /** The interface id of a stub network. */
  public static int stubInterface(int stub) {
    return FIRST_STUB_INTERFACE + stub;
  }

  /** The number of the area that an interface belongs to. */
  public int areaOfInterface(int interfaceId) {
    if (interfaceId >= FIRST_LINK_INTERFACE) {
      return links.get((interfaceId - FIRST_LINK_INTERFACE) / 2).area();
    }
    return interfaceId >= FIRST_STUB_INTERFACE
        ? stubs.get(interfaceId - FIRST_STUB_INTERFACE).area()
        : lans.get(interfaceId - FIRST_LAN_INTERFACE).area();
  }

  /** The subnet of a numbered link. */
  public static Ipv4Prefix linkPrefix(int link) {
    return new Ipv4Prefix(new Ipv4Address(0x0a00_0000 + 4 * link), 30);
  }

  /** The address of a link's end; the Router ID stands in for it if the link is unnumbered. */
  public Ipv4Address linkAddress(int link, boolean first) {
    Link planned = links.get(link);
    return planned.numbered()
        ? new Ipv4Address(linkPrefix(link).address().value() + (first ? 1 : 2))
        : routerId(first ? planned.first() : planned.second());
  }

  /** The subnet of a broadcast network. */
  public static Ipv4Prefix lanPrefix(int lan) {
    return new Ipv4Prefix(new Ipv4Address(0x0a80_0000 + 256 * lan), 24);
  }

  /** The address of a router on a broadcast network. */
  public Ipv4Address lanAddress(int lan, int router) {
    List<Member> members = lans.get(lan).members();
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).router() == router) {
        return new Ipv4Address(lanPrefix(lan).address().value() + 1 + i);
      }
    }
    throw new IllegalArgumentException("router " + router + " is not on network " + lan);
  }

  /** The prefix of a stub network. */
  public static Ipv4Prefix stubPrefix(Stub stub) {
    int address = 0xac10_0000 + (stub.area() << 16) + 256 * stub.prefix();
    return new Ipv4Prefix(new Ipv4Address(address), 24);
  }

  /** The address of a router on a stub network. */
  public static Ipv4Address stubAddress(Stub stub) {
    return new Ipv4Address(stubPrefix(stub).address().value() + 1 + stub.router() % 250);
  }

  /** The prefix of an external destination. */
  public static Ipv4Prefix externalPrefix(External external) {
    return external.prefix() == 0
        ? new Ipv4Prefix(Ipv4Address.UNSPECIFIED, 0)
        : new Ipv4Prefix(new Ipv4Address(0x6440_0000 + 256 * external.prefix()), 24);
  }
}
