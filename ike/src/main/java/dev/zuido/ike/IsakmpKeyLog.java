package dev.zuido.ike;

import dev.zuido.ike.message.Cookie;
import dev.zuido.wire.ByteString;

/**
 * Is told the encryption key of each ISAKMP SA, for those who decrypt a capture. An engine has none
 * unless it is given one: whoever has the keys can read everything.
 */
@FunctionalInterface
public interface IsakmpKeyLog {
  /** Tells nobody. */
  IsakmpKeyLog NONE = (initiatorCookie, encryptionKey) -> {};

  /**
   * A phase 1 has its keys; its fifth message is the first to be encrypted with them.
   *
   * @param initiatorCookie the cookie that names the SA
   * @param encryptionKey the key as the cipher takes it (RFC 2409 appendix B)
   */
  void isakmpKey(Cookie initiatorCookie, ByteString encryptionKey);
}
