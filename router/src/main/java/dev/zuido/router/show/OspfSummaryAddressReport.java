package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ip ospf summary-address}: redistributed networks that are told as one.
 *
 * @param process the OSPF process, or null if there is none
 * @param rows a summary each, by prefix
 */
public record OspfSummaryAddressReport(@Nullable OspfProcessId process, List<Summary> rows)
    implements ShowReport {
  /**
   * A summary.
   *
   * @param prefix the range
   * @param advertise whether it is told; if not, its networks stay hidden
   * @param networks how many networks it stands for now
   * @param metric the metric that it is told with, or null while it is not
   * @param type2 whether the metric is of type 2, or null likewise
   * @param tag its external route tag
   */
  public record Summary(
      Ipv4Prefix prefix,
      boolean advertise,
      int networks,
      @Nullable Integer metric,
      @Nullable Boolean type2,
      long tag) {}

  /** Copies the list. */
  public OspfSummaryAddressReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    OspfProcessId id = process;
    if (id == null) {
      return "OSPF is not configured.\n";
    }
    Lines lines = new Lines();
    lines.add("OSPF Process %d, Summary-address", id.processId());
    lines.add("");
    for (Summary each : rows) {
      String told =
          each.metric == null
              ? each.advertise ? "Metric not known, no network" : "Not advertised"
              : "Metric " + each.metric + ", Type " + (Boolean.TRUE.equals(each.type2) ? 2 : 1);
      lines.add(
          "%s/%s %s, Tag %d, %d networks",
          each.prefix.address(), each.prefix.mask(), told, each.tag, each.networks);
    }
    return rows.isEmpty() ? "No summary address is configured.\n" : lines.toString();
  }
}
