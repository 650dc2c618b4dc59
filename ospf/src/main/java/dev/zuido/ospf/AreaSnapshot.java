package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import java.util.List;

/**
 * An area as {@code show ip ospf} sees it.
 *
 * @param config its configuration
 * @param interfaces how many interfaces are configured into it, virtual links included
 * @param activeInterfaces how many of them are not down
 * @param fullNeighbors how many neighbors are Full in it
 * @param transitCapability TransitCapability: whether a virtual link through the area is up
 * @param areaBorderRouters how many area border routers are reachable in the area
 * @param asBoundaryRouters how many AS boundary routers are reachable in the area
 * @param lsas the LSAs of the area's database, by type
 * @param linkLsas the LSAs of link-local scope of the area's interfaces
 * @param explanations what does not match in the area, though it keeps no adjacency from forming
 */
public record AreaSnapshot(
    OspfAreaConfig config,
    int interfaces,
    int activeInterfaces,
    int fullNeighbors,
    boolean transitCapability,
    int areaBorderRouters,
    int asBoundaryRouters,
    List<LsaTotal> lsas,
    LsaTotal linkLsas,
    List<InterfaceSnapshot.Explanation> explanations) {
  /** Copies the lists. */
  public AreaSnapshot {
    lsas = List.copyOf(lsas);
    explanations = List.copyOf(explanations);
  }

  /** The Area ID. */
  public Ipv4Address areaId() {
    return config.areaId();
  }

  /** How many LSAs the area's database has. */
  public int lsaCount() {
    return lsas.stream().mapToInt(LsaTotal::count).sum();
  }

  /** The sum of the LS checksums of the area's database. */
  public long checksumSum() {
    return lsas.stream().mapToLong(LsaTotal::checksumSum).sum();
  }
}
