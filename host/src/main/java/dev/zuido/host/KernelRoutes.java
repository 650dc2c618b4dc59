package dev.zuido.host;

import dev.zuido.router.Router;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.netlink.KernelNextHop;
import dev.zuido.tun.netlink.KernelRoute;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.wire.Ipv4Address;
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
 * crypto map protects without GRE leads into the device of that map, before all others ({@link
 * Handover}).
 *
 * <p>A static route out of a link, without a gateway, for which the host has a route by that link
 * already (mostly: with the gateway that the link has), is left to the host.
 *
 * <p>Routes that an earlier run has left are kept where they are wanted and removed where not; in
 * no moment is a wanted one absent.
 */
final class KernelRoutes implements AutoCloseable {
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
   * @param protectedPrefixes what leads into a crypto map's device
   * @param sources of interfaces, by their numbers, the address that the host's own packets have
   */
  void follow(
      Router router,
      Map<Ipv4Prefix, Handover> protectedPrefixes,
      Map<Integer, Ipv4Address> sources) {
    Map<Place, KernelRoute> wanted = new LinkedHashMap<>();
    protectedPrefixes.forEach(
        (prefix, handover) ->
            handover
                .routes(prefix)
                .forEach(
                    route ->
                        wanted.put(new Place((Ipv4Prefix) route.prefix(), route.metric()), route)));
    for (Route route : router.routes().usableRoutes()) {
      if (route.source() == RouteSource.STATIC || route.source() == RouteSource.OSPF) {
        KernelRoute made = kernelRoute(router, route, sources);
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

  private @Nullable KernelRoute kernelRoute(
      Router router, Route route, Map<Integer, Ipv4Address> sources) {
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
    if (hops.isEmpty()) {
      return null;
    }
    KernelRoute made =
        KernelRoute.through(route.prefix(), route.distance(), hops.toArray(new KernelNextHop[0]));
    return hops.size() == 1 ? made.withSource(sources.get(hops.get(0).interfaceIndex())) : made;
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
      if (route.source() != null && e.error() == Errno.EINVAL) {
        // The host has not got the address: of an interface that the router has no link for.
        return put(route.withSource(null));
      }
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
