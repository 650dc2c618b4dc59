package dev.zuido.testkit.gre;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.gre.EnhancedGre;
import dev.zuido.gre.EnhancedGreConfig;
import dev.zuido.gre.EnhancedGreHeader;
import dev.zuido.gre.EnhancedGreVerdict;
import dev.zuido.testkit.ImpairBytes;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class EnhancedGrePropertyTest {
  @Provide
  Arbitrary<EnhancedGreHeader> headers() {
    return EnhancedGreArbitraries.headers();
  }

  @Provide
  Arbitrary<EnhancedGreConfig> sessions() {
    return EnhancedGreArbitraries.sessions();
  }

  @Provide
  Arbitrary<EnhancedGreCase> valid() {
    return EnhancedGreArbitraries.valid();
  }

  @Provide
  Arbitrary<EnhancedGreCase> oddButLegal() {
    return EnhancedGreArbitraries.oddButLegal();
  }

  @Provide
  Arbitrary<BrokenEnhancedGrePacket> broken() {
    return EnhancedGreArbitraries.broken();
  }

  private static PacketBatch batch(byte[] packet) {
    PacketBatch batch = PacketBatch.ofOne(Math.max(packet.length, 1));
    batch.add(packet, 0, packet.length);
    return batch;
  }

  private static void assertAccepted(EnhancedGreCase packet) {
    PacketBatch batch = batch(packet.packet().toArray());
    EnhancedGre session = new EnhancedGre(packet.receiver());
    assertEquals(EnhancedGreVerdict.DECAPSULATED, session.decapsulate(batch, 0, 0));
    assertArrayEquals(packet.payload().toArray(), batch.copy(0));
    assertTrue(session.isAcknowledgmentDue());
  }

  @Property(tries = 300)
  void validPacketsAreAccepted(@ForAll("valid") EnhancedGreCase packet) {
    assertAccepted(packet);
  }

  @Property(tries = 300)
  void oddButLegalPacketsAreAccepted(@ForAll("oddButLegal") EnhancedGreCase packet) {
    assertAccepted(packet);
  }

  @Property(tries = 500)
  void brokenPacketsAreRefusedForTheirRule(@ForAll("broken") BrokenEnhancedGrePacket packet) {
    byte[] bytes = packet.broken().packet().toArray();
    PacketBatch batch = batch(bytes);
    EnhancedGre session = new EnhancedGre(packet.broken().receiver());
    assertEquals(packet.rule().verdict(), session.decapsulate(batch, 0, 0));
    assertEquals(1, session.received().get(packet.rule().verdict()));
    assertArrayEquals(bytes, batch.copy(0));
    assertFalse(session.isAcknowledgmentDue());
  }

  @Property(tries = 500)
  void impairedPacketsChangeOnlyACounter(
      @ForAll("valid") EnhancedGreCase packet, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] impaired = ImpairBytes.any(random).apply(packet.packet().toArray(), random);
    EnhancedGre session = new EnhancedGre(packet.receiver());
    EnhancedGreVerdict verdict = session.decapsulate(batch(impaired), 0, 0);
    assertEquals(1, session.received().get(verdict));
    if (!verdict.passes()) {
      PacketBatch good = batch(packet.packet().toArray());
      assertEquals(EnhancedGreVerdict.DECAPSULATED, session.decapsulate(good, 0, 0));
    }
  }

  @Property(tries = 500)
  void headersSurviveTheRoundTrip(@ForAll("headers") EnhancedGreHeader header)
      throws MalformedPacketException {
    ByteBuf out = Unpooled.buffer();
    header.encode(out);
    assertEquals(header.encodedLength(), out.readableBytes());
    out.writeZero(header.payloadLength());
    assertEquals(header, EnhancedGreHeader.decode(out));
    assertEquals(header.payloadLength(), out.readableBytes());
  }

  @Property(tries = 500)
  void arbitraryBytesAreRefusedOrDecode(@ForAll @Size(max = 60) byte[] bytes) {
    try {
      EnhancedGreHeader.decode(Unpooled.wrappedBuffer(bytes));
    } catch (MalformedPacketException expected) {
      assertTrue(expected.offset() <= bytes.length);
    }
  }

  /** Whatever is lost and however late it comes, no more is under way than the window allows. */
  @Property(tries = 200)
  void theWindowIsKeptAndOpensAgain(
      @ForAll("sessions") EnhancedGreConfig config, @ForAll long seed) {
    Random random = new Random(seed);
    EnhancedGre sender = new EnhancedGre(config);
    EnhancedGre receiver =
        new EnhancedGre(
            EnhancedGreConfig.of(
                config.remote(),
                config.local(),
                config.remoteCallId(),
                config.localCallId(),
                config.peerWindow()));
    long now = 0;
    for (int i = 0; i < 300; i++) {
      now += random.nextInt(50_000_000);
      sender.handleTimeout(now);
      PacketBatch data = batch(new byte[5]);
      boolean closed = sender.outstanding() >= sender.window();
      EnhancedGreVerdict verdict = sender.encapsulate(data, 0, now);
      assertEquals(closed, verdict == EnhancedGreVerdict.WINDOW_CLOSED);
      assertTrue(sender.outstanding() <= config.peerWindow());
      assertTrue(sender.window() >= 1 && sender.window() <= config.peerWindow());
      assertTrue(sender.timeoutNanos() <= config.maxTimeoutNanos());
      if (verdict.passes() && random.nextInt(4) != 0) {
        assertEquals(EnhancedGreVerdict.DECAPSULATED, receiver.decapsulate(data, 0, now));
      }
      if (random.nextInt(3) == 0) {
        PacketBatch answer = PacketBatch.ofOne(64);
        if (receiver.appendAcknowledgment(answer) == 0 && random.nextInt(5) != 0) {
          assertEquals(EnhancedGreVerdict.ACKNOWLEDGMENT, sender.decapsulate(answer, 0, now));
        }
      }
    }
    sender.handleTimeout(now + config.maxTimeoutNanos());
    assertEquals(0, sender.outstanding());
    assertEquals(EnhancedGreVerdict.ENCAPSULATED, sender.encapsulate(batch(new byte[5]), 0, now));
  }
}
