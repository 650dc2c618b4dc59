package dev.zuido.ike.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A case per reason and field; HDR stands for both cookies. */
final class MalformedMessageTest {
  private static final String COOKIES = "00000000000000010000000000000002";

  @ParameterizedTest
  @CsvSource({
    "HDR, TRUNCATED, ISAKMP Next Payload, 16",
    "HDR 08100500 00000007 000000, TRUNCATED, ISAKMP Length, 24",
    "HDR 08200500 00000007 0000001c, BAD_VERSION, ISAKMP Version, 17",
    "HDR 08110500 00000007 0000001c, BAD_VERSION, ISAKMP Version, 17",
    "HDR 08100508 00000007 0000001c, RESERVED_BITS, ISAKMP Flags, 19",
    "HDR 00100500 00000007 0000001b, BAD_LENGTH, ISAKMP Length, 24",
    "HDR 00100500 00000007 0001001c, BAD_LENGTH, ISAKMP Length, 24",
    "HDR 00100500 00000007 ffffffff, BAD_LENGTH, ISAKMP Length, 24",
    "HDR 00100500 00000007 0000001d, TRUNCATED, ISAKMP Length, 24",
    "HDR 00100500 00000007 0000001c 00, TRAILING_BYTES, ISAKMP message, 28",
    "HDR 00100501 00000007 0000001c, UNSUPPORTED, ISAKMP Flags, 19",
    "HDR 08100500 00000007 0000001c, TRUNCATED, payload header, 28",
    "HDR 08100500 00000007 00000020 00010004, RESERVED_BITS, payload RESERVED, 29",
    "HDR 08100500 00000007 00000020 00000003, BAD_LENGTH, Payload Length, 30",
    "HDR 08100500 00000007 00000020 00000005, TRUNCATED, Payload Length, 30",
    "HDR 02100500 00000007 00000020 00000004, BAD_VALUE, Next Payload, 32",
    "HDR 03100500 00000007 00000020 00000004, BAD_VALUE, Next Payload, 32",
    "HDR 05100500 00000007 00000023 00000007 010000, TRUNCATED, ID Port, 34"
  })
  void messages(String hex, MalformedReason reason, String field, int offset) {
    assertMalformed(
        reason,
        field,
        offset,
        () -> IsakmpMessage.decode(Unpooled.wrappedBuffer(bytes(hex.replace("HDR", COOKIES)))));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 000000, TRUNCATED, SA DOI, 0",
    "1, 00000000 00000001, UNSUPPORTED, SA DOI, 0",
    "1, 00000001 0000, TRUNCATED, SA Situation, 4",
    "1, 00000001 00000002, UNSUPPORTED, SA Situation, 4",
    "1, 00000001 00000005, UNSUPPORTED, SA Situation, 4",
    "1, 00000001 00000001 03000008 01010000, BAD_VALUE, Proposal Next Payload, 8",
    "1, 00000001 00000001 02000008 01010000, TRUNCATED, Proposal Next Payload, 16",
    "1, 00000001 00000001 00010008 01010000, RESERVED_BITS, Proposal RESERVED, 9",
    "1, 00000001 00000001 00000009 01010000, TRUNCATED, Payload Length, 10",
    "1, 00000001 00000001 00000007 010100, TRUNCATED, # of Transforms, 15",
    "1, 00000001 00000001 0000000a 01010400 0102, TRUNCATED, Proposal SPI, 16",
    "1, 00000001 00000001 00000009 01010000 00, TRAILING_BYTES, Proposal payload, 16",
    "1, 00000001 00000001 00000008 01010000 00, TRAILING_BYTES, SA payload, 16",
    "1, 00000001 00000001 00000010 01010001 03000008 01010000,"
        + " BAD_VALUE, Transform Next Payload, 16",
    "1, 00000001 00000001 00000010 01010001 00020008 01010000,"
        + " RESERVED_BITS, Transform RESERVED, 17",
    "1, 00000001 00000001 00000010 01010001 00000008 01010001,"
        + " RESERVED_BITS, Transform RESERVED2, 23",
    "1, 00000001 00000001 00000012 01010001 0000000a 01010000 8001,"
        + " TRUNCATED, Attribute Value, 26",
    "1, 00000001 00000001 00000014 01010001 0000000c 01010000 00010001,"
        + " TRUNCATED, Attribute Value, 28",
    "6, '', TRUNCATED, Certificate Encoding, 0",
    "7, '', TRUNCATED, Certificate Request Encoding, 0",
    "11, 00000001 01, TRUNCATED, Notification SPI Size, 5",
    "11, 00000001 01108d28 00, TRUNCATED, Notification SPI, 8",
    "12, 00000001 03040001, TRUNCATED, Delete SPI, 8",
    "12, 00000001 03040001 c0000001 00, TRAILING_BYTES, D payload, 12",
    "12, 00000001 03000001, BAD_LENGTH, Delete SPI Size, 5",
    "12, 00000001 03040401, LIMIT_EXCEEDED, Delete # of SPIs, 6",
    "21, 02000000 64010101, BAD_VALUE, NAT-OA ID Type, 0",
    "21, 01000100 64010101, RESERVED_BITS, NAT-OA RESERVED, 2",
    "21, 01000000 640101, TRUNCATED, NAT-OA address, 4",
    "131, 01000000 6401010101, TRAILING_BYTES, NAT-OA payload, 8"
  })
  void bodies(int type, String hex, MalformedReason reason, String field, int offset) {
    assertMalformed(
        reason, field, offset, () -> Payload.decodeBody(type, Unpooled.wrappedBuffer(bytes(hex))));
  }

  @Test
  void limits() {
    String attributes = "80010001".repeat(Transform.MAX_ATTRIBUTES + 1);
    int length = 8 + attributes.length() / 2;
    String sa =
        String.format("0000000100000001 0000%04x 01010001 0000%04x 01010000 ", 8 + length, length);
    assertMalformed(
        MalformedReason.LIMIT_EXCEEDED,
        "SA Attributes",
        24 + 4 * Transform.MAX_ATTRIBUTES,
        () -> Payload.decodeBody(1, Unpooled.wrappedBuffer(bytes(sa + attributes))));
    String proposals =
        "02000008 01010000".repeat(SecurityAssociation.MAX_PROPOSALS) + "00000008 01010000";
    assertMalformed(
        MalformedReason.LIMIT_EXCEEDED,
        "Proposals",
        8 + 8 * SecurityAssociation.MAX_PROPOSALS,
        () -> Payload.decodeBody(1, Unpooled.wrappedBuffer(bytes("0000000100000001" + proposals))));
    String transforms = "0300000801010000".repeat(254) + "0000000801010000";
    String proposal = String.format("0200%04x010100ff", 8 + 255 * 8) + transforms;
    assertMalformed(
        MalformedReason.LIMIT_EXCEEDED,
        "Transforms",
        8 + 5 * (8 + 255 * 8),
        () ->
            Payload.decodeBody(
                1, Unpooled.wrappedBuffer(bytes("0000000100000001" + proposal.repeat(6)))));
    assertMalformed(
        MalformedReason.LIMIT_EXCEEDED,
        "payloads",
        28 + 4 * PayloadChain.MAX_PAYLOADS,
        () ->
            PayloadChain.decode(
                8,
                Unpooled.wrappedBuffer(bytes("08000004".repeat(PayloadChain.MAX_PAYLOADS + 1)))));
  }

  private interface Decoding {
    void run() throws MalformedPacketException;
  }

  private static void assertMalformed(
      MalformedReason reason, String field, int offset, Decoding decoding) {
    MalformedPacketException e = assertThrows(MalformedPacketException.class, decoding::run);
    assertEquals(reason, e.reason());
    assertEquals(field, e.field());
    assertEquals(offset, e.offset());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
