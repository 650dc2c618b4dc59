package dev.zuido.ospf.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden packets of FRR 8.4, from the recorded sessions, in both directions. */
final class OspfPacketTest {
  private static final String HELLO =
      "020100300202020200000000f69400000000000000000000"
          + "ffffff00000a020100000028000000000000000001010101";
  private static final String HELLO_MD5 =
      "02010030020202020000000000000002000001106b04bc0c"
          + "ffffff00000a020100000028000000000000000001010101"
          + "e60417fd39b5e363a174e4ed3b65edf7";
  private static final String DESCRIPTION =
      "020200340101010100000000b33800000000000000000000"
          + "055c02004a89ba7400040201010101010101010180000002b5f90030";
  private static final String REQUEST =
      "020300240202020200000000f5cf00000000000000000000000000010101010101010101";
  private static final String UPDATE =
      "0204004c0101010100000000eeb400000000000000000000"
          + "0000000100050201010101010101010180000002b5f90030"
          + "000000020a010100ffffff000300000ac0a80100ffffff000300000a";
  private static final String ACKNOWLEDGMENT =
      "0205002c0101010100000000ff5100000000000000000000"
          + "000b020102020202020202028000000272340030";

  /** RFC 5613 section 2.2, the checksum summed by hand: the complement of 3 + 1 + 4 + 1. */
  private static final String LLS = "fff600030001000400000001";

  private static final Ipv4Address ONE = Ipv4Address.of(1, 1, 1, 1);
  private static final Ipv4Address TWO = Ipv4Address.of(2, 2, 2, 2);
  private static final Ipv4Address BACKBONE = Ipv4Address.UNSPECIFIED;
  private static final Options E = new Options(Options.E);

  @Test
  void hello() throws Exception {
    golden(HELLO, helloOf(new OspfHeader(TWO, BACKBONE), E, null));
  }

  @Test
  void helloWithMessageDigest() throws Exception {
    var authentication =
        new PacketAuthentication.Cryptographic(
            1, 0x6b04bc0cL, ByteString.ofHex("e60417fd39b5e363a174e4ed3b65edf7"));
    golden(HELLO_MD5, helloOf(new OspfHeader(TWO, BACKBONE, authentication), E, null));
  }

  @Test
  void databaseDescription() throws Exception {
    LsaHeader lsa = new LsaHeader(4, E, LsaType.ROUTER, ONE, ONE, 0x80000002, 0xb5f9, 48);
    golden(
        DESCRIPTION,
        new DatabaseDescriptionPacket(
            new OspfHeader(ONE, BACKBONE), 1372, E, 0, 0x4a89ba74, List.of(lsa)));
  }

  @Test
  void databaseDescriptionFlags() {
    OspfHeader header = new OspfHeader(ONE, BACKBONE);
    var first = new DatabaseDescriptionPacket(header, 1500, E, 7, 1, List.of());
    assertTrue(first.isInit() && first.isMore() && first.isMaster());
    var last = new DatabaseDescriptionPacket(header, 1500, E, 1, 1, List.of());
    assertTrue(!last.isInit() && !last.isMore() && last.isMaster());
  }

  @Test
  void linkStateRequest() throws Exception {
    golden(
        REQUEST,
        new LinkStateRequestPacket(
            new OspfHeader(TWO, BACKBONE), List.of(new LsaKey(LsaType.ROUTER, ONE, ONE))));
  }

  @Test
  void linkStateUpdate() throws Exception {
    Ipv4Address mask = Ipv4Address.parse("255.255.255.0");
    RouterLsa body =
        new RouterLsa(
            0,
            List.of(
                new RouterLink(RouterLink.STUB, Ipv4Address.parse("10.1.1.0"), mask, 10),
                new RouterLink(RouterLink.STUB, Ipv4Address.parse("192.168.1.0"), mask, 10)));
    Lsa lsa = Lsa.originate(E, ONE, ONE, 0x80000002, body).withAge(5);
    golden(UPDATE, new LinkStateUpdatePacket(new OspfHeader(ONE, BACKBONE), List.of(lsa)));
  }

  @Test
  void linkStateAcknowledgment() throws Exception {
    LsaHeader lsa = new LsaHeader(11, E, LsaType.ROUTER, TWO, TWO, 0x80000002, 0x7234, 48);
    golden(
        ACKNOWLEDGMENT,
        new LinkStateAcknowledgmentPacket(new OspfHeader(ONE, BACKBONE), List.of(lsa)));
  }

  @Test
  void theSimplePasswordIsOutsideOfTheChecksum() throws Exception {
    var password =
        new PacketAuthentication.SimplePassword(
            ByteString.of("cisco".getBytes(StandardCharsets.US_ASCII)));
    HelloPacket hello = helloOf(new OspfHeader(TWO, BACKBONE, password), E, null);
    String hex = encode(hello);
    // One more in AuType is one less in the complement's sum.
    assertEquals(HELLO.substring(0, 24) + "f6930001" + "636973636f000000", hex.substring(0, 48));
    assertEquals(hello, decode(hex));
    assertFalse(hex.isEmpty() || password.toString().contains("cisco"));
    assertTrue(password.matches(new PacketAuthentication.SimplePassword(password.password())));
    assertFalse(password.matches(new PacketAuthentication.SimplePassword(ByteString.EMPTY)));
  }

  @Test
  void anUnknownAuthenticationTypeIsKept() throws Exception {
    var unknown = new PacketAuthentication.Unknown(4, 0x0102030405060708L);
    HelloPacket hello = helloOf(new OspfHeader(TWO, BACKBONE, unknown), E, null);
    assertEquals(hello, decode(encode(hello)));
  }

  @Test
  void linkLocalSignaling() throws Exception {
    Options withL = E.with(Options.L);
    LinkLocalSignaling lls = LinkLocalSignaling.of(ByteString.ofHex("0001000400000001"));
    assertTrue(lls.hasValidChecksum());
    HelloPacket hello = helloOf(new OspfHeader(TWO, BACKBONE), withL, lls);
    String hex = encode(hello);
    assertTrue(hex.endsWith(LLS));
    assertEquals(hello, decode(hex));
    assertEquals(hello.packetLength() + 12, hello.encodedLength());

    HelloPacket without = helloOf(new OspfHeader(TWO, BACKBONE), withL, null);
    String plain = encode(without);
    for (String bad : List.of("", "ff", "fff60002", "fff6000400010004", "00000000")) {
      assertNull(((HelloPacket) decode(plain + bad)).lls(), bad);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> helloOf(new OspfHeader(TWO, BACKBONE), Options.NONE, lls));
  }

  @Test
  void bytesAfterPacketsThatHaveNoBlockAreIgnored() throws Exception {
    assertEquals(decode(REQUEST), decode(REQUEST + LLS));
    assertEquals(decode(UPDATE), decode(UPDATE + "00"));
  }

  @Test
  void malformedReasons() {
    malformed(MalformedReason.TRUNCATED, 0, "");
    malformed(MalformedReason.TRUNCATED, 23, HELLO.substring(0, 46));
    malformed(MalformedReason.BAD_VERSION, 0, with(HELLO, 0, "03"));
    malformed(MalformedReason.BAD_VALUE, 1, with(HELLO, 1, "00"));
    malformed(MalformedReason.BAD_VALUE, 1, with(HELLO, 1, "06"));
    malformed(MalformedReason.BAD_LENGTH, 2, with(HELLO, 2, "0017"));
    malformed(MalformedReason.TRUNCATED, 48, with(HELLO, 2, "0031"));
    malformed(MalformedReason.BAD_CHECKSUM, 12, with(HELLO, 12, "f695"));
    malformed(MalformedReason.TRAILING_BYTES, 48, HELLO + "00");
    malformed(MalformedReason.TRUNCATED, 63, HELLO_MD5.substring(0, 126));
    malformed(MalformedReason.TRUNCATED, 43, unchecked(HELLO, 43));
    malformed(MalformedReason.BAD_LENGTH, 44, unchecked(HELLO, 47));
    malformed(MalformedReason.TRUNCATED, 31, unchecked(DESCRIPTION, 31));
    malformed(MalformedReason.BAD_LENGTH, 32, unchecked(DESCRIPTION, 51));
    malformed(MalformedReason.BAD_LENGTH, 50, unchecked(with(DESCRIPTION, 50, "0013"), 52));
    malformed(MalformedReason.BAD_LENGTH, 24, unchecked(REQUEST, 35));
    malformed(MalformedReason.BAD_VALUE, 24, unchecked(with(REQUEST, 24, "00000100"), 36));
    malformed(MalformedReason.TRUNCATED, 27, unchecked(UPDATE, 27));
    malformed(MalformedReason.BAD_LENGTH, 24, unchecked(with(UPDATE, 24, "ffffffff"), 76));
    malformed(MalformedReason.TRUNCATED, 75, unchecked(UPDATE, 75));
    malformed(MalformedReason.BAD_LENGTH, 46, unchecked(with(UPDATE, 46, "0013"), 76));
    malformed(MalformedReason.TRAILING_BYTES, 28, unchecked(with(UPDATE, 24, "00000000"), 76));
    malformed(MalformedReason.BAD_LENGTH, 24, unchecked(ACKNOWLEDGMENT, 43));
  }

  @Test
  void oneBadLsaDoesNotTakeTheOthersWithIt() throws Exception {
    Lsa good = ((LinkStateUpdatePacket) decode(UPDATE)).lsas().get(0);
    String lsa = UPDATE.substring(56);
    String twoLsas = with(UPDATE.substring(0, 56), 24, "00000002") + with(lsa, 22, "0009") + lsa;
    LinkStateUpdatePacket update =
        (LinkStateUpdatePacket) decode(unchecked(twoLsas, twoLsas.length() / 2));
    assertEquals(List.of(false, true), update.lsas().stream().map(Lsa::isIntact).toList());
    assertEquals(good, update.lsas().get(1));
  }

  @Test
  void aPacketThatIsTooLongIsACallersMistake() {
    List<Ipv4Address> neighbors = Collections.nCopies(16384, ONE);
    HelloPacket hello =
        new HelloPacket(
            new OspfHeader(TWO, BACKBONE), ONE, 10, E, 1, 40, BACKBONE, BACKBONE, neighbors);
    assertThrows(IllegalStateException.class, () -> hello.encode(Unpooled.buffer()));
  }

  @Test
  void keysHideAndForgetTheirSecret() {
    ByteString secret = ByteString.of("secret".getBytes(StandardCharsets.US_ASCII));
    CryptographicKey key = new CryptographicKey(1, CryptographicKey.Algorithm.MD5, secret);
    assertFalse(key.toString().contains("secret") || key.toString().contains(secret.toString()));
    ByteBuf packet = Unpooled.wrappedBuffer(HexFormat.of().parseHex(HELLO_MD5));
    assertTrue(key.verify(packet, 0));
    key.close();
    assertFalse(key.verify(packet, 0));
  }

  @Test
  void aDigestOfAnotherKeyIdOrLengthDoesNotVerify() {
    ByteString secret = ByteString.of("secret".getBytes(StandardCharsets.US_ASCII));
    ByteBuf packet = Unpooled.wrappedBuffer(HexFormat.of().parseHex(HELLO_MD5));
    assertFalse(new CryptographicKey(2, CryptographicKey.Algorithm.MD5, secret).verify(packet, 0));
    assertFalse(
        new CryptographicKey(1, CryptographicKey.Algorithm.HMAC_SHA_1, secret).verify(packet, 0));
    ByteBuf plain = Unpooled.wrappedBuffer(HexFormat.of().parseHex(HELLO));
    assertFalse(new CryptographicKey(0, CryptographicKey.Algorithm.MD5, secret).verify(plain, 0));
  }

  private static HelloPacket helloOf(OspfHeader header, Options options, LinkLocalSignaling lls) {
    return new HelloPacket(
        header,
        Ipv4Address.parse("255.255.255.0"),
        10,
        options,
        1,
        40,
        Ipv4Address.UNSPECIFIED,
        Ipv4Address.UNSPECIFIED,
        List.of(ONE),
        lls);
  }

  private static void golden(String hex, OspfPacket packet) throws MalformedPacketException {
    assertEquals(hex, encode(packet));
    assertEquals(packet, decode(hex));
    assertEquals(hex.length() / 2, packet.encodedLength());
    for (int length = 0; length < hex.length(); length += 2) {
      String truncated = hex.substring(0, length);
      assertThrows(MalformedPacketException.class, () -> decode(truncated));
    }
  }

  private static String encode(OspfPacket packet) {
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    return ByteString.read(out, out.readableBytes()).toString();
  }

  private static OspfPacket decode(String hex) throws MalformedPacketException {
    return OspfPacket.decode(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
  }

  private static void malformed(MalformedReason reason, int offset, String hex) {
    MalformedPacketException e = assertThrows(MalformedPacketException.class, () -> decode(hex));
    assertEquals(reason + " " + offset, e.reason() + " " + e.offset(), e.getMessage());
  }

  private static String with(String hex, int offset, String bytes) {
    return hex.substring(0, offset * 2) + bytes + hex.substring(offset * 2 + bytes.length());
  }

  /** Cuts a packet to a length that its header then says, under an AuType without a checksum. */
  private static String unchecked(String hex, int length) {
    String header = with(hex.substring(0, 48), 2, String.format("%04x", length));
    return with(header, 12, "000000020000000000000000") + hex.substring(48, length * 2);
  }
}
