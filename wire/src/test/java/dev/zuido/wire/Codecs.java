package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/** What every test of a codec needs. */
final class Codecs {
  /** A decoder under test. */
  interface Decoder<T> {
    T decode(ByteBuf in) throws MalformedPacketException;
  }

  private Codecs() {}

  static ByteBuf hex(String digits) {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(digits.replace(" ", "")));
  }

  static String encode(Consumer<ByteBuf> encoder) {
    ByteBuf out = Unpooled.buffer();
    encoder.accept(out);
    return ByteBufUtil.hexDump(out);
  }

  static byte[] bytes(Consumer<ByteBuf> encoder) {
    ByteBuf out = Unpooled.buffer();
    encoder.accept(out);
    return ByteBufUtil.getBytes(out);
  }

  static <T> void assertMalformed(
      MalformedReason reason, int offset, String digits, Decoder<T> decoder) {
    MalformedPacketException malformed =
        assertThrows(MalformedPacketException.class, () -> decoder.decode(hex(digits)));
    assertEquals(reason, malformed.reason(), malformed.getMessage());
    assertEquals(offset, malformed.offset(), malformed.getMessage());
  }

  /** Every shorter beginning of a message is refused as malformed. */
  static <T> void assertTruncationsAreMalformed(byte[] message, Decoder<T> decoder) {
    for (int length = 0; length < message.length; length++) {
      ByteBuf in = Unpooled.wrappedBuffer(message, 0, length);
      assertThrows(MalformedPacketException.class, () -> decoder.decode(in), "length " + length);
    }
  }
}
