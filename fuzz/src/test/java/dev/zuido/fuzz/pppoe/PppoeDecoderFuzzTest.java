package dev.zuido.fuzz.pppoe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.zuido.pppoe.PppoePacket;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The decoder of PPPoE: what it reads can be shown, and encodes to the same bytes. */
class PppoeDecoderFuzzTest {
  /** A whole packet. */
  @FuzzTest(maxDuration = "5m")
  void packets(byte[] bytes) {
    check(bytes);
  }

  /** A packet whose header fits: the first byte is its code. */
  @FuzzTest(maxDuration = "5m")
  void tags(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > 0xffff) {
      return;
    }
    byte[] packet = new byte[5 + bytes.length];
    packet[0] = 0x11;
    packet[1] = bytes[0];
    BigEndian.putShort(packet, 4, bytes.length - 1);
    System.arraycopy(bytes, 1, packet, 6, bytes.length - 1);
    check(packet);
  }

  private static void check(byte[] bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    try {
      PppoePacket packet = PppoePacket.decode(in);
      assertTrue(!packet.describe().isEmpty());
      assertTrue(packet.describe().chars().noneMatch(Character::isISOControl));
      assertTrue(!packet.toString().isEmpty());
      ByteBuf out = Unpooled.buffer();
      packet.encode(out);
      assertEquals(packet.encodedLength(), out.readableBytes());
      ByteString taken = ByteString.of(bytes, 0, in.readerIndex());
      assertEquals(taken, ByteString.read(out, out.readableBytes()));
    } catch (MalformedPacketException e) {
      assertTrue(e.offset() >= 0 && e.offset() <= bytes.length, e.getMessage());
    }
  }
}
