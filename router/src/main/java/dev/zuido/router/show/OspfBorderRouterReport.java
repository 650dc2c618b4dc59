package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ip ospf border-routers}: the routes to area border and AS boundary routers (RFC 2328
 * section 11).
 *
 * @param process the OSPF process, or null if there is none
 * @param rows a route each, by router and area
 */
public record OspfBorderRouterReport(@Nullable OspfProcessId process, List<BorderRouter> rows)
    implements ShowReport {
  /**
   * A route to a router.
   *
   * @param routerId the router
   * @param interArea whether it leads through another border router
   * @param cost its cost
   * @param areaBorderRouter whether the router has several areas
   * @param asBoundaryRouter whether it tells routes from outside
   * @param areaId the area that it is reached through
   * @param nextHops where packets go
   */
  public record BorderRouter(
      Ipv4Address routerId,
      boolean interArea,
      int cost,
      boolean areaBorderRouter,
      boolean asBoundaryRouter,
      Ipv4Address areaId,
      List<RouteReport.NextHop> nextHops) {
    /** Copies the list. */
    public BorderRouter {
      nextHops = List.copyOf(nextHops);
    }
  }

  /** Copies the list. */
  public OspfBorderRouterReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    OspfProcessId id = process;
    if (id == null) {
      return "OSPF is not configured.\n";
    }
    Lines lines = new Lines();
    lines.add(
        "            OSPF Router with ID (%s) (Process ID %d)", id.routerId(), id.processId());
    lines.add("");
    lines.add("Codes: i - Intra-area route, I - Inter-area route");
    lines.add("");
    for (BorderRouter each : rows) {
      String role =
          (each.areaBorderRouter ? "ABR" : "")
              + (each.areaBorderRouter && each.asBoundaryRouter ? "/" : "")
              + (each.asBoundaryRouter ? "ASBR" : "");
      for (RouteReport.NextHop hop : each.nextHops) {
        lines.add(
            "%s %s [%d]%s, %s, Area %s",
            each.interArea ? "I" : "i",
            each.routerId,
            each.cost,
            RouteReport.via(hop),
            role,
            OspfProcessId.area(each.areaId));
      }
    }
    return lines.toString();
  }
}
