package dev.zuido.ospf;

import static dev.zuido.ospf.AreaNet.stubPrefix;
import static dev.zuido.ospf.Configs.BACKBONE;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.Rfc3623HelperTest.config;
import static dev.zuido.ospf.Rfc3623HelperTest.stop;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.packet.CryptographicKey.Algorithm;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graceful restarts over networks of each type, with keys, and of the end of a virtual link. */
final class Rfc3623NetworksTest {
  private final SimulatedNet net = new SimulatedNet(19);

  private static Ipv4Address address(int n) {
    return Ipv4Address.of(10, 0, 0, n);
  }

  private static StaticNeighbor neighbor(int n) {
    return new StaticNeighbor(address(n), 1, 60, 0);
  }

  private static OspfInterfaceConfig cloud(int n, NetworkType type, StaticNeighbor... neighbors) {
    return OspfInterfaceConfig.builder(1, "cloud" + n)
        .address(address(n), 24)
        .type(type)
        .staticNeighbors(List.of(neighbors))
        .build();
  }

  /** Three routers on one network, of which the first restarts. */
  private void onCloud(NetworkType type, boolean multicast, boolean planned) {
    Segment segment = net.segment();
    segment.multicast = multicast;
    for (int n = 1; n <= 3; n++) {
      StaticNeighbor[] others =
          multicast
              ? new StaticNeighbor[0]
              : new StaticNeighbor[] {neighbor(1 + n % 3), neighbor(1 + (n + 1) % 3)};
      Node node = net.add("r" + n, config(n, cloud(n, type, others), stub(2, n)));
      net.attach(segment, node, 1);
    }
    net.upAll();
    net.run(180 * SECOND);
    Node first = net.nodes.get(0);
    assertTrue(first.isFullWith(net.nodes.get(1), net.nodes.get(2)));
    restart(first, planned);
  }

  /** Restarts a router, of which no other may see anything. */
  private void restart(Node node, boolean planned) {
    net.nodes.forEach(each -> each.log.clear());
    RestartRecord record = RestartRecord.unplanned(RestartReason.UNKNOWN, 120);
    if (planned) {
      record = stop(net, node);
    }
    node.dead = true;
    node.log.clear();
    net.run(20 * SECOND);
    net.restartGracefully(node, record, planned ? 20 * SECOND : 0);
    net.run(119 * SECOND);
    assertOnlyThatOneKnows(node);
  }

  private void assertOnlyThatOneKnows(Node node) {
    assertEquals(
        List.of(new OspfOutput.RestartEnded(RestartExit.COMPLETED)),
        node.log(OspfOutput.RestartEnded.class));
    for (Node each : net.nodes) {
      assertEquals(0, each.engine.process(net.now).helpedNeighbors(), each.name);
      if (each != node) {
        assertEquals(List.of(), each.log(OspfOutput.RoutesChanged.class), each.name);
        assertFalse(each.log(OspfOutput.HelperChanged.class).isEmpty(), each.name);
      }
    }
  }

  @Test
  void onAnNbmaNetworkTheAddressInTheGraceLsaCounts() {
    onCloud(NetworkType.NBMA, false, true);
  }

  @Test
  void onAnNbmaNetworkAnUnplannedRestartIsToldToEachConfiguredNeighbor() {
    onCloud(NetworkType.NBMA, false, false);
  }

  @Test
  void onAPointToMultipointNetwork() {
    onCloud(NetworkType.POINT_TO_MULTIPOINT, true, true);
  }

  @Test
  void onAPointToMultipointNetworkWithoutMulticastAndUnplanned() {
    onCloud(NetworkType.POINT_TO_MULTIPOINT_NON_BROADCAST, false, false);
  }

  @Test
  void onTwoUnnumberedLinksBetweenTheSameRouters() {
    OspfInterfaceConfig[] of = new OspfInterfaceConfig[5];
    for (int id = 1; id <= 4; id++) {
      of[id] =
          OspfInterfaceConfig.unnumbered(id, "tunnel" + id, BACKBONE).toBuilder()
              .borrowedAddress(Ipv4Address.of(192, 168, (id + 1) / 2, 1))
              .build();
    }
    Node one = net.add("r1", config(1, of[1], of[2], stub(7, 1)));
    Node two = net.add("r2", config(2, of[3], of[4], stub(7, 2)));
    net.join(one, 1, two, 3);
    net.join(one, 2, two, 4);
    net.upAll();
    net.run(60 * SECOND);
    restart(one, true);
    assertEquals(2, two.engine.routes().route(prefix("192.168.1.0/24")).nextHops().size());
  }

  @Test
  void withCryptographicAuthenticationWhoseSequenceNumbersAreKept() {
    OspfAuthentication key =
        new OspfAuthentication.Cryptographic(
            1, Algorithm.HMAC_SHA_256, ByteString.of(new byte[] {1, 2, 3}));
    Node one = net.add("r1", config(1, link(1, 1, 1).withAuthentication(key), stub(2, 1)));
    Node two = net.add("r2", config(2, link(1, 1, 2).withAuthentication(key), stub(2, 2)));
    net.join(one, 1, two, 1);
    net.upAll();
    net.run(60 * SECOND);
    net.nodes.forEach(each -> each.log.clear());
    RestartRecord record = stop(net, one);
    net.run(20 * SECOND);
    OspfStore kept = OspfStore.inMemory();
    for (int i = 0; i < 1_000; i++) {
      kept.cryptographicSequenceNumber(1);
    }
    net.restartGracefully(one, record, 20 * SECOND, kept);
    net.run(60 * SECOND);
    assertOnlyThatOneKnows(one);
  }

  @Test
  void section3TheEndOfAVirtualLink() {
    AreaNet areas =
        new AreaNet(4)
            .link(1, 0, 1, 2, 10)
            .link(2, 1, 2, 3, 10)
            .link(3, 2, 3, 4, 10)
            .stub(1, 0, 1, 1)
            .stub(4, 2, 4, 1)
            .areasOf(2, linkTo(3))
            .areasOf(3, linkTo(2))
            .converge()
            .quiet();
    for (int restarting : new int[] {2, 3}) {
      for (int n = 1; n <= 4; n++) {
        areas.node(n).log.clear();
      }
      Node node = areas.node(restarting);
      RestartRecord record = stop(areas.net, node);
      areas.net.run(20 * SECOND);
      areas.net.restartGracefully(node, record, 20 * SECOND);
      areas.net.run(100 * SECOND);
      assertEquals(
          List.of(new OspfOutput.RestartEnded(RestartExit.COMPLETED)),
          node.log(OspfOutput.RestartEnded.class));
      for (int n = 1; n <= 4; n++) {
        if (n != restarting) {
          assertEquals(List.of(), areas.node(n).log(OspfOutput.RoutesChanged.class), "r" + n);
        }
      }
      assertNotNull(areas.node(1).engine.routes().route(stubPrefix(4)));
      assertNotNull(areas.node(4).engine.routes().route(stubPrefix(1)));
    }
  }

  private static OspfAreaConfig linkTo(int router) {
    return OspfAreaConfig.builder(AreaNet.area(1), AreaType.NORMAL)
        .virtualLinks(List.of(VirtualLinkConfig.to(routerId(router))))
        .build();
  }
}
