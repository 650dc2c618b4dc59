package dev.zuido.gre;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.gre.GreTunnelConfig.DfPolicy;
import dev.zuido.gre.GreTunnelConfig.TosPolicy;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class GreTunnelTest {
  private static final GreTunnelConfig PLAIN = GreTunnelConfig.of(Packets.A, Packets.B);
  private static final byte[] INNER = Packets.ipv4(Packets.HOST_A, Packets.HOST_B, 0, 33);

  private static byte[] encapsulated(GreTunnelConfig config, byte[] inner) {
    PacketBatch batch = Packets.batch(inner);
    assertEquals(1, new GreTunnel(config).encapsulate(batch));
    return batch.copy(0);
  }

  private static GreVerdict received(GreTunnelConfig receiver, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    GreTunnel tunnel = new GreTunnel(receiver);
    GreVerdict verdict = tunnel.decapsulate(batch, 0);
    assertEquals(verdict, batch.verdict(0));
    assertEquals(1, tunnel.received().get(verdict));
    return verdict;
  }

  /** A packet with other GRE flags: for receivers of the plain tunnel. */
  private static byte[] withFlags(int flags) {
    byte[] packet = encapsulated(PLAIN, INNER);
    BigEndian.putShort(packet, 20, flags);
    return packet;
  }

  @Test
  void bothEndsUnderstandEachOther() {
    for (int fields = 0; fields < 8; fields++) {
      GreTunnelConfig config =
          PLAIN
              .withChecksum((fields & 1) != 0)
              .withKey((fields & 2) != 0 ? -7 : null)
              .withSequence((fields & 4) != 0);
      byte[] ipv6 = Packets.ipv6(0, 11);
      PacketBatch batch = Packets.batch(INNER, ipv6, INNER);
      assertEquals(3, new GreTunnel(config).encapsulate(batch));
      assertEquals(INNER.length + config.overhead(), batch.length(0));
      assertEquals(20 + 4 + 4 * Integer.bitCount(fields), config.overhead());
      for (int i = 0; i < 3; i++) {
        assertTrue(Ipv4Fields.isWellFormed(batch.slab(), batch.offset(i), batch.length(i)));
        assertEquals(i, Ipv4Fields.identification(batch.slab(), batch.offset(i)));
        assertEquals(255, Ipv4Fields.ttl(batch.slab(), batch.offset(i)));
      }
      GreTunnel receiver = new GreTunnel(config.reversed());
      assertTrue(receiver.matches(batch.slab(), batch.offset(1)));
      assertEquals(3, receiver.decapsulate(batch));
      assertArrayEquals(INNER, batch.copy(0));
      assertArrayEquals(ipv6, batch.copy(1));
      assertArrayEquals(INNER, batch.copy(2));
    }
  }

  @Test
  void refusedPacketsAreLeftAlone() {
    PacketBatch batch = Packets.batch(INNER, INNER);
    batch.setVerdict(0, Verdict.Basic.CONSUMED);
    assertEquals(1, new GreTunnel(PLAIN).encapsulate(batch));
    assertEquals(Verdict.Basic.CONSUMED, batch.verdict(0));
    assertArrayEquals(INNER, batch.copy(0));
    assertEquals(1, new GreTunnel(PLAIN.reversed()).decapsulate(batch));
    assertEquals(Verdict.Basic.CONSUMED, batch.verdict(0));
  }

  @Test
  void paddingIsCutOffInBothDirections() {
    byte[] padded = Arrays.copyOf(INNER, INNER.length + 9);
    byte[] outer = encapsulated(PLAIN, padded);
    assertEquals(INNER.length + 24, outer.length);
    PacketBatch batch = Packets.batch(Arrays.copyOf(outer, outer.length + 5));
    assertEquals(1, new GreTunnel(PLAIN.reversed()).decapsulate(batch));
    assertArrayEquals(INNER, batch.copy(0));
  }

  @Test
  void theOuterHeaderFollowsItsPolicies() {
    byte[] inner = Packets.ipv4(Packets.HOST_A, Packets.HOST_B, 0xb9, 8);
    BigEndian.putShort(inner, 6, Ipv4Fields.DONT_FRAGMENT);
    Ipv4Fields.updateChecksum(inner, 0);
    assertEquals(0xb9, Ipv4Fields.tos(encapsulated(PLAIN, inner), 0));
    assertEquals(
        0x20,
        Ipv4Fields.tos(encapsulated(PLAIN.withTosPolicy(new TosPolicy.Fixed(0x20)), inner), 0));
    assertEquals(0x5e, Ipv4Fields.tos(encapsulated(PLAIN, Packets.ipv6(0x5e, 1)), 0));
    assertFalse(Ipv4Fields.dontFragment(encapsulated(PLAIN, inner), 0));
    GreTunnelConfig copy = PLAIN.withDfPolicy(DfPolicy.COPY);
    assertTrue(Ipv4Fields.dontFragment(encapsulated(copy, inner), 0));
    assertFalse(Ipv4Fields.dontFragment(encapsulated(copy, INNER), 0));
    assertTrue(Ipv4Fields.dontFragment(encapsulated(copy, Packets.ipv6(0, 1)), 0));
    assertTrue(Ipv4Fields.dontFragment(encapsulated(PLAIN.withDfPolicy(DfPolicy.SET), INNER), 0));
    assertEquals(9, Ipv4Fields.ttl(encapsulated(PLAIN.withTtl(9), INNER), 0));
  }

  @Test
  void whatCannotBeSentIsRefused() {
    GreTunnel tunnel = new GreTunnel(PLAIN);
    byte[] wrongVersion = INNER.clone();
    wrongVersion[0] = 0x55;
    byte[] ownPacket = encapsulated(PLAIN, INNER);
    PacketBatch batch =
        Packets.batch(new byte[19], wrongVersion, Arrays.copyOf(INNER, 52), ownPacket, INNER);
    assertEquals(1, tunnel.encapsulate(batch));
    assertEquals(GreVerdict.BAD_PAYLOAD, batch.verdict(0));
    assertEquals(GreVerdict.BAD_PAYLOAD, batch.verdict(1));
    assertEquals(GreVerdict.BAD_PAYLOAD, batch.verdict(2));
    assertEquals(GreVerdict.RECURSION, batch.verdict(3));
    assertEquals(GreVerdict.ENCAPSULATED, batch.verdict(4));
    assertEquals(3, tunnel.sent().get(GreVerdict.BAD_PAYLOAD));
  }

  @Test
  void superPacketsAreRefused() {
    PacketBatch batch = Packets.batch(INNER, INNER);
    batch.setGsoSize(0, 1400);
    batch.setChecksumState(1, PacketBatch.ChecksumState.PARTIAL);
    assertEquals(0, new GreTunnel(PLAIN).encapsulate(batch));
    assertEquals(GreVerdict.NOT_SEGMENTED, batch.verdict(0));
    assertEquals(GreVerdict.NOT_SEGMENTED, batch.verdict(1));
  }

  @Test
  void headroomAndLengthAreChecked() {
    PacketBatch narrow = new PacketBatch(1, 100, 27, 0);
    narrow.add(INNER, 0, INNER.length);
    assertEquals(GreVerdict.NO_HEADROOM, new GreTunnel(PLAIN.withKey(1)).encapsulate(narrow, 0));
    assertEquals(GreVerdict.ENCAPSULATED, new GreTunnel(PLAIN).encapsulate(narrow, 0));
    PacketBatch huge = new PacketBatch(1, 65_535, 64, 0);
    huge.addUninitialized(65_535);
    Ipv4Fields.write(huge.slab(), huge.offset(0), 0, 65_512, 0, 0, 9, 17, 1, 2);
    assertEquals(GreVerdict.TOO_LONG, new GreTunnel(PLAIN).encapsulate(huge, 0));
    Ipv4Fields.write(huge.slab(), huge.offset(0), 0, 65_511, 0, 0, 9, 17, 1, 2);
    assertEquals(GreVerdict.ENCAPSULATED, new GreTunnel(PLAIN).encapsulate(huge, 0));
  }

  @Test
  void eachOuterFaultHasItsVerdict() {
    GreTunnelConfig receiver = PLAIN.reversed();
    byte[] good = encapsulated(PLAIN, INNER);
    byte[] badChecksum = good.clone();
    badChecksum[8]++;
    assertEquals(GreVerdict.BAD_OUTER_HEADER, received(receiver, badChecksum));
    assertEquals(GreVerdict.NOT_THIS_TUNNEL, received(PLAIN, good));
    byte[] otherProtocol = good.clone();
    Ipv4Fields.setProtocol(otherProtocol, 0, 50);
    assertEquals(GreVerdict.NOT_THIS_TUNNEL, received(receiver, otherProtocol));
    byte[] fragment = good.clone();
    BigEndian.putShort(fragment, 6, Ipv4Fields.MORE_FRAGMENTS);
    Ipv4Fields.updateChecksum(fragment, 0);
    assertEquals(GreVerdict.OUTER_FRAGMENT, received(receiver, fragment));
    assertEquals(GreVerdict.DECAPSULATED, received(receiver, good));
  }

  @Test
  void eachFaultOfTheGreHeaderHasItsVerdict() {
    GreTunnelConfig receiver = PLAIN.reversed();
    byte[] short3 = Arrays.copyOf(encapsulated(PLAIN, INNER), 23);
    Ipv4Fields.setTotalLength(short3, 0, 23);
    assertEquals(GreVerdict.TRUNCATED, received(receiver, short3));
    byte[] noKey = Arrays.copyOf(withFlags(GreFields.KEY_PRESENT), 27);
    Ipv4Fields.setTotalLength(noKey, 0, 27);
    assertEquals(GreVerdict.TRUNCATED, received(receiver, noKey));
    assertEquals(GreVerdict.BAD_VERSION, received(receiver, withFlags(1)));
    assertEquals(GreVerdict.ROUTING_PRESENT, received(receiver, withFlags(0x4000)));
    assertEquals(GreVerdict.RESERVED_BITS, received(receiver, withFlags(0x0800)));
    assertEquals(GreVerdict.RESERVED_BITS, received(receiver, withFlags(0x0400)));
    assertEquals(
        GreVerdict.DECAPSULATED,
        received(receiver.withReservedBits(GreHeader.ReservedBits.IGNORED), withFlags(0x0c00)));
    assertEquals(GreVerdict.DECAPSULATED, received(receiver, withFlags(0x03f8)));
  }

  @Test
  void flagsHaveToMatchTheTunnel() {
    GreTunnelConfig receiver = PLAIN.reversed();
    byte[] plain = encapsulated(PLAIN, INNER);
    byte[] keyed = encapsulated(PLAIN.withKey(7), INNER);
    byte[] summed = encapsulated(PLAIN.withChecksum(true), INNER);
    assertEquals(GreVerdict.KEY_MISSING, received(receiver.withKey(7), plain));
    assertEquals(GreVerdict.KEY_UNEXPECTED, received(receiver, keyed));
    assertEquals(GreVerdict.WRONG_KEY, received(receiver.withKey(8), keyed));
    assertFalse(new GreTunnel(receiver).matches(keyed, 0));
    assertFalse(new GreTunnel(receiver.withKey(8)).matches(keyed, 0));
    assertTrue(new GreTunnel(receiver.withKey(7)).matches(keyed, 0));
    assertEquals(GreVerdict.CHECKSUM_MISSING, received(receiver.withChecksum(true), plain));
    // "A compliant implementation MUST accept and process this field."
    assertEquals(GreVerdict.DECAPSULATED, received(receiver, summed));
    summed[summed.length - 1]++;
    assertEquals(GreVerdict.BAD_CHECKSUM, received(receiver, summed));
  }

  @Test
  void eachFaultOfThePayloadHasItsVerdict() {
    GreTunnelConfig receiver = PLAIN.reversed();
    byte[] unknown = encapsulated(PLAIN, INNER);
    BigEndian.putShort(unknown, 22, GreProtocolType.TRANSPARENT_ETHERNET_BRIDGING);
    assertEquals(GreVerdict.UNSUPPORTED_PROTOCOL, received(receiver, unknown));
    byte[] mislabelled = encapsulated(PLAIN, INNER);
    BigEndian.putShort(mislabelled, 22, GreProtocolType.IPV6);
    assertEquals(GreVerdict.BAD_INNER_PACKET, received(receiver, mislabelled));
    byte[] cut = encapsulated(PLAIN, INNER);
    BigEndian.putShort(cut, 26, INNER.length + 1);
    assertEquals(GreVerdict.BAD_INNER_PACKET, received(receiver, cut));
    byte[] empty = Arrays.copyOf(encapsulated(PLAIN, INNER), 24);
    Ipv4Fields.setTotalLength(empty, 0, 24);
    assertEquals(GreVerdict.BAD_INNER_PACKET, received(receiver, empty));
    byte[] back = Packets.ipv4(Packets.HOST_A, Packets.A, 0, 8);
    assertEquals(GreVerdict.LOOP, received(receiver, encapsulated(PLAIN, back)));
  }

  @Test
  void sequenceNumbersGoForwardOnly() {
    GreTunnelConfig config = PLAIN.withSequence(true);
    GreTunnel receiver = new GreTunnel(config.reversed());
    assertSequence(receiver, GreVerdict.DECAPSULATED, 0, 1, 5, 0x7fffffff);
    assertSequence(receiver, GreVerdict.OUT_OF_SEQUENCE, 0x7fffffff, 0x7ffffffe, 6, 0);
    // The preceding 2^31 - 1 values are older; the one before them is the newest of all.
    assertSequence(receiver, GreVerdict.DECAPSULATED, -1);
    assertSequence(receiver, GreVerdict.OUT_OF_SEQUENCE, -1, 0x80000000);
    assertSequence(receiver, GreVerdict.DECAPSULATED, 0x7fffffff, 0x80000000, -1, 0);
    assertSequence(receiver, GreVerdict.OUT_OF_SEQUENCE, 0);
    receiver.resetReceiveSequence();
    assertSequence(receiver, GreVerdict.DECAPSULATED, 0);
    PacketBatch unnumbered = Packets.batch(encapsulated(PLAIN, INNER));
    assertEquals(GreVerdict.DECAPSULATED, receiver.decapsulate(unnumbered, 0));
  }

  private static void assertSequence(GreTunnel receiver, GreVerdict expected, int... numbers) {
    for (int number : numbers) {
      byte[] packet = encapsulated(PLAIN.withSequence(true), INNER);
      BigEndian.putInt(packet, 24, number);
      PacketBatch batch = Packets.batch(packet);
      assertEquals(expected, receiver.decapsulate(batch, 0), Integer.toHexString(number));
    }
  }

  @Test
  void aRefusedPacketDoesNotMoveTheSequence() {
    GreTunnelConfig config = PLAIN.withSequence(true).withChecksum(true);
    GreTunnel receiver = new GreTunnel(config.reversed());
    byte[] forged = encapsulated(config, INNER);
    BigEndian.putInt(forged, 28, 1000);
    assertEquals(GreVerdict.BAD_CHECKSUM, receiver.decapsulate(Packets.batch(forged), 0));
    PacketBatch good = Packets.batch(encapsulated(config, INNER));
    assertEquals(GreVerdict.DECAPSULATED, receiver.decapsulate(good, 0));
  }

  /** RFC 6040 section 4.2, figure 4: a row per inner field, a column per outer field. */
  @Test
  void congestionMarksAreMergedAsRfc6040Says() {
    int drop = -1;
    int[][] table = {{0, 0, 0, drop}, {1, 1, 1, 3}, {2, 1, 2, 3}, {3, 3, 3, 3}};
    for (int inner = 0; inner < 4; inner++) {
      for (int outer = 0; outer < 4; outer++) {
        assertMerged(
            table[inner][outer],
            outer,
            Packets.ipv4(Packets.HOST_A, Packets.HOST_B, 0xa0 | inner, 4),
            4);
        assertMerged(table[inner][outer], outer, Packets.ipv6(0xa0 | inner, 4), 6);
      }
    }
  }

  private static void assertMerged(int expected, int outer, byte[] inner, int version) {
    GreTunnelConfig sender = PLAIN.withTosPolicy(new TosPolicy.Fixed(outer));
    PacketBatch batch = Packets.batch(encapsulated(sender, inner));
    GreVerdict verdict = new GreTunnel(PLAIN.reversed()).decapsulate(batch, 0);
    if (expected < 0) {
      assertEquals(GreVerdict.ECN_NOT_CAPABLE, verdict);
      return;
    }
    assertEquals(GreVerdict.DECAPSULATED, verdict);
    assertEquals(outer, batch.ecn(0));
    int first = BigEndian.getUnsignedShort(batch.slab(), batch.offset(0));
    assertEquals(0xa0 | expected, (version == 4 ? first : first >>> 4) & 0xff);
    if (version == 4) {
      assertEquals(0, InternetChecksum.of(batch.slab(), batch.offset(0), 20));
    }
  }

  @Test
  void theMtuLeavesRoomForTheHeaders() {
    assertEquals(1476, PLAIN.payloadMtu(1500));
    assertEquals(1464, PLAIN.withKey(1).withChecksum(true).withSequence(true).payloadMtu(1500));
    assertEquals(0, PLAIN.payloadMtu(20));
  }

  @Test
  void impossibleTunnelsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> GreTunnelConfig.of(Packets.A, Packets.A));
    assertThrows(
        IllegalArgumentException.class,
        () -> GreTunnelConfig.of(Packets.A, Ipv4Address.of(224, 0, 0, 5)));
    assertThrows(
        IllegalArgumentException.class,
        () -> GreTunnelConfig.of(Ipv4Address.UNSPECIFIED, Packets.A));
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withTtl(0));
    assertThrows(IllegalArgumentException.class, () -> new TosPolicy.Fixed(256));
  }
}
