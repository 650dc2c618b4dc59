package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.esp.TunnelHeader.DontFragment;
import dev.zuido.esp.TunnelHeader.EcnMode;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The outer header, and what the inner one takes from it, in all mixes of versions. */
final class TunnelHeaderTest {
  private static final EspSuite SUITE = new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);

  private static SaParameters tunnel(boolean outer6, TunnelHeader header) {
    return SaParameters.of(
            7,
            EspMode.TUNNEL,
            SUITE,
            outer6 ? Ipv6Packets.HERE : Packets.HERE,
            outer6 ? Ipv6Packets.THERE : Packets.THERE)
        .withTunnelHeader(header);
  }

  private static byte[] inner(boolean six, int tos, int ttl, boolean dontFragment) {
    if (six) {
      byte[] packet = Ipv6Packets.packet(Ipv6Packets.HERE, Ipv6Packets.THERE, 47, new byte[20]);
      Ipv6Fields.setTrafficClass(packet, 0, tos);
      packet[7] = (byte) ttl;
      return packet;
    }
    byte[] packet = Packets.ipv4(60, 47, Packets.HERE, Packets.THERE, dontFragment ? 0x4000 : 0);
    packet[1] = (byte) tos;
    packet[8] = (byte) ttl;
    Ipv4Fields.updateChecksum(packet, 0);
    return packet;
  }

  private static byte[] seal(SaParameters parameters, byte[] packet) {
    return Packets.seal(Packets.outbound(parameters, 1), packet);
  }

  private static int ttl(byte[] packet) {
    return packet[0] >> 4 == 6 ? Ipv6Fields.hopLimit(packet, 0) : Ipv4Fields.ttl(packet, 0);
  }

  @Test
  void dscpAndEcnAreCopiedOrSet() {
    for (int mix = 0; mix < 4; mix++) {
      boolean outer6 = (mix & 1) != 0;
      byte[] packet = inner((mix & 2) != 0, 0xb9, 33, false);
      TunnelHeader set = new TunnelHeader(DontFragment.COPY, 8, 99);
      TunnelHeader copy = new TunnelHeader(DontFragment.COPY, -1, TunnelHeader.COPY_TTL);
      assertEquals(0xb9, Ecn.tos(seal(tunnel(outer6, copy), packet), 0));
      assertEquals(33, ttl(seal(tunnel(outer6, copy), packet)));
      assertEquals(0x21, Ecn.tos(seal(tunnel(outer6, set), packet), 0));
      assertEquals(99, ttl(seal(tunnel(outer6, set), packet)));
      TunnelHeader legacy = copy.withEcn(EcnMode.COMPATIBILITY);
      assertEquals(0xb8, Ecn.tos(seal(tunnel(outer6, legacy), packet), 0));
    }
  }

  /** A raw socket's kernel writes another where it finds 0: AH and fragments would not survive. */
  @Test
  void theIdentificationIsNeverZero() {
    OutboundSa sa = Packets.outbound(tunnel(false, TunnelHeader.DEFAULT), 1);
    sa.preset(0, null, 0xfffe);
    for (int expected : new int[] {0xfffe, 0xffff, 1, 2}) {
      byte[] sealed = Packets.seal(sa, inner(false, 0, 64, false));
      assertEquals(expected, Ipv4Fields.identification(sealed, 0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "COPY, false, false, false",
    "COPY, false, true, true",
    "COPY, true, false, true",
    "SET, false, false, true",
    "CLEAR, false, true, false",
    "CLEAR, true, false, false"
  })
  void dontFragmentIsCopiedSetOrCleared(
      DontFragment style, boolean inner6, boolean innerFlag, boolean expected) {
    TunnelHeader header = new TunnelHeader(style, -1, 64);
    byte[] sealed = seal(tunnel(false, header), inner(inner6, 0, 64, innerFlag));
    assertEquals(expected, Ipv4Fields.dontFragment(sealed, 0));
  }

  /** RFC 6040 figure 4: inner, outer, outgoing (-1 for drop), whether it is marked. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, false", "0, 2, 0, true", "0, 1, 0, true", "0, 3, -1, true",
    "2, 0, 2, false", "2, 2, 2, false", "2, 1, 1, false", "2, 3, 3, false",
    "1, 0, 1, false", "1, 2, 1, true", "1, 1, 1, false", "1, 3, 3, false",
    "3, 0, 3, false", "3, 2, 3, false", "3, 1, 3, true", "3, 3, 3, false"
  })
  void congestionIsCombinedAndAnomaliesAreCounted(
      int innerEcn, int outerEcn, int expected, boolean anomalous) {
    for (int mix = 0; mix < 4; mix++) {
      boolean outer6 = (mix & 1) != 0;
      SaParameters parameters = tunnel(outer6, TunnelHeader.DEFAULT);
      byte[] sealed = seal(parameters, inner((mix & 2) != 0, 0x40 | innerEcn, 64, false));
      Ecn.writeTos(sealed, 0, 0x80 | outerEcn);
      InboundSa in = Packets.inbound(parameters, 1);
      PacketBatch batch = Packets.batch(sealed);
      in.open(batch);
      if (expected < 0) {
        assertEquals(EspVerdict.CONGESTION_UNMARKABLE, batch.verdict(0));
      } else {
        assertEquals(EspVerdict.OPENED, batch.verdict(0));
        assertEquals(0x40 | expected, Ecn.tos(batch.slab(), batch.offset(0)));
        assertTrue(EspFields.isWellFormed(batch.slab(), batch.offset(0), batch.length(0)));
      }
      assertEquals(anomalous ? 1 : 0, in.counters().get(SaCounters.Extra.CONGESTION_ANOMALIES));
      assertEquals(
          expected == 3 && innerEcn != 3 ? 1 : 0,
          in.counters().get(SaCounters.Extra.CONGESTION_MARKED));
    }
  }

  @Test
  void theOuterDscpIsGivenInwardOnlyWhereAskedFor() {
    for (int mix = 0; mix < 4; mix++) {
      SaParameters parameters = tunnel((mix & 1) != 0, TunnelHeader.DEFAULT.withDscpInward(true));
      byte[] sealed = seal(parameters, inner((mix & 2) != 0, 0x42, 64, false));
      Ecn.writeTos(sealed, 0, 0x83);
      PacketBatch batch = Packets.batch(sealed);
      Packets.inbound(parameters, 1).open(batch);
      assertEquals(0x83, Ecn.tos(batch.slab(), batch.offset(0)));
      assertTrue(EspFields.isWellFormed(batch.slab(), batch.offset(0), batch.length(0)));
    }
  }

  @Test
  void theFlowLabelOfTheInnerPacketStaysInside() {
    byte[] packet = inner(true, 0, 64, false);
    packet[3] = 77;
    assertEquals(0, Ipv6Fields.flowLabel(seal(tunnel(true, TunnelHeader.DEFAULT), packet), 0));
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TunnelHeader(DontFragment.COPY, 64, 64));
    assertThrows(IllegalArgumentException.class, () -> new TunnelHeader(DontFragment.COPY, -2, 64));
    assertThrows(IllegalArgumentException.class, () -> new TunnelHeader(DontFragment.COPY, 0, 256));
  }
}
