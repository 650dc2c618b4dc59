package dev.zuido.router.forwarding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private final Set<Integer> down = new HashSet<>();
  private final RouteTable table = new RouteTable(i -> !down.contains(i));

  private static Ipv4Prefix prefix(String text) {
    return Ipv4Prefix.parse(text);
  }

  private static Route route(String prefix, RouteSource source, int interfaceNumber) {
    return Route.of(prefix(prefix), source, new NextHop(interfaceNumber, null));
  }

  private int interfaceFor(String destination) {
    NextHop hop = table.lookup(Ipv4Address.parse(destination).value(), 0);
    return hop == null ? -99 : hop.interfaceNumber();
  }

  @Test
  void theLongestPrefixWins() {
    table.add(route("0.0.0.0/0", RouteSource.STATIC, 1));
    table.add(route("10.0.0.0/8", RouteSource.STATIC, 2));
    table.add(route("10.1.2.0/24", RouteSource.OSPF, 3));
    table.add(route("10.1.2.3/32", RouteSource.LOCAL, 4));
    assertEquals(1, interfaceFor("11.0.0.1"));
    assertEquals(2, interfaceFor("10.200.0.1"));
    assertEquals(3, interfaceFor("10.1.2.4"));
    assertEquals(4, interfaceFor("10.1.2.3"));
  }

  @Test
  void theLowestDistanceWinsAndAFloatingRouteTakesOver() {
    table.add(route("10.1.2.0/24", RouteSource.OSPF, 3));
    table.add(
        new Route(
            prefix("10.1.2.0/24"),
            RouteSource.STATIC,
            250,
            0,
            List.of(new NextHop(NextHop.DISCARD, null))));
    assertEquals(3, interfaceFor("10.1.2.1"));
    table.replaceAll(RouteSource.OSPF, List.of());
    assertEquals(NextHop.DISCARD, interfaceFor("10.1.2.1"));
  }

  @Test
  void routesOfAnInterfaceThatIsDownAreNotUsed() {
    table.add(route("10.1.0.0/16", RouteSource.STATIC, 1));
    table.add(route("10.0.0.0/8", RouteSource.STATIC, 2));
    down.add(1);
    table.interfacesChanged();
    assertEquals(2, interfaceFor("10.1.0.1"));
    assertEquals(1, table.routes().size());
    down.clear();
    table.interfacesChanged();
    assertEquals(1, interfaceFor("10.1.0.1"));
  }

  @Test
  void aGatewayIsResolvedThroughTheTable() {
    table.add(route("192.0.2.0/24", RouteSource.CONNECTED, 7));
    Ipv4Address gateway = Ipv4Address.parse("192.0.2.1");
    table.add(
        Route.of(prefix("0.0.0.0/0"), RouteSource.STATIC, new NextHop(NextHop.RECURSIVE, gateway)));
    NextHop hop = table.lookup(Ipv4Address.parse("8.8.8.8").value(), 0);
    assertEquals(new NextHop(7, gateway), hop);
    down.add(7);
    table.interfacesChanged();
    assertNull(table.lookup(Ipv4Address.parse("8.8.8.8").value(), 0));
  }

  @Test
  void aGatewayBehindItselfIsNoRoute() {
    Ipv4Address gateway = Ipv4Address.parse("10.0.0.1");
    table.add(
        Route.of(
            prefix("10.0.0.0/8"), RouteSource.STATIC, new NextHop(NextHop.RECURSIVE, gateway)));
    assertEquals(-99, interfaceFor("10.0.0.1"));
  }

  @Test
  void severalNextHopsAreChosenByFlow() {
    table.add(
        new Route(
            prefix("10.0.0.0/8"),
            RouteSource.OSPF,
            110,
            20,
            List.of(new NextHop(1, null), new NextHop(2, null))));
    Set<Integer> seen = new HashSet<>();
    for (int hash = 0; hash < 4; hash++) {
      NextHop hop = table.lookup(Ipv4Address.of(10, 0, 0, 1).value(), hash);
      assertNotNull(hop);
      assertEquals(hop, table.lookup(Ipv4Address.of(10, 0, 0, 1).value(), hash));
      seen.add(hop.interfaceNumber());
    }
    assertEquals(Set.of(1, 2), seen);
  }

  @Test
  void looksUpAsALinearScanDoes() {
    Random random = new Random(20);
    List<Route> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int length = random.nextInt(33);
      Ipv4Address address = new Ipv4Address(0x0a000000 | (random.nextInt() & 0x00ffffff));
      all.add(
          Route.of(Ipv4Prefix.containing(address, length), RouteSource.OSPF, new NextHop(i, null)));
    }
    table.replaceAll(RouteSource.OSPF, all);
    for (int i = 0; i < 5_000; i++) {
      Ipv4Address destination = new Ipv4Address(0x0a000000 | (random.nextInt() & 0x00ffffff));
      int best = -1;
      for (Route route : all) {
        if (route.prefix().contains(destination)) {
          best = Math.max(best, route.prefix().length());
        }
      }
      Route found = table.routeTo(destination);
      assertEquals(best, found == null ? -1 : found.prefix().length());
    }
  }
}
