package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.TransportChecksum;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Every version in every version, in both modes, with and without UDP. */
final class MixedVersionsPropertyTest {
  @Provide
  Arbitrary<EspSuite> suites() {
    return Arbitraries.of(Packets.suites());
  }

  private static SaParameters parameters(EspSuite suite, EspMode mode, boolean outer6) {
    return SaParameters.of(
            0x1234,
            mode,
            suite,
            outer6 ? Ipv6Packets.HERE : Packets.HERE,
            outer6 ? Ipv6Packets.THERE : Packets.THERE)
        .withSelector(TrafficSelector.ANY);
  }

  private static byte[] packet(boolean six, int payload) {
    if (!six) {
      return Packets.ipv4(20 + payload, 17);
    }
    byte[] body = new byte[payload];
    for (int i = 0; i < payload; i++) {
      body[i] = (byte) i;
    }
    return Ipv6Packets.packet(Ipv6Packets.HERE, Ipv6Packets.THERE, IpProtocol.GRE, body);
  }

  @Property(tries = 500)
  void whatGoesInComesOut(
      @ForAll("suites") EspSuite suite,
      @ForAll EspMode mode,
      @ForAll boolean outer6,
      @ForAll boolean inner6,
      @ForAll boolean udp,
      @ForAll boolean extended,
      @ForAll @IntRange(max = 2000) int payload,
      @ForAll @IntRange(min = 1, max = 130) int count) {
    boolean six = mode == EspMode.TRANSPORT ? outer6 : inner6;
    SaParameters parameters =
        parameters(suite, mode, outer6)
            .withUdpEncapsulation(udp ? new UdpEncapsulation(4500, 33_333) : null)
            .withExtendedSequenceNumbers(extended)
            .withReplayWindow(256);
    OutboundSa out = Packets.outbound(parameters, 3);
    InboundSa in = Packets.inbound(parameters, 3);
    byte[][] packets = new byte[count][];
    for (int i = 0; i < count; i++) {
      packets[i] = packet(six, (payload + i) % 2000);
    }
    PacketBatch batch = Packets.batch(packets);
    out.seal(batch);
    for (int i = 0; i < count; i++) {
      assertEquals(EspVerdict.SEALED, batch.verdict(i));
      byte[] sealed = batch.copy(i);
      assertEquals(parameters.sealedLength(packets[i].length), sealed.length);
      assertTrue(EspFields.isWellFormed(sealed, 0, sealed.length));
      assertEquals(sealed.length, EspFields.totalLength(sealed, 0));
      assertEquals(0x1234, EspFields.spi(sealed, 0));
      assertEquals(!udp, EspFields.isEsp(sealed, 0));
      if (outer6 && udp) {
        assertEquals(
            0,
            TransportChecksum.of(
                Ipv6Packets.HERE, Ipv6Packets.THERE, 17, sealed, 40, sealed.length - 40));
      }
      batch.setVerdict(i, dev.zuido.wire.Verdict.PASS);
    }
    in.open(batch);
    for (int i = 0; i < count; i++) {
      assertEquals(EspVerdict.OPENED, batch.verdict(i));
      assertArrayEquals(packets[i], batch.copy(i));
    }
    assertEquals(count, in.counters().packets(EspVerdict.OPENED));
    assertEquals(in.counters().bytes(), out.counters().bytes());
    assertEquals(udp && outer6 ? Ipv6Packets.HERE : udp ? Packets.HERE : null, in.lastSource());
  }

  @Property(tries = 500)
  void theLongestPacketForAnMtuIsExact(
      @ForAll("suites") EspSuite suite,
      @ForAll EspMode mode,
      @ForAll boolean six,
      @ForAll boolean udp,
      @ForAll @IntRange(min = 0, max = 9000) int mtu) {
    SaParameters parameters =
        parameters(suite, mode, six).withUdpEncapsulation(udp ? UdpEncapsulation.STANDARD : null);
    int longest = parameters.maxInner(mtu);
    int least = mode == EspMode.TRANSPORT && six ? 40 : 20;
    if (longest != 0) {
      assertTrue(parameters.sealedLength(longest) <= mtu);
      assertTrue(parameters.sealedLength(longest + 1) > mtu);
    } else {
      assertTrue(parameters.sealedLength(least) > mtu);
    }
  }

  /** Any chain of extension headers: routers still see theirs, the rest is protected. */
  @Property(tries = 400)
  void espStandsBehindTheHeadersThatRoutersRead(
      @ForAll("suites") EspSuite suite,
      @ForAll boolean hopByHop,
      @ForAll boolean optionsForRouters,
      @ForAll boolean routing,
      @ForAll boolean atomicFragment,
      @ForAll boolean optionsForTheEnd) {
    int options = Ipv6Packets.DESTINATION_OPTIONS;
    int[] chain = {
      hopByHop ? 0 : -1,
      optionsForRouters && routing ? options : -1,
      routing ? IpProtocol.IPV6_ROUTE : -1,
      atomicFragment ? IpProtocol.IPV6_FRAGMENT : -1,
      optionsForTheEnd ? options : -1,
    };
    byte[][] parts = new byte[6][0];
    parts[5] = Ipv6Packets.ports(7, 8);
    int next = IpProtocol.UDP;
    for (int i = 4; i >= 0; i--) {
      if (chain[i] >= 0) {
        parts[i] =
            chain[i] == IpProtocol.IPV6_FRAGMENT
                ? Ipv6Packets.fragment(next, 0, false)
                : Ipv6Packets.extension(next);
        next = chain[i];
      }
    }
    byte[] packet = Ipv6Packets.packet(Ipv6Packets.HERE, Ipv6Packets.THERE, next, parts);
    int before = 40;
    for (int i = 0; i < 4; i++) {
      before += parts[i].length;
    }
    SaParameters parameters = parameters(suite, EspMode.TRANSPORT, true);
    byte[] sealed = Packets.seal(Packets.outbound(parameters, 3), packet);
    long upper = Ipv6Fields.upperLayer(sealed, 0);
    assertEquals(IpProtocol.ESP, Ipv6Fields.protocolOf(upper));
    assertEquals(before, Ipv6Fields.offsetOf(upper));
    assertEquals(0x1234, BigEndian.getInt(sealed, before));
    PacketBatch batch = Packets.batch(sealed);
    Packets.inbound(parameters, 3).open(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertArrayEquals(packet, batch.copy(0));
  }

  /** Arbitrary bytes, and sealed packets cut, stretched and changed anywhere. */
  @Property(tries = 3000)
  void nothingIsThrownWhateverComes(
      @ForAll("suites") EspSuite suite,
      @ForAll EspMode mode,
      @ForAll boolean outer6,
      @ForAll boolean udp,
      @ForAll boolean arbitrary,
      @ForAll @IntRange(max = 300) int payload,
      @ForAll long seed) {
    SaParameters parameters =
        parameters(suite, mode, outer6)
            .withUdpEncapsulation(udp ? UdpEncapsulation.STANDARD : null)
            .withTfcPadding(TfcPadding.toMultiple(64, 1300))
            .withExtendedSequenceNumbers((seed & 1) == 0);
    java.util.Random random = new java.util.Random(seed);
    byte[] bytes = new byte[payload];
    random.nextBytes(bytes);
    if (arbitrary) {
      if (payload > 0) {
        bytes[0] = (byte) (outer6 ? 0x60 : 0x45);
      }
    } else {
      byte[] sealed = Packets.seal(Packets.outbound(parameters, 3), packet(outer6, payload));
      bytes = java.util.Arrays.copyOf(sealed, random.nextInt(sealed.length + 40));
      if (bytes.length >= sealed.length) {
        bytes[random.nextInt(sealed.length)] ^= (byte) (1 + random.nextInt(255));
      }
      // With the lengths put right, more of the checks are reached.
      if (random.nextBoolean() && bytes.length >= 40) {
        if (outer6) {
          Ipv6Fields.setPayloadLength(bytes, 0, bytes.length - 40);
        } else if ((bytes[0] & 0xff) == 0x45) {
          dev.zuido.wire.Ipv4Fields.setTotalLength(bytes, 0, bytes.length);
        }
      }
    }
    InboundSa in = Packets.inbound(parameters, 3);
    AuditLog log = new AuditLog(4);
    in.auditTo(log);
    PacketBatch batch = Packets.batch(bytes, bytes);
    in.open(batch);
    boolean opened = batch.verdict(0) == EspVerdict.OPENED;
    // Only the outer header is not authenticated, and of it only some bytes are looked at.
    assertTrue(!opened || !arbitrary);
    if (batch.verdict(0) == EspVerdict.CONGESTION_UNMARKABLE) {
      // The outer header's ECN bits were altered, which nothing authenticates: the packet is the
      // peer's all the same, and counts as come.
      assertEquals(EspVerdict.REPLAYED, batch.verdict(1));
    } else if (!opened) {
      assertFalse(batch.passes(0));
      assertEquals(0, in.highestSequence());
      assertEquals(0, in.counters().bytes());
      assertEquals(2, in.counters().drops());
    }
    IcmpQuote.of(bytes, 0, bytes.length);
    PacketBatch sent = Packets.batch(bytes);
    Packets.outbound(parameters, 3).seal(sent);
    assertTrue(sent.verdict(0) instanceof EspVerdict);
  }
}
