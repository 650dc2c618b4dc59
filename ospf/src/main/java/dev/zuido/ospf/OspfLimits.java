package dev.zuido.ospf;

/**
 * The bounds that no neighbor can make the engine exceed.
 *
 * @param neighborsPerInterface Hellos of further routers are dropped
 * @param lsas LSAs of other routers in the database. Further ones are acknowledged and not kept;
 *     they are asked for again when there is room. The router's own LSAs and new instances of known
 *     ones are always taken. From the warning on, no interface's neighbors may take more than its
 *     share of the places, so that one of them alone cannot fill the database
 * @param explanationsPerInterface remembered mismatches; further sources are only counted
 * @param announcements external destinations, and as many opaque LSAs, that the router announces;
 *     commands to announce further ones are dropped
 * @param lsaWarningPercent the part of {@code lsas} above which the database is told to be nearly
 *     full, 1 to 100
 * @param logEntries lines of the adjacency log and of the log of route calculations; the oldest go
 *     first
 */
public record OspfLimits(
    int neighborsPerInterface,
    int lsas,
    int explanationsPerInterface,
    int announcements,
    int lsaWarningPercent,
    int logEntries) {
  /**
   * 256 neighbors, 500 000 LSAs with a warning at 75 %, 16 explanations, 100 000 announcements, 256
   * lines of log.
   */
  public static final OspfLimits DEFAULT = new OspfLimits(256, 500_000, 16);

  /** Checks that all are positive. */
  public OspfLimits {
    if (neighborsPerInterface < 1
        || lsas < 1
        || explanationsPerInterface < 1
        || announcements < 1
        || lsaWarningPercent < 1
        || logEntries < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
    if (lsas > 100_000_000) {
      throw new IllegalArgumentException("at most 100 000 000 LSAs, not " + lsas);
    }
    if (lsaWarningPercent > 100) {
      throw new IllegalArgumentException("a percentage is at most 100, not " + lsaWarningPercent);
    }
  }

  /** Limits with the defaults of {@link #DEFAULT} for the rest. */
  public OspfLimits(int neighborsPerInterface, int lsas, int explanationsPerInterface) {
    this(neighborsPerInterface, lsas, explanationsPerInterface, 100_000);
  }

  /** Limits with the defaults of {@link #DEFAULT} for the rest. */
  public OspfLimits(
      int neighborsPerInterface, int lsas, int explanationsPerInterface, int announcements) {
    this(neighborsPerInterface, lsas, explanationsPerInterface, announcements, 75, 256);
  }
}
