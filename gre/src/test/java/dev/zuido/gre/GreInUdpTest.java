package dev.zuido.gre;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.gre.GreInUdp.ZeroChecksums;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.TransportChecksum;
import dev.zuido.wire.UdpFields;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** GRE in UDP (RFC 8086). */
final class GreInUdpTest {
  private static final GreTunnelConfig OVER_IPV4 =
      GreTunnelConfig.of(Packets.A, Packets.B).withUdp(GreInUdp.DEFAULT);
  private static final GreTunnelConfig OVER_IPV6 =
      GreTunnelConfig.of(Ipv6Address.parse("2001:db8::1"), Ipv6Address.parse("2001:db8::2"))
          .withUdp(GreInUdp.DEFAULT);
  private static final byte[] INNER = Packets.ipv4(Packets.HOST_A, Packets.HOST_B, 0, 33);

  private static byte[] encapsulated(GreTunnelConfig config, byte[] inner) {
    PacketBatch batch = Packets.batch(inner);
    assertEquals(1, new GreTunnel(config).encapsulate(batch));
    return batch.copy(0);
  }

  private static GreVerdict received(GreTunnelConfig sender, byte[] packet) {
    return new GreTunnel(sender.reversed()).decapsulate(Packets.batch(packet), 0);
  }

  @Test
  void theUdpHeaderIsAsRfc8086Says() {
    for (GreTunnelConfig config : new GreTunnelConfig[] {OVER_IPV4, OVER_IPV6}) {
      byte[] outer = encapsulated(config.withKey(5), INNER);
      int udp = config.isOverIpv4() ? 20 : 40;
      assertEquals(udp + 16 + INNER.length, outer.length);
      assertEquals(17, config.isOverIpv4() ? Ipv4Fields.protocol(outer, 0) : outer[6]);
      assertTrue(UdpFields.sourcePort(outer, udp) >= 49_152);
      assertEquals(4754, UdpFields.destinationPort(outer, udp));
      assertEquals(16 + INNER.length, UdpFields.length(outer, udp));
      assertEquals(
          0,
          TransportChecksum.of(
              config.local(),
              config.remote(),
              IpProtocol.UDP,
              outer,
              udp,
              UdpFields.length(outer, udp)));
      PacketBatch batch = Packets.batch(outer);
      GreTunnel receiver = new GreTunnel(config.withKey(5).reversed());
      assertTrue(receiver.matches(batch.slab(), batch.offset(0)));
      assertEquals(GreVerdict.DECAPSULATED, receiver.decapsulate(batch, 0));
      assertArrayEquals(INNER, batch.copy(0));
      assertEquals(udp + 16, config.withKey(5).overhead());
    }
  }

  @Test
  void theSourcePortFollowsTheFlowUnlessItMayNot() {
    byte[] other = INNER.clone();
    other[23]++;
    int first = UdpFields.sourcePort(encapsulated(OVER_IPV4, INNER), 20);
    assertEquals(first, UdpFields.sourcePort(encapsulated(OVER_IPV4, INNER), 20));
    assertNotEquals(first, UdpFields.sourcePort(encapsulated(OVER_IPV4, other), 20));
    GreTunnelConfig constant =
        OVER_IPV4.withUdp(new GreInUdp(true, ZeroChecksums.IPV4_ONLY, false));
    int port = UdpFields.sourcePort(encapsulated(constant, INNER), 20);
    assertTrue(port >= 49_152);
    assertEquals(port, UdpFields.sourcePort(encapsulated(constant, other), 20));
  }

  @Test
  void packetsWithoutChecksumAreAcceptedWhereRfc8086SaysSo() {
    GreInUdp none = new GreInUdp(false, ZeroChecksums.ACCEPTED, true);
    GreInUdp strict = new GreInUdp(true, ZeroChecksums.REFUSED, true);
    byte[] ipv4 = encapsulated(OVER_IPV4.withUdp(none), INNER);
    byte[] ipv6 = encapsulated(OVER_IPV6.withUdp(none), INNER);
    assertEquals(0, UdpFields.checksum(ipv4, 20));
    assertEquals(GreVerdict.DECAPSULATED, received(OVER_IPV4, ipv4));
    assertEquals(GreVerdict.UDP_CHECKSUM_MISSING, received(OVER_IPV4.withUdp(strict), ipv4));
    assertEquals(GreVerdict.UDP_CHECKSUM_MISSING, received(OVER_IPV6, ipv6));
    assertEquals(GreVerdict.DECAPSULATED, received(OVER_IPV6.withUdp(none), ipv6));
    // "If a packet with a non-zero checksum is received, the checksum MUST be verified".
    byte[] wrong = encapsulated(OVER_IPV6, INNER);
    wrong[wrong.length - 1]++;
    assertEquals(GreVerdict.BAD_UDP_CHECKSUM, received(OVER_IPV6.withUdp(none), wrong));
  }

  @Test
  void otherPortsAreOthers() {
    byte[] packet = encapsulated(OVER_IPV4, INNER);
    BigEndian.putShort(packet, 22, 4755);
    assertEquals(GreVerdict.DTLS_UNSUPPORTED, received(OVER_IPV4, packet));
    assertFalse(new GreTunnel(OVER_IPV4.reversed()).matches(packet, 0));
    BigEndian.putShort(packet, 22, 53);
    assertEquals(GreVerdict.NOT_THIS_TUNNEL, received(OVER_IPV4, packet));
    byte[] bare = encapsulated(OVER_IPV4.withUdp(null), INNER);
    assertEquals(GreVerdict.NOT_THIS_TUNNEL, received(OVER_IPV4, bare));
    assertEquals(
        GreVerdict.NOT_THIS_TUNNEL,
        received(OVER_IPV4.withUdp(null), encapsulated(OVER_IPV4, INNER)));
  }

  @Test
  void cutAndMisstatedDatagramsAreRefused() {
    byte[] packet = encapsulated(OVER_IPV4, INNER);
    byte[] cut = Arrays.copyOf(packet, 27);
    Ipv4Fields.setTotalLength(cut, 0, 27);
    assertEquals(GreVerdict.BAD_OUTER_HEADER, received(OVER_IPV4, cut));
    BigEndian.putShort(packet, 24, 7);
    assertEquals(GreVerdict.BAD_OUTER_HEADER, received(OVER_IPV4, packet));
    byte[] empty = encapsulated(OVER_IPV4, INNER);
    BigEndian.putShort(empty, 24, 11);
    BigEndian.putShort(empty, 26, 0);
    assertEquals(GreVerdict.TRUNCATED, received(OVER_IPV4, empty));
  }

  @Test
  void ownPacketsAreNotSentAgain() {
    byte[] once = encapsulated(OVER_IPV4, INNER);
    GreTunnel tunnel = new GreTunnel(OVER_IPV4);
    assertEquals(GreVerdict.RECURSION, tunnel.encapsulate(Packets.batch(once), 0));
    BigEndian.putShort(once, 22, 53);
    assertEquals(GreVerdict.ENCAPSULATED, tunnel.encapsulate(Packets.batch(once), 0));
  }
}
