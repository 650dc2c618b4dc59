package dev.zuido.esp;

import java.util.Arrays;

/**
 * Counts how many policies share each prefix of a field, to choose the field that a {@link
 * PolicyIndex} divides them by.
 */
final class PrefixCounter {
  private static final int LENGTHS = 129;

  private final long[] prefixes;
  private final int[] lengths;
  private final int[] counts;
  private final int[] largest = new int[LENGTHS];

  /** Makes a counter for so many policies. */
  PrefixCounter(int policies) {
    int slots = Integer.highestOneBit(Math.max(1, policies)) << 2;
    prefixes = new long[2 * slots];
    lengths = new int[slots];
    counts = new int[slots];
  }

  /** Starts anew. */
  void clear() {
    Arrays.fill(counts, 0);
    Arrays.fill(largest, 0);
  }

  /** Counts a policy whose field has this prefix. */
  void add(int length, long high, long low) {
    int slot = slotOf(length, high, low);
    while (counts[slot] != 0 && !isAt(slot, length, high, low)) {
      slot = slot + 1 & counts.length - 1;
    }
    prefixes[2 * slot] = high;
    prefixes[2 * slot + 1] = low;
    lengths[slot] = length;
    counts[slot]++;
    largest[length] = Math.max(largest[length], counts[slot]);
  }

  private boolean isAt(int slot, int length, long high, long low) {
    return prefixes[2 * slot] == high && prefixes[2 * slot + 1] == low && lengths[slot] == length;
  }

  private int slotOf(int length, long high, long low) {
    long hash = (high ^ Long.rotateLeft(low, 29) ^ length) * 0x9e37_79b9_7f4a_7c15L;
    return (int) (hash >>> 40) & counts.length - 1;
  }

  /**
   * How many policies a packet may have to be compared with, at the worst: the largest prefix of
   * each length, and so much more for each length.
   */
  int worst(int lengthCost) {
    int worst = 0;
    for (int size : largest) {
      worst += size == 0 ? 0 : size + lengthCost;
    }
    return worst;
  }
}
