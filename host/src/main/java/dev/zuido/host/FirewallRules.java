package dev.zuido.host;

import dev.zuido.router.config.AccessList;
import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.AddressMatch;
import dev.zuido.router.config.CryptoMap;
import dev.zuido.router.config.CryptoMapEntry;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.PortMatch;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.wire.IpProtocol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a configuration has to hold against the kernel's own stack, as a table of nftables.
 *
 * <ul>
 *   <li>The inbound access list of a link: for what comes to the host and for what it forwards.
 *       GRE, ESP, ISAKMP and OSPF pass here, since the router itself puts them to the list, before
 *       and after decryption.
 *   <li>The outbound access list of a link: for what the host forwards, as on IOS not for what it
 *       sends itself.
 *   <li>What a crypto map protects neither leaves nor enters by its link in the clear, whoever
 *       sends it. ESP and the router's ISAKMP ports are let by here.
 *   <li>The Ethernet of a PPPoE session that has no address itself is closed to IP: the kernel
 *       neither takes nor sends a packet there, or who sits beside the concentrator could walk
 *       around the access list and the crypto map of the Dialer.
 * </ul>
 *
 * <p>A fragment behind the first is judged as {@link dev.zuido.router.forwarding.AccessFilter} does
 * it. Tunnel interfaces and Dialers with a session are not the table's concern: their packets all
 * pass the router.
 */
final class FirewallRules {
  private static final String LATER_FRAGMENT = "ip frag-off & 0x1fff != 0";

  private final RouterConfig config;
  private final Map<IosInterfaceName, String> links;
  private final Set<IosInterfaceName> tunnels;
  private final Set<IosInterfaceName> closed;
  private final StringBuilder text = new StringBuilder();

  private FirewallRules(
      RouterConfig config,
      Map<IosInterfaceName, String> links,
      Set<IosInterfaceName> tunnels,
      Set<IosInterfaceName> closed) {
    this.config = config;
    this.links = links;
    this.tunnels = tunnels;
    this.closed = closed;
  }

  /** The chains of a table without closed links. */
  static String of(
      RouterConfig config, Map<IosInterfaceName, String> links, Set<IosInterfaceName> tunnels) {
    return of(config, links, tunnels, Set.of());
  }

  /**
   * The chains of the table, as nft reads them between the table's braces.
   *
   * @param links of interfaces of the configuration, the kernel's interface
   * @param tunnels those of them on which the router has GRE, ESP and ISAKMP
   * @param closed those of them on which there is no IP
   */
  static String of(
      RouterConfig config,
      Map<IosInterfaceName, String> links,
      Set<IosInterfaceName> tunnels,
      Set<IosInterfaceName> closed) {
    FirewallRules rules = new FirewallRules(config, links, tunnels, closed);
    rules.accessLists();
    rules.cryptoMaps();
    rules.input();
    rules.forward();
    rules.leaving();
    return rules.text.toString();
  }

  private void accessLists() {
    Set<String> used = new LinkedHashSet<>();
    for (IosInterfaceName name : links.keySet()) {
      if (closed.contains(name)) {
        continue;
      }
      InterfaceConfig port = port(name);
      if (port.accessGroupIn() != null) {
        used.add(port.accessGroupIn());
      }
      if (port.accessGroupOut() != null) {
        used.add(port.accessGroupOut());
      }
    }
    List<String> names = new ArrayList<>(used);
    for (AccessList list : config.accessLists()) {
      if (names.contains(list.name())) {
        begin(chainOf(list.name()));
        for (AccessRule rule : list.rules()) {
          for (String match : matches(rule, false)) {
            row(match + " counter " + (rule.permit() ? "return" : "drop"));
          }
        }
        row("counter drop");
        end();
      }
    }
  }

  /** Per link with a crypto map: what must not be seen in the clear, in both directions. */
  private void cryptoMaps() {
    for (Map.Entry<IosInterfaceName, String> link : links.entrySet()) {
      String mapName = port(link.getKey()).cryptoMap();
      if (mapName == null || closed.contains(link.getKey())) {
        continue;
      }
      CryptoMap map = config.cryptoMap(mapName).orElseThrow();
      for (boolean inbound : new boolean[] {false, true}) {
        begin(clearChain(link.getValue(), inbound));
        String ours =
            (inbound ? "ip daddr " : "ip saddr ") + config.addressOf(link.getKey()).orElseThrow();
        row(ours + " ip protocol esp return");
        row(ours + (inbound ? " udp dport" : " udp sport") + " { 500, 4500 } return");
        row(ours + " ip protocol udp " + LATER_FRAGMENT + " return");
        for (CryptoMapEntry entry : map.entries()) {
          config.resolve(entry).forEach(each -> protectedBy(each, inbound));
        }
        end();
      }
    }
  }

  private void protectedBy(CryptoMapEntry entry, boolean inbound) {
    String name = entry.accessList();
    if (name == null) {
      return;
    }
    AccessList list = config.accessList(name).orElseThrow();
    for (AccessRule rule : list.rules()) {
      for (String match : matches(rule, inbound)) {
        row(match + " counter " + (rule.permit() ? "drop" : "return"));
      }
    }
  }

  private void input() {
    begin("input");
    row("type filter hook input priority filter; policy accept;");
    for (Map.Entry<IosInterfaceName, String> link : links.entrySet()) {
      InterfaceConfig port = port(link.getKey());
      String from = "iifname \"" + link.getValue() + "\" ";
      if (closed.contains(link.getKey())) {
        row(from + "counter drop");
        continue;
      }
      if (tunnels.contains(link.getKey())) {
        row(from + "ip protocol { gre, esp } accept");
        row(from + "udp dport { 500, 4500 } accept");
      }
      if (HostDevices.runsOspf(config, link.getKey())) {
        row(from + "ip protocol ospf accept");
      }
      inbound(link.getValue(), port, from);
    }
    end();
  }

  private void forward() {
    begin("forward");
    row("type filter hook forward priority filter; policy accept;");
    for (Map.Entry<IosInterfaceName, String> link : links.entrySet()) {
      if (closed.contains(link.getKey())) {
        row("iifname \"" + link.getValue() + "\" counter drop");
        row("oifname \"" + link.getValue() + "\" counter drop");
        continue;
      }
      InterfaceConfig port = port(link.getKey());
      inbound(link.getValue(), port, "iifname \"" + link.getValue() + "\" ");
      if (port.accessGroupOut() != null) {
        row("oifname \"" + link.getValue() + "\" jump " + chainOf(port.accessGroupOut()));
      }
    }
    end();
  }

  private void inbound(String link, InterfaceConfig port, String from) {
    if (port.cryptoMap() != null) {
      row(from + "jump " + clearChain(link, true));
    }
    if (port.accessGroupIn() != null) {
      row(from + "jump " + chainOf(port.accessGroupIn()));
    }
  }

  private void leaving() {
    begin("leaving");
    row("type filter hook postrouting priority filter; policy accept;");
    for (Map.Entry<IosInterfaceName, String> link : links.entrySet()) {
      if (closed.contains(link.getKey())) {
        row("oifname \"" + link.getValue() + "\" counter drop");
      } else if (port(link.getKey()).cryptoMap() != null) {
        row("oifname \"" + link.getValue() + "\" jump " + clearChain(link.getValue(), false));
      }
    }
    end();
  }

  private InterfaceConfig port(IosInterfaceName name) {
    return config.interfaceNamed(name).orElseThrow();
  }

  private static String chainOf(String accessList) {
    return "list_" + identifier(accessList);
  }

  private static String clearChain(String link, boolean inbound) {
    return (inbound ? "clear_in_" : "clear_out_") + identifier(link);
  }

  /** Names of lists and links have characters that nft's identifiers have not. */
  static String identifier(String name) {
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      made.append(plain ? String.valueOf(c) : "_" + Integer.toHexString(c) + "_");
    }
    return made.toString();
  }

  /**
   * The matches that stand for a rule, of which one has to hold.
   *
   * @param mirrored whether source and destination change places
   */
  private static List<String> matches(AccessRule rule, boolean mirrored) {
    List<String> parts = new ArrayList<>();
    address(parts, mirrored ? "daddr" : "saddr", rule.source());
    address(parts, mirrored ? "saddr" : "daddr", rule.destination());
    rule.protocol().ifPresent(number -> parts.add("ip protocol " + number));
    String network = String.join(" ", parts);
    if (rule.fragments()) {
      return List.of(join(network, LATER_FRAGMENT));
    }
    List<String> transport = transport(rule, mirrored);
    if (transport.isEmpty()) {
      return List.of(network);
    }
    List<String> matches = new ArrayList<>();
    matches.add(join(network, String.join(" ", transport)));
    if (rule.permit()) {
      matches.add(join(network, LATER_FRAGMENT));
    }
    return matches;
  }

  private static List<String> transport(AccessRule rule, boolean mirrored) {
    List<String> parts = new ArrayList<>();
    String protocol = rule.protocol().orElse(-1) == IpProtocol.TCP ? "tcp" : "udp";
    ports(parts, protocol + (mirrored ? " dport" : " sport"), rule.sourcePorts());
    ports(parts, protocol + (mirrored ? " sport" : " dport"), rule.destinationPorts());
    rule.icmpType().ifPresent(type -> parts.add("icmp type " + type));
    rule.icmpCode().ifPresent(code -> parts.add("icmp code " + code));
    if (rule.established()) {
      parts.add("tcp flags & (ack | rst) != 0");
    }
    return parts;
  }

  private static void address(List<String> parts, String field, AddressMatch match) {
    if (match.isAny()) {
      return;
    }
    parts.add(
        match
            .prefix()
            .map(prefix -> "ip " + field + " " + prefix)
            .orElseGet(
                () ->
                    "ip "
                        + field
                        + " & "
                        + new dev.zuido.wire.Ipv4Address(~match.wildcard().value())
                        + " == "
                        + match.address()));
  }

  private static void ports(List<String> parts, String field, PortMatch match) {
    switch (match.operator()) {
      case ANY -> {}
      case EQ -> parts.add(field + " " + match.first());
      case NEQ -> parts.add(field + " != " + match.first());
      case LT -> parts.add(field + " < " + match.first());
      case GT -> parts.add(field + " > " + match.first());
      case RANGE -> parts.add(field + " " + match.first() + "-" + match.last());
    }
  }

  private static String join(String first, String second) {
    return first.isEmpty() ? second : first + " " + second;
  }

  private void begin(String chain) {
    text.append("  chain ").append(chain).append(" {\n");
  }

  private void row(String rule) {
    text.append("    ").append(rule.strip()).append('\n');
  }

  private void end() {
    text.append("  }\n");
  }
}
