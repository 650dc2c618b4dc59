package dev.zuido.router;

import dev.zuido.router.config.KeyChain;
import dev.zuido.router.config.KeyLifetime;
import dev.zuido.router.show.KeyChainReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what {@code show key chain} answers: everything but the keys. */
final class KeyChainShow {
  private KeyChainShow() {}

  static KeyChainReport of(List<KeyChain> chains, Instant now) {
    return new KeyChainReport(
        chains.stream()
            .map(
                chain ->
                    new KeyChainReport.Chain(
                        chain.name(), chain.keys().stream().map(key -> key(key, now)).toList()))
            .toList());
  }

  private static KeyChainReport.Key key(KeyChain.Key key, Instant now) {
    boolean usable = key.secret() != null;
    return new KeyChainReport.Key(
        key.id(),
        key.algorithm().iosName(),
        usable,
        text(key.accept()),
        usable && holds(key.accept(), now),
        text(key.send()),
        usable && holds(key.send(), now));
  }

  private static @Nullable String text(@Nullable KeyLifetime lifetime) {
    return lifetime == null ? null : lifetime.toString();
  }

  private static boolean holds(@Nullable KeyLifetime lifetime, Instant now) {
    return lifetime == null || lifetime.contains(now);
  }
}
