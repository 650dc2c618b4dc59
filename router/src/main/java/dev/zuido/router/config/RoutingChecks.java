package dev.zuido.router.config;

import java.util.List;

/** What must hold between static routes, OSPF and the interfaces. */
final class RoutingChecks {
  private RoutingChecks() {}

  static void check(RouterConfig config, List<ConfigProblem> problems) {
    for (StaticRoute route : config.staticRoutes()) {
      IosInterfaceName exit = route.exit();
      if (exit != null && !route.discards() && config.interfaceNamed(exit).isEmpty()) {
        problems.add(
            ConfigProblem.error(
                "", route.toString(), "the route's interface " + exit + " is not configured"));
      }
    }
    OspfProcess ospf = config.ospf();
    if (ospf != null) {
      checkOspf(config, ospf, problems);
    }
  }

  private static void checkOspf(
      RouterConfig config, OspfProcess ospf, List<ConfigProblem> problems) {
    if (config.ospfRouterId().isEmpty()) {
      problems.add(
          ConfigProblem.error(
              ospf.section(), "", "OSPF has no router ID: no interface has an address"));
    }
    for (OspfNetwork network : ospf.networks()) {
      boolean used =
          config.interfaces().stream()
              .flatMap(port -> config.addressOf(port.name()).stream())
              .anyMatch(network.match()::matches);
      if (!used) {
        problems.add(
            ConfigProblem.warning(
                ospf.section(),
                "network " + network.match().address() + " " + network.match().wildcard(),
                "no interface has an address that matches"));
      }
    }
    for (IosInterfaceName name : ospf.passiveExceptions()) {
      if (config.interfaceNamed(name).isEmpty()) {
        problems.add(
            ConfigProblem.warning(
                ospf.section(), "passive-interface " + name, name + " is not configured"));
      }
    }
    for (InterfaceConfig port : config.interfaces()) {
      if (port.ospf().effectiveDeadSeconds() <= port.ospf().effectiveHelloSeconds()) {
        problems.add(
            ConfigProblem.warning(
                port.section(),
                port.ospf().deadSeconds().isPresent()
                    ? "ip ospf dead-interval"
                    : "ip ospf hello-interval",
                "the dead interval is not longer than the hello interval"));
      }
    }
  }
}
