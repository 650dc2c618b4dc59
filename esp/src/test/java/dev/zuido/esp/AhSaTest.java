package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The rules of SAs that are not about the ICV: sequence numbers, windows, lifetimes, room. */
final class AhSaTest {
  private static final AhParameters PLAIN =
      AhPackets.parameters(EspMode.TRANSPORT, AhIntegrity.HMAC_SHA1_96, 4);
  private static final AhParameters TUNNEL =
      AhPackets.parameters(EspMode.TUNNEL, AhIntegrity.HMAC_SHA2_256_128, 4);

  private static EspVerdict protect(AhOutboundSa sa, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    sa.protect(batch);
    return (EspVerdict) batch.verdict(0);
  }

  @Test
  void aReplayIsRefusedInTheSameBatchAndLater() {
    byte[] sent = AhPackets.protect(AhPackets.outbound(PLAIN), Packets.gre(60));
    AhInboundSa in = AhPackets.inbound(PLAIN);
    PacketBatch batch = Packets.batch(sent, sent);
    in.verify(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertEquals(EspVerdict.REPLAYED, batch.verdict(1));
    assertEquals(EspVerdict.REPLAYED, AhPackets.verdict(in, sent));
    assertEquals(1, in.counters().packets(EspVerdict.OPENED));
    assertEquals(2, in.counters().drops());
  }

  @Test
  void whatFellOutOfTheWindowIsTooOldAndOneBeforeIsNot() {
    AhOutboundSa out = AhPackets.outbound(PLAIN);
    byte[] first = AhPackets.protect(out, Packets.gre(60));
    byte[] second = AhPackets.protect(out, Packets.gre(60));
    out.preset(64, 0);
    byte[] late = AhPackets.protect(out, Packets.gre(60));
    AhInboundSa in = AhPackets.inbound(PLAIN);
    assertEquals(EspVerdict.OPENED, AhPackets.verdict(in, late));
    assertEquals(EspVerdict.TOO_OLD, AhPackets.verdict(in, first));
    assertEquals(EspVerdict.OPENED, AhPackets.verdict(in, second));
  }

  @Test
  void withoutReplayProtectionEveryAuthenticPacketIsAccepted() {
    AhParameters parameters = PLAIN.withoutReplayProtection();
    byte[] sent = AhPackets.protect(AhPackets.outbound(parameters), Packets.gre(60));
    AhInboundSa in = AhPackets.inbound(parameters);
    assertEquals(EspVerdict.OPENED, AhPackets.verdict(in, sent));
    assertEquals(EspVerdict.OPENED, AhPackets.verdict(in, sent));
  }

  @Test
  void extendedSequenceNumbersCrossTheirLowHalf() {
    AhParameters parameters = PLAIN.withExtendedSequenceNumbers(true);
    AhOutboundSa out = AhPackets.outbound(parameters);
    out.preset(0xffff_fffdL, 0);
    AhInboundSa in = AhPackets.inbound(parameters);
    in.presetHighest(0xffff_fffdL);
    for (int i = 0; i < 5; i++) {
      byte[] sent = AhPackets.protect(out, Packets.gre(60));
      assertEquals(EspVerdict.OPENED, AhPackets.verdict(in, sent));
    }
    assertEquals(0x1_0000_0002L, in.highestSequence());
  }

  @Test
  void theLastSequenceNumberIsTheLast() {
    AhOutboundSa out = AhPackets.outbound(PLAIN);
    out.preset(0xffff_fffeL, 0);
    assertEquals(EspVerdict.SEALED, protect(out, Packets.gre(60)));
    assertFalse(out.isUsable());
    assertEquals(EspVerdict.SEQUENCE_EXHAUSTED, protect(out, Packets.gre(60)));
    assertEquals(0xffff_ffffL, out.sequence());
  }

  @Test
  void aSuccessorIsAskedForBeforeTheSequenceNumbersEnd() {
    AhOutboundSa out = AhPackets.outbound(PLAIN);
    out.preset(0xffff_ffffL - (1L << 24) - 1, 0);
    assertFalse(out.needsRekey());
    protect(out, Packets.gre(60));
    assertTrue(out.needsRekey());
  }

  @Test
  void lifetimesEndBothEnds() {
    AhParameters two = PLAIN.withLifetime(new SaLifetime(0, 10, 0, 0, 1, 2));
    AhOutboundSa out = AhPackets.outbound(two);
    AhInboundSa in = AhPackets.inbound(two);
    byte[] first = AhPackets.protect(out, Packets.gre(60));
    assertEquals(LifetimeState.SOFT_EXPIRED, out.lifetimeState());
    byte[] second = AhPackets.protect(out, Packets.gre(60));
    assertEquals(EspVerdict.HARD_LIFETIME, protect(out, Packets.gre(60)));
    assertEquals(EspVerdict.OPENED, AhPackets.verdict(in, first));
    assertEquals(10_000_000_000L, in.nextDeadline());
    assertEquals(LifetimeState.HARD_EXPIRED, in.expire(10_000_000_000L));
    assertEquals(EspVerdict.HARD_LIFETIME, AhPackets.verdict(in, second));
    assertEquals(1, in.highestSequence());
  }

  @Test
  void aClosedSaPassesNothing() {
    byte[] sent = AhPackets.protect(AhPackets.outbound(PLAIN), Packets.gre(60));
    for (AhIntegrity integrity : AhIntegrity.values()) {
      AhParameters parameters = AhPackets.parameters(EspMode.TRANSPORT, integrity, 4);
      AhOutboundSa out = AhPackets.outbound(parameters);
      AhInboundSa in = AhPackets.inbound(parameters);
      out.close();
      out.close();
      in.close();
      assertEquals(EspVerdict.CLOSED, protect(out, Packets.gre(60)));
      assertEquals(EspVerdict.CLOSED, AhPackets.verdict(in, sent));
    }
  }

  @Test
  void packetsThatAnEarlierStepRefusedAreLeftAlone() {
    PacketBatch batch = Packets.batch(Packets.gre(60), Packets.gre(60));
    batch.setVerdict(0, EspVerdict.DISCARDED);
    AhOutboundSa out = AhPackets.outbound(PLAIN);
    out.protect(batch);
    assertEquals(EspVerdict.DISCARDED, batch.verdict(0));
    assertArrayEquals(Packets.gre(60), batch.copy(0));
    AhPackets.inbound(PLAIN).verify(batch);
    assertEquals(EspVerdict.DISCARDED, batch.verdict(0));
    assertEquals(EspVerdict.OPENED, batch.verdict(1));
  }

  @Test
  void partsOfABatchAreProtectedAlone() {
    PacketBatch batch = Packets.batch(Packets.gre(60), Packets.gre(60), Packets.gre(60));
    AhOutboundSa out = AhPackets.outbound(PLAIN);
    out.protect(batch, 1, 2);
    assertEquals(60, batch.length(0));
    assertEquals(84, batch.length(1));
    assertEquals(60, batch.length(2));
  }

  @Test
  void whatCannotBeProtectedIsRefusedUnchanged() {
    AhOutboundSa out = AhPackets.outbound(PLAIN);
    byte[] fragment = Packets.ipv4(60, 17, Packets.HERE, Packets.THERE, Ipv4Fields.MORE_FRAGMENTS);
    assertEquals(EspVerdict.FRAGMENT, protect(out, fragment));
    assertEquals(EspVerdict.SEALED, protect(AhPackets.outbound(TUNNEL), fragment));
    assertEquals(EspVerdict.SELECTOR_MISMATCH, protect(out, AhPackets.ipv6(17, new byte[0], 20)));
    assertEquals(EspVerdict.NOT_IPV4, protect(AhPackets.outbound(TUNNEL), new byte[30]));
    PacketBatch tooLong = new PacketBatch(1, 65_535, 128, 64);
    byte[] longest = Packets.ipv4(65_535, 17);
    tooLong.add(longest, 0, longest.length);
    out.protect(tooLong);
    assertEquals(EspVerdict.BAD_LENGTH, tooLong.verdict(0));
    PacketBatch noRoom = new PacketBatch(1, 100, 23, 64);
    noRoom.add(Packets.gre(60), 0, 60);
    out.protect(noRoom);
    assertEquals(EspVerdict.NO_ROOM, noRoom.verdict(0));
    assertArrayEquals(Packets.gre(60), noRoom.copy(0));
    PacketBatch partial = Packets.batch(Packets.gre(60));
    partial.setChecksumState(0, PacketBatch.ChecksumState.PARTIAL);
    out.protect(partial);
    assertEquals(EspVerdict.UNSUPPORTED, partial.verdict(0));
    assertEquals(0, out.sequence());
  }

  @Test
  void theHeadersLengthHasToBeTheAlgorithms() {
    byte[] sent = AhPackets.protect(AhPackets.outbound(PLAIN), Packets.gre(60));
    byte[] longer = sent.clone();
    longer[21]++;
    assertEquals(EspVerdict.BAD_LENGTH, AhPackets.verdict(AhPackets.inbound(PLAIN), longer));
    byte[] cut = Arrays.copyOf(sent, 43);
    Ipv4Fields.setTotalLength(cut, 0, 43);
    assertEquals(EspVerdict.BAD_LENGTH, AhPackets.verdict(AhPackets.inbound(PLAIN), cut));
  }

  @Test
  void anotherSpiOrProtocolIsRefused() {
    byte[] sent = AhPackets.protect(AhPackets.outbound(PLAIN.withSpi(0x999)), Packets.gre(60));
    assertEquals(EspVerdict.UNKNOWN_SPI, AhPackets.verdict(AhPackets.inbound(PLAIN), sent));
    assertEquals(
        EspVerdict.BAD_ENCAPSULATION, AhPackets.verdict(AhPackets.inbound(PLAIN), Packets.gre(60)));
    AhParameters v6 = AhPackets.parameters(EspMode.TRANSPORT, AhIntegrity.HMAC_SHA1_96, 6);
    assertEquals(EspVerdict.BAD_ENCAPSULATION, AhPackets.verdict(AhPackets.inbound(v6), sent));
  }

  @Test
  void fragmentsAreRefused() {
    byte[] sent = AhPackets.protect(AhPackets.outbound(PLAIN), Packets.gre(60));
    BigEndian.putShort(sent, 6, Ipv4Fields.MORE_FRAGMENTS);
    Ipv4Fields.updateChecksum(sent, 0);
    assertEquals(EspVerdict.FRAGMENT, AhPackets.verdict(AhPackets.inbound(PLAIN), sent));
  }

  @Test
  void whatComesOutHasToBeWhatTheSaIsFor() {
    AhParameters greOnly =
        PLAIN.withSelector(TrafficSelector.hosts(Packets.HERE, Packets.THERE, IpProtocol.GRE));
    AhOutboundSa out = AhPackets.outbound(PLAIN);
    byte[] gre = AhPackets.protect(out, Packets.gre(60));
    byte[] icmp = AhPackets.protect(out, Packets.ipv4(60, IpProtocol.ICMP));
    assertEquals(EspVerdict.OPENED, AhPackets.verdict(AhPackets.inbound(greOnly), gre));
    assertEquals(EspVerdict.SELECTOR_MISMATCH, AhPackets.verdict(AhPackets.inbound(greOnly), icmp));
  }

  @Test
  void congestionComesOutOfTheTunnel() {
    byte[] capable = Packets.gre(60);
    capable[1] = 2;
    Ipv4Fields.updateChecksum(capable, 0);
    byte[] sent = AhPackets.protect(AhPackets.outbound(TUNNEL), capable);
    sent[1] = 3;
    Ipv4Fields.updateChecksum(sent, 0);
    PacketBatch batch = Packets.batch(sent);
    AhPackets.inbound(TUNNEL).verify(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertEquals(3, Ipv4Fields.tos(batch.copy(0), 0));
    assertTrue(Ipv4Fields.isWellFormed(batch.copy(0), 0, 60));
    byte[] incapable = AhPackets.protect(AhPackets.outbound(TUNNEL), Packets.gre(60));
    incapable[1] = 3;
    Ipv4Fields.updateChecksum(incapable, 0);
    assertEquals(
        EspVerdict.CONGESTION_UNMARKABLE, AhPackets.verdict(AhPackets.inbound(TUNNEL), incapable));
  }

  @Test
  void theOuterHeaderIsMadeAsConfigured() {
    TunnelHeader header = new TunnelHeader(TunnelHeader.DontFragment.SET, 46, 17);
    byte[] sent =
        AhPackets.protect(AhPackets.outbound(TUNNEL.withTunnelHeader(header)), Packets.gre(60));
    assertEquals(46 << 2, Ipv4Fields.tos(sent, 0));
    assertEquals(17, Ipv4Fields.ttl(sent, 0));
    assertTrue(Ipv4Fields.dontFragment(sent, 0));
  }

  @Test
  void theOverheadIsExact() {
    assertEquals(20 + 28, TUNNEL.overhead());
    assertEquals(1454 - 48, TUNNEL.maxInner(1454));
    assertEquals(0, TUNNEL.maxInner(67));
    assertEquals(20, TUNNEL.maxInner(68));
    assertEquals(
        40 + 32, AhPackets.parameters(EspMode.TUNNEL, AhIntegrity.HMAC_SHA2_256_128, 6).overhead());
    assertEquals(24, PLAIN.overhead());
  }

  @Test
  void impossibleParametersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withSpi(0));
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withReplayWindow(31));
    AhParameters none = PLAIN.withoutReplayProtection();
    assertThrows(IllegalArgumentException.class, () -> none.withExtendedSequenceNumbers(true));
    IpAddress v4 = IpAddress.parse("192.0.2.1");
    IpAddress v6 = IpAddress.parse("2001:db8::1");
    assertThrows(
        IllegalArgumentException.class,
        () -> AhParameters.of(1, EspMode.TUNNEL, AhIntegrity.HMAC_SHA1_96, v4, v6));
    assertThrows(
        IllegalArgumentException.class,
        () -> AhKeys.ofKeyMaterial(AhIntegrity.HMAC_SHA1_96, new byte[16]));
  }

  @Test
  void keysAreWipedAndDoNotShow() {
    AhKeys keys = AhPackets.keys(AhIntegrity.HMAC_SHA1_96);
    byte[] inside = keys.key();
    assertEquals("AhKeys[...]", keys.toString());
    keys.close();
    assertArrayEquals(new byte[20], inside);
    assertThrows(IllegalStateException.class, keys::key);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new AhInboundSa(
                TUNNEL, AhPackets.keys(AhIntegrity.HMAC_SHA1_96), EspCrypto.platform(), 0));
  }

  /** RFC 4302 appendix B3: after 64 failures in a row, later high halves are tried. */
  @Test
  void aLostHighHalfOfTheSequenceNumberIsFound() {
    AhParameters parameters = PLAIN.withExtendedSequenceNumbers(true);
    AhOutboundSa out = AhPackets.outbound(parameters);
    AhInboundSa in = AhPackets.inbound(parameters);
    out.preset(0x3_0000_0000L, 0);
    for (int i = 0; i < EsnResync.TRIGGER; i++) {
      byte[] sent = AhPackets.protect(out, Packets.gre(60));
      assertEquals(EspVerdict.BAD_ICV, AhPackets.verdict(in, sent));
    }
    byte[] found = AhPackets.protect(out, Packets.gre(60));
    assertEquals(EspVerdict.OPENED, AhPackets.verdict(in, found));
    assertEquals(out.sequence(), in.highestSequence());
    assertEquals(1, in.counters().get(SaCounters.Extra.RESYNCHRONIZED));
  }

  @Test
  void aSearchForTheHighHalfAcceptsNoForgedPacket() {
    AhParameters parameters = PLAIN.withExtendedSequenceNumbers(true);
    AhInboundSa in = AhPackets.inbound(parameters);
    byte[] forged = AhPackets.protect(AhPackets.outbound(parameters), Packets.gre(60));
    forged[forged.length - 1] ^= 1;
    for (int i = 0; i < 3 * EsnResync.TRIGGER; i++) {
      assertEquals(EspVerdict.BAD_ICV, AhPackets.verdict(in, forged));
    }
    assertEquals(0, in.highestSequence());
    assertEquals(0, in.counters().get(SaCounters.Extra.RESYNCHRONIZED));
  }

  @Test
  void aKeyThatWasUsedGoesOnBehindItsLastNumber() {
    AhParameters used = PLAIN.withInitialSequence(40);
    byte[] old = AhPackets.protect(AhPackets.outbound(PLAIN), Packets.gre(60));
    AhOutboundSa out = AhPackets.outbound(used);
    AhInboundSa in = AhPackets.inbound(used);
    assertEquals(40, out.sequence());
    byte[] next = AhPackets.protect(out, Packets.gre(60));
    assertEquals(41, AhFields.sequence(next, 20));
    assertEquals(EspVerdict.REPLAYED, AhPackets.verdict(in, old));
    assertEquals(EspVerdict.OPENED, AhPackets.verdict(in, next));
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withInitialSequence(0x1_0000_0000L));
  }

  @Test
  void refusedPacketsAreAudited() {
    byte[] sent = AhPackets.protect(AhPackets.outbound(PLAIN), Packets.gre(60));
    byte[] forged = sent.clone();
    forged[forged.length - 1] ^= 1;
    AuditLog log = new AuditLog(8);
    AhInboundSa in = AhPackets.inbound(PLAIN);
    in.auditTo(log);
    AhPackets.verdict(in, forged);
    AhPackets.verdict(in, sent);
    AhPackets.verdict(in, sent);
    AuditEvent forgery = log.poll();
    AuditEvent replay = log.poll();
    assertNotNull(forgery);
    assertNotNull(replay);
    assertEquals(EspVerdict.BAD_ICV, forgery.reason());
    assertEquals(PLAIN.spi(), forgery.spi());
    assertEquals(1, forgery.sequence());
    assertEquals(EspVerdict.REPLAYED, replay.reason());
    assertNull(log.poll());
    AhOutboundSa out = AhPackets.outbound(PLAIN);
    out.auditTo(log);
    out.preset(0xffff_ffffL, 0);
    protect(out, Packets.gre(60));
    AuditEvent exhausted = log.poll();
    assertNotNull(exhausted);
    assertEquals(EspVerdict.SEQUENCE_EXHAUSTED, exhausted.reason());
  }

  @Test
  void theOuterDscpComesInIfItIsAskedFor() {
    AhParameters inward = TUNNEL.withTunnelHeader(TunnelHeader.DEFAULT.withDscpInward(true));
    byte[] sent = AhPackets.protect(AhPackets.outbound(inward), Packets.gre(60));
    sent[1] = (byte) (46 << 2);
    Ipv4Fields.updateChecksum(sent, 0);
    PacketBatch batch = Packets.batch(sent);
    AhPackets.inbound(inward).verify(batch);
    assertEquals(46 << 2, Ipv4Fields.tos(batch.copy(0), 0));
  }

  @Test
  void aLearnedPathMtuBoundsWhatFits() {
    AhOutboundSa out = AhPackets.outbound(TUNNEL);
    assertEquals(1454 - 48, out.maxInner(1454, 0));
    assertTrue(out.learnPathMtu(1400, 0));
    assertFalse(out.learnPathMtu(1420, 1));
    assertEquals(1400 - 48, out.maxInner(1454, 1));
    assertEquals(1454 - 48, out.maxInner(1454, PathMtu.AGE_NANOS));
    assertEquals(1, out.counters().get(SaCounters.Extra.PATH_MTU_LOWERED));
  }

  @Test
  void theOtherEndsParametersSwapSides() {
    TrafficSelector web =
        new TrafficSelector(
            AddressRange.host(Packets.HERE),
            AddressRange.host(Packets.THERE),
            IpProtocol.TCP,
            PortRange.ANY,
            PortRange.of(443));
    AhParameters mirrored = PLAIN.withSelector(web).mirrored();
    assertEquals(PLAIN.local(), mirrored.remote());
    assertEquals(PortRange.of(443), mirrored.selector().localPorts());
    assertEquals(PortRange.ANY, mirrored.selector().remotePorts());
    assertEquals(web, mirrored.mirrored().selector());
    TrafficSelector echo =
        new TrafficSelector(
            AddressRange.ANY,
            AddressRange.ANY,
            IpProtocol.ICMP,
            PortRange.of(0x0800),
            PortRange.ANY);
    assertEquals(echo, PLAIN.withSelector(echo).mirrored().selector());
  }

  @Test
  void selectorsHoldForIpv6InsideToo() {
    AhParameters udp =
        TUNNEL.withSelector(
            TrafficSelector.hosts(AhPackets.HERE6, AhPackets.THERE6, IpProtocol.UDP));
    AhOutboundSa out = AhPackets.outbound(TUNNEL);
    byte[] right = AhPackets.protect(out, AhPackets.ipv6(IpProtocol.UDP, new byte[0], 20));
    byte[] wrong = AhPackets.protect(out, AhPackets.ipv6(IpProtocol.TCP, new byte[0], 20));
    assertEquals(EspVerdict.OPENED, AhPackets.verdict(AhPackets.inbound(udp), right));
    assertEquals(EspVerdict.SELECTOR_MISMATCH, AhPackets.verdict(AhPackets.inbound(udp), wrong));
  }
}
