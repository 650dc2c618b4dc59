package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class AhPropertyTest {
  private static final List<String> OPTIONS =
      List.of(
          "",
          "94040000",
          "070b04 0000000000000000 01",
          "440c0500 01020304 00000000 94040000",
          "820b1212121212121212120186040102 01010100");

  /** First header and extension headers that end in UDP. */
  private static final List<String> EXTENSIONS =
      List.of(
          "11",
          "00 1100050200003e00",
          "00 1101050200003e04deadbeef01020000",
          "00 3c00010400000000 11011e06010203040506 010400000000",
          "3c 2b00010400000000 3c00000000000000 1100010400000000",
          "3c 11003e0401020304");

  /** An SA and a packet that it protects. */
  record Case(AhParameters parameters, byte[] packet) {
    @Override
    public String toString() {
      return parameters + " " + HexFormat.of().formatHex(packet);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Combinators.combine(
            Arbitraries.of(AhIntegrity.values()),
            Arbitraries.of(EspMode.values()),
            Arbitraries.of(4, 6),
            Arbitraries.of(true, false),
            packets(),
            Arbitraries.of(true, false))
        .as(
            (integrity, mode, outer, extended, packet, protect) -> {
              int version = mode == EspMode.TRANSPORT ? Ipv4Fields.version(packet, 0) : outer;
              return new Case(
                  AhPackets.parameters(mode, integrity, version)
                      .withExtendedSequenceNumbers(extended),
                  packet);
            });
  }

  private static Arbitrary<byte[]> packets() {
    Arbitrary<byte[]> v4 = Arbitraries.of(OPTIONS).map(AhCoverageTest::withOptions);
    Arbitrary<byte[]> v6 =
        Combinators.combine(Arbitraries.of(EXTENSIONS), Arbitraries.integers().between(0, 100))
            .as(
                (hex, length) ->
                    AhPackets.ipv6(
                        Packets.hex(hex.substring(0, 2))[0] & 0xff,
                        Packets.hex(hex.substring(2)),
                        length));
    return Arbitraries.oneOf(v4, v6);
  }

  @Property(tries = 600)
  void whatWasProtectedVerifiesToTheSame(
      @ForAll("cases") Case each, @ForAll @IntRange(min = 1, max = 5) int count) {
    AhOutboundSa out = AhPackets.outbound(each.parameters());
    AhInboundSa in = AhPackets.inbound(each.parameters());
    byte[][] packets = new byte[count][];
    Arrays.fill(packets, each.packet());
    PacketBatch batch = Packets.batch(packets);
    out.protect(batch);
    for (int i = 0; i < count; i++) {
      assertEquals(EspVerdict.SEALED, batch.verdict(i));
      assertEquals(each.packet().length + each.parameters().overhead(), batch.length(i));
    }
    in.verify(batch);
    for (int i = 0; i < count; i++) {
      assertEquals(EspVerdict.OPENED, batch.verdict(i));
      assertArrayEquals(each.packet(), batch.copy(i));
    }
    assertEquals(count, in.highestSequence());
    assertEquals(out.counters().bytes(), in.counters().bytes());
  }

  /** Whatever routers may change, they change all of it at once. */
  @Property(tries = 300)
  void mutableFieldsMayChange(@ForAll("cases") Case each, @ForAll long seed) {
    byte[] sent = AhPackets.protect(AhPackets.outbound(each.parameters()), each.packet());
    Random random = new Random(seed);
    if (Ipv4Fields.version(sent, 0) == 4) {
      sent[1] = (byte) ((random.nextInt() & ~3) | (sent[1] & 3));
      sent[6] = (byte) (random.nextBoolean() ? 0x40 : 0);
      sent[8] = (byte) random.nextInt();
      Ipv4Fields.updateChecksum(sent, 0);
    } else {
      int ecn = sent[1] & 0x30;
      BigEndian.putInt(sent, 0, 6 << 28 | (random.nextInt() & 0x0fcf_ffff));
      sent[1] = (byte) ((sent[1] & ~0x30) | ecn);
      sent[7] = (byte) random.nextInt();
    }
    assertEquals(EspVerdict.OPENED, AhPackets.verdict(AhPackets.inbound(each.parameters()), sent));
  }

  @Property(tries = 3000)
  void anyFlippedBitIsRefusedAndMovesNothingUnlessItIsMutable(
      @ForAll("cases") Case each, @ForAll @IntRange(max = 100_000) int position) {
    byte[] sent = AhPackets.protect(AhPackets.outbound(each.parameters()), each.packet());
    AhInboundSa in = AhPackets.inbound(each.parameters());
    byte[] flipped = sent.clone();
    int bit = position % (sent.length * 8);
    flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
    boolean mutable = isMutable(sent, bit / 8, bit % 8);
    if (Ipv4Fields.version(sent, 0) == 4 && bit / 8 != 10 && bit / 8 != 11) {
      mendChecksum(flipped, sent);
    }
    PacketBatch batch = Packets.batch(flipped);
    in.verify(batch);
    if (!mutable) {
      assertFalse(batch.passes(0));
      assertEquals(0, in.highestSequence());
      assertArrayEquals(flipped, batch.copy(0));
      assertEquals(EspVerdict.OPENED, AhPackets.verdict(in, sent));
    }
  }

  /** A flipped header length would move the checksum out of the header that it is for. */
  private static void mendChecksum(byte[] flipped, byte[] sent) {
    if (flipped[0] == sent[0]) {
      Ipv4Fields.updateChecksum(flipped, 0);
    }
  }

  /**
   * RFC 4302 section 3.3.3.1 for the packets of {@link #cases}, said without looking at the code.
   */
  private static boolean isMutable(byte[] sent, int octet, int bit) {
    int ah = AhFields.locate(sent, 0);
    if (octet >= ah) {
      return false;
    }
    if (Ipv4Fields.version(sent, 0) == 6) {
      // Options 3e change on the way; their data follows at most two octets behind the type.
      return (octet == 0 && bit >= 4)
          || (octet >= 1 && octet <= 3)
          || octet == 7
          || (octet > 41 && isData(sent, octet, 0x3e));
    }
    return octet == 1
        || octet == 6
        || octet == 7
        || octet == 8
        || octet == 10
        || octet == 11
        || (octet >= 20 && isInMutableOption(sent, octet, ah));
  }

  private static boolean isData(byte[] sent, int octet, int type) {
    for (int at = 42; at < octet - 1; at++) {
      if ((sent[at] & 0xff) == type && octet < at + 2 + sent[at + 1] && octet >= at + 2) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInMutableOption(byte[] sent, int octet, int end) {
    int at = 20;
    while (at < end && sent[at] != 0) {
      int length = sent[at] == 1 ? 1 : sent[at + 1];
      boolean mutable = sent[at] == 7 || sent[at] == 68;
      if (octet >= at && octet < at + length) {
        return mutable;
      }
      at += length;
    }
    return false;
  }

  @Property(tries = 4000)
  void arbitraryBytesAreRefusedWithAVerdict(
      @ForAll @Size(max = 120) byte[] bytes,
      @ForAll("cases") Case each,
      @ForAll @IntRange(max = 3) int like) {
    if (bytes.length > 40 && like > 0) {
      makePlausible(bytes, like, each.parameters());
    }
    AhInboundSa in = AhPackets.inbound(each.parameters());
    PacketBatch batch = Packets.batch(bytes);
    in.verify(batch);
    assertFalse(batch.passes(0));
    assertEquals(1, in.counters().drops());
    assertEquals(0, in.highestSequence());
    assertArrayEquals(bytes, batch.copy(0));
    PacketBatch outbound = Packets.batch(bytes);
    AhOutboundSa out = AhPackets.outbound(each.parameters());
    out.protect(outbound);
    if (!outbound.passes(0)) {
      assertArrayEquals(bytes, outbound.copy(0));
    }
  }

  /** Gives bytes a header, so that they come further. */
  private static void makePlausible(byte[] bytes, int like, AhParameters parameters) {
    if (parameters.ipVersion() == 4) {
      bytes[0] = (byte) (0x45 + like);
      BigEndian.putShort(bytes, 2, bytes.length);
      BigEndian.putShort(bytes, 6, 0);
      bytes[9] = IpProtocol.AH;
      Ipv4Fields.updateChecksum(bytes, 0);
    } else {
      bytes[0] = 0x60;
      BigEndian.putShort(bytes, 4, bytes.length - 40);
      bytes[6] = (byte) (like == 1 ? 0 : like == 2 ? 60 : 43);
    }
  }

  /** A packet of the peer whose payload is anything: AH is right, what is inside need not be. */
  @Property(tries = 500)
  void whatATunnelHoldsIsLookedAt(@ForAll @Size(max = 60) byte[] inside, @ForAll boolean six) {
    AhParameters transport = AhPackets.parameters(EspMode.TRANSPORT, AhIntegrity.HMAC_SHA1_96, 4);
    byte[] packet = new byte[20 + inside.length];
    System.arraycopy(inside, 0, packet, 20, inside.length);
    Ipv4Fields.write(
        packet, 0, 0, packet.length, 1, 0, 9, six ? IpProtocol.IPV6 : IpProtocol.IPV4, 1, 2);
    byte[] sent = AhPackets.protect(AhPackets.outbound(transport), packet);
    AhInboundSa in =
        AhPackets.inbound(AhPackets.parameters(EspMode.TUNNEL, AhIntegrity.HMAC_SHA1_96, 4));
    assertEquals(EspVerdict.NOT_IPV4, AhPackets.verdict(in, sent));
    assertEquals(1, in.highestSequence());
  }
}
