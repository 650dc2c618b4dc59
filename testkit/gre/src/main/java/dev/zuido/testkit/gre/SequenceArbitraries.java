package dev.zuido.testkit.gre;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Orders in which the numbers of a stream of packets arrive (RFC 2890 section 2.2). */
public final class SequenceArbitraries {
  private SequenceArbitraries() {}

  /** Numbers from a first one on, in order, modulo 2^32. */
  public static Arbitrary<List<Integer>> valid(int first, int most) {
    return Arbitraries.integers().between(0, most).map(count -> inOrder(first, count));
  }

  /** The same, each at most so many places from its own, none lost or doubled. */
  public static Arbitrary<List<Integer>> oddButLegal(int first, int most, int displacement) {
    return Combinators.combine(valid(first, most), Arbitraries.longs())
        .as((numbers, seed) -> displaced(numbers, displacement, new Random(seed)));
  }

  /** The same, and some are lost, doubled or far too late. */
  public static Arbitrary<List<Integer>> broken(int first, int most, int displacement) {
    return Combinators.combine(oddButLegal(first, most, displacement), Arbitraries.longs())
        .as((numbers, seed) -> impaired(numbers, new Random(seed)));
  }

  private static List<Integer> inOrder(int first, int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(first + i);
    }
    return numbers;
  }

  /** Shuffles blocks, in which nobody can get further than the block is long. */
  private static List<Integer> displaced(List<Integer> numbers, int displacement, Random random) {
    List<Integer> moved = new ArrayList<>(numbers);
    int at = 0;
    while (at < moved.size()) {
      int end = Math.min(moved.size(), at + 1 + random.nextInt(displacement + 1));
      Collections.shuffle(moved.subList(at, end), random);
      at = end;
    }
    return moved;
  }

  private static List<Integer> impaired(List<Integer> numbers, Random random) {
    List<Integer> impaired = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      int what = random.nextInt(10);
      if (what != 0) {
        impaired.add(numbers.get(i));
      }
      if (what == 1) {
        impaired.add(numbers.get(random.nextInt(i + 1)));
      }
    }
    return impaired;
  }
}
