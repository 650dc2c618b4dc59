package dev.zuido.gre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

final class GreHeaderTest {
  /** Checksum, key 0x169e4d76 and sequence number 0x64ed7dd7, by scapy 2.5.0. */
  private static final String WHOLE =
      "b00086dd11190000169e4d7664ed7dd7600000000048114020010db8000000000000000000009fe3"
          + "20010db80001000000000000000037e4a8a8eb4100488a63487795ba60fc00d93fa51af9f15256c9"
          + "d57fb7869ab4a1ac75f2bcaed18b947b15ab5df2b9f0bfb41dbcf1459fb307d89beabb8a75825621"
          + "a37271d8fb9f912e";

  private static ByteBuf hex(String digits) {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(digits));
  }

  private static void assertMalformed(MalformedReason reason, int offset, String digits) {
    MalformedPacketException malformed =
        assertThrows(MalformedPacketException.class, () -> GreHeader.decode(hex(digits)));
    assertEquals(reason, malformed.reason(), malformed.getMessage());
    assertEquals(offset, malformed.offset());
  }

  @Test
  void allFieldsDecodeAndEncodeToTheSameBytes() throws MalformedPacketException {
    ByteBuf in = hex(WHOLE);
    GreHeader header = GreHeader.decode(in);
    assertEquals(new GreHeader(GreProtocolType.IPV6, true, 0x169e4d76, 0x64ed7dd7), header);
    assertEquals(16, in.readerIndex());
    assertEquals(16, header.encodedLength());
    ByteBuf out = Unpooled.buffer();
    header.encode(out, in);
    assertEquals(WHOLE, ByteBufUtil.hexDump(out));
    assertEquals(16, in.readerIndex());
  }

  @Test
  void aKeepaliveOfARouterDecodes() throws MalformedPacketException {
    assertEquals(
        new GreHeader(GreProtocolType.KEEPALIVE, false, 40, null),
        GreHeader.decode(hex("2000000000000028")));
  }

  @Test
  void eachMalformedHeaderHasItsReason() {
    assertMalformed(MalformedReason.TRUNCATED, 0, "000008");
    assertMalformed(MalformedReason.TRUNCATED, 4, "20000800000000");
    assertMalformed(MalformedReason.UNSUPPORTED, 1, "2001880b00000000");
    assertMalformed(MalformedReason.BAD_VERSION, 1, "00020800");
    assertMalformed(MalformedReason.UNSUPPORTED, 0, "40000800");
    assertMalformed(MalformedReason.RESERVED_BITS, 0, "08000800");
    assertMalformed(MalformedReason.RESERVED_BITS, 0, "04000800");
    assertMalformed(MalformedReason.BAD_CHECKSUM, 4, WHOLE.replace("b00086dd1119", "b00086dd1118"));
    assertMalformed(MalformedReason.BAD_CHECKSUM, 4, WHOLE.substring(0, WHOLE.length() - 2));
  }

  @Test
  void bitsSixToTwelveAreIgnored() throws MalformedPacketException {
    assertEquals(GreHeader.of(GreProtocolType.IPV4), GreHeader.decode(hex("03f80800")));
  }

  @Test
  void bitsFourAndFiveAreIgnoredOnRequestOnly() throws MalformedPacketException {
    assertEquals(
        GreHeader.of(GreProtocolType.IPV4),
        GreHeader.decode(hex("0ff80800"), GreHeader.ReservedBits.IGNORED));
  }

  @Test
  void everyTruncationIsMalformed() {
    byte[] bytes = ByteBufUtil.decodeHexDump(WHOLE);
    for (int length = 0; length < bytes.length; length++) {
      ByteBuf in = Unpooled.wrappedBuffer(bytes, 0, length);
      assertThrows(MalformedPacketException.class, () -> GreHeader.decode(in), "of " + length);
    }
  }

  @Test
  void aProtocolTypeHasSixteenBits() {
    assertThrows(IllegalArgumentException.class, () -> GreHeader.of(0x10000));
    assertThrows(IllegalArgumentException.class, () -> GreHeader.of(-1));
  }
}
