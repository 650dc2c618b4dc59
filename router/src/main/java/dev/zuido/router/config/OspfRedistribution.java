package dev.zuido.router.config;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A {@code redistribute} line.
 *
 * @param source which routes are told
 * @param subnets whether all are told; otherwise those of classful networks alone
 * @param metric the metric, 0 to 16777214; if empty the process's
 * @param type2 whether the metric is larger than any distance inside; otherwise it adds to it
 * @param tag the external route tag, unsigned
 */
public record OspfRedistribution(
    Source source, boolean subnets, OptionalInt metric, boolean type2, OptionalLong tag) {
  /** The metric where none is given. */
  public static final int DEFAULT_METRIC = 20;

  /** Which routes are told. */
  public enum Source {
    /** Networks of interfaces that OSPF does not run on. */
    CONNECTED("connected"),
    /** Configured routes. */
    STATIC("static");

    private final String iosName;

    Source(String iosName) {
      this.iosName = iosName;
    }

    /** The word behind {@code redistribute}. */
    public String iosName() {
      return iosName;
    }
  }

  /** Checks the ranges. */
  public OspfRedistribution {
    metric.ifPresent(value -> Checks.range("a metric", value, 0, OspfArea.LARGEST_COST));
    tag.ifPresent(value -> Checks.range("a tag", value, 0, 0xffff_ffffL));
  }

  /** The line. */
  @Override
  public String toString() {
    return "redistribute "
        + source.iosName
        + (metric.isPresent() ? " metric " + metric.getAsInt() : "")
        + (type2 ? "" : " metric-type 1")
        + (tag.isPresent() ? " tag " + tag.getAsLong() : "")
        + (subnets ? " subnets" : "");
  }
}
