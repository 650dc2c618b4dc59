package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code tunnel} and {@code keepalive} lines of a configuration, seen on the wire. */
final class GreLinesTest {
  private static final long SECOND = 1_000_000_000L;

  private final QueuePort lan = new QueuePort(1_500);
  private final QueuePort wan = new QueuePort(1_500);

  private Router router(String tunnelLines) {
    RouterConfig config =
        IosReader.read(
                """
                interface GigabitEthernet0/0
                 ip address 100.1.1.1 255.255.255.0
                interface GigabitEthernet0/1
                 ip address 10.1.1.254 255.255.255.0
                interface Tunnel1
                 ip address 192.168.1.1 255.255.255.0
                 tunnel source GigabitEthernet0/0
                 tunnel destination 100.1.1.2
                """
                    + tunnelLines.replace('|', '\n')
                    + "\nip route 10.1.2.0 255.255.255.0 Tunnel1\n")
            .config();
    return Router.create(
        Objects.requireNonNull(config),
        Map.of(
            IosInterfaceName.parse("GigabitEthernet0/0"),
            wan,
            IosInterfaceName.parse("GigabitEthernet0/1"),
            lan),
        new RouterEnvironment(new SecureRandom(), new Random(1), event -> {}, null));
  }

  private static byte[] udp() {
    byte[] packet = new byte[28];
    packet[0] = 0x45;
    packet[3] = 28;
    packet[8] = 64;
    packet[9] = IpProtocol.UDP;
    System.arraycopy(Ipv4Address.of(10, 1, 1, 1).toBytes(), 0, packet, 12, 4);
    System.arraycopy(Ipv4Address.of(10, 1, 2, 1).toBytes(), 0, packet, 16, 4);
    packet[25] = 8;
    Ipv4Fields.updateChecksum(packet, 0);
    return packet;
  }

  /** The GRE headers of packets, in hexadecimal, each up to its inner packet. */
  private static List<String> greHeaders(List<byte[]> packets) {
    List<String> headers = new ArrayList<>();
    for (byte[] packet : packets) {
      assertEquals(IpProtocol.GRE, Ipv4Fields.protocol(packet, 0));
      headers.add(HexFormat.of().formatHex(packet, 20, packet.length - 28));
    }
    return headers;
  }

  @ParameterizedTest
  @CsvSource({
    "'', 00000800, 00000800",
    "tunnel key 7, 2000080000000007, 2000080000000007",
    "tunnel key 4294967295, 20000800ffffffff, 20000800ffffffff",
    "tunnel sequence-datagrams, 1000080000000000, 1000080000000001",
    "tunnel key 7|tunnel sequence-datagrams|no tunnel key, 1000080000000000, 1000080000000001",
  })
  void keyAndSequenceStandInTheHeader(String lines, String first, String second) {
    Router router = router(lines);
    lan.arrive(udp());
    lan.arrive(udp());
    router.process(0);
    assertEquals(List.of(first, second), greHeaders(wan.takeSent()));
  }

  @Test
  void aChecksumStandsInTheHeader() {
    Router router = router("tunnel checksum");
    lan.arrive(udp());
    router.process(0);
    List<byte[]> sent = wan.takeSent();
    assertEquals("8000", greHeaders(sent).get(0).substring(0, 4));
    byte[] packet = sent.get(0);
    long sum = 0;
    for (int i = 20; i < packet.length; i += 2) {
      sum += (packet[i] & 0xff) << 8 | (packet[i + 1] & 0xff);
    }
    assertEquals(0xffff, (sum & 0xffff) + (sum >>> 16));
  }

  @Test
  void keepalivesHaveThePeriodAndTheRetriesOfTheirLine() {
    Router router = router("keepalive 7 2");
    List<Integer> sentAtSeconds = new ArrayList<>();
    for (int second = 0; second <= 30; second++) {
      router.process(second * SECOND);
      if (!wan.takeSent().isEmpty()) {
        sentAtSeconds.add(second);
      }
    }
    assertEquals(7, sentAtSeconds.get(1) - sentAtSeconds.get(0));
    assertEquals(7, sentAtSeconds.get(2) - sentAtSeconds.get(1));
    // Nobody has answered: the tunnel is down by now, and takes no packets.
    lan.arrive(udp());
    router.process(30 * SECOND + 1);
    assertEquals(List.of(), wan.takeSent());
  }

  @Test
  void withoutKeepalivesATunnelStaysUp() {
    Router router = router("keepalive 7 2|no keepalive");
    for (int second = 0; second <= 30; second++) {
      router.process(second * SECOND);
    }
    assertEquals(List.of(), wan.takeSent());
    lan.arrive(udp());
    router.process(30 * SECOND + 1);
    assertEquals(1, wan.takeSent().size());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, 255",
    "tunnel tos 184|tunnel ttl 9, 184, 9",
    "tunnel tos 184|tunnel ttl 9|no tunnel tos|no tunnel ttl, 0, 255",
  })
  void typeOfServiceAndTimeToLiveStandInTheOuterHeader(String lines, int tos, int ttl) {
    Router router = router(lines);
    lan.arrive(udp());
    router.process(0);
    byte[] packet = wan.takeSent().get(0);
    assertEquals(tos, Ipv4Fields.tos(packet, 0));
    assertEquals(ttl, Ipv4Fields.ttl(packet, 0));
  }

  private static final String SECOND_TUNNEL =
      "|interface Tunnel2|ip address 192.168.2.1 255.255.255.0"
          + "|tunnel source GigabitEthernet0/0|tunnel destination 100.1.1.2|";

  /** What belongs to one of two tunnels is told by its key only. */
  @Test
  void twoTunnelsBetweenTheSameEndpointsDifferInTheirKeys() {
    assertThrows(UnsupportedConfigurationException.class, () -> router(SECOND_TUNNEL));
    assertThrows(
        UnsupportedConfigurationException.class,
        () -> router("tunnel key 1" + SECOND_TUNNEL + "tunnel key 1"));
    Router router = router(SECOND_TUNNEL + "tunnel key 2|ip route 10.1.3.0 255.255.255.0 Tunnel2");
    byte[] other = udp();
    other[18] = 3;
    Ipv4Fields.updateChecksum(other, 0);
    lan.arrive(udp());
    lan.arrive(other);
    router.process(0);
    List<byte[]> sent = wan.takeSent();
    assertEquals(List.of("00000800", "2000080000000002"), greHeaders(sent));
    // Both count their identifications together (RFC 6864).
    assertNotEquals(
        Ipv4Fields.identification(sent.get(0), 0), Ipv4Fields.identification(sent.get(1), 0));
  }

  /** Each tunnel's packets are routed into the other: neither finds itself as its own way. */
  @Test
  void packetsThatGoRoundBetweenTunnelsEndAtTheNestingLimit() {
    Router router =
        router(
            "|interface Tunnel2|ip address 192.168.2.1 255.255.255.0"
                + "|tunnel source GigabitEthernet0/0|tunnel destination 100.1.1.3"
                + "|ip route 100.1.1.2 255.255.255.255 Tunnel2"
                + "|ip route 100.1.1.3 255.255.255.255 Tunnel1");
    lan.arrive(udp());
    router.process(0);
    assertEquals(List.of(), wan.takeSent());
    String interfaces = router.show().run(List.of("interfaces"), false, 0).toString();
    assertTrue(interfaces.contains("tunnel through itself"), interfaces);
  }
}
