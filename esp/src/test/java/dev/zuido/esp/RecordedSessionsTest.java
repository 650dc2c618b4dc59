package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets of the Linux kernel: each opens with a good ICV, and seals again to the same bytes. */
final class RecordedSessionsTest {
  static Stream<String> names() {
    return RecordedSession.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPacketOpensAndSealsAgainToTheSameBytes(String name) throws IOException {
    RecordedSession session = RecordedSession.load(name);
    long checked = 0;
    for (RecordedSession.Association association : session.associations()) {
      List<byte[]> packets = session.espPackets(association);
      checked += packets.size();
      SaParameters parameters = association.parameters();
      SaParameters receiving = Packets.mirrored(parameters);
      try (EspKeys keys = association.keys()) {
        InboundSa inbound = new InboundSa(receiving, keys, EspCrypto.platform(), 0);
        OutboundSa outbound =
            new OutboundSa(parameters, keys, EspCrypto.platform(), Packets.random(1), 0);
        for (byte[] packet : packets) {
          PacketBatch batch = Packets.batch(packet);
          inbound.open(batch);
          assertEquals(EspVerdict.OPENED, batch.verdict(0));
          assertTrue(Ipv4Fields.isWellFormed(batch.slab(), batch.offset(0), batch.length(0)));
          sealAgain(outbound, batch, packet);
        }
      }
    }
    assertEquals(session.espPacketCount(), checked);
    assertTrue(checked >= 20, "packets: " + checked);
  }

  private static void sealAgain(OutboundSa outbound, PacketBatch batch, byte[] recorded) {
    SaParameters parameters = outbound.parameters();
    boolean udp = parameters.udpEncapsulation() != null;
    int esp = Ipv4Fields.headerLength(recorded, 0) + (udp ? 8 : 0);
    int iv = esp + EspSuite.ESP_HEADER_LENGTH;
    int ivLength = parameters.suite().encryption().ivLength();
    outbound.preset(
        BigEndian.getUnsignedInt(recorded, esp + 4) - 1,
        Arrays.copyOfRange(recorded, iv, iv + ivLength),
        Ipv4Fields.identification(recorded, 0));
    batch.setVerdict(0, Verdict.PASS);
    outbound.seal(batch);
    assertEquals(EspVerdict.SEALED, batch.verdict(0));
    byte[] sealed = batch.copy(0);
    if (parameters.mode() == EspMode.TUNNEL) {
      // The time to live is the sender's choice, and one on the way had taken one off; a fragmented
      // packet had lost its flags.
      sealed[8] = recorded[8];
      sealed[6] = recorded[6];
      Ipv4Fields.updateChecksum(sealed, 0);
    }
    assertArrayEquals(recorded, sealed);
  }

  @Test
  void insideTheReferenceSessionIsGre() throws IOException {
    RecordedSession session = RecordedSession.load("cisco");
    RecordedSession.Association association = session.associations().get(0);
    try (EspKeys keys = association.keys()) {
      InboundSa inbound =
          new InboundSa(Packets.mirrored(association.parameters()), keys, EspCrypto.platform(), 0);
      for (byte[] packet : session.espPackets(association)) {
        PacketBatch batch = Packets.batch(packet);
        inbound.open(batch);
        int offset = batch.offset(0);
        assertEquals(IpProtocol.GRE, Ipv4Fields.protocol(batch.slab(), offset));
        assertEquals(0x0800, BigEndian.getUnsignedShort(batch.slab(), offset + 22));
      }
      assertEquals(session.espPackets(association).size(), inbound.highestSequence());
    }
  }
}
