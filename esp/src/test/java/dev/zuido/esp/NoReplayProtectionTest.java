package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.PacketBatch;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** SAs that are keyed by hand: RFC 4303 section 3.3.3 and 3.4.3. */
final class NoReplayProtectionTest {
  private static final SaParameters PROTECTED = Packets.transport(Packets.REFERENCE);
  private static final SaParameters PARAMETERS = PROTECTED.withoutReplayProtection();

  private static EspVerdict verdict(InboundSa sa, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    sa.open(batch);
    return (EspVerdict) batch.verdict(0);
  }

  @Test
  void thePacketsOfARestartedSenderAreAccepted() {
    InboundSa in = Packets.inbound(PARAMETERS, 1);
    InboundSa guarded = Packets.inbound(PROTECTED, 1);
    OutboundSa before = Packets.outbound(PARAMETERS, 1);
    for (int i = 0; i < 100; i++) {
      byte[] packet = Packets.seal(before, Packets.gre(60));
      assertEquals(EspVerdict.OPENED, verdict(in, packet));
      assertEquals(EspVerdict.OPENED, verdict(guarded, packet));
    }
    byte[] first = Packets.seal(Packets.outbound(PARAMETERS, 1), Packets.gre(80));
    assertEquals(EspVerdict.OPENED, verdict(in, first));
    assertEquals(EspVerdict.TOO_OLD, verdict(guarded, first));
    assertEquals(100, in.highestSequence());
  }

  @Test
  void aRepeatedPacketIsAcceptedInTheSameBatchAndLater() {
    byte[] packet = Packets.seal(Packets.outbound(PARAMETERS, 1), Packets.gre(60));
    InboundSa in = Packets.inbound(PARAMETERS, 1);
    PacketBatch batch = Packets.batch(packet, packet);
    in.open(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertEquals(EspVerdict.OPENED, batch.verdict(1));
    assertEquals(EspVerdict.OPENED, verdict(in, packet));
    assertEquals(3, in.counters().packets(EspVerdict.OPENED));
  }

  @Test
  void theSequenceNumberIsNotLookedAtNotEvenZero() {
    InboundSa in = Packets.inbound(PARAMETERS, 1);
    OutboundSa out = Packets.outbound(PARAMETERS, 1);
    for (long sequence : new long[] {0xffff_ffffL, 0, 0x8000_0000L, 1}) {
      out.preset(sequence - 1, null, 0);
      byte[] packet = Packets.seal(out, Packets.gre(60));
      assertEquals((int) sequence, BigEndian.getInt(packet, 24));
      assertEquals(EspVerdict.OPENED, verdict(in, packet));
    }
    assertEquals(0xffff_ffffL, in.highestSequence());
  }

  @Test
  void aForgedPacketIsStillRefused() {
    byte[] packet = Packets.seal(Packets.outbound(PARAMETERS, 1), Packets.gre(60));
    packet[packet.length - 1] ^= 1;
    InboundSa in = Packets.inbound(PARAMETERS, 1);
    assertEquals(EspVerdict.BAD_ICV, verdict(in, packet));
    assertEquals(0, in.highestSequence());
  }

  @Test
  void theSenderStopsAtItsLastSequenceNumberAllTheSame() {
    OutboundSa out = Packets.outbound(PARAMETERS, 1);
    out.preset(0xffff_ffffL, null, 0);
    PacketBatch batch = Packets.batch(Packets.gre(60));
    out.seal(batch);
    assertEquals(EspVerdict.SEQUENCE_EXHAUSTED, batch.verdict(0));
  }

  /** The Linux kernel's packets of a session with keys by hand, twice. */
  @Test
  void aRecordedSessionThatBeginsAgainIsAccepted() throws IOException {
    RecordedSession session = RecordedSession.load("manual-keys");
    RecordedSession.Association association = session.associations().get(0);
    SaParameters parameters = Packets.mirrored(association.parameters().withoutReplayProtection());
    try (EspKeys keys = association.keys()) {
      InboundSa in = new InboundSa(parameters, keys, EspCrypto.platform(), 0);
      for (int time = 0; time < 2; time++) {
        for (byte[] packet : session.espPackets(association)) {
          assertEquals(EspVerdict.OPENED, verdict(in, packet));
        }
      }
      long packets = session.espPackets(association).size();
      assertEquals(2 * packets, in.counters().packets(EspVerdict.OPENED));
    }
  }

  @Test
  void extendedSequenceNumbersNeedAWindow() {
    SaParameters extended = PROTECTED.withExtendedSequenceNumbers(true);
    assertThrows(IllegalArgumentException.class, extended::withoutReplayProtection);
    assertThrows(
        IllegalArgumentException.class, () -> PARAMETERS.withExtendedSequenceNumbers(true));
  }

  @Test
  void zeroIsTheOnlyWindowBelowTheSmallest() {
    assertEquals(PARAMETERS, PROTECTED.withReplayWindow(0));
    for (int window : new int[] {-1, 1, 31, 65_537}) {
      assertThrows(IllegalArgumentException.class, () -> PROTECTED.withReplayWindow(window));
    }
    assertEquals(32, PARAMETERS.withReplayWindow(32).replayWindow());
    assertEquals(65_536, PARAMETERS.withReplayWindow(65_536).replayWindow());
  }
}
