package dev.zuido.router.config;

/** The ESP integrity algorithms of a transform set. */
public enum EspIntegrity {
  /** None beside the cipher's own. */
  NONE("", 0, 0),
  /** HMAC-MD5-96 (RFC 2403). */
  HMAC_MD5_96("esp-md5-hmac", 16, 12),
  /** HMAC-SHA1-96 (RFC 2404). */
  HMAC_SHA1_96("esp-sha-hmac", 20, 12),
  /** HMAC-SHA2-256-128 (RFC 4868). */
  HMAC_SHA2_256_128("esp-sha256-hmac", 32, 16),
  /** HMAC-SHA2-384-192 (RFC 4868). */
  HMAC_SHA2_384_192("esp-sha384-hmac", 48, 24),
  /** HMAC-SHA2-512-256 (RFC 4868). */
  HMAC_SHA2_512_256("esp-sha512-hmac", 64, 32),
  /** AES-XCBC-MAC-96 (RFC 3566); an extension of IOS. */
  AES_XCBC_96("esp-aes-xcbc-mac", 16, 12),
  /** AES-CMAC-96 (RFC 4494); an extension of IOS, and unknown to IKEv1. */
  AES_CMAC_96("esp-aes-cmac", 16, 12);

  private final String iosName;
  private final int keyLength;
  private final int icvLength;

  EspIntegrity(String iosName, int keyLength, int icvLength) {
    this.iosName = iosName;
    this.keyLength = keyLength;
    this.icvLength = icvLength;
  }

  /** The word of {@code crypto ipsec transform-set}. */
  public String iosName() {
    return iosName;
  }

  /** The bytes of the key. */
  public int keyLength() {
    return keyLength;
  }

  /** The bytes of the ICV. */
  public int icvLength() {
    return icvLength;
  }

  /** Whether its word is ours: IOS does not know it. */
  public boolean isExtension() {
    return this == AES_XCBC_96 || this == AES_CMAC_96;
  }

  /** Whether IKEv1 has an authentication algorithm's number for it (RFC 2407 section 4.5). */
  public boolean isNegotiable() {
    return this != AES_CMAC_96;
  }

  /** Whether RFC 8221 says MUST NOT of it. */
  public boolean deprecated() {
    return this == HMAC_MD5_96;
  }
}
