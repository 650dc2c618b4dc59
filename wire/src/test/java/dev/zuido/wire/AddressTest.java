package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class AddressTest {
  @Property(tries = 300)
  void ipv4TextSurvivesTheRoundTrip(@ForAll int value) {
    Ipv4Address address = new Ipv4Address(value);
    assertEquals(address, Ipv4Address.parse(address.toString()));
    assertEquals(address, Ipv4Address.ofBytes(address.toBytes()));
    assertEquals(address, IpAddress.parse(address.toString()));
  }

  @Property(tries = 300)
  void ipv6TextSurvivesTheRoundTrip(
      @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 255) int zeros) {
    long mask = 0;
    for (int group = 0; group < 4; group++) {
      mask |= (zeros >>> group & 1) == 0 ? 0xffffL << group * 16 : 0;
    }
    Ipv6Address address = new Ipv6Address(high & mask, low & ~mask);
    assertEquals(address, Ipv6Address.parse(address.toString()));
    assertEquals(address, Ipv6Address.ofBytes(address.toBytes()));
  }

  /** RFC 5952 section 4. */
  @Example
  void ipv6TextIsCanonical() {
    assertEquals("2001:db8::1", Ipv6Address.parse("2001:0DB8:0:0:0:0:0:1").toString());
    assertEquals("2001:db8:0:1:1:1:1:1", Ipv6Address.parse("2001:db8:0:1:1:1:1:1").toString());
    assertEquals("2001:0:0:1::1", Ipv6Address.parse("2001:0:0:1:0:0:0:1").toString());
    assertEquals("2001:db8::1:0:0:1", Ipv6Address.parse("2001:db8:0:0:1:0:0:1").toString());
    assertEquals("::", Ipv6Address.UNSPECIFIED.toString());
  }

  @Example
  void whatIsNoAddressIsRefused() {
    for (String text :
        List.of(
            "",
            "1.2.3",
            "1.2.3.4.5",
            "1.2.3.256",
            "01.2.3.4",
            "1.2.3.4 ",
            "-1.2.3.4",
            "1..2.3",
            "a.b.c.d",
            "1.2.3.4.",
            "1000.1.1.1")) {
      assertThrows(IllegalArgumentException.class, () -> Ipv4Address.parse(text), text);
    }
    for (String text : List.of(":", ":::", "1::2::3", "1:2:3:4:5:6:7", "12345::", "g::", "1:")) {
      assertThrows(IllegalArgumentException.class, () -> Ipv6Address.parse(text), text);
    }
  }

  @Property(tries = 300)
  void aPrefixContainsWhatHasItsBits(
      @ForAll int value, @ForAll int other, @ForAll @IntRange(max = 32) int length) {
    Ipv4Prefix prefix = Ipv4Prefix.containing(new Ipv4Address(value), length);
    boolean same = length == 0 || (value ^ other) >>> 32 - length == 0;
    assertEquals(same, prefix.contains(new Ipv4Address(other)));
    assertTrue(prefix.contains(new Ipv4Address(value)));
    assertTrue(prefix.contains(prefix.last()));
    assertEquals(prefix, Ipv4Prefix.parse(prefix.toString()));
    assertEquals(length, Ipv4Prefix.lengthOf(prefix.mask()));
  }

  @Property(tries = 200)
  void anIpv6PrefixContainsItsOwn(
      @ForAll long high, @ForAll long low, @ForAll @IntRange(min = 1, max = 128) int length) {
    Ipv6Prefix prefix = Ipv6Prefix.containing(new Ipv6Address(high, low), length);
    assertTrue(prefix.contains(new Ipv6Address(high, low)));
    long flipHigh = length <= 64 ? 1L << 64 - length : 0;
    long flipLow = length > 64 ? 1L << 128 - length : 0;
    assertFalse(prefix.contains(new Ipv6Address(high ^ flipHigh, low ^ flipLow)));
    assertFalse(prefix.contains(new Ipv4Address(1)));
  }

  @Example
  void hostBitsAndHolesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Ipv4Prefix.parse("10.1.1.1/24"));
    assertThrows(IllegalArgumentException.class, () -> Ipv4Prefix.parse("10.1.1.0/33"));
    assertThrows(IllegalArgumentException.class, () -> Ipv4Prefix.parse("10.1.1.0"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Ipv4Prefix.lengthOf(Ipv4Address.parse("255.0.255.0")));
  }

  @Example
  void addressesOrderAsUnsignedNumbers() {
    assertTrue(Ipv4Address.parse("192.168.1.1").compareTo(Ipv4Address.parse("10.0.0.1")) > 0);
    assertTrue(Ipv6Address.parse("ff02::5").compareTo(Ipv6Address.parse("::1")) > 0);
    assertTrue(Ipv4Address.parse("224.0.0.5").isMulticast());
    assertTrue(Ipv4Address.parse("127.0.0.1").isLoopback());
    assertTrue(Ipv6Address.parse("fe80::1").isLinkLocal());
    assertFalse(Ipv6Address.parse("fec0::1").isLinkLocal());
  }
}
