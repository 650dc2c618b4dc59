package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrafficSelectorTest {
  private static final AddressRange LAN_A = AddressRange.of(Ipv4Prefix.parse("10.1.1.0/24"));
  private static final AddressRange LAN_B = AddressRange.of(Ipv4Prefix.parse("10.1.2.0/24"));
  private static final Ipv4Address A = Ipv4Address.of(10, 1, 1, 7);
  private static final Ipv4Address B = Ipv4Address.of(10, 1, 2, 7);

  private static byte[] udp(Ipv4Address source, int sourcePort, Ipv4Address to, int toPort) {
    byte[] packet = Packets.ipv4(40, IpProtocol.UDP, source, to, 0);
    BigEndian.putShort(packet, 20, sourcePort);
    BigEndian.putShort(packet, 22, toPort);
    return packet;
  }

  @Test
  void sourceIsLocalOutboundAndRemoteInbound() {
    TrafficSelector selector = TrafficSelector.of(LAN_A, LAN_B, TrafficSelector.ANY_PROTOCOL);
    byte[] leaving = udp(A, 1, B, 2);
    byte[] coming = udp(B, 2, A, 1);
    assertTrue(selector.matchesOutbound(leaving, 0));
    assertFalse(selector.matchesOutbound(coming, 0));
    assertTrue(selector.matchesInbound(coming, 0));
    assertFalse(selector.matchesInbound(leaving, 0));
  }

  @Test
  void portsTurnWithTheDirection() {
    TrafficSelector selector =
        new TrafficSelector(LAN_A, LAN_B, IpProtocol.UDP, PortRange.ANY, new PortRange(1000, 2000));
    assertTrue(selector.matchesOutbound(udp(A, 5, B, 1000), 0));
    assertTrue(selector.matchesOutbound(udp(A, 5, B, 2000), 0));
    assertFalse(selector.matchesOutbound(udp(A, 1500, B, 2001), 0));
    assertTrue(selector.matchesInbound(udp(B, 1500, A, 5), 0));
    assertFalse(selector.matchesInbound(udp(B, 5, A, 1500), 0));
  }

  @Test
  void packetsWithoutPortsMatchOnlyAnyPorts() {
    TrafficSelector ports =
        new TrafficSelector(LAN_A, LAN_B, IpProtocol.UDP, PortRange.ANY, PortRange.of(9));
    TrafficSelector any = TrafficSelector.of(LAN_A, LAN_B, IpProtocol.UDP);
    byte[] fragment = Packets.ipv4(60, IpProtocol.UDP, A, B, 4);
    BigEndian.putShort(fragment, 22, 9);
    assertFalse(ports.matchesOutbound(fragment, 0));
    assertTrue(any.matchesOutbound(fragment, 0));
    byte[] tiny = Packets.ipv4(23, IpProtocol.UDP, A, B, 0);
    assertFalse(ports.matchesOutbound(tiny, 0));
  }

  @Test
  void icmpIsSelectedByTypeAndCode() {
    byte[] unreachable = Packets.ipv4(40, IpProtocol.ICMP, A, B, 0);
    unreachable[20] = 3;
    unreachable[21] = 4;
    byte[] answer = Packets.ipv4(40, IpProtocol.ICMP, B, A, 0);
    answer[20] = 3;
    answer[21] = 4;
    for (PortRange types : List.of(PortRange.ofIcmp(3, 4), PortRange.ofIcmpType(3))) {
      TrafficSelector selector =
          new TrafficSelector(LAN_A, LAN_B, IpProtocol.ICMP, types, PortRange.ANY);
      assertTrue(selector.matchesOutbound(unreachable, 0));
      assertTrue(selector.matchesInbound(answer, 0));
    }
    TrafficSelector echo =
        new TrafficSelector(LAN_A, LAN_B, IpProtocol.ICMP, PortRange.ofIcmpType(8), PortRange.ANY);
    assertFalse(echo.matchesOutbound(unreachable, 0));
  }

  @Test
  void rangesIncludeTheirEndsAndCompareUnsigned() {
    AddressRange range =
        new AddressRange(Ipv4Address.of(127, 0, 0, 9), Ipv4Address.of(129, 0, 0, 1));
    assertTrue(range.contains(Ipv4Address.of(127, 0, 0, 9)));
    assertTrue(range.contains(Ipv4Address.of(128, 0, 0, 0)));
    assertTrue(range.contains(Ipv4Address.of(129, 0, 0, 1)));
    assertFalse(range.contains(Ipv4Address.of(129, 0, 0, 2)));
    assertFalse(range.contains(Ipv4Address.of(127, 0, 0, 8)));
    assertTrue(AddressRange.ANY.contains(range));
    assertFalse(range.contains(AddressRange.ANY));
  }

  @Test
  void whatCannotBeSelectedIsRefused() {
    PortRange port = PortRange.of(5);
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrafficSelector(LAN_A, LAN_B, IpProtocol.GRE, port, PortRange.ANY));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrafficSelector(LAN_A, LAN_B, IpProtocol.ICMP, PortRange.ANY, port));
    assertThrows(IllegalArgumentException.class, () -> TrafficSelector.of(LAN_A, LAN_B, 256));
    assertThrows(IllegalArgumentException.class, () -> new PortRange(7, 6));
    assertThrows(IllegalArgumentException.class, () -> new AddressRange(B, A));
  }

  @Test
  void theFirstPolicyThatSelectsDecides() {
    SecurityPolicy narrow =
        new SecurityPolicy(
            "ike",
            new TrafficSelector(
                AddressRange.ANY,
                AddressRange.ANY,
                IpProtocol.UDP,
                PortRange.of(500),
                PortRange.of(500)),
            PolicyAction.BYPASS);
    SecurityPolicy wide =
        new SecurityPolicy(
            "all", TrafficSelector.of(LAN_A, LAN_B, IpProtocol.UDP), PolicyAction.PROTECT);
    SecurityPolicyDatabase database =
        new SecurityPolicyDatabase(List.of(narrow, wide), PolicyAction.DISCARD);
    assertEquals(narrow, database.outbound(udp(A, 500, B, 500), 0));
    assertEquals(wide, database.outbound(udp(A, 501, B, 500), 0));
    assertEquals(wide, database.inbound(udp(B, 501, A, 500), 0));
    SecurityPolicy none = database.outbound(udp(B, 501, A, 500), 0);
    assertNull(none);
    assertEquals(PolicyAction.DISCARD, database.actionOf(none));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SecurityPolicyDatabase(List.of(wide, wide), PolicyAction.BYPASS));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SecurityPolicyDatabase(List.of(), PolicyAction.PROTECT));
  }

  @Test
  void theTextReadsLikeAnAccessList() {
    assertEquals(
        "100.1.1.1 -> 200.1.1.1 gre",
        TrafficSelector.hosts(Packets.HERE, Packets.THERE, IpProtocol.GRE).toString());
    assertEquals(
        "10.1.1.0-10.1.1.255:53 -> 10.1.2.0-10.1.2.255:1-9 udp",
        new TrafficSelector(LAN_A, LAN_B, 17, PortRange.of(53), new PortRange(1, 9)).toString());
  }

  @Test
  void theOtherEndSeesPortsAndAddressesTheOtherWayRound() {
    TrafficSelector dns =
        new TrafficSelector(
            AddressRange.host(Packets.HERE),
            AddressRange.host(Packets.THERE),
            IpProtocol.UDP,
            PortRange.ANY,
            PortRange.of(53));
    SaParameters parameters =
        SaParameters.of(7, EspMode.TUNNEL, Packets.REFERENCE, Packets.HERE, Packets.THERE)
            .withSelector(dns);
    TrafficSelector mirrored = parameters.mirrored().selector();
    assertEquals(AddressRange.host(Packets.THERE), mirrored.local());
    assertEquals(PortRange.of(53), mirrored.localPorts());
    assertEquals(PortRange.ANY, mirrored.remotePorts());
    assertEquals(dns, parameters.mirrored().mirrored().selector());
    TrafficSelector echo =
        new TrafficSelector(
            AddressRange.ANY,
            AddressRange.ANY,
            IpProtocol.ICMP,
            PortRange.ofIcmpType(8),
            PortRange.ANY);
    assertEquals(echo, parameters.withSelector(echo).mirrored().selector());
  }
}
