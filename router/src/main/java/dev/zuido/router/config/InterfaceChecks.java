package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What must hold between the interfaces, and between them and what they name. */
final class InterfaceChecks {
  private InterfaceChecks() {}

  static void check(RouterConfig config, List<ConfigProblem> problems) {
    for (InterfaceConfig port : config.interfaces()) {
      checkNames(config, port, problems);
      checkUnnumbered(config, port, problems);
      TunnelConfig tunnel = port.tunnel();
      if (tunnel != null && !port.shutdown()) {
        checkTunnel(config, port, tunnel, problems);
      }
      if (port.ipMtu().orElse(0) > port.mtu().orElse(65535)) {
        problems.add(
            ConfigProblem.error(
                port.section(),
                "ip mtu",
                "the IP MTU " + port.effectiveIpMtu() + " exceeds the interface's MTU"));
      }
    }
    checkOverlap(config.interfaces(), problems);
  }

  private static void checkNames(
      RouterConfig config, InterfaceConfig port, List<ConfigProblem> problems) {
    checkAccessGroup(config, port, port.accessGroupIn(), "in", problems);
    checkAccessGroup(config, port, port.accessGroupOut(), "out", problems);
    String map = port.cryptoMap();
    if (map != null && config.cryptoMap(map).isEmpty()) {
      problems.add(
          ConfigProblem.error(
              port.section(), "crypto map", "there is no crypto map '" + map + "'"));
    } else if (map != null && port.tunnel() != null) {
      problems.add(
          ConfigProblem.error(
              port.section(),
              "crypto map",
              "a crypto map belongs to the interface that the tunnel's packets leave by"));
    } else if (map != null && !port.hasAddress()) {
      problems.add(
          ConfigProblem.error(
              port.section(), "crypto map", "without an address no peer can be spoken to"));
    }
  }

  private static void checkAccessGroup(
      RouterConfig config,
      InterfaceConfig port,
      @Nullable String list,
      String direction,
      List<ConfigProblem> problems) {
    if (list != null && config.accessList(list).isEmpty()) {
      problems.add(
          ConfigProblem.error(
              port.section(),
              "ip access-group " + list + " " + direction,
              "there is no access list '" + list + "'"));
    }
  }

  private static void checkUnnumbered(
      RouterConfig config, InterfaceConfig port, List<ConfigProblem> problems) {
    IosInterfaceName lender = port.unnumbered();
    if (lender == null) {
      return;
    }
    Optional<InterfaceConfig> found = config.interfaceNamed(lender);
    if (found.isEmpty()) {
      unnumbered(port, lender + " is not configured", problems);
    } else if (lender.equals(port.name())
        || found.get().unnumbered() != null
        || found.get().addressNegotiated()) {
      unnumbered(port, lender + " has no address of its own to lend", problems);
    } else if (found.get().addresses().isEmpty()) {
      unnumbered(port, lender + " has no address", problems);
    }
  }

  private static void unnumbered(
      InterfaceConfig port, String message, List<ConfigProblem> problems) {
    problems.add(ConfigProblem.error(port.section(), "ip unnumbered", message));
  }

  private static void checkTunnel(
      RouterConfig config,
      InterfaceConfig port,
      TunnelConfig tunnel,
      List<ConfigProblem> problems) {
    Ipv4Address destination = tunnel.destination();
    if (destination == null) {
      problems.add(
          ConfigProblem.error(port.section(), "", port.name() + " has no tunnel destination"));
    }
    TunnelSource source = tunnel.source();
    if (source == null) {
      problems.add(ConfigProblem.error(port.section(), "", port.name() + " has no tunnel source"));
    } else if (source instanceof TunnelSource.OfInterface named) {
      checkTunnelSource(config, port, named.name(), problems);
    } else if (owner(config, source).isEmpty()) {
      problems.add(
          ConfigProblem.error(
              port.section(), "tunnel source", source + " is no address of this router"));
    }
    if (destination != null
        && config.interfaces().stream()
            .flatMap(other -> other.addresses().stream())
            .anyMatch(held -> held.address().equals(destination))) {
      problems.add(
          ConfigProblem.error(
              port.section(),
              "tunnel destination",
              destination + " is an address of this router itself"));
    }
    checkTunnelMtu(config, port, tunnel, problems);
  }

  private static void checkTunnelSource(
      RouterConfig config,
      InterfaceConfig port,
      IosInterfaceName source,
      List<ConfigProblem> problems) {
    Optional<InterfaceConfig> found = config.interfaceNamed(source);
    String message = null;
    if (found.isEmpty()) {
      message = source + " is not configured";
    } else if (source.equals(port.name())) {
      message = "a tunnel cannot be its own source";
    } else if (!found.get().hasAddress()) {
      message = source + " has no address";
    }
    if (message != null) {
      problems.add(ConfigProblem.error(port.section(), "tunnel source", message));
    }
  }

  /** The interface over which a tunnel's packets are taken to leave. */
  private static Optional<InterfaceConfig> owner(RouterConfig config, TunnelSource source) {
    if (source instanceof TunnelSource.OfInterface named) {
      return config.interfaceNamed(named.name());
    }
    return config.interfaces().stream()
        .filter(
            port ->
                port.addresses().stream()
                    .anyMatch(held -> held.address().toString().equals(source.toString())))
        .findFirst();
  }

  /**
   * Warns if the largest packet of a tunnel does not fit the MTU of the interface that is its
   * source once GRE, and ESP where the crypto map of that interface has the peer, are around it.
   */
  private static void checkTunnelMtu(
      RouterConfig config,
      InterfaceConfig port,
      TunnelConfig tunnel,
      List<ConfigProblem> problems) {
    TunnelSource source = tunnel.source();
    if (source == null || port.ipMtu().isEmpty()) {
      return;
    }
    Optional<InterfaceConfig> wan =
        owner(config, source).filter(o -> o.name().kind() != InterfaceKind.LOOPBACK);
    if (wan.isEmpty()) {
      return;
    }
    int inner = port.ipMtu().getAsInt();
    int header = tunnel.greHeaderLength();
    OptionalInt withEsp = protection(config, wan.get(), tunnel.destination(), inner, header);
    int outer = withEsp.orElse(20 + header + inner);
    int limit = config.ipMtuOf(wan.get());
    if (outer > limit) {
      problems.add(
          ConfigProblem.warning(
              port.section(),
              "ip mtu",
              "a packet of "
                  + inner
                  + " bytes becomes "
                  + outer
                  + (withEsp.isPresent() ? " with GRE and ESP" : " with GRE")
                  + ", but the MTU of "
                  + wan.get().name()
                  + " is "
                  + limit
                  + "; it will be fragmented"));
    }
  }

  /** The size of a packet of a tunnel once the crypto map has protected it, if it does. */
  private static OptionalInt protection(
      RouterConfig config,
      InterfaceConfig wan,
      @Nullable Ipv4Address destination,
      int inner,
      int greHeader) {
    String map = wan.cryptoMap();
    if (map == null || destination == null) {
      return OptionalInt.empty();
    }
    boolean forced = config.natTransparency().forced();
    return config.cryptoMap(map).stream()
        .flatMap(found -> found.entries().stream())
        .flatMap(entry -> config.resolve(entry).stream())
        .filter(entry -> entry.peers().contains(destination) || entry.admits(destination))
        .flatMapToInt(
            entry -> {
              int udp = forced && !(entry.keying() instanceof Keying.Manual) ? 8 : 0;
              return entry.transformSets().stream()
                  .flatMap(name -> config.transformSet(name).stream())
                  .mapToInt(set -> set.protectedGreLength(inner, greHeader) + udp);
            })
        .findFirst();
  }

  private static void checkOverlap(List<InterfaceConfig> interfaces, List<ConfigProblem> problems) {
    record Held(InterfaceConfig port, InterfaceAddress address) {}
    List<Held> seen = new ArrayList<>();
    for (InterfaceConfig port : interfaces) {
      for (InterfaceAddress address : port.addresses()) {
        for (Held other : seen) {
          Ipv4Prefix mine = address.prefix();
          Ipv4Prefix theirs = other.address.prefix();
          if (mine.contains(theirs) || theirs.contains(mine)) {
            boolean equal = address.address().equals(other.address.address());
            problems.add(
                ConfigProblem.error(
                    port.section(),
                    "ip address " + address.address(),
                    (equal ? "the address " + address : mine + " overlaps " + theirs)
                        + (equal ? " is also that of " : " of ")
                        + other.port.name()));
            break;
          }
        }
        seen.add(new Held(port, address));
      }
    }
  }
}
