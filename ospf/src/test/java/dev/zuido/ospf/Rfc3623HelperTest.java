package dev.zuido.ospf;

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
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.opaque.GraceLsa;
import dev.zuido.wire.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3623 section 3: what a helper does, and when it stops. */
final class Rfc3623HelperTest {
  private static final int FIRST = LsaHeader.INITIAL_SEQUENCE;
  private final SimulatedNet net = new SimulatedNet(12);

  static OspfConfig config(int n, OspfInterfaceConfig... interfaces) {
    return config(n, new GracefulRestartConfig(true, 120, true, true, 1_800), interfaces);
  }

  static OspfConfig config(
      int n, GracefulRestartConfig graceful, OspfInterfaceConfig... interfaces) {
    return OspfConfig.builder(routerId(n))
        .interfaces(List.of(interfaces))
        .gracefulRestart(graceful)
        .build();
  }

  /** The restarting router stops to speak once its grace-LSAs are acknowledged. */
  static RestartRecord stop(SimulatedNet net, Node node) {
    net.command(node, new OspfCommand.PrepareGracefulRestart(RestartReason.SOFTWARE_RESTART));
    assertTrue(
        net.runUntil(() -> !node.log(OspfOutput.RestartPrepared.class).isEmpty(), 30 * SECOND));
    List<OspfOutput.RestartPrepared> prepared = node.log(OspfOutput.RestartPrepared.class);
    node.dead = true;
    node.log.clear();
    return prepared.get(prepared.size() - 1).record();
  }

  private static List<HelperExit> exits(Node node) {
    return node.log(OspfOutput.HelperChanged.class).stream()
        .map(OspfOutput.HelperChanged::exit)
        .filter(exit -> exit != null)
        .toList();
  }

  private static List<HelperRefusal> refusals(Node node) {
    return node.log(OspfOutput.HelperRefused.class).stream()
        .map(OspfOutput.HelperRefused::refusal)
        .toList();
  }

  /** 1, which helps, 2, which restarts and has the network 192.168.2.0/24, and 3 behind 1. */
  private List<Node> row(GracefulRestartConfig ofOne) {
    Node one = net.add("r1", config(1, ofOne, link(1, 1, 1), link(2, 2, 1)));
    Node two = net.add("r2", config(2, link(1, 1, 2), stub(3, 2)));
    Node three = net.add("r3", config(3, link(1, 2, 2), stub(3, 3)));
    net.join(one, 1, two, 1);
    net.join(one, 2, three, 1);
    net.upAll();
    net.run(60 * SECOND);
    assertTrue(one.isFullWith(two, three));
    net.nodes.forEach(node -> node.log.clear());
    return List.of(one, two, three);
  }

  private List<Node> row() {
    return row(new GracefulRestartConfig(false, 120, true, true, 1_800));
  }

  @Test
  void section3TheHelpersLsasListTheAdjacencyWhateverItsState() {
    List<Node> nodes = row();
    Node one = nodes.get(0);
    Node two = nodes.get(1);
    int sequence = Configs.routerLsa(one.engine, routerId(1)).lsa().header().sequence();
    RestartRecord record = stop(net, two);
    long stopped = net.now;
    assertEquals(
        new HelperSnapshot(RestartReason.SOFTWARE_RESTART, 0, false),
        withoutTime(one.engine.neighbors(net.now).get(0).helper()));
    assertEquals(1, one.engine.process(net.now).helpedNeighbors());
    net.run(80 * SECOND);
    assertTrue(one.isFullWith(two), "RouterDeadInterval is over, and the conversation stands");
    net.restartGracefully(two, record, net.now - stopped);
    net.run(30 * SECOND);
    assertTrue(one.isFullWith(two) && two.isFullWith(one));
    assertEquals(
        List.of(RestartExit.COMPLETED),
        two.log(OspfOutput.RestartEnded.class).stream()
            .map(OspfOutput.RestartEnded::exit)
            .toList());
    assertEquals(List.of(HelperExit.COMPLETED), exits(one));
    assertEquals(sequence, Configs.routerLsa(one.engine, routerId(1)).lsa().header().sequence());
    for (Node node : List.of(one, nodes.get(2))) {
      assertEquals(List.of(), node.log(OspfOutput.RoutesChanged.class), "nobody was rerouted");
      assertNotNull(node.engine.routes().route(prefix("192.168.2.0/24")));
    }
  }

  private static HelperSnapshot withoutTime(HelperSnapshot snapshot) {
    return new HelperSnapshot(snapshot.reason(), 0, snapshot.wasDesignatedRouter());
  }

  @Test
  void section3Dot2Case2TheGracePeriodExpires() {
    List<Node> nodes = row();
    stop(net, nodes.get(1));
    net.run(115 * SECOND);
    assertNotNull(nodes.get(2).engine.routes().route(prefix("192.168.2.0/24")));
    net.run(20 * SECOND);
    assertEquals(List.of(HelperExit.EXPIRED), exits(nodes.get(0)));
    assertNull(nodes.get(2).engine.routes().route(prefix("192.168.2.0/24")));
    assertEquals(NeighborState.DOWN, nodes.get(0).stateOf(routerId(2)));
    List<AdjacencyLogEntry> log = nodes.get(0).engine.adjacencyLog();
    assertEquals(NeighborCause.RESTART_FAILED, log.get(log.size() - 1).change().cause());
  }

  @Test
  void section3Dot2Case3ATopologyChangeEndsIt() {
    List<Node> nodes = row();
    stop(net, nodes.get(1));
    net.run(50 * SECOND);
    net.command(nodes.get(2), new OspfCommand.Configure(stub(3, 3).withCost(77)));
    net.run(10 * SECOND);
    assertEquals(List.of(HelperExit.TOPOLOGY_CHANGED), exits(nodes.get(0)));
    assertNull(nodes.get(2).engine.routes().route(prefix("192.168.2.0/24")));
  }

  @Test
  void section3Dot2Case3APeriodicRefreshDoesNot() {
    List<Node> nodes = row();
    net.run(1_700 * SECOND);
    stop(net, nodes.get(1));
    net.run(110 * SECOND);
    assertEquals(List.of(), exits(nodes.get(0)));
    assertNotNull(nodes.get(2).engine.routes().route(prefix("192.168.2.0/24")));
  }

  @Test
  void appendixB2WithoutStrictLsaCheckingAChangeDoesNot() {
    List<Node> nodes = row(new GracefulRestartConfig(false, 120, true, false, 1_800));
    stop(net, nodes.get(1));
    net.command(nodes.get(2), new OspfCommand.Configure(stub(3, 3).withCost(77)));
    net.run(60 * SECOND);
    assertEquals(List.of(), exits(nodes.get(0)));
  }

  @Test
  void section3Dot1Check4HelpIsSwitchedOff() {
    List<Node> nodes = row(new GracefulRestartConfig(false, 120, false, true, 1_800));
    stop(net, nodes.get(1));
    assertEquals(List.of(HelperRefusal.DISABLED), refusals(nodes.get(0)));
    net.run(45 * SECOND);
    assertEquals(NeighborState.DOWN, nodes.get(0).stateOf(routerId(2)));
  }

  @Test
  void section3Dot1Check4OnlyPlannedRestartsAreHelped() {
    List<Node> nodes = row(new GracefulRestartConfig(false, 120, true, true, 1_800, false));
    nodes.get(1).dead = true;
    net.restartGracefully(nodes.get(1), RestartRecord.unplanned(RestartReason.UNKNOWN, 60), 0);
    net.run(2 * SECOND);
    assertEquals(HelperRefusal.UNPLANNED, refusals(nodes.get(0)).get(0));
    net.run(60 * SECOND);
    assertTrue(nodes.get(0).isFullWith(nodes.get(1)));
    nodes.get(0).log.clear();
    stop(net, nodes.get(1));
    assertEquals(List.of(), refusals(nodes.get(0)));
    assertEquals(1, nodes.get(0).engine.process(net.now).helpedNeighbors());
  }

  @Test
  void section3Dot1Check4ThePeriodIsLongerThanThePolicyAllows() {
    List<Node> nodes = row(new GracefulRestartConfig(false, 120, true, true, 119));
    stop(net, nodes.get(1));
    assertEquals(List.of(HelperRefusal.PERIOD_TOO_LONG), refusals(nodes.get(0)));
  }

  @Test
  void section3TheDesignatedRouterIsKept() {
    Segment segment = net.segment();
    for (int n = 1; n <= 4; n++) {
      Node node = net.add("r" + n, config(n, lan(1, n), stub(2, n)));
      net.attach(segment, node, 1);
    }
    net.upAll();
    net.run(90 * SECOND);
    Node dr = net.nodes.get(3);
    net.nodes.forEach(node -> node.log.clear());
    final RestartRecord record = stop(net, dr);
    final long stopped = net.now;
    net.run(60 * SECOND);
    for (Node node : net.nodes.subList(0, 3)) {
      InterfaceSnapshot on = node.engine.interfaces(net.now).get(0);
      assertEquals(dr.engine.interfaceConfig(1).address(), on.designatedRouter());
      assertEquals(1, on.helpedNeighbors());
      assertNotNull(node.engine.routes().route(prefix("192.168.4.0/24")));
    }
    net.restartGracefully(dr, record, net.now - stopped);
    net.run(60 * SECOND);
    assertEquals(InterfaceState.DR, dr.engine.interfaces(net.now).get(0).state());
    assertEquals(RestartExit.COMPLETED, dr.engine.process(net.now).restart().lastExit());
    for (Node node : net.nodes.subList(0, 3)) {
      assertEquals(List.of(HelperExit.COMPLETED), exits(node), node.name);
      assertEquals(List.of(), node.log(OspfOutput.RoutesChanged.class), node.name);
      assertEquals(List.of(), node.log(OspfOutput.InterfaceChanged.class), node.name);
    }
  }

  @Test
  void section3Dot1SeveralNeighborsRestartAtOnce() {
    Node one = net.add("r1", config(1, link(1, 1, 1), link(2, 2, 1)));
    Node two = net.add("r2", config(2, link(1, 1, 2), stub(3, 2)));
    Node three = net.add("r3", config(3, link(1, 2, 2), stub(3, 3)));
    net.join(one, 1, two, 1);
    net.join(one, 2, three, 1);
    net.upAll();
    net.run(60 * SECOND);
    net.nodes.forEach(node -> node.log.clear());
    final RestartRecord ofTwo = stop(net, two);
    final RestartRecord ofThree = stop(net, three);
    net.run(50 * SECOND);
    assertEquals(2, one.engine.process(net.now).helpedNeighbors());
    net.restartGracefully(two, ofTwo, 50 * SECOND);
    net.restartGracefully(three, ofThree, 50 * SECOND);
    net.run(60 * SECOND);
    assertEquals(List.of(HelperExit.COMPLETED, HelperExit.COMPLETED), exits(one));
    assertEquals(List.of(), one.log(OspfOutput.RoutesChanged.class));
  }

  @Test
  void theInterfaceGoesDown() {
    List<Node> nodes = row();
    stop(net, nodes.get(1));
    net.command(nodes.get(0), new OspfCommand.InterfaceDown(1));
    net.run(10 * SECOND);
    assertEquals(List.of(HelperExit.NEIGHBOR_LOST), exits(nodes.get(0)));
    assertNull(nodes.get(2).engine.routes().route(prefix("192.168.2.0/24")));
  }

  @Test
  void section3Dot1Check5ARestartingRouterDoesNotHelp() {
    Node one = net.add("r1", config(1, link(1, 1, 1), link(2, 2, 1)));
    Node two = net.add("r2", config(2, link(1, 1, 2)));
    Node three = net.add("r3", config(3, link(1, 2, 2)));
    net.join(one, 1, two, 1);
    Segment missing = net.join(one, 2, three, 1);
    net.upAll();
    net.run(60 * SECOND);
    RestartRecord record = stop(net, one);
    missing.cut = true;
    net.restartGracefully(one, record, 0);
    net.run(30 * SECOND);
    assertTrue(one.isFullWith(two));
    stop(net, two);
    assertEquals(RestartState.RESTARTING, one.engine.process(net.now).restart().state());
    assertEquals(List.of(HelperRefusal.RESTARTING), refusals(one));
  }

  /** A peer whose grace-LSA is in the sender's hands. */
  private static ScriptedPeer opaquePeer() {
    ScriptedPeer peer =
        ScriptedPeer.masterWith(OspfConfig.of(ScriptedPeer.ENGINE_ID, link(1, 1, 1)));
    peer.options = new Options(Options.E | Options.O);
    return peer.toFull();
  }

  private static Lsa graceLsa(ScriptedPeer peer, int sequence, GraceLsa body) {
    return Lsa.originate(
        new Options(Options.E),
        OpaqueLsa.linkStateId(OpaqueLsa.GRACE, 0),
        peer.peerId,
        sequence,
        new OpaqueLsa(LsaType.OPAQUE_LINK, body.information()));
  }

  private static List<HelperRefusal> refusals(ScriptedPeer peer) {
    return peer.events.stream()
        .filter(OspfOutput.HelperRefused.class::isInstance)
        .map(event -> ((OspfOutput.HelperRefused) event).refusal())
        .toList();
  }

  @Test
  void section3Dot1Check2AChangedLsaIsUnacknowledged() {
    ScriptedPeer peer = opaquePeer();
    peer.command(new OspfCommand.Configure(link(1, 1, 1).withCost(77)));
    peer.update(graceLsa(peer, FIRST, new GraceLsa(60, 1, null)));
    assertEquals(List.of(HelperRefusal.DATABASE_CHANGED), refusals(peer));
    assertNull(peer.neighbor().helper());
  }

  @Test
  void section3Dot1Check2ARefreshThatIsUnacknowledgedIsNoObstacle() {
    ScriptedPeer peer = opaquePeer();
    int before = peer.ownLsa().header().sequence();
    while (peer.ownLsa().header().sequence() == before) {
      peer.run(10 * SECOND);
    }
    assertEquals(1, peer.neighbor().retransmissions());
    peer.update(graceLsa(peer, FIRST, new GraceLsa(60, 1, null)));
    assertEquals(List.of(), refusals(peer));
    assertNotNull(peer.neighbor().helper());
  }

  @Test
  void section3Dot1Check2AChangeIsOneUntilItIsAcknowledgedAlsoIfItIsRefreshed() {
    ScriptedPeer peer = opaquePeer();
    peer.command(new OspfCommand.Configure(link(1, 1, 1).withCost(77)));
    int changed = peer.ownLsa().header().sequence();
    while (peer.ownLsa().header().sequence() == changed) {
      peer.run(10 * SECOND);
    }
    peer.update(graceLsa(peer, FIRST, new GraceLsa(60, 1, null)));
    assertEquals(List.of(HelperRefusal.DATABASE_CHANGED), refusals(peer));
  }

  @Test
  void section3Dot1Check3TheGracePeriodIsOverByTheAgeOfTheLsa() {
    ScriptedPeer peer = opaquePeer();
    peer.update(graceLsa(peer, FIRST, new GraceLsa(60, 1, null)).withAge(60));
    assertEquals(List.of(HelperRefusal.EXPIRED), refusals(peer));
    peer.run(2 * SECOND);
    peer.update(graceLsa(peer, FIRST + 1, new GraceLsa(60, 1, null)).withAge(20));
    assertEquals(40 * SECOND, peer.neighbor().helper().remainingNanos());
  }

  @Test
  void aGraceLsaThatCannotBeReadAsksForNothing() {
    ScriptedPeer peer = opaquePeer();
    Lsa broken =
        Lsa.originate(
            new Options(Options.E),
            OpaqueLsa.linkStateId(OpaqueLsa.GRACE, 0),
            peer.peerId,
            FIRST,
            new OpaqueLsa(LsaType.OPAQUE_LINK, ByteString.of(new byte[] {0, 1, 0, 3, 1, 2, 3})));
    peer.update(broken);
    assertEquals(List.of(HelperRefusal.EXPIRED), refusals(peer));
  }

  @Test
  void section3Dot1Check1AGraceLsaOfARouterThatIsNoNeighborHelpsNobody() {
    ScriptedPeer peer = opaquePeer();
    peer.update(
        Lsa.originate(
            new Options(Options.E),
            OpaqueLsa.linkStateId(OpaqueLsa.GRACE, 0),
            routerId(77),
            FIRST,
            new OpaqueLsa(LsaType.OPAQUE_LINK, new GraceLsa(60, 1, null).information())));
    assertEquals(List.of(HelperRefusal.NOT_FULL), refusals(peer));
    assertNull(peer.neighbor().helper());
  }

  @Test
  void section3Dot1TheExceptionUpdatesThePeriodAndAnExpiredOneEndsIt() {
    ScriptedPeer peer = opaquePeer();
    peer.update(graceLsa(peer, FIRST, new GraceLsa(60, 1, null)));
    peer.run(50 * SECOND);
    peer.update(graceLsa(peer, FIRST + 1, new GraceLsa(300, 2, null)));
    assertEquals(300 * SECOND, peer.neighbor().helper().remainingNanos());
    assertEquals(RestartReason.SOFTWARE_RELOAD_OR_UPGRADE, peer.neighbor().helper().reason());
    peer.run(2 * SECOND);
    peer.update(graceLsa(peer, FIRST + 2, new GraceLsa(10, 2, null)).withAge(10));
    assertNull(peer.neighbor().helper());
  }

  @Test
  void theDatabaseHasTheGraceLsaWithLinkLocalScope() {
    List<Node> nodes = row();
    stop(net, nodes.get(1));
    assertEquals(
        1, nodes.get(0).engine.database().link(1).entriesOfType(LsaType.OPAQUE_LINK).size());
    assertEquals(
        0, nodes.get(0).engine.database().link(2).entriesOfType(LsaType.OPAQUE_LINK).size());
  }
}
