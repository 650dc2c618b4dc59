package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InboundSaTest {
  /** No encryption, so that tests can write what is inside, and seal it again. */
  private static final EspSuite NULL_SUITE =
      new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);

  private static final SaParameters PLAIN = Packets.transport(NULL_SUITE);
  private static final int ICV = 12;

  private static EspVerdict verdict(InboundSa sa, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    sa.open(batch);
    return (EspVerdict) batch.verdict(0);
  }

  /** Computes the ICV of an altered packet anew, as only a peer with the key can. */
  private static byte[] reseal(byte[] packet) {
    try (EspKeys keys = Packets.keys(NULL_SUITE, 1)) {
      EspFrames frames = new EspFrames(0);
      frames.add(0, 20, packet.length - 20 - 8 - ICV, 0);
      EspCrypto.platform()
          .transform(NULL_SUITE, keys, false, Packets.random(1))
          .seal(packet, frames);
    }
    return packet;
  }

  private static byte[] sealed(SaParameters parameters, byte[] packet) {
    return Packets.seal(Packets.outbound(parameters, 1), packet);
  }

  @Test
  void aReplayIsRefusedInTheSameBatchAndLater() {
    byte[] packet = sealed(PLAIN, Packets.gre(60));
    InboundSa in = Packets.inbound(PLAIN, 1);
    PacketBatch batch = Packets.batch(packet, packet);
    in.open(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertEquals(EspVerdict.REPLAYED, batch.verdict(1));
    assertEquals(EspVerdict.REPLAYED, verdict(in, packet));
  }

  @Test
  void whatFellOutOfTheWindowIsTooOld() {
    OutboundSa out = Packets.outbound(PLAIN, 1);
    byte[] early = Packets.seal(out, Packets.gre(60));
    out.preset(64, null, 0);
    byte[] late = Packets.seal(out, Packets.gre(60));
    InboundSa in = Packets.inbound(PLAIN, 1);
    assertEquals(EspVerdict.OPENED, verdict(in, late));
    assertEquals(EspVerdict.TOO_OLD, verdict(in, early));
  }

  @Test
  void aForgedPacketFarAheadDoesNotMoveTheWindow() {
    byte[] good = sealed(PLAIN, Packets.gre(60));
    byte[] forged = good.clone();
    BigEndian.putInt(forged, 24, 1_000_000);
    InboundSa in = Packets.inbound(PLAIN, 1);
    assertEquals(EspVerdict.BAD_ICV, verdict(in, forged));
    assertEquals(EspVerdict.OPENED, verdict(in, good));
  }

  @Test
  void sequenceNumberZeroIsRefused() {
    byte[] zero = sealed(PLAIN, Packets.gre(60));
    BigEndian.putInt(zero, 24, 0);
    assertEquals(EspVerdict.TOO_OLD, verdict(Packets.inbound(PLAIN, 1), reseal(zero)));
  }

  @Test
  void theHelperOfTheseTestsMakesTheRightIcv() {
    byte[] packet = sealed(PLAIN, Packets.gre(60));
    assertArrayEquals(packet, reseal(packet.clone()));
  }

  @Test
  void paddingHasToCountUpAndToFit() {
    byte[] packet = sealed(PLAIN, Packets.gre(60));
    int padLength = packet.length - ICV - 2;
    assertEquals(2, packet[padLength], "42 bytes are padded to 44");
    byte[] wrongValue = packet.clone();
    wrongValue[padLength - 1] = 7;
    assertEquals(EspVerdict.BAD_PADDING, verdict(Packets.inbound(PLAIN, 1), reseal(wrongValue)));
    byte[] tooLong = packet.clone();
    tooLong[padLength] = (byte) 200;
    InboundSa in = Packets.inbound(PLAIN, 1);
    assertEquals(EspVerdict.BAD_PADDING, verdict(in, reseal(tooLong)));
    assertEquals(0, in.highestSequence());
  }

  @Test
  void dummyPacketsVanish() {
    byte[] dummy = sealed(PLAIN, Packets.gre(60));
    dummy[dummy.length - ICV - 1] = (byte) IpProtocol.NO_NEXT_HEADER;
    InboundSa in = Packets.inbound(PLAIN, 1);
    assertEquals(EspVerdict.DUMMY, verdict(in, reseal(dummy)));
    assertEquals(0, in.counters().drops());
    assertEquals(1, in.highestSequence());
  }

  @Test
  void lengthsAreChecked() {
    for (EspSuite suite : Packets.suites()) {
      SaParameters parameters = Packets.transport(suite);
      int least = 20 + suite.espLength(0);
      for (int length = 20; length < least + suite.alignment() - 1; length++) {
        byte[] packet = Packets.ipv4(length, IpProtocol.ESP);
        if (length >= 24) {
          BigEndian.putInt(packet, 20, 0x1234);
        }
        EspVerdict verdict = verdict(Packets.inbound(Packets.mirrored(parameters), 1), packet);
        EspVerdict expected = length == least ? EspVerdict.BAD_ICV : EspVerdict.BAD_LENGTH;
        assertEquals(expected, verdict, suite + " " + length);
      }
    }
  }

  @Test
  void anotherSpiIsUnknown() {
    byte[] packet = sealed(PLAIN.withSpi(0x999), Packets.gre(60));
    assertEquals(EspVerdict.UNKNOWN_SPI, verdict(Packets.inbound(PLAIN, 1), packet));
  }

  @Test
  void encapsulationHasToBeWhatWasNegotiated() {
    SaParameters udp = PLAIN.withUdpEncapsulation(UdpEncapsulation.STANDARD);
    byte[] bare = sealed(PLAIN, Packets.gre(60));
    byte[] encapsulated = sealed(udp, Packets.gre(60));
    assertEquals(EspVerdict.BAD_ENCAPSULATION, verdict(Packets.inbound(udp, 1), bare));
    assertEquals(EspVerdict.BAD_ENCAPSULATION, verdict(Packets.inbound(PLAIN, 1), encapsulated));
    byte[] wrongLength = encapsulated.clone();
    wrongLength[25]++;
    assertEquals(EspVerdict.BAD_ENCAPSULATION, verdict(Packets.inbound(udp, 1), wrongLength));
    byte[] translated = encapsulated.clone();
    BigEndian.putShort(translated, 20, 33_333);
    BigEndian.putShort(translated, 26, 0x5555); // a checksum that nobody looks at
    assertEquals(EspVerdict.OPENED, verdict(Packets.inbound(udp, 1), translated));
  }

  @Test
  void fragmentsAreRefused() {
    byte[] packet = sealed(PLAIN, Packets.gre(60));
    BigEndian.putShort(packet, 6, Ipv4Fields.MORE_FRAGMENTS);
    Ipv4Fields.updateChecksum(packet, 0);
    assertEquals(EspVerdict.FRAGMENT, verdict(Packets.inbound(PLAIN, 1), packet));
  }

  @Test
  void whatComesOutHasToBeWhatTheSaIsFor() {
    SaParameters greOnly =
        PLAIN.withSelector(TrafficSelector.hosts(Packets.HERE, Packets.THERE, IpProtocol.GRE));
    byte[] icmp = sealed(PLAIN, Packets.ipv4(60, IpProtocol.ICMP));
    byte[] gre = sealed(PLAIN, Packets.gre(60));
    assertEquals(EspVerdict.SELECTOR_MISMATCH, verdict(Packets.inbound(greOnly, 1), icmp));
    assertEquals(EspVerdict.OPENED, verdict(Packets.inbound(greOnly, 1), gre));
    SaParameters tunnel =
        PLAIN
            .withMode(EspMode.TUNNEL)
            .withSelector(
                TrafficSelector.of(
                    AddressRange.host(Ipv4Address.of(10, 1, 1, 1)), AddressRange.ANY, -1));
    byte[] other = sealed(tunnel, Packets.gre(60));
    assertEquals(EspVerdict.SELECTOR_MISMATCH, verdict(Packets.inbound(tunnel, 1), other));
  }

  @Test
  void aTunnelHasToHoldIpv4AndMayHoldMore() {
    SaParameters tunnel = PLAIN.withMode(EspMode.TUNNEL);
    byte[] packet = sealed(tunnel, Packets.gre(60));
    byte[] six = packet.clone();
    six[six.length - ICV - 1] = (byte) IpProtocol.IPV6;
    assertEquals(EspVerdict.NOT_IPV4, verdict(Packets.inbound(tunnel, 1), reseal(six)));
    byte[] broken = packet.clone();
    broken[28 + 2] = 0x7f;
    assertEquals(EspVerdict.NOT_IPV4, verdict(Packets.inbound(tunnel, 1), reseal(broken)));
    byte[] flowPadded = sealed(tunnel, Arrays.copyOf(Packets.gre(60), 60));
    Ipv4Fields.setTotalLength(flowPadded, 28, 50);
    PacketBatch batch = Packets.batch(reseal(flowPadded));
    Packets.inbound(tunnel, 1).open(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertEquals(50, batch.length(0));
  }

  /** RFC 6040 figure 4, the columns being the outer field: not-ECT, ECT(1), ECT(0), CE. */
  @ParameterizedTest
  @CsvSource({"0, 0, 0, 0, -1", "2, 2, 1, 2, 3", "1, 1, 1, 1, 3", "3, 3, 3, 3, 3"})
  void congestionIsCombined(int inner, int notEct, int ect1, int ect0, int ce) {
    int[] expected = {notEct, ect1, ect0, ce};
    SaParameters tunnel = PLAIN.withMode(EspMode.TUNNEL);
    for (int outer = 0; outer < 4; outer++) {
      byte[] packet = Packets.gre(60);
      packet[1] = (byte) (0x40 | inner);
      Ipv4Fields.updateChecksum(packet, 0);
      byte[] sealed = sealed(tunnel, packet);
      sealed[1] = (byte) (sealed[1] & ~3 | outer);
      Ipv4Fields.updateChecksum(sealed, 0);
      PacketBatch batch = Packets.batch(sealed);
      Packets.inbound(tunnel, 1).open(batch);
      if (expected[outer] < 0) {
        assertEquals(EspVerdict.CONGESTION_UNMARKABLE, batch.verdict(0));
      } else {
        assertEquals(EspVerdict.OPENED, batch.verdict(0));
        byte[] opened = batch.copy(0);
        assertEquals(0x40 | expected[outer], Ipv4Fields.tos(opened, 0));
        assertTrue(Ipv4Fields.isWellFormed(opened, 0, opened.length));
      }
    }
  }

  @Test
  void afterClosingNothingIsOpened() {
    for (EspSuite suite : Packets.suites()) {
      SaParameters parameters = Packets.transport(suite);
      InboundSa in = Packets.inbound(parameters, 1);
      in.close();
      assertEquals(EspVerdict.CLOSED, verdict(in, sealed(parameters, Packets.gre(60))));
    }
  }

  @Test
  void countersTellWhatHappened() {
    InboundSa in = Packets.inbound(PLAIN, 1);
    byte[] packet = sealed(PLAIN, Packets.gre(60));
    verdict(in, packet);
    verdict(in, packet);
    assertEquals(1, in.counters().packets(EspVerdict.OPENED));
    assertEquals(1, in.counters().drops());
    assertEquals(44, in.counters().bytes());
    assertEquals("OPENED=1 REPLAYED=1 bytes=44", in.counters().toString());
  }

  @Test
  void whatWasKnownOfTheOuterChecksumIsNotSaidOfTheInner() {
    for (EspMode mode : EspMode.values()) {
      SaParameters udp = PLAIN.withMode(mode).withUdpEncapsulation(UdpEncapsulation.STANDARD);
      PacketBatch batch = Packets.batch(sealed(udp, Packets.ipv4(60, IpProtocol.TCP)));
      batch.setChecksumState(0, PacketBatch.ChecksumState.VERIFIED);
      Packets.inbound(udp, 1).open(batch);
      assertEquals(EspVerdict.OPENED, batch.verdict(0));
      assertEquals(PacketBatch.ChecksumState.UNKNOWN, batch.checksumState(0));
    }
  }

  @Test
  void packetsThatAreOutOfTheBatchAreLeftAlone() {
    PacketBatch batch = Packets.batch(sealed(PLAIN, Packets.gre(60)));
    batch.setVerdict(0, EspVerdict.DISCARDED);
    InboundSa in = Packets.inbound(PLAIN, 1);
    in.open(batch);
    assertEquals(EspVerdict.DISCARDED, batch.verdict(0));
    assertFalse(in.counters().drops() > 0);
  }
}
