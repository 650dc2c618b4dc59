package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ip ospf virtual-links} (RFC 2328 section 15).
 *
 * @param configured whether there is an OSPF process
 * @param rows a virtual link each
 */
public record OspfVirtualLinkReport(boolean configured, List<VirtualLink> rows)
    implements ShowReport {
  /**
   * A virtual link.
   *
   * @param name the name that the link has among the interfaces
   * @param neighborId the router at its other end
   * @param transitAreaId the area that it runs through
   * @param up whether the router at the other end can be reached through that area
   * @param cost the cost of the way there, or null while it is down
   * @param localAddress the address that packets leave from, or null likewise
   * @param neighborAddress the address that they go to, or null likewise
   * @param helloSeconds HelloInterval
   * @param deadSeconds RouterDeadInterval
   * @param retransmitSeconds RxmtInterval
   * @param transmitDelaySeconds InfTransDelay
   * @param authentication {@code none}, {@code simple} or {@code message-digest}
   * @param adjacency the state of the conversation, or null if there is none
   */
  public record VirtualLink(
      String name,
      Ipv4Address neighborId,
      Ipv4Address transitAreaId,
      boolean up,
      @Nullable Integer cost,
      @Nullable Ipv4Address localAddress,
      @Nullable Ipv4Address neighborAddress,
      int helloSeconds,
      int deadSeconds,
      int retransmitSeconds,
      int transmitDelaySeconds,
      String authentication,
      @Nullable String adjacency) {}

  /** Copies the list. */
  public OspfVirtualLinkReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    if (!configured) {
      return "OSPF is not configured.\n";
    }
    Lines lines = new Lines();
    for (VirtualLink each : rows) {
      lines.add(
          "Virtual Link %s to router %s is %s",
          each.name, each.neighborId, each.up ? "up" : "down");
      lines.add(
          "  Transit area %s%s",
          OspfProcessId.area(each.transitAreaId),
          each.cost == null ? "" : ", Cost of using " + each.cost);
      if (each.localAddress != null) {
        lines.add("  From %s to %s", each.localAddress, each.neighborAddress);
      }
      lines.add(
          "  Transmit Delay is %d sec, Timer intervals configured, Hello %d, Dead %d, Retransmit %d",
          each.transmitDelaySeconds, each.helloSeconds, each.deadSeconds, each.retransmitSeconds);
      if (!each.authentication.equals("none")) {
        lines.add("  %s authentication enabled", each.authentication);
      }
      if (each.adjacency != null) {
        lines.add("    Adjacency State %s", each.adjacency);
      }
    }
    return lines.orElse("No virtual link is configured.");
  }
}
