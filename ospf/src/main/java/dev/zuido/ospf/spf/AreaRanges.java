package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The address ranges of all areas, and to which of them a network belongs (RFC 2328 section 3.5).
 * Ranges of one area may be nested: a network then belongs to the most specific one. Immutable.
 */
public final class AreaRanges {
  /** No range at all. */
  public static final AreaRanges NONE = new AreaRanges(Collections.emptyList());

  private final Map<Ipv4Address, OfArea> byArea = new TreeMap<>();

  /** An area's ranges, and the lengths that their prefixes have, the longest first. */
  private static final class OfArea {
    private final Map<Ipv4Prefix, AreaRange> ranges = new HashMap<>();
    private final SortedSet<Integer> lengths = new TreeSet<>(Comparator.reverseOrder());
  }

  /** Takes all ranges; of two with the same area and prefix the last counts. */
  public AreaRanges(Collection<AreaRange> ranges) {
    for (AreaRange range : ranges) {
      OfArea area = byArea.computeIfAbsent(range.areaId(), areaId -> new OfArea());
      area.ranges.put(range.prefix(), range);
      area.lengths.add(range.prefix().length());
    }
  }

  /** Whether there is no range. */
  public boolean isEmpty() {
    return byArea.isEmpty();
  }

  /** The range of an area that a network of the area belongs to, or null. */
  public @Nullable AreaRange rangeOf(Ipv4Address areaId, Ipv4Prefix network) {
    OfArea area = byArea.get(areaId);
    if (area != null) {
      for (int length : area.lengths) {
        if (length <= network.length()) {
          AreaRange range = area.ranges.get(Ipv4Prefix.containing(network.address(), length));
          if (range != null) {
            return range;
          }
        }
      }
    }
    return null;
  }

  /**
   * The prefixes of the active ranges: those that a network belongs to that can be reached by an
   * intra-area path.
   */
  SortedSet<Ipv4Prefix> activeAmong(Collection<OspfRoute> routes) {
    SortedSet<Ipv4Prefix> active = new TreeSet<>();
    if (!isEmpty()) {
      for (OspfRoute route : routes) {
        Ipv4Address areaId = route.areaId();
        if (areaId != null && route.pathType() == PathType.INTRA_AREA) {
          AreaRange range = rangeOf(areaId, route.prefix());
          if (range != null) {
            active.add(range.prefix());
          }
        }
      }
    }
    return active;
  }
}
