package dev.zuido.esp;

/**
 * Integrity algorithms of AH (RFC 4302 section 3.2). All lengths are bytes.
 *
 * <p>The ICV field of AES-GMAC holds the IV of 8 bytes before the tag (RFC 4543 section 4); its IV
 * is the sequence number, so that GMAC is not for keys that are configured by hand.
 */
public enum AhIntegrity {
  /** HMAC-MD5-96 (RFC 2403). */
  HMAC_MD5_96(2, EspIntegrity.HMAC_MD5_96),
  /** HMAC-SHA-1-96 (RFC 2404). */
  HMAC_SHA1_96(3, EspIntegrity.HMAC_SHA1_96),
  /** HMAC-SHA-256-128 (RFC 4868). */
  HMAC_SHA2_256_128(5, EspIntegrity.HMAC_SHA2_256_128),
  /** HMAC-SHA-384-192 (RFC 4868). */
  HMAC_SHA2_384_192(6, EspIntegrity.HMAC_SHA2_384_192),
  /** HMAC-SHA-512-256 (RFC 4868). */
  HMAC_SHA2_512_256(7, EspIntegrity.HMAC_SHA2_512_256),
  /** AES-XCBC-MAC-96 (RFC 3566). */
  AES_XCBC_96(9, EspIntegrity.AES_XCBC_96),
  /** AES-CMAC-96 (RFC 4494); IKEv1 has no name for it. */
  AES_CMAC_96(0, EspIntegrity.AES_CMAC_96),
  /** AES-GMAC with a key of 128 bits (RFC 4543). */
  AES_128_GMAC(11, "AES-128-GMAC", 16),
  /** AES-GMAC with a key of 192 bits (RFC 4543). */
  AES_192_GMAC(12, "AES-192-GMAC", 24),
  /** AES-GMAC with a key of 256 bits (RFC 4543). */
  AES_256_GMAC(13, "AES-256-GMAC", 32);

  /** How the ICV is computed. */
  enum Family {
    MAC,
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
  private final EspIntegrity mac;

  AhIntegrity(int transformId, EspIntegrity mac) {
    this.transformId = transformId;
    this.authenticationAlgorithm = mac.authenticationAlgorithm();
    this.label = mac.toString();
    this.family = Family.MAC;
    this.keyLength = mac.keyLength();
    this.saltLength = 0;
    this.icvLength = mac.icvLength();
    this.status = mac.status();
    this.mac = mac;
  }

  AhIntegrity(int transformId, String label, int keyLength) {
    this.transformId = transformId;
    this.authenticationAlgorithm = transformId;
    this.label = label;
    this.family = Family.GMAC;
    this.keyLength = keyLength;
    this.saltLength = GMAC_SALT_LENGTH;
    this.icvLength = GMAC_FIELD_LENGTH;
    this.status = AlgorithmStatus.MAY;
    this.mac = EspIntegrity.NONE;
  }

  /**
   * The number in IANA's registry "IPSEC AH Transform Identifiers" (RFC 2407 section 4.4.3), by
   * which IKEv1 names the algorithm; 0 if it has no name there.
   */
  public int transformId() {
    return transformId;
  }

  /**
   * The value of the attribute "Authentication Algorithm" (RFC 2407 section 4.5) that goes with the
   * transform; 0 if it has none.
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

  /** The algorithm of the same name in ESP; {@link EspIntegrity#NONE} for AES-GMAC. */
  EspIntegrity mac() {
    return mac;
  }

  /** The name as documents write it: {@code HMAC-SHA1-96}. */
  @Override
  public String toString() {
    return label;
  }
}
