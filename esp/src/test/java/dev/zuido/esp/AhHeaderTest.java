package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AhHeaderTest {
  private static MalformedPacketException refused(String hex) {
    return assertThrows(
        MalformedPacketException.class,
        () -> AhHeader.decode(Unpooled.wrappedBuffer(Packets.hex(hex))));
  }

  private static void assertRefused(String hex, MalformedReason reason, String field, int offset) {
    MalformedPacketException e = refused(hex);
    assertEquals(reason, e.reason());
    assertEquals(field, e.field());
    assertEquals(offset, e.offset());
  }

  @Test
  void theFieldsStandWhereTheRfcPutsThem() throws MalformedPacketException {
    byte[] bytes = Packets.hex("33040000 8179b705 00000001 27cfc0a5e43d69b3728ec5b0 cafe");
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    AhHeader header = AhHeader.decode(in);
    assertEquals(
        new AhHeader(51, 0x8179b705, 1, ByteString.ofHex("27cfc0a5e43d69b3728ec5b0")), header);
    assertEquals(2, in.readableBytes());
    assertEquals(24, header.encodedLength());
    ByteBuf out = Unpooled.buffer();
    header.encode(out);
    assertArrayEquals(Arrays.copyOf(bytes, 24), ByteBufUtil.getBytes(out));
  }

  @Test
  void theReservedFieldIsIgnored() throws MalformedPacketException {
    AhHeader header =
        AhHeader.decode(Unpooled.wrappedBuffer(Packets.hex("0401ffff 00000001 00000002")));
    assertEquals(new AhHeader(4, 1, 2, ByteString.EMPTY), header);
  }

  @Test
  void malformedHeadersAreRefusedWithTheirField() {
    assertRefused("33040000 8179b705 000000", MalformedReason.TRUNCATED, "AH", 0);
    assertRefused("33000000 8179b705 00000001", MalformedReason.BAD_LENGTH, "AH Payload Len", 1);
    assertRefused(
        "33040000 8179b705 00000001 27cfc0a5e43d69b3728ec5",
        MalformedReason.TRUNCATED,
        "AH Integrity Check Value",
        12);
  }

  @Test
  void whatCannotBeEncodedIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new AhHeader(256, 1, 1, ByteString.EMPTY));
    assertThrows(
        IllegalArgumentException.class, () -> new AhHeader(4, 1, 1, ByteString.of((byte) 1)));
    ByteString tooLong = ByteString.of(new byte[AhHeader.MAX_ICV_LENGTH + 4]);
    assertThrows(IllegalArgumentException.class, () -> new AhHeader(4, 1, 1, tooLong));
  }

  @Property(tries = 300)
  void whatWasEncodedDecodesToTheSame(
      @ForAll @IntRange(max = 255) int nextHeader,
      @ForAll int spi,
      @ForAll int sequence,
      @ForAll @Size(max = 254) int[] words)
      throws MalformedPacketException {
    byte[] icv = new byte[words.length * 4];
    for (int i = 0; i < icv.length; i++) {
      icv[i] = (byte) words[i / 4];
    }
    AhHeader header = new AhHeader(nextHeader, spi, sequence, ByteString.of(icv));
    ByteBuf out = Unpooled.buffer();
    header.encode(out);
    assertEquals(header.encodedLength(), out.readableBytes());
    byte[] bytes = ByteBufUtil.getBytes(out);
    assertEquals(nextHeader, AhFields.nextHeader(bytes, 0));
    assertEquals(bytes.length, AhFields.headerLength(bytes, 0));
    assertEquals(spi, AhFields.spi(bytes, 0));
    assertEquals(sequence, AhFields.sequence(bytes, 0));
    assertEquals(header, AhHeader.decode(out));
  }

  @Property(tries = 1000)
  void arbitraryBytesDecodeOrAreMalformed(@ForAll @Size(max = 60) byte[] bytes) {
    try {
      AhHeader header = AhHeader.decode(Unpooled.wrappedBuffer(bytes));
      assertEquals(AhFields.headerLength(bytes, 0), header.encodedLength());
    } catch (MalformedPacketException e) {
      assertEquals(true, e.offset() <= bytes.length);
    }
  }

  @ParameterizedTest(name = "{0}: {1} in IPv4, {2} in IPv6")
  @CsvSource({
    "HMAC_MD5_96, 24, 24",
    "HMAC_SHA1_96, 24, 24",
    "HMAC_SHA2_256_128, 28, 32",
    "HMAC_SHA2_384_192, 36, 40",
    "HMAC_SHA2_512_256, 44, 48",
    "AES_XCBC_96, 24, 24",
    "AES_CMAC_96, 24, 24",
    "AES_128_GMAC, 36, 40",
    "AES_192_GMAC, 36, 40",
    "AES_256_GMAC, 36, 40"
  })
  void theHeaderIsPaddedToItsIpVersion(AhIntegrity integrity, int inIpv4, int inIpv6) {
    assertEquals(inIpv4, integrity.headerLength(4));
    assertEquals(inIpv6, integrity.headerLength(6));
  }

  @ParameterizedTest(name = "{0}: transform {1}, attribute {2}")
  @CsvSource({
    "HMAC_MD5_96, 2, 1",
    "HMAC_SHA1_96, 3, 2",
    "HMAC_SHA2_256_128, 5, 5",
    "HMAC_SHA2_384_192, 6, 6",
    "HMAC_SHA2_512_256, 7, 7",
    "AES_XCBC_96, 9, 9",
    "AES_CMAC_96, 0, 0",
    "AES_128_GMAC, 11, 11",
    "AES_192_GMAC, 12, 12",
    "AES_256_GMAC, 13, 13"
  })
  void theNumbersAreThoseOfIkeV1(AhIntegrity integrity, int transformId, int algorithm) {
    assertEquals(transformId, integrity.transformId());
    assertEquals(algorithm, integrity.authenticationAlgorithm());
  }

  @Test
  void ahIsFoundBehindOptionsAndExtensionHeaders() {
    byte[] v4 = Packets.ipv4(60, IpProtocol.AH);
    assertEquals(20, AhFields.locate(v4, 0));
    assertEquals(AhFields.NONE, AhFields.locate(Packets.ipv4(31, IpProtocol.AH), 0));
    assertEquals(AhFields.NONE, AhFields.locate(Packets.gre(60), 0));
    byte[] v6 =
        Packets.hex(
            "60000000 0014 00 40 20010db8000000000000000000000001"
                + "20010db8000000000000000000000002 3300010400000000 040100000000000100000002");
    assertEquals(48, AhFields.locate(v6, 0));
    v6[5]--;
    assertEquals(AhFields.NONE, AhFields.locate(v6, 0));
  }
}
