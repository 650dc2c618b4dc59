package dev.zuido.router;

import dev.zuido.ospf.OspfAuthentication;
import org.jspecify.annotations.Nullable;

/** How packets are authenticated, in the words of displays. */
final class OspfAuthenticationWords {
  private OspfAuthenticationWords() {}

  /** {@code none}, {@code simple} or {@code message-digest}. */
  static String kind(OspfAuthentication authentication) {
    if (authentication instanceof OspfAuthentication.Simple) {
      return "simple";
    }
    return authentication instanceof OspfAuthentication.Null ? "none" : "message-digest";
  }

  /** The Key ID of the only or the last key, or null where there is none. */
  static @Nullable Long keyId(OspfAuthentication authentication) {
    if (authentication instanceof OspfAuthentication.Cryptographic key) {
      return (long) key.keyId();
    }
    return authentication instanceof OspfAuthentication.KeyChain chain
        ? (Long) chain.keys().get(chain.keys().size() - 1).keyId()
        : null;
  }
}
