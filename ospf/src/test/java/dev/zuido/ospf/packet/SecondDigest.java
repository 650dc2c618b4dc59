package dev.zuido.ospf.packet;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The digests of RFC 5709 section 3.3 and RFC 7474, written down from the text with bare hashes.
 */
final class SecondDigest {
  private SecondDigest() {}

  /**
   * Section 3.3.
   *
   * @param hash the JDK's name of H
   * @param b the block size B
   * @param k the Authentication Key
   * @param packet what stands before the Authentication Trailer
   * @param apad the contents of the trailer
   */
  static byte[] hmac(String hash, int b, byte[] k, byte[] packet, byte[] apad) {
    int l = apad.length;
    byte[] ko = k.length > l ? h(hash, k) : Arrays.copyOf(k, l);
    byte[] inner = new byte[b];
    byte[] outer = new byte[b];
    for (int i = 0; i < b; i++) {
      byte octet = i < l ? ko[i] : 0;
      inner[i] = (byte) (octet ^ 0x36);
      outer[i] = (byte) (octet ^ 0x5c);
    }
    return h(hash, outer, h(hash, inner, packet, apad));
  }

  /** 0x878FE1F3 repeated L/4 times. */
  static byte[] apad(int l) {
    byte[] apad = new byte[l];
    for (int i = 0; i < l; i += 4) {
      apad[i] = (byte) 0x87;
      apad[i + 1] = (byte) 0x8f;
      apad[i + 2] = (byte) 0xe1;
      apad[i + 3] = (byte) 0xf3;
    }
    return apad;
  }

  static byte[] h(String hash, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(hash);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
