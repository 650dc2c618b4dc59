package dev.zuido.host;

import dev.zuido.router.IkeDiagnostics;
import dev.zuido.router.PppDiagnostics;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.InterfaceKind;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.RouterConfig;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a router on a host is made from.
 *
 * @param config its configuration
 * @param lans of interfaces of the configuration, the kernel's interface: links on which OSPF may
 *     run, and no tunnel
 * @param wans the same for links on which GRE, ESP and ISAKMP come and go as well. An interface
 *     with {@code pppoe enable} whose pool a Dialer uses is the Ethernet of that Dialer's PPPoE
 *     session; a Dialer that is named itself has IP packets on its link, with nothing around them
 * @param tunnels names for TUN devices; a tunnel interface, or a Dialer with a PPPoE session, that
 *     is not named here gets its own name in small letters, "tunnel1"
 * @param control where the control socket is made
 * @param state the folder for what has to survive a restart
 * @param tuning how packets are moved
 * @param folder where the relative paths of files start that the configuration names
 * @param ikeDiagnostics what is told of the key exchange
 * @param pppDiagnostics what is told of PPPoE sessions
 */
public record HostSetup(
    RouterConfig config,
    Map<IosInterfaceName, String> lans,
    Map<IosInterfaceName, String> wans,
    Map<IosInterfaceName, String> tunnels,
    Path control,
    Path state,
    HostTuning tuning,
    Path folder,
    IkeDiagnostics ikeDiagnostics,
    PppDiagnostics pppDiagnostics) {
  /** Where the control socket is unless chosen otherwise. */
  public static final Path DEFAULT_CONTROL = Path.of("/run/zuido/control");

  /** The folder for what has to survive a restart unless chosen otherwise. */
  public static final Path DEFAULT_STATE = Path.of("/var/lib/zuido");

  /** With the defaults of the rest; paths start in the working folder. */
  public HostSetup(
      RouterConfig config,
      Map<IosInterfaceName, String> lans,
      Map<IosInterfaceName, String> wans,
      Map<IosInterfaceName, String> tunnels,
      Path control,
      Path state) {
    this(config, lans, wans, tunnels, control, state, HostTuning.DEFAULT, Path.of(""));
  }

  /** With {@link IkeDiagnostics#NONE} and {@link PppDiagnostics#NONE}. */
  public HostSetup(
      RouterConfig config,
      Map<IosInterfaceName, String> lans,
      Map<IosInterfaceName, String> wans,
      Map<IosInterfaceName, String> tunnels,
      Path control,
      Path state,
      HostTuning tuning,
      Path folder) {
    this(
        config,
        lans,
        wans,
        tunnels,
        control,
        state,
        tuning,
        folder,
        IkeDiagnostics.NONE,
        PppDiagnostics.NONE);
  }

  /** The same with other diagnostics of the key exchange. */
  public HostSetup withIkeDiagnostics(IkeDiagnostics diagnostics) {
    return new HostSetup(
        config, lans, wans, tunnels, control, state, tuning, folder, diagnostics, pppDiagnostics);
  }

  /** The same with other diagnostics of PPPoE sessions. */
  public HostSetup withPppDiagnostics(PppDiagnostics diagnostics) {
    return new HostSetup(
        config, lans, wans, tunnels, control, state, tuning, folder, ikeDiagnostics, diagnostics);
  }

  /**
   * Checks that each name stands in the configuration and is of the right kind.
   *
   * @throws IllegalArgumentException if not, or if two of them share an interface of the kernel
   */
  public HostSetup {
    lans = Collections.unmodifiableMap(new LinkedHashMap<>(lans));
    wans = Collections.unmodifiableMap(new LinkedHashMap<>(wans));
    tunnels = Collections.unmodifiableMap(new LinkedHashMap<>(tunnels));
    Set<String> used = new HashSet<>();
    for (Map<IosInterfaceName, String> links : List.of(lans, wans)) {
      links.forEach((name, link) -> checkLink(config, name, link, used));
    }
    for (IosInterfaceName name : lans.keySet()) {
      if (wans.containsKey(name)) {
        throw new IllegalArgumentException(name + " is named as LAN and as WAN");
      }
    }
    for (IosInterfaceName name : lans.keySet()) {
      if (AccessLine.isClient(known(config, name))) {
        throw new IllegalArgumentException(name + " is for PPPoE, and that is for a WAN");
      }
    }
    List<AccessLine> lines = AccessLine.of(config, wans);
    tunnels.forEach(
        (name, device) -> {
          if (known(config, name).tunnel() == null && !dials(lines, name)) {
            throw new IllegalArgumentException(name + " is no tunnel interface");
          }
        });
  }

  private static boolean dials(List<AccessLine> lines, IosInterfaceName name) {
    return lines.stream().anyMatch(line -> line.dialer().equals(name));
  }

  private static void checkLink(
      RouterConfig config, IosInterfaceName name, String link, Set<String> used) {
    InterfaceConfig found = known(config, name);
    if (found.tunnel() != null || name.kind() == InterfaceKind.LOOPBACK) {
      throw new IllegalArgumentException(name + " has no link of the kernel's");
    }
    if (link.isEmpty() || !used.add(link)) {
      throw new IllegalArgumentException(
          name + " needs an interface of the kernel for itself, not '" + link + "'");
    }
  }

  private static InterfaceConfig known(RouterConfig config, IosInterfaceName name) {
    return config
        .interfaceNamed(name)
        .orElseThrow(
            () -> new IllegalArgumentException(name + " does not stand in the configuration"));
  }

  /**
   * The chains of the nftables table that the router puts on its host: what stands between the
   * braces of {@code table ip zuido_… { }}. They hold the access lists of the links against the
   * kernel's own stack, and keep what a crypto map protects from leaving or entering in the clear.
   */
  public String firewallRules() {
    return FirewallRules.of(config, links(), wans.keySet(), closedLinks());
  }

  /** The Ethernets of PPPoE sessions. */
  List<AccessLine> accessLines() {
    return AccessLine.of(config, wans);
  }

  /** Whether an interface is a Dialer with a PPPoE session over one of the links. */
  boolean dials(IosInterfaceName name) {
    return dials(accessLines(), name);
  }

  /** The Ethernets on which the kernel has no business but the session's frames. */
  Set<IosInterfaceName> closedLinks() {
    Set<IosInterfaceName> closed = new LinkedHashSet<>();
    accessLines().forEach(line -> closed.add(line.physical()));
    return closed;
  }

  /** The kernel's interfaces by name, LANs first. */
  Map<IosInterfaceName, String> links() {
    Map<IosInterfaceName, String> all = new LinkedHashMap<>(lans);
    all.putAll(wans);
    return all;
  }

  /** The name of the TUN device of a tunnel or Dialer interface. */
  String deviceOf(IosInterfaceName name) {
    String chosen = tunnels.get(name);
    return chosen == null ? name.toString().toLowerCase(Locale.ROOT) : chosen;
  }
}
