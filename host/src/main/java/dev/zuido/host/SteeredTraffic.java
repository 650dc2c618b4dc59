package dev.zuido.host;

import dev.zuido.esp.AddressRange;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.router.config.CryptoMap;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which destinations the kernel has to hand over, so that a crypto map gets to see them. */
final class SteeredTraffic {
  private SteeredTraffic() {}

  /** Whether the interface's crypto map may protect traffic that comes from the kernel. */
  static boolean isExpected(RouterConfig config, InterfaceConfig port) {
    String mapName = port.cryptoMap();
    if (mapName == null) {
      return false;
    }
    CryptoMap map = config.cryptoMap(mapName).orElseThrow();
    return map.entries().stream()
        .flatMap(entry -> config.resolve(entry).stream())
        .anyMatch(
            entry ->
                entry.accessList() == null
                    || config.accessList(entry.accessList()).orElseThrow().rules().stream()
                        .anyMatch(
                            rule -> rule.permit() && rule.protocol().orElse(-1) != IpProtocol.GRE));
  }

  /**
   * The prefixes that cover the destinations of what a crypto map protects. GRE is left out: it is
   * the router's own, and does not come from the kernel.
   */
  static Set<Ipv4Prefix> destinations(List<TrafficSelector> protectedTraffic) {
    Set<Ipv4Prefix> prefixes = new LinkedHashSet<>();
    for (TrafficSelector selector : protectedTraffic) {
      if (selector.protocol() != IpProtocol.GRE) {
        addPrefixes(selector.remote(), prefixes);
      }
    }
    return prefixes;
  }

  /** Lays the IPv4 part of a range out in the fewest prefixes. */
  static void addPrefixes(AddressRange range, Set<Ipv4Prefix> into) {
    if (!(range.first() instanceof Ipv4Address lowest)) {
      return;
    }
    Ipv4Address highest =
        range.last() instanceof Ipv4Address address ? address : Ipv4Address.BROADCAST;
    long first = Integer.toUnsignedLong(lowest.value());
    long last = Integer.toUnsignedLong(highest.value());
    while (first <= last) {
      int free = first == 0 ? 32 : Math.min(32, Long.numberOfTrailingZeros(first));
      while (first + (1L << free) - 1 > last) {
        free--;
      }
      into.add(new Ipv4Prefix(new Ipv4Address((int) first), 32 - free));
      first += 1L << free;
    }
  }
}
