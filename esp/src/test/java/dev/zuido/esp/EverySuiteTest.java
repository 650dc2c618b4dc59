package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every suite, without chance: each size, each bit. */
final class EverySuiteTest {
  private static final int ANY = TrafficSelector.ANY_PROTOCOL;
  private static final int HEADER_LENGTH = 20;

  static List<EspSuite> suites() {
    return Packets.suites();
  }

  static List<EspSuite> combinedSuites() {
    return suites().stream().filter(suite -> suite.encryption().isCombined()).toList();
  }

  private static SaParameters parameters(EspSuite suite, EspMode mode, boolean extended) {
    return Packets.transport(suite)
        .withMode(mode)
        .withExtendedSequenceNumbers(extended)
        .withSelector(TrafficSelector.hosts(Packets.HERE, Packets.THERE, ANY));
  }

  /** Every payload length around the blocks of ciphers and digests, then ever longer ones. */
  private static int[] lengths() {
    return IntStream.concat(
            IntStream.range(0, 150), IntStream.iterate(150, n -> n <= 8980, n -> n * 5 / 4 + 3))
        .map(payload -> 20 + payload)
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void everySizeOpensToWhatWasSealed(EspSuite suite) {
    for (EspMode mode : EspMode.values()) {
      for (boolean extended : new boolean[] {false, true}) {
        SaParameters parameters = parameters(suite, mode, extended);
        OutboundSa out = Packets.outbound(parameters, 3);
        InboundSa in = Packets.inbound(parameters, 3);
        for (int length : lengths()) {
          byte[] packet = Packets.ipv4(length, 17);
          PacketBatch batch = Packets.batch(packet);
          out.seal(batch);
          assertEquals(EspVerdict.SEALED, batch.verdict(0));
          assertEquals(suite.sealedLength(length, mode, false), batch.length(0));
          batch.setVerdict(0, Verdict.PASS);
          in.open(batch);
          assertEquals(EspVerdict.OPENED, batch.verdict(0), () -> mode + " " + packet.length);
          assertArrayEquals(packet, batch.copy(0));
        }
        out.close();
        in.close();
      }
    }
  }

  /**
   * Each bit of an ESP packet in turn, and of the high half of its number: refused, without moving
   * the window, so that the genuine packet opens at the end.
   */
  @ParameterizedTest
  @MethodSource("suites")
  void everyFlippedBitIsRefused(EspSuite suite) {
    for (boolean extended : new boolean[] {false, true}) {
      SaParameters parameters = parameters(suite, EspMode.TRANSPORT, extended);
      byte[] sealed = Packets.seal(Packets.outbound(parameters, 5), Packets.ipv4(20 + 17, 47));
      InboundSa in = Packets.inbound(parameters, 5);
      for (int bit = HEADER_LENGTH * 8; bit < sealed.length * 8; bit++) {
        byte[] flipped = sealed.clone();
        flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
        PacketBatch batch = Packets.batch(flipped);
        in.open(batch);
        int position = bit;
        assertFalse(batch.passes(0), () -> "passed with bit " + position + " flipped");
        assertEquals(0, in.highestSequence());
      }
      PacketBatch right = Packets.batch(sealed);
      in.open(right);
      assertEquals(EspVerdict.OPENED, right.verdict(0));
    }
  }

  /** With extended numbers the ICV covers the half that is not sent. */
  @ParameterizedTest
  @MethodSource("suites")
  void theHighHalfOfTheNumberIsAuthenticated(EspSuite suite) {
    SaParameters parameters = parameters(suite, EspMode.TUNNEL, true);
    OutboundSa out = Packets.outbound(parameters, 5);
    out.preset(0x1_0000_0004L, null, 0);
    byte[] sealed = Packets.seal(out, Packets.gre(60));
    InboundSa behind = Packets.inbound(parameters, 5);
    PacketBatch batch = Packets.batch(sealed);
    behind.open(batch);
    assertEquals(EspVerdict.BAD_ICV, batch.verdict(0));
    InboundSa there = Packets.inbound(parameters, 5);
    there.presetHighest(0x1_0000_0000L);
    PacketBatch again = Packets.batch(sealed);
    there.open(again);
    assertEquals(EspVerdict.OPENED, again.verdict(0));
    assertEquals(0x1_0000_0005L, there.highestSequence());
  }

  /** Some platform ciphers refuse the nonce of their last initialisation. */
  @ParameterizedTest
  @MethodSource("combinedSuites")
  void theGenuinePacketOpensBehindItsForgeries(EspSuite suite) {
    SaParameters parameters = parameters(suite, EspMode.TRANSPORT, false);
    byte[] sealed = Packets.seal(Packets.outbound(parameters, 5), Packets.gre(120));
    byte[] forged = sealed.clone();
    forged[sealed.length - 1] ^= 1;
    InboundSa in = Packets.inbound(parameters, 5);
    PacketBatch batch = Packets.batch(forged, forged, sealed, forged);
    in.open(batch);
    assertEquals(EspVerdict.BAD_ICV, batch.verdict(0));
    assertEquals(EspVerdict.BAD_ICV, batch.verdict(1));
    assertEquals(EspVerdict.OPENED, batch.verdict(2));
    assertEquals(EspVerdict.BAD_ICV, batch.verdict(3));
    assertEquals(1, in.highestSequence());
  }

  /** Without replay protection a peer that starts anew sends its numbers, and nonces, again. */
  @ParameterizedTest
  @MethodSource("combinedSuites")
  void withoutReplayProtectionTheSameNonceOpensTwice(EspSuite suite) {
    SaParameters parameters = parameters(suite, EspMode.TRANSPORT, false).withoutReplayProtection();
    byte[] sealed = Packets.seal(Packets.outbound(parameters, 5), Packets.gre(120));
    PacketBatch batch = Packets.batch(sealed, sealed);
    Packets.inbound(parameters, 5).open(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertEquals(EspVerdict.OPENED, batch.verdict(1));
  }

  /** The IVs of the counter modes are the sequence number, and so never repeat. */
  @ParameterizedTest
  @EnumSource(EspEncryption.class)
  void countersAreTheIvsOfCounterModes(EspEncryption encryption) {
    EspSuite suite =
        new EspSuite(
            encryption,
            encryption.isCombined() ? EspIntegrity.NONE : EspIntegrity.HMAC_SHA2_256_128);
    boolean counter =
        switch (encryption.family()) {
          case NULL, CBC -> false;
          case CTR, GCM, CCM, GMAC, CHACHA20_POLY1305 -> true;
        };
    assertEquals(counter, encryption.isCounterMode());
    if (counter) {
      OutboundSa out = Packets.outbound(parameters(suite, EspMode.TUNNEL, true), 5);
      out.preset(0x7_0000_0004L, null, 0);
      for (long number = 0x7_0000_0005L; number < 0x7_0000_0008L; number++) {
        byte[] sealed = Packets.seal(out, Packets.gre(60));
        assertEquals(number, BigEndian.getLong(sealed, 20 + EspSuite.ESP_HEADER_LENGTH));
      }
    }
  }
}
