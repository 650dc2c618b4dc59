package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.ScriptedPeer.ENGINE_ID;
import static dev.zuido.ospf.ScriptedPeer.routerKey;
import static dev.zuido.ospf.ScriptedPeer.routerLsa;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.LinkStateRequestPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens when the database is full, of which RFC 2328 says nothing. */
final class DatabaseLimitTest {
  private static final int FIRST = LsaHeader.INITIAL_SEQUENCE;

  private static OspfConfig config(int lsas, OspfInterfaceConfig... interfaces) {
    return OspfConfig.builder(ENGINE_ID)
        .interfaces(List.of(interfaces))
        .limits(new OspfLimits(4, lsas, 4))
        .build();
  }

  private static List<DatabaseLevel> levels(List<OspfOutput> events) {
    List<DatabaseLevel> levels = new ArrayList<>();
    for (OspfOutput event : events) {
      if (event instanceof OspfOutput.DatabaseLevelChanged changed) {
        levels.add(changed.level());
      }
    }
    return levels;
  }

  @Test
  void aWarningComesAtThreeQuarters() {
    ScriptedPeer peer = ScriptedPeer.masterWith(config(8, link(1, 1, 1))).toFull();
    for (int router = 10; router < 15; router++) {
      peer.update(routerLsa(router, FIRST, 1));
    }
    assertEquals(List.of(), levels(peer.events));
    peer.update(routerLsa(15, FIRST, 1));
    assertEquals(List.of(DatabaseLevel.WARNING), levels(peer.events));
    assertEquals(6, peer.engine.process(peer.now).database().lsas());
  }

  @Test
  void whenItIsFullForeignLsasAreAcknowledgedAndNotKept() {
    ScriptedPeer peer = ScriptedPeer.masterWith(config(4, link(1, 1, 1))).toFull();
    for (int router = 10; router < 16; router++) {
      peer.update(routerLsa(router, FIRST, 1));
    }
    peer.run(2 * SECOND);
    assertEquals(List.of(DatabaseLevel.WARNING, DatabaseLevel.FULL), levels(peer.events));
    assertNull(peer.held(routerKey(routerId(15))));
    int acknowledged =
        peer.take(LinkStateAcknowledgmentPacket.class).stream()
            .mapToInt(packet -> packet.lsaHeaders().size())
            .sum();
    assertEquals(6, acknowledged);
    ProcessSnapshot.DatabaseUsage usage = peer.engine.process(peer.now).database();
    assertEquals(new ProcessSnapshot.DatabaseUsage(DatabaseLevel.FULL, 4, 4, 2, 2), usage);
    assertEquals(2, peer.dropped(DropReason.LSA_LIMIT));
    assertEquals(NeighborState.FULL, peer.state());
  }

  @Test
  void anIncompleteDatabaseMakesAStubRouter() {
    ScriptedPeer peer = ScriptedPeer.masterWith(config(4, link(1, 1, 1))).toFull();
    for (int router = 10; router < 15; router++) {
      peer.update(routerLsa(router, FIRST, 1));
    }
    assertEquals(
        Set.of(StubRouterReason.DATABASE_INCOMPLETE),
        peer.engine.process(peer.now).stubRouter().reasons());
  }

  @Test
  void whatWasRefusedIsRequestedWhenThereIsRoom() {
    ScriptedPeer peer = ScriptedPeer.masterWith(config(4, link(1, 1, 1))).toFull();
    for (int router = 10; router < 15; router++) {
      peer.update(routerLsa(router, FIRST, 1));
    }
    peer.run(2 * SECOND);
    peer.forget();
    Lsa gone = routerLsa(10, FIRST, 1).withAge(LsaHeader.MAX_AGE);
    peer.update(gone);
    peer.run(SECOND / 10);
    List<LinkStateRequestPacket> requests = peer.take(LinkStateRequestPacket.class);
    assertEquals(List.of(routerKey(routerId(14))), requests.get(0).requests());
    assertEquals(NeighborState.FULL, peer.state(), "the adjacency stays");
    peer.update(routerLsa(14, FIRST, 1));
    assertNotNull(peer.held(routerKey(routerId(14))));
    assertEquals(List.of(DatabaseLevel.WARNING), levels(peer.events));
    assertEquals(0, peer.engine.process(peer.now).database().missing());
    assertTrue(peer.engine.process(peer.now).stubRouter().reasons().isEmpty());
  }

  @Test
  void aRefusedLsaThatIsFlushedIsNotMissingAnyMore() {
    ScriptedPeer peer = ScriptedPeer.masterWith(config(4, link(1, 1, 1))).toFull();
    for (int router = 10; router < 15; router++) {
      peer.update(routerLsa(router, FIRST, 1));
    }
    assertEquals(1, peer.engine.process(peer.now).database().missing());
    peer.update(routerLsa(14, FIRST, 1).withAge(LsaHeader.MAX_AGE));
    assertEquals(0, peer.engine.process(peer.now).database().missing());
  }

  @Test
  void whatIsDescribedBeyondTheLimitIsNotRequestedAndTheAdjacencyBecomesFull() {
    ScriptedPeer peer = ScriptedPeer.masterWith(config(4, link(1, 1, 1)));
    LsaHeader[] headers = new LsaHeader[6];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = routerLsa(10 + i, FIRST, 1).header();
    }
    peer.toLoading(headers);
    assertEquals(4, peer.take(LinkStateRequestPacket.class).get(0).requests().size());
    for (int i = 0; i < 4; i++) {
      peer.update(routerLsa(10 + i, FIRST, 1));
    }
    assertEquals(NeighborState.FULL, peer.state());
    assertEquals(2, peer.engine.process(peer.now).database().missing());
  }

  @Test
  void whatWasRequestedAndFindsNoPlaceDoesNotHoldTheAdjacencyUp() {
    ScriptedPeer peer = ScriptedPeer.masterWith(config(4, link(1, 1, 1)));
    peer.toLoading(
        routerLsa(10, FIRST, 1).header(),
        routerLsa(11, FIRST, 1).header(),
        routerLsa(12, FIRST, 1).header());
    for (int other : new int[] {20, 21, 22, 10, 11, 12}) {
      assertEquals(NeighborState.LOADING, peer.state());
      peer.update(routerLsa(other, FIRST, 1));
    }
    assertEquals(NeighborState.FULL, peer.state());
    assertEquals(2, peer.engine.process(peer.now).database().missing());
  }

  @Test
  void moreThanCanBeRememberedIsLearntByAnotherExchange() {
    ScriptedPeer peer = ScriptedPeer.masterWith(config(4, link(1, 1, 1))).toFull();
    for (int i = 0; i < 1100; i++) {
      peer.update(
          routerLsa(new Ipv4Address(0x0b00_0000 + i), new Ipv4Address(0x0b00_0000 + i), FIRST, 1));
    }
    assertEquals(1025, peer.engine.process(peer.now).database().missing());
    peer.run(2 * SECOND);
    peer.forget();
    Ipv4Address first = new Ipv4Address(0x0b00_0000);
    peer.update(routerLsa(first, first, FIRST, 1).withAge(LsaHeader.MAX_AGE));
    peer.run(SECOND / 10);
    assertEquals(NeighborState.EX_START, peer.state());
    assertEquals(NeighborCause.DATABASE_HAS_ROOM, peer.neighbor().lastCause());
  }

  @Test
  void oneNeighborThatFillsTheDatabaseTakesNothingFromThoseBehindOtherInterfaces() {
    SimulatedNet net = new SimulatedNet(1);
    Node victim = net.add("victim", config(40, link(1, 1, 1), link(2, 2, 1)));
    Node attacker = net.add("attacker", OspfConfig.of(routerId(6), link(1, 1, 2)));
    Node honest = net.add("honest", OspfConfig.of(routerId(7), link(1, 2, 2)));
    net.join(victim, 1, attacker, 1);
    net.join(victim, 2, honest, 1);
    net.upAll();
    net.run(60 * SECOND);
    for (int router = 20; router < 100; router++) {
      inject(net, victim, 1, routerId(6), routerLsa(router, FIRST, 1));
    }
    assertEquals(30, victim.engine.process(net.now).database().lsas(), "as far as the warning");
    for (int router = 101; router < 111; router++) {
      inject(net, victim, 2, routerId(7), routerLsa(router, FIRST, 1));
    }
    assertEquals(40, victim.engine.process(net.now).database().lsas());
    assertNotNull(victim.engine.database().area(Configs.BACKBONE).routerLsa(routerId(110)));
    inject(net, victim, 2, routerId(7), routerLsa(111, FIRST, 1));
    assertNull(victim.engine.database().area(Configs.BACKBONE).routerLsa(routerId(111)));
  }

  @Test
  void ownLsasThatSomebodyElseMakesUpTakeNoPlaceBeyondTheLimit() {
    ScriptedPeer peer = ScriptedPeer.masterWith(config(4, link(1, 1, 1))).toFull();
    for (int i = 0; i < 10_000; i++) {
      Ipv4Address network = new Ipv4Address(0x0b00_0000 + 256 * i);
      Lsa forged =
          Lsa.originate(
              new Options(Options.E),
              network,
              ENGINE_ID,
              FIRST,
              SummaryLsa.ofNetwork(Ipv4Address.of(255, 255, 255, 0), 1));
      peer.update(forged);
    }
    assertEquals(4 + 1, peer.engine.database().size());
  }

  /** A Link State Update of one of the neighbors, at the other end of an interface's link. */
  private static void inject(
      SimulatedNet net, Node victim, int interfaceId, Ipv4Address routerId, Lsa lsa) {
    ByteBuf bytes = Unpooled.buffer();
    new LinkStateUpdatePacket(new OspfHeader(routerId, Configs.BACKBONE), List.of(lsa))
        .encode(bytes);
    Ipv4Address source = Ipv4Address.of(10, 1, interfaceId, 2);
    victim.engine.handle(interfaceId, bytes, source, Core.ALL_SPF_ROUTERS, net.now);
  }
}
