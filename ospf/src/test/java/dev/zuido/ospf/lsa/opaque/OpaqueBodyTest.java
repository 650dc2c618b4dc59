package dev.zuido.ospf.lsa.opaque;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.opaque.TeLinkSubTlv.Bandwidth;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Golden bodies: those of tcpdump's ospf-gmpls.pcap, ospf-sr.pcapng and
 * ospf_graceful_restart_rfc3623.pcap, with the values that tshark 4.0 prints; the others after the
 * RFCs' diagrams by hand.
 */
final class OpaqueBodyTest {
  private static final String GMPLS_LINK =
      "0002006400010001010000000002000"
          + "40afff545000300040a098e01000400040a098e02000500040000003f000600044c9450c0000700044c9450c0"
          + "000800204c9450c04c9450c04c9450c04c9450c04c9450c04c9450c04c9450c04c9450c00009000400000000";
  private static final String GRACE = "0001000400000028" + "0002000100000000" + "00030004c0550104";
  private static final String SEGMENT_ROUTING_RI =
      "000700056e6f646535000000" + "0009000c000005000001000300271000";
  private static final String PREFIX_RANGE =
      "00020018200000010000" + "0000c0a80000" + "000200080000000000000004";

  @Test
  void rfc3630Section2Dot4Dot2Link() throws Exception {
    Bandwidth capacity = new Bandwidth(0x4c9450c0);
    golden(
        OpaqueLsa.TRAFFIC_ENGINEERING,
        GMPLS_LINK,
        new TrafficEngineeringLsa(
            List.of(
                new TrafficEngineeringLsa.Link(
                    List.of(
                        new TeLinkSubTlv.LinkType(TeLinkSubTlv.LinkType.POINT_TO_POINT),
                        new TeLinkSubTlv.LinkId(ip("10.255.245.69")),
                        new TeLinkSubTlv.LocalAddresses(List.of(ip("10.9.142.1"))),
                        new TeLinkSubTlv.RemoteAddresses(List.of(ip("10.9.142.2"))),
                        new TeLinkSubTlv.Metric(63),
                        new TeLinkSubTlv.MaximumBandwidth(capacity),
                        new TeLinkSubTlv.MaximumReservableBandwidth(capacity),
                        new TeLinkSubTlv.UnreservedBandwidth(Collections.nCopies(8, capacity)),
                        new TeLinkSubTlv.AdministrativeGroup(0))))));
    assertEquals(77_760_000f, capacity.bytesPerSecond(), "622.08 Mbit/s");
    assertEquals(capacity, Bandwidth.of(77_760_000f));
  }

  @Test
  void rfc3630Section2Dot4Dot1RouterAddress() throws Exception {
    golden(
        OpaqueLsa.TRAFFIC_ENGINEERING,
        "00010004c0000201",
        new TrafficEngineeringLsa(
            List.of(new TrafficEngineeringLsa.RouterAddress(ip("192.0.2.1")))));
  }

  @Test
  void rfc3630UnknownTlvsAndSubTlvsAreKept() throws Exception {
    golden(
        OpaqueLsa.TRAFFIC_ENGINEERING,
        "8000000501020304050000000002000c000b0008000000010000000" + "2",
        new TrafficEngineeringLsa(
            List.of(
                new Tlv(0x8000, ByteString.ofHex("0102030405")),
                new TrafficEngineeringLsa.Link(
                    List.of(new Tlv(11, ByteString.ofHex("0000000100000002")))))));
  }

  @Test
  void rfc3623AppendixAGraceLsa() throws Exception {
    golden(OpaqueLsa.GRACE, GRACE, new GraceLsa(40, GraceLsa.UNKNOWN, ip("192.85.1.4")));
    golden(
        OpaqueLsa.GRACE,
        "00010004ffffffff" + "0002000103000000",
        new GraceLsa(0xffff_ffffL, GraceLsa.CONTROL_PROCESSOR_SWITCH, null));
    malformed(MalformedReason.BAD_VALUE, OpaqueLsa.GRACE, "0001000400000028");
    malformed(MalformedReason.BAD_LENGTH, OpaqueLsa.GRACE, "0001000400000028" + "00020000");
    malformed(MalformedReason.BAD_LENGTH, OpaqueLsa.GRACE, "0001000200280000" + "0002000100000000");
  }

  @Test
  void rfc7770RouterInformation() throws Exception {
    golden(
        OpaqueLsa.ROUTER_INFORMATION,
        SEGMENT_ROUTING_RI,
        new RouterInformationLsa(
            List.of(
                new Tlv(7, ByteString.ofHex("6e6f646535")),
                new Tlv(9, ByteString.ofHex("000005000001000300271000")))));
    RouterInformationLsa.InformationalCapabilities capabilities =
        new RouterInformationLsa.InformationalCapabilities(List.of(0x5000_0000, 1));
    golden(
        OpaqueLsa.ROUTER_INFORMATION,
        "000100085000000000000001" + "0002000480000000",
        new RouterInformationLsa(
            List.of(
                capabilities,
                new RouterInformationLsa.FunctionalCapabilities(List.of(0x8000_0000)))));
    assertFalse(capabilities.has(0));
    assertTrue(
        capabilities.has(RouterInformationLsa.InformationalCapabilities.GRACEFUL_RESTART_HELPER));
    assertTrue(
        capabilities.has(RouterInformationLsa.InformationalCapabilities.TRAFFIC_ENGINEERING));
    assertTrue(capabilities.has(63));
    assertFalse(capabilities.has(64));
    malformed(MalformedReason.BAD_LENGTH, OpaqueLsa.ROUTER_INFORMATION, "0001000500000000" + "00");
  }

  @Test
  void rfc7684ExtendedPrefix() throws Exception {
    golden(
        OpaqueLsa.EXTENDED_PREFIX,
        PREFIX_RANGE,
        new ExtendedPrefixLsa(List.of(new Tlv(2, ByteString.ofHex(PREFIX_RANGE.substring(8))))));
    var prefix =
        new ExtendedPrefixLsa.ExtendedPrefix(
            1,
            24,
            ExtendedPrefixLsa.ExtendedPrefix.ATTACH,
            ip("10.1.2.3"),
            List.of(new Tlv(2, ByteString.ofHex("0102"))));
    golden(
        OpaqueLsa.EXTENDED_PREFIX,
        "00010010" + "01180080" + "0a010203" + "0002000201020000",
        new ExtendedPrefixLsa(List.of(prefix)));
    assertEquals(Ipv4Prefix.parse("10.1.2.0/24"), prefix.prefix());
    malformed(
        MalformedReason.BAD_VALUE, OpaqueLsa.EXTENDED_PREFIX, "00010008" + "01210000" + "0a010203");
    golden(
        OpaqueLsa.EXTENDED_PREFIX,
        "00010008" + "01400100" + "20010db8",
        new ExtendedPrefixLsa(List.of(new Tlv(1, ByteString.ofHex("0140010020010db8")))));
  }

  @Test
  void rfc7684ExtendedLink() throws Exception {
    golden(
        OpaqueLsa.EXTENDED_LINK,
        "0001001801000000" + "02020202" + "0a010001" + "0002000700000000005dc000",
        new ExtendedLinkLsa(
            List.of(
                new ExtendedLinkLsa.ExtendedLink(
                    1,
                    ip("2.2.2.2"),
                    ip("10.1.0.1"),
                    List.of(new Tlv(2, ByteString.ofHex("00000000005dc0")))))));
    malformed(MalformedReason.BAD_LENGTH, OpaqueLsa.EXTENDED_LINK, "0001000401000000");
  }

  @Test
  void aTlvThatSaysItIsLongerThanWhatIsThereIsMalformed() {
    for (int type : new int[] {1, 3, 4, 7, 8}) {
      malformed(MalformedReason.BAD_LENGTH, type, "00010005" + "00000000");
      malformed(MalformedReason.BAD_LENGTH, type, "0001ffff" + "00000000");
      malformed(MalformedReason.TRUNCATED, type, "000100");
    }
  }

  @Test
  void aSubTlvMayNotReachBeyondTheTlvAroundIt() {
    // The sub-TLV's eight bytes are there, but the Link TLV has but four of them.
    malformed(
        MalformedReason.BAD_LENGTH,
        OpaqueLsa.TRAFFIC_ENGINEERING,
        "00020008000b0008" + "00".repeat(8));
    malformed(
        MalformedReason.BAD_LENGTH,
        OpaqueLsa.EXTENDED_PREFIX,
        "0001000c" + "01180000" + "0a010200" + "00020008" + "00".repeat(8));
    malformed(
        MalformedReason.BAD_LENGTH,
        OpaqueLsa.EXTENDED_LINK,
        "00010010" + "01000000" + "02020202" + "0a010001" + "00020008" + "00".repeat(8));
  }

  @Test
  void lengthsOfZeroEndNoWhereElse() throws Exception {
    golden(
        OpaqueLsa.TRAFFIC_ENGINEERING,
        "00020000",
        new TrafficEngineeringLsa(List.of(new TrafficEngineeringLsa.Link(List.of()))));
    malformed(MalformedReason.BAD_LENGTH, OpaqueLsa.TRAFFIC_ENGINEERING, "00010000");
    malformed(MalformedReason.BAD_LENGTH, OpaqueLsa.TRAFFIC_ENGINEERING, "0002000400010000");
    malformed(MalformedReason.BAD_LENGTH, OpaqueLsa.EXTENDED_PREFIX, "00010000");
    malformed(MalformedReason.BAD_LENGTH, OpaqueLsa.EXTENDED_LINK, "00010000");
    for (int type : new int[] {1, 4, 7, 8}) {
      assertEquals(ByteString.EMPTY, OpaqueBody.decode(type, ByteString.EMPTY).information());
    }
  }

  @Test
  void missingPaddingAtTheEndIsLetPassAndWrittenAnew() throws Exception {
    OpaqueBody body = OpaqueBody.decode(4, ByteString.ofHex("000700056e6f646535"));
    assertEquals(ByteString.ofHex("000700056e6f646535000000"), body.information());
  }

  @Test
  void otherOpaqueTypesKeepTheirBytes() throws Exception {
    ByteString bytes = ByteString.ofHex("010203");
    assertEquals(new UnknownOpaqueBody(200, bytes), OpaqueBody.decode(200, bytes));
  }

  private static void golden(int opaqueType, String hex, OpaqueBody body) throws Exception {
    assertEquals(body, OpaqueBody.decode(opaqueType, ByteString.ofHex(hex)));
    assertEquals(hex, body.information().toString());
    assertEquals(opaqueType, body.opaqueType());
    assertFalse(body.toString().isEmpty());
  }

  private static void malformed(MalformedReason reason, int opaqueType, String hex) {
    MalformedPacketException e =
        assertThrows(
            MalformedPacketException.class,
            () -> OpaqueBody.decode(opaqueType, ByteString.ofHex(hex)));
    assertEquals(reason, e.reason(), e.getMessage());
  }

  private static Ipv4Address ip(String text) {
    return Ipv4Address.parse(text);
  }
}
