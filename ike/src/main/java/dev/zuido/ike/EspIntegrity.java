package dev.zuido.ike;

/**
 * The integrity algorithm of an ESP suite: the attribute of RFC 2407 section 4.5.
 *
 * <p>AES-CMAC-96 has no number there: RFC 4494 registers one for IKEv2 alone. Before RFC 4868 some
 * kernels (Linux until 2.6.33) cut HMAC-SHA-256 to 96 bits under the same number 5. That is not
 * offered: nothing in the negotiation tells the two apart, and packets of the one do not pass at
 * the other.
 */
public enum EspIntegrity {
  /** None: only with an AEAD. */
  NONE(0, 0),
  /** HMAC-MD5-96 (RFC 2403). */
  HMAC_MD5_96(1, 16),
  /** HMAC-SHA-1-96 (RFC 2404). */
  HMAC_SHA1_96(2, 20),
  /** HMAC-SHA-256-128 (RFC 4868). */
  HMAC_SHA2_256_128(5, 32),
  /** HMAC-SHA-384-192 (RFC 4868). */
  HMAC_SHA2_384_192(6, 48),
  /** HMAC-SHA-512-256 (RFC 4868). */
  HMAC_SHA2_512_256(7, 64),
  /** AES-XCBC-MAC-96 (RFC 3566). */
  AES_XCBC_MAC_96(9, 16);

  private final int attributeValue;
  private final int keyBytes;

  EspIntegrity(int attributeValue, int keyBytes) {
    this.attributeValue = attributeValue;
    this.keyBytes = keyBytes;
  }

  /**
   * The algorithm of a name, such as {@code HMAC-SHA1-96}.
   *
   * @throws IllegalArgumentException if IKEv1 cannot negotiate it, with the reason
   */
  public static EspIntegrity named(String name) {
    return AlgorithmNames.find(EspIntegrity.class, name);
  }

  /** The value of the Authentication Algorithm attribute; 0 means that the attribute is absent. */
  public int attributeValue() {
    return attributeValue;
  }

  /** Bytes of the key. */
  public int keyBytes() {
    return keyBytes;
  }
}
