package dev.zuido.ospf.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Look-ups in tables, and what differs between two. */
final class RoutingTableTest {
  private static final Ipv4Address AREA = Ipv4Address.UNSPECIFIED;

  @Test
  void routesAreInTheOrderOfTheirPrefixes() {
    RoutingTable table =
        table(route("192.168.0.0/16", 1), route("10.0.0.0/16", 2), route("10.0.0.0/8", 3));
    assertEquals(
        List.of("10.0.0.0/8", "10.0.0.0/16", "192.168.0.0/16"),
        table.routes().stream().map(route -> route.prefix().toString()).toList());
  }

  @Test
  void theLongestPrefixIsFound() {
    OspfRoute longest = route("10.1.0.0/16", 2);
    RoutingTable table = table(route("10.0.0.0/8", 3), longest, route("10.2.0.0/16", 2));
    assertEquals(longest, table.lookup(Ipv4Address.parse("10.1.2.3")));
    assertEquals(longest, table.route(longest.prefix()));
    assertNull(table.lookup(Ipv4Address.parse("11.0.0.0")));
    assertNull(table.route(Ipv4Prefix.parse("10.1.2.0/24")));
  }

  @Test
  void aLongerDiscardHidesARoute() {
    Ipv4Prefix range = Ipv4Prefix.parse("10.1.0.0/16");
    OspfRoute shorter = route("10.0.0.0/8", 3);
    RoutingTable table = new RoutingTable(List.of(shorter), List.of(), Set.of(), Set.of(range));
    assertNull(table.lookup(Ipv4Address.parse("10.1.2.3")));
    assertEquals(shorter, table.lookup(Ipv4Address.parse("10.2.0.0")));
  }

  @Test
  void twoRoutesToOneNetworkAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> table(route("10.0.0.0/8", 1), route("10.0.0.0/8", 2)));
  }

  @Test
  void differencesAreToldInOrderWithBothRoutes() {
    OspfRoute same = route("10.4.0.0/16", 1);
    OspfRoute gone = route("10.1.0.0/16", 1);
    OspfRoute before = route("10.2.0.0/16", 1);
    OspfRoute after = route("10.2.0.0/16", 2);
    OspfRoute come = route("10.9.0.0/16", 1);
    RoutingTable earlier = table(gone, before, same);
    RoutingTable later = table(after, come, route("10.4.0.0/16", 1));
    assertEquals(
        List.of(
            new RouteDifference(gone.prefix(), gone, null),
            new RouteDifference(after.prefix(), before, after),
            new RouteDifference(come.prefix(), null, come)),
        later.differences(earlier));
    assertEquals(List.of(), later.differences(later));
    assertEquals(3, earlier.differences(RoutingTable.EMPTY).size());
    assertEquals(3, RoutingTable.EMPTY.differences(earlier).size());
  }

  @Test
  void routersAreFoundAndCompared() {
    RouterRoute first = router(1, 10);
    RouterRoute dearer = router(1, 20);
    RouterRoute second = router(2, 10);
    RoutingTable earlier = new RoutingTable(List.of(), List.of(second, first), Set.of());
    RoutingTable later = new RoutingTable(List.of(), List.of(dearer), Set.of());
    assertEquals(List.of(first, second), earlier.routerRoutes());
    assertEquals(List.of(second), earlier.routerRoutes(second.routerId()));
    assertEquals(List.of(), earlier.routerRoutes(new Ipv4Address(3)));
    assertEquals(
        List.of(
            new RouterDifference(first.routerId(), AREA, first, dearer),
            new RouterDifference(second.routerId(), AREA, second, null)),
        later.routerDifferences(earlier));
  }

  @Test
  void nextHopsAreASortedSet() {
    NextHop low = new NextHop(1, null);
    NextHop high = new NextHop(1, new Ipv4Address(9));
    NextHopSet set = NextHopSet.of(List.of(high, low, high));
    assertEquals(List.of(low, high), List.copyOf(set));
    assertEquals(Set.of(low, high), set);
    assertEquals(Set.of(low, high).hashCode(), set.hashCode());
    assertEquals(set, NextHopSet.of(List.of(low)).union(NextHopSet.of(List.of(high, low)), 64));
    assertEquals(Set.of(low), NextHopSet.of(List.of(high)).union(set, 1));
    assertEquals(Set.of(low), set.limit(1));
  }

  private static RoutingTable table(OspfRoute... routes) {
    return new RoutingTable(List.of(routes), List.of(), Set.of());
  }

  private static OspfRoute route(String prefix, int cost) {
    return new OspfRoute(
        Ipv4Prefix.parse(prefix),
        PathType.INTRA_AREA,
        cost,
        0,
        AREA,
        Set.of(new NextHop(1, new Ipv4Address(7))));
  }

  private static RouterRoute router(int id, int cost) {
    return new RouterRoute(
        new Ipv4Address(id), AREA, PathType.INTRA_AREA, cost, true, false, Options.NONE, Set.of());
  }
}
