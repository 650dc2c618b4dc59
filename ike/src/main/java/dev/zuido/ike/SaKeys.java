package dev.zuido.ike;

import java.util.Arrays;

/**
 * The keys of one IPsec SA, cut from KEYMAT (RFC 2409 section 5.5).
 *
 * <p>The engine keeps none: the driver copies what it needs before it answers the install and the
 * engine wipes this object on the answer. Nothing prints the keys.
 */
public final class SaKeys {
  private final byte[] encryption;
  private final byte[] integrity;

  SaKeys(byte[] encryption, byte[] integrity) {
    this.encryption = encryption;
    this.integrity = integrity;
  }

  /**
   * A copy of the encryption key; for AES-CTR, -GCM, -CCM and -GMAC followed by its salt (RFC 4106
   * section 8.1, RFC 4309 section 7.1). Empty for NULL and of AH.
   */
  public byte[] encryption() {
    return encryption.clone();
  }

  /**
   * A copy of the key of the integrity algorithm, of AH's AES-GMAC followed by its salt (RFC 4543
   * section 5.4); empty if there is none.
   */
  public byte[] integrity() {
    return integrity.clone();
  }

  void wipe() {
    Arrays.fill(encryption, (byte) 0);
    Arrays.fill(integrity, (byte) 0);
  }

  @Override
  public String toString() {
    return "SaKeys[masked]";
  }
}
