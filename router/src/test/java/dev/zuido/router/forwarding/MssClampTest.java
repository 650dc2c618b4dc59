package dev.zuido.router.forwarding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.Ipv4Fields;
import org.junit.jupiter.api.Test;

class MssClampTest {
  private static final int SYN = 0x02;
  private static final int ACK = 0x10;

  private static byte[] segment(int flags, int... options) {
    int padded = (options.length + 3) / 4 * 4;
    byte[] packet = new byte[40 + padded];
    BigEndian.putShort(packet, 20, 40_000);
    BigEndian.putShort(packet, 22, 80);
    packet[32] = (byte) ((20 + padded) / 4 << 4);
    packet[33] = (byte) flags;
    for (int i = 0; i < options.length; i++) {
      packet[40 + i] = (byte) options[i];
    }
    Ipv4Fields.write(packet, 0, 0, packet.length, 1, 0, 64, 6, 0x0a010101, 0x0a010201);
    BigEndian.putShort(packet, 36, InternetChecksum.finish(tcpSum(packet)));
    return packet;
  }

  private static long tcpSum(byte[] packet) {
    return InternetChecksum.pseudoHeaderSum(0x0a010101, 0x0a010201, 6, packet.length - 20)
        + InternetChecksum.sum(packet, 20, packet.length - 20);
  }

  @Test
  void lowersTheOptionOfASynAndKeepsTheChecksumRight() {
    byte[] packet = segment(SYN, 2, 4, 0x05, 0xb4);
    assertTrue(MssClamp.clamp(packet, 0, 1332));
    assertEquals(1332, BigEndian.getUnsignedShort(packet, 42));
    assertEquals(0, InternetChecksum.finish(tcpSum(packet)));
  }

  @Test
  void lowersTheOptionOfASynAck() {
    byte[] packet = segment(SYN | ACK, 1, 1, 2, 4, 0x05, 0xb4, 4, 2);
    assertTrue(MssClamp.clamp(packet, 0, 1332));
    assertEquals(1332, BigEndian.getUnsignedShort(packet, 44));
    assertEquals(0, InternetChecksum.finish(tcpSum(packet)));
  }

  @Test
  void lowersAnOptionAtAnOddOffset() {
    byte[] packet = segment(SYN, 1, 2, 4, 0x05, 0xb4);
    assertTrue(MssClamp.clamp(packet, 0, 1332));
    assertEquals(0x34, packet[44] & 0xff);
    assertEquals(0, InternetChecksum.finish(tcpSum(packet)));
  }

  @Test
  void neverRaises() {
    byte[] packet = segment(SYN, 2, 4, 0x02, 0x18);
    byte[] before = packet.clone();
    assertFalse(MssClamp.clamp(packet, 0, 1332));
    assertArrayEquals(before, packet);
  }

  @Test
  void leavesEverythingElseAlone() {
    byte[][] others = {
      segment(ACK, 2, 4, 0x05, 0xb4),
      segment(SYN),
      segment(SYN, 0, 2, 4, 0x05, 0xb4),
      segment(SYN, 8, 1, 2, 4, 0x05, 0xb4),
      segment(SYN, 8, 40, 2, 4, 0x05, 0xb4),
      segment(SYN, 1, 1, 1, 2),
    };
    byte[] fragment = segment(SYN, 2, 4, 0x05, 0xb4);
    BigEndian.putShort(fragment, 6, 1);
    byte[] udp = segment(SYN, 2, 4, 0x05, 0xb4);
    udp[9] = 17;
    byte[] longOptions = segment(SYN, 2, 4, 0x05, 0xb4);
    longOptions[32] = (byte) 0xf0;
    for (byte[] packet : others) {
      byte[] before = packet.clone();
      assertFalse(MssClamp.clamp(packet, 0, 1332));
      assertArrayEquals(before, packet);
    }
    assertFalse(MssClamp.clamp(fragment, 0, 1332));
    assertFalse(MssClamp.clamp(udp, 0, 1332));
    assertFalse(MssClamp.clamp(longOptions, 0, 1332));
  }
}
