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
      OspfChecks.check(config, ospf, problems);
    }
  }
}
