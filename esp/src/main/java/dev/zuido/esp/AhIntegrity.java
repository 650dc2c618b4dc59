package dev.zuido.esp;

/**
 * Integrity algorithms of AH (RFC 4302 section 3.2). All lengths are bytes.
 *
 * <p>The ICV field of AES-GMAC holds the IV of 8 bytes before the tag (RFC 4543 section 4); its IV
 * is the sequence number, so that GMAC is not for keys that are configured by hand.
 */
public enum AhIntegrity {
  /** HMAC-MD5-96 (RFC 2403). */
  HMAC_MD5_96(2, 1, "HMAC-MD5-96", EspIntegrity.HMAC_MD5_96),
  /** HMAC-SHA-1-96 (RFC 2404). */
  HMAC_SHA1_96(3, 2, "HMAC-SHA1-96", EspIntegrity.HMAC_SHA1_96),
  /** HMAC-SHA-256-128 (RFC 4868). */
  HMAC_SHA2_256_128(5, 5, "HMAC-SHA2-256-128", EspIntegrity.HMAC_SHA2_256_128),
  /** HMAC-SHA-384-192 (RFC 4868). */
  HMAC_SHA2_384_192(6, 6, "HMAC-SHA2-384-192", EspIntegrity.HMAC_SHA2_384_192),
  /** HMAC-SHA-512-256 (RFC 4868). */
  HMAC_SHA2_512_256(7, 7, "HMAC-SHA2-512-256", EspIntegrity.HMAC_SHA2_512_256),
  /** AES-GMAC with a key of 128 bits (RFC 4543). */
  AES_128_GMAC(11, 11, "AES-128-GMAC", 16),
  /** AES-GMAC with a key of 192 bits (RFC 4543). */
  AES_192_GMAC(12, 12, "AES-192-GMAC", 24),
  /** AES-GMAC with a key of 256 bits (RFC 4543). */
  AES_256_GMAC(13, 13, "AES-256-GMAC", 32);

  /** How the ICV is computed. */
  enum Family {
    HMAC,
    GMAC
  }

  private static final int GMAC_SALT_LENGTH = 4;
  private static final int GMAC_FIELD_LENGTH = 8 + 16;

  private final int transformId;
  private final int authenticationAlgorithm;
  private final String label;
  private final Family family;
  private final int keyLength;
  private final int saltLength;
  private final int icvLength;
  private final AlgorithmStatus status;
  private final EspIntegrity hash;

  AhIntegrity(int transformId, int authenticationAlgorithm, String label, EspIntegrity hash) {
    this.transformId = transformId;
    this.authenticationAlgorithm = authenticationAlgorithm;
    this.label = label;
    this.family = Family.HMAC;
    this.keyLength = hash.keyLength();
    this.saltLength = 0;
    this.icvLength = hash.icvLength();
    this.status = hash.status();
    this.hash = hash;
  }

  AhIntegrity(int transformId, int authenticationAlgorithm, String label, int keyLength) {
    this.transformId = transformId;
    this.authenticationAlgorithm = authenticationAlgorithm;
    this.label = label;
    this.family = Family.GMAC;
    this.keyLength = keyLength;
    this.saltLength = GMAC_SALT_LENGTH;
    this.icvLength = GMAC_FIELD_LENGTH;
    this.status = AlgorithmStatus.MAY;
    this.hash = EspIntegrity.NONE;
  }

  /**
   * The number in IANA's registry "IPSEC AH Transform Identifiers" (RFC 2407 section 4.4.3), by
   * which IKEv1 names the algorithm.
   */
  public int transformId() {
    return transformId;
  }

  /**
   * The value of the attribute "Authentication Algorithm" (RFC 2407 section 4.5) that goes with the
   * transform.
   */
  public int authenticationAlgorithm() {
    return authenticationAlgorithm;
  }

  /** The length of the key, without salt. */
  public int keyLength() {
    return keyLength;
  }

  /** The length of the salt that follows the key in the keying material (RFC 4543 section 5.4). */
  public int saltLength() {
    return saltLength;
  }

  /** The keying material that the algorithm needs: key and salt. */
  public int keyMaterialLength() {
    return keyLength + saltLength;
  }

  /** The length of the ICV field without padding; of GMAC, IV and tag. */
  public int icvLength() {
    return icvLength;
  }

  /**
   * The length of AH with its padding: a multiple of 4 bytes in IPv4, of 8 in IPv6 (RFC 4302
   * section 3.3.3.2.1).
   *
   * @param ipVersion 4 or 6
   */
  public int headerLength(int ipVersion) {
    int alignment = ipVersion == 6 ? 8 : 4;
    return (AhFields.FIXED_LENGTH + icvLength + alignment - 1) / alignment * alignment;
  }

  /** What RFC 8221 section 6 says about it. */
  public AlgorithmStatus status() {
    return status;
  }

  Family family() {
    return family;
  }

  /** The HMAC of the same name. */
  EspIntegrity hash() {
    return hash;
  }

  /** The name as documents write it: {@code HMAC-SHA1-96}. */
  @Override
  public String toString() {
    return label;
  }
}
