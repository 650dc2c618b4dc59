package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsdb.LsaEntry;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BroadcastTest {
  private final SimulatedNet net = new SimulatedNet(7);
  private final Segment segment = net.segment();

  private Node router(int n, int priority) {
    Node node =
        net.add("r" + n, OspfConfig.of(routerId(n), lan(1, n).withPriority(priority), stub(2, n)));
    net.attach(segment, node, 1);
    return node;
  }

  private InterfaceState stateOf(Node node) {
    return node.engine.interfaces(net.now).get(0).state();
  }

  private boolean databasesAgree() {
    List<Node> alive = net.nodes.stream().filter(node -> !node.dead).toList();
    List<String> first = Configs.contents(alive.get(0).engine, net.now);
    return alive.stream().allMatch(n -> Configs.contents(n.engine, net.now).equals(first));
  }

  @Test
  void fourRoutersElectTheTwoWithTheHighestIdsAndShareOneDatabase() {
    List<Node> nodes = List.of(router(1, 1), router(2, 1), router(3, 1), router(4, 1));
    net.upAll();
    net.run(90 * SECOND);
    assertEquals(
        List.of(
            InterfaceState.DR_OTHER,
            InterfaceState.DR_OTHER,
            InterfaceState.BACKUP,
            InterfaceState.DR),
        nodes.stream().map(this::stateOf).toList());
    assertTrue(databasesAgree());
    assertTrue(nodes.get(3).isFullWith(nodes.get(0), nodes.get(1), nodes.get(2)));
    assertTrue(nodes.get(2).isFullWith(nodes.get(0), nodes.get(1), nodes.get(3)));
    assertEquals(NeighborState.TWO_WAY, nodes.get(0).stateOf(routerId(2)));
    assertNotNull(nodes.get(0).engine.routes().route(prefix("192.168.2.0/24")));
    InterfaceSnapshot snapshot = nodes.get(0).engine.interfaces(net.now).get(0);
    assertEquals(routerId(4), snapshot.designatedRouterId());
    assertEquals(routerId(3), snapshot.backupDesignatedRouterId());
    assertEquals(3, snapshot.neighbors());
    assertEquals(2, snapshot.adjacentNeighbors());
  }

  @Test
  void theBackupTakesOverWhenTheDesignatedRouterDies() {
    Node one = router(1, 1);
    Node two = router(2, 1);
    Node three = router(3, 1);
    net.upAll();
    net.run(90 * SECOND);
    assertEquals(InterfaceState.DR, stateOf(three));
    three.dead = true;
    net.run(60 * SECOND);
    assertEquals(InterfaceState.DR, stateOf(two));
    assertEquals(InterfaceState.BACKUP, stateOf(one));
    assertTrue(one.isFullWith(two));
    assertNotNull(one.engine.routes().route(prefix("192.168.2.0/24")));
    assertEquals(null, one.engine.routes().route(prefix("192.168.3.0/24")));
    net.restart(three, three.engine.config());
    net.run(90 * SECOND);
    assertEquals(InterfaceState.DR, stateOf(two), "hysteresis: the new router does not take over");
    assertEquals(InterfaceState.BACKUP, stateOf(one));
    assertEquals(InterfaceState.DR_OTHER, stateOf(three));
    assertTrue(databasesAgree());
  }

  @Test
  void priorityZeroNeverBecomesDesignatedRouter() {
    Node low = router(1, 1);
    Node zero = router(9, 0);
    net.upAll();
    assertEquals(InterfaceState.DR_OTHER, stateOf(zero), "not even Waiting (section 9.3)");
    net.run(90 * SECOND);
    assertEquals(InterfaceState.DR, stateOf(low));
    assertEquals(InterfaceState.DR_OTHER, stateOf(zero));
    assertTrue(low.isFullWith(zero));
  }

  @Test
  void aLateRouterLeavesWaitingAsSoonAsItHearsOfABackup() {
    router(1, 1);
    router(2, 1);
    net.upAll();
    net.run(90 * SECOND);
    Node late = router(5, 255);
    net.up(late);
    assertEquals(InterfaceState.WAITING, stateOf(late));
    assertTrue(net.runUntil(() -> stateOf(late) == InterfaceState.DR_OTHER, 15 * SECOND));
    assertEquals(
        List.of(InterfaceEvent.INTERFACE_UP, InterfaceEvent.BACKUP_SEEN),
        late.log(OspfOutput.InterfaceChanged.class).stream()
            .filter(changed -> changed.interfaceId() == 1)
            .map(OspfOutput.InterfaceChanged::event)
            .toList());
  }

  @Test
  void aLoneRouterWaitsForRouterDeadIntervalAndElectsItself() {
    Node alone = router(1, 1);
    net.upAll();
    net.run(40 * SECOND - 1);
    assertEquals(InterfaceState.WAITING, stateOf(alone));
    net.run(SECOND);
    assertEquals(InterfaceState.DR, stateOf(alone));
    assertEquals(0, networkLsas(alone).size(), "no network-LSA without an adjacency (12.4.2)");
  }

  @Test
  void theDesignatedRouterFloodsToAllSpfRoutersTheOthersToAllDRouters() {
    router(1, 1);
    router(2, 1);
    Node three = router(3, 1);
    net.upAll();
    net.run(90 * SECOND);
    segment.record = true;
    net.command(net.nodes.get(0), new OspfCommand.Configure(stub(2, 1).withCost(77)));
    net.command(three, new OspfCommand.Configure(stub(2, 3).withCost(78)));
    net.run(5 * SECOND);
    List<SimulatedNet.Sent> updates =
        segment.sent.stream().filter(sent -> sent.packet()[1] == 4).toList();
    assertEquals(
        Core.ALL_D_ROUTERS,
        updates.stream()
            .filter(u -> u.from().equals("r1"))
            .findFirst()
            .orElseThrow()
            .destination());
    assertEquals(
        Core.ALL_SPF_ROUTERS,
        updates.stream()
            .filter(u -> u.from().equals("r3"))
            .findFirst()
            .orElseThrow()
            .destination());
    assertTrue(databasesAgree());
  }

  @Test
  void theNetworkLsaIsFlushedWhenTheDesignatedRouterGoesDownOrderly() {
    Node one = router(1, 1);
    Node two = router(2, 1);
    net.upAll();
    net.run(90 * SECOND);
    assertEquals(1, networkLsas(one).size());
    net.command(two, new OspfCommand.Shutdown());
    assertTrue(
        net.runUntil(() -> !two.log(OspfOutput.ShutdownComplete.class).isEmpty(), 11 * SECOND));
    assertEquals(0, networkLsas(one).size());
    assertEquals(1, one.engine.database().size(), "only its own router-LSA is left");
    assertEquals(
        LsaHeader.MAX_AGE,
        two.log(OspfOutput.LsaOriginated.class).stream()
            .reduce((x, y) -> y)
            .orElseThrow()
            .header()
            .age());
  }

  private static Collection<LsaEntry> networkLsas(Node node) {
    return node.engine.database().area(Configs.BACKBONE).entriesOfType(LsaType.NETWORK);
  }
}
