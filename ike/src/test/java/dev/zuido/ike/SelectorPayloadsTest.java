package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.IdType;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selectors as identities (RFC 2407 section 4.6.2), and what is none. */
class SelectorPayloadsTest {
  private static IpAddress address(String text) {
    return IpAddress.parse(text);
  }

  /** The rows: first and last address, the ID type, the text. */
  @ParameterizedTest
  @CsvSource({
    "10.1.1.1, 10.1.1.1, 1, 10.1.1.1",
    "10.1.1.0, 10.1.1.255, 4, 10.1.1.0/24",
    "0.0.0.0, 255.255.255.255, 4, 0.0.0.0/0",
    "10.1.1.0, 10.1.1.254, 7, 10.1.1.0-10.1.1.254",
    "10.1.1.1, 10.1.1.2, 7, 10.1.1.1-10.1.1.2",
    "10.1.1.128, 10.1.2.127, 7, 10.1.1.128-10.1.2.127",
    "2001:db8::1, 2001:db8::1, 5, 2001:db8::1",
    "2001:db8::, 2001:db8::ffff:ffff:ffff:ffff, 6, 2001:db8::/64",
    "2001:db8::, 2001:db8:0:ff:ffff:ffff:ffff:ffff, 6, 2001:db8::/56",
    "2001:db8::, 2001:db8::ff, 6, 2001:db8::/120",
    "'::', ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 6, '::/0'",
    "2001:db8::, 2001:db8::fe, 8, 2001:db8::-2001:db8::fe",
    "2001:db8::, 2001:db8:0:1::, 8, 2001:db8::-2001:db8:0:1::",
    "2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff, 8, 2001:db8::1-2001:db8::ffff:ffff:ffff:ffff",
  })
  void aSelectorTakesTheTightestForm(String first, String last, int idType, String text) {
    TrafficSelector selector = new TrafficSelector(address(first), address(last), 0, 0);
    assertEquals(text, selector.toString());
    Identification payload = SelectorPayloads.encode(selector);
    assertEquals(idType, payload.idType());
    assertEquals(selector, SelectorPayloads.decode(payload));
    assertEquals(text, SelectorPayloads.describe(payload));
  }

  /** A range of the addresses of a subnet is that subnet, in whatever form the peer names it. */
  @Test
  void theFormDoesNotMatter() {
    TrafficSelector subnet = TrafficSelector.subnet(Ipv4Prefix.parse("10.1.1.0/24"));
    assertEquals(
        subnet,
        SelectorPayloads.decode(
            Identification.of(
                new Identity.Ipv4Range(Ipv4Address.of(10, 1, 1, 0), Ipv4Address.of(10, 1, 1, 255)),
                0,
                0)));
    assertEquals(
        TrafficSelector.host(Ipv4Address.of(10, 1, 1, 1), IpProtocol.GRE),
        SelectorPayloads.decode(
            Identification.of(
                new Identity.Ipv4Subnet(Ipv4Address.of(10, 1, 1, 1), Ipv4Address.BROADCAST),
                IpProtocol.GRE,
                0)));
  }

  @Test
  void protocolAndPortGoAlong() {
    TrafficSelector selector =
        new TrafficSelector(Ipv4Prefix.parse("10.1.1.0/24"), IpProtocol.UDP, 1701);
    Identification payload = SelectorPayloads.encode(selector);
    assertEquals(IpProtocol.UDP, payload.protocolId());
    assertEquals(1701, payload.port());
    assertEquals(selector, SelectorPayloads.decode(payload));
    assertEquals("10.1.1.0/24 udp port 1701", selector.toString());
  }

  @Test
  void masksWithHolesAndBackwardRangesAreNone() {
    Ipv4Address net = Ipv4Address.of(10, 1, 0, 0);
    Ipv4Address ten = Ipv4Address.of(10, 0, 0, 0);
    assertNone(new Identity.Ipv4Subnet(ten, Ipv4Address.of(255, 0, 255, 0)));
    assertNone(new Identity.Ipv4Subnet(ten, Ipv4Address.of(254, 0, 0, 1)));
    assertNone(new Identity.Ipv4Subnet(net, Ipv4Address.of(255, 0, 255, 0)));
    assertNone(new Identity.Ipv4Subnet(net, Ipv4Address.of(0, 0, 0, 255)));
    assertNone(
        new Identity.Ipv4Subnet(Ipv4Address.of(10, 1, 0, 1), Ipv4Address.of(255, 255, 0, 0)));
    assertNone(new Identity.Ipv4Range(Ipv4Address.of(10, 1, 0, 1), net));
    assertNone(new Identity.Ipv4Range(Ipv4Address.of(200, 1, 0, 1), Ipv4Address.of(100, 0, 0, 0)));
    Ipv6Address six = Ipv6Address.parse("2001:db8::");
    assertNone(new Identity.Ipv6Subnet(six, Ipv6Address.parse("ffff::ffff")));
    assertNone(
        new Identity.Ipv6Subnet(Ipv6Address.parse("2001::"), Ipv6Address.parse("ffff::ffff")));
    assertNone(
        new Identity.Ipv6Subnet(Ipv6Address.parse("2001:db8::1"), Ipv6Address.parse("ffff::")));
    assertNone(new Identity.Ipv6Range(Ipv6Address.parse("2001:db8::1"), six));
    assertNone(new Identity.Ipv6Range(Ipv6Address.parse("8000::"), Ipv6Address.parse("7000::")));
  }

  @Test
  void namesAreNoSelectors() {
    assertNone(new Identity.Fqdn("gw.example.com"));
    assertNone(new Identity.UserFqdn("a@example.com"));
    assertNone(new Identity.KeyId(ByteString.of(new byte[] {1, 2})));
    assertNone(new Identity.DistinguishedName(ByteString.of(new byte[] {0x30, 0})));
    assertNone(new Identity.GeneralName(ByteString.EMPTY));
    assertNone(new Identity.Opaque(0, ByteString.EMPTY));
    assertNone(new Identity.Opaque(IdType.IPV4_ADDR, ByteString.of(new byte[3])));
  }

  private static void assertNone(Identity identity) {
    Identification payload = Identification.of(identity, 0, 0);
    assertNull(SelectorPayloads.decode(payload));
    assertNotNull(SelectorPayloads.describe(payload));
  }

  @Test
  void whatIsLongIsShownInPart() {
    String text = SelectorPayloads.describe(new Identity.Fqdn("a".repeat(60_000)));
    assertTrue(text.length() < 300, () -> "" + text.length());
    Identity opaque = new Identity.KeyId(ByteString.of(new byte[60_000]));
    assertTrue(SelectorPayloads.describe(opaque).length() < 300);
  }

  @Property(tries = 2_000)
  void anyIdentityIsASelectorOrNone(
      @ForAll @IntRange(max = 255) int idType,
      @ForAll @IntRange(max = 255) int protocol,
      @ForAll @IntRange(max = 0xffff) int port,
      @ForAll @Size(max = 40) byte[] data) {
    Identification payload = new Identification(idType, protocol, port, ByteString.of(data));
    TrafficSelector selector = SelectorPayloads.decode(payload);
    assertFalse(SelectorPayloads.describe(payload).isEmpty());
    if (selector != null) {
      assertEquals(selector, SelectorPayloads.decode(SelectorPayloads.encode(selector)));
      assertTrue(selector.contains(selector));
    }
  }

  @Property(tries = 2_000)
  void anIpv4PrefixIsARangeAndBack(@ForAll int address, @ForAll @IntRange(max = 32) int length) {
    Ipv4Prefix prefix = Ipv4Prefix.containing(new Ipv4Address(address), length);
    TrafficSelector selector = TrafficSelector.subnet(prefix);
    assertEquals(prefix, selector.prefix());
    assertEquals(prefix.last(), selector.last());
    assertEquals(length == 32, selector.isHost());
  }

  @Property(tries = 2_000)
  void anIpv6PrefixIsARangeAndBack(
      @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 128) int length) {
    Ipv6Prefix prefix = Ipv6Prefix.containing(new Ipv6Address(high, low), length);
    TrafficSelector selector = TrafficSelector.subnet(prefix);
    assertEquals(prefix, selector.prefix());
    assertTrue(prefix.contains(selector.last()));
    assertEquals(length == 128, selector.isHost());
  }

  /** What {@code prefix} calls a prefix holds all addresses of the range, and no others. */
  @Property(tries = 2_000)
  void aRangeIsAPrefixOnlyIfItIs(@ForAll int first, @ForAll @IntRange(max = 1_100) int more) {
    int last = first + more;
    if (Integer.compareUnsigned(first, last) > 0) {
      return;
    }
    TrafficSelector selector = TrafficSelector.range(new Ipv4Address(first), new Ipv4Address(last));
    if (selector.prefix() instanceof Ipv4Prefix prefix) {
      assertEquals(first, prefix.address().value());
      assertEquals(last, prefix.last().value());
    } else {
      int size = more + 1;
      assertTrue(Integer.bitCount(size) != 1 || first % size != 0, selector::toString);
    }
  }

  @Test
  void containment() {
    TrafficSelector range =
        TrafficSelector.range(Ipv4Address.of(10, 1, 1, 5), Ipv4Address.of(10, 1, 1, 9));
    assertTrue(range.contains(TrafficSelector.host(Ipv4Address.of(10, 1, 1, 9), IpProtocol.TCP)));
    assertFalse(range.contains(TrafficSelector.host(Ipv4Address.of(10, 1, 1, 10), 0)));
    assertFalse(range.contains(TrafficSelector.host(Ipv4Address.of(10, 1, 1, 4), 0)));
    assertFalse(range.contains(TrafficSelector.host(Ipv6Address.parse("::10"), 0)));
    assertTrue(TrafficSelector.subnet(Ipv4Prefix.DEFAULT).contains(range));
    assertFalse(range.contains(TrafficSelector.subnet(Ipv4Prefix.DEFAULT)));
    TrafficSelector udp = new TrafficSelector(range.first(), range.last(), IpProtocol.UDP, 53);
    assertTrue(range.contains(udp));
    assertFalse(udp.contains(range));
    Ipv4Address high = Ipv4Address.of(200, 0, 0, 1);
    assertTrue(
        TrafficSelector.range(Ipv4Address.of(100, 0, 0, 0), high)
            .contains(TrafficSelector.host(Ipv4Address.of(128, 0, 0, 0), 0)),
        "addresses have no sign");
  }

  @Test
  void aRangeOfTwoFamiliesIsRefused() {
    Ipv4Address four = Ipv4Address.of(10, 1, 1, 1);
    Ipv6Address six = Ipv6Address.parse("2001:db8::1");
    assertThrows(IllegalArgumentException.class, () -> TrafficSelector.range(four, six));
    assertThrows(IllegalArgumentException.class, () -> TrafficSelector.range(six, four));
    assertThrows(
        IllegalArgumentException.class,
        () -> TrafficSelector.range(four, Ipv4Address.of(10, 1, 1, 0)));
    assertThrows(IllegalArgumentException.class, () -> new TrafficSelector(four, four, 256, 0));
    assertThrows(IllegalArgumentException.class, () -> new TrafficSelector(four, four, 0, -1));
  }
}
