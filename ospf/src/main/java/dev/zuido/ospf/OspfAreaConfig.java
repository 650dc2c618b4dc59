package dev.zuido.ospf;

import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.wire.Ipv4Address;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An area (RFC 2328 section C.2).
 *
 * @param areaId the Area ID; 0.0.0.0 is the backbone
 * @param type what the area lets in; the backbone is {@link AreaType#NORMAL}
 * @param summaries whether a border router tells a stub area or NSSA more than a default route of
 *     the rest of the AS (ImportSummaries)
 * @param defaultCost StubDefaultCost: the cost of that default route, 0 to 16777214
 * @param nssa what is particular to an NSSA
 * @param ranges the address ranges, by which a border router tells the area's networks
 * @param virtualLinks the virtual links through the area
 * @param hostRoutes the hosts that the router advertises into the area
 */
public record OspfAreaConfig(
    Ipv4Address areaId,
    AreaType type,
    boolean summaries,
    int defaultCost,
    NssaConfig nssa,
    List<AreaRange> ranges,
    List<VirtualLinkConfig> virtualLinks,
    List<HostRoute> hostRoutes) {
  /** The Area ID of the backbone. */
  public static final Ipv4Address BACKBONE = Ipv4Address.UNSPECIFIED;

  /** Checks what the RFC rules out: a stub backbone, virtual links where no transit is possible. */
  public OspfAreaConfig {
    ranges = List.copyOf(ranges);
    virtualLinks = List.copyOf(virtualLinks);
    hostRoutes = List.copyOf(hostRoutes);
    if (areaId.equals(BACKBONE) && type != AreaType.NORMAL) {
      throw new IllegalArgumentException("the backbone cannot be a stub area");
    }
    if (defaultCost < 0 || defaultCost > 0xfffffe) {
      throw new IllegalArgumentException("a default cost is 0 to 16777214, not " + defaultCost);
    }
    if (!virtualLinks.isEmpty() && (areaId.equals(BACKBONE) || type != AreaType.NORMAL)) {
      throw new IllegalArgumentException("no virtual link runs through area " + areaId);
    }
    Set<Ipv4Address> ends = new HashSet<>();
    for (VirtualLinkConfig each : virtualLinks) {
      if (!ends.add(each.neighborId())) {
        throw new IllegalArgumentException(
            "the virtual link to " + each.neighborId() + " stands there twice");
      }
    }
    Set<AreaRange> seen = new HashSet<>();
    for (AreaRange each : ranges) {
      if (!each.areaId().equals(areaId)) {
        throw new IllegalArgumentException(
            "area " + areaId + " has a range of area " + each.areaId());
      }
      if (!seen.add(new AreaRange(areaId, each.prefix(), true))) {
        throw new IllegalArgumentException("range " + each.prefix() + " stands there twice");
      }
    }
  }

  /** A normal area without ranges. */
  public static OspfAreaConfig normal(Ipv4Address areaId) {
    return builder(areaId, AreaType.NORMAL).build();
  }

  /** A stub area with summaries and a default route of cost 1. */
  public static OspfAreaConfig stub(Ipv4Address areaId) {
    return builder(areaId, AreaType.STUB).build();
  }

  /** An NSSA with summaries. */
  public static OspfAreaConfig nssa(Ipv4Address areaId) {
    return builder(areaId, AreaType.NSSA).build();
  }

  /** Begins an area. */
  public static Builder builder(Ipv4Address areaId, AreaType type) {
    return new Builder(areaId, type);
  }

  /** Begins an area that differs from this one. */
  public Builder toBuilder() {
    Builder builder = new Builder(areaId, type);
    builder.summaries = summaries;
    builder.defaultCost = defaultCost;
    builder.nssa = nssa;
    builder.ranges = ranges;
    builder.virtualLinks = virtualLinks;
    builder.hostRoutes = hostRoutes;
    return builder;
  }

  /** Puts an area together; what is not said stays as it was. */
  public static final class Builder {
    private final Ipv4Address areaId;
    private AreaType type;
    private boolean summaries = true;
    private int defaultCost = 1;
    private NssaConfig nssa = NssaConfig.DEFAULT;
    private List<AreaRange> ranges = List.of();
    private List<VirtualLinkConfig> virtualLinks = List.of();
    private List<HostRoute> hostRoutes = List.of();

    private Builder(Ipv4Address areaId, AreaType type) {
      this.areaId = areaId;
      this.type = type;
    }

    /** What the area lets in. */
    public Builder type(AreaType newType) {
      type = newType;
      return this;
    }

    /** Whether a stub area is told more than a default route. */
    public Builder summaries(boolean newSummaries) {
      summaries = newSummaries;
      return this;
    }

    /** The cost of a stub area's default route. */
    public Builder defaultCost(int newDefaultCost) {
      defaultCost = newDefaultCost;
      return this;
    }

    /** What is particular to an NSSA. */
    public Builder nssa(NssaConfig newNssa) {
      nssa = newNssa;
      return this;
    }

    /** The address ranges. */
    public Builder ranges(List<AreaRange> newRanges) {
      ranges = newRanges;
      return this;
    }

    /** The virtual links. */
    public Builder virtualLinks(List<VirtualLinkConfig> newVirtualLinks) {
      virtualLinks = newVirtualLinks;
      return this;
    }

    /** The hosts. */
    public Builder hostRoutes(List<HostRoute> newHostRoutes) {
      hostRoutes = newHostRoutes;
      return this;
    }

    /**
     * The area.
     *
     * @throws IllegalArgumentException if the RFC rules it out
     */
    public OspfAreaConfig build() {
      return new OspfAreaConfig(
          areaId, type, summaries, defaultCost, nssa, ranges, virtualLinks, hostRoutes);
    }
  }
}
