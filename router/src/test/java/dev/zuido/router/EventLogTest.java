package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.esp.EspVerdict;
import dev.zuido.ike.DropReason;
import dev.zuido.ike.Endpoint;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.wire.Ipv4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static final Ipv4Address A = Ipv4Address.of(100, 1, 1, 1);
  private static final Ipv4Address B = Ipv4Address.of(200, 1, 1, 1);

  private final List<String> lines = new ArrayList<>();
  private final EventLog log = new EventLog(event -> lines.add(event.text()), List.of(), null);

  private static RouterInterface lan() {
    InterfaceConfig config =
        new InterfaceConfig.Builder(IosInterfaceName.parse("GigabitEthernet0/1")).build();
    return new RouterInterface(0, config, null, null, null, null, null, null, null);
  }

  private static void assertLogged(TwoRouters both, String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    assertTrue(
        both.log().stream().anyMatch(line -> wanted.matcher(line).matches()),
        () -> pattern + " is not in\n" + String.join("\n", both.log()));
  }

  @Test
  void whatComesUpIsSaidWithItsCause() {
    TwoRouters both = new TwoRouters(TwoRouters.config("site-a"), TwoRouters.config("site-b"));
    both.runFor(Duration.ofSeconds(60));
    String lineProtocol = "a %LINEPROTO-5-UPDOWN: Line protocol on Interface ";
    assertLogged(both, lineProtocol + "Dialer1, changed state to up: the link is up");
    assertLogged(both, lineProtocol + "Loopback0, changed state to up: a loopback is always up");
    assertLogged(
        both,
        lineProtocol + "Tunnel1, changed state to up: the destination 200\\.1\\.1\\.1 is reached");
    assertLogged(
        both,
        "a %CRYPTO-5-IKE_SA_UP: ISAKMP SA with 200\\.1\\.1\\.1:500 is up: .*DES.*MD5.*, initiator");
    assertLogged(
        both,
        "a %CRYPTO-5-IPSEC_SA_UP: IPsec SAs for M-ipsec 1 10 with 200\\.1\\.1\\.1: .*DES.*,"
            + " transport mode, in 0x[0-9a-f]{8}, out 0x[0-9a-f]{8}");
    assertLogged(
        both,
        "a %OSPF-5-ADJCHG: Process 1, Nbr 200\\.1\\.1\\.1 on Tunnel1 from LOADING to FULL,"
            + " Loading Done");
    assertLogged(both, "a %OSPF-7-IFCHG: Tunnel1 from DOWN to POINT_TO_POINT, INTERFACE_UP");
  }

  @Test
  void whatGoesDownIsSaidWithItsCause() {
    TwoRouters both =
        new TwoRouters(
            TwoRouters.config("site-a").replace("ip mtu 1372", "ip mtu 1372\nkeepalive 5 2"),
            TwoRouters.config("site-b"));
    both.runFor(Duration.ofSeconds(60));
    both.wan().cut();
    both.runFor(Duration.ofSeconds(120));
    assertLogged(
        both,
        "a %LINEPROTO-5-UPDOWN: Line protocol on Interface Tunnel1, changed state to down:"
            + " keepalives are not answered");
    assertLogged(
        both,
        "a %OSPF-5-ADJCHG: Process 1, Nbr 200\\.1\\.1\\.1 on Tunnel1 from FULL to DOWN,"
            + " Neighbor Down: Interface down or detached");
    assertLogged(
        both,
        "b %OSPF-5-ADJCHG: Process 1, Nbr 100\\.1\\.1\\.1 on Tunnel1 from FULL to DOWN,"
            + " Neighbor Down: Dead timer expired");
    assertLogged(
        both, "[ab] %CRYPTO-5-IKE_SA_DOWN: ISAKMP SA with .* is down: the peer does not answer");
    assertLogged(
        both,
        "[ab] %CRYPTO-5-IPSEC_SA_DOWN: IPsec SAs for M-ipsec 1 10 with .*: the peer does not answer");
  }

  @Test
  void aNegotiationThatFailsNamesPeerAndAttributes() {
    TwoRouters phaseOne =
        new TwoRouters(
            TwoRouters.config("site-a"),
            TwoRouters.config("site-b").replace("hash md5", "hash sha256"));
    phaseOne.runFor(Duration.ofSeconds(60));
    assertLogged(
        phaseOne,
        "b %CRYPTO-4-IKE_FAILED: main mode with 100\\.1\\.1\\.1 failed: no phase 1 proposal"
            + " matches: the peer offered .*MD5.*, .*SHA2_256.*");
    TwoRouters phaseTwo =
        new TwoRouters(
            TwoRouters.config("site-a"),
            TwoRouters.config("site-b").replace("esp-3des", "esp-aes 256"));
    phaseTwo.runFor(Duration.ofSeconds(60));
    assertLogged(
        phaseTwo,
        "b %CRYPTO-4-IKE_FAILED: quick mode for M-ipsec 1 10 with 100\\.1\\.1\\.1 failed: no phase"
            + " 2 proposal matches: the peer offered .*3DES.*, .*AES.*256.*");
  }

  /** Anyone can send what is dropped: the log grows by its logarithm. */
  @Test
  void dropsAreSaidFirstAndThenMoreAndMoreSeldom() {
    Endpoint remote = Endpoint.isakmp(B);
    for (int i = 0; i < 1_000; i++) {
      log.ike(new IkeOutput.Dropped(DropReason.BAD_HASH, remote, "quick mode 1/3"));
    }
    assertEquals(10, lines.size());
    assertEquals(
        "%CRYPTO-4-IKMP_BAD_MESSAGE: dropped an IKE message from 200.1.1.1:500: the HASH does not"
            + " match (quick mode 1/3)",
        lines.get(0));
    assertTrue(lines.get(9).endsWith(", 512 times so far"), lines.get(9));
    assertEquals(990, log.unloggedDrops());
    log.ike(new IkeOutput.Dropped(DropReason.UNKNOWN_PEER, remote, ""));
    assertEquals(
        "%CRYPTO-4-IKE_DROPPED: dropped an IKE message from 200.1.1.1:500: no peer is configured"
            + " for the addresses",
        lines.get(10));
    log.ike(new IkeOutput.Dropped(DropReason.DUPLICATE, remote, "main mode"));
    assertTrue(lines.get(11).startsWith("%CRYPTO-7-IKE_DROPPED: "), lines.get(11));
  }

  @Test
  void aLineStaysALine() {
    log.ike(new IkeOutput.Notice("branch", "the peer reports \"\r\n%SYS-5-X: y\u001b[2J\""));
    assertEquals(
        List.of("%CRYPTO-5-IKE_NOTICE: peer branch: the peer reports \"??%SYS-5-X: y?[2J\""),
        lines);
  }

  @Test
  void refusedOspfPacketsAreNamed() {
    List<String> heard = new ArrayList<>();
    EventLog ospf = new EventLog(event -> heard.add(event.text()), List.of(lan()), null);
    ospf.ospf(new OspfOutput.Dropped(0, A, dev.zuido.ospf.DropReason.LSA_CHECKSUM));
    ospf.ospf(new OspfOutput.Dropped(0, A, dev.zuido.ospf.DropReason.HELLO_INTERVAL_MISMATCH));
    assertEquals(
        List.of(
            "%OSPF-4-ERRRCV: Received invalid packet: lsa checksum from 100.1.1.1,"
                + " GigabitEthernet0/1",
            "%OSPF-7-ERRRCV: Received invalid packet: hello interval mismatch from 100.1.1.1,"
                + " GigabitEthernet0/1"),
        heard);
  }

  @Test
  void refusedPacketsAreSaidOnceAMinuteEach() {
    RouterInterface on = lan();
    for (long second = 0; second < 61; second++) {
      log.ipsecRefused(on, B, A, EspVerdict.BAD_ICV, second * 1_000_000_000L);
    }
    log.ipsecRefused(on, B, A, EspVerdict.REPLAYED, 0);
    log.ipsecRefused(on, B, A, EspVerdict.DUMMY, 0);
    assertEquals(
        List.of(
            "%CRYPTO-4-RECVD_PKT_MAC_ERR: packet from 200.1.1.1 to 100.1.1.1 on GigabitEthernet0/1"
                + " refused: its ICV is wrong: it was altered, or the keys differ",
            "%CRYPTO-4-RECVD_PKT_MAC_ERR: packet from 200.1.1.1 to 100.1.1.1 on GigabitEthernet0/1"
                + " refused: its ICV is wrong: it was altered, or the keys differ",
            "%CRYPTO-4-PKT_REPLAY_ERR: packet from 200.1.1.1 to 100.1.1.1 on GigabitEthernet0/1"
                + " refused: its sequence number was seen before"),
        lines);
  }
}
