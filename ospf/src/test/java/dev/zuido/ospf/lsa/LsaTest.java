package dev.zuido.ospf.lsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Golden LSAs: the router- and network-LSA of FRR 8.4 from the recorded sessions, the others
 * computed apart from this code and read back by tshark 4.0 with their checksums.
 */
final class LsaTest {
  private static final String ROUTER =
      "00050201010101010101010180000002b5f90030"
          + "000000020a010100ffffff000300000ac0a80100ffffff000300000a";
  private static final String ROUTER_WITH_TOS =
      "0007020106060606060606068000000130be0034"
          + "07000002090909090000000501010040080000800a0900010a0900020200ffff";
  private static final String NETWORK =
      "00010202c0a801020202020280000001fade0020ffffff000101010102020202";
  private static final String SUMMARY = "003c22030a020000030303038000000255a1001cffff00000000012c";
  private static final String SUMMARY_ASBR =
      "0e0f020404040404030303038000000346f7001c0000000000ffffff";
  private static final String EXTERNAL =
      "0e100205ac100000050505057fffffffed6c0024" + "fffff00080000014c0a801fedeadbeef";
  private static final String NSSA =
      "00662807ac100300020202028000000154b50024" + "ffffff0080000064c0a80a0100000000";
  private static final String OPAQUE = "0009420a0400000701010101800000012a14001c00010004c0000201";

  @Test
  void routerLsa() throws Exception {
    golden(
        ROUTER,
        5,
        Options.E,
        "1.1.1.1",
        "1.1.1.1",
        0x80000002,
        new RouterLsa(
            0,
            List.of(
                new RouterLink(RouterLink.STUB, ip("10.1.1.0"), ip("255.255.255.0"), 10),
                new RouterLink(RouterLink.STUB, ip("192.168.1.0"), ip("255.255.255.0"), 10))));
  }

  @Test
  void routerLsaWithFlagsAndTypesOfService() throws Exception {
    golden(
        ROUTER_WITH_TOS,
        7,
        Options.E,
        "6.6.6.6",
        "6.6.6.6",
        0x80000001,
        new RouterLsa(
            RouterLsa.BORDER | RouterLsa.EXTERNAL | RouterLsa.VIRTUAL_ENDPOINT,
            List.of(
                new RouterLink(
                    RouterLink.POINT_TO_POINT,
                    ip("9.9.9.9"),
                    ip("0.0.0.5"),
                    64,
                    List.of(new TosMetric(8, 128))),
                new RouterLink(RouterLink.TRANSIT, ip("10.9.0.1"), ip("10.9.0.2"), 65535))));
  }

  @Test
  void networkLsa() throws Exception {
    golden(
        NETWORK,
        1,
        Options.E,
        "192.168.1.2",
        "2.2.2.2",
        0x80000001,
        new NetworkLsa(ip("255.255.255.0"), List.of(ip("1.1.1.1"), ip("2.2.2.2"))));
  }

  @Test
  void summaryLsas() throws Exception {
    golden(
        SUMMARY,
        60,
        Options.E | Options.DC,
        "10.2.0.0",
        "3.3.3.3",
        0x80000002,
        SummaryLsa.ofNetwork(ip("255.255.0.0"), 300));
    golden(
        SUMMARY_ASBR,
        3599,
        Options.E,
        "4.4.4.4",
        "3.3.3.3",
        0x80000003,
        SummaryLsa.ofAsBoundaryRouter(SummaryLsa.INFINITY));
  }

  @Test
  void asExternalLsa() throws Exception {
    golden(
        EXTERNAL,
        3600,
        Options.E,
        "172.16.0.0",
        "5.5.5.5",
        LsaHeader.MAX_SEQUENCE,
        AsExternalLsa.of(ip("255.255.240.0"), true, 20, ip("192.168.1.254"), 0xdeadbeef));
  }

  /** From OSPF_type7_LSA.cap, an IOS router. */
  @Test
  void nssaLsa() throws Exception {
    AsExternalLsa external =
        AsExternalLsa.of(ip("255.255.255.0"), true, 100, ip("192.168.10.1"), 0);
    golden(
        NSSA,
        102,
        Options.DC | Options.NP,
        "172.16.3.0",
        "2.2.2.2",
        0x80000001,
        external.asType(LsaType.NSSA));
    assertEquals(Ipv4Prefix.parse("172.16.3.0/24"), external.network(ip("172.16.3.255")));
  }

  @Test
  void opaqueLsasKeepTheirBytes() throws Exception {
    golden(
        OPAQUE,
        9,
        Options.E | Options.O,
        "4.0.0.7",
        "1.1.1.1",
        0x80000001,
        new OpaqueLsa(LsaType.OPAQUE_AREA, ByteString.ofHex("00010004c0000201")));
  }

  @Test
  void theChecksumLeavesTheAgeOut() throws Exception {
    Lsa lsa = decode(ROUTER);
    assertTrue(lsa.withAge(1234).hasValidChecksum());
    assertEquals(1234, lsa.withAge(1234).header().age());
    assertEquals(LsaHeader.MAX_AGE, lsa.withAge(5000).header().age());
    ByteBuf out = Unpooled.buffer();
    lsa.encode(out, 1234);
    assertEquals(lsa.withAge(1234), Lsa.decode(out));
  }

  @Test
  void anyOtherBitSpoilsTheChecksum() {
    byte[] bytes = HexFormat.of().parseHex(ROUTER);
    for (int bit = 16; bit < bytes.length * 8; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (0x80 >> bit % 8);
      assertFalse(LsaChecksum.isValid(damaged, 0, damaged.length), "bit " + bit);
    }
  }

  @Test
  void aChecksumOfZeroIsNone() {
    byte[] zeros = new byte[20];
    assertFalse(LsaChecksum.isValid(zeros, 0, 20));
    assertEquals(0xffff, LsaChecksum.compute(zeros, 0, 20));
  }

  @Test
  void contentIsWhatTheRouteCalculationSees() throws Exception {
    Lsa lsa = decode(ROUTER);
    RouterLsa body = (RouterLsa) lsa.body();
    Lsa next = Lsa.originate(new Options(Options.E), ip("1.1.1.1"), ip("1.1.1.1"), 7, body);
    assertTrue(lsa.hasSameContent(next));
    assertNotEquals(lsa, next);
    assertFalse(lsa.hasSameContent(next.withAge(LsaHeader.MAX_AGE)));
    Lsa options = Lsa.originate(Options.NONE, ip("1.1.1.1"), ip("1.1.1.1"), 7, body);
    assertFalse(lsa.hasSameContent(options));
    Lsa shorter =
        Lsa.originate(
            new Options(Options.E),
            ip("1.1.1.1"),
            ip("1.1.1.1"),
            7,
            new RouterLsa(0, body.links().subList(0, 1)));
    assertFalse(lsa.hasSameContent(shorter));
  }

  @Test
  void malformedReasons() {
    malformed(MalformedReason.TRUNCATED, 19, ROUTER.substring(0, 38));
    malformed(MalformedReason.TRUNCATED, 47, ROUTER.substring(0, 94));
    malformed(MalformedReason.BAD_LENGTH, 18, with(ROUTER, 18, "0013"));
    malformed(MalformedReason.TRUNCATED, 22, with(ROUTER, 18, "0016"));
    malformed(MalformedReason.BAD_LENGTH, 22, with(ROUTER, 22, "0003"));
    malformed(MalformedReason.TRAILING_BYTES, 36, with(ROUTER, 22, "0001"));
    malformed(MalformedReason.TRUNCATED, 48, with(ROUTER, 45, "01"));
    malformed(MalformedReason.TRUNCATED, 22, with(NETWORK, 18, "0016"));
    malformed(MalformedReason.BAD_LENGTH, 24, with(NETWORK, 18, "001f"));
    malformed(MalformedReason.TRUNCATED, 27, with(SUMMARY, 18, "001b"));
    malformed(MalformedReason.BAD_LENGTH, 28, with(SUMMARY, 18, "001d") + "00");
    malformed(MalformedReason.TRUNCATED, 35, with(EXTERNAL, 18, "0023"));
    malformed(MalformedReason.BAD_LENGTH, 36, with(EXTERNAL, 18, "0028") + "00000000");
    malformed(MalformedReason.TRUNCATED, 35, with(NSSA, 18, "0023"));
  }

  @Test
  void aBadBodyInALargerMessageIsHandedOut() throws Exception {
    ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex(with(ROUTER, 22, "0003")));
    Lsa lsa = Lsa.decodeBounded(in, 0);
    assertFalse(in.isReadable());
    MalformedLsa body = assertInstanceOf(MalformedLsa.class, lsa.body());
    assertEquals(MalformedReason.BAD_LENGTH, body.reason());
    assertFalse(lsa.isIntact());
    ByteBuf out = Unpooled.buffer();
    lsa.encode(out);
    assertEquals(with(ROUTER, 22, "0003"), ByteString.read(out, out.readableBytes()).toString());
  }

  private static void golden(
      String hex,
      int age,
      int options,
      String linkStateId,
      String advertisingRouter,
      int sequence,
      LsaBody body)
      throws MalformedPacketException {
    Lsa made =
        Lsa.originate(new Options(options), ip(linkStateId), ip(advertisingRouter), sequence, body)
            .withAge(age);
    ByteBuf out = Unpooled.buffer();
    made.encode(out);
    assertEquals(hex, ByteString.read(out, out.readableBytes()).toString());
    Lsa read = decode(hex);
    assertEquals(body, read.body());
    assertEquals(made.header(), read.header());
    assertEquals(made, read);
    assertTrue(read.isIntact());
    for (int length = 0; length < hex.length(); length += 2) {
      String truncated = hex.substring(0, length);
      assertThrows(MalformedPacketException.class, () -> decode(truncated));
    }
  }

  private static void malformed(MalformedReason reason, int offset, String hex) {
    MalformedPacketException e = assertThrows(MalformedPacketException.class, () -> decode(hex));
    assertEquals(reason + " " + offset, e.reason() + " " + e.offset(), e.getMessage());
  }

  private static Lsa decode(String hex) throws MalformedPacketException {
    return Lsa.decode(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
  }

  /** Hex with some bytes replaced. */
  private static String with(String hex, int offset, String bytes) {
    return hex.substring(0, offset * 2) + bytes + hex.substring(offset * 2 + bytes.length());
  }

  private static Ipv4Address ip(String text) {
    return Ipv4Address.parse(text);
  }
}
