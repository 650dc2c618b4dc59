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
   * @param runs the last calculations, the oldest first
   */
  public record Statistics(
      long routeCalculations,
      int routes,
      Map<String, Long> lsas,
      Map<String, Long> dropped,
      List<Run> runs) {
    /** Copies the list. */
    public Statistics {
      runs = List.copyOf(runs);
    }
  }

  /**
   * A calculation of the routes.
   *
   * @param agoSeconds how long ago it was
   * @param delayMillis how long it waited after the first of its causes
   * @param state {@code QUIET}, {@code SHORT_WAIT} or {@code LONG_WAIT} (RFC 8405)
   * @param lsas LSAs in the database
   * @param routes routes afterwards
   * @param changedRoutes how many of them were new, other than before, or gone
   * @param causes its first causes, in words
   * @param causeCount how many causes there were
   */
  public record Run(
      long agoSeconds,
      long delayMillis,
      String state,
      int lsas,
      int routes,
      int changedRoutes,
      List<String> causes,
      long causeCount) {
    /** Copies the list. */
    public Run {
      causes = List.copyOf(causes);
    }
  }

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
      lines.add(
          "  SPF algorithm executed %d times, %d routes", each.routeCalculations, each.routes);
      lines.add("  LSAs");
      each.lsas.forEach((name, count) -> lines.add("    %-32s %d", name, count));
      if (!each.dropped.isEmpty()) {
        lines.add("  Packets and LSAs without effect");
        lines.addCounters("    ", each.dropped);
      }
      lines.add("");
      lines.add(
          "  %-10s %-9s %-11s %7s %7s %7s  %s",
          "Ago", "Delay ms", "State", "LSAs", "Routes", "Changed", "Why");
      for (Run run : each.runs) {
        lines.add(
            "  %-10s %-9d %-11s %7d %7d %7d  %s%s",
            Lines.clock(run.agoSeconds),
            run.delayMillis,
            run.state,
            run.lsas,
            run.routes,
            run.changedRoutes,
            run.causes.isEmpty() ? "" : run.causes.get(0),
            run.causeCount > 1 ? " and " + (run.causeCount - 1) + " more" : "");
      }
    }
    return lines.toString();
  }
}
