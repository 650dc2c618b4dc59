package dev.zuido.gre;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sorting by sequence numbers (RFC 2890 section 2.2). */
final class GreReorderTest {
  private static final GreTunnelConfig TUNNEL = GreTunnelConfig.of(Packets.A, Packets.B).withKey(3);
  private static final ReorderLimits LIMITS = new ReorderLimits(3, 8192, 1000);

  private final GreTunnel receiver = new GreTunnel(TUNNEL.reversed().withReordering(LIMITS));

  /** A packet with a number, which also stands in its identification. */
  private static byte[] packet(int number, int payload) {
    byte[] inner = Packets.ipv4(Packets.HOST_A, Packets.HOST_B, 0, payload);
    BigEndian.putShort(inner, 4, number & 0xffff);
    Ipv4Fields.updateChecksum(inner, 0);
    PacketBatch batch = Packets.batch(inner);
    assertEquals(1, new GreTunnel(TUNNEL.withSequence(true)).encapsulate(batch));
    byte[] outer = batch.copy(0);
    BigEndian.putInt(outer, 28, number);
    return outer;
  }

  /** What comes out, in order, when packets with these numbers come in as one batch. */
  private List<Integer> deliver(long nowNanos, int... numbers) {
    byte[][] packets = new byte[numbers.length][];
    for (int i = 0; i < numbers.length; i++) {
      packets[i] = packet(numbers[i], 10 + (numbers[i] & 0xff));
    }
    PacketBatch batch = Packets.batch(packets);
    for (int i = 0; i < numbers.length; i++) {
      batch.setArrivalNanos(i, nowNanos);
    }
    receiver.decapsulate(batch);
    List<Integer> out = new ArrayList<>(numbers(batch));
    out.addAll(released());
    return out;
  }

  private List<Integer> released() {
    List<Integer> out = new ArrayList<>();
    PacketBatch batch = new PacketBatch(2, 1600, 0, 0);
    while (receiver.release(batch) > 0) {
      out.addAll(numbers(batch));
      batch.clear();
    }
    return out;
  }

  private static List<Integer> numbers(PacketBatch batch) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.verdict(i) == GreVerdict.DECAPSULATED) {
        int number = Ipv4Fields.identification(batch.slab(), batch.offset(i));
        byte[] sent = packet(number, 10 + (number & 0xff));
        assertArrayEquals(java.util.Arrays.copyOfRange(sent, 32, sent.length), batch.copy(i));
        numbers.add(number);
      }
    }
    return numbers;
  }

  @Test
  void earlyPacketsWaitForTheirPredecessors() {
    assertEquals(List.of(0), deliver(0, 0));
    assertEquals(List.of(), deliver(5, 2));
    assertEquals(1005, receiver.nextDeadline());
    assertEquals(List.of(), deliver(6, 3));
    assertEquals(List.of(1, 2, 3), deliver(7, 1));
    assertEquals(GreTunnel.NO_DEADLINE, receiver.nextDeadline());
    assertEquals(2, receiver.received().get(GreVerdict.HELD));
    assertEquals(4, receiver.received().get(GreVerdict.DECAPSULATED));
  }

  @Test
  void whatFollowsInTheSameBatchKeepsItsPlace() {
    assertEquals(List.of(0, 1, 2, 3, 4, 5), deliver(0, 2, 0, 1, 3, 5, 4));
  }

  @Test
  void lateAndDoublePacketsAreDropped() {
    assertEquals(List.of(0), deliver(0, 0, 0, 2, 2, -1));
    assertEquals(3, receiver.received().get(GreVerdict.OUT_OF_SEQUENCE));
    assertEquals(List.of(1, 2), deliver(0, 1, 2));
    assertEquals(4, receiver.received().get(GreVerdict.OUT_OF_SEQUENCE));
  }

  /** "decapsulating packets (and ignoring any sequence number gaps)". */
  @Test
  void nobodyWaitsLongerThanTheTimer() {
    assertEquals(List.of(), deliver(100, 4));
    assertEquals(List.of(), deliver(300, 2));
    assertEquals(List.of(), deliver(400, 7));
    receiver.handleTimeout(1099);
    assertEquals(List.of(), released());
    receiver.handleTimeout(1100);
    assertEquals(List.of(2, 4), released());
    assertEquals(1400, receiver.nextDeadline());
    assertEquals(List.of(5), deliver(1200, 5, 3));
    assertEquals(List.of(6, 7), deliver(1200, 6));
  }

  @Test
  void theSmallestGoesWhereThereIsNoRoomToWait() {
    assertEquals(List.of(), deliver(0, 10, 20, 30));
    assertEquals(List.of(10), deliver(0, 40));
    // A packet that is itself the smallest goes at once.
    assertEquals(List.of(15), deliver(0, 15));
    assertEquals(List.of(16, 20, 30), deliver(0, 16, 50, 60));
  }

  @Test
  void theMemoryIsBounded() {
    GreTunnel small =
        new GreTunnel(TUNNEL.reversed().withReordering(new ReorderLimits(8, 512, 1000)));
    PacketBatch batch = Packets.batch(packet(5, 200), packet(6, 300), packet(7, 200), packet(8, 9));
    small.decapsulate(batch);
    assertEquals(GreVerdict.HELD, batch.verdict(0));
    assertEquals(GreVerdict.REORDER_BUFFER_FULL, batch.verdict(1));
    assertEquals(GreVerdict.HELD, batch.verdict(2));
    assertEquals(GreVerdict.REORDER_BUFFER_FULL, batch.verdict(3));
    PacketBatch out = Packets.batch(new byte[9][0]);
    out.clear();
    small.handleTimeout(1000);
    assertEquals(2, small.release(out));
    PacketBatch again = Packets.batch(packet(10, 480));
    small.decapsulate(again);
    assertEquals(GreVerdict.HELD, again.verdict(0));
  }

  @Test
  void numbersWrapAround() {
    assertEquals(List.of(), deliver(0, 0x7ffffffe, 0x80000000));
    receiver.handleTimeout(1000);
    assertEquals(List.of(0xfffe), released());
    assertEquals(List.of(), deliver(1000, 0xfffffffd));
    receiver.handleTimeout(2000);
    assertEquals(List.of(0xfffd), released());
    assertEquals(List.of(), deliver(0, 0, 0xffffffff));
    assertEquals(List.of(0xfffe, 0xffff, 0), deliver(0, 0xfffffffe));
  }

  @Test
  void packetsWithoutANumberGoAtOnce() {
    PacketBatch batch = Packets.batch(Packets.ipv4(Packets.HOST_A, Packets.HOST_B, 0, 1));
    new GreTunnel(TUNNEL).encapsulate(batch);
    assertEquals(List.of(), deliver(0, 3));
    assertEquals(GreVerdict.DECAPSULATED, receiver.decapsulate(batch, 0));
  }

  /** What the peer sends to itself is answered at once, and its number is no gap. */
  @Test
  void keepalivesDoNotWaitAndLeaveNoGap() {
    GreKeepalive keepalive = new GreKeepalive(TUNNEL);
    keepalive.start(0);
    ByteBuf inner = Unpooled.buffer();
    keepalive.poll(inner);
    PacketBatch batch = Packets.batch(ByteBufUtil.getBytes(inner));
    GreTunnel sender = new GreTunnel(TUNNEL.withSequence(true));
    sender.encapsulate(batch);
    BigEndian.putInt(batch.slab(), batch.offset(0) + 28, 2);
    assertEquals(GreVerdict.KEEPALIVE_REQUEST, receiver.decapsulate(batch, 0));
    assertEquals(List.of(), deliver(0, 3));
    assertEquals(List.of(0, 1, 3), deliver(0, 0, 1));
  }

  @Test
  void aPeerThatStartsAnewIsLateUntilTheReset() {
    assertEquals(List.of(0, 1, 2), deliver(0, 0, 1, 2));
    assertEquals(List.of(), deliver(0, 0, 1, 9));
    receiver.resetReceiveSequence();
    assertEquals(List.of(0, 1), deliver(0, 0, 1));
    assertEquals(GreTunnel.NO_DEADLINE, receiver.nextDeadline());
  }

  @Test
  void impossibleLimitsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ReorderLimits(0, 1000, 1));
    assertThrows(IllegalArgumentException.class, () -> new ReorderLimits(4097, 1000, 1));
    assertThrows(IllegalArgumentException.class, () -> new ReorderLimits(1, 255, 1));
    assertThrows(IllegalArgumentException.class, () -> new ReorderLimits(1, 256, 0));
    assertEquals(null, TUNNEL.withReordering(LIMITS).withSequence(false).reorder());
  }

  @Test
  void whatFollowsAFilledGapInItsBatchIsNotLostForWantOfRoom() {
    byte[][] packets = new byte[64][];
    for (int i = 0; i < packets.length; i++) {
      packets[i] = packet(i < 2 ? 1 - i : i, 10);
    }
    GreTunnel receiver =
        new GreTunnel(TUNNEL.reversed().withReordering(new ReorderLimits(2, 4_096, 1_000)));
    PacketBatch batch = Packets.batch(packets);
    receiver.decapsulate(batch);
    PacketBatch out = new PacketBatch(200, 1_600, 0, 0);
    int released = receiver.release(out);
    assertEquals(0, receiver.received().get(GreVerdict.REORDER_BUFFER_FULL));
    assertEquals(64, released + direct(batch));
    PacketBatch next = Packets.batch(packet(64, 10));
    receiver.decapsulate(next);
    assertEquals(GreVerdict.DECAPSULATED, next.verdict(0));
  }

  private static int direct(PacketBatch batch) {
    int count = 0;
    for (int i = 0; i < batch.size(); i++) {
      count += batch.passes(i) ? 1 : 0;
    }
    return count;
  }
}
