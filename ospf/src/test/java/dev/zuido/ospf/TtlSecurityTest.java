package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The generalized TTL security mechanism: RFC 5082 section 3. */
final class TtlSecurityTest {
  private final SimulatedNet net = new SimulatedNet(47);

  private Node router(int n, int hops) {
    OspfInterfaceConfig config = link(1, 1, n).toBuilder().ttlSecurityHops(hops).build();
    return net.add("r" + n, OspfConfig.of(routerId(n), config));
  }

  private boolean becomeFull(Node a, Node b, int routersBetween) {
    Segment wire = net.join(a, 1, b, 1);
    wire.ttlLoss = routersBetween;
    net.upAll();
    return net.runUntil(() -> a.isFullWith(b) && b.isFullWith(a), 60 * SECOND);
  }

  private static int ttlOf(Node node) {
    return node.log(OspfOutput.Transmit.class).get(0).ttl();
  }

  @Test
  void packetsAreSentWithTtl255AndTakenFromTheLinkOnly() {
    Node a = router(1, 1);
    Node b = router(2, 1);
    assertTrue(becomeFull(a, b, 0));
    assertEquals(255, ttlOf(a));
  }

  @Test
  void aPacketThatHasPassedARouterIsDropped() {
    Node a = router(1, 1);
    Node b = router(2, 1);
    assertFalse(becomeFull(a, b, 1));
    assertTrue(a.engine.dropped().get(DropReason.TTL_SECURITY) > 5);
    assertEquals(0, a.engine.neighbors(net.now).size());
  }

  @Test
  void threeHopsMeanTwoRoutersBetween() {
    Node a = router(1, 3);
    Node b = router(2, 3);
    assertTrue(becomeFull(a, b, 2));
  }

  @Test
  void threeHopsDoNotMeanThreeRoutersBetween() {
    Node a = router(1, 3);
    Node b = router(2, 3);
    assertFalse(becomeFull(a, b, 3));
  }

  @Test
  void withoutItTheTtlIsOneAndAnyIsTaken() {
    Node a = router(1, 0);
    Node b = router(2, 0);
    assertTrue(becomeFull(a, b, 0));
    assertEquals(1, ttlOf(a));
  }

  @Test
  void oneSideAloneRefusesTheOther() {
    Node a = router(1, 1);
    Node b = router(2, 0);
    assertFalse(becomeFull(a, b, 0));
    assertEquals(NeighborState.INIT, b.stateOf(routerId(1)));
    assertEquals(NeighborState.DOWN, a.stateOf(routerId(2)));
    assertEquals(
        List.of("TTL 1, at least 255 with TTL security"),
        a.log(OspfOutput.Mismatched.class).stream()
            .map(told -> told.mismatch().explain())
            .toList());
  }

  @Test
  void aPacketWhoseTtlIsNotKnownIsDropped() {
    Node a = router(1, 254);
    Node b = router(2, 254);
    Segment wire = net.join(a, 1, b, 1);
    wire.record = true;
    wire.cut = true;
    net.upAll();
    net.run(SECOND);
    a.engine.handle(
        1,
        Unpooled.wrappedBuffer(wire.sent.get(1).packet()),
        link(1, 1, 2).address(),
        Core.ALL_SPF_ROUTERS,
        net.now);
    assertEquals(1L, a.engine.dropped().get(DropReason.TTL_SECURITY));
  }

  /** A virtual link from 1 to 3 through area 1, in which router 2 lies between. */
  private static AreaNet virtualLink(int hops) {
    return new AreaNet(3)
        .link(1, 0, 4, 1, 10)
        .link(2, 1, 1, 2, 10)
        .link(3, 1, 2, 3, 10)
        .areasOf(1, linkTo(3, hops))
        .areasOf(3, linkTo(1, hops));
  }

  private static OspfAreaConfig linkTo(int router, int hops) {
    VirtualLinkConfig link =
        new VirtualLinkConfig(
            routerId(router), OspfInterfaceTimers.DEFAULT, OspfAuthentication.NONE, hops);
    return OspfAreaConfig.builder(AreaNet.area(1), AreaType.NORMAL)
        .virtualLinks(List.of(link))
        .build();
  }

  @Test
  void aVirtualLinkTakesPacketsThatHaveComeTheHopsThatItMay() {
    AreaNet link = virtualLink(2).converge();
    assertTrue(link.node(3).engine.virtualLinks().get(0).fullyAdjacent());
  }

  @Test
  void aVirtualLinkRefusesPacketsThatHaveComeFurther() {
    AreaNet link = virtualLink(1).converge();
    assertFalse(link.node(3).engine.virtualLinks().get(0).fullyAdjacent());
    assertTrue(link.node(3).engine.dropped().get(DropReason.TTL_SECURITY) > 2);
  }
}
