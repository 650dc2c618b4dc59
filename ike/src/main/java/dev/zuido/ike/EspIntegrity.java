package dev.zuido.ike;

/** The integrity algorithm of an ESP suite: the attribute of RFC 2407 section 4.5. */
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

  /** The value of the Authentication Algorithm attribute; 0 means that the attribute is absent. */
  public int attributeValue() {
    return attributeValue;
  }

  /** Bytes of the key. */
  public int keyBytes() {
    return keyBytes;
  }
}
