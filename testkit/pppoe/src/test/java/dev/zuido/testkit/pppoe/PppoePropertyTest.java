package dev.zuido.testkit.pppoe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.pppoe.PppoePacket;
import dev.zuido.pppoe.PppoeVerdict;
import dev.zuido.testkit.ImpairBytes;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class PppoePropertyTest {
  @Provide
  Arbitrary<PppoePacket> packets() {
    return PppoeArbitraries.packets();
  }

  @Provide
  Arbitrary<PppoeCase> valid() {
    return PppoeArbitraries.valid();
  }

  @Provide
  Arbitrary<PppoeCase> oddButLegal() {
    return PppoeArbitraries.oddButLegal();
  }

  @Provide
  Arbitrary<BrokenPppoeFrame> broken() {
    return PppoeArbitraries.broken();
  }

  @Property(tries = 500)
  void packetsSurviveTheRoundTrip(@ForAll("packets") PppoePacket packet)
      throws MalformedPacketException {
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    assertEquals(packet.encodedLength(), out.readableBytes());
    byte[] bytes = ByteBufUtil.getBytes(out);
    assertEquals(packet, PppoePacket.decode(out));
    assertFalse(out.isReadable());
    for (int length = 0; length < bytes.length; length++) {
      ByteBuf cut = Unpooled.wrappedBuffer(bytes, 0, length);
      assertThrows(MalformedPacketException.class, () -> PppoePacket.decode(cut));
    }
  }

  @Property(tries = 1000)
  void arbitraryBytesAreRefusedOrEncodeToThemselves(@ForAll @Size(max = 80) byte[] bytes) {
    if (bytes.length > 5) {
      bytes[0] = 0x11;
      bytes[4] = 0;
      bytes[5] = (byte) (Math.max(0, bytes.length - 6) & (bytes[5] | 0x3f));
    }
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    try {
      PppoePacket packet = PppoePacket.decode(in);
      ByteBuf out = Unpooled.buffer();
      packet.encode(out);
      assertEquals(
          ByteString.of(bytes, 0, in.readerIndex()), ByteString.read(out, out.readableBytes()));
      assertFalse(packet.describe().isEmpty());
    } catch (MalformedPacketException expected) {
      assertTrue(expected.offset() <= bytes.length);
    }
  }

  @Property(tries = 300)
  void validFramesAreAccepted(@ForAll("valid") PppoeCase frame) {
    Receiver receiver = new Receiver(frame.moment());
    assertTrue(receiver.accepts(frame.frame(receiver.facts())));
  }

  @Property(tries = 500)
  void oddButLegalFramesAreAccepted(@ForAll("oddButLegal") PppoeCase frame) {
    Receiver receiver = new Receiver(frame.moment());
    assertTrue(receiver.accepts(frame.frame(receiver.facts())));
  }

  @Property(tries = 1000)
  void brokenFramesAreRefusedForTheirRule(@ForAll("broken") BrokenPppoeFrame frame) {
    PppoeMoment moment = frame.broken().moment();
    Receiver receiver = new Receiver(moment);
    String before = receiver.image();
    PppoeVerdict verdict = receiver.receive(frame.broken().frame(receiver.facts()));
    assertEquals(frame.rule().verdict(), verdict);
    var reason = frame.rule().reason(moment);
    assertEquals(reason == null ? Map.of() : Map.of(reason, 1L), receiver.drops());
    assertEquals(before, receiver.image(), "only counters change");
    assertTrue(
        receiver.accepts(
            new PppoeFrameBuilder(moment, new byte[8]).toCase().frame(receiver.facts())),
        "what is right is taken all the same");
  }

  @Property(tries = 500)
  void impairedFramesNeverThrow(@ForAll("valid") PppoeCase frame, @ForAll long seed) {
    Random random = new Random(seed);
    Receiver receiver = new Receiver(frame.moment());
    byte[] right = frame.frame(receiver.facts()).toArray();
    for (int i = 0; i < 20; i++) {
      byte[] impaired = ImpairBytes.any(random).apply(right.clone(), random);
      if (impaired.length <= Receiver.MAX_FRAME) {
        receiver.receive(ByteString.of(impaired));
      }
    }
  }

  @Property(tries = 100)
  void everyTruncationChangesOnlyCounters(@ForAll("valid") PppoeCase frame) {
    Receiver receiver = new Receiver(frame.moment());
    ByteString right = frame.frame(receiver.facts());
    String before = receiver.image();
    for (int length = 0; length < right.length(); length++) {
      assertEquals(PppoeVerdict.MALFORMED, receiver.receive(right.slice(0, length)));
      assertEquals(before, receiver.image());
    }
    assertTrue(receiver.accepts(right));
  }
}
