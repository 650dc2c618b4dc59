package dev.zuido.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.tun.netlink.KernelNextHop;
import dev.zuido.tun.netlink.KernelRoute;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the kernel sends what a crypto map protects. */
final class HandoverTest {
  private static final Ipv4Prefix LAN = Ipv4Prefix.parse("10.1.2.0/24");
  private static final Ipv4Address OURS = Ipv4Address.parse("100.1.1.1");

  @Test
  void aGuardedLinkNeedsNoMoreThanTheDevice() {
    assertEquals(
        List.of(KernelRoute.through(LAN, 1, KernelNextHop.on(7))), Handover.guarded(7).routes(LAN));
  }

  @Test
  void behindADialersDeviceThereIsNoOtherWay() {
    assertEquals(
        List.of(
            KernelRoute.through(LAN, 1, KernelNextHop.on(7)).withSource(OURS),
            KernelRoute.blackhole(LAN, 2)),
        new Handover(7, true, true, OURS).routes(LAN));
  }

  @Test
  void whileTheDialerIsDownNothingLeaves() {
    assertEquals(
        List.of(KernelRoute.blackhole(LAN, 1), KernelRoute.blackhole(LAN, 2)),
        new Handover(7, false, true, OURS).routes(LAN));
  }

  @Test
  void everythingIsTwoHalves() {
    assertEquals(
        List.of("0.0.0.0/1 1", "0.0.0.0/1 2", "128.0.0.0/1 1", "128.0.0.0/1 2"),
        new Handover(7, true, true, null)
            .routes(Ipv4Prefix.DEFAULT).stream()
                .map(route -> route.prefix() + " " + route.metric())
                .toList());
  }
}
