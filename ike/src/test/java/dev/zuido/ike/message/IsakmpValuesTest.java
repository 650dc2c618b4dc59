package dev.zuido.ike.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IsakmpValuesTest {
  @Test
  void cookies() {
    Cookie cookie = Cookie.parse("80fedcba98765432");
    assertEquals("80fedcba98765432", cookie.toString());
    assertEquals(cookie, Cookie.parse(HexFormat.of().formatHex(cookie.toBytes())));
    assertTrue(Cookie.ZERO.isZero());
    assertThrows(IllegalArgumentException.class, () -> Cookie.parse("80"));
  }

  @Test
  void attributeNumbers() {
    assertEquals(new DataAttribute.Basic(1, 0xffff), DataAttribute.of(1, 0xffff));
    assertEquals(
        new DataAttribute.Variable(12, ByteString.ofHex("00010000")),
        DataAttribute.of(12, 0x1_0000));
    assertEquals(OptionalLong.of(0x1_0000), DataAttribute.of(12, 0x1_0000).number());
    assertEquals(OptionalLong.of(0xffff_ffffL), DataAttribute.of(12, 0xffff_ffffL).number());
    assertEquals(
        OptionalLong.of(5),
        new DataAttribute.Variable(1, ByteString.ofHex("00000000000000000005")).number());
    assertEquals(
        OptionalLong.of(Long.MAX_VALUE),
        new DataAttribute.Variable(1, ByteString.ofHex("7fffffffffffffff")).number());
    assertEquals(
        OptionalLong.empty(),
        new DataAttribute.Variable(1, ByteString.ofHex("8000000000000000")).number());
    assertEquals(OptionalLong.empty(), new DataAttribute.Variable(1, ByteString.EMPTY).number());
    assertThrows(IllegalArgumentException.class, () -> DataAttribute.of(1, -1));
    assertThrows(IllegalArgumentException.class, () -> DataAttribute.of(0x8000, 1));
    assertThrows(IllegalArgumentException.class, () -> DataAttribute.of(-1, 1));
  }

  @Test
  void firstAttributeOfAClass() {
    Transform transform =
        new Transform(1, 1, List.of(DataAttribute.of(11, 1), DataAttribute.of(11, 2)));
    assertEquals(OptionalLong.of(1), transform.number(11));
    assertEquals(OptionalLong.empty(), transform.number(12));
  }

  /** RFC 2408 section 4.2: the same number is AND, another one is OR. */
  @Test
  void alternatives() {
    Proposal esp = new Proposal(1, ProtocolId.ESP, ByteString.EMPTY, List.of());
    Proposal ah = new Proposal(1, ProtocolId.AH, ByteString.EMPTY, List.of());
    Proposal other = new Proposal(2, ProtocolId.ESP, ByteString.EMPTY, List.of());
    assertEquals(
        List.of(List.of(esp, ah), List.of(other)),
        SecurityAssociation.of(List.of(esp, other, ah)).alternatives());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 640101",
    "4, 640101010000",
    "7, 64010101",
    "5, 64010101",
    "6, 00",
    "8, 00",
    "2, ''",
    "2, 666f6f00",
    "3, 0a",
    "0, 00",
    "12, 00"
  })
  void identitiesOfTheWrongFormAreOpaque(int type, String hex) {
    ByteString data = ByteString.ofHex(hex);
    assertEquals(new Identity.Opaque(type, data), new Identification(type, 0, 0, data).identity());
  }

  @Test
  void namesAreOfVisibleAscii() {
    assertThrows(IllegalArgumentException.class, () -> new Identity.Fqdn(""));
    assertThrows(IllegalArgumentException.class, () -> new Identity.Fqdn("a b"));
    assertThrows(IllegalArgumentException.class, () -> new Identity.UserFqdn("a@é"));
  }

  @Test
  void vendorsByName() throws Exception {
    assertVendor(KnownVendor.NAT_TRAVERSAL, "RFC 3947");
    assertVendor(KnownVendor.NAT_TRAVERSAL_DRAFT_03, "draft-ietf-ipsec-nat-t-ike-03");
    assertVendor(KnownVendor.NAT_TRAVERSAL_DRAFT_02, "draft-ietf-ipsec-nat-t-ike-02");
    assertVendor(KnownVendor.NAT_TRAVERSAL_DRAFT_02_NEWLINE, "draft-ietf-ipsec-nat-t-ike-02\n");
    assertVendor(KnownVendor.FRAGMENTATION, "FRAGMENTATION");
    assertVendor(KnownVendor.STRONGSWAN, "strongSwan");
    assertEquals(
        Optional.of(KnownVendor.FRAGMENTATION),
        new VendorId(ByteString.ofHex("4048b7d56ebce88525e7de7f00d6c2d380000000")).vendor());
    assertEquals(
        Optional.of(KnownVendor.CISCO_UNITY),
        new VendorId(ByteString.ofHex("12f5f28c457168a9702d9fe274cc0100")).vendor());
    assertEquals(Optional.empty(), new VendorId(ByteString.ofHex("afcad713")).vendor());
    assertEquals(Optional.empty(), new VendorId(ByteString.EMPTY).vendor());
  }

  private static void assertVendor(KnownVendor vendor, String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.US_ASCII));
    assertEquals(Optional.of(vendor), KnownVendor.of(ByteString.of(digest)));
  }

  @Test
  void namesOfNumbers() {
    assertEquals("Quick Mode", ExchangeType.nameOf(32));
    assertEquals("99", ExchangeType.nameOf(99));
    assertEquals("R-U-THERE-ACK", NotifyType.nameOf(36_137));
    assertEquals("INITIAL-CONTACT", NotifyType.nameOf(24_578));
    assertTrue(NotifyType.isError(NotifyType.NO_PROPOSAL_CHOSEN));
    assertFalse(NotifyType.isError(NotifyType.CONNECTED));
    assertEquals("ESP_3DES", TransformId.nameOf(ProtocolId.ESP, 3));
    assertEquals("AH_SHA", TransformId.nameOf(ProtocolId.AH, 3));
    assertEquals("KEY_IKE", TransformId.nameOf(ProtocolId.ISAKMP, 1));
    assertEquals("NAT-D", PayloadType.nameOf(130));
    assertEquals("3DES-CBC", PhaseOneAttribute.Encryption.nameOf(5));
    assertEquals("UDP-Encapsulated-Transport", IpsecAttribute.EncapsulationMode.nameOf(4));
    assertEquals("ID_IPV4_ADDR_SUBNET", IdType.nameOf(4));
  }

  @Test
  void headerAndChainFitEachOther() {
    PayloadChain chain = PayloadChain.of(new Hash(ByteString.ofHex("00")));
    IsakmpMessage message =
        IsakmpMessage.of(new Cookie(1), new Cookie(2), 5, IsakmpHeader.FLAG_COMMIT, 7, chain);
    IsakmpHeader header = message.header();
    assertTrue(header.isCommit() && !header.isEncrypted() && !header.isAuthenticationOnly());
    assertEquals(33, header.length());
    IsakmpHeader longer = header.withLength(34);
    assertThrows(IllegalArgumentException.class, () -> new IsakmpMessage(longer, chain));
    PayloadChain other = PayloadChain.of(new Nonce(ByteString.ofHex("00")));
    assertThrows(IllegalArgumentException.class, () -> new IsakmpMessage(header, other));
  }

  @Test
  void paddingFillsTheBlock() {
    PayloadChain chain = PayloadChain.of(new Hash(ByteString.of(new byte[5])));
    assertEquals(7, chain.padded(16).padding().length());
    assertEquals(16, chain.padded(16).encodedLength());
    assertEquals(chain.padded(8), chain.padded(16).padded(8));
    PayloadChain full = PayloadChain.of(new Hash(ByteString.of(new byte[12])));
    assertEquals(full, full.padded(16));
  }

  @Test
  void whatCannotBeEncodedCannotBeBuilt() {
    ByteString large = ByteString.of(new byte[0xffff]);
    assertThrows(IllegalArgumentException.class, () -> new Hash(large));
    assertThrows(IllegalArgumentException.class, () -> new UnknownPayload(2, ByteString.EMPTY));
    assertThrows(IllegalArgumentException.class, () -> new UnknownPayload(256, ByteString.EMPTY));
    assertThrows(IllegalArgumentException.class, () -> new NatDetection(19, ByteString.EMPTY));
    assertThrows(
        IllegalArgumentException.class, () -> new NatOriginalAddress(20, Ipv4Address.UNSPECIFIED));
    assertThrows(
        IllegalArgumentException.class, () -> new Delete(1, 3, 4, List.of(ByteString.ofHex("00"))));
    assertThrows(
        IllegalArgumentException.class, () -> new Delete(1, 3, 0, List.of(ByteString.EMPTY)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Notification(1, 1, 0x1_0000, ByteString.EMPTY, ByteString.EMPTY));
    assertThrows(
        IllegalArgumentException.class, () -> new Identification(1, 0, 0x1_0000, ByteString.EMPTY));
    assertThrows(
        IllegalArgumentException.class,
        () -> new IsakmpHeader(Cookie.ZERO, Cookie.ZERO, 0, 0, 0x08, 0, 28));
    assertThrows(
        IllegalArgumentException.class,
        () -> new IsakmpHeader(Cookie.ZERO, Cookie.ZERO, 0, 0, 0, 0, 27));
    Transform transform = new Transform(1, 1, List.of());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Proposal(1, 1, ByteString.EMPTY, Collections.nCopies(256, transform)));
    assertThrows(
        IllegalArgumentException.class,
        () -> PayloadChain.of(Collections.nCopies(65, new VendorId(ByteString.EMPTY))));
  }
}
