package dev.zuido.esp;

/**
 * Integrity algorithms of ESP. All lengths are bytes.
 *
 * <p>{@link #NONE} goes with combined-mode encryption only: encryption without integrity is refused
 * (RFC 8221 section 5).
 */
public enum EspIntegrity {
  /** None: the encryption algorithm authenticates. */
  NONE(0, 0, "NONE", "", 0, 0, 0, AlgorithmStatus.MUST),
  /** HMAC-MD5-96 (RFC 2403). */
  HMAC_MD5_96(1, 2403, "HMAC-MD5-96", "MD5", 16, 64, 12, AlgorithmStatus.MUST_NOT),
  /** HMAC-SHA-1-96 (RFC 2404). */
  HMAC_SHA1_96(2, 2404, "HMAC-SHA1-96", "SHA-1", 20, 64, 12, AlgorithmStatus.MUST_MINUS),
  /** HMAC-SHA-256-128 (RFC 4868). */
  HMAC_SHA2_256_128(5, 4868, "HMAC-SHA2-256-128", "SHA-256", 32, 64, 16, AlgorithmStatus.MUST),
  /** HMAC-SHA-384-192 (RFC 4868). */
  HMAC_SHA2_384_192(6, 4868, "HMAC-SHA2-384-192", "SHA-384", 48, 128, 24, AlgorithmStatus.MAY),
  /** HMAC-SHA-512-256 (RFC 4868). */
  HMAC_SHA2_512_256(7, 4868, "HMAC-SHA2-512-256", "SHA-512", 64, 128, 32, AlgorithmStatus.SHOULD),
  /** AES-XCBC-MAC-96 (RFC 3566). */
  AES_XCBC_96(9, 3566, "AES-XCBC-96", "", 16, 16, 12, AlgorithmStatus.MAY),
  /** AES-CMAC-96 (RFC 4494); IKEv1 has no name for it. */
  AES_CMAC_96(0, 4494, "AES-CMAC-96", "", 16, 16, 12, AlgorithmStatus.MAY);

  private final int authenticationAlgorithm;
  private final int rfc;
  private final String label;
  private final String digest;
  private final int keyLength;
  private final int digestBlockLength;
  private final int icvLength;
  private final AlgorithmStatus status;

  EspIntegrity(
      int authenticationAlgorithm,
      int rfc,
      String label,
      String digest,
      int keyLength,
      int digestBlockLength,
      int icvLength,
      AlgorithmStatus status) {
    this.authenticationAlgorithm = authenticationAlgorithm;
    this.rfc = rfc;
    this.label = label;
    this.digest = digest;
    this.keyLength = keyLength;
    this.digestBlockLength = digestBlockLength;
    this.icvLength = icvLength;
    this.status = status;
  }

  /**
   * The value of the attribute "Authentication Algorithm" (RFC 2407 section 4.5), by which IKEv1
   * names the algorithm; 0 for none, and where IKEv1 cannot name it.
   */
  public int authenticationAlgorithm() {
    return authenticationAlgorithm;
  }

  /** The number of the RFC that says how ESP uses the algorithm, 0 for none. */
  public int rfc() {
    return rfc;
  }

  /** The length of the key: the digest's, or the block of AES. */
  public int keyLength() {
    return keyLength;
  }

  /** The length of the truncated ICV that a packet carries. */
  public int icvLength() {
    return icvLength;
  }

  /**
   * What RFC 8221 section 6 says about it outside of its scope of IoT, MAY where it says nothing.
   */
  public AlgorithmStatus status() {
    return status;
  }

  /** The digest's name in the JCA, empty for what is no HMAC. */
  String digest() {
    return digest;
  }

  /** The block of the digest's compression function (RFC 2104's B), or of AES. */
  int digestBlockLength() {
    return digestBlockLength;
  }

  /** The name as documents write it: {@code HMAC-SHA1-96}. */
  @Override
  public String toString() {
    return label;
  }
}
