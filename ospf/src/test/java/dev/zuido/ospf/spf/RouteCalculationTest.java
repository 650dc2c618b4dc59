package dev.zuido.ospf.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Sections 16.1.1 to 16.4 by hand. Router 1 calculates; it has an unnumbered link to each of the
 * routers 2 and 3 in the backbone, both border and boundary routers, and a LAN of its own.
 */
final class RouteCalculationTest {
  private static final Ipv4Address BACKBONE = Ipv4Address.UNSPECIFIED;
  private static final Ipv4Prefix FAR = Ipv4Prefix.parse("172.16.0.0/16");
  private static final NextHop VIA_2 = new NextHop(2, id(2));
  private static final NextHop VIA_3 = new NextHop(3, id(3));

  private final LinkStateDatabase database = new LinkStateDatabase(100);
  private final List<SpfInterface> interfaces = new ArrayList<>();

  RouteCalculationTest() {
    database.addArea(BACKBONE);
    router(1, 0, link(2, 2, 10), link(3, 3, 20), stub("10.1.0.0/16", 5));
    router(2, RouterLsa.BORDER | RouterLsa.EXTERNAL, link(1, 7, 10));
    router(3, RouterLsa.BORDER | RouterLsa.EXTERNAL, link(1, 7, 10), stub("10.3.0.0/16", 1));
    interfaces.add(pointToPoint(2, 2));
    interfaces.add(pointToPoint(3, 3));
    interfaces.add(
        new SpfInterface(
            4,
            BACKBONE,
            SpfInterface.Kind.STUB,
            Ipv4Address.parse("10.1.0.1"),
            Ipv4Prefix.parse("10.1.0.0/16"),
            Map.of()));
  }

  @Test
  void step162TakesTheCheaperBorderRouter() {
    summary(2, FAR, 100);
    summary(3, FAR, 80);
    expect(PathType.INTER_AREA, 100, 0, VIA_3);
  }

  @Test
  void step162Item7AddsEqualPaths() {
    summary(2, FAR, 100);
    summary(3, FAR, 90);
    expect(PathType.INTER_AREA, 110, 0, VIA_2, VIA_3);
  }

  @Test
  void step162Item1PassesOverInfinity() {
    summary(2, FAR, SummaryLsa.INFINITY);
    assertNull(calculate().route(FAR));
  }

  @Test
  void step162Item2PassesOverOwnSummaries() {
    summary(1, FAR, 1);
    assertNull(calculate().route(FAR));
  }

  @Test
  void step162Item3IgnoresActiveRanges() {
    summary(2, Ipv4Prefix.parse("10.0.0.0/8"), 1);
    List<AreaRange> ranges = List.of(new AreaRange(BACKBONE, Ipv4Prefix.parse("10.0.0.0/8"), true));
    assertNull(
        calculate(new RouteCalculation.Settings(true, 16, ranges))
            .route(Ipv4Prefix.parse("10.0.0.0/8")));
    assertNotNull(calculate().route(Ipv4Prefix.parse("10.0.0.0/8")));
  }

  @Test
  void step162Item4NeedsAReachableBorderRouter() {
    summary(9, FAR, 1);
    assertNull(calculate().route(FAR));
  }

  @Test
  void step162Item6PrefersIntraAreaRoutes() {
    Ipv4Prefix prefix = Ipv4Prefix.parse("10.3.0.0/16");
    summary(2, prefix, 1);
    OspfRoute route = calculate().route(prefix);
    assertNotNull(route);
    assertEquals(PathType.INTRA_AREA, route.pathType());
    assertEquals(21, route.cost());
  }

  @Test
  void aBorderRouterExaminesBackboneSummariesOnly() {
    Ipv4Address area = id(1);
    database.addArea(area);
    interfaces.add(new SpfInterface(8, area, SpfInterface.Kind.STUB, null, null, Map.of()));
    install(area, 1, id(1), new RouterLsa(RouterLsa.BORDER, List.of(link(5, 8, 1))));
    install(area, 5, id(5), new RouterLsa(RouterLsa.BORDER, List.of(link(1, 1, 1))));
    install(area, 5, FAR.address(), SummaryLsa.ofNetwork(FAR.mask(), 1));
    assertNull(calculate().route(FAR));
  }

  @Test
  void step164Type1AddsTheDistance() {
    external(2, false, 100, "0.0.0.0");
    external(3, false, 85, "0.0.0.0");
    expect(PathType.EXTERNAL_TYPE_1, 105, 0, VIA_3);
  }

  @Test
  void step164Type2ComparesTheMetricBeforeTheDistance() {
    external(2, true, 100, "0.0.0.0");
    external(3, true, 99, "0.0.0.0");
    expect(PathType.EXTERNAL_TYPE_2, 20, 99, VIA_3);
  }

  @Test
  void step164Item6dComparesTheDistanceOfEqualType2Metrics() {
    external(2, true, 100, "0.0.0.0");
    external(3, true, 100, "0.0.0.0");
    expect(PathType.EXTERNAL_TYPE_2, 10, 100, VIA_2);
  }

  @Test
  void step164Item6bPrefersType1() {
    external(2, true, 1, "0.0.0.0");
    external(3, false, 60000, "0.0.0.0");
    expect(PathType.EXTERNAL_TYPE_1, 60020, 0, VIA_3);
  }

  @Test
  void step164Item6aPrefersRoutesInside() {
    summary(2, FAR, 60000);
    external(3, false, 1, "0.0.0.0");
    expect(PathType.INTER_AREA, 60010, 0, VIA_2);
  }

  @Test
  void step164ForwardsToAnAddressOfAnAttachedNetwork() {
    external(2, true, 1, "10.1.0.77");
    expect(PathType.EXTERNAL_TYPE_2, 5, 1, new NextHop(4, Ipv4Address.parse("10.1.0.77")));
  }

  @Test
  void step164Item3NeedsARouteToTheForwardingAddress() {
    external(2, true, 1, "10.99.0.1");
    assertNull(calculate().route(FAR));
  }

  @Test
  void step164Item3FindsBoundaryRoutersInOtherAreasByType4Summaries() {
    Lsa lsa =
        Lsa.originate(new Options(Options.E), id(7), id(2), 1, SummaryLsa.ofAsBoundaryRouter(30));
    database.area(BACKBONE).install(lsa, 0);
    external(7, false, 5, "0.0.0.0");
    expect(PathType.EXTERNAL_TYPE_1, 45, 0, VIA_2);
  }

  @Test
  void step164PassesOverUnreachableOldAndInfinite() {
    external(9, true, 1, "0.0.0.0");
    external(2, true, SummaryLsa.INFINITY, "0.0.0.0");
    AsExternalLsa body = AsExternalLsa.of(FAR.mask(), true, 1, Ipv4Address.UNSPECIFIED, 0);
    Lsa old = Lsa.originate(Options.NONE, FAR.address(), id(3), 1, body);
    database.asWide().install(old.withAge(LsaHeader.MAX_AGE), 0);
    assertNull(calculate().route(FAR));
  }

  @Test
  void section1611FindsPointToMultipointNeighborsByTheirLinkBack() {
    Ipv4Prefix subnet = Ipv4Prefix.parse("10.9.0.0/24");
    interfaces.add(
        new SpfInterface(
            9,
            BACKBONE,
            SpfInterface.Kind.POINT_TO_MULTIPOINT,
            Ipv4Address.parse("10.9.0.1"),
            subnet,
            Map.of()));
    router(1, 0, numbered(4, "10.9.0.1", 1));
    router(4, 0, numbered(1, "10.9.0.4", 1), numbered(1, "10.8.0.4", 1), stub("10.4.0.0/16", 1));
    OspfRoute route = calculate().route(Ipv4Prefix.parse("10.4.0.0/16"));
    assertNotNull(route);
    assertEquals(Set.of(new NextHop(9, Ipv4Address.parse("10.9.0.4"))), route.nextHops());
  }

  @Test
  void aMaskWithHolesGivesNoRoute() {
    Ipv4Address mask = Ipv4Address.parse("255.0.255.0");
    install(BACKBONE, 2, FAR.address(), SummaryLsa.ofNetwork(mask, 1));
    install(BACKBONE, 2, id(77), new NetworkLsa(mask, List.of(id(1))));
    router(1, 0, link(2, 2, 10), new RouterLink(RouterLink.STUB, FAR.address(), mask, 1));
    assertTrue(calculate().routes().isEmpty());
  }

  @Test
  void keepsNoMorePathsThanConfigured() {
    summary(2, FAR, 100);
    summary(3, FAR, 90);
    OspfRoute route = calculate(new RouteCalculation.Settings(true, 1, List.of())).route(FAR);
    assertNotNull(route);
    assertEquals(Set.of(VIA_2), route.nextHops());
  }

  @Test
  void looksUpTheLongestPrefix() {
    summary(2, Ipv4Prefix.DEFAULT, 1);
    summary(3, FAR, 1);
    RoutingTable table = calculate();
    assertEquals(table.route(FAR), table.lookup(Ipv4Address.parse("172.16.5.5")));
    assertEquals(table.route(Ipv4Prefix.DEFAULT), table.lookup(Ipv4Address.parse("8.8.8.8")));
    assertNull(RoutingTable.EMPTY.lookup(id(1)));
  }

  // Router 1 has a virtual link to router 5 through area 1, where router 6 lies between.

  private static final Ipv4Address AREA_1 = Ipv4Address.parse("0.0.0.1");
  private static final int VIRTUAL = Integer.MAX_VALUE;
  private static final NextHop VIA_6 = new NextHop(6, id(6));

  private void virtualLink() {
    database.addArea(AREA_1);
    interfaces.add(
        new SpfInterface(
            6, AREA_1, SpfInterface.Kind.POINT_TO_POINT, null, null, Map.of(id(6), id(6))));
    interfaces.add(
        new SpfInterface(
            VIRTUAL, AREA_1, SpfInterface.Kind.VIRTUAL, null, null, Map.of(id(5), id(5))));
    int ends = RouterLsa.BORDER | RouterLsa.VIRTUAL_ENDPOINT;
    Ipv4Address ip = Ipv4Address.parse("10.6.0.5");
    install(AREA_1, 1, id(1), new RouterLsa(ends, List.of(link(6, 6, 3))));
    install(AREA_1, 6, id(6), new RouterLsa(0, List.of(link(1, 1, 3), link(5, 5, 4))));
    RouterLink back = new RouterLink(RouterLink.POINT_TO_POINT, id(6), ip, 4);
    install(AREA_1, 5, id(5), new RouterLsa(ends, List.of(back)));
    RouterLink there = new RouterLink(RouterLink.VIRTUAL, id(5), id(6), 7);
    router(1, RouterLsa.BORDER, link(2, 2, 10), link(3, 3, 20), there);
    RouterLink virtualBack = new RouterLink(RouterLink.VIRTUAL, id(1), ip, 7);
    router(5, RouterLsa.BORDER, virtualBack, stub("10.5.0.0/16", 2));
  }

  private void summaryInTransit(int router, Ipv4Prefix prefix, int metric) {
    install(AREA_1, router, prefix.address(), SummaryLsa.ofNetwork(prefix.mask(), metric));
  }

  @Test
  void step163ResolvesANextHopThatIsAVirtualLink() {
    virtualLink();
    Ipv4Prefix prefix = Ipv4Prefix.parse("10.5.0.0/16");
    summaryInTransit(5, prefix, 2);
    OspfRoute route = calculate().route(prefix);
    assertNotNull(route);
    assertEquals(PathType.INTRA_AREA, route.pathType());
    assertEquals(BACKBONE, route.areaId());
    assertEquals(9, route.cost());
    assertEquals(Set.of(VIA_6), route.nextHops());
  }

  @Test
  void step163DiscardsWhatStaysUnresolved() {
    virtualLink();
    assertNull(calculate().route(Ipv4Prefix.parse("10.5.0.0/16")));
  }

  @Test
  void step163Item5TakesACheaperPathThroughTheTransitArea() {
    virtualLink();
    summary(2, FAR, 100);
    summaryInTransit(5, FAR, 50);
    expect(PathType.INTER_AREA, 57, 0, VIA_6);
  }

  @Test
  void step163Item5AddsAnEqualPath() {
    virtualLink();
    summary(2, FAR, 100);
    summaryInTransit(5, FAR, 103);
    expect(PathType.INTER_AREA, 110, 0, VIA_2, VIA_6);
  }

  @Test
  void step163Item3NeverMakesADestinationReachable() {
    virtualLink();
    summaryInTransit(5, FAR, 50);
    assertNull(calculate().route(FAR));
  }

  @Test
  void step163Item1PassesOverInfinity() {
    virtualLink();
    summary(2, FAR, 100);
    summaryInTransit(5, FAR, SummaryLsa.INFINITY);
    expect(PathType.INTER_AREA, 110, 0, VIA_2);
  }

  @Test
  void step163Item3PassesOverRoutesOfTheTransitAreaItself() {
    virtualLink();
    Ipv4Prefix prefix = Ipv4Prefix.parse("10.66.0.0/16");
    install(
        AREA_1,
        6,
        id(6),
        new RouterLsa(0, List.of(link(1, 1, 3), link(5, 5, 4), stub("10.66.0.0/16", 500))));
    summaryInTransit(5, prefix, 1);
    OspfRoute route = calculate().route(prefix);
    assertNotNull(route);
    assertEquals(503, route.cost());
  }

  @Test
  void step163ABorderRouterBehindTheVirtualLinkStaysKnown() {
    virtualLink();
    RouterRoute border =
        calculate().routerRoutes(id(5)).stream()
            .filter(route -> route.areaId().equals(BACKBONE))
            .findFirst()
            .orElseThrow();
    assertEquals(7, border.cost());
    assertEquals(Set.of(VIA_6), border.nextHops());
  }

  @Test
  void onePathIsKeptThoughTheVirtualLinkIsAsShort() {
    virtualLink();
    Ipv4Prefix prefix = Ipv4Prefix.parse("10.5.0.0/16");
    router(3, RouterLsa.BORDER, link(1, 7, 10), stub("10.5.0.0/16", 1));
    router(
        1,
        RouterLsa.BORDER,
        link(2, 2, 10),
        link(3, 3, 8),
        new RouterLink(RouterLink.VIRTUAL, id(5), id(6), 7));
    OspfRoute route = calculate(new RouteCalculation.Settings(true, 1, List.of())).route(prefix);
    assertNotNull(route);
    assertEquals(Set.of(VIA_3), route.nextHops());
  }

  @Test
  void step161Item4FindsTheAddressOfTheOtherEnd() {
    virtualLink();
    RouteCalculation calculation = new RouteCalculation(id(1), RouteCalculation.Settings.DEFAULT);
    assertNull(calculation.addressOf(AREA_1, id(5)));
    calculation.calculate(database, interfaces, 0);
    assertEquals(Ipv4Address.parse("10.6.0.5"), calculation.addressOf(AREA_1, id(5)));
    assertNull(calculation.addressOf(AREA_1, id(9)));
  }

  @Test
  void theDifferencesOfTwoTablesAreTheirPrefixes() {
    summary(2, FAR, 100);
    RoutingTable before = calculate();
    summary(2, Ipv4Prefix.DEFAULT, 1);
    RoutingTable more = calculate();
    summary(3, FAR, 1);
    RoutingTable changed = calculate();
    assertEquals(List.of(), before.prefixesThatDiffer(before));
    assertEquals(List.of(Ipv4Prefix.DEFAULT), more.prefixesThatDiffer(before));
    assertEquals(List.of(Ipv4Prefix.DEFAULT), before.prefixesThatDiffer(more));
    assertEquals(List.of(Ipv4Prefix.DEFAULT, FAR), changed.prefixesThatDiffer(before));
    assertEquals(
        before.routes().stream().map(OspfRoute::prefix).toList(),
        before.prefixesThatDiffer(RoutingTable.EMPTY));
  }

  private void expect(PathType type, int cost, int type2Cost, NextHop... hops) {
    OspfRoute route = calculate().route(FAR);
    assertNotNull(route);
    assertEquals(type, route.pathType());
    assertEquals(cost, route.cost());
    assertEquals(type2Cost, route.type2Cost());
    assertEquals(Set.of(hops), route.nextHops());
  }

  private RoutingTable calculate() {
    return calculate(RouteCalculation.Settings.DEFAULT);
  }

  private RoutingTable calculate(RouteCalculation.Settings settings) {
    return new RouteCalculation(id(1), settings).calculate(database, interfaces, 0);
  }

  private void router(int router, int flags, RouterLink... links) {
    install(BACKBONE, router, id(router), new RouterLsa(flags, List.of(links)));
  }

  private void summary(int router, Ipv4Prefix prefix, int metric) {
    install(BACKBONE, router, prefix.address(), SummaryLsa.ofNetwork(prefix.mask(), metric));
  }

  private void external(int router, boolean type2, int metric, String forwardingAddress) {
    AsExternalLsa body =
        AsExternalLsa.of(FAR.mask(), type2, metric, Ipv4Address.parse(forwardingAddress), 0);
    install(BACKBONE, router, FAR.address(), body);
  }

  private void install(Ipv4Address areaId, int router, Ipv4Address linkStateId, LsaBody body) {
    Lsa lsa = Lsa.originate(new Options(Options.E), linkStateId, id(router), 1, body);
    database.storeFor(body.type(), areaId).install(lsa, 0);
  }

  private static RouterLink link(int neighbor, int interfaceIndex, int metric) {
    return new RouterLink(
        RouterLink.POINT_TO_POINT, id(neighbor), new Ipv4Address(interfaceIndex), metric);
  }

  private static RouterLink numbered(int neighbor, String address, int metric) {
    return new RouterLink(
        RouterLink.POINT_TO_POINT, id(neighbor), Ipv4Address.parse(address), metric);
  }

  private static RouterLink stub(String prefix, int metric) {
    Ipv4Prefix network = Ipv4Prefix.parse(prefix);
    return new RouterLink(RouterLink.STUB, network.address(), network.mask(), metric);
  }

  private static SpfInterface pointToPoint(int index, int neighbor) {
    return new SpfInterface(
        index,
        BACKBONE,
        SpfInterface.Kind.POINT_TO_POINT,
        null,
        null,
        Map.of(id(neighbor), id(neighbor)));
  }

  private static Ipv4Address id(int router) {
    return new Ipv4Address(router);
  }
}
