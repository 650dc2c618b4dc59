package dev.zuido.ospf;

import java.util.List;

/**
 * One calculation of the routes.
 *
 * @param atNanos when, in the caller's time
 * @param delayNanos how long it waited after the first of its causes
 * @param state the state of RFC 8405's machine at that time
 * @param causes the first causes, at most {@link #MAXIMUM_CAUSES}
 * @param causeCount how many causes there were
 * @param lsas how many LSAs the database had
 * @param routes how many routes to networks there were afterwards
 * @param changedRoutes how many of them were new, other than before, or gone
 * @param treesGrown in how many areas the shortest path tree was grown anew; where none was, only
 *     summaries, externals and stub networks were looked at
 */
public record SpfRun(
    long atNanos,
    long delayNanos,
    SpfState state,
    List<SpfCause> causes,
    long causeCount,
    int lsas,
    int routes,
    int changedRoutes,
    long treesGrown) {
  /** How many causes are kept. */
  public static final int MAXIMUM_CAUSES = 8;

  /** Copies the list. */
  public SpfRun {
    causes = List.copyOf(causes);
  }
}
