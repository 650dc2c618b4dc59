package dev.zuido.gre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.gre.GreTunnelConfig.DfPolicy;
import dev.zuido.gre.GreTunnelConfig.Payload;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.PacketBatch;
import org.junit.jupiter.api.Test;

/** MTU and path MTU (RFC 7588, RFC 7676 section 3.3). */
final class GrePathMtuTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final GreMtu ETHERNET = GreMtu.of(1500).withDiscovery();
  private static final GreTunnelConfig OVER_IPV4 =
      GreTunnelConfig.of(Packets.A, Packets.B)
          .withKey(9)
          .withDfPolicy(DfPolicy.SET)
          .withMtu(ETHERNET);
  private static final GreTunnelConfig OVER_IPV6 =
      GreTunnelConfig.of(Ipv6Address.parse("2001:db8::1"), Ipv6Address.parse("2001:db8::2"))
          .withMtu(ETHERNET);

  private static byte[] ipv4(int length, boolean dontFragment) {
    byte[] packet = Packets.ipv4(Packets.HOST_A, Packets.HOST_B, 0, length - 20);
    BigEndian.putShort(packet, 6, dontFragment ? Ipv4Fields.DONT_FRAGMENT : 0);
    Ipv4Fields.updateChecksum(packet, 0);
    return packet;
  }

  private static GreVerdict sent(GreTunnelConfig config, byte[] packet) {
    return new GreTunnel(config).encapsulate(Packets.batch(packet), 0);
  }

  private static byte[] outer(GreTunnelConfig config, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    assertEquals(1, new GreTunnel(config).encapsulate(batch));
    return batch.copy(0);
  }

  @Test
  void whatIsTooLongIsRefusedForItsReason() {
    GreTunnelConfig clear = OVER_IPV4.withDfPolicy(DfPolicy.CLEAR);
    GreTunnelConfig copy = OVER_IPV4.withDfPolicy(DfPolicy.COPY);
    int most = new GreTunnel(OVER_IPV4).payloadMtu();
    assertEquals(1500 - 28, most);
    for (GreTunnelConfig config : new GreTunnelConfig[] {clear, copy, OVER_IPV4}) {
      assertEquals(GreVerdict.ENCAPSULATED, sent(config, ipv4(most, true)));
      assertEquals(GreVerdict.PACKET_TOO_BIG, sent(config, ipv4(most + 1, true)));
      assertEquals(GreVerdict.ENCAPSULATED, sent(config, Packets.ipv6(0, most - 40)));
      assertEquals(GreVerdict.PACKET_TOO_BIG, sent(config, Packets.ipv6(0, most - 39)));
    }
    assertEquals(GreVerdict.ENCAPSULATED, sent(clear, ipv4(most + 1, false)));
    assertEquals(GreVerdict.ENCAPSULATED, sent(copy, ipv4(most + 1, false)));
    assertEquals(GreVerdict.NEEDS_FRAGMENTATION, sent(OVER_IPV4, ipv4(most + 1, false)));
    assertEquals(GreVerdict.NEEDS_FRAGMENTATION, sent(OVER_IPV6, ipv4(1500 - 43, false)));
    assertEquals(GreVerdict.ENCAPSULATED, sent(OVER_IPV6, ipv4(1500 - 44, false)));
  }

  /** The same packets in the tunnel without optional fields, which has a path of its own. */
  @Test
  void aPlainTunnelDoesTheSame() {
    GreTunnelConfig plain = OVER_IPV4.withKey(null);
    assertEquals(GreVerdict.ENCAPSULATED, sent(plain, ipv4(1476, true)));
    assertEquals(GreVerdict.PACKET_TOO_BIG, sent(plain, ipv4(1477, true)));
    assertEquals(GreVerdict.NEEDS_FRAGMENTATION, sent(plain, ipv4(1477, false)));
    assertEquals(
        GreVerdict.ENCAPSULATED, sent(plain.withDfPolicy(DfPolicy.COPY), ipv4(1477, false)));
  }

  /** RFC 7676 section 3.3: below 1280 the outer packet is fragmented, not refused. */
  @Test
  void whatIpv6MayTakeForGrantedIsAlwaysCarried() {
    GreTunnelConfig narrow = OVER_IPV4.withMtu(GreMtu.of(1307));
    assertEquals(1279, narrow.payloadMtu(1307));
    byte[] packet = outer(narrow, Packets.ipv6(0, 1240));
    assertFalse(Ipv4Fields.dontFragment(packet, 0));
    assertEquals(GreVerdict.ENCAPSULATED, sent(narrow, Packets.ipv6(0, 1241)));
    GreTunnelConfig enough = OVER_IPV4.withMtu(GreMtu.of(1308));
    assertTrue(Ipv4Fields.dontFragment(outer(enough, Packets.ipv6(0, 1240)), 0));
    assertEquals(GreVerdict.PACKET_TOO_BIG, sent(enough, Packets.ipv6(0, 1241)));
  }

  @Test
  void framesAreMeasuredWithTheirHeader() {
    GreTunnelConfig bridge =
        GreTunnelConfig.of(Packets.A, Packets.B)
            .withPayload(Payload.ETHERNET)
            .withMtu(GreMtu.of(1500));
    assertEquals(1462, new GreTunnel(bridge).payloadMtu());
    assertEquals(GreVerdict.ENCAPSULATED, sent(bridge, new byte[1476]));
    assertEquals(GreVerdict.ENCAPSULATED, sent(bridge, new byte[1477]));
    GreTunnelConfig whole = bridge.withDfPolicy(DfPolicy.SET);
    assertEquals(GreVerdict.ENCAPSULATED, sent(whole, new byte[1476]));
    assertEquals(GreVerdict.PACKET_TOO_BIG, sent(whole, new byte[1477]));
  }

  @Test
  void aReportLowersTheMtuForTenMinutes() {
    GreTunnel tunnel = new GreTunnel(OVER_IPV4);
    byte[] quote = outer(OVER_IPV4, ipv4(1472, true));
    assertEquals(GrePathMtuReport.LEARNED, tunnel.learnPathMtu(quote, 0, 28, 1400, 5));
    assertEquals(1400, tunnel.pathMtu());
    assertEquals(1372, tunnel.payloadMtu());
    assertEquals(GreVerdict.PACKET_TOO_BIG, tunnel.encapsulate(Packets.batch(ipv4(1373, true)), 0));
    assertEquals(GreVerdict.ENCAPSULATED, tunnel.encapsulate(Packets.batch(ipv4(1372, true)), 0));
    assertEquals(5 + 10 * MINUTE, tunnel.nextDeadline());
    tunnel.handleTimeout(4 + 10 * MINUTE);
    assertEquals(1400, tunnel.pathMtu());
    tunnel.handleTimeout(5 + 10 * MINUTE);
    assertEquals(1500, tunnel.pathMtu());
    assertEquals(GreTunnel.NO_DEADLINE, tunnel.nextDeadline());
    assertEquals(1, tunnel.pathMtuReports().get(GrePathMtuReport.LEARNED));
  }

  @Test
  void aReportMayCountForEver() {
    GreTunnel tunnel = new GreTunnel(OVER_IPV4.withMtu(ETHERNET.withAge(GreMtu.NEVER)));
    byte[] quote = outer(OVER_IPV4, ipv4(1472, true));
    tunnel.learnPathMtu(quote, 0, quote.length, 1400, 5);
    assertEquals(GreTunnel.NO_DEADLINE, tunnel.nextDeadline());
    tunnel.handleTimeout(Long.MAX_VALUE - 1);
    assertEquals(1400, tunnel.pathMtu());
  }

  @Test
  void aReportOnlyLowersAndNotBelowTheFloor() {
    GreTunnel tunnel = new GreTunnel(OVER_IPV4);
    byte[] quote = outer(OVER_IPV4, ipv4(1472, true));
    assertEquals(GrePathMtuReport.LEARNED, tunnel.learnPathMtu(quote, 0, 28, 1000, 0));
    assertEquals(GrePathMtuReport.NOT_LOWER, tunnel.learnPathMtu(quote, 0, 28, 1200, 0));
    assertEquals(GrePathMtuReport.NOT_LOWER, tunnel.learnPathMtu(quote, 0, 28, 1000, 99));
    assertEquals(GrePathMtuReport.LEARNED, tunnel.learnPathMtu(quote, 0, 28, 68, 0));
    assertEquals(576, tunnel.pathMtu());
    GreTunnel lower = new GreTunnel(OVER_IPV4.withMtu(ETHERNET.withLeast(68)));
    assertEquals(GrePathMtuReport.LEARNED, lower.learnPathMtu(quote, 0, 28, 68, 0));
    assertEquals(68, lower.pathMtu());
    assertEquals(GrePathMtuReport.IMPLAUSIBLE, tunnel.learnPathMtu(quote, 0, 28, 1500, 0));
  }

  /** RFC 1191 section 5: the next lower plateau. */
  @Test
  void aReportWithoutMtuIsGuessed() {
    GreTunnel tunnel = new GreTunnel(OVER_IPV4);
    byte[] quote = outer(OVER_IPV4, ipv4(1472, true));
    assertEquals(GrePathMtuReport.LEARNED, tunnel.learnPathMtu(quote, 0, 28, 0, 0));
    assertEquals(1492, tunnel.pathMtu());
    byte[] shorter = outer(OVER_IPV4, ipv4(1464, true));
    assertEquals(GrePathMtuReport.LEARNED, tunnel.learnPathMtu(shorter, 0, 28, 0, 0));
    assertEquals(1006, tunnel.pathMtu());
  }

  @Test
  void over128OctetAddressesTheFloorIs1280() {
    GreTunnel tunnel = new GreTunnel(OVER_IPV6);
    byte[] quote = outer(OVER_IPV6, ipv4(1456, true));
    // RFC 8201 section 4: a node must discard a report of less.
    for (int mtu : new int[] {0, 600, 1279}) {
      assertEquals(GrePathMtuReport.IMPLAUSIBLE, tunnel.learnPathMtu(quote, 0, 44, mtu, 0));
    }
    assertEquals(1500, tunnel.pathMtu());
    assertEquals(GrePathMtuReport.LEARNED, tunnel.learnPathMtu(quote, 0, 44, 1280, 0));
    assertEquals(1280, tunnel.pathMtu());
    assertEquals(1236, tunnel.payloadMtu());
  }

  @Test
  void onlyAQuoteOfAnOwnPacketCounts() {
    byte[] quote = outer(OVER_IPV4, ipv4(1472, true));
    assertEquals(GrePathMtuReport.DISABLED, report(OVER_IPV4.withMtu(GreMtu.of(1500)), quote));
    assertNotOurs(OVER_IPV4.withKey(8), quote);
    assertNotOurs(OVER_IPV4.withKey(null), quote);
    assertNotOurs(OVER_IPV4.withChecksum(true), quote);
    assertNotOurs(OVER_IPV4.reversed(), quote);
    assertNotOurs(OVER_IPV6, quote);
    assertNotOurs(OVER_IPV4.withUdp(GreInUdp.DEFAULT), quote);
    byte[] fragmentable = quote.clone();
    fragmentable[6] = 0;
    assertNotOurs(OVER_IPV4, fragmentable);
    byte[] otherProtocol = quote.clone();
    otherProtocol[9] = 50;
    assertNotOurs(OVER_IPV4, otherProtocol);
    GreTunnel tunnel = new GreTunnel(OVER_IPV4);
    for (int length = 0; length < 28; length++) {
      assertEquals(
          GrePathMtuReport.NOT_THIS_TUNNEL, tunnel.learnPathMtu(quote, 0, length, 1400, 0));
    }
    assertEquals(1500, tunnel.pathMtu());
  }

  private static GrePathMtuReport report(GreTunnelConfig config, byte[] quote) {
    return new GreTunnel(config).learnPathMtu(quote, 0, quote.length, 1400, 0);
  }

  private static void assertNotOurs(GreTunnelConfig config, byte[] quote) {
    assertEquals(GrePathMtuReport.NOT_THIS_TUNNEL, report(config, quote));
  }

  @Test
  void aQuoteInUdpIsKnownByItsPortAndKey() {
    GreTunnelConfig keyed = OVER_IPV4.withUdp(GreInUdp.DEFAULT);
    GreTunnelConfig unkeyed = keyed.withKey(null);
    byte[] quote = outer(keyed, ipv4(1464, true));
    assertEquals(GrePathMtuReport.LEARNED, report(keyed, quote));
    assertNotOurs(keyed.withKey(8), quote);
    byte[] shortest = java.util.Arrays.copyOf(outer(unkeyed, ipv4(1464, true)), 28);
    assertEquals(GrePathMtuReport.LEARNED, report(unkeyed, shortest));
    shortest[23]++;
    assertNotOurs(unkeyed, shortest);
  }

  @Test
  void impossibleValuesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> GreMtu.of(67));
    assertThrows(IllegalArgumentException.class, () -> GreMtu.of(65_536));
    assertThrows(IllegalArgumentException.class, () -> ETHERNET.withAge(0));
    assertThrows(IllegalArgumentException.class, () -> ETHERNET.withLeast(67));
  }

  /** RFC 6864: tunnels with the same endpoints do not repeat each other's identifications. */
  @Test
  void tunnelsBetweenTheSameEndpointsShareIdentifications() {
    Ipv4Identifications shared = new Ipv4Identifications(0xffff);
    GreTunnel first = new GreTunnel(OVER_IPV4.withKey(1), shared);
    GreTunnel second = new GreTunnel(OVER_IPV4.withKey(2), shared);
    PacketBatch batch = Packets.batch(ipv4(50, false), ipv4(50, false));
    first.encapsulate(batch, 0);
    second.encapsulate(batch, 1);
    assertEquals(0xffff, Ipv4Fields.identification(batch.slab(), batch.offset(0)));
    assertEquals(0, Ipv4Fields.identification(batch.slab(), batch.offset(1)));
  }
}
