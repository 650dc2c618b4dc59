package dev.zuido.ospf;

import static dev.zuido.ospf.ScriptedPeer.routerKey;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** LSAs that do not age: RFC 1793 section 2, which all routers have to understand. */
final class Rfc1793DoNotAgeTest {
  private static final int DO_NOT_AGE = LsaHeader.DO_NOT_AGE;
  private static final Ipv4Address PEER = Ipv4Address.of(9, 9, 9, 9);
  private static final Ipv4Address THREE = Configs.routerId(3);

  private final ScriptedPeer peer = ScriptedPeer.master().toFull();

  private static Lsa routerLsa(Ipv4Address router, int sequence, int options, RouterLink... links) {
    return Lsa.originate(
        new Options(options), router, router, sequence, new RouterLsa(0, List.of(links)));
  }

  private static Lsa understood(Ipv4Address router, int sequence, RouterLink... links) {
    return routerLsa(router, sequence, Options.E | Options.DC, links);
  }

  private static RouterLink to(Ipv4Address neighbor) {
    return new RouterLink(RouterLink.POINT_TO_POINT, neighbor, Ipv4Address.of(10, 1, 1, 2), 10);
  }

  private void runHours(int hours) {
    for (int i = 0; i < hours * 360; i++) {
      peer.settle();
    }
  }

  @Test
  void section2_1OwnLsasSayThatTheRouterUnderstands() {
    assertTrue(peer.ownLsa().header().options().has(Options.DC));
  }

  @Test
  void section2_1HellosDoNotOfferADemandCircuit() {
    peer.run(30 * SECOND);
    peer.take(dev.zuido.ospf.packet.HelloPacket.class)
        .forEach(hello -> assertEquals(new Options(Options.E), hello.options()));
  }

  @Test
  void section2_2TheAgeOfADoNotAgeLsaStaysAndIsAcknowledged() {
    Lsa lsa = understood(THREE, 1).withAge(DO_NOT_AGE | 7);
    peer.update(lsa);
    peer.run(2 * SECOND);
    assertEquals(
        List.of(lsa.header()), peer.take(LinkStateAcknowledgmentPacket.class).get(0).lsaHeaders());
    peer.run(1000 * SECOND);
    peer.request(routerKey(THREE));
    Lsa sent =
        peer.take(LinkStateUpdatePacket.class).stream()
            .flatMap(update -> update.lsas().stream())
            .filter(each -> each.key().equals(routerKey(THREE)))
            .findFirst()
            .orElseThrow();
    // InfTransDelay is added "even if the DoNotAge bit is set".
    assertEquals(DO_NOT_AGE | 8, sent.header().age());
  }

  @Test
  void section2_2TheBitDoesNotCountInComparisons() {
    Lsa lsa = understood(THREE, 1);
    assertEquals(
        0,
        LsaHeader.compareInstances(lsa.withAge(DO_NOT_AGE | 1).header(), lsa.withAge(1).header()));
    assertTrue(
        LsaHeader.compareInstances(lsa.withAge(DO_NOT_AGE | 1).header(), lsa.withAge(1000).header())
            > 0);
    assertTrue(lsa.withAge(DO_NOT_AGE | 3600).header().isMaxAge());
    assertEquals(LsaHeader.MAX_AGE, lsa.withAge(DO_NOT_AGE | 3600).header().age());
    peer.update(lsa.withAge(DO_NOT_AGE | 1));
    peer.run(2 * SECOND);
    peer.forget();
    peer.update(lsa.withAge(1));
    assertEquals(1, peer.take(LinkStateAcknowledgmentPacket.class).size(), "a duplicate");
  }

  @Test
  void section2_2AnAgeOutOfBothRangesIsMaxAge() {
    LsaHeader header = understood(THREE, 1).header();
    for (int age : new int[] {3600, 3601, 0x7fff, DO_NOT_AGE + 3600, DO_NOT_AGE + 3601, 0xffff}) {
      LsaHeader odd =
          new LsaHeader(
              age,
              header.options(),
              header.type(),
              header.linkStateId(),
              header.advertisingRouter(),
              header.sequence(),
              header.checksum(),
              header.length());
      assertTrue(odd.isMaxAge() && !odd.isDoNotAge(), "age " + age);
    }
  }

  @Test
  void section2_3AnLsaOfAReachableRouterStaysForHours() {
    peer.update(understood(PEER, 1, to(ScriptedPeer.ENGINE_ID)).withAge(DO_NOT_AGE | 1));
    runHours(3);
    assertNotNull(peer.held(routerKey(PEER)));
  }

  @Test
  void section2_3AnLsaOfAnUnreachableRouterGoesAfterMaxAge() {
    peer.update(understood(THREE, 1, to(PEER)).withAge(DO_NOT_AGE | 1));
    long installed = peer.now;
    while (peer.now < installed + 3590 * SECOND) {
      peer.settle();
    }
    assertNotNull(peer.held(routerKey(THREE)));
    peer.forget();
    peer.run(20 * SECOND);
    Lsa flushed =
        peer.take(LinkStateUpdatePacket.class).stream()
            .flatMap(update -> update.lsas().stream())
            .filter(lsa -> lsa.key().equals(routerKey(THREE)))
            .findFirst()
            .orElseThrow();
    assertEquals(LsaHeader.MAX_AGE, flushed.header().age(), "not DoNotAge+MaxAge");
    peer.acknowledge(flushed.header());
    assertNull(peer.held(routerKey(THREE)));
  }

  @Test
  void section2_3TheTimeOfBeingUnreachableBeginsWhenTheRouterIsLost() {
    Lsa link = understood(PEER, 1, to(ScriptedPeer.ENGINE_ID), to(THREE)).withAge(DO_NOT_AGE | 1);
    peer.update(link, understood(THREE, 1, to(PEER)).withAge(DO_NOT_AGE | 2));
    runHours(2);
    assertNotNull(peer.held(routerKey(THREE)));
    peer.update(understood(PEER, 2, to(ScriptedPeer.ENGINE_ID)).withAge(DO_NOT_AGE | 1));
    long lost = peer.now;
    while (peer.now < lost + 3580 * SECOND) {
      peer.settle();
    }
    assertNotNull(peer.held(routerKey(THREE)));
    while (peer.now < lost + 3640 * SECOND) {
      peer.settle();
    }
    assertNull(peer.held(routerKey(THREE)));
    assertNotNull(peer.held(routerKey(PEER)));
  }

  @Test
  void section2_5DoNotAgeLsasAreFlushedWhereARouterDoesNotUnderstandThem() {
    peer.update(understood(PEER, 1, to(ScriptedPeer.ENGINE_ID)).withAge(DO_NOT_AGE | 1));
    peer.settle();
    assertNotNull(peer.held(routerKey(PEER)));
    peer.update(routerLsa(THREE, 1, Options.E).withAge(3));
    Lsa flushed =
        peer.take(LinkStateUpdatePacket.class).stream()
            .flatMap(update -> update.lsas().stream())
            .filter(lsa -> lsa.key().equals(routerKey(PEER)))
            .findFirst()
            .orElseThrow();
    assertEquals(LsaHeader.MAX_AGE, flushed.header().age());
    peer.settle();
    assertNull(peer.held(routerKey(PEER)));
    // Its originator makes it anew, with DoNotAge clear.
    peer.update(understood(PEER, 2, to(ScriptedPeer.ENGINE_ID)).withAge(1));
    peer.settle();
    assertNotNull(peer.held(routerKey(PEER)));
  }

  /** The engine as a border router: the peer is in area 1, the backbone has a stub network. */
  private static ScriptedPeer border() {
    OspfInterfaceConfig inArea1 =
        Configs.link(1, 1, 1).toBuilder().areaId(Ipv4Address.of(0, 0, 0, 1)).build();
    return ScriptedPeer.masterWith(
            OspfConfig.of(ScriptedPeer.ENGINE_ID, inArea1, Configs.stub(2, 9)))
        .toFull();
  }

  private static @Nullable Lsa indicationIn(ScriptedPeer border) {
    LsaEntry entry =
        border
            .engine
            .database()
            .area(Configs.BACKBONE)
            .get(new LsaKey(LsaType.SUMMARY_ASBR, ScriptedPeer.ENGINE_ID, ScriptedPeer.ENGINE_ID));
    return entry == null || entry.isMaxAgeAt(border.now) ? null : entry.lsa();
  }

  @Test
  void section2_5_1ABorderRouterTellsTheBackboneOfARouterThatDoesNotUnderstand() {
    ScriptedPeer border = border();
    border.update(understood(PEER, 1, to(ScriptedPeer.ENGINE_ID)).withAge(1));
    border.settle();
    assertNull(indicationIn(border));
    border.update(routerLsa(THREE, 1, Options.E).withAge(1));
    border.settle();
    Lsa indication = indicationIn(border);
    assertNotNull(indication);
    assertEquals(new Options(Options.E), indication.header().options(), "the DC-bit clear");
    assertEquals(SummaryLsa.ofAsBoundaryRouter(SummaryLsa.INFINITY), indication.body());
    border.update(understood(THREE, 2).withAge(1));
    border.settle();
    assertNull(indicationIn(border), "all understand it again");
  }

  @Test
  void section2_5_1NoIndicationGoesIntoAnAreaThatHasSuchARouterItself() {
    ScriptedPeer border = border();
    border.update(routerLsa(THREE, 1, Options.E).withAge(1));
    border.settle();
    assertNotNull(indicationIn(border));
    assertNull(
        border
            .engine
            .database()
            .area(Ipv4Address.of(0, 0, 0, 1))
            .get(new LsaKey(LsaType.SUMMARY_ASBR, ScriptedPeer.ENGINE_ID, ScriptedPeer.ENGINE_ID)));
  }
}
