package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class ReplayWindowPropertyTest {
  /** The definition, without a thought for speed. */
  private static final class Model {
    private final int size;
    private final Set<Long> seen = new HashSet<>();
    private long highest;

    Model(int size) {
      this.size = size;
    }

    ReplayWindow.Result advance(long sequence) {
      if (sequence < 1 || sequence <= highest - size) {
        return ReplayWindow.Result.TOO_OLD;
      }
      if (!seen.add(sequence)) {
        return ReplayWindow.Result.REPLAYED;
      }
      highest = Math.max(highest, sequence);
      return ReplayWindow.Result.FRESH;
    }
  }

  @Property(tries = 200)
  void theBlocksAgreeWithTheDefinition(
      @ForAll @IntRange(min = 32, max = 2000) int size, @ForAll long seed) {
    compare(size, 1, seed, 3000);
  }

  @Property(tries = 60)
  void theyAgreeAroundTheEndOf32Bits(
      @ForAll @IntRange(min = 32, max = 65_536) int size,
      @ForAll @LongRange(min = -3000, max = 500) long distance,
      @ForAll long seed) {
    compare(size, (1L << 32) + distance, seed, 3000);
  }

  private static void compare(int size, long start, long seed, int steps) {
    ReplayWindow window = new ReplayWindow(size);
    Model model = new Model(size);
    Random random = new Random(seed);
    long near = start;
    for (int i = 0; i < steps; i++) {
      long sequence =
          switch (random.nextInt(8)) {
            case 0 -> near - random.nextInt(2 * size + 2);
            case 1 -> near + random.nextInt(3 * size);
            case 2 -> near - size + random.nextInt(3) - 1;
            case 3 -> random.nextInt(64) == 0 ? near + 40L * size : near;
            default -> near + 1;
          };
      ReplayWindow.Result before = window.check(sequence);
      ReplayWindow.Result expected = model.advance(sequence);
      assertEquals(expected, before, () -> "check of " + sequence);
      assertEquals(expected, window.advance(sequence), () -> "advance to " + sequence);
      assertEquals(model.highest, window.highest());
      near = model.highest;
    }
  }

  /** RFC 4303 appendix A: the full number comes back whenever it is near the window. */
  @Property(tries = 300)
  void theHighHalfIsInferred(
      @ForAll @IntRange(min = 32, max = 65_536) int size,
      @ForAll @LongRange(min = 1, max = 1L << 40) long highest,
      @ForAll @LongRange(min = -65_535, max = 1L << 31) long distance) {
    ReplayWindow window = new ReplayWindow(size);
    window.advance(highest);
    long sequence = highest + distance;
    if (sequence > 0 && distance > -size) {
      assertEquals(sequence, window.extend((int) sequence));
    }
  }
}
