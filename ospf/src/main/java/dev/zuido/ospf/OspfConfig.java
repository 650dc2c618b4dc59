package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A router's OSPF process (RFC 2328 section C.1). Made by {@link #of} or a {@link Builder}.
 *
 * @param routerId the Router ID, not 0.0.0.0
 * @param areas the areas that are not as {@link OspfAreaConfig#normal} makes them; an interface may
 *     name others
 * @param interfaces the interfaces; each begins in state Down
 * @param rfc1583Compatibility RFC1583Compatibility: how external routes are preferred (section C.1)
 * @param maximumPaths how many next hops a route keeps at most, 1 to 64
 * @param spfBackoff how long the route calculation waits for further changes
 * @param originationThrottle how far apart the instances of an own LSA are
 * @param stubRouter when transit traffic is kept away
 * @param gracefulRestart what happens when a router restarts
 * @param opaqueCapable whether opaque LSAs are taken and flooded (RFC 5250)
 * @param limits the bounds
 */
public record OspfConfig(
    Ipv4Address routerId,
    List<OspfAreaConfig> areas,
    List<OspfInterfaceConfig> interfaces,
    boolean rfc1583Compatibility,
    int maximumPaths,
    SpfBackoff spfBackoff,
    OriginationThrottle originationThrottle,
    StubRouterConfig stubRouter,
    GracefulRestartConfig gracefulRestart,
    boolean opaqueCapable,
    OspfLimits limits) {
  /** 100 Mbit/s, in kbit/s: the bandwidth that costs 1. */
  public static final long DEFAULT_REFERENCE_BANDWIDTH_KBPS = 100_000;

  /** Checks that identifiers are unique. */
  public OspfConfig {
    if (routerId.isUnspecified()) {
      throw new IllegalArgumentException("0.0.0.0 is no Router ID");
    }
    if (maximumPaths < 1 || maximumPaths > 64) {
      throw new IllegalArgumentException("1 to 64 paths, not " + maximumPaths);
    }
    areas = List.copyOf(areas);
    interfaces = List.copyOf(interfaces);
    Set<Ipv4Address> areaIds = new HashSet<>();
    for (OspfAreaConfig area : areas) {
      if (!areaIds.add(area.areaId())) {
        throw new IllegalArgumentException("area " + area.areaId() + " stands there twice");
      }
    }
    Set<Integer> ids = new HashSet<>();
    for (OspfInterfaceConfig each : interfaces) {
      if (!ids.add(each.id())) {
        throw new IllegalArgumentException("interface id " + each.id() + " stands there twice");
      }
    }
  }

  /** A process with the default values, all of whose areas are normal. */
  public static OspfConfig of(Ipv4Address routerId, OspfInterfaceConfig... interfaces) {
    return builder(routerId).interfaces(List.of(interfaces)).build();
  }

  /** Begins a process without interfaces. */
  public static Builder builder(Ipv4Address routerId) {
    return new Builder(routerId);
  }

  /** Begins a process that differs from this one. */
  public Builder toBuilder() {
    Builder builder = new Builder(routerId);
    builder.areas = areas;
    builder.interfaces = interfaces;
    builder.rfc1583Compatibility = rfc1583Compatibility;
    builder.maximumPaths = maximumPaths;
    builder.spfBackoff = spfBackoff;
    builder.originationThrottle = originationThrottle;
    builder.stubRouter = stubRouter;
    builder.gracefulRestart = gracefulRestart;
    builder.opaqueCapable = opaqueCapable;
    builder.limits = limits;
    return builder;
  }

  /** An area's configuration: the one that is given, or that of a normal area. */
  public OspfAreaConfig area(Ipv4Address areaId) {
    for (OspfAreaConfig each : areas) {
      if (each.areaId().equals(areaId)) {
        return each;
      }
    }
    return OspfAreaConfig.normal(areaId);
  }

  /**
   * The cost of a bandwidth: the reference over it, rounded down, 1 to 65535.
   *
   * @param referenceKbps the bandwidth that costs 1
   * @param bandwidthKbps the interface's bandwidth, positive
   */
  public static int costOf(long referenceKbps, long bandwidthKbps) {
    if (referenceKbps < 1 || bandwidthKbps < 1) {
      throw new IllegalArgumentException("bandwidths are positive");
    }
    return (int) Math.max(1, Math.min(0xffff, referenceKbps / bandwidthKbps));
  }

  /** Puts a process together; what is not said stays as it was. */
  public static final class Builder {
    private final Ipv4Address routerId;
    private List<OspfAreaConfig> areas = List.of();
    private List<OspfInterfaceConfig> interfaces = List.of();
    private boolean rfc1583Compatibility = true;
    private int maximumPaths = 16;
    private SpfBackoff spfBackoff = SpfBackoff.DEFAULT;
    private OriginationThrottle originationThrottle = OriginationThrottle.DEFAULT;
    private StubRouterConfig stubRouter = StubRouterConfig.NEVER;
    private GracefulRestartConfig gracefulRestart = GracefulRestartConfig.DEFAULT;
    private boolean opaqueCapable = true;
    private OspfLimits limits = OspfLimits.DEFAULT;

    private Builder(Ipv4Address routerId) {
      this.routerId = routerId;
    }

    /** The areas that are not plain. */
    public Builder areas(List<OspfAreaConfig> newAreas) {
      areas = newAreas;
      return this;
    }

    /** The interfaces. */
    public Builder interfaces(List<OspfInterfaceConfig> newInterfaces) {
      interfaces = newInterfaces;
      return this;
    }

    /** How external routes are preferred. */
    public Builder rfc1583Compatibility(boolean newRfc1583Compatibility) {
      rfc1583Compatibility = newRfc1583Compatibility;
      return this;
    }

    /** How many next hops a route keeps. */
    public Builder maximumPaths(int newMaximumPaths) {
      maximumPaths = newMaximumPaths;
      return this;
    }

    /** How long the route calculation waits. */
    public Builder spfBackoff(SpfBackoff newSpfBackoff) {
      spfBackoff = newSpfBackoff;
      return this;
    }

    /** How far apart the instances of an own LSA are. */
    public Builder originationThrottle(OriginationThrottle newOriginationThrottle) {
      originationThrottle = newOriginationThrottle;
      return this;
    }

    /** When transit traffic is kept away. */
    public Builder stubRouter(StubRouterConfig newStubRouter) {
      stubRouter = newStubRouter;
      return this;
    }

    /** What happens when a router restarts. */
    public Builder gracefulRestart(GracefulRestartConfig newGracefulRestart) {
      gracefulRestart = newGracefulRestart;
      return this;
    }

    /** Whether opaque LSAs are taken and flooded. */
    public Builder opaqueCapable(boolean newOpaqueCapable) {
      opaqueCapable = newOpaqueCapable;
      return this;
    }

    /** The bounds. */
    public Builder limits(OspfLimits newLimits) {
      limits = newLimits;
      return this;
    }

    /**
     * The process.
     *
     * @throws IllegalArgumentException if a value is out of its range or stands there twice
     */
    public OspfConfig build() {
      return new OspfConfig(
          routerId,
          areas,
          interfaces,
          rfc1583Compatibility,
          maximumPaths,
          spfBackoff,
          originationThrottle,
          stubRouter,
          gracefulRestart,
          opaqueCapable,
          limits);
    }
  }
}
