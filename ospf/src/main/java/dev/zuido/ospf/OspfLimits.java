package dev.zuido.ospf;

/**
 * The bounds that no neighbor can make the engine exceed.
 *
 * @param neighborsPerInterface Hellos of further routers are dropped
 * @param lsas LSAs in the database; further ones are dropped without acknowledgment. The router's
 *     own LSAs and new instances of known ones are always taken
 * @param explanationsPerInterface remembered mismatches; further sources are only counted
 */
public record OspfLimits(int neighborsPerInterface, int lsas, int explanationsPerInterface) {
  /** 256 neighbors, 500 000 LSAs, 16 explanations. */
  public static final OspfLimits DEFAULT = new OspfLimits(256, 500_000, 16);

  /** Checks that all are positive. */
  public OspfLimits {
    if (neighborsPerInterface < 1 || lsas < 1 || explanationsPerInterface < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
