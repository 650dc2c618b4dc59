package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HoldQueueTest {
  private record Waiting(byte[] packet, long since) {}

  /** Against a list: the oldest go first, by number, bytes and age, and none changes. */
  @Property(tries = 300)
  void itIsABoundedQueue(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int packets,
      @ForAll @IntRange(min = 30, max = 200) int bytes) {
    Random random = new Random(seed);
    HoldQueue queue = new HoldQueue(packets, bytes, 10);
    List<Waiting> model = new ArrayList<>();
    long now = 0;
    for (int step = 0; step < 200; step++) {
      switch (random.nextInt(4)) {
        case 0 -> {
          now += random.nextInt(4);
          long limit = now - 10;
          int before = model.size();
          model.removeIf(each -> each.since <= limit);
          assertEquals(before - model.size(), queue.expire(now));
        }
        case 1 -> {
          if (!model.isEmpty()) {
            int index = random.nextInt(model.size());
            model.remove(index);
            queue.remove(placeOf(queue, index));
          }
        }
        default -> {
          byte[] packet = new byte[1 + random.nextInt(40)];
          random.nextBytes(packet);
          PacketBatch batch = Packets.batch(packet);
          assertEquals(packet.length <= bytes, queue.takes(batch, 0));
          if (packet.length <= bytes) {
            assertEquals(makeRoom(model, packet.length, packets, bytes), queue.hold(batch, 0, now));
            model.add(new Waiting(packet, now));
          }
        }
      }
      assertEquals(model.size(), queue.size());
      PacketBatch into = new PacketBatch(8, 64, 0, 0);
      for (int i = 0; i < model.size(); i++) {
        int place = placeOf(queue, i);
        assertArrayEquals(model.get(i).packet, into.copy(queue.copy(place, into)));
      }
    }
  }

  private static int makeRoom(List<Waiting> model, int length, int packets, int bytes) {
    int dropped = 0;
    while (model.size() == packets
        || model.stream().mapToInt(each -> each.packet.length).sum() + length > bytes) {
      model.remove(0);
      dropped++;
    }
    return dropped;
  }

  private static int placeOf(HoldQueue queue, int index) {
    int seen = -1;
    for (int place = 0; place < queue.places(); place++) {
      if (!queue.isEmpty(place) && ++seen == index) {
        return place;
      }
    }
    throw new AssertionError("no packet " + index);
  }

  @Test
  void whatCannotBeSealedLaterDoesNotWait() {
    HoldQueue queue = new HoldQueue(4, 1000, 10);
    PacketBatch batch = Packets.batch(Packets.gre(60), Packets.gre(60), Packets.gre(1001));
    batch.setGsoSize(0, 20);
    batch.setChecksumState(1, PacketBatch.ChecksumState.PARTIAL);
    for (int i = 0; i < 3; i++) {
      assertFalse(queue.takes(batch, i));
    }
  }

  @Test
  void aQueueOfNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new HoldQueue(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new HoldQueue(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new HoldQueue(1, Integer.MAX_VALUE, 1));
    assertThrows(IllegalArgumentException.class, () -> new HoldQueue(1, 1, 0));
  }
}
