package dev.zuido.router.config.ios;

import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.StaticRoute;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;

/** {@code ip route}. */
final class RouteCommands {
  private static final String ROUTE =
      "ip route <network:address> <mask:mask>"
          + " {<hop:address>|<exit:interface> [<hop:address>]} [<distance:1-255>]";

  private RouteCommands() {}

  static void register(IosGrammar grammar) {
    grammar
        .global
        .does(ROUTE, (config, a) -> config.staticRoute(route(a)))
        .does(
            "no " + ROUTE,
            (config, a) ->
                IsakmpCommands.require(
                    config.removeStaticRoute(route(a)), "there is no such route"));
  }

  /** A prefix, refused if the address has bits set that the mask does not have. */
  static Ipv4Prefix prefix(Ipv4Address address, int length) throws Refusal {
    Ipv4Prefix prefix = Ipv4Prefix.containing(address, length);
    if (!prefix.address().equals(address)) {
      throw Refusal.line(
          "address and mask are inconsistent; the network would be " + prefix.address());
    }
    return prefix;
  }

  private static StaticRoute route(Arguments a) throws Refusal {
    try {
      return new StaticRoute(
          prefix(a.address("network"), a.prefixLength("mask")),
          a.optional("exit", IosInterfaceName.class).orElse(null),
          a.optional("hop", Ipv4Address.class).orElse(null),
          a.optionalInteger("distance").orElse(StaticRoute.DEFAULT_DISTANCE));
    } catch (IllegalArgumentException e) {
      throw Refusal.line(String.valueOf(e.getMessage()));
    }
  }
}
