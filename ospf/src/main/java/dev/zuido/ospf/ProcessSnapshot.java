package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Set;

/**
 * The process as {@code show ip ospf} sees it.
 *
 * @param routerId the Router ID
 * @param areaBorderRouter whether its router-LSAs have the B-bit
 * @param asBoundaryRouter whether its router-LSAs have the E-bit
 * @param stubRouter whether transit traffic is kept away, and why
 * @param spf the route calculation
 * @param database how full the database is
 * @param restart the graceful restart of this router
 * @param asWideLsas the LSAs that are flooded through the whole AS, by type
 * @param fullNeighbors how many neighbors are Full
 * @param helpedNeighbors how many neighbors are helped to restart gracefully
 * @param areas the areas, in the order of their IDs
 */
public record ProcessSnapshot(
    Ipv4Address routerId,
    boolean areaBorderRouter,
    boolean asBoundaryRouter,
    StubRouterSnapshot stubRouter,
    SpfSnapshot spf,
    DatabaseUsage database,
    RestartSnapshot restart,
    List<LsaTotal> asWideLsas,
    int fullNeighbors,
    int helpedNeighbors,
    List<AreaSnapshot> areas) {
  /** Copies the lists. */
  public ProcessSnapshot {
    asWideLsas = List.copyOf(asWideLsas);
    areas = List.copyOf(areas);
  }

  /**
   * Whether transit traffic is kept away (RFC 6987).
   *
   * @param config what is configured
   * @param reasons why it is now; empty if it is not
   * @param remainingNanos until the time after the start, or before the shutdown, is over; -1 if
   *     neither runs
   */
  public record StubRouterSnapshot(
      StubRouterConfig config, Set<StubRouterReason> reasons, long remainingNanos) {
    /** Copies the set. */
    public StubRouterSnapshot {
      reasons = Set.copyOf(reasons);
    }

    /** Whether transit traffic is kept away now. */
    public boolean isActive() {
      return !reasons.isEmpty();
    }
  }

  /**
   * How full the database is.
   *
   * @param level what that means
   * @param lsas how many LSAs of other routers there are
   * @param limit how many LSAs of other routers there may be
   * @param refused how many LSAs were refused so far
   * @param missing how many LSAs are known to be missing now because they were refused
   */
  public record DatabaseUsage(
      DatabaseLevel level, int lsas, int limit, long refused, int missing) {}

  /**
   * The graceful restart of this router (RFC 3623 section 2).
   *
   * @param state how far it is
   * @param reason why it restarts
   * @param remainingNanos until the grace period is over; -1 if none runs
   * @param lastExit how the last one ended
   */
  public record RestartSnapshot(
      RestartState state, RestartReason reason, long remainingNanos, RestartExit lastExit) {}
}
