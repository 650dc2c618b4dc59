package dev.zuido.host;

import dev.zuido.router.Router;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.netlink.KernelNextHop;
import dev.zuido.tun.netlink.KernelRoute;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the kernel's routes as the router's table is.
 *
 * <p>The kernel gets every usable static and OSPF route, those that wait behind a better one
 * included, with the administrative distance as the metric: so a floating route to Null0 is in
 * force at the moment when the route before it goes, even if that is because we were killed. What a
 * crypto map protects without GRE leads into the device of that map, before all others.
 *
 * <p>A static route out of a link, without a gateway, for which the host has a route by that link
 * already (mostly: with the gateway that the link has), is left to the host.
 *
 * <p>Routes that an earlier run has left are kept where they are wanted and removed where not; in
 * no moment is a wanted one absent.
 */
final class KernelRoutes implements AutoCloseable {
  /** Before every static route, and behind what the kernel itself knows of its links. */
  private static final int PROTECTED_METRIC = 1;

  private static final int DEFAULT_ROUTE_LENGTH = 0;

  private final RouteNetlink netlink;
  private final Map<IosInterfaceName, Integer> indices;
  private final Consumer<String> warnings;
  private Map<Place, KernelRoute> installed = new HashMap<>();
  private boolean adopted;

  /** What the kernel tells routes apart by. */
  private record Place(Ipv4Prefix prefix, long metric) {}

  /**
   * Begins with what an earlier run may have left.
   *
   * @param indices the numbers of the kernel's interfaces: links and TUN devices
   * @param warnings is told what the kernel refuses
   */
  KernelRoutes(
      RouteNetlink netlink, Map<IosInterfaceName, Integer> indices, Consumer<String> warnings) {
    this.netlink = netlink;
    this.indices = Map.copyOf(indices);
    this.warnings = warnings;
  }

  /**
   * Makes the kernel's routes what they should be now.
   *
   * @param router whose table it is
   * @param protectedPrefixes what leads into a crypto map's device, and that device's number
   */
  void follow(Router router, Map<Ipv4Prefix, Integer> protectedPrefixes) {
    Map<Place, KernelRoute> wanted = new LinkedHashMap<>();
    protectedPrefixes.forEach((prefix, device) -> protect(wanted, prefix, device));
    for (Route route : router.routes().usableRoutes()) {
      if (route.source() == RouteSource.STATIC || route.source() == RouteSource.OSPF) {
        KernelRoute made = kernelRoute(router, route);
        if (made != null) {
          wanted.putIfAbsent(new Place(route.prefix(), made.metric()), made);
        }
      }
    }
    if (!adopted) {
      adopted = true;
      for (KernelRoute left : netlink.routes(KernelRoute.ZUIDO_PROTOCOL)) {
        if (left.prefix() instanceof Ipv4Prefix prefix) {
          installed.put(new Place(prefix, left.metric()), left);
        }
      }
    }
    apply(wanted, router.isRestarting());
  }

  /** A default route is laid as two halves, so that it goes before the host's own. */
  private static void protect(Map<Place, KernelRoute> wanted, Ipv4Prefix prefix, int device) {
    List<Ipv4Prefix> prefixes =
        prefix.length() == DEFAULT_ROUTE_LENGTH
            ? List.of(Ipv4Prefix.parse("0.0.0.0/1"), Ipv4Prefix.parse("128.0.0.0/1"))
            : List.of(prefix);
    for (Ipv4Prefix each : prefixes) {
      wanted.put(
          new Place(each, PROTECTED_METRIC),
          KernelRoute.through(each, PROTECTED_METRIC, KernelNextHop.on(device)));
    }
  }

  private @Nullable KernelRoute kernelRoute(Router router, Route route) {
    List<KernelNextHop> hops = new ArrayList<>();
    for (NextHop hop : route.nextHops()) {
      if (hop.interfaceNumber() == NextHop.DISCARD) {
        return KernelRoute.blackhole(route.prefix(), route.distance());
      }
      Integer index = indices.get(router.interfaceNumbered(hop.interfaceNumber()));
      if (index == null) {
        continue;
      }
      if (hop.gateway() != null) {
        hops.add(KernelNextHop.via(hop.gateway(), index));
      } else if (!isHosts(route.prefix(), index)) {
        hops.add(KernelNextHop.on(index));
      }
    }
    return hops.isEmpty()
        ? null
        : KernelRoute.through(route.prefix(), route.distance(), hops.toArray(new KernelNextHop[0]));
  }

  /** Whether somebody else has a route for a prefix by the same interface. */
  private boolean isHosts(Ipv4Prefix prefix, int index) {
    return netlink.routesTo(prefix).stream()
        .filter(route -> route.protocol() != KernelRoute.ZUIDO_PROTOCOL)
        .flatMap(route -> route.nextHops().stream())
        .anyMatch(hop -> hop.interfaceIndex() == index);
  }

  /**
   * Puts what is wanted and removes the rest.
   *
   * @param keep whether nothing is removed, since OSPF does not know yet what it wants
   */
  private void apply(Map<Place, KernelRoute> wanted, boolean keep) {
    Map<Place, KernelRoute> now = new HashMap<>();
    wanted.forEach(
        (place, route) -> {
          if (route.equals(installed.get(place)) || put(route)) {
            now.put(place, route);
          }
        });
    installed.forEach(
        (place, route) -> {
          if (!now.containsKey(place) && keep) {
            now.put(place, route);
          } else if (!now.containsKey(place)) {
            remove(route);
          }
        });
    installed = now;
  }

  private boolean put(KernelRoute route) {
    try {
      netlink.replaceRoute(route);
      return true;
    } catch (OperatingSystemException e) {
      warnings.accept(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void remove(KernelRoute route) {
    try {
      netlink.removeRoute(route);
    } catch (OperatingSystemException e) {
      warnings.accept(String.valueOf(e.getMessage()));
    }
  }

  /** Says that the kernel has dropped the routes through an interface, since it went down. */
  void interfaceWentDown(int index) {
    installed
        .values()
        .removeIf(
            route -> route.nextHops().stream().anyMatch(hop -> hop.interfaceIndex() == index));
  }

  /** The routes that the kernel has of us. */
  int size() {
    return installed.size();
  }

  /** Removes all of ours; if the kernel was never changed, nothing. */
  @Override
  public void close() {
    if (adopted) {
      netlink.purgeRoutes(KernelRoute.ZUIDO_PROTOCOL);
    }
    installed.clear();
  }
}
