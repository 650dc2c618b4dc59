package dev.zuido.testkit.ospf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.spf.SpfInterface;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A network of routers in the backbone area, which have converged: from it follow the database that
 * all of them hold and each router's interfaces.
 *
 * @param routers how many routers there are; they are numbered from 0
 * @param links point-to-point links, several between two routers too
 * @param segments broadcast networks
 * @param stubs stub networks; one prefix may be at several routers
 */
public record OspfTopology(
    int routers, List<Link> links, List<Segment> segments, List<Stub> stubs) {
  /** The area of all routers. */
  public static final Ipv4Address AREA = Ipv4Address.UNSPECIFIED;

  /**
   * A point-to-point link between two routers.
   *
   * @param first a router
   * @param second another router
   * @param firstCost the cost that the first router sees, 1 to 65 535
   * @param secondCost the cost that the second router sees
   * @param numbered whether the link has a subnet, which both ends advertise
   * @param mutual whether the second router has the link in its router-LSA too; if not, and if it
   *     has no other link to the first router, the link must not be used
   */
  public record Link(
      int first, int second, int firstCost, int secondCost, boolean numbered, boolean mutual) {}

  /**
   * A broadcast network.
   *
   * @param members its routers, each once; the first one is the designated router
   */
  public record Segment(List<Member> members) {
    /** Copies the list. */
    public Segment {
      members = List.copyOf(members);
    }
  }

  /**
   * A router on a broadcast network.
   *
   * @param router the router
   * @param cost what it sees, 1 to 65 535
   * @param adjacent whether the designated router names it; if not, it must not be reached here
   */
  public record Member(int router, int cost, boolean adjacent) {}

  /**
   * A stub network at a router.
   *
   * @param router the router
   * @param prefix the number of the prefix, 0 to 255
   * @param cost 0 to 65 535
   */
  public record Stub(int router, int prefix, int cost) {}

  /** Copies the lists. */
  public OspfTopology {
    links = List.copyOf(links);
    segments = List.copyOf(segments);
    stubs = List.copyOf(stubs);
  }

  /** Topologies of up to so many routers, with few different costs, so that equal paths abound. */
  public static Arbitrary<OspfTopology> topologies(int maximumRouters) {
    return Arbitraries.integers().between(1, maximumRouters).flatMap(OspfTopology::withRouters);
  }

  private static Arbitrary<OspfTopology> withRouters(int routers) {
    Arbitrary<Integer> router = Arbitraries.integers().between(0, routers - 1);
    Arbitrary<Integer> cost =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.integers().between(1, 4)),
            Tuple.of(1, Arbitraries.integers().between(1, 0xffff)));
    Arbitrary<Boolean> mostly = Arbitraries.integers().between(0, 9).map(n -> n > 0);
    Arbitrary<Link> link =
        Combinators.combine(router, router, cost, cost, mostly, mostly).as(Link::new);
    Arbitrary<Segment> segment =
        Combinators.combine(router, cost, mostly)
            .as(Member::new)
            .list()
            .uniqueElements(Member::router)
            .ofMinSize(1)
            .ofMaxSize(Math.min(routers, 5))
            .map(Segment::new);
    Arbitrary<Stub> stub =
        Combinators.combine(router, Arbitraries.integers().between(0, 9), cost).as(Stub::new);
    return Combinators.combine(
            link.filter(1000, l -> routers == 1 || l.first() != l.second())
                .list()
                .ofMaxSize(routers == 1 ? 0 : routers * 2),
            segment.list().ofMaxSize(routers == 1 ? 1 : 3),
            stub.list().uniqueElements(s -> s.router() * 256 + s.prefix()).ofMaxSize(routers + 2))
        .as((links, segments, stubs) -> new OspfTopology(routers, links, segments, stubs));
  }

  /** The Router ID of a router. */
  public Ipv4Address routerId(int router) {
    return new Ipv4Address(0x0100_0001 + router);
  }

  /** The interface number of a link's end. */
  static int linkIndex(int link, boolean first) {
    return 1000 + 2 * link + (first ? 0 : 1);
  }

  /** The interface number of a segment. */
  static int segmentIndex(int segment) {
    return 5000 + segment;
  }

  /** The interface number of a stub. */
  static int stubIndex(int stub) {
    return 9000 + stub;
  }

  /** The subnet of a numbered link. */
  static Ipv4Prefix linkPrefix(int link) {
    return new Ipv4Prefix(new Ipv4Address(0x0a00_0000 + 4 * link), 30);
  }

  /** The address of a link's end: the Router ID if the link is not numbered. */
  Ipv4Address linkAddress(int link, boolean first) {
    Link l = links.get(link);
    return l.numbered()
        ? new Ipv4Address(linkPrefix(link).address().value() + (first ? 1 : 2))
        : routerId(first ? l.first() : l.second());
  }

  /** The subnet of a segment. */
  static Ipv4Prefix segmentPrefix(int segment) {
    return new Ipv4Prefix(new Ipv4Address(0x0a80_0000 + 256 * segment), 24);
  }

  /** The address of a router on a segment. */
  static Ipv4Address segmentAddress(int segment, int router) {
    return new Ipv4Address(segmentPrefix(segment).address().value() + 1 + router);
  }

  /** The prefix of a stub network. */
  static Ipv4Prefix stubPrefix(int prefix) {
    return new Ipv4Prefix(new Ipv4Address(0xc0a8_0000 + 256 * prefix), 24);
  }

  /** The database that every router holds, with all LSAs at age 0 at moment 0. */
  public LinkStateDatabase database() {
    LinkStateDatabase database = new LinkStateDatabase(1_000_000);
    LsaStore store = database.addArea(AREA);
    for (int router = 0; router < routers; router++) {
      LsaBody body = new RouterLsa(0, linksOf(router));
      store.install(originate(routerId(router), routerId(router), body), 0);
    }
    for (int i = 0; i < segments.size(); i++) {
      List<Member> members = segments.get(i).members();
      List<Ipv4Address> attached = new ArrayList<>();
      for (Member member : members) {
        if (member.adjacent()) {
          attached.add(routerId(member.router()));
        }
      }
      if (members.size() > 1) {
        int designated = members.get(0).router();
        LsaBody body = new NetworkLsa(segmentPrefix(i).mask(), attached);
        store.install(originate(segmentAddress(i, designated), routerId(designated), body), 0);
      }
    }
    return database;
  }

  private static Lsa originate(Ipv4Address id, Ipv4Address router, LsaBody body) {
    return Lsa.originate(new Options(Options.E), id, router, LsaHeader.INITIAL_SEQUENCE, body);
  }

  private List<RouterLink> linksOf(int router) {
    List<RouterLink> found = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      if (link.first() == router) {
        addLink(found, i, true, link.second(), link.firstCost());
      } else if (link.second() == router && link.mutual()) {
        addLink(found, i, false, link.first(), link.secondCost());
      }
    }
    for (int i = 0; i < segments.size(); i++) {
      List<Member> members = segments.get(i).members();
      for (Member member : members) {
        if (member.router() == router) {
          Ipv4Address own = segmentAddress(i, router);
          Ipv4Prefix prefix = segmentPrefix(i);
          found.add(
              members.size() > 1
                  ? new RouterLink(
                      RouterLink.TRANSIT,
                      segmentAddress(i, members.get(0).router()),
                      own,
                      member.cost())
                  : stub(prefix, member.cost()));
        }
      }
    }
    for (Stub stub : stubs) {
      if (stub.router() == router) {
        found.add(stub(stubPrefix(stub.prefix()), stub.cost()));
      }
    }
    return found;
  }

  private void addLink(List<RouterLink> found, int link, boolean first, int peer, int cost) {
    boolean numbered = links.get(link).numbered();
    Ipv4Address data =
        numbered ? linkAddress(link, first) : new Ipv4Address(linkIndex(link, first));
    found.add(new RouterLink(RouterLink.POINT_TO_POINT, routerId(peer), data, cost));
    if (numbered) {
      found.add(stub(linkPrefix(link), cost));
    }
  }

  private static RouterLink stub(Ipv4Prefix prefix, int cost) {
    return new RouterLink(RouterLink.STUB, prefix.address(), prefix.mask(), cost);
  }

  /** A router's interfaces, as its own calculation needs them. */
  public List<SpfInterface> interfacesOf(int router) {
    List<SpfInterface> found = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      boolean first = link.first() == router;
      if (first || (link.second() == router && link.mutual())) {
        Ipv4Address peer = routerId(first ? link.second() : link.first());
        found.add(
            new SpfInterface(
                linkIndex(i, first),
                AREA,
                SpfInterface.Kind.POINT_TO_POINT,
                link.numbered() ? linkAddress(i, first) : null,
                link.numbered() ? linkPrefix(i) : null,
                Map.of(peer, linkAddress(i, !first))));
      }
    }
    for (int i = 0; i < segments.size(); i++) {
      for (Member member : segments.get(i).members()) {
        if (member.router() == router) {
          found.add(
              new SpfInterface(
                  segmentIndex(i),
                  AREA,
                  SpfInterface.Kind.MULTI_ACCESS,
                  segmentAddress(i, router),
                  segmentPrefix(i),
                  Map.of()));
        }
      }
    }
    for (int i = 0; i < stubs.size(); i++) {
      if (stubs.get(i).router() == router) {
        Ipv4Prefix prefix = stubPrefix(stubs.get(i).prefix());
        Ipv4Address own = new Ipv4Address(prefix.address().value() + 1 + router);
        found.add(
            new SpfInterface(stubIndex(i), AREA, SpfInterface.Kind.STUB, own, prefix, Map.of()));
      }
    }
    return found;
  }
}
