package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.ip;
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
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator does to a running process, and what the process tells of itself. */
final class OperationsTest {
  private static final Ipv4Address AREA_1 = Ipv4Address.of(0, 0, 0, 1);
  private final SimulatedNet net = new SimulatedNet(21);
  private final Node one = net.add("r1", OspfConfig.of(routerId(1), link(1, 1, 1), stub(3, 1)));
  private final Node two =
      net.add("r2", OspfConfig.of(routerId(2), link(1, 1, 2), inner(2, 1), stub(3, 2)));
  private final Node three = net.add("r3", OspfConfig.of(routerId(3), inner(1, 2)));
  private final Segment left = net.join(one, 1, two, 1);

  OperationsTest() {
    net.join(two, 2, three, 1);
    net.upAll();
    net.run(30 * SECOND);
    net.command(
        two,
        new OspfCommand.AnnounceExternal(
            new ExternalDestination(
                prefix("172.20.0.0/16"), 20, true, Ipv4Address.UNSPECIFIED, 0)));
    net.run(30 * SECOND);
    net.nodes.forEach(node -> node.log.clear());
  }

  private static OspfInterfaceConfig inner(int id, int n) {
    return OspfInterfaceConfig.pointToPoint(id, "inner", Ipv4Address.of(10, 2, 0, n), 30, AREA_1);
  }

  private static NeighborCause lastCause(Node node) {
    List<AdjacencyLogEntry> log = node.engine.adjacencyLog();
    return log.get(log.size() - 1).change().cause();
  }

  @Test
  void clearProcessBeginsAnewWithTheSameConfiguration() {
    final int sequence = Configs.routerLsa(one.engine, routerId(2)).lsa().header().sequence();
    net.command(two, new OspfCommand.ClearProcess());
    assertEquals(List.of(), two.engine.neighbors(net.now));
    assertEquals(0, two.engine.process(net.now).database().lsas(), "at most its own are there");
    assertEquals(NeighborCause.CLEARED, lastCause(two));
    net.run(60 * SECOND);
    assertTrue(two.isFullWith(one, three));
    assertTrue(Configs.routerLsa(one.engine, routerId(2)).lsa().header().sequence() > sequence);
    assertNotNull(one.engine.routes().route(prefix("172.20.0.0/16")), "still announced");
    assertEquals(Configs.contents(one.engine, net.now), Configs.contents(two.engine, net.now));
    assertEquals(two.engine.database().asWide().size(), one.engine.database().asWide().size());
    assertEquals(List.of(), two.log(OspfOutput.Mismatched.class));
  }

  @Test
  void clearProcessWhileNothingIsThereDoesNoHarm() {
    Node alone = net.add("r9", OspfConfig.of(routerId(9), link(1, 9, 1)));
    net.command(alone, new OspfCommand.ClearProcess());
    net.up(alone);
    net.command(alone, new OspfCommand.ClearProcess());
    net.run(10 * SECOND);
    assertEquals(InterfaceState.POINT_TO_POINT, alone.engine.interfaces(net.now).get(0).state());
  }

  @Test
  void clearNeighborsEndsThoseOfOneInterface() {
    net.command(two, new OspfCommand.ClearNeighbors(1));
    assertEquals(NeighborCause.CLEARED, lastCause(two));
    assertTrue(two.isFullWith(three));
    net.run(30 * SECOND);
    assertTrue(two.isFullWith(one, three));
  }

  @Test
  void shutdownFlushesTheLsasOfAllAreasAndOfTheAs() {
    net.command(two, new OspfCommand.Shutdown());
    net.run(12 * SECOND);
    assertEquals(1, two.log(OspfOutput.ShutdownComplete.class).size());
    assertNull(one.engine.database().area(Configs.BACKBONE).routerLsa(routerId(2)));
    assertNull(three.engine.database().area(AREA_1).routerLsa(routerId(2)));
    for (Node node : List.of(one, three)) {
      assertEquals(0, node.engine.database().asWide().size(), node.name);
      for (Ipv4Address area : node.engine.database().areaIds()) {
        assertEquals(
            0, node.engine.database().area(area).entriesOfType(LsaType.SUMMARY_NETWORK).size());
      }
    }
    assertEquals(NeighborCause.SHUTDOWN, lastCause(two));
  }

  @Test
  void causesOfAdjacencyChanges() {
    left.cut = true;
    net.run(41 * SECOND);
    assertEquals(NeighborCause.DEAD_TIMER, lastCause(one));
    left.cut = false;
    net.run(30 * SECOND);
    left.deaf = 0;
    net.run(55 * SECOND);
    assertEquals(NeighborCause.ONE_WAY, lastCause(two));
    left.deaf = -1;
    net.run(30 * SECOND);
    net.command(one, new OspfCommand.InterfaceDown(1));
    assertEquals(NeighborCause.INTERFACE_DOWN, lastCause(one));
    net.command(one, new OspfCommand.InterfaceUp(1));
    net.run(30 * SECOND);
    net.command(one, new OspfCommand.Configure(link(1, 1, 1).withAddress(ip("10.1.1.1"), 29)));
    assertEquals(NeighborCause.RECONFIGURED, lastCause(one));
    net.run(30 * SECOND);
    net.command(one, new OspfCommand.Remove(1));
    assertEquals(NeighborCause.INTERFACE_REMOVED, lastCause(one));
  }

  @Test
  void anotherRouterIdAtTheSameAddressIsACauseOfItsOwn() {
    Node here = net.add("h", OspfConfig.of(routerId(5), Configs.lan(1, 5)));
    Node there = net.add("t", OspfConfig.of(routerId(6), Configs.lan(1, 6)));
    net.join(here, 1, there, 1);
    net.up(here);
    net.up(there);
    net.run(90 * SECOND);
    net.restart(there, OspfConfig.of(routerId(7), Configs.lan(1, 6)));
    net.run(2 * SECOND);
    List<NeighborCause> causes =
        here.engine.adjacencyLog().stream().map(entry -> entry.change().cause()).toList();
    assertTrue(causes.contains(NeighborCause.IDENTITY_CHANGED), causes::toString);
  }

  @Test
  void theAdjacencyLogIsBounded() {
    Node small =
        net.add(
            "r8",
            OspfConfig.builder(routerId(8))
                .interfaces(List.of(link(1, 8, 1)))
                .limits(new OspfLimits(4, 100, 4, 4, 75, 3))
                .build());
    Node other = net.add("r7", OspfConfig.of(routerId(7), link(1, 8, 2)));
    net.join(small, 1, other, 1);
    net.up(small);
    net.up(other);
    net.run(30 * SECOND);
    assertEquals(3, small.engine.adjacencyLog().size());
    assertTrue(small.engine.adjacencyChanges() > 3);
    assertEquals(NeighborState.FULL, small.engine.adjacencyLog().get(2).change().to());
    assertTrue(small.engine.process(net.now).spf().log().size() <= 3);
  }

  @Test
  void theLogOfRouteCalculationsNamesTheLsaAndTheArea() {
    net.command(one, new OspfCommand.Configure(stub(3, 1).withCost(77)));
    net.run(20 * SECOND);
    SpfSnapshot spf = two.engine.process(net.now).spf();
    SpfRun last = spf.log().get(spf.log().size() - 1);
    assertEquals(
        "router-LSA 1.1.1.1 of 1.1.1.1 changed in area 0.0.0.0", last.causes().get(0).explain());
    assertEquals(1, last.changedRoutes());
    assertEquals(spf.routes(), last.routes());
    assertEquals(0, last.treesGrown(), "the cost of a stub network leaves the tree as it is");
    assertTrue(spf.treesGrown() > 0);
    assertTrue(spf.calculations() >= spf.log().size());
    assertTrue(last.delayNanos() <= 5 * SECOND);
  }

  @Test
  void theProcessAndItsAreas() {
    ProcessSnapshot process = two.engine.process(net.now);
    assertEquals(routerId(2), process.routerId());
    assertTrue(process.areaBorderRouter());
    assertTrue(process.asBoundaryRouter());
    assertEquals(2, process.fullNeighbors());
    assertEquals(
        List.of(LsaType.AS_EXTERNAL), process.asWideLsas().stream().map(LsaTotal::type).toList());
    AreaSnapshot backbone = process.areas().get(0);
    assertEquals(Configs.BACKBONE, backbone.areaId());
    assertEquals(2, backbone.interfaces());
    assertEquals(2, backbone.activeInterfaces());
    assertEquals(1, backbone.fullNeighbors());
    AreaSnapshot same = one.engine.process(net.now).areas().get(0);
    assertEquals(backbone.checksumSum(), same.checksumSum(), "equal databases");
    assertEquals(backbone.lsaCount(), same.lsaCount());
    assertEquals(1, same.areaBorderRouters());
    assertEquals(1, same.asBoundaryRouters());
    assertEquals(DatabaseLevel.NORMAL, process.database().level());
    assertEquals(RestartState.NONE, process.restart().state());
  }

  @Test
  void aNeighborInDetail() {
    NeighborSnapshot neighbor = two.engine.neighbors(net.now).get(0);
    assertEquals(Configs.BACKBONE, neighbor.areaId());
    assertEquals("E", neighbor.helloOptions().toString());
    assertEquals("O|E", neighbor.descriptionOptions().toString());
    assertTrue(neighbor.inStateNanos() > 30 * SECOND);
    assertEquals(0, neighbor.retransmittedLsas());
    assertNull(neighbor.helper());
    left.cut = true;
    net.command(two, new OspfCommand.Configure(stub(3, 2).withCost(9)));
    net.run(6 * SECOND);
    assertEquals(1, two.engine.neighbors(net.now).get(0).retransmittedLsas());
    assertEquals(1, two.engine.interfaces(net.now).get(0).unacknowledgedLsas());
  }
}
