package dev.zuido.ospf;

import java.util.List;

/**
 * The route calculation as {@code show ip ospf statistics} sees it.
 *
 * @param backoff the delays
 * @param state the state of RFC 8405's machine
 * @param dueNanos until the next calculation; -1 if none is due
 * @param learnNanos until TIME_TO_LEARN_INTERVAL is over; -1 if it does not run
 * @param holdDownNanos until HOLDDOWN_INTERVAL is over; -1 if it does not run
 * @param calculations how often the routes were calculated
 * @param treesGrown how often the shortest path tree of an area was grown anew
 * @param sinceLastNanos since the last calculation; -1 if there was none
 * @param routes how many routes to networks there are
 * @param log the last calculations, the oldest first
 */
public record SpfSnapshot(
    SpfBackoff backoff,
    SpfState state,
    long dueNanos,
    long learnNanos,
    long holdDownNanos,
    long calculations,
    long treesGrown,
    long sinceLastNanos,
    int routes,
    List<SpfRun> log) {
  /** Copies the list. */
  public SpfSnapshot {
    log = List.copyOf(log);
  }
}
