package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.ip;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Externals.announce;
import static dev.zuido.ospf.Externals.asExternals;
import static dev.zuido.ospf.Externals.nssaLsas;
import static dev.zuido.ospf.Externals.withdraw;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * An NSSA with a boundary router, 1, and two border routers, 5 and 6, both of which have a link to
 * router 9 of the backbone.
 */
final class Rfc3101NssaTest {
  private static final Ipv4Address AREA = ip("0.0.0.1");
  private static final String FAR = "172.16.0.0/16";
  private static final String TYPE_7 = "172.16.0.0/16 by 1.1.1.1: E2 20 via 192.168.1.1 P";

  private final SimulatedNet net = new SimulatedNet(7);
  private Node inside;
  private Node low;
  private Node high;
  private Node outside;
  private Segment lowSide;
  private Segment highSide;

  private static OspfInterfaceConfig inner(int id, int link, int n) {
    return OspfInterfaceConfig.pointToPoint(
        id, "inner" + id, Ipv4Address.of(10, 2, link, n), 30, AREA);
  }

  private static OspfConfig config(
      OspfAreaConfig area, int router, OspfInterfaceConfig... interfaces) {
    return OspfConfig.builder(routerId(router))
        .interfaces(List.of(interfaces))
        .areas(List.of(area))
        .build();
  }

  private static OspfAreaConfig nssa(NssaConfig nssa) {
    return OspfAreaConfig.nssa(AREA).toBuilder().nssa(nssa).build();
  }

  private static NssaConfig role(NssaConfig.TranslatorRole role) {
    return new NssaConfig(role, 40, false, true);
  }

  private void build(OspfAreaConfig forLow, OspfAreaConfig forHigh) {
    OspfInterfaceConfig stub =
        OspfInterfaceConfig.broadcast(3, "stub", ip("192.168.1.1"), 24, AREA).withPassive(true);
    inside =
        net.add(
            "inside", config(OspfAreaConfig.nssa(AREA), 1, inner(1, 5, 1), inner(2, 6, 1), stub));
    low = net.add("low", config(forLow, 5, inner(1, 5, 2), link(2, 5, 1)));
    high = net.add("high", config(forHigh, 6, inner(1, 6, 2), link(2, 6, 1)));
    outside = net.add("outside", OspfConfig.of(routerId(9), link(1, 5, 2), link(2, 6, 2)));
    lowSide = net.join(inside, 1, low, 1);
    highSide = net.join(inside, 2, high, 1);
    net.join(low, 2, outside, 1);
    net.join(high, 2, outside, 2);
    net.upAll();
    net.run(120 * SECOND);
    assertTrue(inside.isFullWith(low, high) && outside.isFullWith(low, high));
  }

  private void build() {
    build(OspfAreaConfig.nssa(AREA), OspfAreaConfig.nssa(AREA));
  }

  private void tell(Node node, OspfCommand command) {
    net.command(node, command);
    net.run(15 * SECOND);
  }

  private List<String> translated() {
    return asExternals(outside.engine, net.now);
  }

  private static NssaTranslatorState stateOf(Node node) {
    return node.engine.nssaTranslatorState(AREA);
  }

  private static boolean isFar(OspfRoute route) {
    return route.prefix().length() > 0 && route.pathType() == PathType.INTER_AREA;
  }

  private static OspfRoute route(Node node, String to) {
    return node.engine.routes().route(prefix(to));
  }

  @Test
  void section2Dot1TheNBitMustAgree() {
    Node one = net.add("one", config(OspfAreaConfig.nssa(AREA), 1, inner(1, 1, 1)));
    Node two = net.add("two", config(OspfAreaConfig.stub(AREA), 2, inner(1, 1, 2)));
    net.join(one, 1, two, 1);
    net.upAll();
    net.run(30 * SECOND);
    assertEquals(List.of(), one.engine.neighbors(net.now));
    assertEquals(List.of(), two.engine.neighbors(net.now));
    assertTrue(one.engine.dropped().get(DropReason.OPTIONS_MISMATCH) > 0);
    assertEquals(
        new Mismatch.NssaCapability(true, false),
        one.log(OspfOutput.Mismatched.class).get(0).mismatch());
  }

  @Test
  void section2Dot3Type7StaysInTheAreaAndHasThePBitAndAForwardingAddress() {
    build();
    tell(inside, announce(FAR, true, 20));
    for (Node node : List.of(inside, low, high)) {
      assertEquals(List.of(TYPE_7), nssaLsas(node.engine, AREA, net.now));
    }
    assertEquals(0, outside.engine.database().area(Configs.BACKBONE).entriesOfType(7).size());
    assertEquals(List.of(), asExternals(inside.engine, net.now));
    RouterLsa told =
        (RouterLsa) low.engine.database().area(AREA).routerLsa(routerId(1)).lsa().body();
    assertTrue(told.isExternal());
  }

  @Test
  void section2Dot3TheForwardingAddressFollowsTheInterfaces() {
    build();
    tell(inside, announce(FAR, true, 20));
    tell(inside, new OspfCommand.InterfaceDown(3));
    assertEquals(
        List.of("172.16.0.0/16 by 1.1.1.1: E2 20 via 10.2.5.1 P"),
        nssaLsas(low.engine, AREA, net.now));
    tell(
        inside,
        new OspfCommand.Configure(
            OspfInterfaceConfig.loopback(4, "loop", ip("192.168.7.1"), AREA)));
    tell(inside, new OspfCommand.InterfaceUp(4));
    assertEquals(
        List.of("172.16.0.0/16 by 1.1.1.1: E2 20 via 192.168.7.1 P"),
        nssaLsas(low.engine, AREA, net.now));
  }

  @Test
  void section2Dot4WithoutThePBitNothingIsTranslated() {
    build();
    tell(
        inside,
        new OspfCommand.AnnounceExternal(
            new ExternalDestination(prefix(FAR), 20, true, Ipv4Address.UNSPECIFIED, 0, true)));
    assertEquals(
        List.of("172.16.0.0/16 by 1.1.1.1: E2 20 via 0.0.0.0"),
        nssaLsas(low.engine, AREA, net.now));
    assertEquals(List.of(), translated());
    assertNotNull(route(low, FAR), "it may be installed by border routers");
  }

  @Test
  void section2Dot4ABorderRoutersOwnDestinationHasThePBitClear() {
    build();
    tell(low, announce(FAR, true, 20));
    assertEquals(
        List.of("172.16.0.0/16 by 5.5.5.5: E2 20 via 0.0.0.0"),
        nssaLsas(inside.engine, AREA, net.now));
    assertEquals(List.of("172.16.0.0/16 by 5.5.5.5: E2 20 via 0.0.0.0"), translated());
    assertEquals(Set.of(new NextHop(1, ip("10.2.5.2"))), route(inside, FAR).nextHops());
  }

  @Test
  void noRedistributionKeepsABorderRoutersDestinationsOut() {
    NssaConfig without = new NssaConfig(NssaConfig.TranslatorRole.CANDIDATE, 40, false, false);
    build(nssa(without), OspfAreaConfig.nssa(AREA));
    tell(low, announce(FAR, true, 20));
    assertEquals(List.of(), nssaLsas(inside.engine, AREA, net.now));
    assertEquals(List.of("172.16.0.0/16 by 5.5.5.5: E2 20 via 0.0.0.0"), translated());
  }

  @Test
  void section2Dot4TheBorderRoutersDefaultLsaIsForTheInsideOnly() {
    NssaConfig withDefault = new NssaConfig(NssaConfig.TranslatorRole.CANDIDATE, 40, true, true);
    build(
        nssa(withDefault).toBuilder().defaultCost(7).build(),
        nssa(withDefault).toBuilder().defaultCost(9).build());
    assertEquals(
        List.of("0.0.0.0/0 by 5.5.5.5: E2 7 via 0.0.0.0", "0.0.0.0/0 by 6.6.6.6: E2 9 via 0.0.0.0"),
        nssaLsas(inside.engine, AREA, net.now));
    OspfRoute taken = route(inside, "0.0.0.0/0");
    assertEquals(7, taken.type2Cost());
    assertEquals(Set.of(new NextHop(1, ip("10.2.5.2"))), taken.nextHops());
    assertNull(route(low, "0.0.0.0/0"), "section 2.5 item 3: the P-bit is clear");
    assertNull(route(high, "0.0.0.0/0"));
    assertEquals(List.of(), translated());
  }

  @Test
  void section2Dot4AnInnerBoundaryRoutersDefaultIsTranslated() {
    build();
    tell(inside, announce("0.0.0.0/0", true, 3));
    assertEquals(List.of("0.0.0.0/0 by 6.6.6.6: E2 3 via 192.168.1.1"), translated());
    assertEquals(3, route(low, "0.0.0.0/0").type2Cost());
  }

  @Test
  void section2Dot5NoDefaultIsTakenWhereNoSummariesAreImported() {
    NssaConfig withDefault = new NssaConfig(NssaConfig.TranslatorRole.CANDIDATE, 40, true, true);
    OspfAreaConfig totally = nssa(withDefault).toBuilder().summaries(false).build();
    build(totally, totally);
    assertEquals(List.of(), nssaLsas(inside.engine, AREA, net.now), "it is a summary (2.7)");
    tell(inside, announce("0.0.0.0/0", true, 3));
    assertNull(route(low, "0.0.0.0/0"));
    assertEquals(List.of(), translated());
    assertEquals(
        PathType.INTER_AREA,
        route(inside, "0.0.0.0/0").pathType(),
        "the border routers' summary, not its own announcement");
    assertEquals(
        0, inside.engine.routes().routes().stream().filter(Rfc3101NssaTest::isFar).count());
    tell(inside, announce(FAR, true, 20));
    assertEquals(PathType.EXTERNAL_TYPE_2, route(low, FAR).pathType());
  }

  @Test
  void section3Dot1TheHighestBorderRouterIsElectedAndAllSetBitE() {
    build();
    assertEquals(NssaTranslatorState.DISABLED, stateOf(low));
    assertEquals(NssaTranslatorState.ELECTED, stateOf(high));
    for (Node border : List.of(low, high)) {
      Ipv4Address id = border.engine.config().routerId();
      RouterLsa told = (RouterLsa) Configs.routerLsa(outside.engine, id).lsa().body();
      assertTrue(told.isExternal() && told.isBorder());
    }
    tell(inside, announce(FAR, true, 20));
    assertEquals(List.of("172.16.0.0/16 by 6.6.6.6: E2 20 via 192.168.1.1"), translated());
    assertEquals(
        new OspfRoute(
            prefix(FAR),
            PathType.EXTERNAL_TYPE_2,
            30,
            20,
            null,
            Set.of(new NextHop(1, ip("10.1.5.1")), new NextHop(2, ip("10.1.6.1")))),
        route(outside, FAR),
        "to the forwarding address there are two equal ways, not through the translator alone");
  }

  @Test
  void section3Dot1WhenTheTranslatorLosesTheAreaTheOtherOneTakesOver() {
    build();
    tell(inside, announce(FAR, true, 20));
    tell(high, new OspfCommand.InterfaceDown(1));
    net.run(60 * SECOND);
    assertEquals(NssaTranslatorState.ELECTED, stateOf(low));
    assertEquals(NssaTranslatorState.DISABLED, stateOf(high));
    assertEquals(List.of("172.16.0.0/16 by 5.5.5.5: E2 20 via 192.168.1.1"), translated());
  }

  @Test
  void section3Dot1ADeposedTranslatorGoesOnForTheStabilityInterval() {
    build(
        nssa(new NssaConfig(NssaConfig.TranslatorRole.CANDIDATE, 300, false, true)),
        OspfAreaConfig.nssa(AREA));
    net.command(high, new OspfCommand.InterfaceDown(1));
    net.run(60 * SECOND);
    tell(inside, announce(FAR, true, 20));
    assertEquals(NssaTranslatorState.ELECTED, stateOf(low));
    net.command(high, new OspfCommand.InterfaceUp(1));
    net.run(60 * SECOND);
    assertTrue(inside.isFullWith(high));
    assertEquals(NssaTranslatorState.ELECTED, stateOf(high));
    assertEquals(NssaTranslatorState.ELECTED, stateOf(low), "for a while");
    assertEquals(
        List.of("172.16.0.0/16 by 6.6.6.6: E2 20 via 192.168.1.1"),
        translated(),
        "section 3.2: of equivalent LSAs the higher router's stays");
    net.run(300 * SECOND);
    assertEquals(NssaTranslatorState.DISABLED, stateOf(low));
    assertEquals(List.of("172.16.0.0/16 by 6.6.6.6: E2 20 via 192.168.1.1"), translated());
  }

  @Test
  void section3Dot1AnUnconditionalTranslatorSetsBitNtAndTheOtherGivesWay() {
    build(nssa(role(NssaConfig.TranslatorRole.ALWAYS)), OspfAreaConfig.nssa(AREA));
    net.run(60 * SECOND);
    assertEquals(NssaTranslatorState.ENABLED, stateOf(low));
    assertEquals(NssaTranslatorState.DISABLED, stateOf(high));
    RouterLsa told =
        (RouterLsa) inside.engine.database().area(AREA).routerLsa(routerId(5)).lsa().body();
    assertTrue((told.flags() & RouterLsa.NSSA_TRANSLATOR) != 0);
    told = (RouterLsa) Configs.routerLsa(outside.engine, routerId(5)).lsa().body();
    assertEquals(0, told.flags() & RouterLsa.NSSA_TRANSLATOR, "only in the NSSA");
    tell(inside, announce(FAR, true, 20));
    assertEquals(List.of("172.16.0.0/16 by 5.5.5.5: E2 20 via 192.168.1.1"), translated());
  }

  @Test
  void section3Dot1NobodyTranslatesIfNobodyMay() {
    OspfAreaConfig never = nssa(role(NssaConfig.TranslatorRole.NEVER));
    build(never, never);
    tell(inside, announce(FAR, true, 20));
    assertEquals(List.of(), translated());
  }

  @Test
  void section3Dot2Step3ARangeIsToldWithTheLargestType2CostPlusOne() {
    OspfAreaConfig area = ranges(ExternalRange.of(prefix("172.16.0.0/12")));
    build(area, area);
    tell(inside, announce("172.16.1.0/24", false, 10));
    tell(inside, announce("172.16.2.0/24", false, 11));
    assertEquals(
        List.of("172.16.0.0/12 by 6.6.6.6: E1 31 via 0.0.0.0"),
        translated(),
        "11 and the distance of the forwarding address");
    tell(inside, announce("172.16.3.0/24", true, 5));
    assertEquals(List.of("172.16.0.0/12 by 6.6.6.6: E2 6 via 0.0.0.0"), translated());
    tell(inside, withdraw("172.16.3.0/24"));
    tell(inside, withdraw("172.16.2.0/24"));
    tell(inside, withdraw("172.16.1.0/24"));
    assertEquals(List.of(), translated());
  }

  @Test
  void section3Dot2Step3ARangeWithItsOwnNetworkAloneIsNoRange() {
    OspfAreaConfig area = ranges(ExternalRange.of(prefix(FAR)));
    build(area, area);
    tell(inside, announce(FAR, true, 20));
    assertEquals(List.of("172.16.0.0/16 by 6.6.6.6: E2 20 via 192.168.1.1"), translated());
  }

  @Test
  void section3Dot2Step1DoNotAdvertiseHides() {
    OspfAreaConfig area =
        ranges(new ExternalRange(prefix(FAR), false, 0), ExternalRange.of(prefix("172.16.9.0/24")));
    build(area, area);
    tell(inside, announce("172.16.1.0/24", true, 20));
    tell(inside, announce("172.16.9.128/25", true, 20));
    tell(inside, announce("172.17.0.0/16", true, 20));
    assertEquals(
        List.of(
            "172.16.9.0/24 by 6.6.6.6: E2 21 via 0.0.0.0",
            "172.17.0.0/16 by 6.6.6.6: E2 20 via 192.168.1.1"),
        translated());
  }

  private static OspfAreaConfig ranges(ExternalRange... ranges) {
    return nssa(
        new NssaConfig(
            NssaConfig.TranslatorRole.CANDIDATE, 40, false, true, true, List.of(ranges)));
  }

  @Test
  void section3Dot3ADeposedTranslatorFlushesItsRangesAfterTheInterval() {
    OspfAreaConfig area = ranges(ExternalRange.of(prefix("172.16.0.0/12")));
    build(area, area);
    net.command(high, new OspfCommand.InterfaceDown(1));
    net.run(60 * SECOND);
    tell(inside, announce("172.16.1.0/24", true, 20));
    assertEquals(List.of("172.16.0.0/12 by 5.5.5.5: E2 21 via 0.0.0.0"), translated());
    net.command(high, new OspfCommand.InterfaceUp(1));
    net.run(30 * SECOND);
    assertEquals(2, translated().size());
    net.run(60 * SECOND);
    assertEquals(List.of("172.16.0.0/12 by 6.6.6.6: E2 21 via 0.0.0.0"), translated());
  }

  @Test
  void section3Dot3AWithdrawnDestinationsTranslationIsFlushed() {
    build();
    tell(inside, announce(FAR, true, 20));
    tell(inside, withdraw(FAR));
    assertEquals(List.of(), nssaLsas(low.engine, AREA, net.now));
    assertEquals(List.of(), translated());
  }

  @Test
  void section3Dot2ABetterOwnDestinationIsNotSupplanted() {
    build();
    tell(high, announce(FAR, true, 5));
    tell(inside, announce(FAR, true, 20));
    assertEquals(List.of("172.16.0.0/16 by 6.6.6.6: E2 5 via 0.0.0.0"), translated());
    tell(high, announce(FAR, true, 30));
    assertEquals(List.of("172.16.0.0/16 by 6.6.6.6: E2 20 via 192.168.1.1"), translated());
    tell(inside, withdraw(FAR));
    assertEquals(List.of("172.16.0.0/16 by 6.6.6.6: E2 30 via 0.0.0.0"), translated());
  }

  @Test
  void anAreaBecomesAnNssaWhileItRuns() {
    build();
    tell(inside, announce(FAR, true, 20));
    OspfAreaConfig normal = OspfAreaConfig.normal(AREA);
    for (Node node : List.of(inside, low, high)) {
      net.command(node, new OspfCommand.ConfigureArea(normal));
    }
    net.run(120 * SECOND);
    assertTrue(inside.isFullWith(low, high));
    assertEquals(List.of(), nssaLsas(low.engine, AREA, net.now));
    assertEquals(List.of("172.16.0.0/16 by 1.1.1.1: E2 20 via 0.0.0.0"), translated());
    for (Node node : List.of(inside, low, high)) {
      net.command(node, new OspfCommand.ConfigureArea(OspfAreaConfig.nssa(AREA)));
    }
    net.run(120 * SECOND);
    assertTrue(inside.isFullWith(low, high));
    assertEquals(List.of(TYPE_7), nssaLsas(low.engine, AREA, net.now));
    assertTrue(
        translated().contains("172.16.0.0/16 by 6.6.6.6: E2 20 via 192.168.1.1"),
        () -> "the old LSA stays until it is too old: " + translated());
    assertEquals(PathType.EXTERNAL_TYPE_2, route(outside, FAR).pathType());
  }

  @Test
  void anNssaLsaInANormalAreaIsDiscarded() {
    ScriptedPeer peer = ScriptedPeer.master().toFull();
    ExternalDestination destination = ExternalDestination.of(prefix(FAR), 1, true);
    Lsa lsa =
        Lsa.originate(
            Options.NONE,
            ip("172.16.0.0"),
            routerId(7),
            LsaHeader.INITIAL_SEQUENCE,
            destination.body(LsaType.NSSA, Ipv4Address.UNSPECIFIED));
    peer.update(lsa);
    peer.run(2 * SECOND);
    assertEquals(1, peer.dropped(DropReason.LSA_TYPE));
    assertEquals(List.of(), Opaques.acknowledged(peer));
  }

  @Test
  void cuttingTheAreaInTwoLetsBothHalvesTranslate() {
    build();
    tell(inside, announce(FAR, true, 20));
    highSide.cut = true;
    net.run(120 * SECOND);
    assertEquals(NssaTranslatorState.ELECTED, stateOf(low));
    assertEquals(List.of("172.16.0.0/16 by 5.5.5.5: E2 20 via 192.168.1.1"), translated());
    highSide.cut = false;
    net.run(120 * SECOND);
    assertEquals(NssaTranslatorState.DISABLED, stateOf(low));
    assertEquals(List.of("172.16.0.0/16 by 6.6.6.6: E2 20 via 192.168.1.1"), translated());
    lowSide.cut = true;
    net.run(120 * SECOND);
    assertEquals(List.of("172.16.0.0/16 by 6.6.6.6: E2 20 via 192.168.1.1"), translated());
  }
}
