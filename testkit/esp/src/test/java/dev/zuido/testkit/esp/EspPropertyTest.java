package dev.zuido.testkit.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.esp.EspMode;
import dev.zuido.esp.EspVerdict;
import dev.zuido.esp.InboundSa;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.SaParameters;
import dev.zuido.testkit.ImpairBytes;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class EspPropertyTest {
  @Provide
  Arbitrary<TestAssociation> associations() {
    return EspArbitraries.associations();
  }

  @Provide
  Arbitrary<ByteString> innerPackets() {
    return EspArbitraries.innerPackets();
  }

  @Provide
  Arbitrary<EspCase> legal() {
    return EspArbitraries.legalPackets();
  }

  @Provide
  Arbitrary<EspCase> broken() {
    return EspArbitraries.brokenPackets();
  }

  private static byte[] seal(OutboundSa sa, ByteString inner) {
    PacketBatch batch = PacketBatch.ofOne(inner.length());
    batch.add(inner.toArray(), 0, inner.length());
    sa.seal(batch);
    assertEquals(EspVerdict.SEALED, batch.verdict(0));
    return batch.copy(0);
  }

  @Property(tries = 300)
  void theSlowTransformOpensWhatIsSealed(
      @ForAll("associations") TestAssociation association,
      @ForAll("innerPackets") ByteString inner) {
    SaParameters parameters = association.parameters();
    byte[] sealed = seal(association.outbound(new VirtualNetwork(1).secureRandom("iv")), inner);
    int esp = Ipv4Fields.headerLength(sealed, 0) + (parameters.udpEncapsulation() == null ? 0 : 8);
    byte[] plaintext =
        association
            .reference()
            .open(Arrays.copyOfRange(sealed, esp, sealed.length), 1)
            .orElseThrow();
    byte[] packet = inner.toArray();
    int skip = parameters.mode() == EspMode.TUNNEL ? 0 : Ipv4Fields.headerLength(packet, 0);
    byte[] payload = Arrays.copyOfRange(packet, skip, packet.length);
    assertArrayEquals(payload, Arrays.copyOf(plaintext, payload.length));
    int padLength = plaintext[plaintext.length - 2];
    assertEquals(payload.length + padLength + 2, plaintext.length);
    for (int i = 0; i < padLength; i++) {
      assertEquals(i + 1, plaintext[payload.length + i]);
    }
  }

  @Property(tries = 400)
  void legalPacketsOpenHoweverOdd(@ForAll("legal") EspCase legal) {
    PacketBatch batch = legal.batch();
    InboundSa sa = legal.association().inbound();
    sa.open(batch);
    assertEquals(legal.expected(), batch.verdict(0));
    assertTrue(sa.highestSequence() > 0);
  }

  @Property(tries = 800)
  void eachBrokenRuleGivesItsVerdict(@ForAll("broken") EspCase broken) {
    PacketBatch batch = broken.batch();
    InboundSa sa = broken.association().inbound();
    sa.open(batch);
    assertEquals(broken.expected(), batch.verdict(0));
    assertEquals(1, sa.counters().packets(broken.expected()));
    // What is inside is judged last, after the packet was found authentic and fresh.
    boolean authentic = broken.expected() == EspVerdict.SELECTOR_MISMATCH;
    assertEquals(authentic ? 1 : 0, sa.highestSequence());
  }

  /** Any sequence number, in any order and repeatedly, and still only what is authentic. */
  @Property(tries = 200)
  void withoutReplayProtectionEveryAuthenticPacketOpens(
      @ForAll("associations") TestAssociation association,
      @ForAll("innerPackets") ByteString inner,
      @ForAll List<@IntRange(max = 3) Integer> order) {
    TestAssociation unprotected =
        new TestAssociation(
            association.parameters().withExtendedSequenceNumbers(false).withoutReplayProtection(),
            association.keyMaterial());
    long[] sequences = {0, 1, 0x8000_0000L, 0xffff_ffffL};
    InboundSa sa = unprotected.inbound();
    for (int i : order) {
      ForgedPacket forged = new ForgedPacket(unprotected, inner.toArray());
      forged.sequence = sequences[i];
      byte[] packet = forged.bytes();
      byte[] flipped = packet.clone();
      flipped[packet.length - 1] ^= 1;
      PacketBatch batch = new PacketBatch(2, packet.length, 64, 64);
      batch.add(flipped, 0, flipped.length);
      batch.add(packet, 0, packet.length);
      sa.open(batch);
      assertEquals(EspVerdict.BAD_ICV, batch.verdict(0));
      assertEquals(EspVerdict.OPENED, batch.verdict(1));
      assertEquals(inner, ByteString.of(batch.copy(1)));
    }
  }

  /** A hostile link: flips, cuts, repeats and reorders. What comes out was sent, and comes once. */
  @Property(tries = 100)
  void onlyWhatWasSentComesOutAndOnlyOnce(
      @ForAll("associations") TestAssociation association, @ForAll long seed) {
    Random random = new Random(seed);
    OutboundSa out = association.outbound(new VirtualNetwork(1).secureRandom("iv"));
    InboundSa in = association.inbound();
    Set<ByteString> sent = new HashSet<>();
    List<byte[]> onTheWay = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      byte[] payload = new byte[random.nextInt(300)];
      random.nextBytes(payload);
      ByteString inner = EspArbitraries.innerPacket(payload, 0, 4 * i, 0);
      sent.add(inner);
      byte[] sealed = seal(out, inner);
      onTheWay.add(sealed);
      switch (random.nextInt(3)) {
        case 0 -> onTheWay.add(sealed);
        case 1 -> {
          onTheWay.add(random.nextInt(onTheWay.size()), impaired(sealed, random));
        }
        default -> {}
      }
    }
    int opened = 0;
    for (byte[] packet : onTheWay) {
      PacketBatch batch = PacketBatch.ofOne(Math.max(1, packet.length));
      batch.add(packet, 0, packet.length);
      in.open(batch);
      if (batch.passes(0)) {
        assertTrue(sent.remove(ByteString.of(batch.copy(0))), "came twice, or was never sent");
      }
      opened += batch.passes(0) ? 1 : 0;
    }
    assertEquals(30, opened, "a good packet was lost");
  }

  /** Impairs what lies behind the IP header, which in transport mode nothing protects. */
  private static byte[] impaired(byte[] sealed, Random random) {
    int header = Ipv4Fields.MIN_HEADER_LENGTH;
    byte[] esp =
        ImpairBytes.any(random).apply(Arrays.copyOfRange(sealed, header, sealed.length), random);
    byte[] packet = Arrays.copyOf(sealed, header + esp.length);
    System.arraycopy(esp, 0, packet, header, esp.length);
    Ipv4Fields.setTotalLength(packet, 0, packet.length);
    return packet;
  }
}
