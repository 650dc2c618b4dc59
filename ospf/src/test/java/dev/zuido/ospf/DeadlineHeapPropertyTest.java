package dev.zuido.ospf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The heap against a list that is sorted each time. */
final class DeadlineHeapPropertyTest {
  private record Entry(int timer, long deadline, int order) {}

  @Property(tries = 200)
  void behavesLikeASortedList(@ForAll long seed) {
    Random random = new Random(seed);
    DeadlineHeap heap = new DeadlineHeap();
    List<Integer> fired = new ArrayList<>();
    List<Timer> timers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      timers.add(new Timer(now -> fired.add(number)));
    }
    List<Entry> model = new ArrayList<>();
    for (int step = 0; step < 500; step++) {
      int number = random.nextInt(timers.size());
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          long deadline = random.nextInt(50);
          heap.schedule(timers.get(number), deadline);
          model.removeIf(entry -> entry.timer() == number);
          model.add(new Entry(number, deadline, step));
        }
        case 2 -> {
          heap.cancel(timers.get(number));
          model.removeIf(entry -> entry.timer() == number);
        }
        default -> {
          long now = random.nextInt(50);
          model.sort(Comparator.comparingLong(Entry::deadline).thenComparingInt(Entry::order));
          Timer due = heap.pollDue(now);
          fired.clear();
          if (due != null) {
            due.fire(now);
          }
          boolean expected = !model.isEmpty() && model.get(0).deadline() <= now;
          assertEquals(expected ? List.of(model.remove(0).timer()) : List.of(), fired);
        }
      }
      long next = model.stream().mapToLong(Entry::deadline).min().orElse(Long.MAX_VALUE);
      assertEquals(next, heap.next());
    }
  }
}
