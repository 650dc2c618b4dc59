package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import org.junit.jupiter.api.Test;

final class InMemoryTunDeviceTest {
  private final InMemoryTunDevice device = new InMemoryTunDevice("tun0", 100, 2);
  private final PacketBatch batch = new PacketBatch(4, 100, 0, 0);

  private static byte[] packet(int length, int number) {
    byte[] packet = new byte[length];
    packet[0] = 0x45;
    packet[length - 1] = (byte) number;
    return packet;
  }

  @Test
  void packetsAreReceivedInOrderAndCopied() {
    byte[] first = packet(20, 1);
    assertTrue(device.inject(first));
    assertTrue(device.inject(packet(30, 2)));
    first[0] = 0;
    assertEquals(2, device.receive(batch));
    assertArrayEquals(packet(20, 1), batch.copy(0));
    assertArrayEquals(packet(30, 2), batch.copy(1));
    assertEquals(0, device.receive(batch));
    assertEquals(new TunStatistics(2, 50, 0, 0, 0, 0), device.statistics());
  }

  @Test
  void aFullQueueAndALongPacketAreDropped() {
    assertFalse(device.inject(packet(101, 0)));
    assertTrue(device.inject(packet(100, 0)));
    assertTrue(device.inject(packet(20, 0)));
    assertFalse(device.inject(packet(20, 0)));
    assertEquals(2, device.statistics().receiveDrops());
  }

  @Test
  void aFullBatchLeavesTheRestWaiting() {
    PacketBatch one = new PacketBatch(1, 100, 0, 0);
    device.inject(packet(20, 1));
    device.inject(packet(20, 2));
    assertEquals(1, device.receive(one));
    one.clear();
    assertEquals(1, device.receive(one));
    assertArrayEquals(packet(20, 2), one.copy(0));
  }

  @Test
  void aPacketThatIsLongerThanASlotIsDropped() {
    PacketBatch small = new PacketBatch(2, 50, 0, 0);
    device.inject(packet(51, 1));
    device.inject(packet(50, 2));
    assertEquals(1, device.receive(small));
    assertArrayEquals(packet(50, 2), small.copy(0));
    assertEquals(1, device.statistics().receiveDrops());
  }

  @Test
  void onlyPassingIpPacketsAreSent() {
    batch.add(packet(20, 1), 0, 20);
    batch.add(packet(20, 2), 0, 20);
    batch.setVerdict(1, Verdict.Basic.CONSUMED);
    batch.add(new byte[20], 0, 20);
    assertEquals(1, device.send(batch));
    assertArrayEquals(packet(20, 1), device.drain());
    assertNull(device.drain());
    assertEquals(new TunStatistics(0, 0, 0, 1, 20, 1), device.statistics());
  }

  @Test
  void theQueueToTheHostIsBounded() {
    for (int i = 0; i < 3; i++) {
      batch.add(packet(20, i), 0, 20);
    }
    assertEquals(2, device.send(batch));
    assertEquals(1, device.statistics().sendDrops());
  }

  @Test
  void theMtuHoldsInBothDirections() {
    device.setMtu(68);
    assertFalse(device.inject(packet(69, 0)));
    batch.add(packet(69, 0), 0, 69);
    assertEquals(0, device.send(batch));
    assertEquals(68, device.mtu());
    assertThrows(IllegalArgumentException.class, () -> device.setMtu(67));
    assertThrows(IllegalArgumentException.class, () -> device.setMtu(65_536));
  }

  @Test
  void aClosedDeviceReceivesNothingAndTakesNothing() {
    device.inject(packet(20, 1));
    device.close();
    device.close();
    assertFalse(device.isOpen());
    assertEquals(0, device.receive(batch));
    assertFalse(device.inject(packet(20, 1)));
    batch.add(packet(20, 1), 0, 20);
    assertEquals(0, device.send(batch));
    assertNull(device.drain());
  }
}
