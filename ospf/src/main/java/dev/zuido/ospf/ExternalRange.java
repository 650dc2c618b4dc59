package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An external address range: the router's external destinations in it are told as one. RFC 2328
 * leaves this to the AS boundary router; in an NSSA it is what RFC 3101 section 2.2 calls a Type-7
 * address range, by which a border router tells the NSSA's destinations to other areas.
 *
 * @param prefix the range; the most specific one that contains a destination counts
 * @param advertise whether the range is told; if not, its destinations stay hidden
 * @param tag the external route tag that it is told with, 32 bits
 */
public record ExternalRange(Ipv4Prefix prefix, boolean advertise, int tag) {
  /** A range that is told without a tag. */
  public static ExternalRange of(Ipv4Prefix prefix) {
    return new ExternalRange(prefix, true, 0);
  }

  /** The range that a network belongs to, or null. */
  static @Nullable ExternalRange mostSpecific(List<ExternalRange> ranges, Ipv4Prefix network) {
    ExternalRange found = null;
    for (ExternalRange each : ranges) {
      if (each.prefix.contains(network)
          && (found == null || each.prefix.length() > found.prefix.length())) {
        found = each;
      }
    }
    return found;
  }
}
