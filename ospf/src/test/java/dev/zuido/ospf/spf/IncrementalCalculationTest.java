package dev.zuido.ospf.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is calculated again after a change, and what is not. Router 1 calculates; behind it stand
 * routers 2 and 3 in a row, and router 3 is a border and boundary router with many networks to
 * tell.
 */
final class IncrementalCalculationTest {
  private static final Ipv4Address AREA = Ipv4Address.UNSPECIFIED;
  private static final int TOLD = 200;
  private static final int BOTH = RouterLsa.BORDER | RouterLsa.EXTERNAL;

  private final LinkStateDatabase database = new LinkStateDatabase(1000);
  private final LsaStore area = database.addArea(AREA);
  private final List<SpfInterface> interfaces =
      List.of(
          new SpfInterface(
              2, AREA, SpfInterface.Kind.POINT_TO_POINT, null, null, Map.of(id(2), id(2))));
  private final IncrementalCalculation calculation;
  private RoutingTable table;
  private int sequence = LsaHeader.INITIAL_SEQUENCE;

  IncrementalCalculationTest() {
    router(1, 0, link(2, 2, 10));
    router(2, 0, link(1, 2, 10), link(3, 3, 10), stub("10.2.0.0/16", 1));
    router(3, BOTH, link(2, 2, 10), stub("10.3.0.0/16", 1));
    for (int i = 0; i < TOLD; i++) {
      summary(i, 5);
      external(i, 5);
    }
    calculation = new IncrementalCalculation(id(1), RouteCalculation.Settings.DEFAULT, database);
    table = calculation.calculate(interfaces, 0);
    assertEquals(2 + 2 * TOLD, table.routes().size());
    assertEquals(1, calculation.treesGrown());
    assertEquals(2 * TOLD, calculation.lsasExamined());
  }

  /** Calculates, and says what that took: trees and LSAs looked at. */
  private void expect(int trees, int lsas) {
    long treesBefore = calculation.treesGrown();
    long lsasBefore = calculation.lsasExamined();
    table = calculation.calculate(interfaces, 0);
    assertEquals(trees, calculation.treesGrown() - treesBefore, "trees");
    assertEquals(lsas, calculation.lsasExamined() - lsasBefore, "LSAs");
    RoutingTable fresh =
        new RouteCalculation(id(1), RouteCalculation.Settings.DEFAULT)
            .calculate(database, interfaces, 0);
    assertEquals(fresh, table);
  }

  @Test
  void withoutAChangeNothingIsCalculated() {
    RoutingTable before = table;
    expect(0, 0);
    assertEquals(List.of(), table.differences(before));
  }

  @Test
  void anInstanceWithTheSameContentsIsNoChange() {
    router(3, BOTH, link(2, 2, 10), stub("10.3.0.0/16", 1));
    expect(0, 0);
  }

  @Test
  void aStubNetworkAloneNeedsNoTree() {
    RoutingTable before = table;
    router(3, BOTH, link(2, 2, 10), stub("10.3.0.0/16", 7), stub("10.4.0.0/16", 1));
    expect(0, 0);
    assertEquals(
        List.of("10.3.0.0/16", "10.4.0.0/16"),
        table.differences(before).stream().map(each -> each.prefix().toString()).toList());
  }

  @Test
  void aStubNetworkThatIsToldFromOutsideTooPreventsThatRouteAlone() {
    router(2, 0, link(1, 2, 10), link(3, 3, 10), stub("172.16.7.0/24", 1));
    expect(0, 1);
    assertRoute("172.16.7.0/24", PathType.INTRA_AREA, 11);
    router(2, 0, link(1, 2, 10), link(3, 3, 10));
    expect(0, 1);
    assertRoute("172.16.7.0/24", PathType.INTER_AREA, 25);
  }

  @Test
  void aSummaryIsLookedAtAlone() {
    OspfRoute other = table.route(Ipv4Prefix.parse("172.16.9.0/24"));
    summary(7, 6);
    expect(0, 1);
    assertRoute("172.16.7.0/24", PathType.INTER_AREA, 26);
    assertSame(other, table.route(Ipv4Prefix.parse("172.16.9.0/24")));
  }

  @Test
  void aSummaryWithAnotherMaskTakesItsFormerNetworkAway() {
    install(area, 3, Ipv4Address.parse("172.16.8.0"), SummaryLsa.ofNetwork(mask(21), 1));
    expect(0, 1);
    assertNull(table.route(Ipv4Prefix.parse("172.16.8.0/24")));
    assertRoute("172.16.8.0/21", PathType.INTER_AREA, 21);
  }

  @Test
  void anExternalIsLookedAtAlone() {
    external(7, 6);
    expect(0, 1);
    assertRoute("172.17.7.0/24", PathType.EXTERNAL_TYPE_1, 26);
    database.asWide().remove(new LsaKey(LsaType.AS_EXTERNAL, network(17, 7), id(3)));
    expect(0, 0);
    assertNull(table.route(Ipv4Prefix.parse("172.17.7.0/24")));
  }

  @Test
  void anExternalWithAForwardingAddressFollowsTheRouteToIt() {
    Ipv4Address forwarding = Ipv4Address.parse("10.3.1.1");
    install(
        database.asWide(), 3, network(17, 7), AsExternalLsa.of(mask(24), false, 5, forwarding, 0));
    expect(0, 1);
    assertRoute("172.17.7.0/24", PathType.EXTERNAL_TYPE_1, 26);
    router(3, BOTH, link(2, 2, 10), stub("10.3.0.0/16", 4));
    expect(0, 1);
    assertRoute("172.17.7.0/24", PathType.EXTERNAL_TYPE_1, 29);
  }

  @Test
  void anotherWayToTheBorderRouterConcernsAll() {
    router(2, 0, link(1, 2, 10), link(3, 3, 11), stub("10.2.0.0/16", 1));
    expect(1, 2 * TOLD);
    assertRoute("172.16.7.0/24", PathType.INTER_AREA, 26);
    assertRoute("172.17.7.0/24", PathType.EXTERNAL_TYPE_1, 26);
  }

  @Test
  void aRouterThatNobodyLinksToGrowsATreeWithTheSameRoutes() {
    RoutingTable before = table;
    router(9, 0, link(3, 1, 1), stub("10.9.0.0/16", 1));
    expect(1, 0);
    assertEquals(before, table);
  }

  @Test
  void otherInterfacesGrowATreeEvenIfTheDatabaseIsTheSame() {
    List<SpfInterface> others =
        List.of(
            new SpfInterface(
                2, AREA, SpfInterface.Kind.POINT_TO_POINT, null, null, Map.of(id(2), id(77))));
    table = calculation.calculate(others, 0);
    assertEquals(2, calculation.treesGrown());
    OspfRoute route = table.route(Ipv4Prefix.parse("172.17.7.0/24"));
    assertNotNull(route);
    assertEquals(List.of(new NextHop(2, id(77))), List.copyOf(route.nextHops()));
  }

  @Test
  void aRangeThatBecomesActiveHidesItsSummary() {
    Ipv4Prefix range = Ipv4Prefix.parse("172.18.0.0/16");
    calculation.configure(
        new RouteCalculation.Settings(true, 16, List.of(new AreaRange(AREA, range, true))));
    install(area, 3, range.address(), SummaryLsa.ofNetwork(range.mask(), 1));
    table = calculation.calculate(interfaces, 0);
    assertRoute("172.18.0.0/16", PathType.INTER_AREA, 21);
    router(2, 0, link(1, 2, 10), link(3, 3, 10), stub("172.18.7.0/24", 1));
    table = calculation.calculate(interfaces, 0);
    assertNull(table.route(range));
    router(2, 0, link(1, 2, 10), link(3, 3, 10));
    table = calculation.calculate(interfaces, 0);
    assertRoute("172.18.0.0/16", PathType.INTER_AREA, 21);
  }

  @Test
  void anAreaThatIsRemovedAndAddedAgainIsEmpty() {
    database.removeArea(AREA);
    database.addArea(AREA);
    assertEquals(List.of(), List.copyOf(calculation.calculate(interfaces, 0).routes()));
  }

  private void assertRoute(String prefix, PathType type, int cost) {
    OspfRoute route = table.route(Ipv4Prefix.parse(prefix));
    assertNotNull(route, prefix);
    assertEquals(type, route.pathType());
    assertEquals(cost, route.cost());
  }

  private void router(int router, int flags, RouterLink... links) {
    install(area, router, id(router), new RouterLsa(flags, List.of(links)));
  }

  private void summary(int number, int metric) {
    install(area, 3, network(16, number), SummaryLsa.ofNetwork(mask(24), metric));
  }

  private void external(int number, int metric) {
    LsaBody body = AsExternalLsa.of(mask(24), false, metric, Ipv4Address.UNSPECIFIED, 0);
    install(database.asWide(), 3, network(17, number), body);
  }

  private void install(LsaStore store, int router, Ipv4Address linkStateId, LsaBody body) {
    store.install(
        Lsa.originate(new Options(Options.E), linkStateId, id(router), sequence++, body), 0);
  }

  private static Ipv4Address network(int second, int third) {
    return Ipv4Address.of(172, second, third, 0);
  }

  private static Ipv4Address mask(int length) {
    return new Ipv4Address(Ipv4Prefix.maskOf(length));
  }

  private static RouterLink link(int router, int ifIndex, int cost) {
    return new RouterLink(RouterLink.POINT_TO_POINT, id(router), id(ifIndex), cost);
  }

  private static RouterLink stub(String prefix, int cost) {
    Ipv4Prefix network = Ipv4Prefix.parse(prefix);
    return new RouterLink(RouterLink.STUB, network.address(), network.mask(), cost);
  }

  private static Ipv4Address id(int value) {
    return new Ipv4Address(value);
  }
}
