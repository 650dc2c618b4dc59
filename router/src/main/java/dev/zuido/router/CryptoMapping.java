package dev.zuido.router;

import dev.zuido.esp.AddressRange;
import dev.zuido.esp.IpsecBoundary;
import dev.zuido.esp.PolicyAction;
import dev.zuido.esp.PortRange;
import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.esp.SecurityPolicyDatabase;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.ike.ChildConfig;
import dev.zuido.router.config.AccessList;
import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.AddressMatch;
import dev.zuido.router.config.CryptoMap;
import dev.zuido.router.config.CryptoMapEntry;
import dev.zuido.router.config.PortMatch;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * What a crypto map means to the IPsec boundary of its interface, and which children IKE has to
 * negotiate for it: each permitting rule of an entry's access list is one policy and one child.
 */
final class CryptoMapping {
  private static final int[] IKE_PORTS = {500, 4500};

  private final RouterConfig config;
  private final SecurityAssociationDatabase associations;
  private final IntPredicate isLocalAddress;

  CryptoMapping(
      RouterConfig config, SecurityAssociationDatabase associations, IntPredicate isLocalAddress) {
    this.config = config;
    this.associations = associations;
    this.isLocalAddress = isLocalAddress;
  }

  /**
   * Puts a crypto map to work.
   *
   * @param local the address of its interface
   * @param childrenByPeer the children that it needs are added here
   */
  CryptoPolicy policy(
      CryptoMap map, Ipv4Address local, Map<Ipv4Address, List<ChildConfig>> childrenByPeer) {
    List<SecurityPolicy> policies = new ArrayList<>();
    Map<String, CryptoPolicy.ChildName> names = new LinkedHashMap<>();
    for (CryptoMapEntry entry : map.entries()) {
      for (Ipv4Address peer : entry.peers()) {
        addIkeBypass(policies, local, peer);
      }
    }
    CryptoMapEntry last = map.entries().get(map.entries().size() - 1);
    for (CryptoMapEntry entry : map.entries()) {
      Ipv4Address peer = onlyPeer(entry);
      for (AccessRule rule : accessList(entry).rules()) {
        String name = map.name() + " " + entry.sequence() + " " + rule.sequence();
        TrafficSelector selector = selector(entry, rule);
        if (!rule.permit()) {
          // A denied packet is looked for in the entries behind; a flat list can say that of the
          // last only.
          if (entry.sequence() != last.sequence()) {
            throw new UnsupportedConfigurationException(
                entry.section(), "'" + rule + "' is a deny before another entry of the map");
          }
          policies.add(new SecurityPolicy(name, selector, PolicyAction.BYPASS));
          continue;
        }
        policies.add(new SecurityPolicy(name, selector, PolicyAction.PROTECT));
        names.put(name, new CryptoPolicy.ChildName(peer.toString(), name));
        childrenByPeer
            .computeIfAbsent(peer, p -> new ArrayList<>())
            .add(IkeMapping.child(config, entry, rule, name));
      }
    }
    SecurityPolicyDatabase database = new SecurityPolicyDatabase(policies, PolicyAction.BYPASS);
    return new CryptoPolicy(
        map.name(), new IpsecBoundary(database, associations, isLocalAddress), names);
  }

  /** IKE itself is never protected, whatever the access list says. */
  private static void addIkeBypass(
      List<SecurityPolicy> policies, Ipv4Address local, Ipv4Address peer) {
    for (int port : IKE_PORTS) {
      String name = "ike " + peer + " " + port;
      if (policies.stream().noneMatch(policy -> policy.name().equals(name))) {
        TrafficSelector selector =
            new TrafficSelector(
                AddressRange.host(local),
                AddressRange.host(peer),
                IpProtocol.UDP,
                PortRange.of(port),
                PortRange.ANY);
        policies.add(new SecurityPolicy(name, selector, PolicyAction.BYPASS));
      }
    }
  }

  private static Ipv4Address onlyPeer(CryptoMapEntry entry) {
    if (entry.peers().size() != 1) {
      throw new UnsupportedConfigurationException(
          entry.section(), "it has " + entry.peers().size() + " peers, and needs just one");
    }
    return entry.peers().get(0);
  }

  private AccessList accessList(CryptoMapEntry entry) {
    String name = entry.accessList();
    if (name == null) {
      throw new UnsupportedConfigurationException(entry.section(), "it matches no access list");
    }
    return config
        .accessList(name)
        .orElseThrow(
            () ->
                new UnsupportedConfigurationException(
                    entry.section(), "there is no access list " + name));
  }

  private static TrafficSelector selector(CryptoMapEntry entry, AccessRule rule) {
    if (rule.established() || rule.fragments() || rule.icmpType().isPresent()) {
      throw new UnsupportedConfigurationException(
          entry.section(), "'" + rule + "' asks for what a security policy cannot say");
    }
    return new TrafficSelector(
        range(entry, rule, rule.source()),
        range(entry, rule, rule.destination()),
        rule.protocol().orElse(TrafficSelector.ANY_PROTOCOL),
        ports(entry, rule, rule.sourcePorts()),
        ports(entry, rule, rule.destinationPorts()));
  }

  private static AddressRange range(CryptoMapEntry entry, AccessRule rule, AddressMatch match) {
    return match
        .prefix()
        .map(AddressRange::of)
        .orElseThrow(
            () ->
                new UnsupportedConfigurationException(
                    entry.section(), "the wildcard of '" + rule + "' is no prefix"));
  }

  private static PortRange ports(CryptoMapEntry entry, AccessRule rule, PortMatch match) {
    return switch (match.operator()) {
      case ANY -> PortRange.ANY;
      case EQ -> PortRange.of(match.first());
      default ->
          throw new UnsupportedConfigurationException(
              entry.section(), "IKE cannot say the ports of '" + rule + "'");
    };
  }
}
