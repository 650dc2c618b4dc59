package dev.zuido.gre;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Enhanced GRE (RFC 2637 section 4). */
final class EnhancedGreTest {
  private static final long MS = 1_000_000L;

  /** An IPv4 packet with PPP in enhanced GRE with sequence and acknowledgment, by scapy 2.5.0. */
  private static final String SCAPY =
      "4500004498ec0000402f5d9bc0000201c00002023081880b0020d2bb99ce979e79021d4cff0300214500001c"
          + "00070000400114a4c6336401cb00710108009e7759880000";

  private static final EnhancedGreConfig CONFIG =
      EnhancedGreConfig.of(Packets.A, Packets.B, 11, 22, 4);
  private static final EnhancedGreConfig PEER =
      EnhancedGreConfig.of(Packets.B, Packets.A, 22, 11, 4);
  private static final byte[] PPP = {(byte) 0xff, 3, 0, 0x21, 1, 2, 3};

  private final EnhancedGre near = new EnhancedGre(CONFIG);
  private final EnhancedGre far = new EnhancedGre(PEER);

  private static ByteBuf gre() {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(SCAPY.substring(40)));
  }

  @Test
  void theHeaderDecodesAndEncodesToTheSameBytes() throws MalformedPacketException {
    ByteBuf in = gre();
    EnhancedGreHeader header = EnhancedGreHeader.decode(in);
    assertEquals(new EnhancedGreHeader(32, 53947, (int) 2580453278L, 2030181708), header);
    assertEquals(16, in.readerIndex());
    assertEquals(16, header.encodedLength());
    ByteBuf out = Unpooled.buffer();
    header.encode(out);
    assertEquals(SCAPY.substring(40, 72), ByteBufUtil.hexDump(out));
  }

  private static void assertMalformed(MalformedReason reason, int index, int bits) {
    ByteBuf in = gre();
    in.setByte(index, in.getByte(index) ^ bits);
    MalformedPacketException malformed =
        assertThrows(MalformedPacketException.class, () -> EnhancedGreHeader.decode(in));
    assertEquals(reason, malformed.reason());
  }

  @Test
  void eachMalformedHeaderHasItsReason() {
    assertMalformed(MalformedReason.BAD_VERSION, 1, 1);
    assertMalformed(MalformedReason.BAD_VERSION, 1, 2);
    assertMalformed(MalformedReason.RESERVED_BITS, 0, 0x80);
    assertMalformed(MalformedReason.RESERVED_BITS, 0, 0x20);
    assertMalformed(MalformedReason.RESERVED_BITS, 0, 0x01);
    assertMalformed(MalformedReason.RESERVED_BITS, 1, 0x08);
    assertMalformed(MalformedReason.BAD_VALUE, 3, 1);
    assertMalformed(MalformedReason.TRUNCATED, 5, 1);
    assertMalformed(MalformedReason.BAD_LENGTH, 0, 0x10);
    for (int length = 0; length < 48; length++) {
      ByteBuf cut = gre().slice(0, length);
      assertThrows(MalformedPacketException.class, () -> EnhancedGreHeader.decode(cut));
    }
    assertThrows(IllegalArgumentException.class, () -> new EnhancedGreHeader(1, 0, null, null));
    assertThrows(IllegalArgumentException.class, () -> new EnhancedGreHeader(0, 65_536, 0, null));
  }

  private PacketBatch sent(EnhancedGre sender, long now) {
    PacketBatch batch = Packets.batch(PPP);
    assertEquals(1, sender.encapsulate(batch, now));
    return batch;
  }

  @Test
  void bothEndsUnderstandEachOther() throws MalformedPacketException {
    PacketBatch first = sent(near, 0);
    byte[] bytes = first.copy(0);
    assertTrue(Ipv4Fields.isWellFormed(bytes, 0, bytes.length));
    assertEquals(
        new EnhancedGreHeader(PPP.length, 22, 0, null),
        EnhancedGreHeader.decode(Unpooled.wrappedBuffer(bytes, 20, bytes.length - 20)));
    assertEquals(1, far.decapsulate(first, 0));
    assertArrayEquals(PPP, first.copy(0));
    assertTrue(far.isAcknowledgmentDue());
    PacketBatch answer = sent(far, 0);
    assertFalse(far.isAcknowledgmentDue());
    byte[] piggybacked = answer.copy(0);
    assertEquals(
        new EnhancedGreHeader(PPP.length, 11, 0, 0),
        EnhancedGreHeader.decode(Unpooled.wrappedBuffer(piggybacked, 20, piggybacked.length - 20)));
    assertEquals(1, near.outstanding());
    assertEquals(1, near.decapsulate(answer, 0));
    assertEquals(0, near.outstanding());
  }

  @Test
  void aPureAcknowledgmentOpensTheWindow() {
    assertEquals(2, near.window());
    PacketBatch batch = Packets.batch(PPP, PPP, PPP);
    assertEquals(2, near.encapsulate(batch, 0));
    assertEquals(EnhancedGreVerdict.WINDOW_CLOSED, batch.verdict(2));
    assertEquals(2, far.decapsulate(batch, 0));
    PacketBatch acknowledgment = Packets.batch(new byte[1]);
    acknowledgment.clear();
    assertEquals(0, far.appendAcknowledgment(acknowledgment));
    assertEquals(-1, far.appendAcknowledgment(acknowledgment));
    assertEquals(32, acknowledgment.length(0));
    assertEquals(EnhancedGreVerdict.ACKNOWLEDGMENT, near.decapsulate(acknowledgment, 0, 20 * MS));
    assertEquals(0, near.outstanding());
    assertEquals(3, near.window());
    assertEquals(GreTunnel.NO_DEADLINE, near.nextDeadline());
  }

  /** RFC 2637 sections 4.2.2 and 4.4.2. */
  @Test
  void aTimeoutClosesTheWindowAndBacksOff() {
    assertEquals(500 * MS, near.timeoutNanos());
    sent(near, 10 * MS);
    sent(near, 20 * MS);
    assertEquals(510 * MS, near.nextDeadline());
    near.handleTimeout(510 * MS - 1);
    assertEquals(0, near.timeouts());
    near.handleTimeout(510 * MS);
    assertEquals(1, near.timeouts());
    assertEquals(1, near.window());
    assertEquals(0, near.outstanding());
    assertEquals(1000 * MS, near.timeoutNanos());
    for (int i = 0; i < 9; i++) {
      sent(near, 1_000 * MS);
      near.handleTimeout(near.nextDeadline());
    }
    assertEquals(8_000 * MS, near.timeoutNanos());
    assertEquals(1, near.window());
  }

  /** RFC 2637 section 4.4.1: DIFF = -400, DEV = 100, RTT = 450, ATO = 850 ms. */
  @Test
  void theTimeoutFollowsTheRoundTrips() {
    PacketBatch batch = sent(near, 0);
    far.decapsulate(batch, 0);
    near.decapsulate(sent(far, 0), 100 * MS);
    assertEquals(850 * MS, near.timeoutNanos());
  }

  @Test
  void latePacketsAreDropped() {
    PacketBatch first = sent(near, 0);
    PacketBatch second = sent(near, 0);
    assertEquals(EnhancedGreVerdict.DECAPSULATED, far.decapsulate(second, 0, 0));
    assertEquals(EnhancedGreVerdict.OUT_OF_SEQUENCE, far.decapsulate(first, 0, 0));
    assertEquals(1, far.received().get(EnhancedGreVerdict.OUT_OF_SEQUENCE));
  }

  private EnhancedGreVerdict received(byte[] packet) {
    return far.decapsulate(Packets.batch(packet), 0, 0);
  }

  @Test
  void eachFaultHasItsVerdict() {
    byte[] good = sent(near, 0).copy(0);
    assertEquals(EnhancedGreVerdict.BAD_OUTER_HEADER, received(changed(good, 8, 1)));
    assertEquals(EnhancedGreVerdict.BAD_VERSION, received(changed(good, 21, 1)));
    assertEquals(EnhancedGreVerdict.BAD_FLAGS, received(changed(good, 20, 0x80)));
    assertEquals(EnhancedGreVerdict.BAD_PROTOCOL_TYPE, received(changed(good, 22, 1)));
    assertEquals(EnhancedGreVerdict.TRUNCATED, received(changed(good, 24, 1)));
    assertEquals(EnhancedGreVerdict.NOT_THIS_SESSION, received(changed(good, 27, 1)));
    assertEquals(EnhancedGreVerdict.SEQUENCE_MISSING, received(changed(good, 20, 0x10)));
    byte[] cut = Arrays.copyOf(good, 27);
    Ipv4Fields.setTotalLength(cut, 0, 27);
    assertEquals(EnhancedGreVerdict.TRUNCATED, received(cut));
    byte[] fragment = good.clone();
    BigEndian.putShort(fragment, 6, 1);
    Ipv4Fields.updateChecksum(fragment, 0);
    assertEquals(EnhancedGreVerdict.OUTER_FRAGMENT, received(fragment));
    assertEquals(EnhancedGreVerdict.NOT_THIS_SESSION, near.decapsulate(Packets.batch(good), 0, 0));
    // The payload's first bytes are taken for an acknowledgment of what was never sent.
    byte[] acknowledging = changed(good, 21, 0x80);
    BigEndian.putShort(acknowledging, 24, 3);
    assertEquals(EnhancedGreVerdict.DECAPSULATED, received(acknowledging));
    BigEndian.putInt(acknowledging, 32, 0);
    assertEquals(EnhancedGreVerdict.BAD_ACKNOWLEDGMENT, received(acknowledging));
    assertEquals(EnhancedGreVerdict.OUT_OF_SEQUENCE, received(good));
  }

  private static byte[] changed(byte[] packet, int index, int bits) {
    byte[] changed = packet.clone();
    changed[index] ^= (byte) bits;
    return changed;
  }

  @Test
  void whatCannotBeSentIsRefused() {
    PacketBatch empty = Packets.batch(new byte[0]);
    assertEquals(EnhancedGreVerdict.BAD_PAYLOAD, near.encapsulate(empty, 0, 0));
    PacketBatch narrow = new PacketBatch(1, 50, 31, 0);
    narrow.add(PPP, 0, PPP.length);
    assertEquals(EnhancedGreVerdict.NO_HEADROOM, near.encapsulate(narrow, 0, 0));
    PacketBatch joined = Packets.batch(PPP);
    joined.setGsoSize(0, 4);
    assertEquals(EnhancedGreVerdict.NOT_SEGMENTED, near.encapsulate(joined, 0, 0));
    assertEquals(0, near.outstanding());
  }

  @Test
  void impossibleSessionsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> EnhancedGreConfig.of(Packets.A, Packets.B, 65_536, 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> EnhancedGreConfig.of(Packets.A, Packets.B, 1, 1, 0));
    assertThrows(
        IllegalArgumentException.class, () -> EnhancedGreConfig.of(Packets.A, Packets.A, 1, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EnhancedGreConfig(Packets.A, Packets.B, 1, 1, 1, 0, 5, 4, 64));
  }
}
