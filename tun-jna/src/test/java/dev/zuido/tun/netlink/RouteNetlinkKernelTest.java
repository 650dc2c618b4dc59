package dev.zuido.tun.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.Errno;
import dev.zuido.tun.Kernel;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RouteNetlinkKernelTest {
  private static final int OURS = KernelRoute.ZUIDO_PROTOCOL;
  private static final Ipv4Prefix LAN = Ipv4Prefix.parse("10.1.2.0/24");

  @BeforeEach
  void aPairOfInterfaces() {
    Kernel.require();
    Kernel.run("ip", "link", "add", "zr0", "type", "veth", "peer", "name", "zr1");
    Kernel.run("ip", "link", "set", "zr1", "up");
  }

  @AfterEach
  void remove() {
    if (Boolean.getBoolean("zuido.kernel")) {
      Kernel.run("ip", "link", "del", "zr0");
      Kernel.run("ip", "route", "flush", "proto", Integer.toString(OURS));
    }
  }

  private static int ready(RouteNetlink netlink) {
    int index = netlink.link("zr0").orElseThrow().index();
    netlink.addAddress(index, IpAddress.parse("192.0.2.1"), 24);
    netlink.addAddress(index, IpAddress.parse("2001:db8:1::1"), 64);
    netlink.setUp(index, true);
    return index;
  }

  private static String shown(String... more) {
    String[] command = {"ip", "route", "show", "proto", Integer.toString(OURS)};
    String[] all = new String[command.length + more.length];
    System.arraycopy(command, 0, all, 0, command.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return Kernel.run(all);
  }

  @Test
  void linksAndAddresses() {
    try (var netlink = RouteNetlink.open()) {
      NetworkLink before = netlink.link("zr0").orElseThrow();
      assertFalse(before.up());
      netlink.setMtu(before.index(), 1280);
      int index = ready(netlink);
      NetworkLink after = netlink.link("zr0").orElseThrow();
      assertEquals(new NetworkLink(index, "zr0", 1280, true, true), after);
      assertTrue(Kernel.run("ip", "addr", "show", "zr0").contains("inet 192.0.2.1/24"));
      Kernel.run("ip", "addr", "add", "192.0.2.5", "peer", "192.0.2.6/31", "dev", "zr0");
      assertEquals(
          List.of(
              new InterfaceAddress(index, IpAddress.parse("192.0.2.1"), 24),
              new InterfaceAddress(index, IpAddress.parse("192.0.2.5"), 31),
              new InterfaceAddress(index, IpAddress.parse("2001:db8:1::1"), 64)),
          netlink.addresses().stream()
              .filter(one -> one.interfaceIndex() == index)
              .filter(one -> !one.address().toString().startsWith("fe80:"))
              .toList());
      netlink.addAddress(index, IpAddress.parse("192.0.2.1"), 24);
      assertTrue(netlink.removeAddress(index, IpAddress.parse("192.0.2.1"), 24));
      assertFalse(netlink.removeAddress(index, IpAddress.parse("192.0.2.1"), 24));
      netlink.setUp(index, false);
      assertFalse(netlink.link("zr0").orElseThrow().up());
      assertTrue(netlink.link("absent").isEmpty());
    }
  }

  @Test
  void aRouteIsAddedReplacedAndRemoved() {
    try (var netlink = RouteNetlink.open()) {
      int index = ready(netlink);
      KernelRoute via =
          KernelRoute.through(LAN, 110, KernelNextHop.via(IpAddress.parse("192.0.2.2"), index));
      netlink.addRoute(via);
      assertTrue(shown().startsWith("10.1.2.0/24 via 192.0.2.2 dev zr0 metric 110"), shown());
      assertEquals(List.of(via), netlink.routes(OURS));
      var twice = assertThrows(OperatingSystemException.class, () -> netlink.addRoute(via));
      assertEquals(Errno.EEXIST, twice.error());
      KernelRoute onLink = KernelRoute.through(LAN, 110, KernelNextHop.on(index));
      netlink.replaceRoute(onLink);
      assertEquals(List.of(onLink), netlink.routes(OURS));
      assertFalse(shown().contains("via"), shown());
      assertTrue(netlink.removeRoute(onLink));
      assertFalse(netlink.removeRoute(onLink));
      assertEquals("", shown());
    }
  }

  @Test
  void aRouteNamesTheSourceOfTheHostsOwnPacketsAndGoesWithIt() {
    try (var netlink = RouteNetlink.open()) {
      int index = ready(netlink);
      Kernel.run("ip", "addr", "add", "100.1.1.1/32", "dev", "lo");
      KernelRoute bare = KernelRoute.through(LAN, 1, KernelNextHop.on(index));
      KernelRoute named = bare.withSource(IpAddress.parse("100.1.1.1"));
      netlink.addRoute(bare);
      netlink.replaceRoute(named);
      assertEquals(List.of(named), netlink.routes(OURS));
      String chosen = Kernel.run("ip", "route", "get", "10.1.2.1");
      assertTrue(chosen.contains("src 100.1.1.1"), chosen);
      Kernel.run("ip", "addr", "del", "100.1.1.1/32", "dev", "lo");
      assertEquals(List.of(), netlink.routes(OURS));
      var absent = assertThrows(OperatingSystemException.class, () -> netlink.addRoute(named));
      assertEquals(Errno.EINVAL, absent.error());
    }
  }

  @Test
  void severalNextHopsShareARoute() {
    try (var netlink = RouteNetlink.open()) {
      int index = ready(netlink);
      KernelRoute both =
          KernelRoute.through(
              LAN,
              110,
              new KernelNextHop(index, IpAddress.parse("192.0.2.2"), 1),
              new KernelNextHop(index, IpAddress.parse("192.0.2.3"), 256));
      netlink.replaceRoute(both);
      assertTrue(shown().contains("nexthop via 192.0.2.3 dev zr0 weight 256"), shown());
      assertEquals(List.of(both), netlink.routes(OURS));
      assertTrue(netlink.removeRoute(both));
    }
  }

  @Test
  void ipv6RoutesWorkAlike() {
    try (var netlink = RouteNetlink.open()) {
      int index = ready(netlink);
      var prefix = new Ipv6Prefix(Ipv6Address.parse("2001:db8:2::"), 48);
      KernelRoute via =
          KernelRoute.through(
              prefix, 20, KernelNextHop.via(IpAddress.parse("2001:db8:1::2"), index));
      netlink.addRoute(via);
      assertEquals(List.of(via), netlink.routes(OURS));
      KernelRoute both =
          KernelRoute.through(
              prefix,
              20,
              KernelNextHop.via(IpAddress.parse("2001:db8:1::2"), index),
              KernelNextHop.via(IpAddress.parse("2001:db8:1::3"), index));
      netlink.replaceRoute(both);
      assertEquals(List.of(both), netlink.routes(OURS));
      assertTrue(netlink.removeRoute(via));
      assertEquals(List.of(), netlink.routes(OURS));
    }
  }

  @Test
  void blackholesAreAddedReplacedListedAndRemoved() {
    try (var netlink = RouteNetlink.open()) {
      int index = ready(netlink);
      var lan6 = new Ipv6Prefix(Ipv6Address.parse("2001:db8:3::"), 48);
      for (IpPrefix prefix : List.<IpPrefix>of(LAN, lan6)) {
        KernelRoute discard = KernelRoute.blackhole(prefix, 250);
        netlink.addRoute(discard);
        assertEquals(List.of(discard), netlink.routes(OURS));
        var twice = assertThrows(OperatingSystemException.class, () -> netlink.addRoute(discard));
        assertEquals(Errno.EEXIST, twice.error());
        netlink.replaceRoute(discard);
        KernelRoute through = KernelRoute.through(prefix, 250, KernelNextHop.on(index));
        netlink.replaceRoute(through);
        assertEquals(List.of(through), netlink.routes(OURS));
        netlink.replaceRoute(discard);
        assertEquals(List.of(discard), netlink.routes(OURS));
        KernelRoute better = KernelRoute.through(prefix, 110, KernelNextHop.on(index));
        netlink.addRoute(better);
        assertEquals(List.of(better, discard), netlink.routesTo(prefix));
        assertTrue(netlink.removeRoute(discard));
        assertFalse(netlink.removeRoute(discard));
        assertEquals(List.of(better), netlink.routes(OURS));
        assertTrue(netlink.removeRoute(better));
      }
      assertEquals("", shown());
    }
  }

  @Test
  void theDefaultRoutesOfTheHostAreSeenWhoeverMadeThem() {
    try (var netlink = RouteNetlink.open()) {
      int index = ready(netlink);
      assertEquals(List.of(), netlink.routesTo(Ipv4Prefix.DEFAULT));
      String last = Long.toString(KernelRoute.MAX_METRIC);
      Kernel.run("ip", "route", "add", "default", "dev", "zr0", "metric", last);
      Kernel.run("ip", "route", "add", "default", "via", "192.0.2.9", "proto", "dhcp");
      Kernel.run("ip", "-6", "route", "add", "default", "dev", "zr0", "proto", "static");
      int boot = 3;
      int dhcp = 16;
      var gateway = KernelNextHop.via(IpAddress.parse("192.0.2.9"), index);
      var onLink = List.of(KernelNextHop.on(index));
      assertEquals(
          List.of(
              new KernelRoute(Ipv4Prefix.DEFAULT, 0, dhcp, List.of(gateway)),
              new KernelRoute(Ipv4Prefix.DEFAULT, KernelRoute.MAX_METRIC, boot, onLink)),
          netlink.routesTo(Ipv4Prefix.DEFAULT));
      var all6 = new Ipv6Prefix(Ipv6Address.parse("::"), 0);
      assertEquals(List.of(new KernelRoute(all6, 1024, 4, onLink)), netlink.routesTo(all6));
    }
  }

  @Test
  void purgingLeavesTheRoutesOfOthers() {
    try (var netlink = RouteNetlink.open()) {
      int index = ready(netlink);
      Kernel.run("ip", "route", "add", "10.9.0.0/16", "dev", "zr0", "proto", "static");
      for (int i = 0; i < 300; i++) {
        var prefix = Ipv4Prefix.parse("10.8." + i / 2 + "." + i % 2 * 128 + "/25");
        netlink.addRoute(KernelRoute.through(prefix, 110, KernelNextHop.on(index)));
      }
      netlink.addRoute(KernelRoute.blackhole(LAN, 250));
      netlink.addRoute(
          KernelRoute.blackhole(new Ipv6Prefix(Ipv6Address.parse("2001:db8:3::"), 48), 250));
      assertTrue(shown().contains("blackhole 10.1.2.0/24 metric 250"), shown());
      assertEquals(302, netlink.purgeRoutes(OURS));
      assertEquals("", shown());
      assertTrue(Kernel.run("ip", "route").contains("10.9.0.0/16"));
    }
  }

  @Test
  void aGatewayThatIsNotOnTheLinkIsRefusedWithTheKernelsWords() {
    try (var netlink = RouteNetlink.open()) {
      int index = ready(netlink);
      var far =
          KernelRoute.through(LAN, 110, KernelNextHop.via(IpAddress.parse("203.0.113.1"), index));
      var refused = assertThrows(OperatingSystemException.class, () -> netlink.addRoute(far));
      assertEquals(Errno.ENETUNREACH, refused.error());
      assertTrue(refused.getMessage().contains("invalid gateway"), refused.getMessage());
    }
  }

  @Test
  void withoutTheCapabilityItSaysWhatIsNeeded() {
    String printed = Kernel.runWithoutCapabilities(WithoutCapabilities.class);
    assertTrue(printed.contains("add a route to 10.1.2.0/24: EPERM"), printed);
    assertTrue(printed.contains("CAP_NET_ADMIN"), printed);
  }

  /** Prints what an unprivileged process is told. */
  static final class WithoutCapabilities {
    private WithoutCapabilities() {}

    public static void main(String[] args) {
      try (var netlink = RouteNetlink.open()) {
        netlink.addRoute(KernelRoute.blackhole(LAN, 1));
        System.out.println("added");
      } catch (OperatingSystemException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
