package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;
import org.junit.jupiter.api.Test;

/** RFC 4301 section 4.4.1.1 for IPv6, and what is the same for both versions. */
final class TrafficSelectorIpv6Test {
  private static final Ipv6Address A = Ipv6Packets.HERE;
  private static final Ipv6Address B = Ipv6Packets.THERE;
  private static final AddressRange NET_A = AddressRange.of(Ipv6Prefix.containing(A, 48));
  private static final AddressRange NET_B = AddressRange.of(Ipv6Prefix.containing(B, 48));

  private static TrafficSelector dns(PortRange local, PortRange remote) {
    return new TrafficSelector(NET_A, NET_B, IpProtocol.UDP, local, remote);
  }

  @Test
  void sourceIsLocalOutboundAndRemoteInbound() {
    TrafficSelector selector = dns(PortRange.ANY, PortRange.of(53));
    byte[] leaving = Ipv6Packets.udp(A, 5, B, 53);
    byte[] coming = Ipv6Packets.udp(B, 53, A, 5);
    assertTrue(selector.matchesOutbound(leaving, 0));
    assertFalse(selector.matchesOutbound(coming, 0));
    assertTrue(selector.matchesInbound(coming, 0));
    assertFalse(selector.matchesInbound(leaving, 0));
    assertFalse(selector.matchesOutbound(Ipv6Packets.udp(A, 53, B, 5), 0));
  }

  @Test
  void theProtocolStandsBehindTheExtensionHeaders() {
    byte[] packet =
        Ipv6Packets.packet(
            A,
            B,
            IpProtocol.HOP_BY_HOP,
            Ipv6Packets.extension(Ipv6Packets.DESTINATION_OPTIONS),
            Ipv6Packets.extension(IpProtocol.IPV6_FRAGMENT),
            Ipv6Packets.fragment(IpProtocol.UDP, 0, true),
            Ipv6Packets.ports(5, 53));
    assertTrue(dns(PortRange.of(5), PortRange.of(53)).matchesOutbound(packet, 0));
    assertFalse(dns(PortRange.of(6), PortRange.of(53)).matchesOutbound(packet, 0));
    TrafficSelector options = TrafficSelector.of(NET_A, NET_B, Ipv6Packets.DESTINATION_OPTIONS);
    assertFalse(options.matchesOutbound(packet, 0));
  }

  @Test
  void laterFragmentsAreOpaque() {
    byte[] later =
        Ipv6Packets.packet(
            A,
            B,
            IpProtocol.IPV6_FRAGMENT,
            Ipv6Packets.fragment(IpProtocol.UDP, 8, false),
            Ipv6Packets.ports(5, 53));
    TrafficSelector byPort = dns(PortRange.ANY, PortRange.of(53));
    assertFalse(byPort.matchesOutbound(later, 0));
    assertTrue(byPort.mayMatchOutbound(later, 0));
    assertTrue(dns(PortRange.ANY, PortRange.ANY).matchesOutbound(later, 0));
    assertTrue(dns(PortRange.OPAQUE, PortRange.OPAQUE).matchesOutbound(later, 0));
    byte[] whole = Ipv6Packets.udp(A, 5, B, 53);
    assertFalse(dns(PortRange.OPAQUE, PortRange.OPAQUE).matchesOutbound(whole, 0));
    assertFalse(byPort.mayMatchOutbound(whole, 0));
  }

  /** The first fragment holds the options and behind them the protocol; this one neither. */
  @Test
  void aLaterFragmentMayHideItsProtocol() {
    byte[] later =
        Ipv6Packets.packet(
            A,
            B,
            IpProtocol.IPV6_FRAGMENT,
            Ipv6Packets.fragment(Ipv6Packets.DESTINATION_OPTIONS, 8, false),
            new byte[16]);
    assertTrue(dns(PortRange.ANY, PortRange.ANY).mayMatchOutbound(later, 0));
    assertFalse(dns(PortRange.ANY, PortRange.ANY).matchesOutbound(later, 0));
    assertTrue(TrafficSelector.ANY.matchesOutbound(later, 0));
    TrafficSelector elsewhere = TrafficSelector.of(NET_B, NET_B, IpProtocol.UDP);
    assertFalse(elsewhere.mayMatchOutbound(later, 0));
  }

  @Test
  void malformedExtensionHeadersShowNothing() {
    byte[] cut =
        Ipv6Packets.packet(A, B, IpProtocol.HOP_BY_HOP, new byte[] {17, 9, 0, 0, 0, 0, 0, 0});
    assertFalse(dns(PortRange.ANY, PortRange.ANY).matchesOutbound(cut, 0));
    assertFalse(dns(PortRange.ANY, PortRange.ANY).mayMatchOutbound(cut, 0));
    assertEquals(UpperLayer.MALFORMED, UpperLayer.of(cut, 0));
  }

  @Test
  void icmpv6IsSelectedByTypeAndCode() {
    byte[] unreachable =
        Ipv6Packets.packet(A, B, IpProtocol.ICMPV6, new byte[] {1, 4, 0, 0, 0, 0, 0, 0});
    byte[] answer =
        Ipv6Packets.packet(B, A, IpProtocol.ICMPV6, new byte[] {1, 4, 0, 0, 0, 0, 0, 0});
    PortRange[] matching = {
      PortRange.ofIcmp(1, 4),
      PortRange.ofIcmp(1, 3, 5),
      PortRange.ofIcmpType(1),
      PortRange.ofIcmpTypes(0, 1)
    };
    for (PortRange types : matching) {
      TrafficSelector selector =
          new TrafficSelector(NET_A, NET_B, IpProtocol.ICMPV6, types, PortRange.ANY);
      assertTrue(selector.matchesOutbound(unreachable, 0), selector.toString());
      assertTrue(selector.matchesInbound(answer, 0), selector.toString());
    }
    for (PortRange types : new PortRange[] {PortRange.ofIcmp(1, 5), PortRange.ofIcmpType(2)}) {
      TrafficSelector selector =
          new TrafficSelector(NET_A, NET_B, IpProtocol.ICMPV6, types, PortRange.ANY);
      assertFalse(selector.matchesOutbound(unreachable, 0), selector.toString());
    }
  }

  @Test
  void theMobilityHeaderIsSelectedByItsType() {
    byte[] update = Ipv6Packets.packet(A, B, 135, new byte[] {59, 0, 5, 0, 1, 2, 3, 4});
    for (int type = 4; type < 7; type++) {
      TrafficSelector selector =
          new TrafficSelector(NET_A, NET_B, 135, PortRange.ofIcmpType(type), PortRange.ANY);
      assertEquals(type == 5, selector.matchesOutbound(update, 0));
      assertEquals(
          type == 5,
          new TrafficSelector(NET_B, NET_A, 135, PortRange.ofIcmpType(type), PortRange.ANY)
              .matchesInbound(update, 0));
    }
  }

  @Test
  void everyAddressIsOfBothVersionsAndOtherRangesOfOne() {
    byte[] v4 = Packets.gre(60);
    byte[] v6 = Ipv6Packets.udp(A, 1, B, 2);
    assertTrue(TrafficSelector.ANY.matchesOutbound(v4, 0));
    assertTrue(TrafficSelector.ANY.matchesOutbound(v6, 0));
    AddressRange four = AddressRange.of(Ipv4Prefix.parse("0.0.0.0/0"));
    assertEquals(AddressRange.ANY_IPV4, four);
    AddressRange six = AddressRange.of(Ipv6Prefix.containing(A, 0));
    assertEquals(AddressRange.ANY_IPV6, six);
    assertFalse(TrafficSelector.of(four, AddressRange.ANY, -1).matchesOutbound(v6, 0));
    assertFalse(TrafficSelector.of(AddressRange.ANY, six, -1).matchesOutbound(v4, 0));
    assertTrue(AddressRange.ANY.contains(four) && AddressRange.ANY.contains(six));
    assertFalse(six.contains(four) || four.contains(six) || four.contains(AddressRange.ANY));
    assertFalse(six.contains(Packets.HERE) || four.contains(A));
    assertThrows(IllegalArgumentException.class, () -> new AddressRange(Packets.HERE, A));
    assertThrows(IllegalArgumentException.class, () -> new AddressRange(A, Packets.HERE));
  }

  @Test
  void ipv6RangesIncludeTheirEndsAndCompareUnsigned() {
    AddressRange range =
        new AddressRange(
            Ipv6Address.parse("7fff::ffff:ffff:ffff:fff0"), Ipv6Address.parse("8000::1"));
    assertTrue(range.contains(Ipv6Address.parse("7fff::ffff:ffff:ffff:fff0")));
    assertTrue(range.contains(Ipv6Address.parse("7fff:1::")));
    assertTrue(range.contains(Ipv6Address.parse("8000::1")));
    assertFalse(range.contains(Ipv6Address.parse("8000::2")));
    assertFalse(range.contains(Ipv6Address.parse("7fff::ffff:ffff:ffff:ffef")));
    for (int length = 0; length <= 128; length++) {
      Ipv6Prefix prefix = Ipv6Prefix.containing(A, length);
      AddressRange all = AddressRange.of(prefix);
      assertTrue(prefix.contains(all.last()), prefix.toString());
      assertTrue(all.contains(A));
      if (length > 0 && length < 128) {
        assertFalse(all.contains(AddressRange.of(Ipv6Prefix.containing(A, length - 1))));
      }
    }
  }

  @Test
  void opaquePortsAreAllOrNothing() {
    assertThrows(IllegalArgumentException.class, () -> dns(PortRange.OPAQUE, PortRange.of(53)));
    assertEquals("opaque", PortRange.OPAQUE.toString());
    assertFalse(PortRange.OPAQUE.isAny());
    TrafficSelector portless =
        new TrafficSelector(
            AddressRange.ANY, AddressRange.ANY, -1, PortRange.OPAQUE, PortRange.ANY);
    assertTrue(portless.matchesOutbound(Packets.gre(60), 0));
    assertFalse(portless.matchesOutbound(Packets.ipv4(60, IpProtocol.TCP), 0));
    Ipv4Address to = Packets.THERE;
    byte[] fragment = Packets.ipv4(60, IpProtocol.TCP, Packets.HERE, to, 7);
    assertTrue(portless.matchesOutbound(fragment, 0));
  }
}
