package dev.zuido.ospf;

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
import dev.zuido.ospf.SimulatedNet.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PointToPointTest {
  private final SimulatedNet net = new SimulatedNet(1);
  private final Node a = net.add("a", OspfConfig.of(routerId(1), link(1, 1, 1), stub(2, 1)));
  private final Node b = net.add("b", OspfConfig.of(routerId(2), link(1, 1, 2), stub(2, 2)));
  private final Segment wire = net.join(a, 1, b, 1);

  @Test
  void twoRoutersBecomeFullAndLearnEachOthersNetworks() {
    net.upAll();
    assertTrue(net.runUntil(() -> a.isFullWith(b) && b.isFullWith(a), 11 * SECOND));
    net.run(10 * SECOND);
    assertEquals(Configs.contents(a.engine, net.now), Configs.contents(b.engine, net.now));
    assertNotNull(a.engine.routes().route(prefix("192.168.2.0/24")));
    assertNotNull(b.engine.routes().route(prefix("192.168.1.0/24")));
    assertEquals(20, a.engine.routes().route(prefix("192.168.2.0/24")).cost());
  }

  @Test
  void theAdjacencyPassesThroughAllStates() {
    net.upAll();
    net.run(11 * SECOND);
    assertEquals(
        List.of(
            NeighborState.INIT,
            NeighborState.EX_START,
            NeighborState.EXCHANGE,
            NeighborState.LOADING,
            NeighborState.FULL),
        a.log(OspfOutput.NeighborChanged.class).stream()
            .map(OspfOutput.NeighborChanged::to)
            .toList());
    assertEquals(
        NeighborCause.LOADING_DONE, a.log(OspfOutput.NeighborChanged.class).get(4).cause());
  }

  @Test
  void allPacketsOnThePointToPointLinkGoToAllSpfRouters() {
    wire.record = true;
    net.upAll();
    net.run(60 * SECOND);
    assertTrue(wire.sent.size() > 12);
    assertTrue(
        wire.sent.stream().allMatch(sent -> sent.destination().equals(Core.ALL_SPF_ROUTERS)));
  }

  @Test
  void aSilentNeighborDiesAfterRouterDeadIntervalAndItsRoutesGo() {
    net.upAll();
    net.run(30 * SECOND);
    wire.cut = true;
    assertTrue(net.runUntil(() -> !a.isFullWith(b), 41 * SECOND));
    net.run(6 * SECOND);
    assertNull(a.engine.routes().route(prefix("192.168.2.0/24")));
    OspfOutput.NeighborChanged last =
        a.log(OspfOutput.NeighborChanged.class).stream().reduce((x, y) -> y).orElseThrow();
    assertEquals(NeighborState.DOWN, last.to());
    assertEquals("Neighbor Down: Dead timer expired", last.cause().words());
    wire.cut = false;
    assertTrue(net.runUntil(() -> a.isFullWith(b) && b.isFullWith(a), 30 * SECOND));
  }

  @Test
  void noPacketIsDroppedInAQuietNetwork() {
    net.upAll();
    net.run(7200 * SECOND);
    for (Node node : net.nodes) {
      // A delayed acknowledgment may name the instance before the one just flooded (13.7).
      assertEquals(
          List.of(),
          node.log(OspfOutput.Dropped.class).stream()
              .filter(dropped -> dropped.reason() != DropReason.QUESTIONABLE_ACK)
              .toList());
    }
    assertTrue(a.isFullWith(b));
  }

  @Test
  void interfaceDownEndsTheConversationAtOnce() {
    net.upAll();
    net.run(30 * SECOND);
    net.command(a, new OspfCommand.InterfaceDown(1));
    assertEquals(List.of(), a.engine.neighbors(net.now));
    net.command(a, new OspfCommand.InterfaceUp(1));
    assertTrue(net.runUntil(() -> a.isFullWith(b) && b.isFullWith(a), 30 * SECOND));
  }

  @Test
  void theAddressOfTheNeighborMayBeOnAnotherSubnet() {
    SimulatedNet other = new SimulatedNet(2);
    Node one = other.add("1", OspfConfig.of(routerId(1), link(1, 1, 1)));
    Node two = other.add("2", OspfConfig.of(routerId(2), link(1, 9, 2), stub(2, 2)));
    other.join(one, 1, two, 1);
    other.upAll();
    assertTrue(other.runUntil(() -> one.isFullWith(two) && two.isFullWith(one), 30 * SECOND));
    other.run(10 * SECOND);
    assertNotNull(one.engine.routes().route(prefix("192.168.2.0/24")));
  }

  @Test
  void aNeighborWithANewRouterIdReplacesTheOldOneAtOnce() {
    net.upAll();
    net.run(30 * SECOND);
    a.log.clear();
    net.restart(b, OspfConfig.of(routerId(7), link(1, 1, 2), stub(2, 2)));
    assertTrue(net.runUntil(() -> a.isFullWith(b) && b.isFullWith(a), 15 * SECOND));
    OspfOutput.NeighborChanged first = a.log(OspfOutput.NeighborChanged.class).get(0);
    assertEquals(routerId(2), first.routerId());
    assertEquals(NeighborCause.IDENTITY_CHANGED, first.cause());
    assertEquals(1, a.engine.neighbors(net.now).size());
  }

  @Test
  void aFurtherRouterOnTheLinkIsRefusedAndExplained() {
    net.upAll();
    net.run(30 * SECOND);
    Node third = net.add("third", OspfConfig.of(routerId(3), link(1, 1, 3)));
    net.attach(wire, third, 1);
    net.up(third);
    net.run(60 * SECOND);
    assertTrue(a.isFullWith(b) && b.isFullWith(a));
    assertEquals(1, a.engine.neighbors(net.now).size());
    assertEquals(
        "router 3.3.3.3 is heard on the point-to-point link with router 2.2.2.2",
        a.log(OspfOutput.Mismatched.class).get(0).mismatch().explain());
    assertEquals(1, a.log(OspfOutput.Mismatched.class).size(), "once");
    // When the neighbor is gone, the other one takes its place.
    b.dead = true;
    assertTrue(net.runUntil(() -> a.isFullWith(third) && third.isFullWith(a), 90 * SECOND));
  }

  @Test
  void aRouterThatDoesNotHearThisOneDoesNotKeepOthersAway() {
    SimulatedNet other = new SimulatedNet(3);
    Node one = other.add("1", OspfConfig.of(routerId(1), link(1, 1, 1)));
    Node deaf = other.add("deaf", OspfConfig.of(routerId(2), link(1, 1, 2)));
    Node three = other.add("3", OspfConfig.of(routerId(3), link(1, 1, 3)));
    Segment line = other.join(one, 1, deaf, 1);
    other.attach(line, three, 1);
    line.hears = (from, to) -> to.node() != deaf && (from.node() != deaf || to.node() == one);
    other.upAll();
    assertTrue(other.runUntil(() -> one.isFullWith(three) && three.isFullWith(one), 60 * SECOND));
    other.run(120 * SECOND);
    assertTrue(one.isFullWith(three) && three.isFullWith(one));
  }

  @Test
  void equalRouterIdsAtBothEndsAreExplained() {
    SimulatedNet other = new SimulatedNet(4);
    Node one = other.add("1", OspfConfig.of(routerId(1), link(1, 1, 1)));
    Node same = other.add("same", OspfConfig.of(routerId(1), link(1, 1, 2)));
    other.join(one, 1, same, 1);
    other.upAll();
    other.run(60 * SECOND);
    assertEquals(List.of(), one.engine.neighbors(other.now));
    assertEquals(
        List.of("duplicate router ID 1.1.1.1"),
        one.engine.interfaces(other.now).get(0).explanations().stream()
            .map(explanation -> explanation.mismatch().explain())
            .toList());
  }
}
