package dev.zuido.router.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.show.IsakmpSaReport.IsakmpSa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The texts of data that a small network does not bring about, number by number. */
class ShowReportTest {
  private static final Ipv4Address A = Ipv4Address.of(100, 1, 1, 1);
  private static final Ipv4Address B = Ipv4Address.of(200, 1, 1, 1);
  private static final Ipv4Address AREA_0 = Ipv4Address.UNSPECIFIED;
  private static final OspfProcessId PROCESS = new OspfProcessId(7, A);

  private static void assertText(String expected, ShowReport report) {
    assertEquals(expected.stripTrailing(), report.text().stripTrailing());
  }

  private static IsakmpSa isakmpSa(boolean established) {
    return new IsakmpSa(
        "branch",
        A,
        established ? 4500 : 500,
        B,
        established ? 61_234 : 500,
        established ? "responder" : "initiator",
        established ? "QM_IDLE" : "MM_KEY_EXCH",
        established,
        "0123456789abcdef",
        established ? "fedcba9876543210" : "0000000000000000",
        established ? new IsakmpSaReport.Proposal("aes 256", "sha256", "pre-share", 14) : null,
        established ? 86_400L : null,
        established ? 86_399L : null,
        established,
        established,
        established,
        established ? new IsakmpSaReport.DeadPeerDetection("periodic", 10, 3, 5) : null,
        2);
  }

  @Test
  void isakmpSasInNegotiationAndBehindTranslators() {
    List<IsakmpSa> rows = List.of(isakmpSa(true), isakmpSa(false));
    assertText(
        """
        IPv4 Crypto ISAKMP SA
        dst             src             state          role       proposal
        100.1.1.1       200.1.1.1       QM_IDLE        responder  aes 256, sha256, pre-share, group 14
        200.1.1.1       100.1.1.1       MM_KEY_EXCH    initiator
        """,
        new IsakmpSaReport(true, false, rows));
    assertText(
        """
        Codes: D - dead peer detection, N - NAT traversal, C - current SA

        Local                 Remote                State          Role       Encr     Hash    Auth       DH Lifetime  Cap.
        100.1.1.1:4500        200.1.1.1:61234       QM_IDLE        responder  aes 256  sha256  pre-share  14 23:59:59  DNC
          cookies 0123456789abcdef:fedcba9876543210
          dead peer detection periodic: after 10 s, again after 3 s, 5 times
          NAT detected before us and the peer
          IPsec SA pairs: 2
        100.1.1.1:500         200.1.1.1:500         MM_KEY_EXCH    initiator  -        -       -           - --:--:--
          cookies 0123456789abcdef:0000000000000000
          IPsec SA pairs: 2
        """,
        new IsakmpSaReport(true, true, rows));
  }

  private static IpsecSaReport.IpsecSa ipsecSa(boolean byHand) {
    Map<String, Long> refused = new LinkedHashMap<>();
    if (byHand) {
      refused.put("replayed", 2L);
      refused.put("badIcv", 1L);
    }
    return new IpsecSaReport.IpsecSa(
        byHand ? 300 : 0xfedc_ba98L,
        !byHand,
        byHand ? "3DES-CBC" : "AES-GCM-16-256",
        byHand ? "HMAC-MD5-96" : "none",
        byHand ? "tunnel" : "transport",
        A,
        B,
        byHand ? null : new IpsecSaReport.UdpPorts(4500, 61_234),
        5_000_000_000L,
        6_000_000_000_000L,
        refused,
        5_000_000_003L,
        byHand ? 1_024 : null,
        byHand ? null : 3_600L,
        byHand ? null : 3_599L,
        byHand ? null : 4_608_000L,
        byHand ? null : 1L);
  }

  @Test
  void ipsecSasByHandAndEncapsulated() {
    IpsecSaReport report =
        new IpsecSaReport(
            List.of(
                new IpsecSaReport.ProtectedInterface(
                    "Dialer1",
                    "M",
                    null,
                    1454,
                    1,
                    2,
                    3,
                    List.of(
                        new IpsecSaReport.Policy(
                            "M 10 20",
                            null,
                            new IpsecSaReport.Selector(
                                "10.1.1.0-10.1.1.255", "any", "10.1.2.0-10.1.2.255", "80", "tcp"),
                            List.of(ipsecSa(true)),
                            List.of(ipsecSa(false)))))));
    assertText(
        """
        interface: Dialer1
            Crypto map tag: M, local addr not set, ip mtu 1454
            no SA: 1, clear text refused: 2, unknown SPI: 3

           policy M 10 20
           local  ident (addr/prot/port): (10.1.1.0-10.1.1.255/tcp/any)
           remote ident (addr/prot/port): (10.1.2.0-10.1.2.255/tcp/80)
           current_peer not known
            #pkts encaps: 5000000000, #pkts decaps: 5000000000
            #send errors: 0, #recv errors: 3

             inbound esp sas:
              spi: 0x0000012C(300)
                transform: 3DES-CBC HMAC-MD5-96
                in use settings ={tunnel mode}, local 100.1.1.1, remote 200.1.1.1
                #pkts: 5000000000, #bytes: 6000000000000, highest sequence number: 5000000003
                #pkts refused, replayed: 2
                #pkts refused, bad icv: 1
                sa timing: remaining key lifetime (k/sec): (no limit/no limit)
                replay detection support: Y  replay window: 1024
                Status: SUPERSEDED

             outbound esp sas:
              spi: 0xFEDCBA98(4275878552)
                transform: AES-GCM-16-256
                in use settings ={transport mode, UDP-encaps 4500 to 61234}, local 100.1.1.1, remote 200.1.1.1
                #pkts: 5000000000, #bytes: 6000000000000, highest sequence number: 5000000003
                sa timing: remaining key lifetime (k/sec): (1/3599)
                Status: ACTIVE
        """,
        report);
    Json policy =
        Json.parse(report.json())
            .items()
            .flatMap(row -> row.get("policies").items())
            .findFirst()
            .orElseThrow();
    Json inbound = policy.get("inbound").items().findFirst().orElseThrow();
    assertEquals(2, inbound.get("refused").get("replayed").number());
    assertEquals(null, inbound.get("lifetimeSeconds").value());
    Json outbound = policy.get("outbound").items().findFirst().orElseThrow();
    assertEquals(0xfedc_ba98L, outbound.get("spi").number());
    assertEquals(61_234, outbound.get("udpEncapsulation").get("remotePort").number());
  }

  @Test
  void cryptoMapWithEverything() {
    assertText(
        """
        Crypto Map IPv4 "M" 10 ipsec-isakmp
                Description: to the branch
                Peer = 200.1.1.1
                Peer = 200.1.1.2
                Extended IP access list L
                    access-list L permit ip any any
                Security association lifetime: 1 kilobytes/2 seconds
                PFS (Y/N): Y
                DH group:  group14
                Transform sets={
                        X:  { esp-gcm 256 } , tunnel mode
                        Y:  { esp-aes esp-sha-hmac } , transport mode
                }
                Interfaces using crypto map M:
        """,
        new CryptoMapReport(
            List.of(
                new CryptoMapReport.Entry(
                    "M",
                    10,
                    "ipsec-isakmp",
                    null,
                    "to the branch",
                    List.of("200.1.1.1", "200.1.1.2"),
                    "L",
                    List.of("permit ip any any"),
                    List.of(
                        new CryptoMapReport.TransformSet("X", "esp-gcm 256", null, "tunnel"),
                        new CryptoMapReport.TransformSet(
                            "Y", "esp-aes", "esp-sha-hmac", "transport")),
                    14,
                    2L,
                    1L,
                    List.of()))));
  }

  @Test
  void cryptoMapWithoutNegotiation() {
    assertText(
        """
        Crypto Map IPv4 "M" 20 ipsec-isakmp
                Dynamic map template tag: D
                Interfaces using crypto map M:
                        Dialer1

        Crypto Map IPv4 "M" 30 ipsec-manual
                Peer = 200.1.1.1
                Transform sets={
                }
                Interfaces using crypto map M:
                        Dialer1
        """,
        new CryptoMapReport(
            List.of(
                entryWithoutNegotiation(20, "dynamic", "D", List.of()),
                entryWithoutNegotiation(30, "ipsec-manual", null, List.of("200.1.1.1")))));
  }

  private static CryptoMapReport.Entry entryWithoutNegotiation(
      int sequence, String keying, String dynamicMap, List<String> peers) {
    return new CryptoMapReport.Entry(
        "M",
        sequence,
        keying,
        dynamicMap,
        null,
        peers,
        null,
        List.of(),
        List.of(),
        null,
        null,
        null,
        List.of("Dialer1"));
  }

  private static OspfNeighborReport.Neighbor neighbor(String state, String role, long dead) {
    return new OspfNeighborReport.Neighbor(
        B,
        255,
        state,
        role,
        dead,
        B,
        "GigabitEthernet0/1",
        AREA_0,
        B,
        null,
        List.of("E"),
        61,
        "Loading Done",
        1,
        0,
        4,
        0,
        null,
        null);
  }

  @Test
  void ospfNeighborsOnABroadcastNetwork() {
    assertText(
        """
        Neighbor ID     Pri   State           Dead Time   Address         Interface
        200.1.1.1       255   FULL/DR         00:00:39    200.1.1.1       GigabitEthernet0/1
        200.1.1.1       255   EXSTART/BDR     00:01:01    200.1.1.1       GigabitEthernet0/1
        200.1.1.1       255   2WAY/DROTHER    18:12:15    200.1.1.1       GigabitEthernet0/1
        """,
        new OspfNeighborReport(
            true,
            false,
            List.of(
                neighbor("FULL", "DR", 39),
                neighbor("EXSTART", "BDR", 61),
                neighbor("2WAY", "DROTHER", 65_535))));
    assertText(
        """
         Neighbor 200.1.1.1, interface address 200.1.1.1
            In the area 0 via interface GigabitEthernet0/1
            Neighbor priority is 255, State is FULL, 1 state changes
            DR is 200.1.1.1 BDR is 0.0.0.0
            Options is (E)
            Dead timer due in 00:00:39
            Neighbor is FULL for 00:01:01: Loading Done
            0 LSAs not acknowledged, 0 LSAs asked for, 4 LSAs sent again
        """,
        new OspfNeighborReport(true, true, List.of(neighbor("FULL", "DR", 39))));
  }

  @Test
  void ospfInterfacesWithAuthenticationAndMismatches() {
    OspfInterfaceReport.OspfInterface each =
        new OspfInterfaceReport.OspfInterface(
            "GigabitEthernet0/1",
            Ipv4Address.of(1, 2, 3, 4),
            Ipv4Address.of(10, 1, 1, 254),
            24,
            false,
            "BROADCAST",
            "DROTHER",
            10,
            0,
            1500,
            true,
            true,
            B,
            null,
            A,
            A,
            10,
            40,
            5,
            1,
            null,
            "message-digest",
            1L,
            true,
            2,
            3,
            2,
            61L,
            0,
            1,
            4,
            List.of(
                new OspfInterfaceReport.WithoutAdjacency(
                    B, Ipv4Address.of(10, 1, 1, 2), "hello interval 10 against 30")));
    assertText(
        """
        Interface              Area            IP Address/Mask     Cost State    Nbrs F/C
        GigabitEthernet0/1     1.2.3.4         10.1.1.254/24         10 DROTH    2/3
           no adjacency with 200.1.1.1 (10.1.1.2): hello interval 10 against 30
        """,
        new OspfInterfaceReport(PROCESS, true, List.of(each)));
    assertText(
        """
        GigabitEthernet0/1
          Internet Address 10.1.1.254/24, Area 1.2.3.4, MTU 1500 (not compared)
          Process ID 7, Router ID 100.1.1.1, Network Type BROADCAST, Cost: 10
          Transmit Delay is 1 sec, State DROTHER, Priority 0
          Designated Router (ID) ?, Interface address 200.1.1.1
          Backup Designated router (ID) 100.1.1.1, Interface address 100.1.1.1
          Timer intervals configured, Hello 10, Dead 40, Retransmit 5
            No Hellos (Passive interface)
          Prefix-suppression is enabled
          Strict TTL checking enabled, up to 2 hops allowed
          message-digest authentication enabled, key id 1
          Neighbor Count is 3, Adjacent neighbor count is 2
          Waits for a Designated Router, for 00:01:01 at most
          1 neighbors restart gracefully and are helped
           no adjacency with 200.1.1.1 (10.1.1.2): hello interval 10 against 30
        """,
        new OspfInterfaceReport(PROCESS, false, List.of(each)));
    assertText("OSPF runs on no interface.", new OspfInterfaceReport(PROCESS, false, List.of()));
  }

  private static OspfDatabaseReport.LsaSummary lsa(
      Ipv4Address area, int type, Integer links, Long tag) {
    return new OspfDatabaseReport.LsaSummary(
        area,
        type,
        "opaque LSA (area)",
        A,
        B,
        3_600,
        false,
        0x8000_0001L,
        0xabc,
        60,
        links,
        tag,
        null);
  }

  @Test
  void ospfDatabaseByAreaAndType() {
    assertText(
        """

                    OSPF Router with ID (100.1.1.1) (Process ID 7)

                        Router Link States (Area 0)

        Link ID         ADV Router      Age         Seq#       Checksum Link count
        100.1.1.1       200.1.1.1       3600        0x80000001 0x000ABC 3
        100.1.1.1       200.1.1.1       3600        0x80000001 0x000ABC 0

                        Net Link States (Area 0)

        Link ID         ADV Router      Age         Seq#       Checksum
        100.1.1.1       200.1.1.1       3600        0x80000001 0x000ABC

                        Router Link States (Area 100.1.1.1)

        Link ID         ADV Router      Age         Seq#       Checksum Link count
        100.1.1.1       200.1.1.1       3600        0x80000001 0x000ABC 1

                        Summary Net Link States (Area 100.1.1.1)

        Link ID         ADV Router      Age         Seq#       Checksum
        100.1.1.1       200.1.1.1       3600        0x80000001 0x000ABC

                        Summary ASB Link States (Area 100.1.1.1)

        Link ID         ADV Router      Age         Seq#       Checksum
        100.1.1.1       200.1.1.1       3600        0x80000001 0x000ABC

                        Type-10 Opaque Area Link States (Area 100.1.1.1)

        Link ID         ADV Router      Age         Seq#       Checksum
        100.1.1.1       200.1.1.1       3600        0x80000001 0x000ABC

                        Type-5 AS External Link States

        Link ID         ADV Router      Age         Seq#       Checksum Tag
        100.1.1.1       200.1.1.1       3600        0x80000001 0x000ABC 4294967295
        """,
        new OspfDatabaseReport(
            PROCESS,
            List.of(
                lsa(AREA_0, 1, 3, null),
                lsa(AREA_0, 1, 0, null),
                lsa(AREA_0, 2, null, null),
                lsa(A, 1, 1, null),
                lsa(A, 3, null, null),
                lsa(A, 4, null, null),
                lsa(A, 10, null, null),
                lsa(null, 5, null, 4_294_967_295L))));
  }

  @Test
  void routesOfAllKinds() {
    RouteReport.NextHop via1 = new RouteReport.NextHop(A, "Tunnel1");
    RouteReport.NextHop via2 = new RouteReport.NextHop(B, "Tunnel2");
    Ipv4Prefix prefix = Ipv4Prefix.parse("10.0.0.0/8");
    RouteReport report =
        new RouteReport(
            List.of(
                new RouteReport.Entry(
                    Ipv4Prefix.DEFAULT, "O E2", "ospf", 110, 20, 7L, List.of(via1, via2)),
                new RouteReport.Entry(prefix, "O IA", "ospf", 110, 65_535, null, List.of(via1))));
    assertTrue(
        report
            .text()
            .endsWith(
                """
                Gateway of last resort is 100.1.1.1 to network 0.0.0.0

                O E2*  0.0.0.0/0          [110/20] via 100.1.1.1, Tunnel1
                O E2*  0.0.0.0/0          [110/20] via 200.1.1.1, Tunnel2
                O IA   10.0.0.0/8         [110/65535] via 100.1.1.1, Tunnel1
                """),
        report::text);
    assertTrue(new RouteReport(List.of()).text().endsWith("Gateway of last resort is not set\n\n"));
  }

  @Test
  void anInterfaceThatIsDownSaysWhy() {
    assertText(
        """
        Tunnel1 is up, line protocol is down (keepalives are not answered)
          Internet protocol processing disabled
          IP MTU 1476 bytes, BW 100 Kbit/sec
          Tunnel source 100.1.1.1, destination 200.1.1.1
          Tunnel protocol/transport GRE/IP, overhead 32 bytes
            Key 0xffffffff, sequencing enabled, checksumming enabled
            Keepalive not set
            received, out of sequence: 4
          Outgoing access list is L
             1 packets input, 2 bytes
             3 packets output, 4 bytes
             dropped, no route: 5
        """,
        new InterfaceReport(
            List.of(
                new InterfaceReport.Entry(
                    "Tunnel1",
                    null,
                    true,
                    false,
                    "keepalives are not answered",
                    null,
                    null,
                    null,
                    List.of(),
                    1476,
                    100,
                    null,
                    "L",
                    null,
                    1,
                    2,
                    3,
                    4,
                    List.of(new InterfaceReport.Drop("noRoute", "no route", 5)),
                    new InterfaceReport.Tunnel(
                        A,
                        null,
                        B,
                        32,
                        0xffff_ffffL,
                        true,
                        true,
                        null,
                        Map.of(),
                        Map.of("outOfSequence", 4L))))));
  }

  /** {@code --json} is a list of objects for every command: each kind of report has rows. */
  @Test
  void everyReportIsAListOfRecords() {
    List<Class<?>> reports = Arrays.asList(ShowReport.class.getPermittedSubclasses());
    assertEquals(21, reports.size());
    for (Class<?> report : reports) {
      assertTrue(report.isRecord(), report::getName);
      assertTrue(
          Arrays.stream(report.getRecordComponents())
              .anyMatch(component -> component.getName().equals("rows")),
          report::getName);
    }
  }
}
