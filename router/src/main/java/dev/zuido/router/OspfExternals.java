package dev.zuido.router;

import dev.zuido.router.config.OspfDefaultRoute;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.OspfRedistribution;
import dev.zuido.router.config.OspfSummaryAddress;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import dev.zuido.router.forwarding.RouteTable;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What of the routing table the OSPF process tells others as routes from outside: redistributed
 * static and connected routes, alone or summarized, and a default route.
 */
final class OspfExternals {
  private final OspfProcess process;
  private final IntPredicate runsOspf;

  /**
   * A destination that is told.
   *
   * @param metric its metric
   * @param type2 whether it is larger than any distance inside
   * @param gateway the next router, 0.0.0.0 where there is none or several
   * @param tag the external route tag, unsigned
   */
  record External(int metric, boolean type2, Ipv4Address gateway, long tag) {}

  /**
   * A configured summary.
   *
   * @param configured its line
   * @param networks how many networks it stands for now
   * @param told what it is told as, or null if it is not told
   */
  record Summary(OspfSummaryAddress configured, int networks, @Nullable External told) {}

  /**
   * What is told.
   *
   * @param destinations by prefix, the summaries among them
   * @param summaries those that are configured
   */
  record Told(Map<Ipv4Prefix, External> destinations, List<Summary> summaries) {}

  /**
   * Makes it for a process.
   *
   * @param runsOspf whether OSPF runs on the interface of a number
   */
  OspfExternals(OspfProcess process, IntPredicate runsOspf) {
    this.process = process;
    this.runsOspf = runsOspf;
  }

  /** Whether anything is ever told. */
  boolean isActive() {
    return process.defaultRoute() != null || !process.redistributions().isEmpty();
  }

  /** What is to be told while the table is as it is. */
  Told of(RouteTable table) {
    TreeMap<Ipv4Prefix, External> destinations = new TreeMap<>();
    for (OspfRedistribution each : process.redistributions()) {
      RouteSource source =
          switch (each.source()) {
            case CONNECTED -> RouteSource.CONNECTED;
            case STATIC -> RouteSource.STATIC;
          };
      for (Route route : table.inUse(source)) {
        if (isTold(route, each)) {
          destinations.put(route.prefix(), external(route, each));
        }
      }
    }
    List<Summary> summaries = summarize(destinations);
    External route = defaultRoute(table);
    if (route != null) {
      destinations.put(Ipv4Prefix.DEFAULT, route);
    }
    return new Told(destinations, summaries);
  }

  /** A default route is told by its own line alone, and networks of OSPF's interfaces as such. */
  private boolean isTold(Route route, OspfRedistribution by) {
    if (route.prefix().length() == 0 || (!by.subnets() && !isClassful(route.prefix()))) {
      return false;
    }
    return by.source() != OspfRedistribution.Source.CONNECTED
        || !runsOspf.test(route.nextHops().get(0).interfaceNumber());
  }

  private static boolean isClassful(Ipv4Prefix prefix) {
    int first = prefix.address().value() >>> 24;
    return prefix.length() == (first < 128 ? 8 : first < 192 ? 16 : 24);
  }

  private External external(Route route, OspfRedistribution by) {
    int usual = OspfRedistribution.DEFAULT_METRIC;
    if (by.source() == OspfRedistribution.Source.STATIC) {
      usual = process.options().defaultMetric().orElse(usual);
    }
    return new External(by.metric().orElse(usual), by.type2(), gateway(route), by.tag().orElse(0));
  }

  /** The next router: OSPF tells it where the others may go there without us in between. */
  private static Ipv4Address gateway(Route route) {
    Ipv4Address gateway = route.nextHops().get(0).gateway();
    return route.nextHops().size() == 1 && gateway != null ? gateway : Ipv4Address.UNSPECIFIED;
  }

  private @Nullable External defaultRoute(RouteTable table) {
    OspfDefaultRoute line = process.defaultRoute();
    if (line == null) {
      return null;
    }
    Route held = table.routeFor(Ipv4Prefix.DEFAULT);
    boolean has = held != null && held.source() != RouteSource.OSPF;
    return line.always() || has
        ? new External(line.metric(), line.type2(), Ipv4Address.UNSPECIFIED, 0)
        : null;
  }

  /** Puts summaries in the place of the networks that they stand for, the longest first. */
  private List<Summary> summarize(SortedMap<Ipv4Prefix, External> destinations) {
    List<OspfSummaryAddress> longestFirst = new ArrayList<>(process.summaryAddresses());
    longestFirst.sort(Comparator.comparingInt(each -> -each.prefix().length()));
    Map<Ipv4Prefix, External> told = new TreeMap<>();
    Map<Ipv4Prefix, Summary> made = new TreeMap<>();
    for (OspfSummaryAddress each : longestFirst) {
      List<External> inside = new ArrayList<>();
      destinations
          .entrySet()
          .removeIf(
              entry -> {
                boolean within = each.prefix().contains(entry.getKey());
                if (within) {
                  inside.add(entry.getValue());
                }
                return within;
              });
      External whole = each.advertise() && !inside.isEmpty() ? whole(each, inside) : null;
      if (whole != null) {
        told.put(each.prefix(), whole);
      }
      made.put(each.prefix(), new Summary(each, inside.size(), whole));
    }
    destinations.putAll(told);
    return List.copyOf(made.values());
  }

  /** As on IOS the least metric; type 2 if one of the networks is of it. */
  private static External whole(OspfSummaryAddress summary, List<External> inside) {
    boolean type2 = inside.stream().anyMatch(External::type2);
    int metric =
        inside.stream()
            .filter(each -> each.type2() == type2)
            .mapToInt(External::metric)
            .min()
            .orElse(OspfRedistribution.DEFAULT_METRIC);
    return new External(metric, type2, Ipv4Address.UNSPECIFIED, summary.tag().orElse(0));
  }
}
