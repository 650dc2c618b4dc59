package dev.zuido.router;

import dev.zuido.esp.AddressRange;
import dev.zuido.esp.PolicyAction;
import dev.zuido.esp.PortRange;
import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.ike.ChildConfig;
import dev.zuido.ike.PeerConfig;
import dev.zuido.router.config.AccessList;
import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.AddressMatch;
import dev.zuido.router.config.CryptoMap;
import dev.zuido.router.config.CryptoMapEntry;
import dev.zuido.router.config.IpsecHandling;
import dev.zuido.router.config.IsakmpNameKey;
import dev.zuido.router.config.IsakmpOptions;
import dev.zuido.router.config.Keying;
import dev.zuido.router.config.PortMatch;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a crypto map means to the IPsec boundary of its interface, and which children IKE has to
 * negotiate for it: each permitting rule of an entry's access list is one policy and one child.
 *
 * <p>A permitting rule of a dynamic map's entry is the bounds of what peers may negotiate; what it
 * matches and no peer has negotiated is dropped. An entry without an access list lets a peer ask
 * for anything.
 */
final class CryptoMapping {
  private static final int[] IKE_PORTS = {500, 4500};

  private final RouterConfig config;
  private final SecurityAssociationDatabase associations;
  private final IntPredicate isLocalAddress;
  private final PeerMapping peers;

  /** Without certificates. */
  CryptoMapping(
      RouterConfig config, SecurityAssociationDatabase associations, IntPredicate isLocalAddress) {
    this(config, associations, isLocalAddress, new PeerMapping(config, CertificateFiles.NONE));
  }

  CryptoMapping(
      RouterConfig config,
      SecurityAssociationDatabase associations,
      IntPredicate isLocalAddress,
      PeerMapping peers) {
    this.config = config;
    this.peers = peers;
    this.associations = associations;
    this.isLocalAddress = isLocalAddress;
  }

  /**
   * Puts a crypto map to work.
   *
   * @param local the address of its interface
   * @param handling what becomes of packets that are too long
   * @param childrenByPeer the children that it needs are added here
   */
  CryptoPolicy policy(
      CryptoMap map,
      Ipv4Address local,
      IpsecHandling handling,
      Map<Ipv4Address, List<ChildConfig>> childrenByPeer) {
    List<NegotiatedPolicies.Place> places = new ArrayList<>(ikeBypasses(map, local));
    Map<String, CryptoPolicy.ChildName> names = new LinkedHashMap<>();
    Map<Integer, SecurityPolicy> manual = new LinkedHashMap<>();
    for (CryptoMapEntry entry : map.entries()) {
      if (entry.keying() instanceof Keying.Dynamic) {
        addTemplates(map, entry, places);
      } else {
        addEntry(map, entry, places, names, manual, childrenByPeer);
      }
    }
    return new CryptoPolicy(
        map.name(),
        local,
        handling,
        new NegotiatedPolicies(local, places),
        names,
        manual,
        associations,
        isLocalAddress);
  }

  private void addEntry(
      CryptoMap map,
      CryptoMapEntry entry,
      List<NegotiatedPolicies.Place> places,
      Map<String, CryptoPolicy.ChildName> names,
      Map<Integer, SecurityPolicy> manual,
      Map<Ipv4Address, List<ChildConfig>> childrenByPeer) {
    Ipv4Address peer = onlyPeer(entry);
    for (AccessRule rule : requiredAccessList(entry).rules()) {
      String name = map.name() + " " + entry.sequence() + " " + rule.sequence();
      TrafficSelector selector = selector(entry, rule);
      if (!rule.permit()) {
        places.add(bypass(map, entry, rule, name));
        continue;
      }
      SecurityPolicy policy = new SecurityPolicy(name, selector, PolicyAction.PROTECT);
      places.add(new NegotiatedPolicies.Fixed(policy));
      if (entry.keying() instanceof Keying.Manual) {
        manual.put(entry.sequence(), policy);
        continue;
      }
      names.put(name, new CryptoPolicy.ChildName(peer.toString(), name));
      childrenByPeer
          .computeIfAbsent(peer, p -> new ArrayList<>())
          .add(IkeMapping.child(config, entry, rule, name));
    }
  }

  /** The entries of a dynamic map, in the place of the entry that stands for them. */
  private void addTemplates(
      CryptoMap map, CryptoMapEntry reference, List<NegotiatedPolicies.Place> places) {
    for (CryptoMapEntry entry : templates(reference)) {
      if (entry.accessList() == null) {
        places.add(
            new NegotiatedPolicies.Template(
                templateName(map, reference, entry, null), TrafficSelector.ANY, null));
        continue;
      }
      for (AccessRule rule : requiredAccessList(entry).rules()) {
        String name = templateName(map, reference, entry, rule);
        if (!rule.permit()) {
          places.add(bypass(map, entry, rule, name));
          continue;
        }
        TrafficSelector bounds = selector(entry, rule);
        places.add(
            new NegotiatedPolicies.Template(
                name, bounds, new SecurityPolicy(name, bounds, PolicyAction.PROTECT)));
      }
    }
  }

  /**
   * The peers that may call because an entry of the map stands for a dynamic map: one for each key,
   * so that the key of the longest prefix holds, for each peer that is named, and where signatures
   * are taken for anybody.
   *
   * @param local the address of the map's interface
   * @param known peers with entries of their own, which cannot be peers of a dynamic map as well
   */
  List<PeerConfig> callers(CryptoMap map, Ipv4Address local, Set<Ipv4Address> known) {
    TreeSet<Ipv4Prefix> prefixes = new TreeSet<>();
    for (CryptoMapEntry entry : resolvedTemplates(map)) {
      entry.peers().forEach(peer -> prefixes.add(Ipv4Prefix.host(peer)));
      if (entry.peers().isEmpty()) {
        config.isakmpKeys().forEach(key -> prefixes.add(key.peers()));
        if (config.takesSignatures()) {
          prefixes.add(Ipv4Prefix.DEFAULT);
        }
      }
    }
    List<PeerConfig> callers = new ArrayList<>();
    for (Ipv4Prefix prefix : prefixes) {
      List<ChildConfig> children = callersChildren(map, local, prefix);
      boolean taken = prefix.length() == 32 && known.contains(prefix.address());
      if (!children.isEmpty() && !taken) {
        String name = map.name() + " " + local + " " + prefix;
        callers.add(peers.peer(name, local, prefix, children));
      }
    }
    addNamed(map, local, callers);
    return callers;
  }

  /** In aggressive mode a caller's name chooses the key. */
  private void addNamed(CryptoMap map, Ipv4Address local, List<PeerConfig> callers) {
    List<ChildConfig> children = callersChildren(map, local, Ipv4Prefix.DEFAULT);
    boolean accepted =
        config.isakmpOptions().aggressiveMode() == IsakmpOptions.AggressiveMode.ACCEPTED;
    if (children.isEmpty() || !accepted) {
      return;
    }
    for (IsakmpNameKey key : config.isakmpNameKeys()) {
      String name = map.name() + " " + local + " " + key.hostname();
      callers.add(peers.named(name, local, key, children));
    }
  }

  private List<ChildConfig> callersChildren(CryptoMap map, Ipv4Address local, Ipv4Prefix prefix) {
    List<ChildConfig> children = new ArrayList<>();
    boolean host = prefix.length() == 32;
    for (CryptoMapEntry reference : map.entries()) {
      for (CryptoMapEntry entry : templates(reference)) {
        boolean admitted = entry.peers().isEmpty() || (host && entry.admits(prefix.address()));
        if (!admitted) {
          continue;
        }
        if (entry.accessList() == null) {
          String name = templateName(map, reference, entry, null);
          children.add(IkeMapping.child(config, entry, null, name));
          continue;
        }
        for (AccessRule rule : requiredAccessList(entry).rules()) {
          if (rule.permit()) {
            String name = templateName(map, reference, entry, rule);
            children.add(IkeMapping.child(config, entry, rule, name));
          }
        }
      }
    }
    return host
        ? children.stream().map(child -> IkeMapping.toHost(child, local, prefix)).toList()
        : children;
  }

  private List<CryptoMapEntry> resolvedTemplates(CryptoMap map) {
    return map.entries().stream().flatMap(entry -> templates(entry).stream()).toList();
  }

  private List<CryptoMapEntry> templates(CryptoMapEntry reference) {
    return reference.keying() instanceof Keying.Dynamic ? config.resolve(reference) : List.of();
  }

  private static String templateName(
      CryptoMap map, CryptoMapEntry reference, CryptoMapEntry entry, @Nullable AccessRule rule) {
    return map.name()
        + " "
        + reference.sequence()
        + " "
        + entry.mapName()
        + " "
        + entry.sequence()
        + (rule == null ? "" : " " + rule.sequence());
  }

  /**
   * A denied packet is looked for in the entries behind; a flat list can say that of the last only.
   */
  private NegotiatedPolicies.Place bypass(
      CryptoMap map, CryptoMapEntry entry, AccessRule rule, String name) {
    List<CryptoMapEntry> all =
        map.entries().stream().flatMap(each -> config.resolve(each).stream()).toList();
    if (all.indexOf(entry) != all.size() - 1) {
      throw new UnsupportedConfigurationException(
          entry.section(), "'" + rule + "' is a deny before another entry of the map");
    }
    return new NegotiatedPolicies.Fixed(
        new SecurityPolicy(name, selector(entry, rule), PolicyAction.BYPASS));
  }

  /** IKE itself is never protected, whatever the access lists say. */
  private List<NegotiatedPolicies.Place> ikeBypasses(CryptoMap map, Ipv4Address local) {
    Map<String, AddressRange> peers = new LinkedHashMap<>();
    for (CryptoMapEntry entry : map.entries()) {
      if (!(entry.keying() instanceof Keying.Manual)) {
        entry.peers().forEach(peer -> peers.put(peer.toString(), AddressRange.host(peer)));
      }
      if (!templates(entry).isEmpty()) {
        peers.put("any", AddressRange.ANY);
      }
    }
    List<NegotiatedPolicies.Place> places = new ArrayList<>();
    peers.forEach(
        (name, range) -> {
          for (int port : IKE_PORTS) {
            TrafficSelector selector =
                new TrafficSelector(
                    AddressRange.host(local),
                    range,
                    IpProtocol.UDP,
                    PortRange.of(port),
                    PortRange.ANY);
            places.add(
                new NegotiatedPolicies.Fixed(
                    new SecurityPolicy("ike " + name + " " + port, selector, PolicyAction.BYPASS)));
          }
        });
    return places;
  }

  /** The peer of an entry, which has just one. */
  static Ipv4Address onlyPeer(CryptoMapEntry entry) {
    if (entry.peers().size() != 1) {
      throw new UnsupportedConfigurationException(
          entry.section(), "it has " + entry.peers().size() + " peers, and needs just one");
    }
    return entry.peers().get(0);
  }

  private AccessList requiredAccessList(CryptoMapEntry entry) {
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
