package dev.zuido.ike.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as a person reads them. */
class MessageTextTest {
  private static final Cookie INITIATOR = Cookie.parse("0102030405060708");

  private static ByteString hex(String digits) {
    return ByteString.ofHex(digits);
  }

  private static String line(Payload payload) {
    List<String> lines = MessageText.of(payload);
    assertEquals(1, lines.size(), lines::toString);
    return lines.get(0);
  }

  @Test
  void aFirstMessage() {
    Transform transform =
        new Transform(
            1,
            TransformId.KEY_IKE,
            List.of(
                DataAttribute.of(PhaseOneAttribute.ENCRYPTION_ALGORITHM, 7),
                DataAttribute.of(PhaseOneAttribute.KEY_LENGTH, 256),
                DataAttribute.of(PhaseOneAttribute.HASH_ALGORITHM, 4),
                DataAttribute.of(PhaseOneAttribute.GROUP_DESCRIPTION, 14),
                DataAttribute.of(PhaseOneAttribute.AUTHENTICATION_METHOD, 1),
                DataAttribute.of(PhaseOneAttribute.LIFE_TYPE, 1),
                DataAttribute.of(PhaseOneAttribute.LIFE_DURATION, 86_400)));
    Transform strange =
        new Transform(
            2,
            9,
            List.of(
                DataAttribute.of(PhaseOneAttribute.ENCRYPTION_ALGORITHM, 65_000),
                DataAttribute.of(99, 5),
                new DataAttribute.Variable(100, ByteString.EMPTY),
                new DataAttribute.Variable(
                    PhaseOneAttribute.GROUP_PRIME, hex("ffffffffffffffffc90f"))));
    IsakmpMessage message =
        IsakmpMessage.of(
            INITIATOR,
            Cookie.ZERO,
            ExchangeType.IDENTITY_PROTECTION,
            0,
            0,
            new PayloadChain(
                List.of(
                    SecurityAssociation.of(
                        List.of(
                            new Proposal(
                                1,
                                ProtocolId.ISAKMP,
                                ByteString.EMPTY,
                                List.of(transform, strange)))),
                    VendorId.of(KnownVendor.DEAD_PEER_DETECTION),
                    new VendorId(KnownVendor.FRAGMENTATION.id()),
                    new VendorId(hex("4048b7d56ebce88525e7de7f00d6c2d380000000")),
                    new VendorId(hex("0badcafe"))),
                hex("0000")));
    assertEquals(
        List.of(
            "ISAKMP 0102030405060708/0000000000000000, Identity Protection, message ID 0x00000000, "
                + message.header().length()
                + " bytes",
            "  SA: DOI IPSEC, situation SIT_IDENTITY_ONLY, 1 proposal",
            "    proposal 1: PROTO_ISAKMP, no SPI, 2 transforms",
            "      transform 1: KEY_IKE, Encryption Algorithm AES-CBC, Key Length 256,"
                + " Hash Algorithm SHA2-256, Group Description 14 (MODP 2048),"
                + " Authentication Method pre-shared key, Life Type seconds, Life Duration 86400",
            "      transform 2: number 9, Encryption Algorithm 65000, attribute 99 5,"
                + " attribute 100 without a value,"
                + " Group Prime/Irreducible Polynomial 0xffffffffffffffffc90f",
            "  VID: Dead Peer Detection",
            "  VID: FRAGMENTATION",
            "  VID: FRAGMENTATION 80000000",
            "  VID: unknown 0badcafe",
            "  padding: 2 bytes"),
        MessageText.of(message));
  }

  @Test
  void anOfferOfPhaseTwo() {
    List<DataAttribute> attributes =
        List.of(
            DataAttribute.of(IpsecAttribute.ENCAPSULATION_MODE, 61_443),
            DataAttribute.of(IpsecAttribute.AUTHENTICATION_ALGORITHM, 5),
            DataAttribute.of(IpsecAttribute.KEY_LENGTH, 128),
            DataAttribute.of(IpsecAttribute.GROUP_DESCRIPTION, 31),
            DataAttribute.of(IpsecAttribute.SA_LIFE_TYPE, 2),
            DataAttribute.of(IpsecAttribute.SA_LIFE_DURATION, 4_608_000));
    assertEquals(
        List.of(
            "SA: DOI IPSEC, situation SIT_IDENTITY_ONLY, 3 proposals",
            "  proposal 1: PROTO_IPSEC_AH, SPI 0x00000101, 1 transform",
            "    transform 1: AH_SHA2-256",
            "  proposal 1: PROTO_IPSEC_ESP, SPI 0x00000102, 1 transform",
            "    transform 1: ESP_AES-CBC, Encapsulation Mode UDP-Encapsulated-Tunnel-draft,"
                + " Authentication Algorithm HMAC-SHA2-256, Key Length 128,"
                + " Group Description 31 (Curve25519), SA Life Type kilobytes,"
                + " SA Life Duration 4608000",
            "  proposal 2: protocol 77, SPI 0x0203, 0 transforms"),
        MessageText.of(
            SecurityAssociation.of(
                List.of(
                    new Proposal(
                        1, ProtocolId.AH, hex("00000101"), List.of(new Transform(1, 5, List.of()))),
                    new Proposal(
                        1,
                        ProtocolId.ESP,
                        hex("00000102"),
                        List.of(new Transform(1, TransformId.Esp.AES_CBC, attributes))),
                    new Proposal(2, 77, hex("0203"), List.of())))));
  }

  /** What is a key, makes one or proves that somebody has one is there by its length alone. */
  @Test
  void secretsAreShownByTheirLengths() {
    ByteString value = hex("c0ffee".repeat(8));
    for (Payload payload :
        List.of(
            new KeyExchange(value),
            new Nonce(value),
            new Hash(value),
            new Signature(value),
            new UnknownPayload(PayloadType.ATTRIBUTES, value),
            new UnknownPayload(200, value))) {
      assertTrue(line(payload).endsWith(": 24 bytes"), line(payload));
      assertFalse(line(payload).contains("c0ff"));
    }
    assertEquals("payload 200: 24 bytes", line(new UnknownPayload(200, value)));
  }

  @Test
  void identities() {
    assertEquals(
        "ID: ID_IPV4_ADDR 10.1.1.1, protocol gre, port any",
        line(Identification.of(Ipv4Address.parse("10.1.1.1"), 47, 0)));
    assertEquals(
        "ID: ID_IPV4_ADDR_SUBNET 10.1.0.0 mask 255.255.0.0",
        line(new Identification(IdType.IPV4_ADDR_SUBNET, 0, 0, hex("0a010000ffff0000"))));
    assertEquals(
        "ID: ID_IPV6_ADDR_RANGE 2001:db8::1 to 2001:db8::9, protocol udp, port 1701",
        line(
            Identification.of(
                new Identity.Ipv6Range(
                    Ipv6Address.parse("2001:db8::1"), Ipv6Address.parse("2001:db8::9")),
                17,
                1701)));
    assertEquals(
        "ID: ID_USER_FQDN \"piper@foo.bar.com\"",
        line(Identification.of(new Identity.UserFqdn("piper@foo.bar.com"), 0, 0)));
    assertEquals(
        "ID: ID_KEY_ID \"a\\\"b\\x0a\\xff\"",
        line(new Identification(IdType.KEY_ID, 0, 0, hex("6122620aff"))));
    assertEquals(
        "ID: ID_DER_ASN1_DN CN=site b,O=Zuido",
        line(
            new Identification(
                IdType.DER_ASN1_DN,
                0,
                0,
                ByteString.of(new X500Principal("CN=site b, O=Zuido").getEncoded()))));
    assertEquals(
        "ID: ID_DER_ASN1_DN no distinguished name: 3005",
        line(new Identification(IdType.DER_ASN1_DN, 0, 0, hex("3005"))));
    assertEquals(
        "ID: ID type 99 0102, protocol any, port 7",
        line(new Identification(99, 0, 7, hex("0102"))));
    assertEquals(
        "ID: ID_IPV4_ADDR 0102", line(new Identification(IdType.IPV4_ADDR, 0, 0, hex("0102"))));
  }

  private static String notify(int protocol, int type, String spi, String data) {
    return line(
        new Notification(SecurityAssociation.DOI_IPSEC, protocol, type, hex(spi), hex(data)));
  }

  @Test
  void notifications() {
    String cookies = "01020304050607081112131415161718";
    assertEquals(
        "N: R-U-THERE, PROTO_ISAKMP, cookies 0102030405060708/1112131415161718,"
            + " sequence 4294967295",
        notify(ProtocolId.ISAKMP, NotifyType.R_U_THERE, cookies, "ffffffff"));
    assertEquals(
        "N: R-U-THERE-ACK, PROTO_ISAKMP, no sequence number, but data ff",
        notify(ProtocolId.ISAKMP, NotifyType.R_U_THERE_ACK, "", "ff"));
    assertEquals(
        "N: INITIAL-CONTACT, PROTO_ISAKMP, cookies 0102030405060708/1112131415161718",
        notify(ProtocolId.ISAKMP, NotifyType.INITIAL_CONTACT, cookies, ""));
    assertEquals(
        "N: RESPONDER-LIFETIME, PROTO_IPSEC_ESP, SPI 0x0a0b0c0d, SA Life Type seconds,"
            + " SA Life Duration 28800",
        notify(ProtocolId.ESP, NotifyType.RESPONDER_LIFETIME, "0a0b0c0d", "8001000180027080"));
    assertEquals(
        "N: RESPONDER-LIFETIME, PROTO_ISAKMP, Life Type kilobytes, Life Duration 1000000",
        notify(ProtocolId.ISAKMP, NotifyType.RESPONDER_LIFETIME, "", "800b0002000c0004000f4240"));
    assertEquals(
        "N: RESPONDER-LIFETIME, PROTO_IPSEC_ESP, data that are no attributes: 800100",
        notify(ProtocolId.ESP, NotifyType.RESPONDER_LIFETIME, "", "800100"));
    assertEquals(
        "N: INVALID-SPI, PROTO_IPSEC_ESP, the unknown SPI is 0x0a0b0c0d",
        notify(ProtocolId.ESP, NotifyType.INVALID_SPI, "", "0a0b0c0d"));
    assertEquals(
        "N: REPLAY-STATUS, PROTO_IPSEC_ESP, replay detection enabled",
        notify(ProtocolId.ESP, NotifyType.REPLAY_STATUS, "", "00000001"));
    assertEquals("N: notify type 4711, protocol 9, data 0102", notify(9, 4711, "", "0102"));
    assertEquals(
        "N: CONNECTED, PROTO_ISAKMP, DOI ISAKMP",
        line(
            new Notification(
                0, ProtocolId.ISAKMP, NotifyType.CONNECTED, ByteString.EMPTY, ByteString.EMPTY)));
  }

  @Test
  void deletes() {
    assertEquals(
        "D: PROTO_IPSEC_ESP, SPI 0x0a0b0c0d, SPI 0x00000101",
        line(new Delete(1, ProtocolId.ESP, 4, List.of(hex("0a0b0c0d"), hex("00000101")))));
    assertEquals(
        "D: PROTO_ISAKMP, cookies 0102030405060708/1112131415161718",
        line(
            new Delete(
                1, ProtocolId.ISAKMP, 16, List.of(hex("01020304050607081112131415161718")))));
    String many =
        line(new Delete(1, ProtocolId.AH, 4, Collections.nCopies(1_000, hex("00000101"))));
    assertTrue(many.endsWith(", SPI 0x00000101, and 984 more"), many);
  }

  @Test
  void addressesFragmentsAndRequests() {
    assertEquals("NAT-OA: 10.1.1.1", line(NatOriginalAddress.of(Ipv4Address.parse("10.1.1.1"))));
    assertEquals("NAT-D: 010203", line(NatDetection.of(new byte[] {1, 2, 3})));
    assertEquals(
        "FRAGMENT: number 2 of message 7, the last, 3 bytes",
        line(new Fragment(7, 2, Fragment.FLAG_LAST, hex("aabbcc"))));
    assertEquals(
        "FRAGMENT: number 1 of message 7, flags 0x80, 1 byte",
        line(new Fragment(7, 1, 0x80, hex("aa"))));
    assertEquals(
        "CR: X.509 Certificate - Signature of any authority",
        line(new CertificateRequest(CertificateEncoding.X509_SIGNATURE, ByteString.EMPTY)));
    assertEquals(
        "CR: X.509 Certificate - Signature of CN=root",
        line(
            new CertificateRequest(
                CertificateEncoding.X509_SIGNATURE,
                ByteString.of(new X500Principal("CN=root").getEncoded()))));
    assertEquals(
        "CERT: X.509 Certificate - Signature, 2 bytes, which cannot be read",
        line(new Certificate(CertificateEncoding.X509_SIGNATURE, hex("3005"))));
    assertEquals("CERT: PGP Certificate, 2 bytes", line(new Certificate(2, hex("3005"))));
  }

  @Test
  void anX509CertificateHasSubjectAndIssuer() {
    // A self-signed one of an Ed25519 key, made for this test.
    ByteString der = hex(SELF_SIGNED);
    assertEquals(
        "CERT: X.509 Certificate - Signature, "
            + der.length()
            + " bytes, subject CN=a\\u000ab,O=Zuido, issuer CN=a\\u000ab,O=Zuido",
        line(new Certificate(CertificateEncoding.X509_SIGNATURE, der)));
  }

  private static final String SELF_SIGNED =
      "308201133081c6a0030201020209009063534b4f4acc36300506032b6570301e310e300c060355040a13"
          + "055a7569646f310c300a06035504030c03610a62301e170d3236313132383231313435315a170d333631"
          + "3132353231313435315a301e310e300c060355040a13055a7569646f310c300a06035504030c03610a62"
          + "302a300506032b6570032100483773ec415862aec3a33b763eb205edbc05c0515fd43d9caf5d22456dd3"
          + "9b14a321301f301d0603551d0e04160414e988213387a735c09ad02268bcb59c34229e58bf300506032b"
          + "6570034100003b1d85c4956ba2ad013c47f43b87db85f9442341a9f26d8e334793ad844c4b8795a5438b"
          + "8f38661d8334fb1fb74d9a9d88f12fb20b17b9e7cde1a190905607";

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "1, SIT_IDENTITY_ONLY",
    "7, SIT_IDENTITY_ONLY SIT_SECRECY SIT_INTEGRITY",
    "-2147483647, SIT_IDENTITY_ONLY 0x80000000",
    "-8, 0xfffffff8"
  })
  void situations(int situation, String text) {
    assertEquals(text, MessageText.situation(situation));
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "5, encrypted authentication only",
    "-1, encrypted commit authentication only 0xfffffff8"
  })
  void flags(int flags, String text) {
    assertEquals(text, MessageText.flags(flags));
  }

  @Test
  void whatIsLongIsCut() {
    String name = "n".repeat(60_000);
    String line =
        line(
            new Identification(
                IdType.FQDN, 0, 0, ByteString.of(name.getBytes(StandardCharsets.US_ASCII))));
    assertEquals("ID: ID_FQDN \"" + "n".repeat(256) + "\"... (60000 bytes)", line);
    Transform transform = new Transform(1, 1, List.of());
    List<Proposal> proposals =
        Collections.nCopies(
            5, new Proposal(1, 3, ByteString.EMPTY, Collections.nCopies(200, transform)));
    List<String> lines = MessageText.of(SecurityAssociation.of(proposals));
    assertEquals(1 + 5 + 64 + 1, lines.size());
    assertEquals("    and 936 more transforms", lines.get(lines.size() - 1));
  }
}
