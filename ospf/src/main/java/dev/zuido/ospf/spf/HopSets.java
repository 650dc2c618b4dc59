package dev.zuido.ospf.spf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sets of next hops that occur on a tree, as small numbers; 0 is the empty one. */
final class HopSets {
  /** So many sets are kept from one tree to the next. */
  private static final int KEPT = 4096;

  /** The number of the set without hops. */
  static final int EMPTY = 0;

  private final int maximumPaths;
  private final List<NextHopSet> sets = new ArrayList<>();
  private final Map<NextHopSet, Integer> numbers = new HashMap<>();

  /** Two numbers in ascending order, as one key, to the number of their union: open addressing. */
  private long[] unionKeys = new long[64];

  private int[] unionValues = new int[64];
  private int unions;

  HopSets(int maximumPaths) {
    this.maximumPaths = maximumPaths;
    number(NextHopSet.EMPTY);
  }

  /** Forgets the sets, and so all numbers, if there are too many. */
  void begin() {
    if (sets.size() > KEPT || unions > KEPT) {
      sets.clear();
      numbers.clear();
      number(NextHopSet.EMPTY);
      unionKeys = new long[64];
      unionValues = new int[64];
      unions = 0;
    }
  }

  NextHopSet set(int number) {
    return sets.get(number);
  }

  int size() {
    return sets.size();
  }

  int number(NextHopSet set) {
    Integer known = numbers.get(set);
    if (known != null) {
      return known;
    }
    int number = sets.size();
    sets.add(set);
    numbers.put(set, number);
    return number;
  }

  /** The hops of two equal paths together: the lowest ones, up to the number that is configured. */
  int union(int first, int second) {
    if (first == second || second == EMPTY) {
      return first;
    }
    if (first == EMPTY) {
      return second;
    }
    long key = (long) Math.min(first, second) << 32 | Math.max(first, second);
    int slot = slot(key);
    if (unionKeys[slot] == key) {
      return unionValues[slot];
    }
    int united = number(set(first).union(set(second), maximumPaths));
    if (2 * ++unions > unionKeys.length) {
      grow();
      slot = slot(key);
    }
    unionKeys[slot] = key;
    unionValues[slot] = united;
    return united;
  }

  /** Where a key stands, or the free place for it: no key is 0, since of two numbers one is not. */
  private int slot(long key) {
    long mixed = key * 0x9e37_79b9_7f4a_7c15L;
    int mask = unionKeys.length - 1;
    int slot = (int) (mixed >>> 32) & mask;
    while (unionKeys[slot] != 0 && unionKeys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = unionKeys;
    int[] oldValues = unionValues;
    unionKeys = new long[oldKeys.length * 2];
    unionValues = new int[unionKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        unionKeys[slot] = oldKeys[i];
        unionValues[slot] = oldValues[i];
      }
    }
  }
}
