package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of entries whose SAs have static keys. */
final class SessionKeyChecks {
  private static final String KEY = "set session-key ";

  private final RouterConfig config;
  private final List<ConfigProblem> problems;
  private final Set<Long> inboundSpis = new HashSet<>();
  private final Set<OutboundSpi> outboundSpis = new HashSet<>();

  private record OutboundSpi(List<Ipv4Address> peers, long spi) {}

  SessionKeyChecks(RouterConfig config, List<ConfigProblem> problems) {
    this.config = config;
    this.problems = problems;
  }

  void check(CryptoMapEntry entry, Keying.Manual keys) {
    if (entry.transformSets().size() > 1) {
      error(entry, "set transform-set", "session keys are those of one transform set");
    }
    String name = entry.accessList();
    Optional<AccessList> list = name == null ? Optional.empty() : config.accessList(name);
    if (list.isPresent()
        && (list.get().rules().size() != 1 || !list.get().rules().get(0).permit())) {
      error(
          entry,
          "match address",
          "one pair of session keys is for one rule, which permits, but access list '"
              + name
              + "' has others");
    }
    checkDirection(entry, "inbound", keys.inbound());
    checkDirection(entry, "outbound", keys.outbound());
    if (keys.inbound() != null && !inboundSpis.add(keys.inbound().spi())) {
      error(entry, KEY + "inbound", "another entry has the inbound SPI too");
    }
    if (keys.outbound() != null
        && !outboundSpis.add(new OutboundSpi(entry.peers(), keys.outbound().spi()))) {
      error(entry, KEY + "outbound", "another entry has the SPI to this peer too");
    }
    transformSet(entry).ifPresent(set -> checkNonces(entry, set));
  }

  private Optional<TransformSet> transformSet(CryptoMapEntry entry) {
    return entry.transformSets().stream()
        .findFirst()
        .flatMap(config::transformSet)
        .filter(set -> entry.transformSets().size() == 1);
  }

  private void checkDirection(CryptoMapEntry entry, String direction, @Nullable SessionKey key) {
    if (key == null) {
      error(entry, "", entry.section() + " has no '" + KEY + direction + "'");
      return;
    }
    transformSet(entry)
        .ifPresent(
            set -> {
              String line = KEY + direction;
              String salted =
                  set.cipher().saltLength() == 0
                      ? ""
                      : ", the last " + set.cipher().saltLength() + " of them the salt";
              checkLength(
                  entry,
                  line,
                  "cipher",
                  set.cipher().iosName(),
                  key.cipherBytes().length,
                  set.cipher().keyLength() + set.cipher().saltLength(),
                  salted);
              boolean hmac = set.integrity() != EspIntegrity.NONE;
              checkLength(
                  entry,
                  line,
                  "authenticator",
                  hmac ? set.integrity().iosName() : set.cipher().iosName(),
                  key.authenticatorBytes().length,
                  set.integrity().keyLength(),
                  "");
            });
  }

  private void checkLength(
      CryptoMapEntry entry,
      String line,
      String field,
      String algorithm,
      int length,
      int wanted,
      String remark) {
    if (length != wanted) {
      String key = "the " + field + " key ";
      error(
          entry,
          line,
          wanted == 0
              ? algorithm + " has no use for " + key.strip()
              : length == 0
                  ? key + "is missing: " + algorithm + " has one of " + wanted + " bytes" + remark
                  : key
                      + "has "
                      + length
                      + " bytes, and that of "
                      + algorithm
                      + " has "
                      + wanted
                      + remark);
    }
  }

  /**
   * Counter modes need a nonce that is never used twice with a key. A router that starts anew
   * counts from the beginning again, so that static keys are ruled out (RFC 4106 section 2).
   */
  private void checkNonces(CryptoMapEntry entry, TransformSet set) {
    if (set.cipher().isCounterMode() && !config.staticCounterModeKeys()) {
      error(
          entry,
          "set transform-set",
          set.cipher().iosName()
              + " must not have session keys: after a restart its nonces would come again under the"
              + " same key, which lays open what was sent (RFC 4106 section 2)");
    }
  }

  private void error(CryptoMapEntry entry, String command, String message) {
    problems.add(ConfigProblem.error(entry.section(), command, message));
  }
}
