package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PacketBatchTest {
  private final PacketBatch batch = new PacketBatch(2, 10, 4, 3);

  @Test
  void packetsStandBehindTheirHeadroom() {
    int index = batch.add(new byte[] {1, 2, 3}, 1, 2);
    assertEquals(4, batch.headroom(index));
    assertEquals(11, batch.tailroom(index));
    assertArrayEquals(new byte[] {2, 3}, batch.copy(index));
    assertSame(Verdict.PASS, batch.verdict(index));
    assertEquals(-1, batch.ingress(index));
  }

  @Test
  void boundsMoveWithinTheSlotOnly() {
    batch.add(new byte[10], 0, 10);
    int second = batch.add(new byte[10], 0, 10);
    batch.setBounds(second, 17, 17);
    assertEquals(0, batch.headroom(second));
    assertEquals(0, batch.tailroom(second));
    assertThrows(IllegalArgumentException.class, () -> batch.setBounds(second, 16, 17));
    assertThrows(IllegalArgumentException.class, () -> batch.setBounds(second, 17, 18));
    assertThrows(IllegalArgumentException.class, () -> batch.setBounds(0, 1, 17));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> batch.addUninitialized(14));
    batch.addUninitialized(13);
    batch.addUninitialized(0);
    assertTrue(batch.isFull());
    assertThrows(IllegalStateException.class, () -> batch.addUninitialized(1));
    assertThrows(IndexOutOfBoundsException.class, () -> batch.offset(2));
    assertEquals(10, batch.maxPacketBytes(3));
  }

  @Test
  void aCompactBatchGivesEachPacketWhatItNeeds() {
    PacketBatch compact = PacketBatch.compact(3, 10, 1_000);
    assertEquals(1_000, compact.maxPacketBytes(0));
    assertEquals(1_000, compact.maxPacketBytes(PacketBatch.DEFAULT_TAILROOM));
    compact.add(new byte[10], 0, 10);
    assertEquals(PacketBatch.DEFAULT_HEADROOM, compact.headroom(0));
    assertEquals(PacketBatch.DEFAULT_TAILROOM, compact.tailroom(0));
    int second = compact.add(new byte[] {1, 2, 3}, 0, 3);
    assertEquals(PacketBatch.DEFAULT_TAILROOM, compact.tailroom(second));
    assertArrayEquals(new byte[] {1, 2, 3}, compact.copy(second));
    int start = compact.offset(second) - compact.headroom(second);
    assertThrows(IllegalArgumentException.class, () -> compact.setBounds(second, start - 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> compact.setBounds(second, start, compact.headroom(second) + 4 + 64));
    compact.setBounds(second, start, compact.headroom(second) + 3 + 64);
    compact.add(new byte[1_000], 0, 1_000);
    assertTrue(compact.isFull());
    assertEquals(PacketBatch.DEFAULT_TAILROOM, compact.tailroom(2));
  }

  @Test
  void aCompactBatchIsFullWhenTheNextPacketMightNotFit() {
    PacketBatch compact = PacketBatch.compact(8, 10, 1_000);
    compact.add(new byte[1_000], 0, 1_000);
    int packets = 1;
    while (!compact.isFull()) {
      compact.add(new byte[500], 0, 500);
      packets++;
    }
    assertTrue(packets < 8);
    assertThrows(IllegalStateException.class, () -> compact.add(new byte[1], 0, 1));
    compact.clear();
    assertFalse(compact.isFull());
    assertEquals(0, compact.add(new byte[1_000], 0, 1_000));
    assertThrows(IllegalArgumentException.class, () -> PacketBatch.compact(1, 20, 19));
  }

  @Test
  void aPacketOfAnotherBatchBringsWhatIsKnownAboutIt() {
    int old = batch.add(new byte[] {1, 2, 3}, 0, 3);
    batch.setVerdict(old, Verdict.Basic.CONSUMED);
    batch.setEcn(old, 3);
    batch.setGsoSize(old, 1400);
    batch.setIngress(old, 4);
    batch.setArrivalNanos(old, 5);
    batch.setNextHop(old, 6);
    batch.setChecksumState(old, PacketBatch.ChecksumState.PARTIAL);
    PacketBatch other = PacketBatch.compact(2, 10, 10);
    other.add(new byte[1], 0, 1);
    int copy = other.add(batch, old);
    assertArrayEquals(new byte[] {1, 2, 3}, other.copy(copy));
    assertSame(Verdict.Basic.CONSUMED, other.verdict(copy));
    assertEquals(3, other.ecn(copy));
    assertEquals(1400, other.gsoSize(copy));
    assertEquals(4, other.ingress(copy));
    assertEquals(5, other.arrivalNanos(copy));
    assertEquals(6, other.nextHop(copy));
    assertEquals(PacketBatch.ChecksumState.PARTIAL, other.checksumState(copy));
  }

  @Test
  void aNewPacketKnowsNothingOfTheOneBeforeIt() {
    int old = batch.addUninitialized(1);
    batch.setVerdict(old, Verdict.Basic.CONSUMED);
    batch.setEcn(old, 3);
    batch.setGsoSize(old, 1400);
    batch.setIngress(old, 4);
    batch.setArrivalNanos(old, 5);
    batch.setNextHop(old, 6);
    batch.setChecksumState(old, PacketBatch.ChecksumState.PARTIAL);
    assertFalse(batch.passes(old));
    batch.clear();
    int index = batch.addUninitialized(1);
    assertTrue(batch.passes(index));
    assertEquals(0, batch.ecn(index));
    assertEquals(0, batch.gsoSize(index));
    assertEquals(-1, batch.ingress(index));
    assertEquals(0, batch.arrivalNanos(index));
    assertEquals(0, batch.nextHop(index));
    assertEquals(PacketBatch.ChecksumState.UNKNOWN, batch.checksumState(index));
  }

  @Test
  void countersCountWhatTheyAreToldTo() {
    Counters<ReassemblyResult> counters = new Counters<>(ReassemblyResult.class);
    counters.increment(ReassemblyResult.HELD);
    counters.add(ReassemblyResult.HELD, 4);
    counters.increment(ReassemblyResult.COMPLETE);
    assertEquals(5, counters.get(ReassemblyResult.HELD));
    assertEquals(0, counters.get(ReassemblyResult.OVERLAP));
    assertEquals("{HELD=5, COMPLETE=1}", counters.toString());
  }

  @Test
  void byteStringsAreValues() {
    ByteString bytes = ByteString.of(new byte[] {9, 1, 2, 3}, 1, 3);
    assertEquals(ByteString.ofHex("010203"), bytes);
    assertEquals(bytes.hashCode(), ByteString.ofHex("010203").hashCode());
    assertEquals("010203", bytes.toString());
    assertEquals(ByteString.ofHex("03"), bytes.slice(2, 1));
    assertTrue(bytes.startsWith(ByteString.ofHex("0102")));
    assertFalse(bytes.startsWith(ByteString.ofHex("01020304")));
    bytes.toArray()[0] = 7;
    assertEquals(1, bytes.byteAt(0));
  }
}
