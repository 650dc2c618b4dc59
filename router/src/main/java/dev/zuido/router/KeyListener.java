package dev.zuido.router;

import dev.zuido.ike.SaParameters;
import dev.zuido.ike.message.Cookie;
import dev.zuido.wire.ByteString;

/**
 * Is told the keys of all traffic, for those who decrypt a capture. Only given on purpose: whoever
 * has the keys can read everything.
 */
public interface KeyListener {
  /**
   * The encryption key of an ISAKMP SA, as Wireshark's IKEv1 decryption table has it.
   *
   * @param initiatorCookie the cookie that names the SA
   * @param encryptionKey the key of the phase 1 cipher
   */
  void isakmpKey(Cookie initiatorCookie, ByteString encryptionKey);

  /**
   * The keys of an ESP SA.
   *
   * @param sa the SA, its keys still there
   */
  void espKeys(SaParameters sa);
}
