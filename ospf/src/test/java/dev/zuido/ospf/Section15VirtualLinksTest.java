package dev.zuido.ospf;

import static dev.zuido.ospf.AreaNet.area;
import static dev.zuido.ospf.AreaNet.stubPrefix;
import static dev.zuido.ospf.Configs.ip;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static dev.zuido.ospf.VirtualLinkNets.area1;
import static dev.zuido.ospf.VirtualLinkNets.far;
import static dev.zuido.ospf.VirtualLinkNets.link;
import static dev.zuido.ospf.VirtualLinkNets.linkTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.VirtualLinkSnapshot.Obstacle;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Virtual links: sections 8.2, 12.4.1.3, 13.3, 15, 16.1 and 16.3. */
final class Section15VirtualLinksTest {
  private static final int LINK = -1;

  private static RouterLsa routerLsa(AreaNet net, int holder, int area, int router) {
    return (RouterLsa)
        net.node(holder)
            .engine
            .database()
            .area(area(area))
            .routerLsa(routerId(router))
            .lsa()
            .body();
  }

  @Test
  void theInterfaceComesUpWithTheRouteToTheOtherEndAndFormsAnAdjacency() {
    AreaNet far = far().converge();
    VirtualLinkSnapshot link = link(far, 2);
    assertEquals(LINK, link.interfaceId());
    assertEquals(area(1), link.transitAreaId());
    assertEquals(InterfaceState.POINT_TO_POINT, link.state());
    assertEquals(20, link.cost());
    assertEquals(ip("10.1.2.1"), link.address());
    assertEquals(ip("10.1.3.2"), link.neighborAddress());
    assertTrue(link.fullyAdjacent());
    assertTrue(link(far, 3).fullyAdjacent());
    assertEquals(ip("10.1.3.2"), link(far, 3).address());
    assertEquals(ip("10.1.2.1"), link(far, 3).neighborAddress());
  }

  @Test
  void section12413TheBackboneRouterLsaHasAType4LinkAndTheTransitAreaABitV() {
    AreaNet far = far().converge();
    assertEquals(
        List.of(new RouterLink(RouterLink.VIRTUAL, routerId(2), ip("10.1.3.2"), 20)),
        routerLsa(far, 1, 0, 3).links());
    assertTrue(routerLsa(far, 5, 1, 2).isVirtualEndpoint());
    assertTrue(routerLsa(far, 5, 1, 3).isVirtualEndpoint());
    assertFalse(routerLsa(far, 1, 0, 2).isVirtualEndpoint());
    assertFalse(routerLsa(far, 4, 2, 3).isVirtualEndpoint());
    assertTrue(far.node(2).engine.routes().transitAreas().contains(area(1)));
  }

  @Test
  void anAreaBehindTheTransitAreaReachesTheBackbone() {
    AreaNet far = far().converge();
    assertEquals("INTER_AREA 41", far.way(1, stubPrefix(4)));
    assertEquals("INTER_AREA 41", far.way(4, stubPrefix(1)));
    assertEquals("INTER_AREA 21", far.way(5, stubPrefix(4)));
    assertEquals("INTRA_AREA 31", far.way(3, stubPrefix(1)));
    // Section 16.3: the next hop is the transit area's.
    assertEquals(
        Set.of(ip("10.1.3.1")),
        far.route(3, stubPrefix(1)).nextHops().stream()
            .map(NextHop::address)
            .collect(Collectors.toSet()));
    assertEquals(0, far.net.unroutable);
  }

  @Test
  void theLinkFollowsTheCostOfThePathAndDiesWithIt() {
    AreaNet far = far().converge();
    far.set(3, false);
    far.net.run(20 * SECOND);
    assertEquals(100, link(far, 2).cost());
    assertEquals(ip("10.1.4.1"), link(far, 2).address());
    assertEquals(ip("10.1.4.2"), link(far, 2).neighborAddress());
    assertTrue(link(far, 2).fullyAdjacent());
    far.quiet();
    assertEquals("INTER_AREA 121", far.way(1, stubPrefix(4)));
    far.set(4, false);
    far.quiet();
    assertEquals(InterfaceState.DOWN, link(far, 2).state());
    assertEquals(Obstacle.NO_BORDER_ROUTER, link(far, 2).obstacle());
    assertEquals(-1, link(far, 2).cost());
    assertFalse(routerLsa(far, 5, 1, 2).isVirtualEndpoint());
    assertEquals("none", far.way(1, stubPrefix(4)));
    far.set(3, true);
    far.quiet();
    assertTrue(link(far, 2).fullyAdjacent());
    assertEquals("INTER_AREA 41", far.way(1, stubPrefix(4)));
    assertEquals("INTER_AREA 41", far.way(4, stubPrefix(1)));
  }

  @Test
  void aPartOfTheBackboneThatWasCutOffIsHealed() {
    AreaNet net =
        new AreaNet(4)
            .link(1, 0, 1, 2, 10)
            .link(2, 0, 2, 3, 10)
            .link(3, 0, 3, 4, 10)
            .link(4, 1, 2, 5, 10)
            .link(5, 1, 5, 3, 10)
            .stub(1, 0, 1, 1)
            .stub(4, 0, 4, 1)
            .stub(5, 1, 5, 1)
            .areasOf(2, linkTo(3))
            .areasOf(3, linkTo(2))
            .converge();
    assertEquals("INTRA_AREA 31", net.way(1, stubPrefix(4)));
    net.set(2, false);
    net.quiet();
    assertEquals("INTRA_AREA 41", net.way(1, stubPrefix(4)));
    assertEquals("INTRA_AREA 41", net.way(4, stubPrefix(1)));
    assertEquals("INTER_AREA 21", net.way(5, stubPrefix(4)));
    net.set(2, true);
    net.quiet();
    assertEquals("INTRA_AREA 31", net.way(1, stubPrefix(4)));
  }

  @Test
  void theLossOfTheOtherEndIsNoticed() {
    AreaNet far = far().converge();
    far.kill(3);
    far.quiet();
    assertEquals(InterfaceState.DOWN, link(far, 2).state());
    far.revive(3);
    far.quiet();
    far.quiet();
    assertTrue(link(far, 2).fullyAdjacent());
    assertEquals("INTER_AREA 41", far.way(1, stubPrefix(4)));
  }

  @Test
  void theRangesOfTheBackboneAreIgnoredForTheTransitArea() {
    OspfAreaConfig backbone =
        OspfAreaConfig.builder(area(0), AreaType.NORMAL)
            .ranges(List.of(new AreaRange(area(0), Configs.prefix("192.168.0.0/22"), true)))
            .build();
    AreaNet net =
        far()
            .link(6, 3, 2, 6, 10)
            .areasOf(2, linkTo(3), backbone)
            .areasOf(3, linkTo(2), backbone)
            .converge();
    assertTrue(net.told(2, 1).containsKey("192.168.1.0/24"));
    assertFalse(net.told(2, 1).containsKey("192.168.0.0/22"));
    assertEquals(11, net.told(2, 3).get("192.168.0.0/22"));
    assertFalse(net.told(2, 3).containsKey("192.168.1.0/24"));
  }

  @Test
  void section1243WhatIsReachedThroughTheTransitAreaIsNotToldThere() {
    AreaNet far = far().converge();
    assertFalse(far.told(3, 1).containsKey("192.168.1.0/24"));
    assertEquals(31, far.told(3, 2).get("192.168.1.0/24"));
    assertEquals(11, far.told(2, 1).get("192.168.1.0/24"));
    assertFalse(far.told(2, 1).containsKey("192.168.4.0/24"));
  }

  @Test
  void aPathThatCostsMoreThan65535IsNone() {
    AreaNet far =
        new AreaNet(4)
            .link(1, 0, 1, 2, 10)
            .link(2, 1, 2, 5, 40_000)
            .link(3, 1, 5, 3, 25_535)
            .link(5, 2, 3, 4, 10)
            .stub(4, 2, 4, 1)
            .areasOf(2, linkTo(3))
            .areasOf(3, linkTo(2))
            .converge();
    assertEquals(65_535, link(far, 2).cost());
    assertEquals(Obstacle.NONE, link(far, 2).obstacle());
    assertEquals("INTER_AREA 65556", far.way(1, stubPrefix(4)));
    OspfInterfaceConfig dearer = far.node(5).engine.interfaceConfig(3).withCost(25_536);
    far.command(5, new OspfCommand.Configure(dearer));
    far.quiet();
    assertEquals(InterfaceState.DOWN, link(far, 2).state());
    assertEquals(Obstacle.TOO_EXPENSIVE, link(far, 2).obstacle());
    assertEquals("none", far.way(1, stubPrefix(4)));
  }

  @Test
  void aLinkIsAddedAndRemovedAtRunTime() {
    AreaNet far = far().areasOf(2).areasOf(3).converge();
    assertEquals("none", far.way(1, stubPrefix(4)));
    far.command(2, new OspfCommand.ConfigureArea(linkTo(3)));
    far.command(3, new OspfCommand.ConfigureArea(linkTo(2)));
    far.quiet();
    assertEquals("INTER_AREA 41", far.way(1, stubPrefix(4)));
    far.command(2, new OspfCommand.ConfigureArea(area1()));
    assertEquals(List.of(), far.node(2).engine.virtualLinks());
    far.quiet();
    assertEquals("none", far.way(1, stubPrefix(4)));
  }

  @Test
  void twoLinksInARowReachAreasTwoTransitsAway() {
    AreaNet net =
        new AreaNet(9)
            .link(1, 0, 1, 2, 10)
            .link(2, 1, 2, 3, 10)
            .link(3, 2, 3, 4, 10)
            .link(4, 3, 4, 5, 10)
            .stub(1, 0, 1, 1)
            .stub(5, 3, 5, 1)
            .areasOf(2, linkTo(3))
            .areasOf(
                3,
                linkTo(2),
                OspfAreaConfig.builder(area(2), AreaType.NORMAL)
                    .virtualLinks(List.of(VirtualLinkConfig.to(routerId(4))))
                    .build())
            .areasOf(
                4,
                OspfAreaConfig.builder(area(2), AreaType.NORMAL)
                    .virtualLinks(List.of(VirtualLinkConfig.to(routerId(3))))
                    .build())
            .converge();
    net.quiet();
    assertEquals("INTER_AREA 41", net.way(1, stubPrefix(5)));
    assertEquals("INTER_AREA 41", net.way(5, stubPrefix(1)));
    assertEquals("INTRA_AREA 31", net.way(4, stubPrefix(1)));
    net.set(2, false);
    net.quiet();
    assertEquals("none", net.way(5, stubPrefix(1)));
    net.set(2, true);
    net.quiet();
    assertEquals("INTER_AREA 41", net.way(5, stubPrefix(1)));
  }

  @Test
  void theLinksOwnInterfaceCannotBeCommanded() {
    AreaNet far = far().converge();
    assertThrows(
        IllegalArgumentException.class, () -> far.command(2, new OspfCommand.InterfaceDown(LINK)));
    assertThrows(
        IllegalArgumentException.class, () -> far.command(2, new OspfCommand.Remove(LINK)));
    OspfInterfaceConfig config = far.node(2).engine.interfaceConfig(LINK);
    assertThrows(
        IllegalArgumentException.class, () -> far.command(2, new OspfCommand.Configure(config)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new OspfEngine(OspfConfig.of(routerId(1), config), new Random(1)));
    far.command(2, new OspfCommand.ClearNeighbors(LINK));
    assertFalse(link(far, 2).fullyAdjacent());
    far.quiet();
    assertTrue(link(far, 2).fullyAdjacent());
  }

  @Test
  void anUnnumberedTransitAreaIsCrossedByTheLoopbackAddresses() {
    AreaNet net = new AreaNet(4).link(1, 0, 1, 2, 10).link(5, 2, 3, 4, 10).stub(4, 2, 4, 1);
    for (int router : new int[] {2, 3}) {
      net.add(
          router,
          OspfInterfaceConfig.builder(50, "unnumbered")
              .type(NetworkType.POINT_TO_POINT)
              .areaId(area(1))
              .build());
      net.add(
          router,
          OspfInterfaceConfig.loopback(60, "loopback", Ipv4Address.of(10, 9, 9, router), area(1)));
    }
    net.areasOf(2, linkTo(3)).areasOf(3, linkTo(2)).start();
    net.net.join(net.node(2), 50, net.node(3), 50);
    net.quiet();
    assertTrue(link(net, 2).fullyAdjacent());
    assertEquals(ip("10.9.9.2"), link(net, 2).address());
    assertEquals(ip("10.9.9.3"), link(net, 2).neighborAddress());
    assertEquals("INTER_AREA 31", net.way(1, stubPrefix(4)));
  }
}
