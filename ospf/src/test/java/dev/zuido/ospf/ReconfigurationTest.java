package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.packet.CryptographicKey.Algorithm;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An interface is changed while it runs; the adjacencies of the others stay as they are. */
final class ReconfigurationTest {
  private final SimulatedNet net = new SimulatedNet(41);
  private final Node left = net.add("left", OspfConfig.of(routerId(1), lan(1, 1), stub(2, 1)));
  private final Node middle =
      net.add("middle", OspfConfig.of(routerId(2), lan(1, 2), link(2, 1, 1)));
  private final Node right =
      net.add("right", OspfConfig.of(routerId(3), link(1, 1, 2), stub(2, 3)));

  ReconfigurationTest() {
    net.join(left, 1, middle, 1);
    net.join(middle, 2, right, 1);
    net.upAll();
    net.run(90 * SECOND);
    assertTrue(middle.isFullWith(left, right));
    net.nodes.forEach(node -> node.log.clear());
  }

  private List<OspfOutput.NeighborChanged> changesOn(Node node, int interfaceId) {
    return node.log(OspfOutput.NeighborChanged.class).stream()
        .filter(changed -> changed.interfaceId() == interfaceId)
        .toList();
  }

  private void change(Node node, OspfInterfaceConfig config) {
    net.command(node, new OspfCommand.Configure(config));
    net.run(120 * SECOND);
    assertEquals(List.of(), changesOn(middle, 2), "the other interface");
    assertEquals(List.of(), changesOn(right, 1), "the other interface's neighbor");
  }

  @Test
  void theCostLeavesTheAdjacencyAlone() {
    change(middle, lan(1, 2).withCost(55));
    assertEquals(List.of(), changesOn(middle, 1));
    assertEquals(65, middle.engine.routes().route(prefix("192.168.1.0/24")).cost());
  }

  @Test
  void thePriorityIsUsedByTheNextElection() {
    InterfaceState before = middle.engine.interfaces(net.now).get(0).state();
    assertEquals(InterfaceState.DR, before);
    change(middle, lan(1, 2).withPriority(0));
    assertEquals(InterfaceState.DR_OTHER, middle.engine.interfaces(net.now).get(0).state());
    assertEquals(InterfaceState.DR, left.engine.interfaces(net.now).get(0).state());
    assertTrue(middle.isFullWith(left));
    assertEquals(List.of(), changesOn(middle, 1), "both are adjacent still");
    assertNotNull(right.engine.routes().route(prefix("192.168.1.0/24")));
  }

  @Test
  void timersThatDifferEndTheConversationAndEqualOnesLetItBegin() {
    OspfInterfaceTimers slow = OspfInterfaceTimers.DEFAULT.withHello(30, 120);
    change(middle, lan(1, 2).withTimers(slow));
    assertFalse(middle.isFullWith(left));
    assertEquals(
        "hello interval 30 against 10",
        middle.engine.interfaces(net.now).get(0).explanations().get(0).mismatch().explain());
    change(left, lan(1, 1).withTimers(slow));
    assertTrue(net.runUntil(() -> middle.isFullWith(left), 200 * SECOND));
    assertEquals(List.of(), middle.engine.interfaces(net.now).get(0).explanations());
  }

  @Test
  void timersChangedAtBothEndsWithinADeadIntervalKeepTheAdjacency() {
    OspfInterfaceTimers fast = OspfInterfaceTimers.DEFAULT.withHello(5, 20);
    net.command(middle, new OspfCommand.Configure(lan(1, 2).withTimers(fast)));
    change(left, lan(1, 1).withTimers(fast));
    assertEquals(List.of(), changesOn(middle, 1));
    assertEquals(List.of(), changesOn(left, 1));
  }

  @Test
  void authenticationChangedAtBothEndsWithinADeadIntervalKeepsTheAdjacency() {
    OspfAuthentication key =
        new OspfAuthentication.Cryptographic(1, Algorithm.HMAC_SHA_256, ByteString.of((byte) 7));
    net.command(middle, new OspfCommand.Configure(lan(1, 2).withAuthentication(key)));
    net.run(15 * SECOND);
    change(left, lan(1, 1).withAuthentication(key));
    assertEquals(List.of(), changesOn(middle, 1));
    assertTrue(middle.isFullWith(left) && left.isFullWith(middle));
  }

  @Test
  void passivenessEndsTheConversationAndKeepsTheNetwork() {
    change(middle, lan(1, 2).withPassive(true));
    assertEquals(NeighborState.DOWN, middle.stateOf(routerId(1)));
    assertNotNull(right.engine.routes().route(prefix("10.0.0.0/24")));
    assertEquals(null, right.engine.routes().route(prefix("192.168.1.0/24")));
    change(middle, lan(1, 2));
    assertTrue(middle.isFullWith(left));
  }

  @Test
  void theNetworkTypeBeginsTheInterfaceAnew() {
    OspfInterfaceConfig pointToPoint = lan(1, 2).withType(NetworkType.POINT_TO_POINT);
    net.command(left, new OspfCommand.Configure(lan(1, 1).withType(NetworkType.POINT_TO_POINT)));
    change(middle, pointToPoint);
    assertEquals(InterfaceState.POINT_TO_POINT, middle.engine.interfaces(net.now).get(0).state());
    assertTrue(middle.isFullWith(left) && left.isFullWith(middle));
    assertEquals(0, middle.engine.database().area(Configs.BACKBONE).entriesOfType(2).size());
  }

  @Test
  void theAddressBeginsTheInterfaceAnew() {
    change(middle, lan(1, 2).withAddress(Ipv4Address.of(10, 0, 0, 77), 24));
    assertFalse(middle.engine.neighbors(net.now).isEmpty());
  }

  @Test
  void anInterfaceIsRemovedAndAdded() {
    net.command(middle, new OspfCommand.Remove(1));
    net.run(120 * SECOND);
    assertEquals(List.of(), changesOn(middle, 2));
    assertEquals(null, right.engine.routes().route(prefix("10.0.0.0/24")));
    net.command(middle, new OspfCommand.Configure(lan(1, 2)));
    net.command(middle, new OspfCommand.InterfaceUp(1));
    assertTrue(net.runUntil(() -> middle.isFullWith(left), 120 * SECOND));
    assertEquals(List.of(), changesOn(middle, 2));
  }

  @Test
  void demandCircuitsAreRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> link(1, 1, 1).toBuilder().demandCircuit(true).build());
    assertTrue(refused.getMessage().contains("RFC 1793"));
  }
}
