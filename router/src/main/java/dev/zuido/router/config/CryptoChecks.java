package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Optional;

/** What must hold between crypto maps, keys, transform sets, policies and access lists. */
final class CryptoChecks {
  private static final String EXTENSION = "this line is an extension: IOS does not know it";

  private CryptoChecks() {}

  static void check(RouterConfig config, List<ConfigProblem> problems) {
    checkNatTransparency(config.natTransparency(), problems);
    if (config.ipsecDefaults().extendedSequenceNumbers()) {
      problems.add(ConfigProblem.warning("", "crypto ipsec security-association esn", EXTENSION));
    }
    for (TransformSet set : config.transformSets()) {
      if (set.cipher().isExtension() || set.integrity().isExtension()) {
        problems.add(
            ConfigProblem.warning(
                set.section(), "", "its algorithms are an extension: IOS does not know the words"));
      }
    }
    for (CryptoMap map : config.dynamicMaps()) {
      for (CryptoMapEntry entry : map.entries()) {
        checkTemplate(config, entry, problems);
      }
    }
    SessionKeyChecks sessionKeys = new SessionKeyChecks(config, problems);
    for (CryptoMap map : config.cryptoMaps()) {
      for (CryptoMapEntry entry : map.entries()) {
        if (entry.keying() instanceof Keying.Manual keys) {
          checkManual(config, entry, problems);
          sessionKeys.check(entry, keys);
        } else if (entry.keying() instanceof Keying.Dynamic dynamic) {
          checkReference(config, entry, dynamic, problems);
        } else {
          checkEntry(config, entry, problems);
        }
      }
    }
  }

  private static void checkNatTransparency(NatTransparency nat, List<ConfigProblem> problems) {
    String force = "crypto ipsec nat-transparency force";
    if (nat.forced() && nat.udpEncapsulation()) {
      problems.add(ConfigProblem.warning("", force, EXTENSION));
    } else if (nat.forced()) {
      problems.add(
          ConfigProblem.error(
              "", force, "encapsulation cannot be forced and turned off at the same time"));
    }
  }

  private static void checkReference(
      RouterConfig config,
      CryptoMapEntry entry,
      Keying.Dynamic dynamic,
      List<ConfigProblem> problems) {
    if (config.dynamicMap(dynamic.map()).isEmpty()) {
      problems.add(
          ConfigProblem.error(
              entry.section(), "", "there is no dynamic map '" + dynamic.map() + "'"));
    }
  }

  private static void checkEntry(
      RouterConfig config, CryptoMapEntry entry, List<ConfigProblem> problems) {
    checkPeer(entry, problems);
    checkKeys(config, entry, problems);
    if (!entry.peers().isEmpty()) {
      checkPolicies(config, entry, problems);
    }
    checkTransformSets(config, entry, problems);
    checkNegotiable(config, entry, problems);
    requireAccessList(entry, problems);
    checkAccessList(config, entry, problems);
  }

  /** IKEv1's registries have not grown with ESP's algorithms. */
  private static void checkNegotiable(
      RouterConfig config, CryptoMapEntry entry, List<ConfigProblem> problems) {
    for (String name : entry.transformSets()) {
      config
          .transformSet(name)
          .filter(set -> !set.isNegotiable())
          .ifPresent(
              set ->
                  problems.add(
                      ConfigProblem.error(
                          entry.section(),
                          "set transform-set",
                          "IKEv1 has no number for "
                              + set.unnegotiable()
                              + " (RFC 2407 sections 4.4.4 and 4.5), so that transform set '"
                              + name
                              + "' needs session keys (ipsec-manual)")));
    }
  }

  /** An entry with session keys, which {@link SessionKeyChecks} judges. */
  private static void checkManual(
      RouterConfig config, CryptoMapEntry entry, List<ConfigProblem> problems) {
    checkPeer(entry, problems);
    checkTransformSets(config, entry, problems);
    requireAccessList(entry, problems);
    checkAccessList(config, entry, problems);
  }

  private static void checkPeer(CryptoMapEntry entry, List<ConfigProblem> problems) {
    if (entry.peers().isEmpty()) {
      problems.add(
          ConfigProblem.error(entry.section(), "", entry.section() + " has no 'set peer'"));
    }
    if (entry.peers().size() > 1) {
      problems.add(
          ConfigProblem.error(
              entry.section(),
              "set peer " + entry.peers().get(1),
              "an entry has one peer here; there is no falling back to a second"));
    }
  }

  private static void requireAccessList(CryptoMapEntry entry, List<ConfigProblem> problems) {
    if (entry.accessList() == null) {
      problems.add(
          ConfigProblem.error(entry.section(), "", entry.section() + " has no 'match address'"));
    }
  }

  /** An entry of a dynamic map: a peer and an access list may be given. */
  private static void checkTemplate(
      RouterConfig config, CryptoMapEntry entry, List<ConfigProblem> problems) {
    checkKeys(config, entry, problems);
    if (entry.peers().isEmpty() && !config.admitsStrangers()) {
      problems.add(
          ConfigProblem.error(
              entry.section(), "", "there is no 'crypto isakmp key' that a peer could know"));
    }
    checkPolicies(config, entry, problems);
    checkTransformSets(config, entry, problems);
    checkNegotiable(config, entry, problems);
    if (entry.accessList() == null) {
      problems.add(
          ConfigProblem.warning(
              entry.section(),
              "",
              "without 'match address' what a peer asks for is protected while it is there, and"
                  + " leaves in the clear when it is gone"));
    }
    checkAccessList(config, entry, problems);
  }

  private static void checkKeys(
      RouterConfig config, CryptoMapEntry entry, List<ConfigProblem> problems) {
    for (Ipv4Address peer : entry.peers()) {
      if (!config.knowsKeyFor(peer)) {
        problems.add(
            ConfigProblem.error(
                entry.section(),
                "set peer " + peer,
                "there is no 'crypto isakmp key' for the peer " + peer));
      }
    }
  }

  private static void checkPolicies(
      RouterConfig config, CryptoMapEntry entry, List<ConfigProblem> problems) {
    if (config.isakmpPolicies().isEmpty()) {
      problems.add(ConfigProblem.error(entry.section(), "", "there is no 'crypto isakmp policy'"));
    }
  }

  private static void checkTransformSets(
      RouterConfig config, CryptoMapEntry entry, List<ConfigProblem> problems) {
    if (entry.transformSets().isEmpty()) {
      problems.add(
          ConfigProblem.error(
              entry.section(), "", entry.section() + " has no 'set transform-set'"));
    }
    for (String name : entry.transformSets()) {
      if (config.transformSet(name).isEmpty()) {
        problems.add(
            ConfigProblem.error(
                entry.section(), "set transform-set", "there is no transform set '" + name + "'"));
      }
    }
    long modes =
        entry.transformSets().stream()
            .flatMap(name -> config.transformSet(name).stream())
            .map(TransformSet::mode)
            .distinct()
            .count();
    if (modes > 1) {
      problems.add(
          ConfigProblem.error(
              entry.section(), "set transform-set", "the transform sets differ in their modes"));
    }
  }

  private static void checkAccessList(
      RouterConfig config, CryptoMapEntry entry, List<ConfigProblem> problems) {
    String name = entry.accessList();
    if (name == null) {
      return;
    }
    Optional<AccessList> list = config.accessList(name);
    if (list.isEmpty()) {
      problems.add(matchAddress(entry, "there is no access list '" + name + "'"));
    } else if (list.get().kind() != AccessList.Kind.EXTENDED) {
      problems.add(matchAddress(entry, "access list '" + name + "' is not an extended one"));
    } else if (list.get().rules().stream().noneMatch(AccessRule::permit)) {
      problems.add(matchAddress(entry, "access list '" + name + "' permits nothing"));
    } else {
      boolean last = isLast(config, entry);
      for (AccessRule rule : list.get().rules()) {
        checkRule(entry, rule, last, problems);
      }
    }
  }

  /** A rule becomes a security policy, and if it permits the identities of a quick mode. */
  private static void checkRule(
      CryptoMapEntry entry, AccessRule rule, boolean last, List<ConfigProblem> problems) {
    String quoted = "'" + rule + "' of access list '" + entry.accessList() + "' ";
    String carrier =
        entry.keying() instanceof Keying.Manual ? "no security policy" : "no quick-mode identity";
    if (rule.source().prefix().isEmpty() || rule.destination().prefix().isEmpty()) {
      problems.add(matchAddress(entry, quoted + "has a wildcard that " + carrier + " can carry"));
    }
    if (!oneOrAll(rule.sourcePorts()) || !oneOrAll(rule.destinationPorts())) {
      problems.add(matchAddress(entry, quoted + "has ports that " + carrier + " can carry"));
    }
    if (rule.established() || rule.fragments() || rule.icmpType().isPresent()) {
      problems.add(matchAddress(entry, quoted + "asks for what no security policy can say"));
    }
    if (!rule.permit() && !last) {
      problems.add(
          matchAddress(entry, quoted + "denies, which only the last entry of a crypto map may do"));
    }
  }

  /** Whether an entry stands behind all others of every crypto map that it takes part in. */
  private static boolean isLast(RouterConfig config, CryptoMapEntry entry) {
    return config.cryptoMaps().stream()
        .map(map -> map.entries().stream().flatMap(each -> config.resolve(each).stream()).toList())
        .filter(resolved -> resolved.contains(entry))
        .allMatch(resolved -> resolved.indexOf(entry) == resolved.size() - 1);
  }

  private static boolean oneOrAll(PortMatch ports) {
    return ports.operator() == PortMatch.Operator.ANY || ports.operator() == PortMatch.Operator.EQ;
  }

  private static ConfigProblem matchAddress(CryptoMapEntry entry, String message) {
    return ConfigProblem.error(entry.section(), "match address", message);
  }
}
