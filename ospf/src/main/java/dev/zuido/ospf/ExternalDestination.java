package dev.zuido.ospf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;

/**
 * A destination outside of the AS that this router knows a way to, and tells: in AS-external-LSAs
 * (RFC 2328 section 12.4.4), and in NSSA-LSAs (RFC 3101 section 2.4).
 *
 * @param prefix the destination; 0.0.0.0/0 for a default route
 * @param metric the cost, 0 to 16777214
 * @param type2 whether the metric is larger than any path inside of the AS
 * @param forwardingAddress the next router outside of the AS, or 0.0.0.0. It is told as the
 *     forwarding address if OSPF runs on a broadcast or NBMA network that it is on, so that others
 *     need no extra hop; otherwise packets come to this router
 * @param tag the external route tag, 32 bits
 * @param nssaOnly whether the P-bit is left off in an NSSA, so that border routers do not tell the
 *     destination to other areas
 */
public record ExternalDestination(
    Ipv4Prefix prefix,
    int metric,
    boolean type2,
    Ipv4Address forwardingAddress,
    int tag,
    boolean nssaOnly) {
  /** The largest metric: one more is LSInfinity. */
  public static final int LARGEST_METRIC = SummaryLsa.INFINITY - 1;

  /** Checks the ranges. */
  public ExternalDestination {
    if (metric < 0 || metric > LARGEST_METRIC) {
      throw new IllegalArgumentException(
          "an external metric is 0 to " + LARGEST_METRIC + ", not " + metric);
    }
    if (forwardingAddress.isMulticast()) {
      throw new IllegalArgumentException(forwardingAddress + " is no address of a router");
    }
  }

  /** A destination that an NSSA's border routers tell to other areas. */
  public ExternalDestination(
      Ipv4Prefix prefix, int metric, boolean type2, Ipv4Address forwardingAddress, int tag) {
    this(prefix, metric, type2, forwardingAddress, tag, false);
  }

  /** A destination to which packets go through this router, without a tag. */
  public static ExternalDestination of(Ipv4Prefix prefix, int metric, boolean type2) {
    return new ExternalDestination(prefix, metric, type2, Ipv4Address.UNSPECIFIED, 0);
  }

  /** The body of an LSA that tells it. */
  AsExternalLsa body(int lsType, Ipv4Address toldAddress) {
    return AsExternalLsa.of(prefix.mask(), type2, metric, toldAddress, tag).asType(lsType);
  }
}
