package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ip route}: the routes in use.
 *
 * @param rows a route each, by prefix
 */
public record RouteReport(List<Entry> rows) implements ShowReport {
  /**
   * A route.
   *
   * @param prefix the destination
   * @param code the letters that engineers know: {@code C}, {@code L}, {@code S}, {@code O}, {@code
   *     O IA}, {@code O E1}, {@code O E2}, {@code O N1}, {@code O N2}
   * @param source {@code connected}, {@code local}, {@code static} or {@code ospf}
   * @param distance the administrative distance
   * @param metric the cost within its source
   * @param tag the external route tag of OSPF, or null where there is none
   * @param nextHops where packets go; several are used side by side
   */
  public record Entry(
      Ipv4Prefix prefix,
      String code,
      String source,
      int distance,
      int metric,
      @Nullable Long tag,
      List<NextHop> nextHops) {
    /** Copies the list. */
    public Entry {
      nextHops = List.copyOf(nextHops);
    }

    private boolean isDirect() {
      return source.equals("connected") || source.equals("local");
    }
  }

  /**
   * A next hop.
   *
   * @param gateway the next router, or null where the destination itself is on the interface
   * @param interfaceName the outgoing interface, {@code Null0} where packets are discarded; null
   *     where only the gateway is given
   */
  public record NextHop(@Nullable Ipv4Address gateway, @Nullable String interfaceName) {}

  /** Copies the list. */
  public RouteReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    Lines lines = new Lines().add("Codes: L - local, C - connected, S - static, O - OSPF");
    lines.add("       IA - OSPF inter area, E1 - OSPF external type 1, E2 - OSPF external type 2");
    lines.add("       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2");
    lines.add("       * - candidate default");
    lines.add("");
    lines.add("Gateway of last resort is %s", lastResort());
    lines.add("");
    for (Entry route : rows) {
      String mark = route.prefix.equals(Ipv4Prefix.DEFAULT) ? "*" : "";
      String cost = route.isDirect() ? "" : " [" + route.distance + "/" + route.metric + "]";
      for (NextHop hop : route.nextHops) {
        lines.add("%-6s %-18s%s%s", route.code + mark, route.prefix, cost, describe(route, hop));
      }
    }
    return lines.toString();
  }

  private String lastResort() {
    for (Entry route : rows) {
      if (route.prefix.equals(Ipv4Prefix.DEFAULT)) {
        Ipv4Address gateway = route.nextHops.get(0).gateway;
        return (gateway == null ? Ipv4Address.UNSPECIFIED : gateway) + " to network 0.0.0.0";
      }
    }
    return "not set";
  }

  private static String describe(Entry route, NextHop hop) {
    return via(route.isDirect() ? new NextHop(null, hop.interfaceName) : hop);
  }

  /** A next hop in words, with a blank before them. */
  static String via(NextHop hop) {
    String via = hop.gateway == null ? " is directly connected" : " via " + hop.gateway;
    return hop.interfaceName == null ? via : via + ", " + hop.interfaceName;
  }
}
