package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.BACKBONE;
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
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.SimulatedNet.Sent;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** NBMA networks: RFC 2328 sections 9.3, 9.4 and 9.5.1. */
final class Section9NbmaTest {
  private final SimulatedNet net = new SimulatedNet(17);
  private final Segment cloud = net.segment();

  Section9NbmaTest() {
    cloud.multicast = false;
  }

  private static Ipv4Address address(int n) {
    return Ipv4Address.of(10, 0, 0, n);
  }

  private static StaticNeighbor neighbor(int n, int priority) {
    return new StaticNeighbor(address(n), priority, 60, 0);
  }

  private static OspfInterfaceConfig nbma(int n, int priority, StaticNeighbor... neighbors) {
    return OspfInterfaceConfig.builder(1, "frame" + n)
        .address(address(n), 24)
        .type(NetworkType.NBMA)
        .priority(priority)
        .staticNeighbors(List.of(neighbors))
        .build();
  }

  private Node router(int n, int priority, StaticNeighbor... neighbors) {
    Node node =
        net.add("r" + n, OspfConfig.of(routerId(n), nbma(n, priority, neighbors), stub(2, n)));
    net.attach(cloud, node, 1);
    return node;
  }

  private InterfaceState stateOf(Node node) {
    return node.engine.interfaces(net.now).get(0).state();
  }

  private List<Long> hellos(String from, int to) {
    List<Long> times = new ArrayList<>();
    for (Sent sent : cloud.sent) {
      if (sent.packet()[1] == 1
          && sent.from().equals(from)
          && sent.destination().equals(address(to))
          && !times.contains(sent.time() / SECOND)) {
        times.add(sent.time() / SECOND);
      }
    }
    return times;
  }

  @Test
  void aDesignatedRouterIsElectedAndAllPacketsAreUnicast() {
    cloud.record = true;
    Node one = router(1, 1, neighbor(2, 1), neighbor(3, 0), neighbor(4, 0));
    Node two = router(2, 2, neighbor(1, 1), neighbor(3, 0), neighbor(4, 0));
    Node three = router(3, 0);
    Node four = router(4, 0);
    net.upAll();
    assertEquals(InterfaceState.WAITING, stateOf(one));
    assertEquals(InterfaceState.DR_OTHER, stateOf(three), "not eligible: not even Waiting");
    net.run(120 * SECOND);
    assertEquals(InterfaceState.DR, stateOf(two));
    assertEquals(InterfaceState.BACKUP, stateOf(one));
    assertTrue(three.isFullWith(one, two) && four.isFullWith(one, two) && one.isFullWith(two));
    assertEquals(
        NeighborState.DOWN, three.stateOf(routerId(4)), "they do not even call each other");
    assertEquals(
        prefix("192.168.4.0/24"), three.engine.routes().route(prefix("192.168.4.0/24")).prefix());
    assertEquals(
        address(4),
        three
            .engine
            .routes()
            .route(prefix("192.168.4.0/24"))
            .nextHops()
            .iterator()
            .next()
            .address());
    assertTrue(cloud.sent.stream().noneMatch(sent -> sent.destination().isMulticast()));
    String first = Configs.contents(one.engine, net.now).toString();
    for (Node each : net.nodes) {
      assertEquals(first, Configs.contents(each.engine, net.now).toString());
    }
  }

  @Test
  void aChangeReachesAllByUnicastUpdates() {
    Node one = router(1, 1, neighbor(2, 1), neighbor(3, 0), neighbor(4, 0));
    router(2, 2, neighbor(1, 1), neighbor(3, 0), neighbor(4, 0));
    Node three = router(3, 0);
    Node four = router(4, 0);
    net.upAll();
    net.run(120 * SECOND);
    net.command(three, new OspfCommand.Configure(stub(2, 3).withCost(77)));
    net.run(2 * SECOND);
    assertEquals(87, four.engine.routes().route(prefix("192.168.3.0/24")).cost());
    assertEquals(87, one.engine.routes().route(prefix("192.168.3.0/24")).cost());
    net.run(600 * SECOND);
    assertEquals(0, four.engine.neighbors(net.now).get(0).retransmissions());
  }

  @Test
  void interfaceUpStartsTheEligibleNeighborsAndPollsThemWhenTheyStaySilent() {
    cloud.record = true;
    Node alone = router(1, 1, neighbor(2, 1), neighbor(3, 0));
    net.upAll();
    assertEquals(NeighborState.ATTEMPT, alone.engine.neighbors(net.now).get(0).state());
    assertEquals(NeighborState.DOWN, alone.engine.neighbors(net.now).get(1).state());
    net.run(300 * SECOND);
    assertEquals(InterfaceState.DR, stateOf(alone));
    assertEquals(NeighborState.DOWN, alone.engine.neighbors(net.now).get(0).state());
    // HelloInterval while Attempt lasts, from 1 s; then PollInterval from the time of Down, 41 s.
    assertEquals(List.of(1L, 11L, 21L, 31L, 101L, 161L, 221L, 281L), hellos("r1", 2));
    // Priority 0: called once the router has become Designated Router (section 9.4 step 6).
    assertEquals(List.of(41L, 51L, 61L, 71L, 141L, 201L, 261L), hellos("r1", 3));
    assertEquals(
        List.of(NeighborState.ATTEMPT, NeighborState.DOWN),
        alone.log(OspfOutput.NeighborChanged.class).stream()
            .filter(changed -> changed.address().equals(address(2)))
            .map(OspfOutput.NeighborChanged::to)
            .toList());
  }

  @Test
  void aNeighborThatWasDownIsFoundByPolling() {
    Node one = router(1, 1, neighbor(2, 0));
    Node two = router(2, 0);
    net.up(one);
    net.run(200 * SECOND);
    net.up(two);
    assertTrue(net.runUntil(() -> one.isFullWith(two) && two.isFullWith(one), 90 * SECOND));
  }

  @Test
  void anIneligibleRouterAnswersEligibleOnesAndCallsTheDesignatedRouterOnly() {
    cloud.record = true;
    router(1, 1, neighbor(2, 1), neighbor(3, 0));
    router(2, 2, neighbor(1, 1), neighbor(3, 0));
    router(3, 0);
    Node five = router(5, 1, neighbor(1, 1), neighbor(2, 1), neighbor(3, 0));
    net.up(net.nodes.get(0));
    net.up(net.nodes.get(1));
    net.up(net.nodes.get(2));
    assertEquals(List.of(), hellos("r3", 1), "it has nobody to call");
    net.run(120 * SECOND);
    cloud.sent.clear();
    net.run(60 * SECOND);
    assertEquals(6, hellos("r3", 1).size());
    assertEquals(6, hellos("r3", 2).size());
    // A router that is eligible but neither calls it: it is answered, Hello by Hello.
    net.up(five);
    net.run(120 * SECOND);
    assertEquals(InterfaceState.DR_OTHER, stateOf(five));
    assertEquals(List.of(), hellos("r5", 3), "five does not call those that cannot be elected");
    assertEquals(List.of(), hellos("r3", 5));
  }

  @Test
  void aHelloFromAnEligibleRouterIsAnsweredAtOnce() {
    cloud.record = true;
    Node one = router(1, 1, neighbor(3, 1));
    Node three = router(3, 0);
    net.upAll();
    net.run(SECOND / 2);
    assertEquals(List.of(1L), hellos("r3", 1), "the Designated Router is not known yet");
    assertEquals(NeighborState.TWO_WAY, one.stateOf(routerId(3)));
    assertEquals(NeighborState.INIT, three.stateOf(routerId(1)));
  }

  @Test
  void theBackupTakesOver() {
    Node one = router(1, 1, neighbor(2, 1), neighbor(3, 0));
    Node two = router(2, 2, neighbor(1, 1), neighbor(3, 0));
    Node three = router(3, 0);
    net.upAll();
    net.run(120 * SECOND);
    two.dead = true;
    net.run(90 * SECOND);
    assertEquals(InterfaceState.DR, stateOf(one));
    assertTrue(three.isFullWith(one) && one.isFullWith(three));
    net.restart(two, two.engine.config());
    net.run(180 * SECOND);
    assertEquals(InterfaceState.DR, stateOf(one));
    assertEquals(InterfaceState.BACKUP, stateOf(two));
    assertTrue(three.isFullWith(one, two));
  }

  @Test
  void neighborsAreAddedAndRemovedWhileItRuns() {
    Node one = router(1, 1);
    Node two = router(2, 0);
    Node three = router(3, 0);
    net.upAll();
    net.run(60 * SECOND);
    assertFalse(one.isFullWith(two));
    net.command(one, new OspfCommand.Configure(nbma(1, 1, neighbor(2, 1), neighbor(3, 1))));
    assertTrue(net.runUntil(() -> one.isFullWith(two, three), 60 * SECOND));
    one.log.clear();
    net.command(one, new OspfCommand.Configure(nbma(1, 1, neighbor(3, 1))));
    OspfOutput.NeighborChanged gone = one.log(OspfOutput.NeighborChanged.class).get(0);
    assertEquals(routerId(2), gone.routerId());
    assertEquals(NeighborCause.NEIGHBOR_REMOVED, gone.cause());
    assertTrue(one.isFullWith(three));
    assertEquals(1, one.log(OspfOutput.NeighborChanged.class).size());
  }

  @Test
  void aClearedConversationBeginsAgainAtOnce() {
    Node one = router(1, 1, neighbor(2, 1));
    Node two = router(2, 1, neighbor(1, 1));
    net.upAll();
    net.run(120 * SECOND);
    net.command(one, new OspfCommand.ClearNeighbors(1));
    assertEquals(NeighborState.ATTEMPT, one.engine.neighbors(net.now).get(0).state());
    assertTrue(net.runUntil(() -> one.isFullWith(two) && two.isFullWith(one), 30 * SECOND));
  }

  @Test
  void noNeighborIsCalledOverAnInterfaceThatIsLoopedBack() {
    cloud.record = true;
    Node one = router(1, 1, neighbor(2, 1));
    net.upAll();
    net.command(one, new OspfCommand.LoopIndication(1));
    cloud.sent.clear();
    net.command(one, new OspfCommand.Configure(nbma(1, 1, neighbor(2, 1), neighbor(3, 1))));
    net.run(300 * SECOND);
    assertEquals(List.of(), cloud.sent);
    assertEquals(List.of(), one.engine.neighbors(net.now));
  }

  @Test
  void aConfiguredNeighborMayComeBackWithAnotherRouterId() {
    Node one = router(1, 1, neighbor(2, 0));
    Node two = router(2, 0);
    net.upAll();
    net.run(120 * SECOND);
    assertTrue(one.isFullWith(two));
    net.restart(two, OspfConfig.of(routerId(9), nbma(2, 0), stub(2, 9)));
    assertTrue(net.runUntil(() -> one.isFullWith(two) && two.isFullWith(one), 60 * SECOND));
    assertEquals(1, one.engine.neighbors(net.now).size());
    net.run(60 * SECOND);
    assertNotNull(one.engine.routes().route(prefix("192.168.9.0/24")));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            nbma(1, 1).toBuilder()
                .type(NetworkType.BROADCAST)
                .staticNeighbors(List.of(neighbor(2, 1)))
                .build());
    assertThrows(IllegalArgumentException.class, () -> nbma(1, 1, neighbor(2, 1), neighbor(2, 0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> nbma(1, 1, StaticNeighbor.of(Ipv4Address.of(192, 0, 2, 1))));
    assertThrows(
        IllegalArgumentException.class, () -> nbma(1, 1, new StaticNeighbor(address(2), 0, 60, 5)));
    assertThrows(
        IllegalArgumentException.class,
        () -> OspfInterfaceConfig.builder(1, "x").areaId(BACKBONE).type(NetworkType.NBMA).build());
  }
}
