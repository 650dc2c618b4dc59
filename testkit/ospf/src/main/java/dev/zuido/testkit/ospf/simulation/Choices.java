package dev.zuido.testkit.ospf.simulation;

import dev.zuido.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/**
 * Where a generator's choices come from: a seed, or a list of numbers, which jqwik can shorten and
 * lessen. A choice of 0 is the simplest, and what a list that has come to its end chooses.
 */
public interface Choices {
  /** A number from 0 to below a bound. */
  int next(int bound);

  /** A number from a least to a greatest one; the least is the simplest. */
  default int between(int least, int greatest) {
    return least + next(greatest - least + 1);
  }

  /** True in so many of 100 cases; false is the simplest. */
  default boolean percent(int percent) {
    return next(100) >= 100 - percent;
  }

  /** Choices from a seed. */
  static Choices seeded(long seed) {
    SeededRandom random = new SeededRandom(seed, "choices");
    return random::nextInt;
  }

  /** Choices from a list, then zeros. */
  static Choices of(List<Integer> numbers) {
    List<Integer> left = new ArrayList<>(numbers);
    int[] next = {0};
    return bound -> next[0] < left.size() ? Math.floorMod(left.get(next[0]++), bound) : 0;
  }

  /** Choices that shrink towards fewer and smaller ones. */
  static Arbitrary<Choices> arbitrary(int most) {
    return Arbitraries.integers()
        .between(0, 9_999)
        .withDistribution(RandomDistribution.uniform())
        .list()
        .ofMaxSize(most)
        .withSizeDistribution(RandomDistribution.uniform())
        .map(Choices::of);
  }
}
