package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.BACKBONE;
import static dev.zuido.ospf.Configs.ip;
import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Opaque LSAs of each scope, in a row of routers a - b - c, where b borders on c's area. */
final class Rfc5250OpaqueLsaTest {
  private static final Ipv4Address AREA_1 = ip("0.0.0.1");
  private static final ByteString BODY = ByteString.ofHex("0001000401020304");
  private static final OpaqueScope AS = new OpaqueScope.As();

  private final SimulatedNet net = new SimulatedNet(5);

  private static OspfInterfaceConfig inner(int id, int n) {
    return OspfInterfaceConfig.pointToPoint(id, "inner", Ipv4Address.of(10, 2, 0, n), 30, AREA_1);
  }

  private static OspfConfig in(AreaType type, int router, OspfInterfaceConfig... interfaces) {
    return OspfConfig.builder(routerId(router))
        .interfaces(List.of(interfaces))
        .areas(List.of(OspfAreaConfig.builder(AREA_1, type).build()))
        .build();
  }

  private final class Row {
    final Node a;
    final Node b;
    final Node c;
    final Segment left;

    Row(AreaType type) {
      a = net.add("a", in(type, 1, link(1, 1, 1)));
      b = net.add("b", in(type, 2, link(1, 1, 2), inner(2, 1)));
      c = net.add("c", in(type, 3, inner(1, 2)));
      left = net.join(a, 1, b, 1);
      net.join(b, 2, c, 1);
      net.upAll();
      net.run(60 * SECOND);
      assertTrue(a.isFullWith(b) && b.isFullWith(a, c) && c.isFullWith(b));
    }
  }

  private void announce(Node node, OpaqueScope scope, int opaqueId, ByteString body) {
    net.command(node, new OspfCommand.AnnounceOpaque(scope, 200, opaqueId, body));
    net.run(10 * SECOND);
  }

  private static LsaKey key(int lsType, int opaqueId, int router) {
    return new LsaKey(lsType, OpaqueLsa.linkStateId(200, opaqueId), routerId(router));
  }

  private static ByteString bodyIn(LsaStore store, LsaKey key) {
    LsaEntry entry = Objects.requireNonNull(store).get(key);
    return entry == null ? null : ((OpaqueLsa) entry.lsa().body()).information();
  }

  private static List<OpaqueState> states(Node node) {
    return node.log(OspfOutput.OpaqueChanged.class).stream()
        .map(OspfOutput.OpaqueChanged::state)
        .toList();
  }

  @Test
  void section3Type9StaysOnItsNetwork() {
    Row row = new Row(AreaType.NORMAL);
    announce(row.b, new OpaqueScope.Link(1), 1, BODY);
    LsaKey key = key(LsaType.OPAQUE_LINK, 1, 2);
    assertEquals(BODY, bodyIn(row.b.engine.database().link(1), key));
    assertNull(bodyIn(row.b.engine.database().link(2), key));
    assertEquals(BODY, bodyIn(row.a.engine.database().link(1), key));
    assertNull(bodyIn(row.c.engine.database().link(1), key));
    OspfOutput.OpaqueChanged told = row.a.log(OspfOutput.OpaqueChanged.class).get(0);
    assertEquals(new OpaqueScope.Link(1), told.scope());
    assertEquals(BODY, told.information());
    assertEquals(List.of(OpaqueState.USABLE), states(row.a));
    assertEquals(List.of(), states(row.b), "the announcer knows");
    assertEquals(List.of(), states(row.c));
  }

  @Test
  void section3Type9OfAnotherRouterIsNotFloodedOn() {
    Node a = net.add("a", OspfConfig.of(routerId(1), link(1, 1, 1)));
    Node b = net.add("b", OspfConfig.of(routerId(2), link(1, 1, 2), link(2, 2, 1)));
    Node c = net.add("c", OspfConfig.of(routerId(3), link(1, 2, 2)));
    net.join(a, 1, b, 1);
    net.join(b, 2, c, 1);
    net.upAll();
    net.run(60 * SECOND);
    announce(a, new OpaqueScope.Link(1), 1, BODY);
    assertEquals(BODY, bodyIn(b.engine.database().link(1), key(LsaType.OPAQUE_LINK, 1, 1)));
    assertNull(bodyIn(b.engine.database().link(2), key(LsaType.OPAQUE_LINK, 1, 1)));
    assertNull(bodyIn(c.engine.database().link(1), key(LsaType.OPAQUE_LINK, 1, 1)));
  }

  @Test
  void section3Type10StaysInItsArea() {
    Row row = new Row(AreaType.NORMAL);
    announce(row.c, new OpaqueScope.InArea(AREA_1), 1, BODY);
    LsaKey key = key(LsaType.OPAQUE_AREA, 1, 3);
    assertEquals(BODY, bodyIn(row.b.engine.database().area(AREA_1), key));
    assertNull(bodyIn(row.b.engine.database().area(BACKBONE), key));
    assertNull(bodyIn(row.a.engine.database().area(BACKBONE), key));
    assertEquals(List.of(OpaqueState.USABLE), states(row.b));
    assertThrows(
        IllegalArgumentException.class,
        () -> announce(row.a, new OpaqueScope.InArea(AREA_1), 1, BODY));
  }

  @Test
  void section3Type11GoesThroughAllAreas() {
    Row row = new Row(AreaType.NORMAL);
    announce(row.a, AS, 1, BODY);
    for (Node node : net.nodes) {
      assertEquals(BODY, bodyIn(node.engine.database().asWide(), key(LsaType.OPAQUE_AS, 1, 1)));
    }
    assertEquals(
        List.of(OpaqueState.UNREACHABLE, OpaqueState.USABLE),
        states(row.b),
        "its bit E takes a route calculation");
  }

  @Test
  void section3Type11GoesNotIntoStubAreasAndNssas() {
    for (AreaType type : List.of(AreaType.STUB, AreaType.NSSA)) {
      net.nodes.clear();
      net.segments.clear();
      Row row = new Row(type);
      announce(row.a, AS, 1, BODY);
      LsaKey key = key(LsaType.OPAQUE_AS, 1, 1);
      assertEquals(BODY, bodyIn(row.b.engine.database().asWide(), key));
      assertNull(bodyIn(row.c.engine.database().asWide(), key));
      announce(row.c, AS, 2, BODY);
      assertNull(bodyIn(row.b.engine.database().asWide(), key(LsaType.OPAQUE_AS, 2, 3)));
    }
  }

  @Test
  void section3Dot1AType11ReceivedInAStubAreaIsDiscardedAndNotAcknowledged() {
    OspfInterfaceConfig stubLink =
        OspfInterfaceConfig.pointToPoint(1, "p", ScriptedPeer.ENGINE_ADDRESS, 30, AREA_1);
    ScriptedPeer peer = ScriptedPeer.masterWith(in(AreaType.STUB, 5, stubLink));
    peer.options = new Options(Options.O);
    peer.toFull();
    peer.update(Opaques.lsa(LsaType.OPAQUE_AS, 7, BODY));
    peer.run(2 * SECOND);
    assertEquals(1, peer.dropped(DropReason.LSA_EXTERNAL_IN_STUB));
    assertEquals(List.of(), Opaques.acknowledged(peer));
  }

  @Test
  void section3Dot1TheOBitIsInDatabaseDescriptionPacketsOnly() throws Exception {
    Row row = new Row(AreaType.NORMAL);
    row.left.record = true;
    net.command(row.b, new OspfCommand.ClearNeighbors(1));
    net.run(60 * SECOND);
    int descriptions = 0;
    for (SimulatedNet.Sent sent : row.left.sent) {
      OspfPacket packet = OspfPacket.decode(Unpooled.wrappedBuffer(sent.packet()));
      if (packet instanceof DatabaseDescriptionPacket description) {
        assertTrue(description.options().has(Options.O));
        descriptions++;
      } else if (packet instanceof HelloPacket hello) {
        assertFalse(hello.options().has(Options.O));
      }
    }
    assertTrue(descriptions > 0);
    assertFalse(
        Configs.routerLsa(row.a.engine, routerId(1)).lsa().header().options().has(Options.O));
  }

  @Test
  void section3Dot1ANeighborWithoutTheOBitIsFloodedNone() {
    Node a = net.add("a", OspfConfig.of(routerId(1), link(1, 1, 1)));
    OspfConfig incapable =
        OspfConfig.of(routerId(2), link(1, 1, 2), link(2, 2, 1)).toBuilder()
            .opaqueCapable(false)
            .build();
    Node b = net.add("b", incapable);
    Node c = net.add("c", OspfConfig.of(routerId(3), link(1, 2, 2)));
    net.join(a, 1, b, 1);
    net.join(b, 2, c, 1);
    net.upAll();
    net.run(60 * SECOND);
    announce(a, new OpaqueScope.InArea(BACKBONE), 1, BODY);
    announce(a, new OpaqueScope.Link(1), 1, BODY);
    announce(a, AS, 1, BODY);
    assertEquals(3, b.engine.database().size(), "three router-LSAs");
    assertEquals(3, c.engine.database().size());
    assertEquals(0, a.engine.neighbors(net.now).get(0).retransmissions());
    assertFalse(b.engine.dropped().containsKey(DropReason.LSA_TYPE), "none was sent to it");
    assertThrows(IllegalStateException.class, () -> announce(b, new OpaqueScope.Link(1), 1, BODY));
  }

  @Test
  void section3Dot1OnALanThoseWhoCanHaveItAndTheOthersPassItOver() {
    Node a = net.add("a", OspfConfig.of(routerId(1), lan(1, 1)));
    OspfConfig incapable =
        OspfConfig.of(routerId(2), lan(1, 2)).toBuilder().opaqueCapable(false).build();
    Node b = net.add("b", incapable);
    Node c = net.add("c", OspfConfig.of(routerId(3), lan(1, 3)));
    Segment wire = net.segment();
    net.nodes.forEach(node -> net.attach(wire, node, 1));
    net.upAll();
    net.run(90 * SECOND);
    announce(c, new OpaqueScope.Link(1), 1, BODY);
    announce(c, new OpaqueScope.InArea(BACKBONE), 1, BODY);
    assertEquals(BODY, bodyIn(a.engine.database().link(1), key(LsaType.OPAQUE_LINK, 1, 3)));
    assertEquals(BODY, bodyIn(a.engine.database().area(BACKBONE), key(LsaType.OPAQUE_AREA, 1, 3)));
    assertNull(bodyIn(b.engine.database().area(BACKBONE), key(LsaType.OPAQUE_AREA, 1, 3)));
    for (Node node : net.nodes) {
      for (NeighborSnapshot neighbor : node.engine.neighbors(net.now)) {
        assertEquals(0, neighbor.retransmissions());
      }
    }
  }

  @Test
  void section3Dot2TheDatabaseSummaryListHasThemByScope() {
    Row row = new Row(AreaType.NORMAL);
    announce(row.a, new OpaqueScope.Link(1), 1, BODY);
    announce(row.a, new OpaqueScope.InArea(BACKBONE), 1, BODY);
    announce(row.a, AS, 1, BODY);
    announce(row.b, new OpaqueScope.Link(2), 2, BODY);
    net.command(row.b, new OspfCommand.InterfaceDown(1));
    assertEquals(0, row.b.engine.database().link(1).size());
    net.run(60 * SECOND);
    net.command(row.b, new OspfCommand.InterfaceUp(1));
    net.run(60 * SECOND);
    assertTrue(row.a.isFullWith(row.b));
    assertEquals(1, row.b.engine.database().link(1).size());
    assertEquals(1, row.a.engine.database().link(1).size());
    assertEquals(
        BODY, bodyIn(row.b.engine.database().area(BACKBONE), key(LsaType.OPAQUE_AREA, 1, 1)));
    assertEquals(BODY, bodyIn(row.c.engine.database().asWide(), key(LsaType.OPAQUE_AS, 1, 1)));
  }

  @Test
  void section3Dot2ADescriptionWithoutTheOBitMayNotListThem() {
    ScriptedPeer peer = ScriptedPeer.master();
    peer.toLoading(Opaques.lsa(LsaType.OPAQUE_AREA, 7, BODY).header());
    assertEquals(NeighborState.EX_START, peer.state());
    peer = ScriptedPeer.master();
    peer.options = new Options(Options.E | Options.O);
    peer.toLoading(Opaques.lsa(LsaType.OPAQUE_AREA, 7, BODY).header());
    assertEquals(NeighborState.LOADING, peer.state());
  }

  @Test
  void section5AnOriginatorOfType11IsAnAsBoundaryRouter() {
    Row row = new Row(AreaType.NORMAL);
    announce(row.c, AS, 1, BODY);
    RouterLsa told =
        (RouterLsa) row.b.engine.database().area(AREA_1).routerLsa(routerId(3)).lsa().body();
    assertTrue(told.isExternal());
    net.command(row.c, new OspfCommand.WithdrawOpaque(AS, 200, 1));
    net.run(10 * SECOND);
    told = (RouterLsa) row.b.engine.database().area(AREA_1).routerLsa(routerId(3)).lsa().body();
    assertFalse(told.isExternal());
    assertEquals(
        List.of(OpaqueState.UNREACHABLE, OpaqueState.USABLE, OpaqueState.WITHDRAWN), states(row.b));
    assertNull(bodyIn(row.a.engine.database().asWide(), key(LsaType.OPAQUE_AS, 1, 3)));
  }

  @Test
  void section5AnUnreachableOriginatorsLsasAreNotToBeUsed() {
    Row row = new Row(AreaType.NORMAL);
    announce(row.a, new OpaqueScope.InArea(BACKBONE), 1, BODY);
    announce(row.a, AS, 1, BODY);
    announce(row.a, new OpaqueScope.Link(1), 1, BODY);
    row.b.log.clear();
    row.left.cut = true;
    net.run(60 * SECOND);
    assertEquals(
        List.of(OpaqueState.UNREACHABLE, OpaqueState.UNREACHABLE, OpaqueState.UNREACHABLE),
        states(row.b));
    assertNotNull(bodyIn(row.b.engine.database().asWide(), key(LsaType.OPAQUE_AS, 1, 1)));
    row.b.log.clear();
    row.left.cut = false;
    net.run(60 * SECOND);
    assertEquals(
        List.of(OpaqueState.USABLE, OpaqueState.USABLE, OpaqueState.USABLE), states(row.b));
  }

  @Test
  void anUnalignedBodyComesAsItIs() {
    Row row = new Row(AreaType.NORMAL);
    for (int length = 0; length < 9; length++) {
      ByteString body = ByteString.of(new byte[length]);
      announce(row.a, new OpaqueScope.InArea(BACKBONE), length, body);
      assertEquals(
          body,
          bodyIn(row.b.engine.database().area(BACKBONE), key(LsaType.OPAQUE_AREA, length, 1)));
    }
    assertTrue(row.a.isFullWith(row.b));
  }

  @Test
  void theLargestBodyIsFloodedAndALargerOneRefused() {
    Row row = new Row(AreaType.NORMAL);
    ByteString largest = ByteString.of(new byte[OpaqueLsas.LARGEST_BODY]);
    announce(row.a, new OpaqueScope.InArea(BACKBONE), 1, largest);
    assertEquals(
        largest, bodyIn(row.b.engine.database().area(BACKBONE), key(LsaType.OPAQUE_AREA, 1, 1)));
    ByteString larger = ByteString.of(new byte[OpaqueLsas.LARGEST_BODY + 1]);
    assertThrows(
        IllegalArgumentException.class,
        () -> announce(row.a, new OpaqueScope.InArea(BACKBONE), 2, larger));
  }

  @Test
  void aChangedBodyIsToldAndARefreshIsNot() {
    Row row = new Row(AreaType.NORMAL);
    announce(row.a, new OpaqueScope.InArea(BACKBONE), 1, BODY);
    announce(row.a, new OpaqueScope.InArea(BACKBONE), 1, ByteString.ofHex("ff"));
    assertEquals(
        List.of(BODY, ByteString.ofHex("ff")),
        row.b.log(OspfOutput.OpaqueChanged.class).stream()
            .map(OspfOutput.OpaqueChanged::information)
            .toList());
    net.run(4000 * SECOND);
    assertEquals(2, states(row.b).size());
    assertNotNull(bodyIn(row.b.engine.database().area(BACKBONE), key(LsaType.OPAQUE_AREA, 1, 1)));
  }

  @Test
  void aStormOfAnnouncementsIsOneInstanceInMinLsInterval() {
    Row row = new Row(AreaType.NORMAL);
    announce(row.a, new OpaqueScope.InArea(BACKBONE), 1, BODY);
    LsaKey key = key(LsaType.OPAQUE_AREA, 1, 1);
    LsaStore store = row.b.engine.database().area(BACKBONE);
    int before = store.get(key).lsa().header().sequence();
    for (int i = 0; i < 400; i++) {
      ByteString body = ByteString.of((byte) i, (byte) (i >>> 8));
      net.command(
          row.a, new OspfCommand.AnnounceOpaque(new OpaqueScope.InArea(BACKBONE), 200, 1, body));
      net.run(SECOND / 100);
    }
    net.run(10 * SECOND);
    assertEquals(before + 2, store.get(key).lsa().header().sequence());
    assertEquals(ByteString.of((byte) (399 & 0xff), (byte) 1), bodyIn(store, key));
  }

  @Test
  void section13Dot4AnOwnLsaThatWasNotAnnouncedIsFlushed() {
    for (int lsType : new int[] {LsaType.OPAQUE_LINK, LsaType.OPAQUE_AREA, LsaType.OPAQUE_AS}) {
      ScriptedPeer peer = capablePeer();
      Lsa forged = forged(lsType, LsaHeader.INITIAL_SEQUENCE + 5, BODY);
      peer.update(forged);
      peer.run(2 * SECOND);
      List<Lsa> flushed = updates(peer);
      assertEquals(1, flushed.size());
      assertTrue(flushed.get(0).header().isMaxAge());
      assertEquals(forged.key(), flushed.get(0).key());
      assertEquals(0, peer.events.stream().filter(Rfc5250OpaqueLsaTest::isOpaqueChange).count());
    }
  }

  @Test
  void section13Dot4AnOwnLsaThatSaysSomethingElseIsOverridden() {
    ScriptedPeer peer = capablePeer();
    peer.command(new OspfCommand.AnnounceOpaque(new OpaqueScope.InArea(BACKBONE), 200, 0, BODY));
    peer.settle();
    updates(peer);
    ByteString lie = ByteString.ofHex("deadbeef");
    peer.update(forged(LsaType.OPAQUE_AREA, 0x1000, lie));
    peer.run(10 * SECOND);
    Lsa last = updates(peer).stream().reduce((first, second) -> second).orElseThrow();
    assertEquals(0x1001, last.header().sequence());
    assertEquals(BODY, ((OpaqueLsa) last.body()).information());
  }

  @Test
  void section12Dot1Dot6AnOwnLsaWithTheLargestSequenceNumberIsFlushedAndBegunAnew() {
    ScriptedPeer peer = capablePeer();
    peer.command(new OspfCommand.AnnounceOpaque(new OpaqueScope.InArea(BACKBONE), 200, 0, BODY));
    peer.settle();
    peer.update(forged(LsaType.OPAQUE_AREA, LsaHeader.MAX_SEQUENCE, ByteString.ofHex("deadbeef")));
    peer.settle();
    peer.settle();
    LsaKey key = forged(LsaType.OPAQUE_AREA, 1, BODY).key();
    assertEquals(LsaHeader.INITIAL_SEQUENCE, peer.held(key).header().sequence());
    assertEquals(BODY, ((OpaqueLsa) peer.held(key).body()).information());
  }

  private static ScriptedPeer capablePeer() {
    ScriptedPeer peer = ScriptedPeer.master();
    peer.options = new Options(Options.E | Options.O);
    return peer.toFull();
  }

  private static Lsa forged(int lsType, int sequence, ByteString body) {
    return Lsa.originate(
        new Options(Options.E),
        OpaqueLsa.linkStateId(200, 0),
        ScriptedPeer.ENGINE_ID,
        sequence,
        new OpaqueLsa(lsType, body));
  }

  private static boolean isOpaqueChange(OspfOutput output) {
    return output instanceof OspfOutput.OpaqueChanged;
  }

  private static List<Lsa> updates(ScriptedPeer peer) {
    return peer.take(LinkStateUpdatePacket.class).stream()
        .flatMap(packet -> packet.lsas().stream())
        .filter(lsa -> LsaType.isOpaque(lsa.header().type()))
        .toList();
  }

  @Test
  void moreAnnouncementsThanTheLimitAreDropped() {
    OspfConfig config =
        OspfConfig.of(routerId(1), link(1, 1, 1)).toBuilder()
            .limits(new OspfLimits(8, 100, 8, 2))
            .build();
    Node a = net.add("a", config);
    net.upAll();
    for (int i = 0; i < 5; i++) {
      announce(a, new OpaqueScope.Link(1), i, BODY);
    }
    assertEquals(3, a.engine.dropped().get(DropReason.ANNOUNCEMENT_LIMIT));
    assertEquals(2, a.engine.database().link(1).size());
    announce(a, new OpaqueScope.Link(1), 1, ByteString.EMPTY);
    net.command(a, new OspfCommand.WithdrawOpaque(new OpaqueScope.Link(1), 200, 0));
    announce(a, new OpaqueScope.Link(1), 7, BODY);
    assertEquals(3, a.engine.dropped().get(DropReason.ANNOUNCEMENT_LIMIT));
  }

  @Test
  void aRemovedInterfaceTakesItsLsasAlong() {
    Row row = new Row(AreaType.NORMAL);
    announce(row.a, new OpaqueScope.Link(1), 1, BODY);
    announce(row.b, new OpaqueScope.Link(1), 2, BODY);
    net.command(row.b, new OspfCommand.Remove(1));
    assertNull(row.b.engine.database().link(1));
    assertEquals(List.of(OpaqueState.USABLE, OpaqueState.WITHDRAWN), states(row.b));
    net.command(row.b, new OspfCommand.Configure(link(1, 1, 2)));
    net.command(row.b, new OspfCommand.InterfaceUp(1));
    net.run(60 * SECOND);
    assertTrue(row.a.isFullWith(row.b));
    assertEquals(BODY, bodyIn(row.b.engine.database().link(1), key(LsaType.OPAQUE_LINK, 1, 1)));
  }
}
