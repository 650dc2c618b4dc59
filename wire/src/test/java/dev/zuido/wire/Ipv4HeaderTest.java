package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Ipv4HeaderTest {
  /** The outer header of a GRE packet as Linux 6.1 sent it. */
  private static final String RECORDED = "4500006c59734000ff2ff3ea64010101c8010101";

  private static final Ipv4Address SOURCE = Ipv4Address.of(100, 1, 1, 1);
  private static final Ipv4Address DESTINATION = Ipv4Address.of(200, 1, 1, 1);

  private static String withPayload(String header) {
    return header + "00".repeat(0x6c - header.length() / 2);
  }

  private static Ipv4Header withOptions(String options) {
    ByteString area = ByteString.ofHex(options);
    return new Ipv4Header(
        0, 20 + area.length(), 1, false, false, 0, 64, 17, SOURCE, DESTINATION, area);
  }

  @Test
  void aRecordedHeaderDecodesAndEncodesToTheSameBytes() throws MalformedPacketException {
    ByteBuf in = Codecs.hex(withPayload(RECORDED));
    Ipv4Header header = Ipv4Header.decode(in);
    assertEquals(
        new Ipv4Header(
            0,
            108,
            0x5973,
            true,
            false,
            0,
            255,
            IpProtocol.GRE,
            SOURCE,
            DESTINATION,
            ByteString.EMPTY),
        header);
    assertEquals(20, in.readerIndex());
    assertEquals(88, header.payloadLength());
    assertFalse(header.isFragment());
    assertEquals(RECORDED, Codecs.encode(header::encode));
  }

  @Test
  void aRecordedFragmentHasItsOffsetInBytes() throws MalformedPacketException {
    String fragment = "45000094f5dd20a93f014ddf0a0102010a010101" + "00".repeat(128);
    Ipv4Header header = Ipv4Header.decode(Codecs.hex(fragment));
    assertTrue(header.moreFragments());
    assertEquals(1352, header.fragmentOffset());
    assertEquals(fragment.substring(0, 40), Codecs.encode(header::encode));
  }

  @Test
  void routerAlertIsAnOption() throws MalformedPacketException {
    Ipv4Header header = withOptions("94040000");
    assertEquals(
        List.of(new Ipv4Option(Ipv4Option.ROUTER_ALERT, ByteString.of(new byte[2]))),
        Ipv4Option.parse(header.options()));
    assertTrue(Ipv4Option.parse(header.options()).get(0).copied());
    ByteBuf in = Codecs.hex(Codecs.encode(header::encode));
    assertEquals(header, Ipv4Header.decode(in));
    assertEquals(24, in.readerIndex());
  }

  @Test
  void theOptionListEndsAtItsEnd() throws MalformedPacketException {
    assertEquals(
        List.of(
            new Ipv4Option(Ipv4Option.NO_OPERATION, ByteString.EMPTY),
            new Ipv4Option(Ipv4Option.RECORD_ROUTE, ByteString.ofHex("04")),
            new Ipv4Option(Ipv4Option.NO_OPERATION, ByteString.EMPTY)),
        Ipv4Option.parse(ByteString.ofHex("0107030401008301")));
  }

  @Test
  void brokenOptionLengthsAreMalformed() {
    for (String area : List.of("07000000", "07010000", "07050000", "01010107")) {
      MalformedPacketException malformed =
          assertThrows(
              MalformedPacketException.class, () -> Ipv4Option.parse(ByteString.ofHex(area)));
      assertEquals(MalformedReason.BAD_LENGTH, malformed.reason());
    }
  }

  @Test
  void eachMalformedHeaderHasItsReason() {
    Codecs.assertMalformed(
        MalformedReason.BAD_VERSION,
        0,
        withPayload("65" + RECORDED.substring(2)),
        Ipv4Header::decode);
    Codecs.assertMalformed(
        MalformedReason.BAD_LENGTH,
        0,
        withPayload("44" + RECORDED.substring(2)),
        Ipv4Header::decode);
    Codecs.assertMalformed(
        MalformedReason.BAD_LENGTH,
        2,
        withPayload("45000013" + RECORDED.substring(8)),
        Ipv4Header::decode);
    Codecs.assertMalformed(
        MalformedReason.TRUNCATED, 20, "46" + RECORDED.substring(2), Ipv4Header::decode);
    Codecs.assertMalformed(
        MalformedReason.BAD_CHECKSUM,
        10,
        withPayload("4501" + RECORDED.substring(4)),
        Ipv4Header::decode);
    // The reserved flag set, and the checksum right: 0x5973+0x4000 -> 0xc000, f3ea -> 73ea.
    Codecs.assertMalformed(
        MalformedReason.RESERVED_BITS,
        6,
        withPayload("4500006c5973c000ff2f73ea64010101c8010101"),
        Ipv4Header::decode);
  }

  @Test
  void everyTruncationIsMalformed() {
    byte[] packet = Codecs.bytes(out -> out.writeBytes(Codecs.hex(withPayload(RECORDED))));
    Codecs.assertTruncationsAreMalformed(packet, Ipv4Header::decode);
  }

  @Test
  void aQuotedHeaderNeedsNoPayloadAndNoChecksum() throws MalformedPacketException {
    Ipv4Header quoted =
        Ipv4Header.decodeQuoted(Codecs.hex("4500006c597340000e2f000064010101c8010101"));
    assertEquals(14, quoted.ttl());
    assertEquals(108, quoted.totalLength());
  }

  @Test
  void whatCannotBeEncodedIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> withOptions("010101"));
    assertThrows(IllegalArgumentException.class, () -> withOptions("01".repeat(44)));
    assertThrows(
        IllegalArgumentException.class, () -> Ipv4Header.of(17, 256, SOURCE, DESTINATION, 0));
    assertThrows(
        IllegalArgumentException.class, () -> Ipv4Header.of(17, 64, SOURCE, DESTINATION, 65_516));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Ipv4Header(
                0, 20, 0, false, true, 12, 64, 17, SOURCE, DESTINATION, ByteString.EMPTY));
  }
}
