package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class SealOpenPropertyTest {
  private static final int ANY = TrafficSelector.ANY_PROTOCOL;

  @Provide
  Arbitrary<EspSuite> suites() {
    return Arbitraries.of(Packets.suites());
  }

  private static SaParameters parameters(
      EspSuite suite, EspMode mode, boolean udp, boolean extended) {
    return Packets.transport(suite)
        .withMode(mode)
        .withUdpEncapsulation(udp ? UdpEncapsulation.STANDARD : null)
        .withExtendedSequenceNumbers(extended)
        .withSelector(TrafficSelector.hosts(Packets.HERE, Packets.THERE, ANY));
  }

  @Property(tries = 400)
  void whatWasSealedOpensToTheSame(
      @ForAll("suites") EspSuite suite,
      @ForAll EspMode mode,
      @ForAll boolean udp,
      @ForAll boolean extended,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 20, max = 9000) Integer> lengths,
      @ForAll long seed) {
    SaParameters parameters = parameters(suite, mode, udp, extended);
    OutboundSa out = Packets.outbound(parameters, seed);
    InboundSa in = Packets.inbound(parameters, seed);
    byte[][] packets =
        lengths.stream().map(length -> Packets.ipv4(length, 17)).toArray(byte[][]::new);
    PacketBatch batch = Packets.batch(packets);
    out.seal(batch);
    for (int i = 0; i < packets.length; i++) {
      assertEquals(EspVerdict.SEALED, batch.verdict(i));
      assertEquals(parameters.sealedLength(packets[i].length), batch.length(i));
    }
    in.open(batch);
    for (int i = 0; i < packets.length; i++) {
      assertEquals(EspVerdict.OPENED, batch.verdict(i));
      assertArrayEquals(packets[i], batch.copy(i));
    }
    assertEquals(packets.length, in.highestSequence());
  }

  @Property(tries = 600)
  void anyFlippedBitIsRefusedAndMovesNothing(
      @ForAll("suites") EspSuite suite,
      @ForAll EspMode mode,
      @ForAll boolean extended,
      @ForAll @IntRange(min = 20, max = 200) int length,
      @ForAll @IntRange(max = 100_000) int position) {
    SaParameters parameters = parameters(suite, mode, false, extended);
    byte[] sealed = Packets.seal(Packets.outbound(parameters, 5), Packets.ipv4(length, 47));
    InboundSa in = Packets.inbound(parameters, 5);
    byte[] flipped = sealed.clone();
    int bit = position % ((sealed.length - 20) * 8);
    flipped[20 + bit / 8] ^= (byte) (1 << bit % 8);
    PacketBatch batch = Packets.batch(flipped);
    in.open(batch);
    assertFalse(batch.passes(0), () -> "passed with bit " + bit + " flipped");
    assertEquals(0, in.highestSequence());
    PacketBatch right = Packets.batch(sealed);
    in.open(right);
    assertEquals(EspVerdict.OPENED, right.verdict(0));
  }

  @Property(tries = 200)
  void anyTruncationIsRefused(
      @ForAll("suites") EspSuite suite, @ForAll @IntRange(min = 0, max = 10_000) int cut) {
    SaParameters parameters = parameters(suite, EspMode.TUNNEL, false, false);
    byte[] sealed = Packets.seal(Packets.outbound(parameters, 5), Packets.gre(90));
    byte[] shorter = Arrays.copyOf(sealed, 20 + cut % (sealed.length - 20));
    Ipv4Fields.setTotalLength(shorter, 0, shorter.length);
    InboundSa in = Packets.inbound(parameters, 5);
    PacketBatch batch = Packets.batch(shorter);
    in.open(batch);
    assertFalse(batch.passes(0));
    assertEquals(0, in.highestSequence());
  }

  @Property(tries = 300)
  void arbitraryBytesAreRefused(@ForAll @Size(max = 200) byte[] bytes, @ForAll boolean inHeader) {
    byte[] packet = bytes;
    if (!inHeader) {
      packet = Packets.ipv4(20 + bytes.length, 50, Packets.HERE, Packets.THERE, 0);
      System.arraycopy(bytes, 0, packet, 20, bytes.length);
    }
    InboundSa in = Packets.inbound(Packets.transport(Packets.REFERENCE), 1);
    OutboundSa out = Packets.outbound(Packets.transport(Packets.REFERENCE), 1);
    PacketBatch batch = Packets.batch(packet);
    in.open(batch);
    assertFalse(batch.passes(0));
    PacketBatch sent = Packets.batch(bytes);
    out.seal(sent);
    assertTrue(sent.verdict(0) instanceof EspVerdict);
  }

  /** Any order within the window: each packet passes exactly once, whatever is repeated. */
  @Property(tries = 100)
  void reorderedWithinTheWindowEachPassesOnce(
      @ForAll("suites") EspSuite suite, @ForAll long seed, @ForAll boolean oneBatch) {
    SaParameters parameters = parameters(suite, EspMode.TRANSPORT, false, false);
    OutboundSa out = Packets.outbound(parameters, seed);
    List<byte[]> sealed = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      byte[] packet = Packets.seal(out, Packets.gre(60 + i));
      sealed.add(packet);
      sealed.add(packet);
    }
    Collections.shuffle(sealed, new Random(seed));
    InboundSa in = Packets.inbound(parameters, seed);
    if (oneBatch) {
      in.open(Packets.batch(sealed.toArray(byte[][]::new)));
    } else {
      sealed.forEach(packet -> in.open(Packets.batch(packet)));
    }
    assertEquals(40, in.counters().packets(EspVerdict.OPENED));
    assertEquals(40, in.counters().packets(EspVerdict.REPLAYED));
  }
}
