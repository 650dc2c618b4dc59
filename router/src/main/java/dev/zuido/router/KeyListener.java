package dev.zuido.router;

import dev.zuido.wire.ByteString;

/**
 * Is told the keys of all traffic, for those who decrypt a capture. Only given on purpose: whoever
 * has the keys can read everything.
 */
public interface KeyListener {
  /**
   * The encryption key of an ISAKMP SA, as Wireshark's IKEv1 decryption table has it.
   *
   * @param initiatorCookie 8 bytes
   * @param encryptionKey the key of the phase 1 cipher
   */
  void isakmpKey(ByteString initiatorCookie, ByteString encryptionKey);

  /**
   * The keys of an ESP SA.
   *
   * @param sa the SA, its keys still there
   */
  void espKeys(dev.zuido.ike.SaParameters sa);
}
