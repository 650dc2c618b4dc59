package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Point-to-multipoint networks: RFC 2328 sections 9.5, 12.4.1.4 and 16.1.1. */
final class Section12PointToMultipointTest {
  private static final Ipv4Address HOST_MASK = Ipv4Address.BROADCAST;

  private final SimulatedNet net = new SimulatedNet(23);
  private final Segment cloud = net.segment();

  private static Ipv4Address address(int n) {
    return Ipv4Address.of(10, 0, 0, n);
  }

  private static OspfInterfaceConfig cloudOf(int n, NetworkType type, StaticNeighbor... neighbors) {
    return OspfInterfaceConfig.builder(1, "cloud" + n)
        .address(address(n), 24)
        .type(type)
        .staticNeighbors(List.of(neighbors))
        .build();
  }

  private Node router(int n, OspfInterfaceConfig config) {
    Node node = net.add("r" + n, OspfConfig.of(routerId(n), config, stub(2, n)));
    net.attach(cloud, node, 1);
    return node;
  }

  /** A hub, one, and spokes that do not hear each other. */
  private void hubAndSpokes() {
    cloud.hears =
        (from, to) -> from.address().equals(address(1)) || to.address().equals(address(1));
  }

  private static OspfRoute route(Node node, String prefix) {
    OspfRoute route = node.engine.routes().route(prefix(prefix));
    if (route == null) {
      throw new AssertionError(node.name + " has no route to " + prefix);
    }
    return route;
  }

  private static List<RouterLink> links(Node node) {
    return ((RouterLsa)
            Configs.routerLsa(node.engine, node.engine.config().routerId()).lsa().body())
        .links();
  }

  @Test
  void aHubAndTwoSpokesFindEachOtherByMulticastAndRouteOverTheHub() {
    hubAndSpokes();
    Node hub = router(1, cloudOf(1, NetworkType.POINT_TO_MULTIPOINT));
    Node two = router(2, cloudOf(2, NetworkType.POINT_TO_MULTIPOINT));
    Node three = router(3, cloudOf(3, NetworkType.POINT_TO_MULTIPOINT));
    net.upAll();
    net.run(60 * SECOND);
    assertTrue(hub.isFullWith(two, three) && two.isFullWith(hub) && three.isFullWith(hub));
    assertEquals(InterfaceState.POINT_TO_POINT, hub.engine.interfaces(net.now).get(0).state());
    // Section 12.4.1.4: a host route to itself with cost 0, a link for each adjacent neighbor.
    assertEquals(
        List.of(
            new RouterLink(RouterLink.STUB, address(1), HOST_MASK, 0),
            new RouterLink(RouterLink.POINT_TO_POINT, routerId(2), address(1), 10),
            new RouterLink(RouterLink.POINT_TO_POINT, routerId(3), address(1), 10)),
        links(hub).subList(0, 3));
    OspfRoute far = route(two, "192.168.3.0/24");
    assertEquals(30, far.cost());
    assertEquals(Set.of(new NextHop(1, address(1))), far.nextHops());
    assertEquals(Set.of(new NextHop(1, address(3))), route(hub, "192.168.3.0/24").nextHops());
    assertEquals(20, route(two, "10.0.0.3/32").cost());
    assertEquals(Set.of(new NextHop(1, address(1))), route(two, "10.0.0.3/32").nextHops());
    assertEquals(null, two.engine.routes().route(prefix("10.0.0.0/24")), "there is no such subnet");
    assertEquals(Configs.contents(hub.engine, net.now), Configs.contents(three.engine, net.now));
  }

  @Test
  void floodingReachesTheOtherSpokesThroughTheHub() {
    hubAndSpokes();
    router(1, cloudOf(1, NetworkType.POINT_TO_MULTIPOINT));
    Node two = router(2, cloudOf(2, NetworkType.POINT_TO_MULTIPOINT));
    Node three = router(3, cloudOf(3, NetworkType.POINT_TO_MULTIPOINT));
    net.upAll();
    net.run(60 * SECOND);
    net.command(three, new OspfCommand.Configure(stub(2, 3).withCost(50)));
    net.run(2 * SECOND);
    assertEquals(70, route(two, "192.168.3.0/24").cost());
    net.run(30 * SECOND);
    for (Node each : net.nodes) {
      for (NeighborSnapshot neighbor : each.engine.neighbors(net.now)) {
        assertEquals(0, neighbor.retransmissions());
      }
    }
  }

  @Test
  void withoutMulticastTheNeighborsAreConfiguredAndHaveTheirOwnCosts() {
    cloud.multicast = false;
    cloud.record = true;
    hubAndSpokes();
    NetworkType type = NetworkType.POINT_TO_MULTIPOINT_NON_BROADCAST;
    Node hub =
        router(
            1,
            cloudOf(
                1, type, new StaticNeighbor(address(2), 0, 120, 7), StaticNeighbor.of(address(3))));
    Node two = router(2, cloudOf(2, type, StaticNeighbor.of(address(1))));
    Node three = router(3, cloudOf(3, type, StaticNeighbor.of(address(1))));
    net.upAll();
    net.run(60 * SECOND);
    assertTrue(hub.isFullWith(two, three) && two.isFullWith(hub) && three.isFullWith(hub));
    assertEquals(17, route(hub, "192.168.2.0/24").cost());
    assertEquals(20, route(hub, "192.168.3.0/24").cost());
    assertEquals(27, route(three, "192.168.2.0/24").cost());
    assertTrue(cloud.sent.stream().noneMatch(sent -> sent.destination().isMulticast()));
    net.command(three, new OspfCommand.Configure(stub(2, 3).withCost(50)));
    net.run(2 * SECOND);
    assertEquals(70, route(two, "192.168.3.0/24").cost());
  }

  @Test
  void aSilentNeighborIsCalledEveryHelloInterval() {
    cloud.multicast = false;
    cloud.record = true;
    Node alone =
        router(
            1,
            cloudOf(
                1, NetworkType.POINT_TO_MULTIPOINT_NON_BROADCAST, StaticNeighbor.of(address(2))));
    net.upAll();
    net.run(60 * SECOND);
    assertEquals(7, cloud.sent.size());
    assertEquals(NeighborState.DOWN, alone.engine.neighbors(net.now).get(0).state());
    assertEquals(0, alone.engine.interfaces(net.now).get(0).neighbors());
  }

  @Test
  void aNeighborOfAMulticastCloudMayHaveItsOwnCost() {
    Node hub =
        router(
            1,
            cloudOf(1, NetworkType.POINT_TO_MULTIPOINT, new StaticNeighbor(address(2), 0, 120, 3)));
    Node two = router(2, cloudOf(2, NetworkType.POINT_TO_MULTIPOINT));
    net.upAll();
    net.run(60 * SECOND);
    assertTrue(hub.isFullWith(two));
    assertEquals(13, route(hub, "192.168.2.0/24").cost());
    net.command(
        hub,
        new OspfCommand.Configure(
            cloudOf(
                1, NetworkType.POINT_TO_MULTIPOINT, new StaticNeighbor(address(2), 0, 120, 4))));
    net.run(12 * SECOND);
    assertTrue(hub.isFullWith(two));
    assertEquals(14, route(hub, "192.168.2.0/24").cost());
  }

  @Test
  void theMaskIsCheckedAsOnAllNetworksButPointToPointOnes() {
    Node one = router(1, cloudOf(1, NetworkType.POINT_TO_MULTIPOINT));
    Node two = router(2, cloudOf(2, NetworkType.POINT_TO_MULTIPOINT).withAddress(address(2), 25));
    net.upAll();
    net.run(60 * SECOND);
    assertEquals(
        "network mask 255.255.255.0 against 255.255.255.128",
        one.log(OspfOutput.Mismatched.class).get(0).mismatch().explain());
    assertEquals(1, two.log(OspfOutput.Mismatched.class).size());
  }
}
