package dev.zuido.ospf;

import static dev.zuido.ospf.ScriptedPeer.ENGINE_ID;
import static dev.zuido.ospf.ScriptedPeer.routerKey;
import static dev.zuido.ospf.ScriptedPeer.routerLsa;
import static dev.zuido.ospf.SimulatedNet.MILLI;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.UnknownLsa;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 2328 section 13, step by step, on an adjacency that is Full. */
final class Section13FloodingTest {
  private static final int FIRST = LsaHeader.INITIAL_SEQUENCE;

  private final ScriptedPeer peer = ScriptedPeer.master().toFull();

  private List<LsaHeader> acknowledged() {
    return peer.take(LinkStateAcknowledgmentPacket.class).stream()
        .flatMap(packet -> packet.lsaHeaders().stream())
        .toList();
  }

  private List<Lsa> updates() {
    return peer.take(LinkStateUpdatePacket.class).stream()
        .flatMap(packet -> packet.lsas().stream())
        .toList();
  }

  @Test
  void theSettingIsFullAndQuiet() {
    assertEquals(NeighborState.FULL, peer.state());
    assertEquals(0, peer.neighbor().retransmissions());
  }

  @Test
  void beforeStep1AnUpdateInALesserStateThanExchangeIsDropped() {
    ScriptedPeer early = ScriptedPeer.master();
    early.hello();
    assertEquals(NeighborState.EX_START, early.state());
    early.update(routerLsa(7, FIRST, 1));
    assertEquals(1, early.dropped(DropReason.NEIGHBOR_STATE));
    assertNull(early.held(routerKey(Configs.routerId(7))));
  }

  @Test
  void step1AnLsaWithABadChecksumIsDiscardedAndTheNextExamined() {
    Lsa good = routerLsa(8, FIRST, 1);
    ByteBuf bytes = Unpooled.buffer();
    new LinkStateUpdatePacket(peer.header(), List.of(routerLsa(7, FIRST, 1), good)).encode(bytes);
    // The metric of the first LSA, and the packet checksum that follows from it.
    bytes.setShort(28 + 20 + 4 + 10, 99);
    bytes.setShort(12, 0);
    bytes.setShort(12, checksum(bytes));
    peer.give(bytes);
    assertEquals(1, peer.dropped(DropReason.LSA_CHECKSUM));
    assertNull(peer.held(routerKey(Configs.routerId(7))));
    assertNotNull(peer.held(good.key()));
    peer.run(2 * SECOND);
    assertEquals(List.of(good.header()), acknowledged());
  }

  private static int checksum(ByteBuf packet) {
    long sum = 0;
    for (int i = 0; i < packet.writerIndex(); i += 2) {
      sum += i >= 16 && i < 24 ? 0 : packet.getUnsignedShort(i);
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) ~sum & 0xffff;
  }

  @Test
  void step2AnUnknownTypeIsDiscarded() {
    Ipv4Address id = Configs.routerId(7);
    Lsa unknown =
        Lsa.originate(
            new Options(Options.E),
            id,
            id,
            FIRST,
            new UnknownLsa(42, ByteString.ofHex("01020304")));
    peer.update(unknown);
    peer.run(2 * SECOND);
    assertEquals(1, peer.dropped(DropReason.LSA_TYPE));
    assertEquals(List.of(), acknowledged());
  }

  @Test
  void step2ARouterLsaWithAForeignLinkStateIdIsDiscarded() {
    peer.update(routerLsa(Configs.routerId(7), Configs.routerId(8), FIRST, 1));
    assertEquals(1, peer.dropped(DropReason.LSA_TYPE));
  }

  @Test
  void step3AnAsExternalLsaInAStubAreaIsDiscarded() {
    Ipv4Address areaId = Ipv4Address.of(0, 0, 0, 7);
    OspfInterfaceConfig link =
        OspfInterfaceConfig.pointToPoint(1, "p", ScriptedPeer.ENGINE_ADDRESS, 30, areaId);
    ScriptedPeer stub =
        ScriptedPeer.masterWith(
            OspfConfig.builder(ENGINE_ID)
                .areas(List.of(OspfAreaConfig.stub(areaId)))
                .interfaces(List.of(link))
                .build());
    stub.options = Options.NONE;
    stub.toFull();
    assertEquals(NeighborState.FULL, stub.state());
    stub.update(external());
    assertEquals(1, stub.dropped(DropReason.LSA_EXTERNAL_IN_STUB));
    assertEquals(0, stub.engine.database().asWide().size());
    peer.update(external());
    assertEquals(1, peer.engine.database().asWide().size(), "but not in another area");
  }

  private static Lsa external() {
    AsExternalLsa.Route route = new AsExternalLsa.Route(true, 0, 20, Ipv4Address.UNSPECIFIED, 0);
    return Lsa.originate(
        new Options(Options.E),
        Ipv4Address.of(198, 51, 100, 0),
        Configs.routerId(7),
        FIRST,
        new AsExternalLsa(Ipv4Address.of(255, 255, 255, 0), List.of(route)));
  }

  @Test
  void step4AMaxAgeLsaWithoutACopyIsAcknowledgedDirectlyAndDiscarded() {
    Lsa dead = routerLsa(7, FIRST, 1).withAge(LsaHeader.MAX_AGE);
    peer.update(dead);
    assertEquals(List.of(dead.header()), acknowledged());
    assertNull(peer.held(dead.key()));
  }

  @Test
  void step5aAnInstanceWithinMinLsArrivalIsDiscardedUnacknowledged() {
    Lsa first = routerLsa(7, FIRST, 1);
    peer.update(first);
    peer.run(900 * MILLI);
    peer.update(routerLsa(7, FIRST + 1, 2));
    assertEquals(1, peer.dropped(DropReason.LSA_MIN_ARRIVAL));
    peer.run(2 * SECOND);
    assertEquals(List.of(first.header()), acknowledged());
    peer.update(routerLsa(7, FIRST + 1, 2));
    assertEquals(FIRST + 1, peer.held(first.key()).header().sequence());
  }

  @Test
  void step5dAndEANewLsaIsInstalledAndAcknowledgedWithDelay() {
    Lsa lsa = routerLsa(7, FIRST, 1);
    peer.update(lsa);
    assertEquals(lsa, peer.held(lsa.key()));
    assertEquals(List.of(), acknowledged(), "not at once");
    peer.run(SECOND);
    assertEquals(List.of(lsa.header()), acknowledged());
    assertEquals(List.of(), updates(), "not flooded back on a point-to-point link");
  }

  @Test
  void step5fAnOwnLsaFromBeforeARestartIsOverridden() {
    Lsa old = routerLsa(ENGINE_ID, ENGINE_ID, FIRST + 500, 3);
    peer.update(old);
    peer.run(6 * SECOND);
    Lsa answer = peer.ownLsa();
    assertEquals(FIRST + 501, answer.header().sequence());
    assertTrue(updates().stream().anyMatch(lsa -> lsa.header().sequence() == FIRST + 501));
  }

  @Test
  void step5fAnOwnNetworkLsaThatIsNotWantedIsFlushed() {
    for (Ipv4Address advertising : List.of(ENGINE_ID, Configs.routerId(77))) {
      Lsa ghost =
          Lsa.originate(
              new Options(Options.E),
              ScriptedPeer.ENGINE_ADDRESS,
              advertising,
              FIRST,
              new NetworkLsa(
                  Ipv4Address.of(255, 255, 255, 252), List.of(ENGINE_ID, Configs.routerId(7))));
      peer.update(ghost);
      List<Lsa> flushed = updates();
      assertEquals(1, flushed.size());
      assertEquals(LsaHeader.MAX_AGE, flushed.get(0).header().age());
      assertEquals(FIRST, flushed.get(0).header().sequence());
      peer.acknowledge(flushed.get(0).header());
      assertNull(peer.held(ghost.key()), "removed once acknowledged (section 14)");
    }
  }

  @Test
  void step6AnLsaOnTheRequestListThatIsNotNewerIsABadLsReq() {
    Lsa known = routerLsa(7, FIRST + 5, 1);
    ScriptedPeer loading = ScriptedPeer.master().toFull();
    loading.update(known);
    loading.run(2 * SECOND);
    loading.describe(ScriptedPeer.I_M_MS, 5000);
    assertEquals(NeighborState.EX_START, loading.state());
    loading.describe(ScriptedPeer.I_M_MS, 5000);
    loading.describe(ScriptedPeer.MS, 5001, routerLsa(7, FIRST + 6, 1).header());
    assertEquals(NeighborState.LOADING, loading.state());
    loading.update(known);
    assertEquals(NeighborState.EX_START, loading.state());
    assertEquals(NeighborCause.BAD_LS_REQ, lastCause(loading));
  }

  private static NeighborCause lastCause(ScriptedPeer peer) {
    return peer.events.stream()
        .filter(OspfOutput.NeighborChanged.class::isInstance)
        .map(OspfOutput.NeighborChanged.class::cast)
        .reduce((x, y) -> y)
        .orElseThrow()
        .cause();
  }

  @Test
  void step7aTheSameInstanceIsAnImpliedAcknowledgmentAndNotAcknowledged() {
    peer.command(new OspfCommand.Configure(Configs.link(1, 1, 1).withCost(99)));
    assertEquals(1, peer.neighbor().retransmissions());
    peer.update(updates().get(0));
    assertEquals(0, peer.neighbor().retransmissions());
    peer.run(2 * SECOND);
    assertEquals(List.of(), acknowledged());
  }

  @Test
  void step7bADuplicateIsAcknowledgedDirectly() {
    Lsa lsa = routerLsa(7, FIRST, 1);
    peer.update(lsa);
    peer.run(2 * SECOND);
    acknowledged();
    peer.update(lsa);
    assertEquals(List.of(lsa.header()), acknowledged());
  }

  @Test
  void step8AnOlderInstanceIsAnsweredWithTheDatabaseCopyWithoutAcknowledgment() {
    Lsa newer = routerLsa(7, FIRST + 5, 1);
    peer.update(newer);
    peer.run(2 * SECOND);
    acknowledged();
    peer.update(routerLsa(7, FIRST, 1));
    List<Lsa> answer = updates();
    assertEquals(1, answer.size());
    assertEquals(newer.header().sequence(), answer.get(0).header().sequence());
    assertEquals(0, peer.neighbor().retransmissions());
    peer.update(routerLsa(7, FIRST, 1));
    assertEquals(List.of(), updates(), "not twice within MinLSArrival");
    peer.run(2 * SECOND);
    assertEquals(List.of(), acknowledged());
    peer.update(routerLsa(7, FIRST, 1));
    assertEquals(1, updates().size());
  }

  @Test
  void section12Dot1Dot6TheSequenceNumberWrapsThroughAFlush() {
    peer.update(routerLsa(ENGINE_ID, ENGINE_ID, LsaHeader.MAX_SEQUENCE, 3));
    List<Lsa> flushed = updates();
    for (int i = 0; i < 12 && flushed.isEmpty(); i++) {
      peer.run(SECOND / 2);
      flushed = updates();
    }
    assertEquals(LsaHeader.MAX_SEQUENCE, flushed.get(0).header().sequence());
    assertEquals(LsaHeader.MAX_AGE, flushed.get(0).header().age());
    peer.update(routerLsa(ENGINE_ID, ENGINE_ID, 5, 3));
    assertEquals(List.of(), updates(), "step 8: nothing is said while the number wraps");
    peer.acknowledge(flushed.get(0).header());
    peer.run(6 * SECOND);
    assertEquals(FIRST, peer.ownLsa().header().sequence());
    assertEquals(LsaHeader.INITIAL_SEQUENCE, updates().get(0).header().sequence());
  }

  @Test
  void section13Dot6AnUnacknowledgedLsaIsRetransmittedOlderByInfTransDelay() {
    peer.command(new OspfCommand.Configure(Configs.link(1, 1, 1).withCost(99)));
    LsaHeader first = updates().get(0).header();
    assertEquals(1, first.age(), "InfTransDelay");
    peer.run(5 * SECOND - 1);
    assertEquals(List.of(), updates());
    peer.run(1);
    LsaHeader again = updates().get(0).header();
    assertEquals(first.sequence(), again.sequence());
    assertEquals(6, again.age());
    peer.run(10 * SECOND - 1);
    assertEquals(List.of(), updates(), "RFC 4222 recommendation 3: the interval doubles");
    peer.run(1);
    assertEquals(1, updates().size());
    peer.acknowledge(again);
    peer.run(20 * SECOND);
    assertEquals(List.of(), updates());
  }

  @Test
  void section13Dot7AnAcknowledgmentOfAnotherInstanceIsQuestionable() {
    peer.command(new OspfCommand.Configure(Configs.link(1, 1, 1).withCost(99)));
    LsaHeader sent = updates().get(0).header();
    peer.acknowledge(routerLsa(ENGINE_ID, ENGINE_ID, sent.sequence() - 1, 1).header());
    assertEquals(1, peer.dropped(DropReason.QUESTIONABLE_ACK));
    assertEquals(1, peer.neighbor().retransmissions());
    peer.acknowledge(routerLsa(66, FIRST, 1).header());
    assertEquals(1, peer.dropped(DropReason.QUESTIONABLE_ACK), "not on the list: passed over");
  }

  @Test
  void section14AMaxAgeLsaStaysUntilAcknowledged() {
    Lsa lsa = routerLsa(7, FIRST, 1);
    peer.update(lsa);
    peer.run(2 * SECOND);
    peer.update(lsa.withAge(LsaHeader.MAX_AGE));
    assertNull(peer.held(lsa.key()), "nobody has to acknowledge it: the sender has it");
    peer.run(2 * SECOND);
    assertEquals(LsaHeader.MAX_AGE, acknowledged().get(1).age());
  }

  @Test
  void theDatabasesLimitDropsForeignLsasButNotTheOwn() {
    ScriptedPeer small =
        ScriptedPeer.masterWith(
            OspfConfig.builder(ENGINE_ID)
                .interfaces(List.of(Configs.link(1, 1, 1)))
                .limits(new OspfLimits(1, 3, 1))
                .build());
    small.toFull();
    for (int router = 10; router < 20; router++) {
      small.update(routerLsa(router, FIRST, 1));
    }
    assertEquals(3 + 1, small.engine.database().size(), "the own one takes no place of others");
    assertEquals(7, small.dropped(DropReason.LSA_LIMIT));
    small.run(2 * SECOND);
    small.update(routerLsa(10, FIRST + 1, 1));
    LsaKey known = routerKey(Configs.routerId(10));
    assertEquals(FIRST + 1, small.held(known).header().sequence());
    assertEquals(LsaType.ROUTER, known.type());
  }
}
