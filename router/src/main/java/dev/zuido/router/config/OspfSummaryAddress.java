package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Prefix;
import java.util.OptionalLong;

/**
 * A {@code summary-address} line: redistributed networks that are told as one.
 *
 * @param prefix the range
 * @param advertise whether it is told; if not, its networks stay hidden
 * @param tag the external route tag, unsigned; 0 if empty
 */
public record OspfSummaryAddress(Ipv4Prefix prefix, boolean advertise, OptionalLong tag) {
  /** Checks the tag. */
  public OspfSummaryAddress {
    tag.ifPresent(value -> Checks.range("a tag", value, 0, 0xffff_ffffL));
  }

  /** The line. */
  @Override
  public String toString() {
    return "summary-address "
        + prefix.address()
        + " "
        + prefix.mask()
        + (advertise ? "" : " not-advertise")
        + (tag.isPresent() ? " tag " + tag.getAsLong() : "");
  }
}
