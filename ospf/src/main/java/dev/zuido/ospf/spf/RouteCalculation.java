package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calculates the routing table of one router from its database (RFC 2328 section 16), once. Where
 * it is calculated again after each change, {@link IncrementalCalculation} does that.
 */
public final class RouteCalculation {
  /**
   * What a router is configured with.
   *
   * @param rfc1583Compatibility how external routes are preferred (section 16.4.1, appendix C.1)
   * @param maximumPaths how many next hops a route keeps at most, 1 to 64: those with the lowest
   *     interface and address
   * @param areaRanges the ranges of the areas that the router borders on
   */
  public record Settings(
      boolean rfc1583Compatibility, int maximumPaths, List<AreaRange> areaRanges) {
    /** RFC 1583 compatible, 16 paths, no ranges. */
    public static final Settings DEFAULT = new Settings(true, 16, List.of());

    /** Checks the range of the paths. */
    public Settings {
      if (maximumPaths < 1 || maximumPaths > 64) {
        throw new IllegalArgumentException("1 to 64 paths, not " + maximumPaths);
      }
      areaRanges = List.copyOf(areaRanges);
    }
  }

  private final Ipv4Address routerId;
  private final Settings settings;
  private ExternalAreas externalAreas = ExternalAreas.ALL_NORMAL;

  /** The last calculation. */
  private @Nullable IncrementalCalculation last;

  /** A calculation for the router with an ID. */
  public RouteCalculation(Ipv4Address routerId, Settings settings) {
    this.routerId = routerId;
    this.settings = settings;
  }

  /** Says what kind of area each is, for the calculations from now on. */
  public void setExternalAreas(ExternalAreas areas) {
    externalAreas = areas;
  }

  /**
   * Calculates all routes.
   *
   * @param database with the router's own router-LSA in each area
   * @param interfaces the router's own interfaces that are up; the index of a virtual link is
   *     larger than those of all others
   * @param nowNanos the moment whose ages count: LSAs that have reached MaxAge are not used
   */
  public RoutingTable calculate(
      LinkStateDatabase database, List<SpfInterface> interfaces, long nowNanos) {
    IncrementalCalculation calculation =
        new IncrementalCalculation(routerId, settings, database, false);
    calculation.setExternalAreas(externalAreas);
    last = calculation;
    return calculation.calculate(interfaces, nowNanos);
  }

  /**
   * Where a router of an area is to be sent packets, by the last calculation: its interface address
   * that points back to this router (section 16.1 step 4), as the other end of a virtual link needs
   * it.
   *
   * @return null if the router cannot be reached in the area or has no address there
   */
  public @Nullable Ipv4Address addressOf(Ipv4Address areaId, Ipv4Address router) {
    return last == null ? null : last.addressOf(areaId, router);
  }

  @Override
  public String toString() {
    return "RouteCalculation[" + routerId + ", " + settings + "]";
  }
}
