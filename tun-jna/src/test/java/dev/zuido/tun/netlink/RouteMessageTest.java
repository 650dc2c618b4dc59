package dev.zuido.tun.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RouteMessageTest {
  private static final Ipv4Prefix LAN = Ipv4Prefix.parse("10.1.2.0/24");
  private static final Ipv6Prefix LAN6 = new Ipv6Prefix(Ipv6Address.parse("2001:db8:2::"), 48);

  static List<KernelRoute> routes() {
    return List.of(
        KernelRoute.through(LAN, 110, KernelNextHop.on(3)),
        KernelRoute.through(
            Ipv4Prefix.DEFAULT, 0, KernelNextHop.via(IpAddress.parse("192.0.2.2"), 70000)),
        KernelRoute.through(
            LAN,
            1,
            new KernelNextHop(3, IpAddress.parse("192.0.2.2"), 256),
            new KernelNextHop(4, null, 1)),
        KernelRoute.through(Ipv4Prefix.DEFAULT, 1, KernelNextHop.on(3))
            .withSource(IpAddress.parse("100.1.1.1")),
        KernelRoute.blackhole(LAN6, 250),
        KernelRoute.through(
            LAN6, 20, KernelNextHop.via(IpAddress.parse("fe80::1"), 3), KernelNextHop.on(4)),
        new KernelRoute(LAN, KernelRoute.MAX_METRIC, 255, List.of()));
  }

  /** The layout of linux/rtnetlink.h, written out by hand. */
  @Test
  void laysOutARouteAsTheKernelReadsIt() {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    byte[] message =
        RouteMessage.change(routes().get(0), NetlinkRequest.CREATE | NetlinkRequest.REPLACE)
            .finish(7);
    assertEquals(
        "34000000"
            + "1800"
            + "0505"
            + "07000000"
            + "00000000"
            + "02180000fe5afd01"
            + "00000000"
            + "080001000a010200"
            + "080006006e000000"
            + "0800040003000000",
        HexFormat.of().formatHex(message));
  }

  @Test
  void laysOutTheSourceOfTheHostsOwnPackets() {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    KernelRoute route = routes().get(0).withSource(IpAddress.parse("100.1.1.1"));
    String message = HexFormat.of().formatHex(RouteMessage.change(route, 0).finish(7));
    assertTrue(message.contains("0800" + "0700" + "64010101"), message);
    assertEquals(routes().get(0), route.withSource(null));
    assertThrows(
        IllegalArgumentException.class, () -> route.withSource(IpAddress.parse("2001:db8::1")));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void readsWhatItWrites(KernelRoute route) {
    assertEquals(Optional.of(route), read(RouteMessage.change(route, 0).finish(1)));
  }

  @Test
  void readsNoRouteThatIsForSomePacketsOnlyOrLeadsNowhere() {
    byte[] message = RouteMessage.change(routes().get(0), 0).finish(1);
    int fixed = NetlinkRequest.HEADER_BYTES;
    for (int position : new int[] {fixed + 2, fixed + 3, fixed + 4, fixed + 7}) {
      byte[] other = message.clone();
      other[position] = 7;
      assertEquals(Optional.empty(), read(other), "octet " + position);
    }
    byte[] withoutInterface = Arrays.copyOf(message, message.length - 8);
    ByteBuffer.wrap(withoutInterface)
        .order(ByteOrder.nativeOrder())
        .putInt(0, withoutInterface.length);
    assertEquals(Optional.empty(), read(withoutInterface));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aMessageCutOffAnywhereIsReadWithoutHarm(KernelRoute route) {
    byte[] message = RouteMessage.change(route, 0).finish(1);
    for (int length = 0; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      assertEquals(Optional.empty(), read(cut), "a length beyond the datagram");
      if (length >= NetlinkRequest.HEADER_BYTES) {
        ByteBuffer.wrap(cut).order(ByteOrder.nativeOrder()).putInt(0, length);
        assertEquals(1, NetlinkSocket.split(wrap(cut)).size());
      }
    }
  }

  private static Optional<KernelRoute> read(byte[] message) {
    return NetlinkSocket.split(wrap(message)).stream().findFirst().flatMap(RouteMessage::decode);
  }

  private static ByteBuffer wrap(byte[] message) {
    return ByteBuffer.wrap(message).order(ByteOrder.nativeOrder());
  }

  @Test
  void refusesRoutesThatTheKernelCannotHold() {
    assertThrows(
        IllegalArgumentException.class,
        () -> KernelRoute.through(LAN, 1, KernelNextHop.via(IpAddress.parse("::1"), 1)));
    assertThrows(IllegalArgumentException.class, () -> KernelRoute.blackhole(LAN6, 0));
    assertThrows(IllegalArgumentException.class, () -> KernelRoute.blackhole(LAN, -1));
    assertThrows(IllegalArgumentException.class, () -> new KernelRoute(LAN, 1, 256, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> KernelRoute.blackhole(LAN, KernelRoute.MAX_METRIC + 1));
    var ofNobody = new KernelRoute(LAN, 1, 0, List.of());
    assertThrows(IllegalArgumentException.class, () -> RouteMessage.change(ofNobody, 0));
    assertThrows(IllegalArgumentException.class, () -> RouteMessage.removal(ofNobody));
    assertThrows(IllegalArgumentException.class, () -> new KernelNextHop(0, null, 1));
    assertThrows(IllegalArgumentException.class, () -> new KernelNextHop(1, null, 257));
  }
}
