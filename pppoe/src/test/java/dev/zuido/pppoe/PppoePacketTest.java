package dev.zuido.pppoe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Discovery packets and their tags (RFC 2516 section 4, 5 and appendix A). */
final class PppoePacketTest {
  private static ByteString encoded(PppoePacket packet) {
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    assertEquals(packet.encodedLength(), out.readableBytes());
    return ByteString.read(out, out.readableBytes());
  }

  private static PppoePacket decoded(String hex) throws MalformedPacketException {
    return PppoePacket.decode(Unpooled.wrappedBuffer(ByteString.ofHex(hex).toArray()));
  }

  private static void assertBothWays(String hex, PppoePacket packet)
      throws MalformedPacketException {
    assertEquals(packet, decoded(hex));
    assertEquals(hex, encoded(packet).toString());
  }

  @Test
  void theInitiationOfAppendixB() throws MalformedPacketException {
    assertBothWays(
        "110900000004" + "01010000",
        new PppoePacket(PppoeCode.PADI, 0, List.of(PppoeTag.ServiceName.of(""))));
  }

  @Test
  void theOfferOfAppendixB() throws MalformedPacketException {
    assertBothWays(
        "110700000020"
            + "01010000"
            + "01020018476f205265644261636b202d206573687368657368"
            + "6f6f74",
        new PppoePacket(
            PppoeCode.PADO,
            0,
            List.of(
                PppoeTag.ServiceName.of(""), PppoeTag.AcName.of("Go RedBack - eshshesh" + "oot"))));
  }

  private static Stream<Arguments> eachTag() {
    ByteString opaque = ByteString.ofHex("00ff7f");
    return Stream.of(
        Arguments.of("00000000", new PppoeTag.EndOfList(ByteString.EMPTY)),
        Arguments.of("00000000deadbe", new PppoeTag.EndOfList(ByteString.ofHex("deadbe"))),
        Arguments.of("01010003697370", PppoeTag.ServiceName.of("isp")),
        Arguments.of("010200026163", PppoeTag.AcName.of("ac")),
        Arguments.of("0103000300ff7f", new PppoeTag.HostUniq(opaque)),
        Arguments.of("0104000300ff7f", new PppoeTag.AcCookie(opaque)),
        Arguments.of("0105000700000de900ff7f", new PppoeTag.VendorSpecific(0xde9, opaque)),
        Arguments.of("01050004ffffffff", new PppoeTag.VendorSpecific(-1, ByteString.EMPTY)),
        Arguments.of("0110000300ff7f", new PppoeTag.RelaySessionId(opaque)),
        Arguments.of("0120000205dc", new PppoeTag.PppMaxPayload(1500)),
        Arguments.of("02010000", new PppoeTag.ServiceNameError(ByteString.EMPTY)),
        Arguments.of("0202000466756c6c", PppoeTag.AcSystemError.of("full")),
        Arguments.of("02030003627567", PppoeTag.GenericError.of("bug")),
        Arguments.of("0121000300ff7f", new PppoeTag.Unknown(0x121, opaque)),
        Arguments.of("00010000", new PppoeTag.Unknown(1, ByteString.EMPTY)));
  }

  @ParameterizedTest
  @MethodSource("eachTag")
  void eachTagInBytes(String hex, PppoeTag tag) throws MalformedPacketException {
    int length = hex.length() / 2;
    assertBothWays(
        String.format("11a71234%04x", length) + hex, new PppoePacket(0xa7, 0x1234, List.of(tag)));
    assertTrue(!tag.name().isEmpty());
    assertEquals(tag.type(), Integer.parseInt(hex.substring(0, 4), 16));
  }

  @Test
  void whatIsBehindTheLengthIsPaddingAndIsLeft() throws MalformedPacketException {
    ByteBuf in =
        Unpooled.wrappedBuffer(ByteString.ofHex("110900000004" + "01010000" + "0103").toArray());
    assertEquals(1, PppoePacket.decode(in).tags().size());
    assertEquals(2, in.readableBytes());
  }

  @Test
  void behindTheEndOfTheListNothingIsRead() throws MalformedPacketException {
    PppoePacket packet = decoded("110900000009" + "00000000" + "0103ffff00");
    assertEquals(List.of(new PppoeTag.EndOfList(ByteString.ofHex("0103ffff00"))), packet.tags());
    assertEquals("1109000000090000000001" + "03ffff00", encoded(packet).toString());
  }

  @Test
  void aCodeThatNobodyKnowsDecodesAndEncodes() throws MalformedPacketException {
    assertBothWays("11d300010000", new PppoePacket(0xd3, 1, List.of()));
    assertEquals("code 0xd3 session 1", new PppoePacket(0xd3, 1, List.of()).describe());
  }

  private static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("", MalformedReason.TRUNCATED, "PPPoE header", 0),
        Arguments.of("1109000000", MalformedReason.TRUNCATED, "PPPoE header", 0),
        Arguments.of("210900000000", MalformedReason.BAD_VERSION, "PPPoE VER, TYPE", 0),
        Arguments.of("120900000000", MalformedReason.BAD_VERSION, "PPPoE VER, TYPE", 0),
        Arguments.of("110000000000", MalformedReason.BAD_VALUE, "PPPoE CODE", 1),
        Arguments.of("110900000001", MalformedReason.TRUNCATED, "PPPoE LENGTH", 4),
        Arguments.of("110900000003010100", MalformedReason.TRUNCATED, "PPPoE TAG_TYPE", 6),
        Arguments.of("11090000000401010001", MalformedReason.TRUNCATED, "PPPoE TAG_VALUE", 10),
        Arguments.of(
            "110900000008" + "01010000" + "01030001",
            MalformedReason.TRUNCATED,
            "PPPoE TAG_VALUE",
            14),
        Arguments.of("1109000000050000000100", MalformedReason.BAD_LENGTH, "PPPoE TAG_LENGTH", 8),
        Arguments.of(
            "110900000007" + "01050003000000", MalformedReason.BAD_LENGTH, "PPPoE TAG_LENGTH", 8),
        Arguments.of(
            "110900000007" + "01200003000000", MalformedReason.BAD_LENGTH, "PPPoE TAG_LENGTH", 8),
        Arguments.of(
            "110900000005" + "0120000100", MalformedReason.BAD_LENGTH, "PPPoE TAG_LENGTH", 8),
        Arguments.of(
            "110900000104" + "01210000".repeat(65),
            MalformedReason.LIMIT_EXCEEDED,
            "PPPoE TAG_TYPE",
            6 + 4 * 64));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedPacketsAreRefused(String hex, MalformedReason reason, String field, int offset) {
    MalformedPacketException e = assertThrows(MalformedPacketException.class, () -> decoded(hex));
    assertEquals(reason, e.reason());
    assertEquals(field, e.field());
    assertEquals(offset, e.offset());
  }

  @Test
  void whatCannotBeEncodedCannotBeMade() {
    assertThrows(IllegalArgumentException.class, () -> new PppoePacket(0, 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new PppoePacket(0x100, 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new PppoePacket(9, -1, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new PppoePacket(9, 0x10000, List.of()));
    PppoeTag end = new PppoeTag.EndOfList(ByteString.EMPTY);
    assertThrows(IllegalArgumentException.class, () -> new PppoePacket(9, 0, List.of(end, end)));
    List<PppoeTag> many =
        IntStream.range(0, PppoePacket.MAX_TAGS + 1)
            .<PppoeTag>mapToObj(i -> PppoeTag.ServiceName.of(""))
            .toList();
    assertThrows(IllegalArgumentException.class, () -> new PppoePacket(9, 0, many));
    PppoeTag huge = new PppoeTag.HostUniq(ByteString.of(new byte[0xffff]));
    assertThrows(IllegalArgumentException.class, () -> new PppoePacket(9, 0, List.of(huge)));
    assertThrows(IllegalArgumentException.class, () -> new PppoeTag.PppMaxPayload(0x10000));
    for (int known : new int[] {0, 0x101, 0x105, 0x120, 0x203, -1, 0x10000}) {
      assertThrows(
          IllegalArgumentException.class, () -> new PppoeTag.Unknown(known, ByteString.EMPTY));
    }
  }

  @Test
  void aPacketInOneLine() {
    PppoePacket packet =
        new PppoePacket(
            PppoeCode.PADS,
            7,
            List.of(
                PppoeTag.ServiceName.of("isp"),
                new PppoeTag.HostUniq(ByteString.ofHex("0a0b")),
                new PppoeTag.PppMaxPayload(1500),
                new PppoeTag.ServiceNameError(ByteString.EMPTY)));
    assertEquals(
        "PADS session 7 Service-Name \"isp\", Host-Uniq 0a0b, PPP-Max-Payload 1500,"
            + " Service-Name-Error",
        packet.describe());
  }

  @Test
  void whatAPeerSaysIsMadePrintable() {
    String text = PppoeTag.GenericError.of("no\u001b[31m\nline\u0000\u202e").text();
    assertEquals("no?[31m?line?", text);
    assertEquals("\ufffd", new PppoeTag.GenericError(ByteString.ofHex("ff")).text());
    assertEquals(200, PppoeTag.AcName.of("x".repeat(500)).text().length());
  }
}
