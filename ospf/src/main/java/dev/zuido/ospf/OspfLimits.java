package dev.zuido.ospf;

/**
 * The bounds that no neighbor can make the engine exceed.
 *
 * @param neighborsPerInterface Hellos of further routers are dropped
 * @param lsas LSAs in the database; further ones are dropped without acknowledgment. The router's
 *     own LSAs and new instances of known ones are always taken
 * @param explanationsPerInterface remembered mismatches; further sources are only counted
 * @param announcements external destinations, and as many opaque LSAs, that the router announces;
 *     commands to announce further ones are dropped
 */
public record OspfLimits(
    int neighborsPerInterface, int lsas, int explanationsPerInterface, int announcements) {
  private static final int DEFAULT_ANNOUNCEMENTS = 100_000;

  /** 256 neighbors, 500 000 LSAs, 16 explanations, 100 000 announcements. */
  public static final OspfLimits DEFAULT = new OspfLimits(256, 500_000, 16, DEFAULT_ANNOUNCEMENTS);

  /** Checks that all are positive. */
  public OspfLimits {
    if (neighborsPerInterface < 1
        || lsas < 1
        || explanationsPerInterface < 1
        || announcements < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
    if (lsas > 100_000_000) {
      throw new IllegalArgumentException("at most 100 000 000 LSAs, not " + lsas);
    }
  }

  /** Limits with the default number of announcements. */
  public OspfLimits(int neighborsPerInterface, int lsas, int explanationsPerInterface) {
    this(neighborsPerInterface, lsas, explanationsPerInterface, DEFAULT_ANNOUNCEMENTS);
  }
}
