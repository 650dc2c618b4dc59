package dev.zuido.ospf;

import static dev.zuido.ospf.AreaNet.area;
import static dev.zuido.ospf.AreaNet.stubPrefix;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.ospf.spf.RouterRoute;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stub areas and totally stubby areas: sections 3.6 and 12.4.3.1, and their change at run time. */
final class StubAreasTest {
  private static AreaNet line(OspfAreaConfig area1) {
    return lineWith(area1, area1);
  }

  /** Router 1 in area 1, border router 2, router 3 in the backbone. */
  private static AreaNet lineWith(OspfAreaConfig inside, OspfAreaConfig border) {
    return new AreaNet(2)
        .link(1, 1, 1, 2, 10)
        .link(2, 0, 2, 3, 10)
        .stub(1, 1, 1, 3)
        .stub(3, 0, 3, 8)
        .areasOf(1, inside)
        .areasOf(2, border)
        .converge();
  }

  private static OspfAreaConfig.Builder stub() {
    return OspfAreaConfig.builder(area(1), AreaType.STUB);
  }

  @Test
  void aStubAreaIsToldADefaultRouteBesideTheSummaries() {
    AreaNet line = line(stub().defaultCost(7).build());
    assertEquals(Map.of("0.0.0.0/0", 7, "10.1.2.0/30", 10, "192.168.3.0/24", 18), line.told(2, 1));
    assertEquals("INTER_AREA 17", line.way(1, Ipv4Prefix.DEFAULT));
    assertEquals("none", line.way(3, Ipv4Prefix.DEFAULT));
    assertEquals("INTER_AREA 23", line.way(3, stubPrefix(1)));
  }

  @Test
  void aTotallyStubbyAreaIsToldADefaultRouteOnly() {
    AreaNet line = line(stub().summaries(false).build());
    assertEquals(Map.of("0.0.0.0/0", 1), line.told(2, 1));
    assertEquals("INTER_AREA 11", line.way(1, Ipv4Prefix.DEFAULT));
    assertEquals("none", line.way(1, stubPrefix(3)));
    assertEquals("INTER_AREA 23", line.way(3, stubPrefix(1)));
  }

  @Test
  void anNssaIsToldADefaultSummaryOnlyInsteadOfTheOthers() {
    OspfAreaConfig.Builder nssa = OspfAreaConfig.builder(area(1), AreaType.NSSA);
    assertEquals(Map.of("10.1.2.0/30", 10, "192.168.3.0/24", 18), line(nssa.build()).told(2, 1));
    assertEquals(
        Map.of("0.0.0.0/0", 9), line(nssa.summaries(false).defaultCost(9).build()).told(2, 1));
  }

  @Test
  void anAsBoundaryRouterOfAnNssaIsNotToldToOtherAreas() {
    AreaNet line = line(OspfAreaConfig.nssa(area(1)));
    line.command(
        1,
        new OspfCommand.AnnounceExternal(
            ExternalDestination.of(prefix("172.16.0.0/16"), 5, false)));
    line.quiet();
    assertTrue(
        line.node(2).engine.routes().routerRoutes(routerId(1)).stream()
            .anyMatch(RouterRoute::asBoundary));
    assertEquals(Map.of(), line.summaries(2, 0, LsaType.SUMMARY_ASBR, 2));
    assertTrue(line.way(3, prefix("172.16.0.0/16")).startsWith("EXTERNAL_TYPE_1"));
  }

  @Test
  void theLsasOfAStubAreaHaveNoEBit() {
    AreaNet line = line(stub().build());
    for (LsaEntry entry : line.node(1).engine.database().area(area(1)).entries()) {
      assertFalse(entry.lsa().header().options().has(Options.E), entry.key()::toString);
    }
    for (LsaEntry entry : line.node(3).engine.database().area(area(0)).entries()) {
      assertTrue(entry.lsa().header().options().has(Options.E), entry.key()::toString);
    }
  }

  @Test
  void aRouterThatBordersOnNothingTellsNoDefault() {
    AreaNet net = new AreaNet(2).link(1, 1, 1, 2, 10).areas(stub().build()).converge();
    assertEquals(Map.of(), net.told(2, 1));
    assertEquals("none", net.way(1, Ipv4Prefix.DEFAULT));
  }

  @Test
  void section105RoutersThatDisagreeOnTheEBitFormNoAdjacency() {
    AreaNet line = lineWith(OspfAreaConfig.normal(area(1)), stub().build());
    assertEquals(NeighborState.DOWN, line.node(1).stateOf(routerId(2)));
    assertEquals(
        List.of(new Mismatch.ExternalCapability(false, true)),
        line.node(2).log(OspfOutput.Mismatched.class).stream()
            .map(OspfOutput.Mismatched::mismatch)
            .toList());
    line.command(1, new OspfCommand.ConfigureArea(stub().build()));
    line.quiet();
    assertEquals("INTER_AREA 11", line.way(1, Ipv4Prefix.DEFAULT));
  }

  @Test
  void section82RoutersThatDisagreeOnTheAreaFormNoAdjacency() {
    AreaNet net = new AreaNet(2).link(2, 0, 2, 3, 10);
    net.add(1, OspfInterfaceConfig.pointToPoint(1, "link1", Configs.ip("10.1.1.1"), 30, area(1)));
    net.add(2, OspfInterfaceConfig.pointToPoint(1, "link1", Configs.ip("10.1.1.2"), 30, area(2)));
    net.start();
    net.net.join(net.node(1), 1, net.node(2), 1);
    net.quiet();
    assertEquals(NeighborState.DOWN, net.node(1).stateOf(routerId(2)));
    assertEquals(
        List.of(new Mismatch.Area(area(2), area(1))),
        net.node(2).log(OspfOutput.Mismatched.class).stream()
            .map(OspfOutput.Mismatched::mismatch)
            .toList());
    assertTrue(net.node(2).engine.dropped().get(DropReason.AREA_MISMATCH) > 0);
  }

  @Test
  void anAreaThatBecomesAStubAreaLosesItsOwnAdjacenciesOnly() {
    AreaNet line = line(OspfAreaConfig.normal(area(1)));
    line.command(2, new OspfCommand.ConfigureArea(stub().build()));
    assertEquals(NeighborState.DOWN, line.node(2).stateOf(routerId(1)));
    assertEquals(NeighborState.FULL, line.node(2).stateOf(routerId(3)));
    assertEquals(
        NeighborCause.AREA_TYPE_CHANGED,
        line.node(2).log(OspfOutput.NeighborChanged.class).stream()
            .reduce((first, last) -> last)
            .orElseThrow()
            .cause());
    line.quiet();
    assertEquals("none", line.way(3, stubPrefix(1)));
    line.command(1, new OspfCommand.ConfigureArea(stub().build()));
    line.quiet();
    assertEquals("INTER_AREA 23", line.way(3, stubPrefix(1)));
    assertEquals("INTER_AREA 11", line.way(1, Ipv4Prefix.DEFAULT));
    line.command(1, new OspfCommand.ConfigureArea(OspfAreaConfig.normal(area(1))));
    line.command(2, new OspfCommand.ConfigureArea(OspfAreaConfig.normal(area(1))));
    line.quiet();
    assertEquals("none", line.way(1, Ipv4Prefix.DEFAULT));
    assertEquals("INTER_AREA 28", line.way(1, stubPrefix(3)));
  }

  @Test
  void whatAStubAreaIsToldChangesInPlace() {
    AreaNet line = line(stub().build());
    line.command(2, new OspfCommand.ConfigureArea(stub().summaries(false).defaultCost(5).build()));
    assertEquals(NeighborState.FULL, line.node(2).stateOf(routerId(1)));
    line.quiet();
    assertEquals(Map.of("0.0.0.0/0", 5), line.told(2, 1));
    line.command(2, new OspfCommand.ConfigureArea(stub().defaultCost(6).build()));
    line.quiet();
    assertEquals(Map.of("0.0.0.0/0", 6, "10.1.2.0/30", 10, "192.168.3.0/24", 18), line.told(2, 1));
  }

  @Test
  void hostsAreAdvertisedInTheRouterLsaOfTheirArea() {
    OspfAreaConfig hosts =
        OspfAreaConfig.builder(area(1), AreaType.NORMAL)
            .hostRoutes(List.of(new HostRoute(Configs.ip("172.16.5.5"), 4)))
            .build();
    AreaNet line = lineWith(hosts, OspfAreaConfig.normal(area(1)));
    assertEquals("INTRA_AREA 14", line.way(2, prefix("172.16.5.5/32")));
    assertEquals("INTER_AREA 24", line.way(3, prefix("172.16.5.5/32")));
    line.command(1, new OspfCommand.ConfigureArea(OspfAreaConfig.normal(area(1))));
    line.quiet();
    assertEquals("none", line.way(3, prefix("172.16.5.5/32")));
  }

  @Test
  void whatTheRfcRulesOutIsRefused() {
    AreaRange ofAnother = new AreaRange(area(2), prefix("10.0.0.0/8"), true);
    List<VirtualLinkConfig> links = List.of(VirtualLinkConfig.to(routerId(9)));
    assertThrows(IllegalArgumentException.class, () -> OspfAreaConfig.stub(area(0)));
    assertThrows(IllegalArgumentException.class, () -> stub().ranges(List.of(ofAnother)).build());
    assertThrows(IllegalArgumentException.class, () -> stub().virtualLinks(links).build());
  }
}
