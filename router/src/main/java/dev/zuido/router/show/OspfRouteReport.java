package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ip ospf route}: what OSPF has calculated, whether it is in use or not.
 *
 * @param process the OSPF process, or null if there is none
 * @param rows a route each, by prefix
 */
public record OspfRouteReport(@Nullable OspfProcessId process, List<OspfRoute> rows)
    implements ShowReport {
  /**
   * A route.
   *
   * @param prefix the destination
   * @param kind {@code Intra}, {@code Inter}, {@code Ext1}, {@code Ext2}, {@code NSSA1} or {@code
   *     NSSA2}
   * @param cost the cost inside the AS
   * @param type2Cost the metric of {@code Ext2} and {@code NSSA2}, else null
   * @param tag the external route tag, or null of a route within the AS
   * @param areaId its area, or null of a route from outside
   * @param directlyConnected whether the destination is on an interface of the router's
   * @param installed whether it is in use
   * @param nextHops where packets go
   */
  public record OspfRoute(
      Ipv4Prefix prefix,
      String kind,
      int cost,
      @Nullable Integer type2Cost,
      @Nullable Long tag,
      @Nullable Ipv4Address areaId,
      boolean directlyConnected,
      boolean installed,
      List<RouteReport.NextHop> nextHops) {
    /** Copies the list. */
    public OspfRoute {
      nextHops = List.copyOf(nextHops);
    }
  }

  /** Copies the list. */
  public OspfRouteReport {
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
    lines.add("Codes: * - in use, > - directly connected");
    lines.add("");
    for (OspfRoute each : rows) {
      lines.add(
          "%s%s %s, %s, cost %d%s%s%s",
          each.installed ? "*" : " ",
          each.directlyConnected ? ">" : " ",
          each.prefix,
          each.kind,
          each.cost,
          each.type2Cost == null ? "" : ", type 2 cost " + each.type2Cost,
          each.tag == null || each.tag == 0 ? "" : ", tag " + each.tag,
          each.areaId == null ? "" : ", area " + OspfProcessId.area(each.areaId));
      for (RouteReport.NextHop hop : each.nextHops) {
        lines.add("     %s", RouteReport.via(hop).strip());
      }
    }
    return lines.toString();
  }
}
