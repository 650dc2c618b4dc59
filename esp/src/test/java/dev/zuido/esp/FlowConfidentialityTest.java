package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.PacketBatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Dummy packets and TFC padding: RFC 4303 section 2.6 and 2.7. */
final class FlowConfidentialityTest {
  private static final EspSuite SUITE = EspSuite.combined(EspEncryption.AES_GCM_16_128);
  private static final EspSuite OPEN_SUITE =
      new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);

  private static SaParameters parameters(EspMode mode, boolean six) {
    return SaParameters.of(
            7,
            mode,
            SUITE,
            six ? Ipv6Packets.HERE : Packets.HERE,
            six ? Ipv6Packets.THERE : Packets.THERE)
        .withSelector(TrafficSelector.ANY);
  }

  private static byte[] udp(int payload) {
    byte[] packet = Packets.ipv4(28 + payload, IpProtocol.UDP);
    BigEndian.putShort(packet, 24, 8 + payload);
    return packet;
  }

  /** A dummy is as long as a packet of its length, and vanishes at the other end. */
  @Property(tries = 200)
  void dummiesPassForPackets(
      @ForAll EspMode mode,
      @ForAll boolean six,
      @ForAll boolean encapsulated,
      @ForAll @IntRange(min = 40, max = 1400) int length) {
    SaParameters parameters =
        parameters(mode, six).withUdpEncapsulation(encapsulated ? UdpEncapsulation.STANDARD : null);
    OutboundSa out = Packets.outbound(parameters, 1);
    InboundSa in = Packets.inbound(parameters, 1);
    PacketBatch batch = new PacketBatch(2, 1500, 128, 64);
    int first = out.sealDummy(batch, length);
    int second = out.sealDummy(batch, length);
    assertEquals(EspVerdict.SEALED, batch.verdict(first));
    assertEquals(parameters.sealedLength(length), batch.length(first));
    assertNotEquals(first, second);
    assertEquals(2, out.counters().get(SaCounters.Extra.DUMMIES_SEALED));
    assertEquals(2, out.sequence());
    in.open(batch);
    assertEquals(EspVerdict.DUMMY, batch.verdict(first));
    assertEquals(EspVerdict.DUMMY, batch.verdict(second));
    assertEquals(2, in.counters().packets(EspVerdict.DUMMY));
    assertEquals(0, in.counters().drops());
    assertEquals(0, in.counters().bytes());
  }

  @Test
  void theBytesOfDummiesDiffer() {
    OutboundSa out = Packets.outbound(parameters(EspMode.TUNNEL, false), 1);
    SaParameters visible =
        SaParameters.of(7, EspMode.TUNNEL, OPEN_SUITE, Packets.HERE, Packets.THERE);
    OutboundSa plain = Packets.outbound(visible, 1);
    PacketBatch batch = new PacketBatch(2, 1500, 128, 64);
    plain.sealDummy(batch, 401);
    plain.sealDummy(batch, 401);
    int different = 0;
    byte[] one = batch.copy(0);
    byte[] two = batch.copy(1);
    for (int i = 28; i < 28 + 401; i++) {
      different += one[i] != two[i] ? 1 : 0;
    }
    assertTrue(different > 380, different + " bytes differ");
    assertThrows(IllegalArgumentException.class, () -> out.sealDummy(batch, 19));
    assertThrows(IllegalStateException.class, () -> out.sealDummy(batch, 100));
  }

  @Test
  void aClosedSaSealsNoDummies() {
    OutboundSa out = Packets.outbound(parameters(EspMode.TRANSPORT, false), 1);
    out.close();
    PacketBatch batch = new PacketBatch(1, 1500, 128, 64);
    assertEquals(EspVerdict.CLOSED, batch.verdict(out.sealDummy(batch, 100)));
    assertEquals(0, out.counters().get(SaCounters.Extra.DUMMIES_SEALED));
  }

  /** Everything up to the limit leaves in few lengths, and comes out as it went in. */
  @Property(tries = 300)
  void paddedPacketsShowOnlyTheMultiple(
      @ForAll boolean six,
      @ForAll @IntRange(min = 0, max = 1400) int payload,
      @ForAll @IntRange(min = 2, max = 1500) int multiple,
      @ForAll @IntRange(min = 100, max = 1300) int limit) {
    SaParameters plain = parameters(EspMode.TUNNEL, six);
    SaParameters parameters = plain.withTfcPadding(TfcPadding.toMultiple(multiple, limit));
    byte[] packet = udp(payload);
    byte[] sealed = Packets.seal(Packets.outbound(parameters, 1), packet);
    int rounded = (packet.length + multiple - 1) / multiple * multiple;
    int padded = packet.length >= limit ? packet.length : Math.min(limit, rounded);
    assertEquals(plain.sealedLength(padded), sealed.length);
    PacketBatch batch = Packets.batch(sealed);
    Packets.inbound(plain, 1).open(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertArrayEquals(packet, batch.copy(0));
  }

  @Test
  void transportModePadsOnlyWhatSaysItsLength() {
    for (boolean six : new boolean[] {false, true}) {
      SaParameters plain = parameters(EspMode.TRANSPORT, six);
      SaParameters parameters = plain.withTfcPadding(TfcPadding.upTo(500));
      byte[] body = new byte[30];
      BigEndian.putShort(body, 4, 30);
      byte[] udp =
          six
              ? Ipv6Packets.packet(Ipv6Packets.HERE, Ipv6Packets.THERE, IpProtocol.UDP, body)
              : udp(22);
      OutboundSa out = Packets.outbound(parameters, 1);
      byte[] sealed = Packets.seal(out, udp);
      assertEquals(plain.sealedLength(500), sealed.length);
      assertEquals(500 - udp.length, out.counters().get(SaCounters.Extra.TFC_BYTES));
      PacketBatch batch = Packets.batch(sealed);
      Packets.inbound(parameters, 1).open(batch);
      assertArrayEquals(udp, batch.copy(0));
      byte[] gre =
          six
              ? Ipv6Packets.packet(Ipv6Packets.HERE, Ipv6Packets.THERE, IpProtocol.GRE, body)
              : Packets.gre(50);
      assertEquals(plain.sealedLength(gre.length), Packets.seal(out, gre).length);
    }
  }

  /** Without agreement on padding, what follows a datagram is the datagram's affair. */
  @Test
  void whatNobodyAgreedOnIsNotCutOff() {
    SaParameters plain = parameters(EspMode.TRANSPORT, false);
    byte[] packet = udp(40);
    BigEndian.putShort(packet, 24, 20);
    PacketBatch batch = Packets.batch(Packets.seal(Packets.outbound(plain, 1), packet));
    Packets.inbound(plain, 1).open(batch);
    assertArrayEquals(packet, batch.copy(0));
  }

  @Test
  void paddingStaysBelowALearnedPathMtu() {
    SaParameters parameters =
        parameters(EspMode.TUNNEL, false).withTfcPadding(TfcPadding.upTo(1400));
    OutboundSa out = Packets.outbound(parameters, 1);
    assertEquals(parameters.sealedLength(1400), Packets.seal(out, Packets.gre(60)).length);
    assertTrue(out.learnPathMtu(900, 1));
    assertTrue(Packets.seal(out, Packets.gre(60)).length <= 900);
    assertEquals(
        parameters.sealedLength(parameters.maxInner(900)),
        Packets.seal(out, Packets.gre(60)).length);
    assertEquals(parameters.sealedLength(1000), Packets.seal(out, Packets.gre(1000)).length);
  }

  @Test
  void paddingOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> TfcPadding.upTo(0));
    assertThrows(IllegalArgumentException.class, () -> TfcPadding.toMultiple(0, 100));
    assertThrows(IllegalArgumentException.class, () -> TfcPadding.toMultiple(8, 70_000));
  }

  @Test
  void paddingStaysInsideTheSlotOfACompactBatch() {
    OutboundSa out =
        Packets.outbound(
            parameters(EspMode.TUNNEL, false).withTfcPadding(TfcPadding.upTo(1400)), 1);
    PacketBatch batch = PacketBatch.compact(4, 1536, 9000);
    byte[] packet = Packets.gre(60);
    batch.add(packet, 0, packet.length);
    batch.add(packet, 0, packet.length);
    out.seal(batch);
    for (int i = 0; i < 2; i++) {
      assertEquals(EspVerdict.SEALED, batch.verdict(i));
      assertTrue(batch.tailroom(i) < 4, "padded as far as there is room");
    }
    Packets.inbound(parameters(EspMode.TUNNEL, false), 1).open(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(1));
    assertArrayEquals(packet, batch.copy(1));
  }

  @Test
  void paddingStaysBelowTheLongestPacketOfIp() {
    for (TfcPadding padding :
        new TfcPadding[] {TfcPadding.upTo(65_535), TfcPadding.toMultiple(1024, 65_535)}) {
      for (int length : new int[] {60, 64_600, 65_400}) {
        PacketBatch batch = new PacketBatch(1, 0xffff, 128, 256);
        batch.add(Packets.gre(length), 0, length);
        Packets.outbound(parameters(EspMode.TUNNEL, false).withTfcPadding(padding), 1).seal(batch);
        assertEquals(EspVerdict.SEALED, batch.verdict(0), padding + " of " + length);
        assertTrue(batch.length(0) <= 0xffff);
      }
    }
  }
}
