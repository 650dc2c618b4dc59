package dev.zuido.router.config;

/** The ESP ciphers of a transform set. */
public enum EspCipher {
  /** No encryption (RFC 2410). */
  NULL("esp-null", 0, 0, 0, 4, false),
  /** DES-CBC (RFC 2405). */
  DES("esp-des", 56, 0, 8, 8, false),
  /** 3DES-CBC (RFC 2451). */
  TRIPLE_DES("esp-3des", 168, 0, 8, 8, false),
  /** AES-CBC (RFC 3602) with a key of 128 bits. */
  AES_CBC_128("esp-aes", 128, 0, 16, 16, false),
  /** AES-CBC with a key of 192 bits. */
  AES_CBC_192("esp-aes 192", 192, 0, 16, 16, false),
  /** AES-CBC with a key of 256 bits. */
  AES_CBC_256("esp-aes 256", 256, 0, 16, 16, false),
  /** AES-GCM (RFC 4106) with a 16-byte ICV and a key of 128 bits. */
  AES_GCM_128("esp-gcm", 128, 4, 8, 4, true),
  /** AES-GCM (RFC 4106) with a 16-byte ICV and a key of 192 bits. */
  AES_GCM_192("esp-gcm 192", 192, 4, 8, 4, true),
  /** AES-GCM (RFC 4106) with a 16-byte ICV and a key of 256 bits. */
  AES_GCM_256("esp-gcm 256", 256, 4, 8, 4, true),
  /** No encryption, integrity by AES-GMAC (RFC 4543) with a key of 128 bits. */
  AES_GMAC_128("esp-gmac", 128, 4, 8, 4, true),
  /** No encryption, integrity by AES-GMAC (RFC 4543) with a key of 192 bits. */
  AES_GMAC_192("esp-gmac 192", 192, 4, 8, 4, true),
  /** No encryption, integrity by AES-GMAC (RFC 4543) with a key of 256 bits. */
  AES_GMAC_256("esp-gmac 256", 256, 4, 8, 4, true),
  /** AES-CTR (RFC 3686) with a key of 128 bits; an extension of IOS. */
  AES_CTR_128("esp-aes-ctr", 128, 4, 8, 4, false),
  /** AES-CTR (RFC 3686) with a key of 192 bits; an extension of IOS. */
  AES_CTR_192("esp-aes-ctr 192", 192, 4, 8, 4, false),
  /** AES-CTR (RFC 3686) with a key of 256 bits; an extension of IOS. */
  AES_CTR_256("esp-aes-ctr 256", 256, 4, 8, 4, false),
  /** AES-CCM (RFC 4309) with a 16-byte ICV and a key of 128 bits; an extension of IOS. */
  AES_CCM_128("esp-aes-ccm", 128, 3, 8, 4, true),
  /** AES-CCM (RFC 4309) with a 16-byte ICV and a key of 192 bits; an extension of IOS. */
  AES_CCM_192("esp-aes-ccm 192", 192, 3, 8, 4, true),
  /** AES-CCM (RFC 4309) with a 16-byte ICV and a key of 256 bits; an extension of IOS. */
  AES_CCM_256("esp-aes-ccm 256", 256, 3, 8, 4, true),
  /** AES-GCM (RFC 4106) with an ICV of 8 bytes and a key of 128 bits; an extension of IOS. */
  AES_GCM_8_128("esp-gcm8", 128, 4, 8, 4, true),
  /** AES-GCM (RFC 4106) with an ICV of 8 bytes and a key of 192 bits; an extension of IOS. */
  AES_GCM_8_192("esp-gcm8 192", 192, 4, 8, 4, true),
  /** AES-GCM (RFC 4106) with an ICV of 8 bytes and a key of 256 bits; an extension of IOS. */
  AES_GCM_8_256("esp-gcm8 256", 256, 4, 8, 4, true),
  /** AES-GCM (RFC 4106) with an ICV of 12 bytes and a key of 128 bits; an extension of IOS. */
  AES_GCM_12_128("esp-gcm12", 128, 4, 8, 4, true),
  /** AES-GCM (RFC 4106) with an ICV of 12 bytes and a key of 192 bits; an extension of IOS. */
  AES_GCM_12_192("esp-gcm12 192", 192, 4, 8, 4, true),
  /** AES-GCM (RFC 4106) with an ICV of 12 bytes and a key of 256 bits; an extension of IOS. */
  AES_GCM_12_256("esp-gcm12 256", 256, 4, 8, 4, true),
  /** AES-CCM (RFC 4309) with an ICV of 8 bytes and a key of 128 bits; an extension of IOS. */
  AES_CCM_8_128("esp-aes-ccm8", 128, 3, 8, 4, true),
  /** AES-CCM (RFC 4309) with an ICV of 8 bytes and a key of 192 bits; an extension of IOS. */
  AES_CCM_8_192("esp-aes-ccm8 192", 192, 3, 8, 4, true),
  /** AES-CCM (RFC 4309) with an ICV of 8 bytes and a key of 256 bits; an extension of IOS. */
  AES_CCM_8_256("esp-aes-ccm8 256", 256, 3, 8, 4, true),
  /** AES-CCM (RFC 4309) with an ICV of 12 bytes and a key of 128 bits; an extension of IOS. */
  AES_CCM_12_128("esp-aes-ccm12", 128, 3, 8, 4, true),
  /** AES-CCM (RFC 4309) with an ICV of 12 bytes and a key of 192 bits; an extension of IOS. */
  AES_CCM_12_192("esp-aes-ccm12 192", 192, 3, 8, 4, true),
  /** AES-CCM (RFC 4309) with an ICV of 12 bytes and a key of 256 bits; an extension of IOS. */
  AES_CCM_12_256("esp-aes-ccm12 256", 256, 3, 8, 4, true),
  /** ChaCha20-Poly1305 (RFC 7634); an extension of IOS, and unknown to IKEv1. */
  CHACHA20_POLY1305("esp-chacha20-poly1305", 256, 4, 8, 4, true);

  private final String iosName;
  private final int keyBits;
  private final int saltLength;
  private final int ivLength;
  private final int alignment;
  private final boolean authenticates;

  EspCipher(
      String iosName,
      int keyBits,
      int saltLength,
      int ivLength,
      int alignment,
      boolean authenticates) {
    this.iosName = iosName;
    this.keyBits = keyBits;
    this.saltLength = saltLength;
    this.ivLength = ivLength;
    this.alignment = alignment;
    this.authenticates = authenticates;
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

  /** The bytes of the salt, or nonce, that follows the key (RFC 4106 section 8.1 and its likes). */
  public int saltLength() {
    return saltLength;
  }

  /** Whether it breaks if a nonce is used twice with a key. */
  public boolean isCounterMode() {
    return saltLength > 0;
  }

  /** The bytes of the IV in each packet. */
  public int ivLength() {
    return ivLength;
  }

  /** To what multiple of bytes the payload is padded. */
  public int alignment() {
    return alignment;
  }

  /** The bytes of its own ICV; 0 if it has none. */
  public int icvLength() {
    if (!authenticates) {
      return 0;
    }
    return name().contains("_8_") ? 8 : name().contains("_12_") ? 12 : 16;
  }

  /** Whether it authenticates too, so that no other integrity is wanted. */
  public boolean authenticates() {
    return authenticates;
  }

  /** Whether its words are ours: IOS does not know them. */
  public boolean isExtension() {
    return switch (this) {
      case AES_CTR_128,
          AES_CTR_192,
          AES_CTR_256,
          AES_CCM_128,
          AES_CCM_192,
          AES_CCM_256,
          AES_GCM_8_128,
          AES_GCM_8_192,
          AES_GCM_8_256,
          AES_GCM_12_128,
          AES_GCM_12_192,
          AES_GCM_12_256,
          AES_CCM_8_128,
          AES_CCM_8_192,
          AES_CCM_8_256,
          AES_CCM_12_128,
          AES_CCM_12_192,
          AES_CCM_12_256,
          CHACHA20_POLY1305 ->
          true;
      default -> false;
    };
  }

  /** Whether IKEv1 has a transform identifier for it (RFC 2407 section 4.4.4, by now at IANA). */
  public boolean isNegotiable() {
    return this != CHACHA20_POLY1305;
  }

  /** Whether RFC 8221 says SHOULD NOT or MUST NOT of it. */
  public boolean deprecated() {
    return this == DES || this == TRIPLE_DES;
  }
}
