package dev.zuido.ike;

/**
 * The integrity algorithm of AH. Quick mode names it twice: by the transform identifier (RFC 2407
 * section 4.4.3) and by the Authentication Algorithm attribute (section 4.5), and both must agree.
 */
public enum AhIntegrity {
  /** HMAC-MD5-96 (RFC 2403). */
  HMAC_MD5_96(2, 1, 16, 0),
  /** HMAC-SHA-1-96 (RFC 2404). */
  HMAC_SHA1_96(3, 2, 20, 0),
  /** HMAC-SHA-256-128 (RFC 4868). */
  HMAC_SHA2_256_128(5, 5, 32, 0),
  /** HMAC-SHA-384-192 (RFC 4868). */
  HMAC_SHA2_384_192(6, 6, 48, 0),
  /** HMAC-SHA-512-256 (RFC 4868). */
  HMAC_SHA2_512_256(7, 7, 64, 0),
  /** AES-XCBC-MAC-96 (RFC 3566). */
  AES_XCBC_MAC_96(9, 9, 16, 0),
  /** AES-GMAC with a key of 128 bits (RFC 4543). */
  AES_128_GMAC(11, 11, 16, 4),
  /** AES-GMAC with a key of 192 bits (RFC 4543). */
  AES_192_GMAC(12, 12, 24, 4),
  /** AES-GMAC with a key of 256 bits (RFC 4543). */
  AES_256_GMAC(13, 13, 32, 4);

  private final int transformId;
  private final int attributeValue;
  private final int keyBytes;
  private final int saltBytes;

  AhIntegrity(int transformId, int attributeValue, int keyBytes, int saltBytes) {
    this.transformId = transformId;
    this.attributeValue = attributeValue;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
  }

  /**
   * The algorithm of a name, such as {@code HMAC-SHA1-96}.
   *
   * @throws IllegalArgumentException if IKEv1 cannot negotiate it, with the reason
   */
  public static AhIntegrity named(String name) {
    return AlgorithmNames.find(AhIntegrity.class, name);
  }

  /** The AH transform identifier. */
  public int transformId() {
    return transformId;
  }

  /** The value of the Authentication Algorithm attribute. */
  public int attributeValue() {
    return attributeValue;
  }

  /** Bytes of the key, without salt. */
  public int keyBytes() {
    return keyBytes;
  }

  /** Bytes of KEYMAT that follow the key and become the salt of the nonce. */
  public int saltBytes() {
    return saltBytes;
  }
}
