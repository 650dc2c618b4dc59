package dev.zuido.ospf;

import static dev.zuido.ospf.ScriptedPeer.ENGINE_ID;
import static dev.zuido.ospf.ScriptedPeer.I_M_MS;
import static dev.zuido.ospf.ScriptedPeer.M;
import static dev.zuido.ospf.ScriptedPeer.MS;
import static dev.zuido.ospf.ScriptedPeer.M_MS;
import static dev.zuido.ospf.ScriptedPeer.routerKey;
import static dev.zuido.ospf.ScriptedPeer.routerLsa;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.LinkStateRequestPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 2328 sections 10.6 to 10.9, case by case. */
final class Section10ExchangeTest {
  private static final int FIRST = LsaHeader.INITIAL_SEQUENCE;
  private static final Options E = new Options(Options.E);

  private static List<DatabaseDescriptionPacket> descriptions(ScriptedPeer peer) {
    return peer.take(DatabaseDescriptionPacket.class);
  }

  private static DatabaseDescriptionPacket last(ScriptedPeer peer) {
    return descriptions(peer).stream().reduce((x, y) -> y).orElseThrow();
  }

  @Test
  void section10Dot6APacketFromNoNeighborIsDropped() {
    ScriptedPeer peer = ScriptedPeer.master();
    peer.describe(I_M_MS, 100);
    assertEquals(1, peer.dropped(DropReason.UNKNOWN_NEIGHBOR));
  }

  @Test
  void section10Dot6ALargerMtuIsRejectedInEveryState() {
    ScriptedPeer peer = ScriptedPeer.master();
    peer.hello();
    peer.describe(1501, E, I_M_MS, 100);
    assertEquals(NeighborState.EX_START, peer.state());
    assertEquals(1, peer.dropped(DropReason.MTU_MISMATCH));
    peer.describe(0, E, I_M_MS, 100);
    assertEquals(NeighborState.EXCHANGE, peer.state());
  }

  @Test
  void section10Dot6InitGoesThroughTwoWayReceivedIntoExStart() {
    ScriptedPeer peer = ScriptedPeer.master();
    peer.hello(List.of());
    assertEquals(NeighborState.INIT, peer.state());
    peer.describe(I_M_MS, 100);
    assertEquals(NeighborState.EXCHANGE, peer.state());
  }

  @Test
  void section10Dot6ExStartTheLargerRouterIdBecomesMaster() {
    ScriptedPeer peer = ScriptedPeer.master();
    peer.hello();
    DatabaseDescriptionPacket initial = last(peer);
    assertEquals(I_M_MS, initial.flags());
    assertTrue(initial.lsaHeaders().isEmpty());
    assertEquals(1500, initial.interfaceMtu());
    peer.describe(I_M_MS, 100);
    DatabaseDescriptionPacket reply = last(peer);
    assertEquals(0, reply.flags(), "slave, and all is said in one packet");
    assertEquals(100, reply.ddSequenceNumber());
    assertEquals(1, reply.lsaHeaders().size());
    assertTrue(peer.neighbor().master());
  }

  @Test
  void section10Dot6ExStartASmallerRouterIdAcknowledgesAsSlave() {
    ScriptedPeer peer = ScriptedPeer.slave();
    peer.hello();
    int sequence = last(peer).ddSequenceNumber();
    peer.describe(I_M_MS, 100);
    assertEquals(NeighborState.EX_START, peer.state());
    assertEquals(0, peer.dropped(DropReason.NOT_NEGOTIATING));
    peer.describe(M, sequence + 1);
    assertEquals(1, peer.dropped(DropReason.NOT_NEGOTIATING));
    peer.describe(M, sequence);
    assertEquals(NeighborState.EXCHANGE, peer.state());
    DatabaseDescriptionPacket next = last(peer);
    assertEquals(MS, next.flags());
    assertEquals(sequence + 1, next.ddSequenceNumber());
    assertEquals(1, next.lsaHeaders().size());
    peer.describe(0, sequence + 1);
    assertEquals(NeighborState.FULL, peer.state());
  }

  @Test
  void section10Dot6ExchangeADuplicateIsRepeatedByTheSlave() {
    ScriptedPeer peer = ScriptedPeer.master().toExchange();
    DatabaseDescriptionPacket reply = last(peer);
    peer.describe(I_M_MS, 100);
    assertEquals(reply, last(peer));
    assertEquals(NeighborState.EXCHANGE, peer.state());
  }

  @Test
  void section10Dot6ExchangeADuplicateIsDiscardedByTheMaster() {
    ScriptedPeer peer = ScriptedPeer.slave();
    peer.hello();
    int sequence = last(peer).ddSequenceNumber();
    peer.describe(M, sequence);
    descriptions(peer);
    peer.describe(M, sequence);
    assertEquals(1, peer.dropped(DropReason.DUPLICATE_DD));
    assertEquals(List.of(), descriptions(peer));
    assertEquals(NeighborState.EXCHANGE, peer.state());
  }

  private static void mismatches(ScriptedPeer peer) {
    assertEquals(NeighborState.EX_START, peer.state());
    OspfOutput.NeighborChanged change =
        (OspfOutput.NeighborChanged)
            peer.events.stream()
                .filter(OspfOutput.NeighborChanged.class::isInstance)
                .reduce((x, y) -> y)
                .orElseThrow();
    assertEquals(NeighborCause.SEQ_NUMBER_MISMATCH, change.cause());
    assertEquals(I_M_MS, last(peer).flags());
  }

  @Test
  void section10Dot6ExchangeAWrongMasterBitIsAMismatch() {
    ScriptedPeer peer = ScriptedPeer.master().toExchange();
    peer.describe(M, 101);
    mismatches(peer);
  }

  @Test
  void section10Dot6ExchangeTheInitBitIsAMismatch() {
    ScriptedPeer peer = ScriptedPeer.master().toExchange();
    peer.describe(I_M_MS, 101);
    mismatches(peer);
  }

  @Test
  void section10Dot6ExchangeOtherOptionsAreAMismatch() {
    ScriptedPeer peer = ScriptedPeer.master().toExchange();
    peer.describe(1500, E.with(Options.DC), M_MS, 101);
    mismatches(peer);
  }

  @Test
  void section10Dot6ExchangeAGapInTheSequenceIsAMismatch() {
    ScriptedPeer peer = ScriptedPeer.master().toExchange();
    peer.describe(M_MS, 102);
    mismatches(peer);
  }

  @Test
  void section10Dot6AnUnknownTypeIsAMismatch() {
    ScriptedPeer peer = ScriptedPeer.master().toExchange();
    LsaHeader odd = new LsaHeader(1, E, 42, ENGINE_ID, Configs.routerId(7), FIRST, 0x1234, 24);
    peer.describe(M_MS, 101, odd);
    mismatches(peer);
  }

  @Test
  void section10Dot6FullADuplicateIsRepeatedUntilRouterDeadInterval() {
    ScriptedPeer peer = ScriptedPeer.master().toLoading();
    assertEquals(NeighborState.FULL, peer.state());
    descriptions(peer);
    peer.run(39 * SECOND);
    peer.describe(MS, 101);
    assertEquals(101, last(peer).ddSequenceNumber());
    assertEquals(NeighborState.FULL, peer.state());
    peer.run(2 * SECOND);
    peer.describe(MS, 101);
    mismatches(peer);
  }

  @Test
  void section10Dot6FullAnythingElseIsAMismatch() {
    ScriptedPeer peer = ScriptedPeer.master().toLoading();
    peer.describe(I_M_MS, 200);
    mismatches(peer);
  }

  @Test
  void section10Dot6WhatIsMissingOrOlderIsRequestedAndNothingElse() {
    ScriptedPeer peer = ScriptedPeer.master();
    peer.hello();
    LsaHeader own = peer.ownLsa().header();
    peer.describe(I_M_MS, 100);
    Lsa missing = routerLsa(7, FIRST, 1);
    peer.describe(MS, 101, own, missing.header());
    assertEquals(NeighborState.LOADING, peer.state());
    assertEquals(List.of(missing.key()), peer.take(LinkStateRequestPacket.class).get(0).requests());
    peer.update(missing);
    assertEquals(NeighborState.FULL, peer.state());
  }

  @Test
  void section10Dot7ARequestBeforeExchangeIsIgnored() {
    ScriptedPeer peer = ScriptedPeer.master();
    peer.hello();
    peer.request(routerKey(ENGINE_ID));
    assertEquals(1, peer.dropped(DropReason.NEIGHBOR_STATE));
    assertEquals(List.of(), peer.take(LinkStateUpdatePacket.class));
  }

  @Test
  void section10Dot7ARequestIsAnsweredAndNotPutOnTheRetransmissionList() {
    ScriptedPeer peer = ScriptedPeer.master().toExchange();
    peer.request(routerKey(ENGINE_ID));
    LinkStateUpdatePacket update = peer.take(LinkStateUpdatePacket.class).get(0);
    assertEquals(peer.ownLsa().header().sequence(), update.lsas().get(0).header().sequence());
    assertEquals(0, peer.neighbor().retransmissions());
  }

  @Test
  void section10Dot7ARequestForWhatIsNotThereIsABadLsReq() {
    ScriptedPeer peer = ScriptedPeer.master().toLoading();
    peer.request(routerKey(ENGINE_ID), routerKey(Configs.routerId(99)));
    assertEquals(NeighborState.EX_START, peer.state());
    assertEquals(
        List.of(),
        peer.take(LinkStateUpdatePacket.class).stream()
            .filter(update -> update.lsas().isEmpty())
            .toList());
  }

  @Test
  void section10Dot8ExStartIsRetransmittedWithTheSameNumber() {
    ScriptedPeer peer = ScriptedPeer.master();
    peer.hello();
    int sequence = last(peer).ddSequenceNumber();
    peer.run(21 * SECOND);
    List<DatabaseDescriptionPacket> again = descriptions(peer);
    assertTrue(again.size() == 4 || again.size() == 5, () -> again.size() + " in 21 s");
    assertTrue(again.stream().allMatch(packet -> packet.ddSequenceNumber() == sequence));
  }

  @Test
  void section10Dot8TheMasterRetransmitsTheSlaveDoesNot() {
    ScriptedPeer master = ScriptedPeer.slave();
    master.hello();
    master.describe(M, last(master).ddSequenceNumber());
    DatabaseDescriptionPacket sent = last(master);
    master.run(6 * SECOND);
    assertEquals(
        List.of(sent.ddSequenceNumber()),
        descriptions(master).stream().map(DatabaseDescriptionPacket::ddSequenceNumber).toList());
    ScriptedPeer slave = ScriptedPeer.master().toExchange();
    descriptions(slave);
    slave.run(20 * SECOND);
    assertEquals(List.of(), descriptions(slave));
  }

  @Test
  void section10Dot8ANewAttemptHasANewNumber() {
    ScriptedPeer peer = ScriptedPeer.slave();
    peer.hello();
    int first = last(peer).ddSequenceNumber();
    peer.hello(List.of());
    assertEquals(NeighborState.INIT, peer.state());
    peer.hello();
    assertNotEquals(first, last(peer).ddSequenceNumber());
  }

  @Test
  void section10Dot9OneRequestIsOutstandingAndRepeated() {
    ScriptedPeer peer = ScriptedPeer.master();
    LsaHeader[] many = new LsaHeader[200];
    for (int i = 0; i < many.length; i++) {
      many[i] = routerLsa(i < 99 ? i + 101 : i, FIRST + i, 1).header();
      LsaHeader h = many[i];
      many[i] =
          new LsaHeader(
              h.age(), h.options(), h.type(), id(i), id(i), h.sequence(), h.checksum(), h.length());
    }
    peer.toExchange();
    peer.describe(M_MS, 101, java.util.Arrays.copyOf(many, 60));
    peer.describe(MS, 102, java.util.Arrays.copyOfRange(many, 60, 130));
    List<LinkStateRequestPacket> requests = peer.take(LinkStateRequestPacket.class);
    assertEquals(60, requests.get(0).requests().size(), "what the first packet described");
    assertTrue(requests.get(requests.size() - 1).requests().size() <= (1500 - 20 - 24) / 12);
    peer.run(6 * SECOND);
    List<LsaKey> again = peer.take(LinkStateRequestPacket.class).get(0).requests();
    assertEquals(many[0].key(), again.get(0));
    assertEquals(130, peer.neighbor().requests());
  }

  private static dev.zuido.wire.Ipv4Address id(int i) {
    return dev.zuido.wire.Ipv4Address.of(30, 0, i >>> 8, i & 0xff);
  }
}
