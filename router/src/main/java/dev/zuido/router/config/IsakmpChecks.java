package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Objects;

/** What must hold between phase 1's policies, keys, peers, profiles and certificates. */
final class IsakmpChecks {
  private static final String EXTENSION = "this line is an extension: IOS does not know it";

  private final RouterConfig config;
  private final List<ConfigProblem> problems;

  private IsakmpChecks(RouterConfig config, List<ConfigProblem> problems) {
    this.config = config;
    this.problems = problems;
  }

  static void check(RouterConfig config, List<ConfigProblem> problems) {
    IsakmpChecks checks = new IsakmpChecks(config, problems);
    config.isakmpPolicies().forEach(checks::policy);
    checks.options(config.isakmpOptions());
    config.isakmpPeers().forEach(checks::peer);
    config.isakmpProfiles().forEach(checks::profile);
    config.trustpoints().forEach(checks::trustpoint);
    config.cryptoMaps().forEach(map -> map.entries().forEach(checks::entry));
    config.dynamicMaps().forEach(map -> map.entries().forEach(checks::entry));
  }

  private void policy(IsakmpPolicy policy) {
    if (policy.authentication() == IkeAuthentication.RSA_SIGNATURES
        && config.trustpointFor(null).isEmpty()) {
      problems.add(
          ConfigProblem.error(
              policy.section(),
              "",
              "without 'authentication pre-share' the policy means RSA signatures, and there is no"
                  + " 'crypto pki trustpoint' with 'certificate file', 'key file' and 'ca file'"));
    }
    if (DhGroups.isExtension(policy.group())) {
      problems.add(ConfigProblem.warning(policy.section(), "group", EXTENSION));
    }
  }

  private void options(IsakmpOptions options) {
    String line = "crypto isakmp identity " + options.identity().iosName();
    switch (options.identity()) {
      case ADDRESS -> {}
      case HOSTNAME -> requireName("", line);
      case DISTINGUISHED_NAME -> {
        if (config.trustpointFor(null).isEmpty()) {
          problems.add(ConfigProblem.error("", line, "there is no certificate with a name"));
        }
      }
      case KEY_ID -> problems.add(ConfigProblem.warning("", line, EXTENSION));
    }
    if (options.aggressiveMode() == IsakmpOptions.AggressiveMode.ACCEPTED) {
      problems.add(
          ConfigProblem.warning(
              "",
              "no crypto isakmp aggressive-mode disable",
              "aggressive mode shows identities in the clear, and with a pre-shared key gives"
                  + " everybody who asks what is needed to try out keys"));
    }
    if (options.fragmentation() == IsakmpOptions.Fragmentation.FORCED) {
      problems.add(ConfigProblem.warning("", "crypto isakmp fragmentation force", EXTENSION));
    }
  }

  private void requireName(String section, String command) {
    if (config.hostname() == null) {
      problems.add(ConfigProblem.error(section, command, "there is no 'hostname'"));
    }
  }

  private void peer(IsakmpPeer peer) {
    String line = "set aggressive-mode";
    if (!peer.initiatesAggressiveMode()) {
      problems.add(
          ConfigProblem.warning(
              peer.section(), "", "without 'set aggressive-mode' it does nothing"));
    } else if (config.isakmpOptions().aggressiveMode() == IsakmpOptions.AggressiveMode.DISABLED) {
      problems.add(disabled(peer.section(), line));
    }
  }

  private static ConfigProblem disabled(String section, String command) {
    return ConfigProblem.error(
        section, command, "'crypto isakmp aggressive-mode disable' forbids it");
  }

  private void profile(IsakmpProfile profile) {
    if (profile.match() == null) {
      problems.add(
          ConfigProblem.error(
              profile.section(), "", profile.section() + " has no 'match identity'"));
    }
    if (profile.match() instanceof IsakmpIdentity.DistinguishedName
        || profile.match() instanceof IsakmpIdentity.KeyId) {
      problems.add(ConfigProblem.warning(profile.section(), "match identity", EXTENSION));
    }
    IsakmpProfile.SelfIdentity self = profile.selfIdentity();
    if (self != null && self.kind() == IsakmpOptions.IdentityKind.HOSTNAME) {
      requireName(profile.section(), "self-identity");
    }
    if (profile.trustpoint() != null && config.trustpointFor(profile).isEmpty()) {
      problems.add(
          ConfigProblem.error(
              profile.section(),
              "ca trust-point",
              "there is no trustpoint '"
                  + profile.trustpoint()
                  + "' with 'certificate file', 'key file' and 'ca file'"));
    }
    if (profile.initiateAggressive()
        && config.isakmpOptions().aggressiveMode() == IsakmpOptions.AggressiveMode.DISABLED) {
      problems.add(disabled(profile.section(), "initiate mode"));
    }
  }

  private void trustpoint(Trustpoint point) {
    if (!point.isComplete()) {
      problems.add(
          ConfigProblem.warning(
              point.section(),
              "",
              "it is not used: it needs 'certificate file', 'key file' and 'ca file'"));
    }
    for (String line : List.of("certificate file", "key file", "ca file")) {
      String path =
          switch (line) {
            case "certificate file" -> point.certificateFile();
            case "key file" -> point.keyFile();
            default -> point.caFile();
          };
      if (path != null) {
        problems.add(ConfigProblem.warning(point.section(), line, EXTENSION));
      }
    }
  }

  private void entry(CryptoMapEntry entry) {
    entry
        .pfsGroup()
        .ifPresent(
            group -> {
              if (DhGroups.isExtension(group)) {
                problems.add(ConfigProblem.warning(entry.section(), "set pfs", EXTENSION));
              }
            });
    String name = entry.isakmpProfile();
    if (entry.keying() instanceof Keying.Template && entry.peers().isEmpty()) {
      checkStrangers(entry);
    }
    if (name == null) {
      return;
    }
    if (config.isakmpProfile(name).isEmpty()) {
      problems.add(
          ConfigProblem.error(
              entry.section(), "set isakmp-profile", "there is no profile '" + name + "'"));
    }
    for (Ipv4Address peer : entry.peers()) {
      boolean differs =
          config.cryptoMaps().stream()
              .flatMap(map -> map.entries().stream())
              .filter(other -> other.peers().contains(peer))
              .anyMatch(other -> !Objects.equals(name, other.isakmpProfile()));
      if (differs) {
        problems.add(
            ConfigProblem.error(
                entry.section(),
                "set isakmp-profile",
                "another entry for the peer " + peer + " names another profile, or none"));
      }
    }
  }

  /** Phase 1 is there before it shows which entry a caller wants. */
  private void checkStrangers(CryptoMapEntry entry) {
    boolean differs =
        config.dynamicMaps().stream()
            .flatMap(map -> map.entries().stream())
            .filter(other -> other.peers().isEmpty())
            .anyMatch(other -> !Objects.equals(entry.isakmpProfile(), other.isakmpProfile()));
    if (differs) {
      problems.add(
          ConfigProblem.error(
              entry.section(),
              "set isakmp-profile",
              "the entries of dynamic maps without 'set peer' name one profile, or none"));
    }
  }
}
