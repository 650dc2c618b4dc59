package dev.zuido.ospf.spf;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Next hops in ascending order; immutable. Many thousand routes share a few of these, so equality
 * is mostly identity.
 */
final class NextHopSet extends AbstractSet<NextHop> {
  /** No next hop. */
  static final NextHopSet EMPTY = new NextHopSet(new NextHop[0]);

  private final NextHop[] hops;
  private final int hash;

  private NextHopSet(NextHop[] hops) {
    this.hops = hops;
    int sum = 0;
    for (NextHop hop : hops) {
      sum += hop.hashCode();
    }
    this.hash = sum;
  }

  /** The set itself if it is one of these, else a copy. */
  static NextHopSet of(Collection<NextHop> hops) {
    if (hops instanceof NextHopSet set) {
      return set;
    }
    if (hops.isEmpty()) {
      return EMPTY;
    }
    NextHop[] sorted = hops.toArray(new NextHop[0]);
    Arrays.sort(sorted);
    int count = 1;
    for (int i = 1; i < sorted.length; i++) {
      if (!sorted[i].equals(sorted[count - 1])) {
        sorted[count++] = sorted[i];
      }
    }
    return new NextHopSet(count == sorted.length ? sorted : Arrays.copyOf(sorted, count));
  }

  /** The lowest of the next hops of both sets, up to a number. */
  NextHopSet union(NextHopSet other, int maximum) {
    NextHop[] all = new NextHop[Math.min(maximum, hops.length + other.hops.length)];
    int count = 0;
    int i = 0;
    int j = 0;
    while (count < all.length && (i < hops.length || j < other.hops.length)) {
      int order =
          i == hops.length ? 1 : j == other.hops.length ? -1 : hops[i].compareTo(other.hops[j]);
      all[count++] = order <= 0 ? hops[i] : other.hops[j];
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return new NextHopSet(count == all.length ? all : Arrays.copyOf(all, count));
  }

  /** The lowest next hops, up to a number. */
  NextHopSet limit(int maximum) {
    return hops.length <= maximum ? this : new NextHopSet(Arrays.copyOf(hops, maximum));
  }

  @Override
  public Iterator<NextHop> iterator() {
    return Arrays.asList(hops).iterator();
  }

  @Override
  public int size() {
    return hops.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof NextHopSet that
        ? hash == that.hash && Arrays.equals(hops, that.hops)
        : super.equals(other);
  }

  /** As every set's: the sum of the elements'. */
  @Override
  public int hashCode() {
    return hash;
  }
}
