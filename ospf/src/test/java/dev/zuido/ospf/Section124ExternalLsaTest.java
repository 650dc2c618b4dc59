package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.ip;
import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.Externals.announce;
import static dev.zuido.ospf.Externals.asExternals;
import static dev.zuido.ospf.Externals.withdraw;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** AS boundary routers on one LAN: RFC 2328 sections 12.4.4, 16.4 and appendix E. */
final class Section124ExternalLsaTest {
  private static final String FAR = "172.16.0.0/16";
  private static final String OUTSIDE = "10.0.0.99";

  private final SimulatedNet net = new SimulatedNet(6);
  private final Node a = net.add("a", OspfConfig.of(routerId(1), lan(1, 1), stub(2, 1)));
  private final Node b = net.add("b", OspfConfig.of(routerId(2), lan(1, 2)));
  private final Node c = net.add("c", OspfConfig.of(routerId(3), lan(1, 3)));
  private final Segment wire = net.segment();

  Section124ExternalLsaTest() {
    net.nodes.forEach(node -> net.attach(wire, node, 1));
    net.upAll();
    net.run(90 * SECOND);
    assertTrue(a.isFullWith(b, c) && b.isFullWith(c));
  }

  private void tell(Node node, OspfCommand command) {
    net.command(node, command);
    net.run(12 * SECOND);
  }

  private OspfRoute far(Node node) {
    return node.engine.routes().route(prefix(FAR));
  }

  private RouterLsa told(Node by) {
    Ipv4Address routerId = by.engine.config().routerId();
    return (RouterLsa) Configs.routerLsa(c.engine, routerId).lsa().body();
  }

  @Test
  void section12Dot4Dot4ADestinationIsToldToAllAndFlushedWhenWithdrawn() {
    tell(a, announce(FAR, true, 20));
    assertEquals(
        List.of("172.16.0.0/16 by 1.1.1.1: E2 20 via 0.0.0.0"), asExternals(c.engine, net.now));
    LsaEntry entry =
        c.engine.database().asWide().entriesOfType(LsaType.AS_EXTERNAL).iterator().next();
    assertEquals(new Options(Options.E | Options.DC), entry.lsa().header().options());
    assertEquals(
        new OspfRoute(
            prefix(FAR),
            PathType.EXTERNAL_TYPE_2,
            10,
            20,
            null,
            Set.of(new NextHop(1, ip("10.0.0.1")))),
        far(c));
    assertNull(far(a), "section 16.4 item 2: its own LSA");
    assertTrue(told(a).isExternal());
    assertFalse(told(b).isExternal());
    tell(a, withdraw(FAR));
    assertEquals(List.of(), asExternals(c.engine, net.now));
    assertNull(far(c));
    assertFalse(told(a).isExternal());
    assertEquals(3 + 1, a.engine.database().size(), "routers and the network");
  }

  @Test
  void section12Dot4Dot4ADestinationAnnouncedAgainReplacesTheFirst() {
    tell(a, announce(FAR, true, 20));
    tell(a, announce(FAR, false, 7));
    assertEquals(
        List.of("172.16.0.0/16 by 1.1.1.1: E1 7 via 0.0.0.0"), asExternals(c.engine, net.now));
    assertEquals(17, far(c).cost());
  }

  @Test
  void section12Dot4Dot4TheDefaultRouteHasDefaultDestination() {
    tell(a, announce("0.0.0.0/0", true, 1));
    assertEquals(List.of("0.0.0.0/0 by 1.1.1.1: E2 1 via 0.0.0.0"), asExternals(c.engine, net.now));
    assertEquals(
        Set.of(new NextHop(1, ip("10.0.0.1"))),
        c.engine.routes().lookup(ip("203.0.113.1")).nextHops());
  }

  @Test
  void section16Dot4Item6bType1IsPreferredToType2() {
    tell(a, announce(FAR, true, 1));
    tell(b, announce(FAR, false, 1000));
    assertEquals(PathType.EXTERNAL_TYPE_1, far(c).pathType());
    assertEquals(Set.of(new NextHop(1, ip("10.0.0.2"))), far(c).nextHops());
    tell(b, withdraw(FAR));
    assertEquals(PathType.EXTERNAL_TYPE_2, far(c).pathType());
    assertEquals(Set.of(new NextHop(1, ip("10.0.0.1"))), far(c).nextHops());
  }

  @Test
  void section16Dot4Item6EqualPathsAreUsedTogether() {
    tell(a, announce(FAR, true, 5));
    tell(b, announce(FAR, true, 5));
    assertEquals(
        Set.of(new NextHop(1, ip("10.0.0.1")), new NextHop(1, ip("10.0.0.2"))), far(c).nextHops());
  }

  @Test
  void section12Dot4Dot4Dot1PacketsGoStraightToTheForwardingAddress() {
    tell(a, announce(FAR, true, 20, OUTSIDE));
    assertEquals(
        List.of("172.16.0.0/16 by 1.1.1.1: E2 20 via 10.0.0.99"), asExternals(c.engine, net.now));
    assertEquals(Set.of(new NextHop(1, ip(OUTSIDE))), far(c).nextHops());
    tell(a, new OspfCommand.InterfaceDown(1));
    tell(a, new OspfCommand.InterfaceUp(1));
    net.run(60 * SECOND);
    assertEquals(
        List.of("172.16.0.0/16 by 1.1.1.1: E2 20 via 10.0.0.99"), asExternals(c.engine, net.now));
  }

  @Test
  void section12Dot4Dot4Dot1AnAddressWhereOspfDoesNotRunIsNotTold() {
    for (String address : List.of("10.0.1.99", "192.168.1.99", "10.0.0.1", "10.0.0.255")) {
      tell(a, announce(FAR, true, 20, address));
      assertEquals(
          List.of("172.16.0.0/16 by 1.1.1.1: E2 20 via 0.0.0.0"),
          asExternals(c.engine, net.now),
          address);
    }
  }

  @Test
  void section12Dot4Dot4Dot1OfTwoEquivalentLsasTheHigherRouterIdsStays() {
    tell(a, announce(FAR, true, 20, OUTSIDE));
    tell(b, announce(FAR, true, 20, OUTSIDE));
    assertEquals(
        List.of("172.16.0.0/16 by 2.2.2.2: E2 20 via 10.0.0.99"), asExternals(c.engine, net.now));
    assertTrue(told(a).isExternal(), "it stands ready");
    tell(b, withdraw(FAR));
    assertEquals(
        List.of("172.16.0.0/16 by 1.1.1.1: E2 20 via 10.0.0.99"), asExternals(c.engine, net.now));
  }

  @Test
  void section12Dot4Dot4Dot1TheOtherComesBackWhenTheHigherIsNotReachable() {
    tell(b, announce(FAR, true, 20, OUTSIDE));
    tell(a, announce(FAR, true, 20, OUTSIDE));
    assertEquals(
        List.of("172.16.0.0/16 by 2.2.2.2: E2 20 via 10.0.0.99"), asExternals(c.engine, net.now));
    b.dead = true;
    net.run(60 * SECOND);
    assertTrue(
        asExternals(c.engine, net.now).contains("172.16.0.0/16 by 1.1.1.1: E2 20 via 10.0.0.99"));
    assertEquals(Set.of(new NextHop(1, ip(OUTSIDE))), far(c).nextHops());
  }

  @Test
  void section12Dot4Dot4Dot1OtherMetricsOrNoForwardingAddressAreNotEquivalent() {
    tell(a, announce(FAR, true, 20, OUTSIDE));
    tell(b, announce(FAR, true, 21, OUTSIDE));
    assertEquals(2, asExternals(c.engine, net.now).size());
    tell(a, announce(FAR, true, 20));
    tell(b, announce(FAR, true, 20));
    assertEquals(2, asExternals(c.engine, net.now).size());
  }

  @Test
  void appendixENetworksWithOneAddressGetLinkStateIdsOfTheirOwn() {
    tell(a, announce("10.0.0.0/24", true, 1));
    // That network is inside of the AS; what matters here is how it is told.
    assertEquals(
        List.of("10.0.0.0/24 by 1.1.1.1: E2 1 via 0.0.0.0"), asExternals(c.engine, net.now));
    tell(a, announce("10.0.0.0/16", true, 2));
    assertEquals(
        List.of(
            "10.0.0.0/16 by 1.1.1.1: E2 2 via 0.0.0.0",
            "10.0.0.255/24 by 1.1.1.1: E2 1 via 0.0.0.0"),
        asExternals(c.engine, net.now));
    tell(a, announce("10.0.0.0/8", true, 3));
    assertEquals(
        List.of(
            "10.0.0.0/8 by 1.1.1.1: E2 3 via 0.0.0.0",
            "10.0.0.255/24 by 1.1.1.1: E2 1 via 0.0.0.0",
            "10.0.255.255/16 by 1.1.1.1: E2 2 via 0.0.0.0"),
        asExternals(c.engine, net.now));
    assertNotNull(c.engine.routes().route(prefix("10.0.0.0/8")));
    assertNotNull(c.engine.routes().route(prefix("10.0.0.0/16")));
    assertEquals(PathType.INTRA_AREA, c.engine.routes().route(prefix("10.0.0.0/24")).pathType());
  }

  @Test
  void rangesCondenseWhatIsInThem() {
    tell(a, announce("172.16.1.0/24", false, 10));
    tell(a, announce("172.16.2.0/24", false, 30));
    tell(a, announce("172.17.0.0/16", false, 1));
    tell(
        a,
        new OspfCommand.ConfigureExternalRanges(
            List.of(
                ExternalRange.of(prefix(FAR)),
                new ExternalRange(prefix("172.17.0.0/16"), false, 0))));
    assertEquals(
        List.of("172.16.0.0/16 by 1.1.1.1: E1 30 via 0.0.0.0"), asExternals(c.engine, net.now));
    tell(a, withdraw("172.16.2.0/24"));
    assertEquals(
        List.of("172.16.0.0/16 by 1.1.1.1: E1 10 via 0.0.0.0"), asExternals(c.engine, net.now));
    tell(a, announce("172.16.3.0/24", true, 4));
    assertEquals(
        List.of("172.16.0.0/16 by 1.1.1.1: E2 4 via 0.0.0.0"), asExternals(c.engine, net.now));
    tell(a, new OspfCommand.ConfigureExternalRanges(List.of()));
    assertEquals(
        List.of(
            "172.16.1.0/24 by 1.1.1.1: E1 10 via 0.0.0.0",
            "172.16.3.0/24 by 1.1.1.1: E2 4 via 0.0.0.0",
            "172.17.0.0/16 by 1.1.1.1: E1 1 via 0.0.0.0"),
        asExternals(c.engine, net.now));
  }

  @Test
  void aStormOfChangesIsOneInstanceInMinLsInterval() {
    tell(a, announce(FAR, true, 1));
    LsaEntry before =
        c.engine.database().asWide().entriesOfType(LsaType.AS_EXTERNAL).iterator().next();
    for (int metric = 2; metric < 402; metric++) {
      net.command(a, announce(FAR, true, metric));
      net.run(SECOND / 100);
      if (metric % 50 == 0) {
        net.command(a, withdraw(FAR));
      }
    }
    net.run(12 * SECOND);
    assertEquals(401, far(c).type2Cost());
    LsaEntry after =
        c.engine.database().asWide().entriesOfType(LsaType.AS_EXTERNAL).iterator().next();
    int instances = after.lsa().header().sequence() - before.lsa().header().sequence();
    assertTrue(instances <= 3, "instances: " + instances);
  }

  @Test
  void moreDestinationsThanTheLimitAreDropped() {
    OspfConfig config =
        OspfConfig.of(routerId(7), link(1, 1, 1)).toBuilder()
            .limits(new OspfLimits(8, 100, 8, 10))
            .build();
    Node limited = net.add("limited", config);
    net.up(limited);
    for (int i = 0; i < 15; i++) {
      net.command(limited, announce("172.16." + i + ".0/24", true, 1));
    }
    assertEquals(10, asExternals(limited.engine, net.now).size());
    assertEquals(5, limited.engine.dropped().get(DropReason.ANNOUNCEMENT_LIMIT));
    assertEquals(10, limited.engine.announcedExternals().size());
    net.command(limited, announce("172.16.0.0/24", true, 9));
    assertEquals(5, limited.engine.dropped().get(DropReason.ANNOUNCEMENT_LIMIT));
  }

  @Test
  void manyDestinationsArriveAndGo() {
    for (int i = 0; i < 1000; i++) {
      net.command(a, announce("172." + (16 + i / 250) + "." + i % 250 + ".0/24", true, 1));
    }
    net.run(20 * SECOND);
    assertEquals(1000, asExternals(c.engine, net.now).size());
    for (int i = 0; i < 1000; i++) {
      net.command(a, withdraw("172." + (16 + i / 250) + "." + i % 250 + ".0/24"));
    }
    net.run(30 * SECOND);
    assertEquals(4, c.engine.database().size());
    assertEquals(4, a.engine.database().size());
  }

  @Test
  void aRestartedRouterFlushesWhatItAnnouncedBefore() {
    tell(a, announce(FAR, true, 1));
    net.restart(a, a.engine.config());
    net.run(90 * SECOND);
    assertTrue(a.isFullWith(c));
    assertEquals(List.of(), asExternals(c.engine, net.now));
  }

  @Test
  void metricsOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> announce(FAR, true, 0xffffff));
    assertThrows(IllegalArgumentException.class, () -> announce(FAR, true, -1));
    assertThrows(IllegalArgumentException.class, () -> announce(FAR, true, 1, "224.0.0.1"));
  }
}
