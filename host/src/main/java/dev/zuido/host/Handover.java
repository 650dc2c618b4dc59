package dev.zuido.host;

import dev.zuido.tun.netlink.KernelNextHop;
import dev.zuido.tun.netlink.KernelRoute;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the kernel hands over what a crypto map protects: by a device of the router's.
 *
 * @param device the device's number
 * @param up whether it takes packets; while it does not, they are dropped
 * @param onlyWay whether no rule of the packet filter keeps the packets from leaving by another way
 *     if the device is gone: then a route to nowhere stands behind the one into the device, which
 *     also holds when the process was killed
 * @param source the address that the host's own packets get there; null for the kernel's choice
 */
record Handover(int device, boolean up, boolean onlyWay, @Nullable Ipv4Address source) {
  /** Before every static route, and behind what the kernel itself knows of its links. */
  static final int METRIC = 1;

  /** Behind that, for what must not go elsewhere. */
  static final int NOWHERE_METRIC = 2;

  private static final int DEFAULT_ROUTE_LENGTH = 0;

  /** A device that is always up, for a link that the packet filter guards. */
  static Handover guarded(int device) {
    return new Handover(device, true, false, null);
  }

  /** The routes for a prefix; a default route is laid as two halves, to go before the host's. */
  List<KernelRoute> routes(Ipv4Prefix prefix) {
    List<Ipv4Prefix> prefixes =
        prefix.length() == DEFAULT_ROUTE_LENGTH
            ? List.of(Ipv4Prefix.parse("0.0.0.0/1"), Ipv4Prefix.parse("128.0.0.0/1"))
            : List.of(prefix);
    List<KernelRoute> routes = new ArrayList<>();
    for (Ipv4Prefix each : prefixes) {
      routes.add(
          up
              ? KernelRoute.through(each, METRIC, KernelNextHop.on(device)).withSource(source)
              : KernelRoute.blackhole(each, METRIC));
      if (onlyWay) {
        routes.add(KernelRoute.blackhole(each, NOWHERE_METRIC));
      }
    }
    return routes;
  }
}
