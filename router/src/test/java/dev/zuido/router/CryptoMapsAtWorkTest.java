package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two routers: one calls the other, which has a dynamic map; or both have session keys. */
final class CryptoMapsAtWorkTest {
  private static final Ipv4Address HOST_A = Ipv4Address.of(10, 1, 1, 1);
  private static final Ipv4Address HOST_B = Ipv4Address.of(10, 1, 2, 1);
  private static final String COMMON =
      """
      crypto isakmp policy 1
       encryption aes
       hash sha256
       authentication pre-share
       group 19
      crypto isakmp key secret address 0.0.0.0 0.0.0.0
      crypto ipsec transform-set T esp-aes esp-sha256-hmac
      ip route 0.0.0.0 0.0.0.0 GigabitEthernet0/0
      """;
  private static final String CALLER =
      COMMON
          + """
          crypto map M 1 ipsec-isakmp
           set peer 200.1.1.1
           set transform-set T
           match address L
          interface GigabitEthernet0/0
           ip address 100.1.1.1 255.255.255.0
           crypto map M
          interface GigabitEthernet0/1
           ip address 10.1.1.254 255.255.255.0
          ip access-list extended L
           permit ip 10.1.1.0 0.0.0.255 10.1.2.0 0.0.0.255
          """;
  private static final String CALLED =
      COMMON
          + """
          crypto dynamic-map D 1
           set transform-set T
           match address L
          crypto map M 65535 ipsec-isakmp dynamic D
          interface GigabitEthernet0/0
           ip address 200.1.1.1 255.255.255.0
           crypto map M
          interface GigabitEthernet0/1
           ip address 10.1.2.254 255.255.255.0
          ip access-list extended L
           permit ip 10.1.2.0 0.0.0.255 10.0.0.0 0.255.255.255
          """;

  private final QueuePort wanA = new QueuePort(1_500);
  private final QueuePort lanA = new QueuePort(1_500);
  private final QueuePort wanB = new QueuePort(1_500);
  private final QueuePort lanB = new QueuePort(1_500);
  private final Set<Integer> protocols = new TreeSet<>();
  private final Set<Integer> ports = new TreeSet<>();
  private long nowNanos;

  private static Router router(String text, long seed, QueuePort wan, QueuePort lan) {
    var report = IosReader.read(text);
    return Router.create(
        Objects.requireNonNull(report.config(), report::render),
        Map.of(
            IosInterfaceName.parse("GigabitEthernet0/0"),
            wan,
            IosInterfaceName.parse("GigabitEthernet0/1"),
            lan),
        new RouterEnvironment(new SecureRandom(), new Random(seed), event -> {}, null));
  }

  private static byte[] udp(Ipv4Address source, Ipv4Address destination) {
    byte[] packet = new byte[28];
    packet[0] = 0x45;
    packet[3] = 28;
    packet[8] = 64;
    packet[9] = IpProtocol.UDP;
    System.arraycopy(source.toBytes(), 0, packet, 12, 4);
    System.arraycopy(destination.toBytes(), 0, packet, 16, 4);
    packet[25] = 8;
    Ipv4Fields.updateChecksum(packet, 0);
    return packet;
  }

  /** Runs both for three seconds, and carries what they say to each other. */
  private void run(Router a, Router b) {
    for (int step = 0; step < 30; step++) {
      nowNanos += 100_000_000L;
      a.process(nowNanos);
      wanA.takeSent().forEach(packet -> carry(packet, wanB));
      b.process(nowNanos);
      wanB.takeSent().forEach(packet -> carry(packet, wanA));
    }
  }

  private void carry(byte[] packet, QueuePort to) {
    protocols.add(Ipv4Fields.protocol(packet, 0));
    if (Ipv4Fields.protocol(packet, 0) == IpProtocol.UDP) {
      ports.add((packet[22] & 0xff) << 8 | (packet[23] & 0xff));
    }
    to.arrive(packet);
  }

  /** The one packet of a LAN, but for the time to live and the checksum that hang on the way. */
  private static void assertArrived(byte[] expected, List<byte[]> arrived) {
    assertEquals(1, arrived.size());
    byte[] packet = arrived.get(0);
    assertEquals(62, packet[8]);
    assertArrayEquals(
        Arrays.copyOfRange(expected, 12, expected.length),
        Arrays.copyOfRange(packet, 12, packet.length));
  }

  @ParameterizedTest
  @CsvSource({"'', 50", "crypto ipsec nat-transparency force, 17"})
  void aCallerIsServedUntilItLeaves(String line, int protocol) {
    Router a = router(line + "\n" + CALLER, 1, wanA, lanA);
    Router b = router(CALLED, 2, wanB, lanB);
    // Nobody has called yet: what the access list matches is not sent, and nobody is called.
    lanB.arrive(udp(HOST_B, HOST_A));
    run(a, b);
    assertEquals(Set.of(), protocols);

    lanA.arrive(udp(HOST_A, HOST_B));
    run(a, b);
    lanB.takeSent();
    lanA.arrive(udp(HOST_A, HOST_B));
    lanB.arrive(udp(HOST_B, HOST_A));
    run(a, b);
    assertArrived(udp(HOST_A, HOST_B), lanB.takeSent());
    assertArrived(udp(HOST_B, HOST_A), lanA.takeSent());
    assertTrue(protocols.contains(protocol), protocols::toString);
    assertTrue(ports.contains(protocol == 17 ? 4_500 : 500), ports::toString);

    // Other hosts of the access list have not been asked for, and are as closed as before.
    protocols.clear();
    lanB.arrive(udp(HOST_B, Ipv4Address.of(10, 7, 7, 7)));
    run(a, b);
    assertEquals(Set.of(), protocols);

    a.shutdown(nowNanos);
    wanA.takeSent().forEach(packet -> carry(packet, wanB));
    run(a, b);
    protocols.clear();
    lanB.arrive(udp(HOST_B, HOST_A));
    run(a, b);
    assertEquals(Set.of(), protocols);
  }

  /** With sequence numbers of 64 bits where both sides have them, else with 32 bits. */
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true"})
  void packetsPassWithExtendedSequenceNumbersToo(boolean atCaller, boolean atCalled) {
    String line = "crypto ipsec security-association esn\n";
    Router a = router((atCaller ? line : "") + CALLER, 1, wanA, lanA);
    Router b = router((atCalled ? line : "") + CALLED, 2, wanB, lanB);
    lanA.arrive(udp(HOST_A, HOST_B));
    run(a, b);
    lanB.takeSent();
    lanA.arrive(udp(HOST_A, HOST_B));
    lanB.arrive(udp(HOST_B, HOST_A));
    run(a, b);
    assertArrived(udp(HOST_A, HOST_B), lanB.takeSent());
    assertArrived(udp(HOST_B, HOST_A), lanA.takeSent());
  }

  @Test
  void aCallerWithAnotherKeyIsNotServed() {
    Router a = router(CALLER.replace("key secret", "key other"), 1, wanA, lanA);
    Router b = router(CALLED, 2, wanB, lanB);
    for (int i = 0; i < 3; i++) {
      lanA.arrive(udp(HOST_A, HOST_B));
      run(a, b);
    }
    assertEquals(List.of(), lanB.takeSent());
    assertEquals(Set.of(17), protocols);
  }

  @Test
  void aCallerThatAsksForTooMuchIsNotServed() {
    Router a = router(CALLER.replace("10.1.2.0 0.0.0.255", "10.1.0.0 0.0.255.255"), 1, wanA, lanA);
    Router b = router(CALLED, 2, wanB, lanB);
    for (int i = 0; i < 3; i++) {
      lanA.arrive(udp(HOST_A, HOST_B));
      run(a, b);
    }
    assertEquals(List.of(), lanB.takeSent());
    assertEquals(Set.of(17), protocols);
  }

  @Test
  void sessionKeysNeedNoCall() {
    String keys =
        """
         set session-key inbound esp IN cipher KEY authenticator KEYKEY
         set session-key outbound esp OUT cipher KEY authenticator KEYKEY
        """
            .replace("KEY", "0f".repeat(16));
    String a = CALLER.replace("ipsec-isakmp\n", "ipsec-manual\n" + keys);
    String b =
        a.replace("IN", "OTHER")
            .replace("OUT", "IN")
            .replace("OTHER", "OUT")
            .replace("peer 200.1.1.1", "peer PEER")
            .replace("100.1.1.1", "200.1.1.1")
            .replace("PEER", "100.1.1.1")
            .replace("10.1.1.254", "10.1.2.254")
            .replace(
                "permit ip 10.1.1.0 0.0.0.255 10.1.2.0", "permit ip 10.1.2.0 0.0.0.255 10.1.1.0");
    Router first = router(a.replace("IN", "300").replace("OUT", "301"), 1, wanA, lanA);
    for (int start = 0; start < 2; start++) {
      Router second = router(b.replace("IN", "300").replace("OUT", "301"), 2, wanB, lanB);
      lanA.arrive(udp(HOST_A, HOST_B));
      lanB.arrive(udp(HOST_B, HOST_A));
      run(first, second);
      assertArrived(udp(HOST_A, HOST_B), lanB.takeSent());
      assertArrived(udp(HOST_B, HOST_A), lanA.takeSent());
    }
    assertEquals(Set.of(IpProtocol.ESP), protocols);
  }
}
