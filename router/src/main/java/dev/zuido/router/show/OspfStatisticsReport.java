package dev.zuido.router.show;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ip ospf statistics}: how often what has happened.
 *
 * @param process the OSPF process, or null if there is none
 * @param rows the process's numbers, one row; empty if there is none
 */
public record OspfStatisticsReport(@Nullable OspfProcessId process, List<Statistics> rows)
    implements ShowReport {
  /**
   * A process's numbers.
   *
   * @param routeCalculations how often the routes were calculated
   * @param routes how many routes there are
   * @param lsas how many LSAs the database holds, by type's name
   * @param dropped how often a packet or LSA changed nothing, by reason
   */
  public record Statistics(
      long routeCalculations,
      int routes,
      Map<String, Long> lsas,
      Map<String, Long> dropped) {}

  /** Copies the list. */
  public OspfStatisticsReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    OspfProcessId id = process;
    if (id == null) {
      return "OSPF is not configured.\n";
    }
    Lines lines = new Lines();
    lines.add(
        "            OSPF Router with ID (%s) (Process ID %d)", id.routerId(), id.processId());
    lines.add("");
    for (Statistics each : rows) {
      lines.add("  SPF algorithm executed %d times, %d routes", each.routeCalculations, each.routes);
      lines.add("  LSAs");
      each.lsas.forEach((name, count) -> lines.add("    %-32s %d", name, count));
      if (!each.dropped.isEmpty()) {
        lines.add("  Packets and LSAs without effect");
        lines.addCounters("    ", each.dropped);
      }
    }
    return lines.toString();
  }
}
