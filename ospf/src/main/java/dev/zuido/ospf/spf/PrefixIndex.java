package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The networks that an area's LSAs name, as small numbers. A number is given back when no LSA names
 * its network any more.
 */
final class PrefixIndex {
  /** The number of no network. */
  static final int NONE = -1;

  /** Bits of a sort key below the address: the length's and the number's. */
  private static final int NUMBER_BITS = 26;

  private final Map<Ipv4Prefix, Integer> numbers = new HashMap<>();
  private final List<@Nullable Ipv4Prefix> prefixes = new ArrayList<>();
  private final IntList free = new IntList();
  private int[] uses = new int[64];
  private int[] order = new int[0];
  private boolean ordered = true;

  /** The number of a network, which is named once more. */
  int acquire(Ipv4Prefix prefix) {
    Integer known = numbers.get(prefix);
    if (known != null) {
      uses[known]++;
      return known;
    }
    int number;
    if (free.isEmpty()) {
      number = prefixes.size();
      if (number >>> NUMBER_BITS != 0) {
        throw new IllegalStateException("an area names too many networks");
      }
      prefixes.add(prefix);
      if (number == uses.length) {
        uses = Arrays.copyOf(uses, number * 2);
      }
    } else {
      number = free.removeLast();
      prefixes.set(number, prefix);
    }
    numbers.put(prefix, number);
    uses[number] = 1;
    ordered = false;
    return number;
  }

  /** A network is named once less. */
  void release(int number) {
    if (--uses[number] == 0) {
      numbers.remove(prefix(number));
      prefixes.set(number, null);
      free.add(number);
      ordered = false;
    }
  }

  Ipv4Prefix prefix(int number) {
    Ipv4Prefix prefix = prefixes.get(number);
    if (prefix == null) {
      throw new AssertionError("no network has number " + number);
    }
    return prefix;
  }

  /** All numbers are smaller. */
  int bound() {
    return prefixes.size();
  }

  /** The numbers in the order of their networks. */
  int[] order() {
    if (!ordered) {
      order = sorted();
      ordered = true;
    }
    return order;
  }

  private int[] sorted() {
    long[] keys = new long[numbers.size()];
    int count = 0;
    for (int number = 0; number < prefixes.size(); number++) {
      Ipv4Prefix prefix = prefixes.get(number);
      if (prefix != null) {
        // With its first bit turned, an address is in its unsigned order as a signed number.
        long address = prefix.address().value() ^ Integer.MIN_VALUE;
        keys[count++] = address << 32 | (long) prefix.length() << NUMBER_BITS | number;
      }
    }
    Arrays.sort(keys);
    int[] sorted = new int[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = (int) keys[i] & (1 << NUMBER_BITS) - 1;
    }
    return sorted;
  }
}
