package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Prefix;
import java.util.OptionalInt;

/**
 * An {@code area … range} line: networks that a border router tells other areas as one (RFC 2328,
 * section C.2).
 *
 * @param prefix the range
 * @param advertise whether it is told; if not, its networks stay hidden
 * @param cost the cost that it is told with, 0 to 16777214; if empty that of its most distant
 *     network
 */
public record OspfRange(Ipv4Prefix prefix, boolean advertise, OptionalInt cost) {
  /** Checks the cost. */
  public OspfRange {
    cost.ifPresent(value -> Checks.range("a range's cost", value, 0, OspfArea.LARGEST_COST));
  }

  /** The words behind {@code area N}. */
  @Override
  public String toString() {
    return "range "
        + prefix.address()
        + " "
        + prefix.mask()
        + (advertise ? "" : " not-advertise")
        + (cost.isPresent() ? " cost " + cost.getAsInt() : "");
  }
}
