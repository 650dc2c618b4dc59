package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Optional;

/** What must hold within OSPF, and between it and the interfaces. */
final class OspfChecks {
  private final RouterConfig config;
  private final OspfProcess ospf;
  private final List<ConfigProblem> problems;

  private OspfChecks(RouterConfig config, OspfProcess ospf, List<ConfigProblem> problems) {
    this.config = config;
    this.ospf = ospf;
    this.problems = problems;
  }

  static void check(RouterConfig config, OspfProcess ospf, List<ConfigProblem> problems) {
    new OspfChecks(config, ospf, problems).run();
  }

  private void run() {
    if (config.ospfRouterId().isEmpty()) {
      error(ospf.section(), "", "OSPF has no router ID: no interface has an address");
    }
    for (OspfNetwork network : ospf.networks()) {
      boolean used =
          config.interfaces().stream()
              .flatMap(port -> config.addressOf(port.name()).stream())
              .anyMatch(network.match()::matches);
      if (!used) {
        warn(
            "network " + network.match().address() + " " + network.match().wildcard(),
            "no interface has an address that matches");
      }
    }
    for (IosInterfaceName name : ospf.passiveExceptions()) {
      if (config.interfaceNamed(name).isEmpty()) {
        warn("passive-interface " + name, name + " is not configured");
      }
    }
    ospf.areas().forEach(this::area);
    ospf.redistributions().forEach(this::redistribution);
    ospf.neighbors().forEach(this::neighbor);
    config.interfaces().forEach(this::port);
    config.keyChains().forEach(this::keyChain);
  }

  private void error(String section, String command, String message) {
    problems.add(ConfigProblem.error(section, command, message));
  }

  private void warn(String command, String message) {
    problems.add(ConfigProblem.warning(ospf.section(), command, message));
  }

  private Optional<Ipv4Address> areaOf(InterfaceConfig port) {
    return config.ospfAreaOf(port);
  }

  // ---- Areas

  private void area(OspfArea area) {
    boolean used =
        config.interfaces().stream().anyMatch(port -> areaOf(port).equals(Optional.of(area.id())));
    boolean named = ospf.networks().stream().anyMatch(each -> each.area().equals(area.id()));
    if (!used && !named) {
      warn("area", "no network is in the area " + area.id());
    }
    if (area.kind() != OspfArea.Kind.NORMAL && !area.virtualLinks().isEmpty()) {
      error(
          ospf.section(),
          "area",
          "no virtual link runs through area " + area.id() + ", a stub area or an NSSA");
    }
    if (area.kind() == OspfArea.Kind.NORMAL && area.defaultCost().isPresent()) {
      warn("area", "the default cost of area " + area.id() + " is of stub areas and NSSAs alone");
    }
    for (OspfVirtualLink link : area.virtualLinks()) {
      if (config.ospfRouterId().equals(Optional.of(link.neighborId()))) {
        error(ospf.section(), "area", "the virtual link leads to this router itself");
      }
      OspfAuthenticationType type = link.settings().authentication();
      if (type == null) {
        type = ospf.area(Ipv4Address.UNSPECIFIED).authentication();
      }
      String who = "the virtual link to " + link.neighborId();
      keys(
          ospf.section(),
          "area",
          who,
          type == null ? OspfAuthenticationType.NULL : type,
          link.settings(),
          true);
    }
  }

  // ---- Other routes

  private void redistribution(OspfRedistribution each) {
    if (!each.subnets()) {
      warn(
          "redistribute " + each.source().iosName(),
          "without 'subnets' only classful networks are redistributed");
    }
  }

  private void neighbor(OspfNeighbor each) {
    String line = "neighbor " + each.address();
    Optional<InterfaceConfig> port =
        config.interfaces().stream()
            .filter(
                own ->
                    own.primaryAddress()
                        .filter(address -> address.prefix().contains(each.address()))
                        .isPresent())
            .findFirst();
    if (port.isEmpty()) {
      warn(line, "no interface has a network with this neighbor");
      return;
    }
    OspfNetworkType type = port.get().effectiveOspfNetworkType();
    boolean takes =
        type.needsNeighbors()
            || (type == OspfNetworkType.POINT_TO_MULTIPOINT && each.cost().isPresent());
    if (!takes) {
      warn(
          line,
          port.get().name()
              + " is a "
              + type.iosName()
              + " network, whose neighbors are found by multicast");
    } else if (each.cost().isPresent() && type == OspfNetworkType.NON_BROADCAST) {
      warn(line, "the cost is of neighbors on point-to-multipoint networks alone");
    }
  }

  // ---- Interfaces

  private void port(InterfaceConfig port) {
    OspfInterfaceConfig own = port.ospf();
    OspfAttachment attachment = own.attachment();
    if (attachment != null && attachment.processId() != ospf.processId()) {
      error(
          port.section(),
          "ip ospf " + attachment.processId(),
          "there is one OSPF process, and it is " + ospf.processId());
    }
    Optional<Ipv4Address> area = areaOf(port);
    OspfAuthenticationType type =
        area.map(id -> ospf.authenticationOf(port, id)).orElse(OspfAuthenticationType.NULL);
    boolean speaks = !ospf.isPassive(port.name()) && port.name().kind() != InterfaceKind.LOOPBACK;
    keys(port.section(), "ip ospf", port.name().toString(), type, own, speaks);
    OspfNetworkType network = port.effectiveOspfNetworkType();
    if (own.effectiveDeadSeconds(network) <= own.effectiveHelloSeconds(network)) {
      problems.add(
          ConfigProblem.warning(
              port.section(),
              own.deadSeconds().isPresent() ? "ip ospf dead-interval" : "ip ospf hello-interval",
              "the dead interval is not longer than the hello interval"));
    }
    boolean pointToPoint = network == OspfNetworkType.POINT_TO_POINT;
    if (port.unnumbered() != null && area.isPresent() && speaks && !pointToPoint) {
      error(
          port.section(),
          own.networkType() == null ? "" : "ip ospf network",
          "OSPF runs on a borrowed address on point-to-point networks alone");
    }
  }

  /** The keys that the way of authenticating needs should be there, and are otherwise of no use. */
  private void keys(
      String section,
      String command,
      String who,
      OspfAuthenticationType type,
      OspfInterfaceConfig own,
      boolean speaks) {
    String line = command.equals("area") ? "" : "ip ospf ";
    if (type == OspfAuthenticationType.SIMPLE && own.authenticationKey() == null && speaks) {
      missingKey(section, command, who, own, line + "authentication-key");
    }
    if (type == OspfAuthenticationType.MESSAGE_DIGEST
        && own.messageDigestKeys().isEmpty()
        && speaks) {
      missingKey(section, command, who, own, line + "message-digest-key");
    }
    String chain = own.keyChain();
    if (chain != null && config.keyChain(chain).isEmpty()) {
      error(
          section,
          command.equals("area") ? command : "ip ospf authentication",
          "there is no key chain '" + chain + "'");
    }
    if (own.authenticationKey() != null && type != OspfAuthenticationType.SIMPLE) {
      uselessKey(section, command, who, line + "authentication-key", "simple passwords");
    }
    if (!own.messageDigestKeys().isEmpty() && type != OspfAuthenticationType.MESSAGE_DIGEST) {
      uselessKey(section, command, who, line + "message-digest-key", "message digests");
    }
  }

  /** As on IOS the empty key holds then, which protects nothing. */
  private void missingKey(
      String section, String command, String who, OspfInterfaceConfig own, String line) {
    String blamed =
        command.equals("area")
            ? command
            : own.authentication() == null ? "" : "ip ospf authentication";
    problems.add(
        ConfigProblem.warning(
            section,
            blamed,
            who + " authenticates OSPF with an empty key, since it has no '" + line + "'"));
  }

  private void uselessKey(String section, String command, String who, String line, String way) {
    problems.add(
        ConfigProblem.warning(
            section,
            command.equals("area") ? command : line,
            "nothing says that " + who + " authenticates OSPF by " + way));
  }

  // ---- Key chains

  private void keyChain(KeyChain chain) {
    boolean used =
        config.interfaces().stream().anyMatch(port -> chain.name().equals(port.ospf().keyChain()))
            || ospf.areas().stream()
                .flatMap(area -> area.virtualLinks().stream())
                .anyMatch(link -> chain.name().equals(link.settings().keyChain()));
    for (KeyChain.Key key : chain.keys()) {
      String which = "key " + key.id() + " of key chain " + chain.name();
      if (key.secret() == null) {
        problems.add(
            ConfigProblem.warning(chain.section(), "", which + " has no 'key-string': not used"));
      } else if (used && (key.id() < 0 || key.id() > 255)) {
        error(chain.section(), "", which + " is no Key ID of OSPF, which is 0 to 255");
      } else if (used
          && key.algorithm() == KeyAlgorithm.MD5
          && key.secret().bytes().length() > MessageDigestKey.MAX_LENGTH) {
        error(chain.section(), "", which + " is longer than the 16 bytes of an MD5 key");
      }
    }
    if (used && chain.keys().stream().allMatch(key -> key.secret() == null)) {
      error(chain.section(), "", "key chain " + chain.name() + " has no key");
    }
  }
}
