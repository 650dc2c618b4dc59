package dev.zuido.ospf;

import static dev.zuido.ospf.AreaNet.area;
import static dev.zuido.ospf.AreaNet.stubPrefix;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which summary-LSAs a border router originates (RFC 2328 section 12.4.3), rule by rule. */
final class Section1243SummariesTest {
  /** Area 1, router 2, backbone, router 3, area 2; a stub network at both ends and one amid. */
  private static AreaNet line() {
    return new AreaNet(7)
        .link(1, 1, 1, 2, 10)
        .link(2, 0, 2, 3, 10)
        .link(3, 2, 3, 4, 10)
        .stub(1, 1, 1, 3)
        .stub(2, 0, 2, 4)
        .stub(3, 2, 4, 5);
  }

  @Test
  void intraAreaRoutesOfTheOtherAreasAreToldToTheBackbone() {
    AreaNet line = line().converge();
    assertEquals(Map.of("10.1.1.0/30", 10, "192.168.1.0/24", 13), line.told(2, 0));
    assertEquals(Map.of("10.1.3.0/30", 10, "192.168.3.0/24", 15), line.told(3, 0));
  }

  @Test
  void intraAndInterAreaRoutesAreToldToTheOtherAreasAndNotBackIntoTheirOwn() {
    AreaNet line = line().converge();
    assertEquals(
        Map.of("10.1.2.0/30", 10, "192.168.2.0/24", 4, "10.1.3.0/30", 20, "192.168.3.0/24", 25),
        line.told(2, 1));
    assertEquals(
        Map.of("10.1.2.0/30", 10, "192.168.2.0/24", 14, "10.1.1.0/30", 20, "192.168.1.0/24", 23),
        line.told(3, 2));
  }

  @Test
  void everyRouterReachesEveryNetworkAtTheSumOfTheCosts() {
    AreaNet line = line().converge();
    assertEquals("INTER_AREA 35", line.way(1, stubPrefix(3)));
    assertEquals("INTER_AREA 25", line.way(2, stubPrefix(3)));
    assertEquals("INTRA_AREA 15", line.way(3, stubPrefix(3)));
    assertEquals("INTER_AREA 33", line.way(4, stubPrefix(1)));
    assertEquals("INTER_AREA 24", line.way(4, stubPrefix(2)));
  }

  @Test
  void theOthersHoldWhatTheBorderRouterTold() {
    AreaNet line = line().converge();
    assertEquals(line.told(2, 0), line.summaries(3, 0, LsaType.SUMMARY_NETWORK, 2));
    assertEquals(line.told(2, 1), line.summaries(1, 1, LsaType.SUMMARY_NETWORK, 2));
  }

  @Test
  void aDestinationThatBecomesUnreachableIsFlushed() {
    AreaNet line = line().converge();
    line.set(3, false);
    line.quiet();
    assertEquals(Map.of(), line.told(3, 0));
    assertEquals(Map.of("10.1.2.0/30", 10, "192.168.2.0/24", 4), line.told(2, 1));
    assertEquals("none", line.way(1, stubPrefix(3)));
    line.set(3, true);
    line.quiet();
    assertEquals("INTER_AREA 35", line.way(1, stubPrefix(3)));
  }

  @Test
  void aRouterThatIsNoBorderRouterAnyMoreFlushesItsSummaries() {
    AreaNet line = line().converge();
    line.set(1, false);
    line.quiet();
    assertEquals(Map.of(), line.told(2, 0));
    assertEquals(Map.of(), line.told(2, 1));
    assertFalse(
        ((RouterLsa) Configs.routerLsa(line.node(3).engine, routerId(2)).lsa().body()).isBorder());
  }

  @Test
  void aRouteThatChangesTouchesOnlyItsOwnSummaries() {
    AreaNet line = line().converge();
    line.node(2).log.clear();
    OspfInterfaceConfig stub = line.node(1).engine.interfaceConfig(AreaNet.STUB + 1);
    line.command(1, new OspfCommand.Configure(stub.withCost(7)));
    line.net.run(20 * SECOND);
    List<OspfOutput.LsaOriginated> originated = line.node(2).log(OspfOutput.LsaOriginated.class);
    assertEquals(1, originated.size());
    assertEquals(LsaType.SUMMARY_NETWORK, originated.get(0).header().type());
    assertEquals(stubPrefix(1).address(), originated.get(0).header().linkStateId());
    assertEquals(17, line.told(2, 0).get("192.168.1.0/24"));
  }

  @Test
  void withTwoBorderRoutersTheLossOfOneIsHealedByTheOther() {
    AreaNet ring =
        new AreaNet(3)
            .link(1, 1, 1, 2, 10)
            .link(2, 1, 1, 3, 30)
            .link(3, 0, 2, 4, 10)
            .link(4, 0, 3, 4, 10)
            .stub(1, 1, 1, 1)
            .stub(4, 0, 4, 1)
            .converge();
    assertEquals("INTER_AREA 21", ring.way(1, stubPrefix(4)));
    assertEquals("INTER_AREA 21", ring.way(4, stubPrefix(1)));
    ring.kill(2);
    ring.quiet();
    assertEquals("INTER_AREA 41", ring.way(1, stubPrefix(4)));
    assertEquals("INTER_AREA 41", ring.way(4, stubPrefix(1)));
    ring.revive(2);
    ring.quiet();
    assertEquals("INTER_AREA 21", ring.way(1, stubPrefix(4)));
    assertEquals("INTER_AREA 21", ring.way(4, stubPrefix(1)));
  }

  @Test
  void aBorderRouterWithoutTheBackboneTellsTheAreasOfEachOtherOnly() {
    AreaNet net =
        new AreaNet(3)
            .link(1, 1, 1, 2, 10)
            .link(2, 2, 2, 3, 10)
            .link(3, 2, 3, 4, 10)
            .link(4, 3, 4, 5, 10)
            .stub(5, 3, 5, 1)
            .converge();
    assertEquals(Map.of("10.1.1.0/30", 10), net.told(2, 2));
    assertEquals(Map.of("10.1.2.0/30", 10, "10.1.3.0/30", 20), net.told(2, 1));
    // "If the router has active attachments to multiple areas, only backbone summary-LSAs are
    // examined": router 2 hears of area 3 through area 2 and does not use it.
    assertEquals("INTER_AREA 21", net.way(3, stubPrefix(5)));
    assertEquals("none", net.way(2, stubPrefix(5)));
  }

  @Test
  void anInterfaceThatMovesToAnotherAreaIsToldOtherAreasAsThatAreasOwn() {
    AreaNet line = line().stub(7, 1, 2, 2).converge();
    assertEquals(2, line.told(2, 0).get("192.168.7.0/24"));
    assertFalse(line.told(2, 1).containsKey("192.168.7.0/24"));
    OspfInterfaceConfig moved =
        line.node(2).engine.interfaceConfig(AreaNet.STUB + 7).toBuilder().areaId(area(0)).build();
    line.command(2, new OspfCommand.Configure(moved));
    line.quiet();
    assertFalse(line.told(2, 0).containsKey("192.168.7.0/24"));
    assertEquals(2, line.told(2, 1).get("192.168.7.0/24"));
    assertEquals("INTRA_AREA 12", line.way(3, stubPrefix(7)));
    assertEquals("INTER_AREA 12", line.way(1, stubPrefix(7)));
  }

  @Test
  void networksWithTheSameAddressHaveDifferentLinkStateIds() {
    AreaNet net = new AreaNet(5).link(1, 0, 1, 2, 10);
    for (int length : new int[] {24, 16, 28}) {
      net.add(
          1,
          OspfInterfaceConfig.broadcast(
                  length, "same" + length, Ipv4Address.of(172, 16, 0, 1), length, area(1))
              .withPassive(true)
              .withCost(length));
    }
    net.converge();
    assertEquals(
        Map.of("172.16.0.0/16", 16, "172.16.0.0/24", 24, "172.16.0.0/28", 28), net.told(1, 0));
    assertEquals("INTER_AREA 34", net.way(2, prefix("172.16.0.0/24")));
    net.command(1, new OspfCommand.InterfaceDown(16));
    for (int i = 0; i < 200; i++) {
      // The /24 moves to the Link State ID of the /16, and is told all the time.
      net.net.run(SECOND / 10);
      assertEquals("INTER_AREA 34", net.way(2, prefix("172.16.0.0/24")));
    }
    net.quiet();
    assertEquals(Map.of("172.16.0.0/24", 24, "172.16.0.0/28", 28), net.told(1, 0));
    assertEquals("none", net.way(2, prefix("172.16.0.0/16")));
    assertEquals("INTER_AREA 38", net.way(2, prefix("172.16.0.0/28")));
    net.command(1, new OspfCommand.InterfaceUp(16));
    net.quiet();
    assertEquals("INTER_AREA 26", net.way(2, prefix("172.16.0.0/16")));
  }

  // A border router whose backbone neighbor says what a test wants it to say.

  private static final Ipv4Address PEER = Ipv4Address.of(9, 9, 9, 9);
  private static final Ipv4Prefix FAR = prefix("172.20.0.0/16");

  private static ScriptedPeer borderRouter(OspfAreaConfig area1) {
    OspfInterfaceConfig inner =
        OspfInterfaceConfig.broadcast(2, "inner", Ipv4Address.of(10, 2, 0, 1), 24, area(1))
            .withPassive(true);
    ScriptedPeer peer =
        ScriptedPeer.masterWith(
            OspfConfig.builder(ScriptedPeer.ENGINE_ID)
                .areas(List.of(area1))
                .interfaces(List.of(Configs.link(1, 1, 1), inner))
                .spfBackoff(SpfBackoff.constant(50))
                .build());
    peer.toFull();
    RouterLink back =
        new RouterLink(
            RouterLink.POINT_TO_POINT, ScriptedPeer.ENGINE_ID, ScriptedPeer.PEER_ADDRESS, 10);
    peer.update(
        Lsa.originate(
            new Options(Options.E),
            PEER,
            PEER,
            LsaHeader.INITIAL_SEQUENCE,
            new RouterLsa(RouterLsa.BORDER | RouterLsa.EXTERNAL, List.of(back))));
    peer.settle();
    return peer;
  }

  private static void tell(ScriptedPeer peer, int sequence, SummaryLsa body, Ipv4Address id) {
    peer.update(
        Lsa.originate(
            new Options(Options.E), id, PEER, LsaHeader.INITIAL_SEQUENCE + sequence, body));
  }

  /** The metric of a summary-LSA in area 1; -1 if there is none. */
  private static int metric(ScriptedPeer peer, int type, Ipv4Address id) {
    LsaEntry entry =
        peer.engine.database().area(area(1)).get(new LsaKey(type, id, ScriptedPeer.ENGINE_ID));
    return entry == null || entry.isMaxAgeAt(peer.now)
        ? -1
        : ((SummaryLsa) entry.lsa().body()).metric();
  }

  @Test
  void aRouteOfLsInfinityOrMoreIsNotTold() {
    ScriptedPeer peer = borderRouter(OspfAreaConfig.normal(area(1)));
    tell(peer, 0, SummaryLsa.ofNetwork(FAR.mask(), SummaryLsa.INFINITY - 11), FAR.address());
    peer.settle();
    assertEquals(SummaryLsa.INFINITY - 1, metric(peer, LsaType.SUMMARY_NETWORK, FAR.address()));
    tell(peer, 1, SummaryLsa.ofNetwork(FAR.mask(), SummaryLsa.INFINITY - 10), FAR.address());
    peer.settle();
    assertEquals(SummaryLsa.INFINITY, peer.engine.routes().route(FAR).cost());
    assertEquals(-1, metric(peer, LsaType.SUMMARY_NETWORK, FAR.address()));
  }

  @Test
  void interAreaRoutesAreNotToldToTheBackbone() {
    ScriptedPeer peer = borderRouter(OspfAreaConfig.normal(area(1)));
    tell(peer, 0, SummaryLsa.ofNetwork(FAR.mask(), 5), FAR.address());
    peer.settle();
    assertEquals(15, metric(peer, LsaType.SUMMARY_NETWORK, FAR.address()));
    assertNull(
        peer.held(new LsaKey(LsaType.SUMMARY_NETWORK, FAR.address(), ScriptedPeer.ENGINE_ID)));
  }

  @Test
  void asBoundaryRoutersAreToldByType4() {
    ScriptedPeer peer = borderRouter(OspfAreaConfig.normal(area(1)));
    assertEquals(10, metric(peer, LsaType.SUMMARY_ASBR, PEER));
    tell(peer, 0, SummaryLsa.ofAsBoundaryRouter(33), routerId(77));
    peer.settle();
    assertEquals(43, metric(peer, LsaType.SUMMARY_ASBR, routerId(77)));
    tell(peer, 1, SummaryLsa.ofAsBoundaryRouter(SummaryLsa.INFINITY), routerId(77));
    peer.settle();
    assertEquals(-1, metric(peer, LsaType.SUMMARY_ASBR, routerId(77)));
  }

  @Test
  void type4IsNotToldToStubAreasAndNssas() {
    for (AreaType type : new AreaType[] {AreaType.STUB, AreaType.NSSA}) {
      ScriptedPeer peer = borderRouter(OspfAreaConfig.builder(area(1), type).build());
      assertEquals(-1, metric(peer, LsaType.SUMMARY_ASBR, PEER));
    }
  }

  @Test
  void theInstancesOfASummaryAreMinLsIntervalApart() {
    ScriptedPeer peer = borderRouter(OspfAreaConfig.normal(area(1)));
    List<Long> changes = new ArrayList<>();
    int before = -1;
    for (int step = 0; step < 400; step++) {
      if (step % 15 == 0) {
        SummaryLsa body = SummaryLsa.ofNetwork(FAR.mask(), 5 + step);
        tell(peer, step / 15, body, FAR.address());
      }
      peer.run(SECOND / 10);
      int metric = metric(peer, LsaType.SUMMARY_NETWORK, FAR.address());
      if (metric != before) {
        changes.add(peer.now);
        before = metric;
      }
    }
    assertTrue(changes.size() > 3, changes::toString);
    for (int i = 1; i < changes.size(); i++) {
      assertTrue(changes.get(i) - changes.get(i - 1) >= 5 * SECOND - SECOND / 10);
    }
    peer.settle();
    assertEquals(15 + 390, metric(peer, LsaType.SUMMARY_NETWORK, FAR.address()));
    assertTrue(peer.state() == NeighborState.FULL);
  }
}
