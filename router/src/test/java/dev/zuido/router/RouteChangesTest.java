package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is reported of a routing table that has changed. */
final class RouteChangesTest {
  @Test
  void routesThatCameWentAndBecameOthersAreTold() {
    Route gone = route("10.1.0.0/16", RouteSource.OSPF, 1);
    Route same = route("10.2.0.0/16", RouteSource.STATIC, 1);
    Route before = route("10.3.0.0/16", RouteSource.OSPF, 1);
    Route after = route("10.3.0.0/16", RouteSource.OSPF, 2);
    Route come = route("10.4.0.0/16", RouteSource.OSPF, 1);
    assertEquals(
        new RouterEvent.RoutesChanged(List.of(after, come), List.of(gone, before)),
        RouteChanges.between(List.of(gone, same, before), List.of(same, after, come)));
  }

  @Test
  void allIsAddedToAnEmptyTableAndRemovedAgain() {
    List<Route> routes =
        List.of(
            route("10.1.0.0/16", RouteSource.OSPF, 1), route("10.2.0.0/16", RouteSource.OSPF, 1));
    assertEquals(
        new RouterEvent.RoutesChanged(routes, List.of()), RouteChanges.between(List.of(), routes));
    assertEquals(
        new RouterEvent.RoutesChanged(List.of(), routes), RouteChanges.between(routes, List.of()));
    assertEquals(
        new RouterEvent.RoutesChanged(List.of(), List.of()), RouteChanges.between(routes, routes));
  }

  @Test
  void ownAddressesAreNotTold() {
    Route own = route("10.1.0.1/32", RouteSource.LOCAL, 0);
    assertEquals(
        new RouterEvent.RoutesChanged(List.of(), List.of()),
        RouteChanges.between(List.of(), List.of(own)));
  }

  @Test
  void theTextNamesTheFirstOfManyRoutesAndCountsTheOthers() {
    List<Route> few = List.of(route("10.1.0.0/16", RouteSource.OSPF, 1));
    List<Route> most = IntStream.range(0, 16).mapToObj(RouteChangesTest::numbered).toList();
    List<Route> many = IntStream.range(0, 5000).mapToObj(RouteChangesTest::numbered).toList();
    assertEquals(
        "routes: +O 10.1.0.0/16 [110/1] -O 10.1.0.0/16 [110/1]",
        new RouterEvent.RoutesChanged(few, few).text());
    String named = new RouterEvent.RoutesChanged(most, List.of()).text();
    assertEquals(16, named.chars().filter(each -> each == '+').count());
    assertTrue(named.endsWith(" +O 10.0.15.0/24 [110/1]"), named);
    assertEquals(
        named + " +4984 more -O 10.1.0.0/16 [110/1]",
        new RouterEvent.RoutesChanged(many, few).text());
    assertEquals(
        "routes:" + named.substring("routes:".length()).replace('+', '-') + " -4984 more",
        new RouterEvent.RoutesChanged(List.of(), many).text());
  }

  private static Route numbered(int number) {
    return route("10." + number / 256 + "." + number % 256 + ".0/24", RouteSource.OSPF, 1);
  }

  private static Route route(String prefix, RouteSource source, int metric) {
    NextHop hop = new NextHop(1, new Ipv4Address(7));
    return new Route(Ipv4Prefix.parse(prefix), source, source.distance(), metric, List.of(hop));
  }
}
