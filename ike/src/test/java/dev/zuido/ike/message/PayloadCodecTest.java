package dev.zuido.ike.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies written out by hand from the diagrams of the RFCs, in both directions. */
final class PayloadCodecTest {
  static Stream<Arguments> payloads() {
    return Stream.of(
        // RFC 2408 section 3.4 to 3.6, the offer of the reference configuration: 3DES, MD5, PSK,
        // group 2, a day.
        Arguments.of(
            "00000001 00000001"
                + "0000002c 01010001 00000024 01010000"
                + "80010005 80020001 80030001 80040002 800b0001 000c0004 00015180",
            SecurityAssociation.of(
                List.of(
                    new Proposal(
                        1,
                        ProtocolId.ISAKMP,
                        ByteString.EMPTY,
                        List.of(
                            new Transform(
                                1,
                                TransformId.KEY_IKE,
                                List.of(
                                    DataAttribute.of(
                                        PhaseOneAttribute.ENCRYPTION_ALGORITHM,
                                        PhaseOneAttribute.Encryption.TRIPLE_DES_CBC),
                                    DataAttribute.of(
                                        PhaseOneAttribute.HASH_ALGORITHM,
                                        PhaseOneAttribute.HashAlgorithm.MD5),
                                    DataAttribute.of(
                                        PhaseOneAttribute.AUTHENTICATION_METHOD,
                                        PhaseOneAttribute.Authentication.PRE_SHARED_KEY),
                                    DataAttribute.of(PhaseOneAttribute.GROUP_DESCRIPTION, 2),
                                    DataAttribute.of(
                                        PhaseOneAttribute.LIFE_TYPE,
                                        PhaseOneAttribute.LifeType.SECONDS),
                                    DataAttribute.of(
                                        PhaseOneAttribute.LIFE_DURATION, 86_400)))))))),
        // RFC 2408 section 4.2: ESP with two transforms and AH, together.
        Arguments.of(
            "00000001 00000001"
                + "0200001c 01030402 aabbccdd 03000008 01030000 00000008 020b0000"
                + "00000014 01020401 11223344 00000008 01020000",
            SecurityAssociation.of(
                List.of(
                    new Proposal(
                        1,
                        ProtocolId.ESP,
                        ByteString.ofHex("aabbccdd"),
                        List.of(
                            new Transform(1, TransformId.Esp.TRIPLE_DES, List.of()),
                            new Transform(2, TransformId.Esp.NULL, List.of()))),
                    new Proposal(
                        1,
                        ProtocolId.AH,
                        ByteString.ofHex("11223344"),
                        List.of(new Transform(1, TransformId.Ah.MD5, List.of())))))),
        Arguments.of("01020304", new KeyExchange(ByteString.ofHex("01020304"))),
        // RFC 2407 section 4.6.2: a host and GRE.
        Arguments.of("012f0000 64010101", Identification.of(Ipv4Address.of(100, 1, 1, 1), 47, 0)),
        Arguments.of(
            "04000000 0a010100 ffffff00",
            Identification.of(
                new Identity.Ipv4Subnet(
                    Ipv4Address.of(10, 1, 1, 0), Ipv4Address.of(255, 255, 255, 0)),
                0,
                0)),
        Arguments.of("021101f4 666f6f", Identification.of(new Identity.Fqdn("foo"), 17, 500)),
        Arguments.of("04 3082", new Certificate(4, ByteString.ofHex("3082"))),
        Arguments.of("04", new CertificateRequest(4, ByteString.EMPTY)),
        Arguments.of("aabb", new Hash(ByteString.ofHex("aabb"))),
        Arguments.of("aabb", new Signature(ByteString.ofHex("aabb"))),
        Arguments.of("0011223344556677", new Nonce(ByteString.ofHex("0011223344556677"))),
        // RFC 3706 section 5.3.
        Arguments.of(
            "00000001 01108d28 00000000000000010000000000000002 0000002a",
            new Notification(
                1,
                ProtocolId.ISAKMP,
                NotifyType.R_U_THERE,
                ByteString.ofHex("00000000000000010000000000000002"),
                ByteString.ofHex("0000002a"))),
        Arguments.of(
            "00000001 03040002 c0000001 c0000002",
            new Delete(
                1,
                ProtocolId.ESP,
                4,
                List.of(ByteString.ofHex("c0000001"), ByteString.ofHex("c0000002")))),
        Arguments.of(
            "afcad71368a1f1c96b8696fc77570100", VendorId.of(KnownVendor.DEAD_PEER_DETECTION)),
        Arguments.of("0102", NatDetection.of(new byte[] {1, 2})),
        Arguments.of("0102", new NatDetection(130, ByteString.ofHex("0102"))),
        Arguments.of("01000000 64010101", NatOriginalAddress.of(Ipv4Address.of(100, 1, 1, 1))),
        Arguments.of(
            "05000000 20010db8000000000000000000000001",
            new NatOriginalAddress(131, Ipv6Address.parse("2001:db8::1"))),
        Arguments.of("00", new UnknownPayload(15, ByteString.ofHex("00"))));
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void bothDirections(String hex, Payload payload) throws Exception {
    ByteString bytes = ByteString.ofHex(hex.replace(" ", ""));
    assertEquals(bytes, payload.body());
    assertEquals(
        payload,
        Payload.decodeBody(payload.payloadType(), Unpooled.wrappedBuffer(bytes.toArray())));
  }
}
