package dev.zuido.benchmarks;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;

/**
 * The LSAs of a square grid of routers with point-to-point links and a stub network each. At its
 * corner, router 0, it is attached to a router that is not part of it.
 */
final class OspfGrid {
  static final Ipv4Prefix ATTACHMENT = Ipv4Prefix.parse("192.0.2.0/30");
  static final Ipv4Address OUTER_ADDRESS = Ipv4Address.parse("192.0.2.1");
  static final Ipv4Address CORNER_ADDRESS = Ipv4Address.parse("192.0.2.2");
  private static final int COST = 10;
  private static final int STUB_LENGTH = 28;

  private final int routers;
  private final int columns;
  private final Ipv4Address outer;
  private final int[] instances;

  /**
   * A grid.
   *
   * @param outer the Router ID of the router that it is attached to
   */
  OspfGrid(int routers, Ipv4Address outer) {
    this.routers = routers;
    this.columns = (int) Math.ceil(Math.sqrt(routers));
    this.outer = outer;
    this.instances = new int[routers];
  }

  int routers() {
    return routers;
  }

  static Ipv4Address routerId(int router) {
    return new Ipv4Address(Ipv4Address.of(10, 0, 0, 1).value() + router);
  }

  /** The stub network of a router. */
  static Ipv4Prefix stub(int router) {
    int base = Ipv4Address.of(172, 16, 0, 0).value();
    return new Ipv4Prefix(new Ipv4Address(base + (router << (32 - STUB_LENGTH))), STUB_LENGTH);
  }

  /** The first instances of all LSAs. */
  List<Lsa> lsas() {
    List<Lsa> all = new ArrayList<>();
    for (int router = 0; router < routers; router++) {
      all.add(lsa(router, 0, 0));
    }
    return all;
  }

  /** A new instance of a router's LSA, whose links cost another time less, then more. */
  Lsa withOtherCosts(int router) {
    instances[router]++;
    return lsa(router, instances[router] % 2, 0);
  }

  /** A new instance of a router's LSA, whose stub network costs another time less, then more. */
  Lsa withOtherStub(int router) {
    instances[router]++;
    return lsa(router, 0, instances[router] % 2);
  }

  private Lsa lsa(int router, int less, int lessToStub) {
    int row = router / columns;
    int column = router % columns;
    int cost = COST - less;
    List<RouterLink> links = new ArrayList<>();
    if (router == 0) {
      links.add(new RouterLink(RouterLink.POINT_TO_POINT, outer, CORNER_ADDRESS, cost));
      links.add(new RouterLink(RouterLink.STUB, ATTACHMENT.address(), ATTACHMENT.mask(), cost));
    }
    addLink(links, row > 0, router - columns, 1, cost);
    addLink(links, column > 0, router - 1, 2, cost);
    addLink(links, column + 1 < columns, router + 1, 3, cost);
    addLink(links, true, router + columns, 4, cost);
    Ipv4Prefix stub = stub(router);
    links.add(new RouterLink(RouterLink.STUB, stub.address(), stub.mask(), COST - lessToStub));
    return Lsa.originate(
        new Options(Options.E),
        routerId(router),
        routerId(router),
        LsaHeader.INITIAL_SEQUENCE + instances[router],
        new RouterLsa(0, links));
  }

  private void addLink(List<RouterLink> links, boolean inRow, int peer, int ifIndex, int cost) {
    if (inRow && peer >= 0 && peer < routers) {
      links.add(
          new RouterLink(
              RouterLink.POINT_TO_POINT, routerId(peer), new Ipv4Address(ifIndex), cost));
    }
  }
}
