package dev.zuido.ospf;

import static dev.zuido.ospf.AreaNet.area;
import static dev.zuido.ospf.AreaNet.stubPrefix;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Area address ranges: sections 3.5, 11.1, 12.4.3 and 16.2. */
final class AreaRangesTest {
  private static final Ipv4Prefix ALL = prefix("192.168.0.0/16");

  private static OspfAreaConfig area1(AreaRange... ranges) {
    return OspfAreaConfig.builder(area(1), AreaType.NORMAL).ranges(List.of(ranges)).build();
  }

  private static AreaRange range(String prefix) {
    return new AreaRange(area(1), prefix(prefix), true);
  }

  /** Router 1 with two networks in area 1, border router 2, router 3 in the backbone. */
  private static AreaNet net(AreaRange... ranges) {
    return new AreaNet(2)
        .link(1, 1, 1, 2, 10)
        .link(2, 0, 2, 3, 10)
        .stub(1, 1, 1, 3)
        .stub(2, 1, 1, 8)
        .areas(area1(ranges))
        .converge();
  }

  private static void setCost(AreaNet net, int stub, int cost) {
    OspfInterfaceConfig config = net.node(1).engine.interfaceConfig(AreaNet.STUB + stub);
    net.command(1, new OspfCommand.Configure(config.withCost(cost)));
    net.net.run(20 * SECOND);
  }

  @Test
  void aRangeIsToldWithTheLargestCostOfItsNetworksWhichAreNotTold() {
    AreaNet net = net(range("192.168.0.0/16"));
    assertEquals(Map.of("10.1.1.0/30", 10, "192.168.0.0/16", 18), net.told(2, 0));
    assertEquals("INTER_AREA 28", net.way(3, ALL));
    assertEquals("none", net.way(3, stubPrefix(1)));
  }

  @Test
  void aRangeFollowsItsNetworksAndIsFlushedWithTheLast() {
    AreaNet net = net(range("192.168.0.0/16"));
    net.command(1, new OspfCommand.InterfaceDown(AreaNet.STUB + 2));
    net.quiet();
    assertEquals(13, net.told(2, 0).get("192.168.0.0/16"));
    net.command(1, new OspfCommand.InterfaceDown(AreaNet.STUB + 1));
    net.quiet();
    assertEquals(Map.of("10.1.1.0/30", 10), net.told(2, 0));
    net.command(1, new OspfCommand.InterfaceUp(AreaNet.STUB + 2));
    net.quiet();
    assertEquals(18, net.told(2, 0).get("192.168.0.0/16"));
  }

  @Test
  void onlyTheLargestCostMatters() {
    AreaNet net = net(range("192.168.0.0/16"));
    net.node(2).log.clear();
    setCost(net, 1, 5);
    assertEquals(List.of(), net.node(2).log(OspfOutput.LsaOriginated.class));
    setCost(net, 1, 9);
    assertEquals(1, net.node(2).log(OspfOutput.LsaOriginated.class).size());
    assertEquals(19, net.told(2, 0).get("192.168.0.0/16"));
  }

  @Test
  void aRangeMayHaveACostOfItsOwn() {
    AreaNet net = net(new AreaRange(area(1), ALL, true, 77));
    assertEquals(77, net.told(2, 0).get("192.168.0.0/16"));
  }

  @Test
  void aRangeThatIsNotAdvertisedHidesItsNetworks() {
    AreaNet net = net(new AreaRange(area(1), ALL, false));
    assertEquals(Map.of("10.1.1.0/30", 10), net.told(2, 0));
    assertEquals(Set.of(ALL), net.node(2).engine.routes().discards());
  }

  @Test
  void ofNestedRangesTheMostSpecificCondenses() {
    AreaNet net = net(range("192.168.0.0/16"), range("192.168.2.0/23"));
    assertEquals(
        Map.of("10.1.1.0/30", 10, "192.168.0.0/16", 13, "192.168.2.0/23", 18), net.told(2, 0));
  }

  @Test
  void section111AnActiveRangeIsDiscardedByTheBorderRouterAlone() {
    AreaNet net = net(range("192.168.0.0/16"), range("172.16.0.0/12"));
    assertEquals(Set.of(ALL), net.node(2).engine.routes().discards());
    assertNull(net.node(2).engine.routes().lookup(Ipv4Address.of(192, 168, 9, 9)));
    assertNotNull(net.node(2).engine.routes().lookup(Ipv4Address.of(192, 168, 1, 9)));
    assertEquals(Set.of(), net.node(1).engine.routes().discards());
    assertEquals(Set.of(), net.node(3).engine.routes().discards());
    net.set(1, false);
    net.quiet();
    assertEquals(Set.of(), net.node(2).engine.routes().discards());
  }

  @Test
  void section111ARangeThatIsANetworkItselfIsNotDiscarded() {
    AreaNet net = net(range("192.168.1.0/24"));
    assertEquals(Set.of(), net.node(2).engine.routes().discards());
    assertEquals(13, net.told(2, 0).get("192.168.1.0/24"));
  }

  @Test
  void section162Item3AnActiveRangeOfAnotherBorderRouterIsIgnored() {
    AreaNet net =
        new AreaNet(2)
            .link(1, 1, 1, 2, 10)
            .link(2, 1, 1, 3, 10)
            .link(3, 0, 2, 4, 10)
            .link(4, 0, 3, 4, 10)
            .stub(1, 1, 1, 3)
            .areas(area1(range("192.168.0.0/16")))
            .converge();
    assertEquals("none", net.way(2, ALL));
    assertEquals("INTER_AREA 23", net.way(4, ALL));
    net.set(1, false);
    net.quiet();
    // Router 2 is cut off from area 1: its range is no longer active.
    assertEquals("INTER_AREA 33", net.way(2, ALL));
  }

  @Test
  void rangesAreAddedAndTakenAwayAtRunTime() {
    AreaNet net = net();
    assertEquals(
        Map.of("10.1.1.0/30", 10, "192.168.1.0/24", 13, "192.168.2.0/24", 18), net.told(2, 0));
    net.command(2, new OspfCommand.ConfigureArea(area1(range("192.168.0.0/16"))));
    net.quiet();
    assertEquals(Map.of("10.1.1.0/30", 10, "192.168.0.0/16", 18), net.told(2, 0));
    net.command(2, new OspfCommand.ConfigureArea(area1()));
    net.quiet();
    assertEquals(
        Map.of("10.1.1.0/30", 10, "192.168.1.0/24", 13, "192.168.2.0/24", 18), net.told(2, 0));
    assertEquals(Set.of(), net.node(2).engine.routes().discards());
    assertEquals(
        List.of(),
        net.node(2).log(OspfOutput.NeighborChanged.class).stream()
            .filter(changed -> changed.from() == NeighborState.FULL)
            .toList());
  }
}
