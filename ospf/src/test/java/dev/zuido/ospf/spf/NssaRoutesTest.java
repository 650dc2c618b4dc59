package dev.zuido.ospf.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
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
 * RFC 3101 section 2.5 by hand, and what RFC 2328 section 16.4.1 makes of it. Router 1 calculates;
 * it borders on the backbone, where router 2 is a boundary router, and on an NSSA, where router 3
 * is one. Router 4 is in both areas.
 */
final class NssaRoutesTest {
  private static final Ipv4Address BACKBONE = Ipv4Address.UNSPECIFIED;
  private static final Ipv4Address NSSA = id(0x100);
  private static final Ipv4Prefix FAR = Ipv4Prefix.parse("172.16.0.0/16");
  private static final Ipv4Prefix DEFAULT = Ipv4Prefix.DEFAULT;
  private static final NextHop VIA_2 = new NextHop(2, id(2));
  private static final NextHop VIA_3 = new NextHop(3, id(3));
  private static final NextHop VIA_4_OUTSIDE = new NextHop(4, id(4));
  private static final NextHop VIA_4_INSIDE = new NextHop(5, id(4));
  private static final int ASBR = RouterLsa.EXTERNAL;
  private static final int BOTH = RouterLsa.EXTERNAL | RouterLsa.BORDER;

  private final LinkStateDatabase database = new LinkStateDatabase(100);
  private final List<SpfInterface> interfaces = new ArrayList<>();
  private boolean rfc1583Compatibility = true;
  private boolean withoutSummaries;
  private boolean allNormal;

  NssaRoutesTest() {
    database.addArea(BACKBONE);
    database.addArea(NSSA);
    router(BACKBONE, 1, RouterLsa.BORDER, link(2, 2, 10), link(4, 4, 5));
    router(BACKBONE, 2, ASBR, link(1, 7, 10), stub("10.2.0.0/16", 1));
    router(BACKBONE, 4, BOTH, link(1, 7, 5));
    router(NSSA, 1, RouterLsa.BORDER, link(3, 3, 20), link(4, 5, 30));
    router(NSSA, 3, ASBR, link(1, 7, 20), stub("10.3.0.0/16", 1));
    router(NSSA, 4, BOTH, link(1, 7, 30));
    interfaces.add(pointToPoint(2, BACKBONE, 2));
    interfaces.add(pointToPoint(3, NSSA, 3));
    interfaces.add(pointToPoint(4, BACKBONE, 4));
    interfaces.add(pointToPoint(5, NSSA, 4));
  }

  @Test
  void type7GivesARoute() {
    type7(3, FAR, false, 5, "0.0.0.0", false);
    expect(FAR, PathType.EXTERNAL_TYPE_1, 25, 0, VIA_3);
  }

  @Test
  void item1LsInfinityAndMaxAgeArePassedOver() {
    type7(3, FAR, false, SummaryLsa.INFINITY, "0.0.0.0", true);
    assertNull(calculate().route(FAR));
    Lsa old = lsa(LsaType.NSSA, 3, FAR, false, 1, "0.0.0.0", true).withAge(LsaHeader.MAX_AGE);
    database.area(NSSA).install(old, 0);
    assertNull(calculate().route(FAR));
  }

  @Test
  void item2OwnLsasArePassedOver() {
    type7(1, FAR, false, 1, "0.0.0.0", true);
    assertNull(calculate().route(FAR));
  }

  @Test
  void item3TheBoundaryRouterOfType7MustBeReachedInTheNssa() {
    type7(2, FAR, false, 5, "0.0.0.0", false);
    assertNull(calculate().route(FAR));
  }

  @Test
  void item3TheBoundaryRouterOfType5MustNotBeReachedInTheNssa() {
    type5(3, FAR, false, 5, "0.0.0.0");
    assertNull(calculate().route(FAR));
  }

  @Test
  void item3EachTypeTakesTheWayToTheRouterInItsOwnArea() {
    type5(4, FAR, true, 5, "0.0.0.0");
    expect(FAR, PathType.EXTERNAL_TYPE_2, 5, 5, VIA_4_OUTSIDE);
    type7(4, DEFAULT, true, 5, "0.0.0.0", true);
    expect(DEFAULT, PathType.EXTERNAL_TYPE_2, 30, 5, VIA_4_INSIDE);
  }

  @Test
  void item3ABorderRouterTakesNoDefaultWithTheBitClear() {
    type7(3, DEFAULT, true, 5, "0.0.0.0", false);
    assertNull(calculate().route(DEFAULT));
    type7(3, DEFAULT, true, 5, "10.3.0.1", true);
    assertNotNull(calculate().route(DEFAULT));
  }

  @Test
  void item3ABorderRouterThatImportsNoSummariesTakesNoDefault() {
    withoutSummaries = true;
    type7(3, DEFAULT, true, 5, "10.3.0.1", true);
    type7(3, FAR, true, 5, "10.3.0.1", true);
    assertNull(calculate().route(DEFAULT));
    assertNotNull(calculate().route(FAR));
  }

  @Test
  void item3AnInnerRouterTakesAnyDefault() {
    interfaces.removeIf(each -> each.areaId().equals(BACKBONE));
    type7(3, DEFAULT, true, 5, "0.0.0.0", false);
    expect(DEFAULT, PathType.EXTERNAL_TYPE_2, 20, 5, VIA_3);
  }

  @Test
  void item3TheForwardingAddressOfType7MustLieInTheNssa() {
    type7(3, FAR, true, 5, "10.2.0.1", true);
    assertNull(calculate().route(FAR));
    type7(3, FAR, true, 5, "10.3.0.1", true);
    expect(FAR, PathType.EXTERNAL_TYPE_2, 21, 5, VIA_3);
  }

  @Test
  void item3TheForwardingAddressOfType5MustNotLieInTheNssa() {
    type5(2, FAR, true, 5, "10.3.0.1");
    assertNull(calculate().route(FAR));
    type5(2, FAR, true, 5, "10.2.0.1");
    expect(FAR, PathType.EXTERNAL_TYPE_2, 11, 5, VIA_2);
  }

  @Test
  void item6MetricsOfBothTypesCompare() {
    type5(2, FAR, false, 5, "0.0.0.0");
    type7(3, FAR, true, 1, "0.0.0.0", true);
    expect(FAR, PathType.EXTERNAL_TYPE_1, 15, 0, VIA_2);
    type5(2, FAR, true, 5, "0.0.0.0");
    expect(FAR, PathType.EXTERNAL_TYPE_2, 20, 1, VIA_3);
    type5(2, FAR, false, 15, "0.0.0.0");
    type7(3, FAR, false, 5, "0.0.0.0", true);
    expect(FAR, PathType.EXTERNAL_TYPE_1, 25, 0, VIA_2, VIA_3);
  }

  @Test
  void item6cWithoutRfc1583CompatibilityTheNssaIsPreferred() {
    type5(2, FAR, true, 5, "0.0.0.0");
    type7(3, FAR, true, 5, "0.0.0.0", true);
    expect(FAR, PathType.EXTERNAL_TYPE_2, 10, 5, VIA_2);
    rfc1583Compatibility = false;
    expect(FAR, PathType.EXTERNAL_TYPE_2, 20, 5, VIA_3);
  }

  @Test
  void section16Dot4Dot1OfOneRoutersWaysTheOneThroughAnotherAreaThanTheBackboneIsTaken() {
    allNormal = true;
    type5(4, FAR, true, 5, "0.0.0.0");
    expect(FAR, PathType.EXTERNAL_TYPE_2, 5, 5, VIA_4_OUTSIDE);
    rfc1583Compatibility = false;
    expect(FAR, PathType.EXTERNAL_TYPE_2, 30, 5, VIA_4_INSIDE);
  }

  @Test
  void section16Dot4Dot1OfSeveralRoutersTheOneInAnotherAreaThanTheBackboneIsTaken() {
    allNormal = true;
    type5(2, FAR, true, 5, "0.0.0.0");
    type5(3, FAR, true, 5, "0.0.0.0");
    expect(FAR, PathType.EXTERNAL_TYPE_2, 10, 5, VIA_2);
    rfc1583Compatibility = false;
    expect(FAR, PathType.EXTERNAL_TYPE_2, 20, 5, VIA_3);
    type5(2, FAR, true, 4, "0.0.0.0");
    expect(FAR, PathType.EXTERNAL_TYPE_2, 10, 4, VIA_2);
    type5(2, FAR, false, 1000, "0.0.0.0");
    expect(FAR, PathType.EXTERNAL_TYPE_1, 1010, 0, VIA_2);
  }

  @Test
  void section16Dot4Dot1OfForwardingAddressesTheOneInAnotherAreaThanTheBackboneIsTaken() {
    allNormal = true;
    type5(2, FAR, false, 5, "10.2.0.9");
    type5(4, FAR, false, 5, "10.3.0.9");
    expect(FAR, PathType.EXTERNAL_TYPE_1, 16, 0, VIA_2);
    rfc1583Compatibility = false;
    expect(FAR, PathType.EXTERNAL_TYPE_1, 26, 0, VIA_3);
  }

  @Test
  void section3Dot2AnLsaIsInstalledIfItGivesTheRoute() {
    type7(3, FAR, true, 5, "10.3.0.1", true);
    assertTrue(isInstalled(lsa(LsaType.NSSA, 3, FAR, true, 5, "10.3.0.1", true)));
    assertFalse(isInstalled(lsa(LsaType.NSSA, 3, FAR, true, 6, "10.3.0.1", true)));
    type5(2, FAR, true, 4, "0.0.0.0");
    assertFalse(isInstalled(lsa(LsaType.NSSA, 3, FAR, true, 5, "10.3.0.1", true)));
  }

  @Test
  void section3Dot2TheForwardingAddressIsLookedUpAmongTheRoutesInside() {
    // The best match of the forwarding address is an external route, which must not count.
    type7(3, FAR, true, 5, "10.3.0.1", true);
    type7(3, Ipv4Prefix.parse("10.3.0.0/24"), true, 5, "0.0.0.0", true);
    assertEquals(PathType.EXTERNAL_TYPE_2, calculate().lookup(ip("10.3.0.1")).pathType());
    assertTrue(isInstalled(lsa(LsaType.NSSA, 3, FAR, true, 5, "10.3.0.1", true)));
  }

  private boolean isInstalled(Lsa lsa) {
    return new ExternalPaths(id(1), rfc1583Compatibility, areas(), true, calculate())
        .isInstalled(lsa, NSSA);
  }

  private ExternalAreas areas() {
    return allNormal
        ? ExternalAreas.ALL_NORMAL
        : new ExternalAreas(Set.of(NSSA), Set.of(), withoutSummaries ? Set.of(NSSA) : Set.of());
  }

  private void expect(Ipv4Prefix prefix, PathType type, int cost, int type2Cost, NextHop... hops) {
    OspfRoute route = calculate().route(prefix);
    assertNotNull(route);
    assertEquals(type, route.pathType());
    assertEquals(cost, route.cost());
    assertEquals(type2Cost, route.type2Cost());
    assertEquals(Set.of(hops), route.nextHops());
  }

  private RoutingTable calculate() {
    RouteCalculation calculation =
        new RouteCalculation(
            id(1), new RouteCalculation.Settings(rfc1583Compatibility, 16, List.of()));
    calculation.setExternalAreas(areas());
    return calculation.calculate(database, interfaces, 0);
  }

  private void type5(int router, Ipv4Prefix prefix, boolean type2, int metric, String address) {
    database
        .asWide()
        .install(lsa(LsaType.AS_EXTERNAL, router, prefix, type2, metric, address, false), 0);
  }

  private void type7(
      int router, Ipv4Prefix prefix, boolean type2, int metric, String address, boolean propagate) {
    database
        .area(NSSA)
        .install(lsa(LsaType.NSSA, router, prefix, type2, metric, address, propagate), 0);
  }

  private static Lsa lsa(
      int lsType,
      int router,
      Ipv4Prefix prefix,
      boolean type2,
      int metric,
      String address,
      boolean propagate) {
    AsExternalLsa body = AsExternalLsa.of(prefix.mask(), type2, metric, ip(address), 0);
    return Lsa.originate(
        propagate ? new Options(Options.NP) : Options.NONE,
        prefix.address(),
        id(router),
        1,
        body.asType(lsType));
  }

  private void router(Ipv4Address areaId, int router, int flags, RouterLink... links) {
    LsaBody body = new RouterLsa(flags, List.of(links));
    database.area(areaId).install(Lsa.originate(Options.NONE, id(router), id(router), 1, body), 0);
  }

  private static RouterLink link(int neighbor, int interfaceIndex, int metric) {
    return new RouterLink(
        RouterLink.POINT_TO_POINT, id(neighbor), new Ipv4Address(interfaceIndex), metric);
  }

  private static RouterLink stub(String prefix, int metric) {
    Ipv4Prefix network = Ipv4Prefix.parse(prefix);
    return new RouterLink(RouterLink.STUB, network.address(), network.mask(), metric);
  }

  private static SpfInterface pointToPoint(int index, Ipv4Address areaId, int neighbor) {
    return new SpfInterface(
        index,
        areaId,
        SpfInterface.Kind.POINT_TO_POINT,
        null,
        null,
        Map.of(id(neighbor), id(neighbor)));
  }

  private static Ipv4Address ip(String text) {
    return Ipv4Address.parse(text);
  }

  private static Ipv4Address id(int value) {
    return new Ipv4Address(value);
  }
}
