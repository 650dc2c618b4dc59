package dev.zuido.router.config;

/** The ESP ciphers of a transform set. */
public enum EspCipher {
  /** No encryption (RFC 2410). */
  NULL("esp-null", 0, 0, 4),
  /** DES-CBC (RFC 2405). */
  DES("esp-des", 56, 8, 8),
  /** 3DES-CBC (RFC 2451). */
  TRIPLE_DES("esp-3des", 168, 8, 8),
  /** AES-CBC (RFC 3602) with a key of 128 bits. */
  AES_CBC_128("esp-aes", 128, 16, 16),
  /** AES-CBC with a key of 192 bits. */
  AES_CBC_192("esp-aes 192", 192, 16, 16),
  /** AES-CBC with a key of 256 bits. */
  AES_CBC_256("esp-aes 256", 256, 16, 16),
  /** AES-GCM (RFC 4106) with a 16-byte ICV and a key of 128 bits. */
  AES_GCM_128("esp-gcm", 128, 8, 4),
  /** AES-GCM with a key of 192 bits. */
  AES_GCM_192("esp-gcm 192", 192, 8, 4),
  /** AES-GCM with a key of 256 bits. */
  AES_GCM_256("esp-gcm 256", 256, 8, 4);

  private final String iosName;
  private final int keyBits;
  private final int ivLength;
  private final int alignment;

  EspCipher(String iosName, int keyBits, int ivLength, int alignment) {
    this.iosName = iosName;
    this.keyBits = keyBits;
    this.ivLength = ivLength;
    this.alignment = alignment;
  }

  /** The words of {@code crypto ipsec transform-set}. */
  public String iosName() {
    return iosName;
  }

  /** The bits of the key, without the parity bits of DES and without a salt. */
  public int keyBits() {
    return keyBits;
  }

  /** The bytes of the key, with the parity bits of DES and without a salt. */
  public int keyLength() {
    return this == DES || this == TRIPLE_DES ? keyBits / 7 : keyBits / 8;
  }

  /** The bytes of the salt that follows the key (RFC 4106 section 8.1). */
  public int saltLength() {
    return isCounterMode() ? 4 : 0;
  }

  /** Whether it breaks if a nonce is used twice with a key. */
  public boolean isCounterMode() {
    return authenticates();
  }

  /** The bytes of the IV in each packet. */
  public int ivLength() {
    return ivLength;
  }

  /** To what multiple of bytes the payload is padded. */
  public int alignment() {
    return alignment;
  }

  /** Whether it authenticates too, so that no other integrity is wanted. */
  public boolean authenticates() {
    return switch (this) {
      case AES_GCM_128, AES_GCM_192, AES_GCM_256 -> true;
      case NULL, DES, TRIPLE_DES, AES_CBC_128, AES_CBC_192, AES_CBC_256 -> false;
    };
  }

  /** Whether RFC 8221 says SHOULD NOT or MUST NOT of it. */
  public boolean deprecated() {
    return this == DES || this == TRIPLE_DES;
  }
}
