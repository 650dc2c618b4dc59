package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;

/**
 * An area address range (RFC 2328 section 3.5 and appendix C.2): networks of an area that its
 * border routers tell other areas as one.
 *
 * @param areaId the area
 * @param prefix the range
 * @param advertise whether the range is told; if not, its networks stay hidden
 * @param cost the cost that it is told with, 0 to 16777214; {@link #LARGEST} for that of its most
 *     distant network
 */
public record AreaRange(Ipv4Address areaId, Ipv4Prefix prefix, boolean advertise, int cost) {
  /** The cost is the largest of the networks' in the range. */
  public static final int LARGEST = -1;

  /** Checks the range of the cost. */
  public AreaRange {
    if (cost < LARGEST || cost > 0xfffffe) {
      throw new IllegalArgumentException("a range costs 0 to 16777214, not " + cost);
    }
  }

  /** A range whose cost is that of its most distant network. */
  public AreaRange(Ipv4Address areaId, Ipv4Prefix prefix, boolean advertise) {
    this(areaId, prefix, advertise, LARGEST);
  }
}
