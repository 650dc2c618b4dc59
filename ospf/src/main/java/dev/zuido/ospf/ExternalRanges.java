package dev.zuido.ospf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** External address ranges, and what the destinations in them amount to. */
final class ExternalRanges {
  private final NavigableMap<Ipv4Prefix, Members> ranges = new TreeMap<>();

  /** A range, and how many of its destinations have each metric. */
  private static final class Members {
    private final ExternalRange range;
    private final NavigableMap<Integer, Integer> type1 = new TreeMap<>();
    private final NavigableMap<Integer, Integer> type2 = new TreeMap<>();

    Members(ExternalRange range) {
      this.range = range;
    }

    void count(boolean isType2, int metric, int times) {
      NavigableMap<Integer, Integer> counts = isType2 ? type2 : type1;
      counts.merge(metric, times, Integer::sum);
      counts.remove(metric, 0);
    }
  }

  /** Replaces the ranges and counts all destinations into them. */
  void configure(Collection<ExternalRange> newRanges, Collection<ExternalDestination> all) {
    ranges.clear();
    for (ExternalRange each : newRanges) {
      ranges.put(each.prefix(), new Members(each));
    }
    all.forEach(each -> replace(null, each));
  }

  /** The prefixes of the ranges. */
  Set<Ipv4Prefix> prefixes() {
    return ranges.keySet();
  }

  /** The most specific range that contains a network, or null. */
  @Nullable ExternalRange rangeOf(Ipv4Prefix network) {
    Members members = members(network);
    return members == null ? null : members.range;
  }

  private @Nullable Members members(Ipv4Prefix network) {
    if (ranges.isEmpty()) {
      return null;
    }
    for (int length = network.length(); length >= 0; length--) {
      Members members = ranges.get(Ipv4Prefix.containing(network.address(), length));
      if (members != null) {
        return members;
      }
    }
    return null;
  }

  /** A destination takes the place of another one for the same prefix. */
  void replace(@Nullable ExternalDestination before, @Nullable ExternalDestination after) {
    count(before, -1);
    count(after, 1);
  }

  private void count(@Nullable ExternalDestination destination, int times) {
    Members members = destination == null ? null : members(destination.prefix());
    if (destination != null && members != null) {
      members.count(destination.type2(), destination.metric(), times);
    }
  }

  /**
   * What a range is told as: as type 2 if one of its destinations is, with the largest metric of
   * those of that type.
   *
   * @return null if there is no destination in it
   */
  @Nullable AsExternalLsa aggregate(ExternalRange range) {
    Members members = ranges.get(range.prefix());
    if (members == null || (members.type1.isEmpty() && members.type2.isEmpty())) {
      return null;
    }
    boolean type2 = !members.type2.isEmpty();
    int metric = type2 ? members.type2.lastKey() : members.type1.lastKey();
    return AsExternalLsa.of(
        range.prefix().mask(), type2, metric, Ipv4Address.UNSPECIFIED, range.tag());
  }
}
