package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A router's OSPF process.
 *
 * @param routerId the Router ID, not 0.0.0.0
 * @param areas the areas that are not {@link AreaType#NORMAL}; an interface may name others
 * @param interfaces the interfaces; each begins in state Down
 * @param spfDelayMillis how long the route calculation waits for further changes after the first
 * @param limits the bounds
 */
public record OspfConfig(
    Ipv4Address routerId,
    List<OspfAreaConfig> areas,
    List<OspfInterfaceConfig> interfaces,
    int spfDelayMillis,
    OspfLimits limits) {
  /** 100 Mbit/s, in kbit/s: the bandwidth that costs 1. */
  public static final long DEFAULT_REFERENCE_BANDWIDTH_KBPS = 100_000;

  /** How long the route calculation waits by default. */
  public static final int DEFAULT_SPF_DELAY_MILLIS = 50;

  /** Checks that identifiers are unique. */
  public OspfConfig {
    if (routerId.isUnspecified()) {
      throw new IllegalArgumentException("0.0.0.0 is no Router ID");
    }
    if (spfDelayMillis < 0) {
      throw new IllegalArgumentException("a delay is not negative");
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

  /** A process with the default delay and limits, all of whose areas are normal. */
  public static OspfConfig of(Ipv4Address routerId, OspfInterfaceConfig... interfaces) {
    return new OspfConfig(
        routerId, List.of(), List.of(interfaces), DEFAULT_SPF_DELAY_MILLIS, OspfLimits.DEFAULT);
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
}
