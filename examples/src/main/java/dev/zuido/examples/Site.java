package dev.zuido.examples;

import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.InterfaceKind;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.StaticRoute;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;

/**
 * A site as the simulation needs to know it: which interface is the WAN, which the LAN.
 *
 * @param name what the site is called in displays
 * @param config its configuration
 * @param wan the interface of the default route
 * @param wanAddress its address, its own or borrowed
 * @param lan the Ethernet interface with an address
 * @param lanAddress the router's address there
 */
record Site(
    String name,
    RouterConfig config,
    InterfaceConfig wan,
    Ipv4Address wanAddress,
    InterfaceConfig lan,
    InterfaceAddress lanAddress) {

  /**
   * Finds WAN and LAN in a configuration.
   *
   * @throws IllegalArgumentException if it has none, or more than one, or needs certificates
   */
  static Site of(String name, RouterConfig config) {
    if (config.takesSignatures()) {
      throw new IllegalArgumentException(
          name
              + ": the simulation reads no certificate files: give every 'crypto isakmp policy' the"
              + " line 'authentication pre-share', and a 'crypto isakmp key'");
    }
    InterfaceConfig wan = wanOf(name, config);
    Ipv4Address wanAddress =
        config
            .addressOf(wan.name())
            .orElseThrow(
                () -> new IllegalArgumentException(name + ": " + wan.name() + " has no address"));
    List<InterfaceConfig> lans =
        config.interfaces().stream()
            .filter(each -> each.name().kind().isEthernet())
            .filter(each -> each.primaryAddress().isPresent() && !each.shutdown())
            .filter(each -> !each.name().equals(wan.name()))
            .toList();
    if (lans.size() != 1) {
      throw new IllegalArgumentException(
          name
              + ": the simulation needs just one Ethernet interface with an address beside the WAN,"
              + " and there are "
              + lans.size());
    }
    InterfaceConfig lan = lans.get(0);
    return new Site(name, config, wan, wanAddress, lan, lan.primaryAddress().orElseThrow());
  }

  private static InterfaceConfig wanOf(String name, RouterConfig config) {
    for (StaticRoute route : config.staticRoutes()) {
      IosInterfaceName exit = route.exit();
      if (route.prefix().equals(Ipv4Prefix.DEFAULT)
          && exit != null
          && exit.kind() != InterfaceKind.NULL) {
        return config.interfaceNamed(exit).orElseThrow();
      }
    }
    throw new IllegalArgumentException(
        name
            + ": the simulation takes the interface of the default route for the WAN, and none"
            + " has an 'ip route 0.0.0.0 0.0.0.0 INTERFACE'");
  }

  /** The address of the LAN's host: the first that is not the router's. */
  Ipv4Address hostAddress() {
    Ipv4Prefix network = lanAddress.prefix();
    int first = network.address().value() + 1;
    return new Ipv4Address(first == lanAddress.address().value() ? first + 1 : first);
  }
}
