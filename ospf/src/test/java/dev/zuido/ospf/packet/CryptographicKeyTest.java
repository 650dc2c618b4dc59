package dev.zuido.ospf.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.packet.CryptographicKey.Algorithm;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** RFC 5709 and RFC 7474 against a second computation. */
final class CryptographicKeyTest {
  private static final Ipv4Address SOURCE = Ipv4Address.of(192, 0, 2, 33);

  private static int blockSize(Algorithm algorithm) {
    return algorithm.digestLength() > 32 ? 128 : 64;
  }

  private static String hash(Algorithm algorithm) {
    return algorithm.name().replace("HMAC_", "").replace('_', '-');
  }

  private static byte[] secret(int length) {
    byte[] secret = new byte[length];
    for (int i = 0; i < length; i++) {
      secret[i] = (byte) (17 * i + 1);
    }
    return secret;
  }

  private static byte[] signed(CryptographicKey key, long sequence) {
    OspfHeader header =
        new OspfHeader(
            Ipv4Address.of(1, 1, 1, 1), Ipv4Address.UNSPECIFIED, key.authentication(sequence));
    ByteBuf out = Unpooled.buffer();
    new LinkStateAcknowledgmentPacket(header, List.of()).encode(out);
    key.sign(out, 0, SOURCE);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  @TestFactory
  Stream<DynamicTest> everyAlgorithmAndKeyLength() {
    return Stream.of(Algorithm.values())
        .filter(algorithm -> algorithm != Algorithm.MD5)
        .flatMap(
            algorithm ->
                Stream.of(
                        1,
                        algorithm.digestLength() - 2,
                        algorithm.digestLength() - 1,
                        algorithm.digestLength(),
                        algorithm.digestLength() + 1,
                        200)
                    .map(
                        length ->
                            DynamicTest.dynamicTest(
                                algorithm + " with a key of " + length,
                                () -> {
                                  check(algorithm, secret(length));
                                  checkExtended(algorithm, secret(length));
                                })));
  }

  private static void check(Algorithm algorithm, byte[] secret) throws Exception {
    CryptographicKey key = new CryptographicKey(5, algorithm, ByteString.of(secret));
    byte[] bytes = signed(key, 77);
    int l = algorithm.digestLength();
    assertEquals(24 + l, bytes.length);
    byte[] expected =
        SecondDigest.hmac(
            hash(algorithm),
            blockSize(algorithm),
            secret,
            Arrays.copyOf(bytes, 24),
            SecondDigest.apad(l));
    assertArrayEquals(expected, Arrays.copyOfRange(bytes, 24, bytes.length));
    OspfPacket packet = OspfPacket.decode(Unpooled.wrappedBuffer(bytes));
    assertEquals(2, packet.header().authentication().type());
    assertTrue(key.verify(Unpooled.wrappedBuffer(bytes), 0));
    assertTrue(key.verify(Unpooled.wrappedBuffer(bytes), 0, Ipv4Address.of(10, 9, 8, 7)));
  }

  private static void checkExtended(Algorithm algorithm, byte[] secret) throws Exception {
    CryptographicKey key =
        CryptographicKey.extended(0xfedc_ba98L, algorithm, ByteString.of(secret));
    long sequence = 0x0000_0007_8000_0001L;
    byte[] bytes = signed(key, sequence);
    int l = algorithm.digestLength();
    assertEquals(24 + 8 + l, bytes.length);
    // Section 6: "the two-octet OSPFv2 Cryptographic Protocol ID is appended".
    byte[] specific = Arrays.copyOf(secret, secret.length + 2);
    specific[secret.length + 1] = 3;
    // Section 5: "the first 4 octets of Apad to the value of the IP source address".
    byte[] apad = SecondDigest.apad(l);
    apad[0] = (byte) 192;
    apad[1] = 0;
    apad[2] = 2;
    apad[3] = 33;
    byte[] expected =
        SecondDigest.hmac(
            hash(algorithm), blockSize(algorithm), specific, Arrays.copyOf(bytes, 32), apad);
    assertArrayEquals(expected, Arrays.copyOfRange(bytes, 32, bytes.length));
    // Section 3: AuType 3, checksum 0, Auth Data Len with the sequence number, the Key ID.
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    assertEquals(24, in.getUnsignedShort(2));
    assertEquals(0x0000_0003, in.getInt(12));
    assertEquals(8 + l, in.getInt(16));
    assertEquals(0xfedc_ba98, in.getInt(20));
    assertEquals(sequence, in.getLong(24));
    OspfPacket packet = OspfPacket.decode(Unpooled.wrappedBuffer(bytes));
    PacketAuthentication.ExtendedCryptographic read =
        (PacketAuthentication.ExtendedCryptographic) packet.header().authentication();
    assertEquals(0xfedc_ba98L, read.keyId());
    assertEquals(sequence, read.sequence());
    ByteBuf again = Unpooled.buffer();
    packet.encode(again);
    assertEquals(ByteString.of(bytes), ByteString.read(again, again.readableBytes()));
    assertTrue(key.verify(Unpooled.wrappedBuffer(bytes), 0, SOURCE));
    assertFalse(key.verify(Unpooled.wrappedBuffer(bytes), 0, Ipv4Address.of(192, 0, 2, 34)));
  }

  @Test
  void anExtendedTrailerHasRoomForTheSequenceNumber() {
    CryptographicKey key =
        CryptographicKey.extended(1, Algorithm.HMAC_SHA_1, ByteString.of(secret(4)));
    byte[] bytes = signed(key, 1);
    bytes[19] = 7;
    MalformedPacketException e =
        assertThrows(
            MalformedPacketException.class, () -> OspfPacket.decode(Unpooled.wrappedBuffer(bytes)));
    assertEquals(MalformedReason.BAD_LENGTH, e.reason());
    bytes[19] = 29;
    e =
        assertThrows(
            MalformedPacketException.class, () -> OspfPacket.decode(Unpooled.wrappedBuffer(bytes)));
    assertEquals(MalformedReason.TRUNCATED, e.reason());
  }

  @Test
  void keysOfOneTypeDoNotVerifyPacketsOfTheOther() {
    CryptographicKey plain =
        new CryptographicKey(1, Algorithm.HMAC_SHA_256, ByteString.of(secret(9)));
    CryptographicKey extended =
        CryptographicKey.extended(1, Algorithm.HMAC_SHA_256, ByteString.of(secret(9)));
    assertFalse(extended.verify(Unpooled.wrappedBuffer(signed(plain, 1)), 0, SOURCE));
    assertFalse(plain.verify(Unpooled.wrappedBuffer(signed(extended, 1)), 0, SOURCE));
    assertThrows(IllegalStateException.class, () -> extended.sign(Unpooled.buffer(), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> CryptographicKey.extended(1, Algorithm.MD5, ByteString.of(secret(9))));
  }

  @Test
  void theLinkLocalSignalingBlockIsSignedWithTheSameKey() {
    byte[] secret = secret(16);
    CryptographicKey key = new CryptographicKey(1, Algorithm.MD5, ByteString.of(secret));
    // EOF-TLV with RS, then the CA-TLV: RFC 5613 section 2.5, digest over all before AuthData.
    ByteString upToDigest = ByteString.ofHex("0001000400000002" + "00020014" + "0000002a");
    byte[] covered = ByteString.ofHex("00000009" + upToDigest.toString()).toArray();
    byte[] digest = SecondDigest.h("MD5", covered, secret);
    LinkLocalSignaling block =
        new LinkLocalSignaling(0, ByteString.ofHex(upToDigest.toString() + ByteString.of(digest)));
    assertEquals(36, block.encodedLength());
    assertTrue(key.verify(block, 42));
    assertFalse(key.verify(block, 41), "another sequence number");
    assertEquals(LinkLocalSignaling.RESTART_SIGNAL, block.extendedOptions());
    assertTrue(block.isWellFormed());
    for (int bit = 0; bit < 8 * block.tlvs().length(); bit++) {
      byte[] damaged = block.tlvs().toArray();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(key.verify(new LinkLocalSignaling(0, ByteString.of(damaged)), 42), "bit " + bit);
    }
    assertFalse(key.verify(LinkLocalSignaling.of(ByteString.ofHex("0001000400000001")), 42));
  }

  @Test
  void theTlvsOfABlock() {
    LinkLocalSignaling block =
        LinkLocalSignaling.of(
            List.of(
                new LinkLocalSignaling.Tlv(0x8001, ByteString.ofHex("0000000901")),
                new LinkLocalSignaling.Tlv(1, ByteString.ofHex("00000003"))));
    assertEquals("80010005000000090100000000010004" + "00000003", block.tlvs().toString());
    assertTrue(block.hasValidChecksum() && block.isWellFormed());
    assertEquals(3, block.extendedOptions());
    assertEquals(2, block.entries().size());
    assertEquals(ByteString.ofHex("0000000901"), block.entries().get(0).value());
    LinkLocalSignaling cut =
        LinkLocalSignaling.of(ByteString.ofHex("0001000400000003" + "00010005"));
    assertFalse(cut.isWellFormed());
    assertEquals(1, cut.entries().size());
    assertEquals(3, cut.extendedOptions());
  }
}
