package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A translator that changes its mapping while the SAs live: RFC 7296 section 2.23. */
final class RemappedPeerTest {
  private static final EspSuite SUITE = new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);
  private static final SaParameters TRANSPORT =
      Packets.transport(SUITE).withUdpEncapsulation(UdpEncapsulation.STANDARD);
  private static final SaParameters TUNNEL = TRANSPORT.withMode(EspMode.TUNNEL);
  private static final Ipv4Address ELSEWHERE = Ipv4Address.of(203, 0, 113, 7);

  /** The packet as it arrives through a translator. */
  private static byte[] from(Ipv4Address source, int port, byte[] sealed) {
    byte[] packet = sealed.clone();
    BigEndian.putInt(packet, 12, source.value());
    Ipv4Fields.updateChecksum(packet, 0);
    BigEndian.putShort(packet, Ipv4Fields.headerLength(packet, 0), port);
    return packet;
  }

  private static EspVerdict open(InboundSa sa, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    sa.open(batch);
    return (EspVerdict) batch.verdict(0);
  }

  private static byte[][] sealed(SaParameters parameters, int count) {
    OutboundSa out = Packets.outbound(parameters, 1);
    byte[][] packets = new byte[count][];
    for (int i = 0; i < count; i++) {
      packets[i] = Packets.seal(out, Packets.gre(60));
    }
    return packets;
  }

  private static void assertSource(Ipv4Address address, int port, InboundSa in) {
    assertEquals(port, in.lastSourcePort());
    assertEquals(address, new Ipv4Address(in.lastSourceAddress()));
  }

  @Test
  void theSourceOfTheNewestAuthenticPacketIsKnown() {
    byte[][] packets = sealed(TUNNEL, 2);
    InboundSa in = Packets.inbound(TUNNEL, 1);
    assertSource(Ipv4Address.UNSPECIFIED, 0, in);
    assertEquals(EspVerdict.OPENED, open(in, from(Packets.HERE, 33_333, packets[0])));
    assertSource(Packets.HERE, 33_333, in);
    assertEquals(EspVerdict.OPENED, open(in, from(ELSEWHERE, 61_000, packets[1])));
    assertSource(ELSEWHERE, 61_000, in);
  }

  @Test
  void theHighestSequenceNumberOfABatchDecides() {
    byte[][] packets = sealed(TUNNEL, 3);
    InboundSa in = Packets.inbound(TUNNEL, 1);
    in.open(
        Packets.batch(
            from(Packets.HERE, 1111, packets[0]),
            from(ELSEWHERE, 3333, packets[2]),
            from(Packets.HERE, 1111, packets[1])));
    assertEquals(3, in.counters().packets(EspVerdict.OPENED));
    assertSource(ELSEWHERE, 3333, in);
  }

  @Test
  void optionsOfTheOuterHeaderAreSkipped() {
    byte[] inner = new byte[60];
    inner[0] = 0x46;
    inner[8] = 9;
    inner[9] = (byte) IpProtocol.GRE;
    inner[20] = 1; // no operation
    BigEndian.putInt(inner, 12, Packets.HERE.value());
    BigEndian.putInt(inner, 16, Packets.THERE.value());
    Ipv4Fields.setTotalLength(inner, 0, inner.length);
    byte[] packet = Packets.seal(Packets.outbound(TRANSPORT, 1), inner);
    InboundSa in = Packets.inbound(TRANSPORT, 1);
    assertEquals(EspVerdict.OPENED, open(in, from(Packets.HERE, 2222, packet)));
    assertSource(Packets.HERE, 2222, in);
  }

  @Test
  void forgedRepeatedAndOvertakenPacketsChangeNothing() {
    byte[][] packets = sealed(TUNNEL, 4);
    InboundSa in = Packets.inbound(TUNNEL, 1);
    open(in, from(Packets.HERE, 33_333, packets[2]));
    byte[] forged = from(ELSEWHERE, 666, packets[3]);
    forged[forged.length - 1] ^= 1;
    assertEquals(EspVerdict.BAD_ICV, open(in, forged));
    assertEquals(EspVerdict.REPLAYED, open(in, from(ELSEWHERE, 666, packets[2])));
    assertEquals(EspVerdict.OPENED, open(in, from(ELSEWHERE, 666, packets[1])));
    assertSource(Packets.HERE, 33_333, in);
  }

  @Test
  void aSourcePortOfZeroIsNotFollowed() {
    byte[][] packets = sealed(TUNNEL, 2);
    InboundSa in = Packets.inbound(TUNNEL, 1);
    open(in, from(Packets.HERE, 33_333, packets[0]));
    assertEquals(EspVerdict.OPENED, open(in, from(ELSEWHERE, 0, packets[1])));
    assertSource(Packets.HERE, 33_333, in);
  }

  @Test
  void inTransportModeANewAddressIsKnownThoughTheSelectorsRefuseIt() {
    InboundSa in = Packets.inbound(TRANSPORT, 1);
    byte[] packet = from(ELSEWHERE, 61_000, sealed(TRANSPORT, 1)[0]);
    assertEquals(EspVerdict.SELECTOR_MISMATCH, open(in, packet));
    assertSource(ELSEWHERE, 61_000, in);
  }

  @Test
  void withoutUdpOrReplayProtectionNoSourceIsKnown() {
    SaParameters bare = TUNNEL.withUdpEncapsulation(null).withSpi(0x1234_5678);
    InboundSa in = Packets.inbound(bare, 1);
    assertEquals(EspVerdict.OPENED, open(in, sealed(bare, 1)[0]));
    assertSource(Ipv4Address.UNSPECIFIED, 0, in);
    SaParameters unprotected = TUNNEL.withoutReplayProtection();
    in = Packets.inbound(unprotected, 1);
    assertEquals(EspVerdict.OPENED, open(in, sealed(unprotected, 1)[0]));
    assertSource(Ipv4Address.UNSPECIFIED, 0, in);
  }

  @ParameterizedTest
  @EnumSource(EspMode.class)
  void aRedirectedSaSendsToTheOtherPort(EspMode mode) {
    SaParameters parameters = TRANSPORT.withMode(mode);
    byte[][] expected = sealed(parameters, 2);
    OutboundSa out = Packets.outbound(parameters, 1);
    assertEquals(4500, out.destinationPort());
    assertArrayEquals(expected[0], Packets.seal(out, Packets.gre(60)));
    out.redirect(61_000);
    assertEquals(61_000, out.destinationPort());
    assertEquals(Packets.THERE, out.destination());
    byte[] redirected = Packets.seal(out, Packets.gre(60));
    assertEquals(61_000, BigEndian.getUnsignedShort(redirected, 22));
    BigEndian.putShort(redirected, 22, 4500);
    assertArrayEquals(expected[1], redirected, "nothing else has changed");
    assertEquals(parameters, out.parameters());
  }

  @Test
  void inTunnelModeAnSaIsRedirectedToAnotherAddress() {
    OutboundSa out = Packets.outbound(TUNNEL, 1);
    assertTrue(out.redirect(ELSEWHERE, 61_000));
    byte[] packet = Packets.seal(out, Packets.gre(60));
    assertTrue(Ipv4Fields.isWellFormed(packet, 0, packet.length));
    assertEquals(ELSEWHERE, new Ipv4Address(Ipv4Fields.destination(packet, 0)));
    assertEquals(61_000, BigEndian.getUnsignedShort(packet, 22));
    assertEquals(ELSEWHERE, out.destination());
    assertEquals(Packets.THERE, out.parameters().remote());
    BigEndian.putShort(packet, 22, 4500); // what the translator makes of it
    assertEquals(EspVerdict.OPENED, open(Packets.inbound(TUNNEL, 1), packet));
  }

  @Test
  void inTransportModeTheAddressIsThePacketsOwn() {
    byte[] expected = sealed(TRANSPORT, 1)[0];
    OutboundSa out = Packets.outbound(TRANSPORT, 1);
    assertFalse(out.redirect(ELSEWHERE, 61_000));
    assertArrayEquals(expected, Packets.seal(out, Packets.gre(60)));
    assertTrue(out.redirect(Packets.THERE, 61_000));
    assertEquals(61_000, BigEndian.getUnsignedShort(Packets.seal(out, Packets.gre(60)), 22));
  }

  @Test
  void whatCannotBeRedirectedIsRefused() {
    OutboundSa bare = Packets.outbound(TUNNEL.withUdpEncapsulation(null), 1);
    assertEquals(0, bare.destinationPort());
    assertThrows(IllegalStateException.class, () -> bare.redirect(4500));
    assertThrows(IllegalStateException.class, () -> bare.redirect(ELSEWHERE, 4500));
    OutboundSa out = Packets.outbound(TRANSPORT, 1);
    for (int port : new int[] {-1, 0, 0x10000}) {
      assertThrows(IllegalArgumentException.class, () -> out.redirect(port));
      assertThrows(IllegalArgumentException.class, () -> out.redirect(ELSEWHERE, port));
    }
    assertEquals(4500, out.destinationPort());
  }

  /** The whole way: a mapping is forgotten, the peer speaks, and the answer finds it. */
  @Test
  void theAnswerFollowsThePeer() {
    InboundSa in = Packets.inbound(TUNNEL, 1);
    SaParameters back = Packets.mirrored(TUNNEL).withSpi(0x5678);
    OutboundSa out = Packets.outbound(back, 2);
    int[] ports = new int[4];
    byte[][] packets = sealed(TUNNEL, ports.length);
    for (int i = 0; i < ports.length; i++) {
      open(in, from(Packets.HERE, i < 2 ? 33_333 : 44_444, packets[i]));
      if (in.lastSourcePort() != 0 && in.lastSourcePort() != out.destinationPort()) {
        out.redirect(in.lastSourcePort());
      }
      ports[i] = BigEndian.getUnsignedShort(Packets.seal(out, Packets.gre(60)), 22);
    }
    assertEquals("[33333, 33333, 44444, 44444]", Arrays.toString(ports));
  }
}
