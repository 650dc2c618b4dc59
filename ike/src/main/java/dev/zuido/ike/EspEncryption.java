package dev.zuido.ike;

/**
 * The encryption of an ESP suite that quick mode can negotiate: the transform identifiers of RFC
 * 2407 section 4.4.4 and the registry that continues it.
 *
 * <p>ChaCha20-Poly1305 has no number there (RFC 7634 registers one for IKEv2 alone).
 */
public enum EspEncryption {
  /** DES-CBC (RFC 2405); RFC 8221 forbids it. */
  DES_CBC(2, 64, 0, false),
  /** 3DES-CBC (RFC 2451); RFC 8221 advises against it. */
  TRIPLE_DES_CBC(3, 192, 0, false),
  /** No encryption (RFC 2410). */
  NULL(11, 0, 0, false),
  /** AES-CBC (RFC 3602). */
  AES_CBC(12, -1, 0, false),
  /** AES-CTR (RFC 3686). */
  AES_CTR(13, -1, 4, false),
  /** AES-CCM with an 8-byte ICV (RFC 4309). */
  AES_CCM_8(14, -1, 3, true),
  /** AES-CCM with a 12-byte ICV (RFC 4309). */
  AES_CCM_12(15, -1, 3, true),
  /** AES-CCM with a 16-byte ICV (RFC 4309). */
  AES_CCM_16(16, -1, 3, true),
  /** AES-GCM with an 8-byte ICV (RFC 4106). */
  AES_GCM_8(18, -1, 4, true),
  /** AES-GCM with a 12-byte ICV (RFC 4106). */
  AES_GCM_12(19, -1, 4, true),
  /** AES-GCM with a 16-byte ICV (RFC 4106). */
  AES_GCM_16(20, -1, 4, true),
  /** AES-GMAC: integrity without encryption (RFC 4543). */
  AES_GMAC(23, -1, 4, true);

  private final int transformId;
  private final int fixedKeyBits;
  private final int saltBytes;
  private final boolean aead;

  EspEncryption(int transformId, int fixedKeyBits, int saltBytes, boolean aead) {
    this.transformId = transformId;
    this.fixedKeyBits = fixedKeyBits;
    this.saltBytes = saltBytes;
    this.aead = aead;
  }

  /**
   * The cipher of a name, such as {@code 3DES-CBC}, without its key length.
   *
   * @throws IllegalArgumentException if IKEv1 cannot negotiate it, with the reason
   */
  public static EspEncryption named(String name) {
    return AlgorithmNames.find(EspEncryption.class, name);
  }

  /** The ESP transform identifier. */
  public int transformId() {
    return transformId;
  }

  /** Whether the key's length is negotiated with the Key Length attribute: 128, 192 or 256. */
  public boolean hasKeyLength() {
    return fixedKeyBits < 0;
  }

  /** The key's length in bits where it is not negotiated. */
  public int fixedKeyBits() {
    return Math.max(fixedKeyBits, 0);
  }

  /** Bytes of KEYMAT that follow the key and become the salt of the nonce. */
  public int saltBytes() {
    return saltBytes;
  }

  /** Whether it authenticates too, so that no integrity algorithm goes with it. */
  public boolean isAead() {
    return aead;
  }
}
