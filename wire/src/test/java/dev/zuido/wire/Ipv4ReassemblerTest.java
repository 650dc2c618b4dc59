package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class Ipv4ReassemblerTest {
  private static final ReassemblyLimits LIMITS = new ReassemblyLimits(2, 2000, 4, 1000, 100);

  private final Ipv4Reassembler reassembler = new Ipv4Reassembler(LIMITS);
  private final PacketBatch out = new PacketBatch(2, 1000, 0, 0);

  private ReassemblyResult offer(int id, int start, int length, boolean more, long now) {
    return offer(id, start, length, more, 0, (byte) 0x11, now);
  }

  private ReassemblyResult offer(
      int id, int start, int length, boolean more, int tos, byte fill, long now) {
    byte[] fragment = new byte[20 + length];
    Arrays.fill(fragment, fill);
    int word = start >>> 3 | (more ? Ipv4Fields.MORE_FRAGMENTS : 0);
    Ipv4Fields.write(fragment, 0, tos, fragment.length, id, word, 64, 17, 1, 2);
    return reassembler.offer(fragment, 0, now, out);
  }

  private void assertHeld(ReassemblyResult result) {
    assertEquals(ReassemblyResult.HELD, result);
  }

  @Test
  void aWholePacketIsNoFragment() {
    assertEquals(ReassemblyResult.NOT_A_FRAGMENT, offer(1, 0, 8, false, 0));
    assertEquals(1, reassembler.counters().get(ReassemblyResult.NOT_A_FRAGMENT));
    assertEquals(0, reassembler.datagramsHeld());
  }

  @Test
  void theLastMissingFragmentCompletesTheDatagram() {
    assertHeld(offer(1, 16, 5, false, 0));
    assertHeld(offer(1, 0, 8, true, 1));
    assertEquals(ReassemblyResult.COMPLETE, offer(1, 8, 8, true, 2));
    byte[] expected = new byte[41];
    Arrays.fill(expected, (byte) 0x11);
    Ipv4Fields.write(expected, 0, 0, 41, 1, 0, 64, 17, 1, 2);
    assertArrayEquals(expected, out.copy(0));
    assertEquals(0, reassembler.bytesHeld());
    assertEquals(0, reassembler.datagramsHeld());
  }

  @Test
  void anExactDuplicateChangesNothing() {
    assertHeld(offer(1, 8, 8, true, 0));
    assertEquals(ReassemblyResult.DUPLICATE, offer(1, 8, 8, true, 0));
    assertHeld(offer(1, 16, 4, false, 0));
    assertEquals(ReassemblyResult.DUPLICATE, offer(1, 16, 4, false, 0));
    assertEquals(ReassemblyResult.COMPLETE, offer(1, 0, 8, true, 0));
  }

  @Test
  void anOverlapEndsTheDatagramUntilItsTimeIsOver() {
    assertHeld(offer(1, 0, 16, true, 0));
    assertEquals(ReassemblyResult.OVERLAP, offer(1, 8, 16, true, 10));
    assertEquals(0, reassembler.bytesHeld());
    assertEquals(ReassemblyResult.DATAGRAM_DROPPED, offer(1, 24, 8, false, 20));
    assertEquals(ReassemblyResult.DATAGRAM_DROPPED, offer(1, 0, 16, true, 99));
    assertHeld(offer(1, 0, 16, true, 100));
    assertEquals(0, reassembler.counters().get(ReassemblyResult.TIMED_OUT));
  }

  @Test
  void eachKindOfOverlapIsSeen() {
    assertHeld(offer(1, 8, 16, true, 0));
    assertEquals(ReassemblyResult.OVERLAP, offer(1, 0, 16, true, 0)); // into the next
    assertHeld(offer(2, 8, 16, true, 0));
    assertEquals(ReassemblyResult.OVERLAP, offer(2, 8, 8, true, 0)); // same start, shorter
    assertHeld(offer(3, 8, 16, true, 0));
    assertEquals(ReassemblyResult.OVERLAP, offer(3, 8, 16, true, 0, (byte) 0x22, 0)); // other bytes
    assertHeld(offer(4, 8, 16, true, 0));
    assertEquals(ReassemblyResult.OVERLAP, offer(4, 8, 16, false, 0)); // now the last
    assertHeld(offer(5, 16, 8, false, 0));
    assertEquals(ReassemblyResult.OVERLAP, offer(5, 24, 8, false, 0)); // another end
    assertHeld(offer(6, 16, 8, false, 0));
    assertEquals(ReassemblyResult.OVERLAP, offer(6, 24, 8, true, 0)); // behind the end
    assertHeld(offer(7, 32, 8, true, 0));
    assertEquals(ReassemblyResult.OVERLAP, offer(7, 16, 8, false, 0)); // an end before others
  }

  @Test
  void malformedFragmentsAreDropped() {
    assertEquals(ReassemblyResult.MALFORMED, offer(1, 0, 9, true, 0));
    assertEquals(ReassemblyResult.MALFORMED, offer(1, 8, 0, false, 0));
    assertEquals(0, reassembler.datagramsHeld());
  }

  @Test
  void aDatagramEndsAfterItsTime() {
    assertHeld(offer(1, 0, 8, true, 50));
    assertEquals(150, reassembler.nextDeadline());
    assertEquals(0, reassembler.expire(149));
    assertEquals(1, reassembler.expire(150));
    assertEquals(1, reassembler.counters().get(ReassemblyResult.TIMED_OUT));
    assertEquals(Ipv4Reassembler.NO_DEADLINE, reassembler.nextDeadline());
  }

  @Test
  void theOldestGivesWayToTheNewest() {
    assertHeld(offer(1, 0, 8, true, 0));
    assertHeld(offer(2, 0, 8, true, 1));
    assertHeld(offer(3, 0, 8, true, 2));
    assertEquals(2, reassembler.datagramsHeld());
    assertEquals(1, reassembler.counters().get(ReassemblyResult.EVICTED));
    assertEquals(ReassemblyResult.COMPLETE, offer(2, 8, 8, false, 3));
    assertEquals(ReassemblyResult.COMPLETE, offer(3, 8, 8, false, 3));
  }

  @Test
  void bytesAreBounded() {
    Ipv4Reassembler tight = new Ipv4Reassembler(new ReassemblyLimits(9, 1000, 4, 1000, 100));
    byte[] fragment = new byte[820];
    for (int id = 0; id < 3; id++) {
      Ipv4Fields.write(fragment, 0, 0, 820, id, Ipv4Fields.MORE_FRAGMENTS, 64, 17, 1, 2);
      assertHeld(tight.offer(fragment, 0, 0, out));
      assertEquals(800, tight.bytesHeld());
    }
    assertEquals(2, tight.counters().get(ReassemblyResult.EVICTED));
  }

  @Test
  void fragmentsAndLengthAreBounded() {
    for (int i = 1; i <= 4; i++) {
      assertHeld(offer(1, i * 8, 8, true, 0));
    }
    assertEquals(ReassemblyResult.TOO_MANY_FRAGMENTS, offer(1, 40, 8, true, 0));
    assertEquals(ReassemblyResult.TOO_LONG, offer(2, 992, 16, false, 0));
    // 984 bytes of payload alone are allowed, but not with the header.
    assertHeld(offer(3, 976, 8, false, 0));
    assertEquals(ReassemblyResult.TOO_LONG, offer(3, 0, 8, true, 0));
  }

  @Test
  void congestionOnOneFragmentIsCongestionOfTheDatagram() {
    assertHeld(offer(1, 0, 8, true, 0xb8 | 2, (byte) 1, 0));
    assertEquals(ReassemblyResult.COMPLETE, offer(1, 8, 8, false, 0xb8 | 3, (byte) 1, 0));
    assertEquals(0xbb, Ipv4Fields.tos(out.slab(), out.offset(0)));
    assertEquals(0, InternetChecksum.of(out.slab(), out.offset(0), 20));
  }

  @Test
  void congestionOnWhatIsNotCapableEndsTheDatagram() {
    assertHeld(offer(1, 0, 8, true, 0, (byte) 1, 0));
    assertEquals(ReassemblyResult.ECN_MISMATCH, offer(1, 8, 8, false, 3, (byte) 1, 0));
  }

  @Test
  void aDatagramThatTheBatchCannotTakeIsLost() {
    PacketBatch small = new PacketBatch(1, 30, 0, 0);
    assertHeld(offer(1, 0, 8, true, 0));
    byte[] last = new byte[28];
    Ipv4Fields.write(last, 0, 0, 28, 1, 1, 64, 17, 1, 2);
    assertEquals(ReassemblyResult.NO_ROOM, reassembler.offer(last, 0, 0, small));
    assertEquals(0, reassembler.datagramsHeld());
  }

  @Test
  void limitsHaveToBePossible() {
    assertThrows(IllegalArgumentException.class, () -> new ReassemblyLimits(1, 999, 4, 1000, 100));
    assertThrows(IllegalArgumentException.class, () -> new ReassemblyLimits(0, 2000, 4, 1000, 100));
    assertThrows(
        IllegalArgumentException.class, () -> new ReassemblyLimits(1, 70_000, 4, 65_536, 100));
  }
}
