package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.ip;
import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.Rfc3623HelperTest.config;
import static dev.zuido.ospf.Rfc3623HelperTest.stop;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3623 sections 2 and 5: what a restarting router does. */
final class Rfc3623RestartTest {
  private final SimulatedNet net = new SimulatedNet(13);
  private final Node one = net.add("r1", config(1, link(1, 1, 1), stub(3, 1)));
  private final Node two = net.add("r2", config(2, link(1, 1, 2), link(2, 2, 1), stub(3, 2)));
  private final Node three = net.add("r3", config(3, link(1, 2, 2), stub(3, 3)));
  private final Segment left = net.join(one, 1, two, 1);

  Rfc3623RestartTest() {
    net.join(two, 2, three, 1);
    net.upAll();
    net.run(60 * SECOND);
    net.nodes.forEach(node -> node.log.clear());
  }

  private static List<LsaHeader> originated(Node node) {
    return node.log(OspfOutput.LsaOriginated.class).stream()
        .map(OspfOutput.LsaOriginated::header)
        .filter(header -> HelperMode.isTopology(header.type()))
        .toList();
  }

  private static RestartExit exit(Node node) {
    List<OspfOutput.RestartEnded> ended = node.log(OspfOutput.RestartEnded.class);
    assertEquals(1, ended.size(), ended::toString);
    return ended.get(0).exit();
  }

  @Test
  void section2Dot1TheGraceLsasAreAcknowledgedBeforeTheRestart() {
    net.command(two, new OspfCommand.PrepareGracefulRestart(RestartReason.SOFTWARE_RESTART));
    assertEquals(RestartState.PREPARING, two.engine.process(net.now).restart().state());
    assertEquals(List.of(), two.log(OspfOutput.RestartPrepared.class));
    net.run(3 * SECOND);
    OspfOutput.RestartPrepared prepared = two.log(OspfOutput.RestartPrepared.class).get(0);
    assertTrue(prepared.acknowledged());
    assertEquals(120, prepared.record().gracePeriodSeconds());
    assertEquals(2, prepared.record().graceLsas().size());
    assertEquals(List.of(Configs.BACKBONE), prepared.record().areas());
    assertEquals(List.of(), originated(two), "nothing is flushed");
    assertEquals(RestartState.PREPARED, two.engine.process(net.now).restart().state());
  }

  @Test
  void section2Dot1ANeighborThatDoesNotAcknowledgeIsNotWaitedForForever() {
    left.cut = true;
    net.command(two, new OspfCommand.PrepareGracefulRestart(RestartReason.SOFTWARE_RESTART));
    net.run(21 * SECOND);
    assertFalse(two.log(OspfOutput.RestartPrepared.class).get(0).acknowledged());
  }

  @Test
  void section2Dot1ItCanBeCancelled() {
    net.command(two, new OspfCommand.PrepareGracefulRestart(RestartReason.SOFTWARE_RESTART));
    net.run(3 * SECOND);
    assertEquals(1, one.engine.process(net.now).helpedNeighbors());
    net.command(two, new OspfCommand.CancelGracefulRestart());
    net.run(3 * SECOND);
    assertEquals(RestartExit.CANCELLED, exit(two));
    assertEquals(0, one.engine.process(net.now).helpedNeighbors());
    assertEquals(List.of(), originated(one));
  }

  @Test
  void section2Dot1WhoDoesNotRestartInTimeGoesOn() {
    net.command(two, new OspfCommand.PrepareGracefulRestart(RestartReason.SOFTWARE_RESTART));
    net.run(130 * SECOND);
    assertEquals(RestartExit.EXPIRED, exit(two));
    assertEquals(RestartState.NONE, two.engine.process(net.now).restart().state());
    assertTrue(one.isFullWith(two) && two.isFullWith(one));
  }

  @Test
  void appendixB1RestartSupportIsConfigured() {
    Node plain = net.add("r9", OspfConfig.of(routerId(9)));
    assertThrows(
        IllegalStateException.class,
        () -> net.command(plain, new OspfCommand.PrepareGracefulRestart(RestartReason.UNKNOWN)));
  }

  @Test
  void section2Point1And2NothingIsOriginatedAndNoRoutesAreToldUntilAllAdjacenciesAreBack() {
    RestartRecord record = stop(net, two);
    net.run(60 * SECOND);
    net.restartGracefully(two, record, 60 * SECOND);
    assertInstanceOf(OspfOutput.RestartStarted.class, two.log.get(0));
    assertTrue(net.runUntil(() -> !two.log(OspfOutput.RestartEnded.class).isEmpty(), 60 * SECOND));
    assertTrue(two.isFullWith(one, three));
    int ended = two.log.indexOf(two.log(OspfOutput.RestartEnded.class).get(0));
    for (OspfOutput before : two.log.subList(0, ended)) {
      assertFalse(before instanceof OspfOutput.RoutesChanged, before::toString);
      assertFalse(before instanceof OspfOutput.LsaOriginated, before::toString);
    }
    assertEquals(RestartExit.COMPLETED, exit(two));
    OspfOutput.RoutesChanged told =
        assertInstanceOf(OspfOutput.RoutesChanged.class, two.log.get(ended + 1));
    assertNotNull(told.table().route(prefix("192.168.3.0/24")));
    assertNotNull(told.table().route(prefix("192.168.1.0/24")));
  }

  @Test
  void section2Dot3TheRouterLsaIsMadeAnewAndTheGraceLsasAreFlushed() {
    RestartRecord record = stop(net, two);
    int before = Configs.routerLsa(one.engine, routerId(2)).lsa().header().sequence();
    net.run(60 * SECOND);
    net.restartGracefully(two, record, 60 * SECOND);
    net.run(60 * SECOND);
    assertEquals(before + 1, Configs.routerLsa(one.engine, routerId(2)).lsa().header().sequence());
    for (Node node : net.nodes) {
      assertEquals(0, node.engine.database().link(1).size(), node.name);
      assertEquals(List.of(), List.copyOf(node.engine.database().link(1).entries()));
    }
    for (Node node : List.of(one, three)) {
      assertEquals(List.of(), node.log(OspfOutput.RoutesChanged.class), node.name);
    }
  }

  @Test
  void section2Dot2Case2ANeighborThatDoesNotHelpEndsIt() {
    SimulatedNet other = new SimulatedNet(14);
    GracefulRestartConfig none = new GracefulRestartConfig(false, 120, false, true, 1_800);
    GracefulRestartConfig lenient = new GracefulRestartConfig(false, 120, true, false, 1_800);
    Node stranger = other.add("s", config(1, none, link(1, 1, 1), link(2, 3, 1)));
    Node restarting = other.add("r", config(2, link(1, 1, 2), link(2, 2, 1)));
    Node helper = other.add("h", config(3, lenient, link(1, 2, 2), link(2, 3, 2), stub(3, 3)));
    Segment lost = other.join(stranger, 1, restarting, 1);
    other.join(restarting, 2, helper, 1);
    other.join(stranger, 2, helper, 2);
    other.upAll();
    other.run(60 * SECOND);
    RestartRecord record = stop(other, restarting);
    lost.cut = true;
    other.run(60 * SECOND);
    other.restartGracefully(restarting, record, 60 * SECOND);
    other.run(30 * SECOND);
    assertEquals(RestartExit.INCONSISTENT, exit(restarting));
    assertTrue(restarting.isFullWith(helper));
    assertNotNull(restarting.engine.routes().route(prefix("192.168.3.0/24")));
  }

  @Test
  void section2Dot2Case2WithoutAPreRestartRouterLsaItEnds() {
    SimulatedNet other = new SimulatedNet(15);
    Node peer = other.add("p", config(1, link(1, 1, 1)));
    Node fresh = other.add("f", config(2, link(1, 1, 2)));
    other.join(peer, 1, fresh, 1);
    other.up(peer);
    other.run(10 * SECOND);
    other.restartGracefully(fresh, RestartRecord.unplanned(RestartReason.UNKNOWN, 120), 0);
    other.run(60 * SECOND);
    assertEquals(RestartExit.INCONSISTENT, exit(fresh));
    assertTrue(peer.isFullWith(fresh) && fresh.isFullWith(peer));
  }

  @Test
  void section2Dot3Case6AGraceLsaThatNobodyShowsIsFlushedByWhatIsRemembered() {
    RestartRecord record =
        new RestartRecord(
            true,
            RestartReason.SOFTWARE_RESTART,
            120,
            List.of(Configs.BACKBONE),
            List.of(new RestartRecord.GraceLsa(1, LsaHeader.INITIAL_SEQUENCE + 6)));
    ScriptedPeer peer = ScriptedPeer.masterOfRestarted(config(5, link(1, 1, 1)), record);
    peer.options = new Options(Options.E | Options.O);
    peer.hello(List.of(routerId(5)));
    peer.describe(ScriptedPeer.I_M_MS, 100);
    peer.describe(ScriptedPeer.MS, 101);
    assertEquals(RestartExit.INCONSISTENT, peer.engine.process(peer.now).restart().lastExit());
    LsaHeader flushed =
        peer.take(LinkStateUpdatePacket.class).stream()
            .flatMap(update -> update.lsas().stream())
            .map(Lsa::header)
            .filter(header -> header.type() == LsaType.OPAQUE_LINK)
            .findFirst()
            .orElseThrow();
    assertTrue(flushed.isMaxAge());
    assertEquals(LsaHeader.INITIAL_SEQUENCE + 7, flushed.sequence());
  }

  @Test
  void section2Point3TheOneThatWasDesignatedRouterIsItAgainWhateverItsRouterId() {
    SimulatedNet other = new SimulatedNet(18);
    Segment segment = other.segment();
    for (int n = 1; n <= 4; n++) {
      other.attach(segment, other.add("r" + n, config(n, lan(1, n), stub(2, n))), 1);
    }
    Node first = other.nodes.get(0);
    other.up(first);
    other.run(60 * SECOND);
    other.upAll();
    other.run(120 * SECOND);
    assertEquals(InterfaceState.DR, first.engine.interfaces(other.now).get(0).state());
    other.nodes.forEach(node -> node.log.clear());
    RestartRecord record = stop(other, first);
    other.run(20 * SECOND);
    other.restartGracefully(first, record, 20 * SECOND);
    other.run(80 * SECOND);
    assertEquals(RestartExit.COMPLETED, exit(first));
    assertEquals(InterfaceState.DR, first.engine.interfaces(other.now).get(0).state());
    for (Node node : other.nodes.subList(1, 4)) {
      assertEquals(List.of(), node.log(OspfOutput.RoutesChanged.class), node.name);
    }
  }

  @Test
  void section2Dot2Case3TheGracePeriodExpires() {
    RestartRecord record = stop(net, two);
    left.cut = true;
    net.run(30 * SECOND);
    net.restartGracefully(two, record, 30 * SECOND);
    net.run(85 * SECOND);
    assertEquals(List.of(), two.log(OspfOutput.RestartEnded.class));
    net.run(10 * SECOND);
    assertEquals(RestartExit.EXPIRED, exit(two));
    net.run(10 * SECOND);
    assertNull(two.engine.routes().route(prefix("192.168.1.0/24")));
    assertNotNull(two.engine.routes().route(prefix("192.168.3.0/24")));
    assertNull(three.engine.routes().route(prefix("192.168.1.0/24")));
  }

  @Test
  void section5AnUnplannedRestartSendsGraceLsasBeforeHellos() {
    two.dead = true;
    net.run(20 * SECOND);
    left.record = true;
    two.log.clear();
    net.restartGracefully(
        two, RestartRecord.unplanned(RestartReason.SWITCH_TO_REDUNDANT_PROCESSOR, 60), 0);
    net.run(30 * SECOND);
    List<Integer> types =
        left.sent.stream()
            .filter(sent -> sent.from().equals("r2"))
            .map(sent -> (int) sent.packet()[1])
            .toList();
    assertEquals(List.of(4, 1), types.subList(0, 2), "Link State Update, then Hello");
    assertEquals(Core.ALL_SPF_ROUTERS, left.sent.get(0).destination());
    assertEquals(RestartExit.COMPLETED, exit(two));
    assertEquals(
        RestartReason.SWITCH_TO_REDUNDANT_PROCESSOR,
        one.log(OspfOutput.HelperChanged.class).get(0).reason());
    assertEquals(List.of(), one.log(OspfOutput.RoutesChanged.class));
    net.run(30 * SECOND);
    assertEquals(0, one.engine.database().link(1).size());
  }

  @Test
  void section5AnUnplannedRestartHasOnlySomeReasons() {
    assertThrows(
        IllegalArgumentException.class,
        () -> RestartRecord.unplanned(RestartReason.SOFTWARE_RESTART, 60));
  }

  @Test
  void whatChangedMeanwhileIsToldAfterwards() {
    RestartRecord record = stop(net, two);
    net.run(20 * SECOND);
    net.restartGracefully(two, record, 20 * SECOND);
    net.command(two, new OspfCommand.Configure(stub(3, 2).withCost(55)));
    net.run(60 * SECOND);
    assertEquals(RestartExit.COMPLETED, exit(two));
    assertEquals(65, one.engine.routes().route(prefix("192.168.2.0/24")).cost());
  }

  @Test
  void aBorderRouterThatIsABoundaryRouterTooKeepsItsSummariesAndExternals() {
    Ipv4Address inner = Ipv4Address.of(0, 0, 0, 1);
    SimulatedNet other = new SimulatedNet(16);
    OspfInterfaceConfig left = link(1, 1, 2);
    OspfInterfaceConfig right =
        OspfInterfaceConfig.pointToPoint(2, "inner", ip("10.9.0.1"), 30, inner);
    OspfInterfaceConfig far =
        OspfInterfaceConfig.pointToPoint(1, "inner", ip("10.9.0.2"), 30, inner);
    Node backbone = other.add("b", config(1, link(1, 1, 1), stub(3, 1)));
    Node border = other.add("abr", config(2, left, right));
    Node inside = other.add("i", config(3, far));
    other.join(backbone, 1, border, 1);
    other.join(border, 2, inside, 1);
    other.upAll();
    OspfCommand announce =
        new OspfCommand.AnnounceExternal(
            new ExternalDestination(prefix("172.20.0.0/16"), 20, true, Ipv4Address.UNSPECIFIED, 0));
    other.command(border, announce);
    other.run(90 * SECOND);
    other.nodes.forEach(node -> node.log.clear());
    RestartRecord record = stop(other, border);
    assertEquals(2, record.areas().size());
    other.run(60 * SECOND);
    other.restartGracefully(border, record, 60 * SECOND);
    other.command(border, announce);
    other.run(90 * SECOND);
    assertEquals(RestartExit.COMPLETED, exit(border));
    for (Node node : List.of(backbone, inside)) {
      assertEquals(List.of(), node.log(OspfOutput.RoutesChanged.class), node.name);
      assertNotNull(node.engine.routes().route(prefix("172.20.0.0/16")), node.name);
    }
    assertNotNull(inside.engine.routes().route(prefix("192.168.1.0/24")));
    assertNotNull(backbone.engine.routes().route(prefix("10.9.0.0/30")));
    assertTrue(originated(border).stream().noneMatch(LsaHeader::isMaxAge));
  }

  @Test
  void whatIsNotAnnouncedAgainIsFlushedAtTheEnd() {
    OspfCommand announce =
        new OspfCommand.AnnounceExternal(
            new ExternalDestination(prefix("172.20.0.0/16"), 20, true, Ipv4Address.UNSPECIFIED, 0));
    net.command(two, announce);
    net.run(20 * SECOND);
    RestartRecord record = stop(net, two);
    net.run(30 * SECOND);
    net.restartGracefully(two, record, 30 * SECOND);
    assertTrue(net.runUntil(() -> !two.log(OspfOutput.RestartEnded.class).isEmpty(), 60 * SECOND));
    assertNotNull(one.engine.routes().route(prefix("172.20.0.0/16")));
    net.run(20 * SECOND);
    assertEquals(RestartExit.COMPLETED, exit(two));
    assertNull(one.engine.routes().route(prefix("172.20.0.0/16")));
    assertEquals(0, one.engine.database().asWide().size());
  }

  @Test
  void aShutdownEndsTheRestartFirst() {
    RestartRecord record = stop(net, two);
    net.restartGracefully(two, record, 0);
    net.command(two, new OspfCommand.Shutdown());
    net.run(15 * SECOND);
    assertEquals(1, two.log(OspfOutput.ShutdownComplete.class).size());
  }
}
