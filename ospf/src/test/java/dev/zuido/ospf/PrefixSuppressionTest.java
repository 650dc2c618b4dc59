package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.BACKBONE;
import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hiding transit-only networks: RFC 6860 section 2. */
final class PrefixSuppressionTest {
  private final SimulatedNet net = new SimulatedNet(53);

  private static OspfInterfaceConfig hidden(OspfInterfaceConfig config) {
    return config.toBuilder().prefixSuppression(true).build();
  }

  private Node router(int n, OspfInterfaceConfig... interfaces) {
    return net.add(
        "r" + n, OspfConfig.builder(routerId(n)).interfaces(List.of(interfaces)).build());
  }

  private static List<String> routes(Node node) {
    return node.engine.routes().routes().stream().map(route -> route.prefix().toString()).toList();
  }

  @Test
  void aPointToPointNetworkIsLeftOut() {
    Node a = router(1, hidden(link(1, 1, 1)), hidden(stub(2, 1)));
    Node b = router(2, hidden(link(1, 1, 2)), stub(2, 2));
    net.join(a, 1, b, 1);
    net.upAll();
    net.run(60 * SECOND);
    assertTrue(a.isFullWith(b));
    // Passive networks and loopbacks are never hidden.
    assertEquals(List.of("192.168.1.0/24", "192.168.2.0/24"), routes(a));
    assertEquals(List.of("192.168.1.0/24", "192.168.2.0/24"), routes(b));
  }

  @Test
  void aBroadcastNetworkHasAHostMaskInItsNetworkLsaWhichMakesNoRoute() {
    Node a = router(1, hidden(lan(1, 1)), stub(2, 1));
    Node b = router(2, hidden(lan(1, 2)), stub(2, 2));
    Node c = router(3, lan(1, 3).withPriority(0), link(2, 1, 1));
    Node d = router(4, link(1, 1, 2));
    net.join(a, 1, b, 1);
    net.attach(net.segments.get(0), c, 1);
    net.join(c, 2, d, 1);
    net.upAll();
    net.run(90 * SECOND);
    NetworkLsa network =
        (NetworkLsa)
            d.engine
                .database()
                .area(BACKBONE)
                .entriesOfType(LsaType.NETWORK)
                .iterator()
                .next()
                .lsa()
                .body();
    assertEquals(Ipv4Address.BROADCAST, network.networkMask());
    assertNull(d.engine.routes().route(prefix("10.0.0.0/24")));
    assertNull(d.engine.routes().route(prefix("10.0.0.2/32")));
    assertNotNull(d.engine.routes().route(prefix("192.168.1.0/24")), "paths lead through it");
    assertEquals(
        Ipv4Address.of(10, 0, 0, 1),
        c.engine.routes().route(prefix("192.168.1.0/24")).nextHops().iterator().next().address());
  }

  @Test
  void itIsTurnedOnAndOffWhileTheAdjacencyStays() {
    Node a = router(1, lan(1, 1), stub(2, 1));
    Node b = router(2, lan(1, 2).withPriority(0), stub(2, 2));
    net.join(a, 1, b, 1);
    net.upAll();
    net.run(90 * SECOND);
    a.log.clear();
    assertNotNull(b.engine.routes().route(prefix("10.0.0.0/24")));
    net.command(a, new OspfCommand.Configure(hidden(lan(1, 1))));
    net.run(12 * SECOND);
    assertNull(b.engine.routes().route(prefix("10.0.0.0/24")));
    net.command(a, new OspfCommand.Configure(lan(1, 1)));
    net.run(12 * SECOND);
    assertNotNull(b.engine.routes().route(prefix("10.0.0.0/24")));
    assertEquals(List.of(), a.log(OspfOutput.NeighborChanged.class));
  }

  @Test
  void aPointToMultipointInterfaceHidesItsHostRouteAndALoopbackDoesNot() {
    OspfInterfaceConfig cloud = hidden(lan(1, 1).withType(NetworkType.POINT_TO_MULTIPOINT));
    OspfInterfaceConfig loopback =
        hidden(OspfInterfaceConfig.loopback(2, "lo", Ipv4Address.of(192, 0, 2, 1), BACKBONE));
    Node a = router(1, cloud, loopback);
    Node b = router(2, lan(1, 2).withType(NetworkType.POINT_TO_MULTIPOINT));
    net.join(a, 1, b, 1);
    net.upAll();
    net.run(60 * SECOND);
    assertTrue(a.isFullWith(b));
    assertEquals(List.of("10.0.0.2/32", "192.0.2.1/32"), routes(b));
  }
}
