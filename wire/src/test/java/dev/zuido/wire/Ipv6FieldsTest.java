package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class Ipv6FieldsTest {
  private static final Ipv6Address HERE = Ipv6Address.parse("2001:db8::1");
  private static final Ipv6Address THERE = Ipv6Address.parse("2001:db8:1::2");

  @Test
  void whatIsWrittenIsRead() throws MalformedPacketException {
    byte[] bytes = new byte[60];
    Ipv6Fields.write(bytes, 4, 0xb9, 0x54321, 16, IpProtocol.ESP, 63, HERE, THERE);
    assertTrue(Ipv6Fields.isWellFormed(bytes, 4, 56));
    assertFalse(Ipv6Fields.isWellFormed(bytes, 4, 55));
    assertEquals(
        new Ipv6Header(0xb9, 0x54321, 16, IpProtocol.ESP, 63, HERE, THERE),
        Ipv6Header.decode(Unpooled.wrappedBuffer(bytes, 4, 56)));
    assertEquals(0xb9, Ipv6Fields.trafficClass(bytes, 4));
    assertEquals(0x54321, Ipv6Fields.flowLabel(bytes, 4));
    assertEquals(56, Ipv6Fields.totalLength(bytes, 4));
    assertEquals(63, Ipv6Fields.hopLimit(bytes, 4));
    assertEquals(HERE.high(), Ipv6Fields.sourceHigh(bytes, 4));
    assertEquals(THERE.low(), Ipv6Fields.destinationLow(bytes, 4));
    Ipv6Fields.setTrafficClass(bytes, 4, 0x46);
    Ipv6Fields.decrementHopLimit(bytes, 4);
    Ipv6Fields.setPayloadLength(bytes, 4, 10);
    assertEquals(
        new Ipv6Header(0x46, 0x54321, 10, IpProtocol.ESP, 62, HERE, THERE),
        Ipv6Header.decode(Unpooled.wrappedBuffer(bytes, 4, 56)));
  }

  /** Extension headers that are likely to be such, their lengths and flags arbitrary. */
  @Property(tries = 3_000)
  void theWalkAgreesWithTheRecords(
      @ForAll @IntRange(max = 4) int first,
      @ForAll @Size(max = 9) int[] kinds,
      @ForAll @Size(min = 20, max = 120) byte[] noise) {
    int[] protocols = {
      IpProtocol.HOP_BY_HOP, IpProtocol.IPV6_ROUTE, IpProtocol.IPV6_FRAGMENT, 60, IpProtocol.UDP
    };
    byte[] bytes = new byte[40 + noise.length];
    Ipv6Fields.write(bytes, 0, 0, 0, noise.length, protocols[first], 64, HERE, THERE);
    System.arraycopy(noise, 0, bytes, 40, noise.length);
    for (int i = 0, position = 40; i < kinds.length && position + 8 <= bytes.length; i++) {
      bytes[position] = (byte) protocols[Math.floorMod(kinds[i], protocols.length)];
      bytes[position + 1] = (byte) (kinds[i] >>> 8 & 1);
      bytes[position + 2] = 0;
      bytes[position + 3] &= (byte) (kinds[i] >>> 16);
      position += 8 * (1 + bytes[position + 1]);
    }
    long upper = Ipv6Fields.upperLayer(bytes, 0);
    ByteBuf in = Unpooled.wrappedBuffer(bytes, 40, noise.length);
    try {
      Ipv6ExtensionHeaders headers = Ipv6ExtensionHeaders.walk(in, protocols[first]);
      assertEquals(headers.protocol(), Ipv6Fields.protocolOf(upper));
      assertEquals(40 + headers.length(), Ipv6Fields.offsetOf(upper));
      assertEquals(headers.protocol(), bytes[Ipv6Fields.protocolFieldOf(upper)] & 0xff);
      Ipv6FragmentHeader fragment = headers.fragment();
      assertEquals(
          fragment == null ? 0 : 40 + headers.fragmentHeaderOffset(),
          Ipv6Fields.fragmentHeader(bytes, 0, upper));
      assertEquals(
          fragment != null && (fragment.moreFragments() || fragment.fragmentOffset() != 0),
          Ipv6Fields.isFragment(bytes, 0, upper));
      assertEquals(
          fragment == null ? 0 : fragment.fragmentOffset(),
          Ipv6Fields.fragmentOffset(bytes, 0, upper));
    } catch (MalformedPacketException e) {
      assertEquals(Ipv6Fields.MALFORMED, upper);
    }
  }
}
