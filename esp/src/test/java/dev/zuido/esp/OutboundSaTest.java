package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OutboundSaTest {
  private static final SaParameters TRANSPORT = Packets.transport(Packets.REFERENCE);
  private static final SaParameters TUNNEL = TRANSPORT.withMode(EspMode.TUNNEL);

  private static EspVerdict verdict(OutboundSa sa, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    sa.seal(batch);
    return (EspVerdict) batch.verdict(0);
  }

  @Test
  void transportModeKeepsTheHeaderWithItsOptions() {
    byte[] packet = new byte[60];
    packet[0] = 0x46;
    packet[8] = 9;
    packet[9] = (byte) IpProtocol.GRE;
    packet[20] = 1; // no operation
    BigEndian.putInt(packet, 12, Packets.HERE.value());
    BigEndian.putInt(packet, 16, Packets.THERE.value());
    Ipv4Fields.setTotalLength(packet, 0, packet.length);
    byte[] sealed = Packets.seal(Packets.outbound(TRANSPORT, 1), packet);
    assertTrue(Ipv4Fields.isWellFormed(sealed, 0, sealed.length));
    assertEquals(24, Ipv4Fields.headerLength(sealed, 0));
    assertEquals(9, Ipv4Fields.ttl(sealed, 0));
    assertEquals(1, sealed[20]);
    assertEquals(IpProtocol.ESP, Ipv4Fields.protocol(sealed, 0));
    assertEquals(0x1234, BigEndian.getInt(sealed, 24));
    assertEquals(1, BigEndian.getInt(sealed, 28));
    PacketBatch batch = Packets.batch(sealed);
    Packets.inbound(TRANSPORT, 1).open(batch);
    assertArrayEquals(packet, batch.copy(0));
  }

  @Test
  void tunnelModeMakesTheOuterHeaderByItsPolicy() {
    byte[] packet = Packets.ipv4(100, 6, Packets.HERE, Packets.THERE, Ipv4Fields.DONT_FRAGMENT);
    packet[1] = (byte) 0xba; // DSCP 46, ECN 2
    Ipv4Fields.updateChecksum(packet, 0);
    byte[] copied = Packets.seal(Packets.outbound(TUNNEL, 1), packet);
    assertEquals(0xba, Ipv4Fields.tos(copied, 0));
    assertTrue(Ipv4Fields.dontFragment(copied, 0));
    assertEquals(64, Ipv4Fields.ttl(copied, 0));
    assertEquals(Packets.HERE.value(), Ipv4Fields.source(copied, 0));
    assertEquals(Packets.THERE.value(), Ipv4Fields.destination(copied, 0));
    TunnelHeader header = new TunnelHeader(TunnelHeader.DontFragment.CLEAR, 8, 33);
    byte[] own = Packets.seal(Packets.outbound(TUNNEL.withTunnelHeader(header), 1), packet);
    assertEquals(8 << 2 | 2, Ipv4Fields.tos(own, 0));
    assertFalse(Ipv4Fields.dontFragment(own, 0));
    assertEquals(33, Ipv4Fields.ttl(own, 0));
  }

  @Test
  void udpEncapsulationPutsAHeaderWithoutChecksumBetween() {
    SaParameters udp = TRANSPORT.withUdpEncapsulation(new UdpEncapsulation(4500, 61_000));
    byte[] sealed = Packets.seal(Packets.outbound(udp, 1), Packets.gre(100));
    assertEquals(IpProtocol.UDP, Ipv4Fields.protocol(sealed, 0));
    assertEquals(4500, BigEndian.getUnsignedShort(sealed, 20));
    assertEquals(61_000, BigEndian.getUnsignedShort(sealed, 22));
    assertEquals(sealed.length - 20, BigEndian.getUnsignedShort(sealed, 24));
    assertEquals(0, BigEndian.getUnsignedShort(sealed, 26));
    assertEquals(0x1234, BigEndian.getInt(sealed, 28));
  }

  @Test
  void sequenceNumbersStartAtOneAndGoUpByOne() {
    OutboundSa sa = Packets.outbound(TRANSPORT, 1);
    PacketBatch batch = Packets.batch(Packets.gre(60), Packets.gre(60), Packets.gre(60));
    sa.seal(batch);
    for (int i = 0; i < 3; i++) {
      assertEquals(i + 1, BigEndian.getInt(batch.slab(), batch.offset(i) + 24));
    }
    assertEquals(3, sa.sequence());
  }

  @Test
  void theLastSequenceNumberIsUsedAndNeverWraps() {
    OutboundSa sa = Packets.outbound(TRANSPORT, 1);
    sa.preset(0xffff_fffeL, null, 0);
    assertEquals(EspVerdict.SEALED, verdict(sa, Packets.gre(60)));
    byte[] packet = Packets.gre(60);
    PacketBatch batch = Packets.batch(packet);
    sa.seal(batch);
    assertEquals(EspVerdict.SEQUENCE_EXHAUSTED, batch.verdict(0));
    assertArrayEquals(packet, batch.copy(0));
    assertEquals(0xffff_ffffL, sa.sequence());
    assertFalse(sa.isUsable());
  }

  @Test
  void aSuccessorIsWantedWellBeforeTheLastSequenceNumber() {
    OutboundSa sa = Packets.outbound(TRANSPORT, 1);
    sa.preset(0xffff_ffffL - (1L << 24) - 1, null, 0);
    assertFalse(sa.needsRekey());
    assertEquals(EspVerdict.SEALED, verdict(sa, Packets.gre(60)));
    assertTrue(sa.needsRekey());
  }

  @Test
  void extendedSequenceNumbersGoOnBeyond32Bits() {
    SaParameters extended = TRANSPORT.withExtendedSequenceNumbers(true);
    OutboundSa sa = Packets.outbound(extended, 1);
    InboundSa in = Packets.inbound(extended, 1);
    sa.preset(0x8000_0000L, null, 0);
    in.open(Packets.batch(Packets.seal(sa, Packets.gre(60))));
    sa.preset(0xffff_fff0L, null, 0);
    for (int i = 0; i < 40; i++) {
      PacketBatch batch = Packets.batch(Packets.gre(60));
      sa.seal(batch);
      in.open(batch);
      assertEquals(EspVerdict.OPENED, batch.verdict(0), "packet " + i);
    }
    assertEquals(0x1_0000_0018L, in.highestSequence());
  }

  @Test
  void transportModeRefusesFragmentsAndTunnelModeTakesThem() {
    byte[] first = Packets.ipv4(100, 17, Packets.HERE, Packets.THERE, Ipv4Fields.MORE_FRAGMENTS);
    byte[] last = Packets.ipv4(100, 17, Packets.HERE, Packets.THERE, 10);
    OutboundSa transport = Packets.outbound(TRANSPORT, 1);
    assertEquals(EspVerdict.FRAGMENT, verdict(transport, first));
    assertEquals(EspVerdict.FRAGMENT, verdict(transport, last));
    assertEquals(0, transport.sequence());
    assertEquals(EspVerdict.SEALED, verdict(Packets.outbound(TUNNEL, 1), last));
  }

  @Test
  void whatCannotBeSealedIsRefusedUnchanged() {
    OutboundSa sa = Packets.outbound(TRANSPORT, 1);
    byte[] six = Packets.gre(60);
    six[0] = 0x65;
    assertEquals(EspVerdict.NOT_IPV4, verdict(sa, six));
    assertEquals(EspVerdict.NOT_IPV4, verdict(sa, new byte[0]));
    PacketBatch gso = Packets.batch(Packets.gre(60), Packets.gre(60));
    gso.setGsoSize(0, 20);
    gso.setChecksumState(1, PacketBatch.ChecksumState.PARTIAL);
    sa.seal(gso);
    assertEquals(EspVerdict.UNSUPPORTED, gso.verdict(0));
    assertEquals(EspVerdict.UNSUPPORTED, gso.verdict(1));
    PacketBatch tight = new PacketBatch(1, 100, 15, 64);
    tight.add(Packets.gre(60), 0, 60);
    sa.seal(tight);
    assertEquals(EspVerdict.NO_ROOM, tight.verdict(0));
  }

  @Test
  void exactlyEnoughRoomSuffices() {
    int added = TRANSPORT.sealedLength(60) - 60;
    PacketBatch batch = new PacketBatch(1, 60, 16, added - 16);
    batch.add(Packets.gre(60), 0, 60);
    Packets.outbound(TRANSPORT, 1).seal(batch);
    assertEquals(EspVerdict.SEALED, batch.verdict(0));
  }

  @Test
  void aPacketThatWouldOutgrowIpv4IsRefused() {
    PacketBatch batch = new PacketBatch(1, 65_535, 128, 128);
    batch.add(Packets.gre(65_530), 0, 65_530);
    Packets.outbound(TRANSPORT, 1).seal(batch);
    assertEquals(EspVerdict.BAD_LENGTH, batch.verdict(0));
  }

  @Test
  void linkPaddingBehindThePacketIsLeftOut() {
    byte[] padded = Arrays.copyOf(Packets.gre(40), 46);
    byte[] sealed = Packets.seal(Packets.outbound(TRANSPORT, 1), padded);
    assertEquals(TRANSPORT.sealedLength(40), sealed.length);
  }

  @Test
  void refusedPacketsOfABatchAreLeftAlone() {
    PacketBatch batch = Packets.batch(Packets.gre(60), Packets.gre(60));
    batch.setVerdict(0, EspVerdict.DISCARDED);
    Packets.outbound(TRANSPORT, 1).seal(batch);
    assertEquals(EspVerdict.DISCARDED, batch.verdict(0));
    assertArrayEquals(Packets.gre(60), batch.copy(0));
    assertEquals(EspVerdict.SEALED, batch.verdict(1));
  }

  @Test
  void ivsOfCbcNeverRepeatAndReplayFromTheSeed() {
    OutboundSa sa = Packets.outbound(TRANSPORT, 7);
    OutboundSa again = Packets.outbound(TRANSPORT, 7);
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      byte[] sealed = Packets.seal(sa, Packets.gre(60));
      assertTrue(seen.add(BigEndian.getLong(sealed, 28)));
      assertArrayEquals(sealed, Packets.seal(again, Packets.gre(60)));
    }
  }

  @Test
  void theIvOfGcmIsTheSequenceNumber() {
    SaParameters gcm = Packets.transport(EspSuite.combined(EspEncryption.AES_GCM_16_128));
    OutboundSa sa = Packets.outbound(gcm, 7);
    for (int i = 1; i < 20; i++) {
      assertEquals(i, BigEndian.getLong(Packets.seal(sa, Packets.gre(60)), 28));
    }
  }

  @Test
  void afterClosingNothingIsSealed() {
    for (EspSuite suite : Packets.suites()) {
      OutboundSa sa = Packets.outbound(Packets.transport(suite), 1);
      Packets.seal(sa, Packets.gre(60));
      sa.close();
      sa.close();
      assertEquals(EspVerdict.CLOSED, verdict(sa, Packets.gre(60)));
    }
  }

  @Test
  void keysAreWipedAndNeverShown() {
    EspKeys keys = Packets.keys(Packets.REFERENCE, 3);
    assertEquals("EspKeys[...]", keys.toString());
    byte[] key = keys.encryptionKey();
    assertNotEquals(0, key[0] | key[1]);
    keys.close();
    assertArrayEquals(new byte[24], key);
    assertThrows(IllegalStateException.class, keys::encryptionKey);
    assertThrows(
        IllegalStateException.class,
        () -> new OutboundSa(TRANSPORT, keys, EspCrypto.platform(), Packets.random(1), 0));
    assertFalse(Packets.outbound(TRANSPORT, 1).toString().contains("key"));
  }

  @Test
  void keysOfAnotherSuiteAreRefused() {
    EspKeys keys = Packets.keys(EspSuite.combined(EspEncryption.AES_GCM_16_128), 3);
    assertThrows(
        IllegalArgumentException.class,
        () -> new OutboundSa(TRANSPORT, keys, EspCrypto.platform(), Packets.random(1), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> EspKeys.ofKeyMaterial(Packets.REFERENCE, new byte[39]));
  }
}
