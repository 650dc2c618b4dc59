package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Packets of another implementation, in both directions and to the byte. */
final class AhRecordedTest {
  private static AhParameters parameters(
      AhIntegrity integrity, EspMode mode, long sequence, byte[] outer) {
    return AhPackets.parameters(mode, integrity, Ipv4Fields.version(outer, 0))
        .withExtendedSequenceNumbers(sequence > 0xffff_ffffL);
  }

  @ParameterizedTest(name = "{0} {1} {2} #{index}")
  @CsvFileSource(resources = "ah-scapy.csv")
  void protectingGivesTheSameBytes(
      AhIntegrity integrity, EspMode mode, long sequence, String packetHex, String protectedHex) {
    byte[] expected = Packets.hex(protectedHex);
    AhOutboundSa sa = AhPackets.outbound(parameters(integrity, mode, sequence, expected));
    sa.preset(sequence - 1, 7);
    assertArrayEquals(expected, AhPackets.protect(sa, Packets.hex(packetHex)));
  }

  @ParameterizedTest(name = "{0} {1} {2} #{index}")
  @CsvFileSource(resources = "ah-scapy.csv")
  void verifyingGivesThePacketBack(
      AhIntegrity integrity, EspMode mode, long sequence, String packetHex, String protectedHex) {
    byte[] recorded = Packets.hex(protectedHex);
    AhInboundSa sa = AhPackets.inbound(parameters(integrity, mode, sequence, recorded));
    sa.presetHighest(sequence - 1);
    PacketBatch batch = Packets.batch(recorded);
    sa.verify(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertArrayEquals(Packets.hex(packetHex), batch.copy(0));
    assertEquals(sequence, sa.highestSequence());
  }
}
