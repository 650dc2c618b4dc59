package dev.zuido.tun.netlink;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unicast or blackhole route of the main table.
 *
 * @param prefix the destinations
 * @param metric the kernel's priority; of several routes for one prefix the lowest is used. 0 to
 *     {@value #MAX_METRIC}; IPv6 routes have at least 1: the kernel makes 0 to 1024
 * @param protocol the number of who made the route, as {@code ip route show proto N} selects it: 1
 *     to 255, or 0 where the kernel does not know
 * @param nextHops where it leads; none makes a blackhole, which drops silently, several share the
 *     traffic
 * @param source the host's own address that its own packets get by this route, where their sender
 *     has chosen none; null where the kernel chooses. The kernel removes the route with the address
 */
public record KernelRoute(
    IpPrefix prefix,
    long metric,
    int protocol,
    List<KernelNextHop> nextHops,
    @Nullable IpAddress source) {
  /**
   * The number that our routes carry, by which they are recognised and purged. It is not in use by
   * the programs that the iproute2 table {@code rt_protos} lists.
   */
  public static final int ZUIDO_PROTOCOL = 90;

  /** The largest metric. */
  public static final long MAX_METRIC = 0xffffffffL;

  /** The next hops that one route may have. */
  public static final int MAX_NEXT_HOPS = 64;

  /** Checks the ranges and the families. */
  public KernelRoute {
    nextHops = List.copyOf(nextHops);
    if (metric < 0 || metric > MAX_METRIC || protocol < 0 || protocol > 255) {
      throw new IllegalArgumentException("a metric has 32 bits, a protocol number 8");
    }
    if (nextHops.size() > MAX_NEXT_HOPS) {
      throw new IllegalArgumentException("a route has at most " + MAX_NEXT_HOPS + " next hops");
    }
    int addressBytes = prefix.address().byteLength();
    if (source != null && source.byteLength() != addressBytes) {
      throw new IllegalArgumentException("prefix and source are of one family");
    }
    if (!(prefix instanceof Ipv4Prefix) && metric == 0) {
      throw new IllegalArgumentException("the metric of an IPv6 route is at least 1");
    }
    for (KernelNextHop hop : nextHops) {
      if (hop.gateway() != null && hop.gateway().byteLength() != addressBytes) {
        throw new IllegalArgumentException("prefix and gateway are of one family");
      }
    }
  }

  /** A route for which the kernel chooses the source. */
  public KernelRoute(IpPrefix prefix, long metric, int protocol, List<KernelNextHop> nextHops) {
    this(prefix, metric, protocol, nextHops, null);
  }

  /** The same with a source for the host's own packets, or with the kernel's choice for null. */
  public KernelRoute withSource(@Nullable IpAddress address) {
    return new KernelRoute(prefix, metric, protocol, nextHops, address);
  }

  /** A route of {@link #ZUIDO_PROTOCOL} through next hops. */
  public static KernelRoute through(IpPrefix prefix, long metric, KernelNextHop... nextHops) {
    return new KernelRoute(prefix, metric, ZUIDO_PROTOCOL, List.of(nextHops));
  }

  /** A route of {@link #ZUIDO_PROTOCOL} that drops. */
  public static KernelRoute blackhole(IpPrefix prefix, long metric) {
    return new KernelRoute(prefix, metric, ZUIDO_PROTOCOL, List.of());
  }
}
