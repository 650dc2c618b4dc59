package dev.zuido.router.forwarding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import org.junit.jupiter.api.Test;

class IcmpErrorsTest {
  private static final Ipv4Address ROUTER = Ipv4Address.parse("10.1.1.254");
  private final IcmpErrors errors = new IcmpErrors();

  private static byte[] packet(int protocol, String source, String destination, int length) {
    byte[] packet = new byte[length];
    Ipv4Fields.write(
        packet,
        0,
        0,
        length,
        7,
        Ipv4Fields.DONT_FRAGMENT,
        64,
        protocol,
        Ipv4Address.parse(source).value(),
        Ipv4Address.parse(destination).value());
    return packet;
  }

  private int make(byte[] packet, long now) {
    return errors.make(
        packet, 0, ROUTER, IcmpErrors.UNREACHABLE, IcmpErrors.CODE_FRAGMENTATION_NEEDED, 1372, now);
  }

  @Test
  void quotesThePacketAndNamesTheMtu() {
    byte[] original = packet(17, "10.1.1.1", "10.1.2.1", 1400);
    int length = make(original, 0);
    byte[] error = errors.buffer();
    assertEquals(IcmpErrors.MAX_LENGTH, length);
    assertTrue(Ipv4Fields.isWellFormed(error, 0, length));
    assertEquals(ROUTER.value(), Ipv4Fields.source(error, 0));
    assertEquals(Ipv4Address.parse("10.1.1.1").value(), Ipv4Fields.destination(error, 0));
    assertEquals(3, error[20]);
    assertEquals(4, error[21]);
    assertEquals(1372, BigEndian.getUnsignedShort(error, 26));
    assertEquals(0, InternetChecksum.of(error, 20, length - 20));
    for (int i = 0; i < length - 28; i++) {
      assertEquals(original[i], error[28 + i]);
    }
  }

  @Test
  void neverAnswersWhatMustNotBeAnswered() {
    byte[] laterFragment = packet(17, "10.1.1.1", "10.1.2.1", 100);
    BigEndian.putShort(laterFragment, 6, 5);
    byte[] icmpError = packet(1, "10.1.1.1", "10.1.2.1", 100);
    icmpError[20] = 3;
    byte[] echo = packet(1, "10.1.1.1", "10.1.2.1", 100);
    echo[20] = 8;
    assertEquals(0, make(laterFragment, 0));
    assertEquals(0, make(icmpError, 0));
    assertEquals(0, make(packet(1, "10.1.1.1", "10.1.2.1", 20), 0));
    assertEquals(0, make(packet(17, "10.1.1.1", "224.0.0.5", 100), 0));
    assertEquals(0, make(packet(17, "10.1.1.1", "255.255.255.255", 100), 0));
    assertEquals(0, make(packet(17, "0.0.0.0", "10.1.2.1", 100), 0));
    assertEquals(0, make(packet(17, "224.0.0.1", "10.1.2.1", 100), 0));
    assertEquals(0, make(packet(17, "127.0.0.1", "10.1.2.1", 100), 0));
    assertEquals(8, errors.suppressed());
    assertTrue(make(echo, 0) > 0);
  }

  @Test
  void theRateIsLimited() {
    byte[] original = packet(17, "10.1.1.1", "10.1.2.1", 100);
    int sent = 0;
    for (int i = 0; i < 1_000; i++) {
      sent += make(original, 0) > 0 ? 1 : 0;
    }
    assertEquals(IcmpErrors.BURST, sent);
    assertEquals(0, make(original, IcmpErrors.INTERVAL_MILLIS * 1_000_000L - 1));
    assertTrue(make(original, IcmpErrors.INTERVAL_MILLIS * 1_000_000L) > 0);
    assertEquals(0, make(original, IcmpErrors.INTERVAL_MILLIS * 1_000_000L));
  }
}
