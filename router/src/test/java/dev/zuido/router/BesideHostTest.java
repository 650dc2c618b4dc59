package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.testkit.Ipv4Packets;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A router whose forwarding is a host's: what it takes, what it gives, what it keeps. */
class BesideHostTest {
  private static final Ipv4Address OURS = Ipv4Address.parse("100.1.1.1");
  private static final Ipv4Address PEER = Ipv4Address.parse("200.1.1.1");
  private static final Ipv4Address LAN_HOST = Ipv4Address.parse("10.1.1.1");
  private static final Ipv4Address FAR_HOST = Ipv4Address.parse("10.1.2.1");
  private static final Ipv4Address TUNNEL = Ipv4Address.parse("192.168.1.1");
  private static final Ipv4Address FAR_TUNNEL = Ipv4Address.parse("192.168.1.2");

  private static final String COMMON =
      """
      interface GigabitEthernet0/1
       ip address 10.1.1.254 255.255.255.0
       ip tcp adjust-mss 1332
      interface Tunnel1
       ip address 192.168.1.1 255.255.255.0
       ip mtu 1372
       tunnel source GigabitEthernet0/0
       tunnel destination 200.1.1.1
      ip route 0.0.0.0 0.0.0.0 100.1.1.254
      """;
  private static final String CRYPTO =
      """
      crypto isakmp policy 1
       encryption aes
       authentication pre-share
       group 14
      crypto isakmp key secret address 200.1.1.1
      crypto ipsec transform-set T esp-aes esp-sha-hmac
      crypto map M 1 ipsec-isakmp
       set peer 200.1.1.1
       set transform-set T
       match address C
      ip access-list extended C
       permit ip 10.1.1.0 0.0.0.255 10.1.2.0 0.0.0.255
       permit gre host 100.1.1.1 host 200.1.1.1
      """;

  private QueuePort wan = new QueuePort(1454);
  private final QueuePort lan = new QueuePort(1500);
  private final QueuePort tunnelDevice = new QueuePort(1372);
  private final QueuePort cryptoDevice = new QueuePort(1454);
  private final List<RouterEvent> events = new ArrayList<>();
  private long nowNanos;

  private static IosInterfaceName name(String text) {
    return IosInterfaceName.parse(text);
  }

  private Router router(String wanLines, String rest) {
    String text =
        "interface GigabitEthernet0/0\n ip address 100.1.1.1 255.255.255.0\n ip mtu 1454\n"
            + wanLines
            + COMMON
            + rest;
    RouterConfig config =
        Objects.requireNonNull(IosReader.read(text).config(), () -> IosReader.read(text).render());
    Router router =
        Router.create(
            config,
            RouterPorts.besideHost(
                Map.of(name("Gi0/0"), wan, name("Gi0/1"), lan),
                Map.of(name("Tu1"), tunnelDevice, name("Gi0/0"), cryptoDevice)),
            new RouterEnvironment(
                new VirtualNetwork(1).secureRandom("router"),
                new SplittableRandom(1),
                events::add,
                null));
    router.process(nowNanos);
    return router;
  }

  private static byte[] gre(Ipv4Address source, Ipv4Address destination, byte[] inner) {
    byte[] payload = new byte[4 + inner.length];
    BigEndian.putShort(payload, 2, 0x0800);
    System.arraycopy(inner, 0, payload, 4, inner.length);
    return Ipv4Packets.of(IpProtocol.GRE, source, destination, 255, 1, 0, payload);
  }

  private static byte[] udp(Ipv4Address source, Ipv4Address destination, int length) {
    return Ipv4Packets.udp(source, 5_000, destination, 5_001, new byte[length]);
  }

  /** A SYN that announces an MSS of 1460. */
  private static byte[] syn(Ipv4Address source, Ipv4Address destination) {
    byte[] tcp = new byte[24];
    BigEndian.putShort(tcp, 0, 40_000);
    BigEndian.putShort(tcp, 2, 80);
    tcp[12] = 6 << 4;
    tcp[13] = 2;
    tcp[20] = 2;
    tcp[21] = 4;
    BigEndian.putShort(tcp, 22, 1_460);
    return Ipv4Packets.of(IpProtocol.TCP, source, destination, 64, 1, 0, tcp);
  }

  private static int mss(byte[] packet) {
    return BigEndian.getUnsignedShort(packet, packet.length - 2);
  }

  private static byte[] innerOf(byte[] grePacket) {
    return Arrays.copyOfRange(grePacket, 24, grePacket.length);
  }

  @Test
  void whatTheHostRoutesIntoATunnelLeavesInIt() {
    Router router = router("", "");
    byte[] packet = udp(LAN_HOST, FAR_HOST, 100);
    tunnelDevice.arrive(packet);
    router.process(nowNanos);
    List<byte[]> sent = wan.takeSent();
    assertEquals(1, sent.size());
    assertEquals(IpProtocol.GRE, Ipv4Fields.protocol(sent.get(0), 0));
    assertEquals(PEER.value(), Ipv4Fields.destination(sent.get(0), 0));
    assertArrayEquals(packet, innerOf(sent.get(0)), "the host has decremented the time to live");
    assertTrue(lan.takeSent().isEmpty());
  }

  @Test
  void ofOneBatchEachPacketGoesItsWay() {
    Router router = router("", "");
    byte[] small = udp(LAN_HOST, FAR_HOST, 100);
    byte[] tooLong = udp(LAN_HOST, FAR_HOST, 1_480);
    byte[] undivided = udp(LAN_HOST, FAR_HOST, 1_480);
    BigEndian.putShort(undivided, 6, Ipv4Fields.DONT_FRAGMENT);
    Ipv4Fields.updateChecksum(undivided, 0);
    byte[] last = udp(LAN_HOST, FAR_HOST, 7);
    for (byte[] packet : List.of(small, tooLong, new byte[24], undivided, last)) {
      tunnelDevice.arrive(packet);
    }
    router.process(nowNanos);
    List<byte[]> sent = wan.takeSent();
    assertEquals(4, sent.size(), "the two that fit, and two fragments");
    assertArrayEquals(small, innerOf(sent.get(0)));
    assertArrayEquals(last, innerOf(sent.get(1)));
    assertTrue(Ipv4Fields.isFragment(innerOf(sent.get(2)), 0));
    assertTrue(Ipv4Fields.isFragment(innerOf(sent.get(3)), 0));
    List<byte[]> answers = tunnelDevice.takeSent();
    assertEquals(1, answers.size());
    assertEquals(IpProtocol.ICMP, Ipv4Fields.protocol(answers.get(0), 0));
    assertEquals(3 << 8 | 4, BigEndian.getUnsignedShort(answers.get(0), 20), "too big");
  }

  @Test
  void whatComesOutOfATunnelIsTheHosts() {
    Router router = router("", "");
    byte[] toLan = udp(FAR_HOST, LAN_HOST, 100);
    byte[] toUs = Ipv4Packets.udp(FAR_TUNNEL, 9, TUNNEL, 7, new byte[8]);
    wan.arrive(gre(PEER, OURS, toLan));
    wan.arrive(gre(PEER, OURS, toUs));
    router.process(nowNanos);
    List<byte[]> given = tunnelDevice.takeSent();
    assertArrayEquals(toLan, given.get(0));
    assertArrayEquals(toUs, given.get(1), "what is for the tunnel's own address too");
    assertEquals(2, given.size());
    assertTrue(wan.takeSent().isEmpty(), "the host answers, not the router");
    assertTrue(lan.takeSent().isEmpty(), "the host forwards, not the router");
  }

  @Test
  void synsAreClampedAsTheLanAsksInBothDirections() {
    Router router = router("", "");
    tunnelDevice.arrive(syn(LAN_HOST, FAR_HOST));
    wan.arrive(gre(PEER, OURS, syn(FAR_HOST, LAN_HOST)));
    wan.arrive(gre(PEER, OURS, syn(FAR_TUNNEL, TUNNEL)));
    router.process(nowNanos);
    assertEquals(1_332, mss(wan.takeSent().get(0)));
    List<byte[]> given = tunnelDevice.takeSent();
    assertEquals(1_332, mss(given.get(0)));
    assertEquals(1_460, mss(given.get(1)), "no interface with adjust-mss is on the way");
  }

  @Test
  void withoutAnSaNothingThatIsProtectedLeaves() {
    Router router = router(" crypto map M\n", CRYPTO);
    wan.takeSent();
    tunnelDevice.arrive(udp(LAN_HOST, FAR_HOST, 10));
    cryptoDevice.arrive(udp(LAN_HOST, FAR_HOST, 10));
    router.process(nowNanos);
    for (byte[] packet : wan.takeSent()) {
      assertEquals(IpProtocol.UDP, Ipv4Fields.protocol(packet, 0));
      assertEquals(500, BigEndian.getUnsignedShort(packet, 20), "ISAKMP alone");
    }
  }

  @Test
  void whatTheMapDoesNotProtectLeavesAsItIs() {
    Router router = router(" crypto map M\n", CRYPTO);
    wan.takeSent();
    byte[] packet = udp(OURS, FAR_HOST, 10);
    cryptoDevice.arrive(packet);
    router.process(nowNanos);
    List<byte[]> sent = wan.takeSent();
    assertEquals(1, sent.size());
    assertArrayEquals(packet, sent.get(0));
  }

  @Test
  void clearTextThatTheMapProtectsIsGivenToNobody() {
    Router router = router(" crypto map M\n", CRYPTO);
    wan.takeSent();
    wan.arrive(gre(PEER, OURS, udp(FAR_HOST, LAN_HOST, 100)));
    wan.arrive(udp(FAR_HOST, LAN_HOST, 100));
    router.process(nowNanos);
    assertTrue(tunnelDevice.takeSent().isEmpty());
    assertTrue(cryptoDevice.takeSent().isEmpty());
    InterfaceCounters counters = Objects.requireNonNull(router.counters(name("Gi0/0")));
    assertEquals(2, counters.drops().get(PacketDrop.CLEAR_TEXT_REFUSED));
  }

  @Test
  void tooLargeIsToldTheHost() {
    Router router = router("", "");
    byte[] large = udp(LAN_HOST, FAR_HOST, 1_400);
    BigEndian.putShort(large, 6, Ipv4Fields.DONT_FRAGMENT);
    Ipv4Fields.updateChecksum(large, 0);
    tunnelDevice.arrive(large);
    router.process(nowNanos);
    assertTrue(wan.takeSent().isEmpty());
    byte[] told = tunnelDevice.takeSent().get(0);
    assertEquals(IpProtocol.ICMP, Ipv4Fields.protocol(told, 0));
    assertEquals(LAN_HOST.value(), Ipv4Fields.destination(told, 0));
    assertEquals(3, told[20]);
    assertEquals(4, told[21]);
    assertEquals(1_372, BigEndian.getUnsignedShort(told, 26));
  }

  @Test
  void whatIsNoIpv4IsDroppedAndCounted() {
    Router router = router("", "");
    byte[] ipv6 = new byte[48];
    ipv6[0] = 0x60;
    tunnelDevice.arrive(ipv6);
    tunnelDevice.arrive(new byte[] {1});
    router.process(nowNanos);
    assertTrue(wan.takeSent().isEmpty());
    InterfaceCounters counters = Objects.requireNonNull(router.counters(name("Tu1")));
    assertEquals(2, counters.drops().get(PacketDrop.NOT_IPV4));
  }

  @Test
  void aLinkThatGoesDownTakesTheLineProtocolWithIt() {
    Router router = router("", "");
    assertTrue(router.isLineUp(name("Gi0/0")));
    assertTrue(router.isLineUp(name("Tu1")));
    wan.setUp(false);
    router.process(nowNanos);
    assertFalse(router.isLineUp(name("Gi0/0")));
    assertFalse(router.isLineUp(name("Tu1")), "its destination has no route any more");
    tunnelDevice.arrive(udp(LAN_HOST, FAR_HOST, 10));
    router.process(nowNanos);
    assertTrue(wan.takeSent().isEmpty());
    wan.setUp(true);
    router.process(nowNanos);
    assertTrue(router.isLineUp(name("Tu1")));
  }

  @Test
  void ospfIsTheRoutersWhereItRunsAndTheHostsElsewhere() {
    Router router = router("", "router ospf 1\n network 192.168.1.1 0.0.0.0 area 0\n");
    wan.takeSent();
    byte[] hello =
        Ipv4Packets.of(
            IpProtocol.OSPF, FAR_TUNNEL, Ipv4Address.parse("224.0.0.5"), 1, 1, 0, new byte[44]);
    wan.arrive(gre(PEER, OURS, hello));
    byte[] transit = Ipv4Packets.of(IpProtocol.OSPF, FAR_HOST, LAN_HOST, 64, 1, 0, new byte[44]);
    wan.arrive(gre(PEER, OURS, transit));
    router.process(nowNanos);
    List<byte[]> given = tunnelDevice.takeSent();
    assertEquals(1, given.size());
    assertArrayEquals(transit, given.get(0));
  }

  @Test
  void aTunnelsOutboundListHolds() {
    Router router =
        router(
            "",
            "interface Tunnel1\n ip access-group OUT out\n"
                + "ip access-list extended OUT\n deny udp any any\n permit ip any any\n");
    tunnelDevice.arrive(udp(LAN_HOST, FAR_HOST, 10));
    tunnelDevice.arrive(syn(LAN_HOST, FAR_HOST));
    router.process(nowNanos);
    assertEquals(1, wan.takeSent().size(), "the SYN alone");
    InterfaceCounters counters = Objects.requireNonNull(router.counters(name("Tu1")));
    assertEquals(1, counters.drops().get(PacketDrop.ACCESS_LIST_OUT));
  }

  @Test
  void greInGreInGreWithoutEndIsDropped() {
    Router router = router("", "");
    byte[] packet = udp(FAR_HOST, LAN_HOST, 10);
    while (packet.length < 65_000) {
      packet = gre(PEER, OURS, packet);
    }
    wan.arrive(packet);
    router.process(nowNanos);
    assertTrue(tunnelDevice.takeSent().isEmpty());
    InterfaceCounters counters = Objects.requireNonNull(router.counters(name("Tu1")));
    assertEquals(1, counters.drops().get(PacketDrop.RECURSIVE_TUNNEL));
    byte[] good = udp(FAR_HOST, LAN_HOST, 10);
    wan.arrive(gre(PEER, OURS, good));
    router.process(nowNanos);
    assertArrayEquals(good, tunnelDevice.takeSent().get(0), "the next packet is not hurt");
  }

  @Test
  void largePacketsOfOneBatchLeaveWholeAndInFragments() {
    wan = new QueuePort(9_000);
    Router router =
        router(" ip mtu 9000\n mtu 9000\n", "interface Tunnel1\n mtu 9500\n ip mtu 9000\n");
    tunnelDevice.arrive(udp(LAN_HOST, FAR_HOST, 8_972));
    tunnelDevice.arrive(udp(LAN_HOST, FAR_HOST, 5_000));
    router.process(nowNanos);
    List<byte[]> sent = wan.takeSent();
    int whole = 0;
    for (byte[] packet : sent) {
      assertTrue(packet.length <= 9_000);
      whole += Ipv4Fields.isFragment(packet, 0) ? 0 : 1;
    }
    assertEquals(1, whole, "the one of 5000 bytes");
    assertTrue(sent.size() > 2, "and the fragments of the other");
  }

  @Test
  void aRouterThatIsAloneHasNoHost() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new RouterPorts(Map.of(), Map.of(name("Tu1"), tunnelDevice), false));
  }
}
