package dev.zuido.ospf.spf;

import java.util.NavigableSet;
import java.util.Set;

/** Sums of costs and unions of next hops. */
final class PathArithmetic {
  private PathArithmetic() {}

  /** The sum of two costs; a sum that does not fit stays at the largest int. */
  static int sum(int first, int second) {
    return (int) Math.min(Integer.MAX_VALUE, (long) first + second);
  }

  /** The next hops of two equal paths together: the lowest ones, up to a number. */
  static Set<NextHop> union(Set<NextHop> first, Set<NextHop> second, int maximumPaths) {
    if (second.isEmpty() || first.equals(second)) {
      return first;
    }
    return NextHopSet.of(first).union(NextHopSet.of(second), maximumPaths);
  }

  /** Cuts a set to its lowest next hops, up to a number. */
  static Set<NextHop> limit(NavigableSet<NextHop> hops, int maximumPaths) {
    return NextHopSet.of(hops).limit(maximumPaths);
  }
}
