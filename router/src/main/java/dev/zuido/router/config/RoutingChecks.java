package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Optional;

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
    checkAreas(ospf, problems);
    for (InterfaceConfig port : config.interfaces()) {
      checkAuthentication(ospf, port, problems);
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

  private static void checkAreas(OspfProcess ospf, List<ConfigProblem> problems) {
    for (Ipv4Address area : ospf.areaAuthentication().keySet()) {
      if (ospf.networks().stream().noneMatch(network -> network.area().equals(area))) {
        problems.add(
            ConfigProblem.warning(ospf.section(), "area", "no network is in the area " + area));
      }
    }
  }

  /** The key that the way of authenticating needs should be there, and is otherwise of no use. */
  private static void checkAuthentication(
      OspfProcess ospf, InterfaceConfig port, List<ConfigProblem> problems) {
    Optional<Ipv4Address> area = port.primaryAddress().flatMap(own -> ospf.areaOf(own.address()));
    OspfInterfaceConfig own = port.ospf();
    OspfAuthenticationType type =
        area.map(id -> ospf.authenticationOf(port, id)).orElse(OspfAuthenticationType.NULL);
    boolean speaks = !ospf.isPassive(port.name()) && port.name().kind() != InterfaceKind.LOOPBACK;
    if (type == OspfAuthenticationType.SIMPLE && own.authenticationKey() == null && speaks) {
      problems.add(missingKey(port, "ip ospf authentication-key"));
    }
    if (type == OspfAuthenticationType.MESSAGE_DIGEST && own.messageDigestKey() == null && speaks) {
      problems.add(missingKey(port, "ip ospf message-digest-key"));
    }
    if (own.authenticationKey() != null && type != OspfAuthenticationType.SIMPLE) {
      problems.add(uselessKey(port, "ip ospf authentication-key", "simple passwords"));
    }
    if (own.messageDigestKey() != null && type != OspfAuthenticationType.MESSAGE_DIGEST) {
      problems.add(uselessKey(port, "ip ospf message-digest-key", "message digests"));
    }
  }

  /** As on IOS the empty key holds then, which protects nothing. */
  private static ConfigProblem missingKey(InterfaceConfig port, String line) {
    boolean own = port.ospf().authentication() != null;
    return ConfigProblem.warning(
        port.section(),
        own ? "ip ospf authentication" : "",
        port.name() + " authenticates OSPF with an empty key, since it has no '" + line + "'");
  }

  private static ConfigProblem uselessKey(InterfaceConfig port, String line, String way) {
    return ConfigProblem.warning(
        port.section(), line, "nothing says that " + port.name() + " authenticates OSPF by " + way);
  }
}
