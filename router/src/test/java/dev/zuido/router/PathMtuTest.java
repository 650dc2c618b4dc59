package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.testkit.Ipv4Packets;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A way that is narrower than its first link: RFC 1191, RFC 4301 section 8.2. */
class PathMtuTest {
  private static final Ipv4Address ROUTER_ON_THE_WAY = Ipv4Address.parse("150.1.1.1");
  private static final Ipv4Address LAN_HOST = Ipv4Address.parse("10.1.1.1");
  private static final Ipv4Address FAR_HOST = Ipv4Address.parse("10.1.2.1");
  private static final String KEYS =
      "cipher " + "0a".repeat(16) + " authenticator " + "0b".repeat(20);
  private static final String TEXT =
      """
      crypto ipsec transform-set T esp-aes esp-sha-hmac
       mode tunnel
      crypto map M 1 ipsec-manual
       set peer 200.1.1.1
       set session-key inbound esp 4097 %s
       set session-key outbound esp 4098 %s
       set transform-set T
       match address C
      interface GigabitEthernet0/0
       ip address 100.1.1.1 255.255.255.0
       crypto map M
      interface GigabitEthernet0/1
       ip address 10.1.1.254 255.255.255.0
      ip route 0.0.0.0 0.0.0.0 100.1.1.254
      ip access-list extended C
       permit ip 10.1.1.0 0.0.0.255 10.1.2.0 0.0.0.255
      """
          .formatted(KEYS, KEYS);

  private final QueuePort wan = new QueuePort(1500);
  private final QueuePort device = new QueuePort(1500);
  private final List<RouterEvent> events = new ArrayList<>();
  private final Router router = router();
  private long nowNanos = 1;

  private Router router() {
    ConfigReport report = IosReader.read(TEXT);
    IosInterfaceName name = IosInterfaceName.parse("GigabitEthernet0/0");
    return Router.create(
        Objects.requireNonNull(report.config(), report::render),
        RouterPorts.besideHost(Map.of(name, wan), Map.of(name, device)),
        new RouterEnvironment(
            new VirtualNetwork(1).secureRandom("router"),
            new SplittableRandom(1),
            events::add,
            null));
  }

  private static byte[] packet(int length) {
    byte[] packet = Ipv4Packets.udp(LAN_HOST, 5_000, FAR_HOST, 5_001, new byte[length - 28]);
    BigEndian.putShort(packet, 6, Ipv4Fields.DONT_FRAGMENT);
    Ipv4Fields.updateChecksum(packet, 0);
    return packet;
  }

  /** Sends one packet of the host; what has left by the WAN. */
  private List<byte[]> send(int length) {
    device.arrive(packet(length));
    router.process(nowNanos);
    return wan.takeSent();
  }

  private static byte[] tooBig(byte[] quoted, int mtu) {
    return Ipv4Packets.icmpError(ROUTER_ON_THE_WAY, 3, 4, mtu, quoted);
  }

  @Test
  void aHostIsToldWhatFitsTheWayToThePeer() {
    byte[] sealed = send(1_400).get(0);
    assertTrue(Ipv4Fields.dontFragment(sealed, 0), "tunnel mode copies the bit");
    wan.arrive(tooBig(sealed, 1_400));
    router.process(nowNanos);
    assertTrue(device.takeSent().isEmpty(), "the host's stack has the message already");
    assertTrue(
        events.stream().anyMatch(event -> event.text().contains("takes packets of 1400 bytes")),
        events::toString);

    assertTrue(send(1_400).isEmpty());
    byte[] answer = device.takeSent().get(0);
    assertEquals(IpProtocol.ICMP, Ipv4Fields.protocol(answer, 0));
    assertEquals(LAN_HOST.value(), Ipv4Fields.destination(answer, 0));
    int fits = BigEndian.getUnsignedShort(answer, 26);
    assertEquals(1, send(fits).size());
    assertTrue(send(fits + 1).isEmpty());
    assertTrue(send(fits).get(0).length <= 1_400);
  }

  @Test
  void aTunnelThatDiscoversItsPathTellsItsHosts() {
    QueuePort tunnelDevice = new QueuePort(1476);
    ConfigReport report =
        IosReader.read(
            """
            interface GigabitEthernet0/0
             ip address 100.1.1.1 255.255.255.0
            interface Tunnel1
             ip address 192.168.1.1 255.255.255.0
             tunnel source GigabitEthernet0/0
             tunnel destination 200.1.1.1
             tunnel path-mtu-discovery
            ip route 0.0.0.0 0.0.0.0 100.1.1.254
            """);
    Router plain =
        Router.create(
            Objects.requireNonNull(report.config(), report::render),
            RouterPorts.besideHost(
                Map.of(IosInterfaceName.parse("GigabitEthernet0/0"), wan),
                Map.of(IosInterfaceName.parse("Tunnel1"), tunnelDevice)),
            new RouterEnvironment(
                new VirtualNetwork(1).secureRandom("router"),
                new SplittableRandom(1),
                events::add,
                null));
    tunnelDevice.arrive(packet(1_400));
    plain.process(1);
    byte[] outer = wan.takeSent().get(0);
    assertTrue(Ipv4Fields.dontFragment(outer, 0), "the tunnel copies the bit");

    wan.arrive(tooBig(outer, 1_300));
    plain.process(2);
    tunnelDevice.takeSent();
    tunnelDevice.arrive(packet(1_277));
    tunnelDevice.arrive(packet(1_276));
    plain.process(3);
    List<byte[]> sent = wan.takeSent();
    assertEquals(1, sent.size());
    assertEquals(1_300, sent.get(0).length);
    byte[] answer = tunnelDevice.takeSent().get(0);
    assertEquals(1_276, BigEndian.getUnsignedShort(answer, 26));
    assertEquals(LAN_HOST.value(), Ipv4Fields.destination(answer, 0));

    tunnelDevice.arrive(packet(1_400));
    plain.process(plain.nextDeadline());
    assertEquals(1, wan.takeSent().size(), "after ten minutes it tries again");
  }

  @Test
  void whatWasLearnedIsForgottenAfterTenMinutes() {
    wan.arrive(tooBig(send(1_400).get(0), 1_400));
    router.process(nowNanos);
    assertTrue(send(1_400).isEmpty());
    nowNanos += 601_000_000_000L;
    assertEquals(1, send(1_400).size());
  }

  @Test
  void aMessageThatQuotesNoPacketOfOursChangesNothing() {
    byte[] forged = send(1_400).get(0).clone();
    int esp = Ipv4Fields.headerLength(forged, 0);
    BigEndian.putInt(forged, esp + 4, 77);
    wan.arrive(tooBig(forged, 1_400));
    byte[] otherSpi = send(1_400).get(0).clone();
    BigEndian.putInt(otherSpi, esp, 4_099);
    wan.arrive(tooBig(otherSpi, 1_400));
    router.process(nowNanos);
    assertEquals(1, send(1_400).size());
  }
}
