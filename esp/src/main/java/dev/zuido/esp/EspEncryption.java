package dev.zuido.esp;

/**
 * Encryption algorithms of ESP, with the sizes that decide where everything stands in a packet.
 *
 * <p>All lengths are bytes.
 */
public enum EspEncryption {
  /** No confidentiality (RFC 2410); an integrity algorithm is compulsory. */
  NULL(11, 2410, "NULL", Family.NULL, 0, 0, 0, 1, 0, AlgorithmStatus.MUST),
  /** DES-CBC (RFC 2405). */
  DES_CBC(2, 2405, "DES-CBC", Family.CBC, 8, 0, 8, 8, 0, AlgorithmStatus.MUST_NOT),
  /** 3DES-CBC (RFC 2451), three independent keys. */
  TRIPLE_DES_CBC(3, 2451, "3DES-CBC", Family.CBC, 24, 0, 8, 8, 0, AlgorithmStatus.SHOULD_NOT),
  /** AES-CBC with a key of 128 bits (RFC 3602). */
  AES_CBC_128(12, 3602, "AES-CBC-128", Family.CBC, 16, 0, 16, 16, 0, AlgorithmStatus.MUST),
  /** AES-CBC with a key of 192 bits (RFC 3602). */
  AES_CBC_192(12, 3602, "AES-CBC-192", Family.CBC, 24, 0, 16, 16, 0, AlgorithmStatus.MAY),
  /** AES-CBC with a key of 256 bits (RFC 3602). */
  AES_CBC_256(12, 3602, "AES-CBC-256", Family.CBC, 32, 0, 16, 16, 0, AlgorithmStatus.MUST),
  /** AES-CTR with a key of 128 bits (RFC 3686). */
  AES_CTR_128(13, 3686, "AES-CTR-128", Family.CTR, 16, 4, 8, 1, 0, AlgorithmStatus.MAY),
  /** AES-CTR with a key of 192 bits (RFC 3686). */
  AES_CTR_192(13, 3686, "AES-CTR-192", Family.CTR, 24, 4, 8, 1, 0, AlgorithmStatus.MAY),
  /** AES-CTR with a key of 256 bits (RFC 3686). */
  AES_CTR_256(13, 3686, "AES-CTR-256", Family.CTR, 32, 4, 8, 1, 0, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 128 bits and an ICV of 8 bytes (RFC 4106). */
  AES_GCM_8_128(18, 4106, "AES-GCM-8-128", Family.GCM, 16, 4, 8, 1, 8, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 192 bits and an ICV of 8 bytes (RFC 4106). */
  AES_GCM_8_192(18, 4106, "AES-GCM-8-192", Family.GCM, 24, 4, 8, 1, 8, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 256 bits and an ICV of 8 bytes (RFC 4106). */
  AES_GCM_8_256(18, 4106, "AES-GCM-8-256", Family.GCM, 32, 4, 8, 1, 8, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 128 bits and an ICV of 12 bytes (RFC 4106). */
  AES_GCM_12_128(19, 4106, "AES-GCM-12-128", Family.GCM, 16, 4, 8, 1, 12, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 192 bits and an ICV of 12 bytes (RFC 4106). */
  AES_GCM_12_192(19, 4106, "AES-GCM-12-192", Family.GCM, 24, 4, 8, 1, 12, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 256 bits and an ICV of 12 bytes (RFC 4106). */
  AES_GCM_12_256(19, 4106, "AES-GCM-12-256", Family.GCM, 32, 4, 8, 1, 12, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 128 bits and an ICV of 16 bytes (RFC 4106). */
  AES_GCM_16_128(20, 4106, "AES-GCM-16-128", Family.GCM, 16, 4, 8, 1, 16, AlgorithmStatus.MUST),
  /** AES-GCM with a key of 192 bits and an ICV of 16 bytes (RFC 4106). */
  AES_GCM_16_192(20, 4106, "AES-GCM-16-192", Family.GCM, 24, 4, 8, 1, 16, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 256 bits and an ICV of 16 bytes (RFC 4106). */
  AES_GCM_16_256(20, 4106, "AES-GCM-16-256", Family.GCM, 32, 4, 8, 1, 16, AlgorithmStatus.MUST),
  /** AES-CCM with a key of 128 bits and an ICV of 8 bytes (RFC 4309). */
  AES_CCM_8_128(14, 4309, "AES-CCM-8-128", Family.CCM, 16, 3, 8, 1, 8, AlgorithmStatus.SHOULD),
  /** AES-CCM with a key of 192 bits and an ICV of 8 bytes (RFC 4309). */
  AES_CCM_8_192(14, 4309, "AES-CCM-8-192", Family.CCM, 24, 3, 8, 1, 8, AlgorithmStatus.MAY),
  /** AES-CCM with a key of 256 bits and an ICV of 8 bytes (RFC 4309). */
  AES_CCM_8_256(14, 4309, "AES-CCM-8-256", Family.CCM, 32, 3, 8, 1, 8, AlgorithmStatus.SHOULD),
  /** AES-CCM with a key of 128 bits and an ICV of 12 bytes (RFC 4309). */
  AES_CCM_12_128(15, 4309, "AES-CCM-12-128", Family.CCM, 16, 3, 8, 1, 12, AlgorithmStatus.MAY),
  /** AES-CCM with a key of 192 bits and an ICV of 12 bytes (RFC 4309). */
  AES_CCM_12_192(15, 4309, "AES-CCM-12-192", Family.CCM, 24, 3, 8, 1, 12, AlgorithmStatus.MAY),
  /** AES-CCM with a key of 256 bits and an ICV of 12 bytes (RFC 4309). */
  AES_CCM_12_256(15, 4309, "AES-CCM-12-256", Family.CCM, 32, 3, 8, 1, 12, AlgorithmStatus.MAY),
  /** AES-CCM with a key of 128 bits and an ICV of 16 bytes (RFC 4309). */
  AES_CCM_16_128(16, 4309, "AES-CCM-16-128", Family.CCM, 16, 3, 8, 1, 16, AlgorithmStatus.MAY),
  /** AES-CCM with a key of 192 bits and an ICV of 16 bytes (RFC 4309). */
  AES_CCM_16_192(16, 4309, "AES-CCM-16-192", Family.CCM, 24, 3, 8, 1, 16, AlgorithmStatus.MAY),
  /** AES-CCM with a key of 256 bits and an ICV of 16 bytes (RFC 4309). */
  AES_CCM_16_256(16, 4309, "AES-CCM-16-256", Family.CCM, 32, 3, 8, 1, 16, AlgorithmStatus.MAY),
  /** ChaCha20-Poly1305 (RFC 7634); IKEv1 has no name for it. */
  CHACHA20_POLY1305(
      0,
      7634,
      "CHACHA20-POLY1305",
      Family.CHACHA20_POLY1305,
      32,
      4,
      8,
      1,
      16,
      AlgorithmStatus.SHOULD),
  /** No confidentiality, integrity by AES-GMAC with a key of 128 bits (RFC 4543). */
  NULL_AUTH_AES_GMAC_128(
      23, 4543, "NULL-AUTH-AES-GMAC-128", Family.GMAC, 16, 4, 8, 1, 16, AlgorithmStatus.MAY),
  /** No confidentiality, integrity by AES-GMAC with a key of 192 bits (RFC 4543). */
  NULL_AUTH_AES_GMAC_192(
      23, 4543, "NULL-AUTH-AES-GMAC-192", Family.GMAC, 24, 4, 8, 1, 16, AlgorithmStatus.MAY),
  /** No confidentiality, integrity by AES-GMAC with a key of 256 bits (RFC 4543). */
  NULL_AUTH_AES_GMAC_256(
      23, 4543, "NULL-AUTH-AES-GMAC-256", Family.GMAC, 32, 4, 8, 1, 16, AlgorithmStatus.MAY);

  /** How an algorithm processes a packet. */
  enum Family {
    NULL,
    CBC,
    CTR,
    GCM,
    CCM,
    CHACHA20_POLY1305,
    GMAC
  }

  private final int transformId;
  private final int rfc;
  private final String label;
  private final Family family;
  private final int keyLength;
  private final int saltLength;
  private final int ivLength;
  private final int blockLength;
  private final int icvLength;
  private final AlgorithmStatus status;

  EspEncryption(
      int transformId,
      int rfc,
      String label,
      Family family,
      int keyLength,
      int saltLength,
      int ivLength,
      int blockLength,
      int icvLength,
      AlgorithmStatus status) {
    this.transformId = transformId;
    this.rfc = rfc;
    this.label = label;
    this.family = family;
    this.keyLength = keyLength;
    this.saltLength = saltLength;
    this.ivLength = ivLength;
    this.blockLength = blockLength;
    this.icvLength = icvLength;
    this.status = status;
  }

  /**
   * The number in IANA's registry "IPSEC ESP Transform Identifiers" (RFC 2407 section 4.4.4), by
   * which IKEv1 names the algorithm; algorithms with several key lengths share one. 0 where IKEv1
   * cannot name it.
   */
  public int transformId() {
    return transformId;
  }

  /** The number of the RFC that says how ESP uses the algorithm. */
  public int rfc() {
    return rfc;
  }

  /** The length of the key, without salt. */
  public int keyLength() {
    return keyLength;
  }

  /**
   * The length of the salt that follows the key in the keying material (RFC 4106 section 8.1, RFC
   * 4309 section 7.1); RFC 3686 section 5.1 calls it the nonce.
   */
  public int saltLength() {
    return saltLength;
  }

  /** The length of the IV that each packet carries. */
  public int ivLength() {
    return ivLength;
  }

  /** The block to whose multiples the encrypted part is padded; 1 for a stream. */
  public int blockLength() {
    return blockLength;
  }

  /** The length of the ICV of a combined-mode algorithm, 0 for the others. */
  public int icvLength() {
    return icvLength;
  }

  /** Whether the algorithm authenticates too, so that it goes with no integrity algorithm. */
  public boolean isCombined() {
    return icvLength > 0;
  }

  /**
   * Whether it breaks if an IV comes twice under one key: keys of such algorithms must not outlive
   * the counter that IVs are taken from, as keys do that stand in a configuration.
   */
  public boolean isCounterMode() {
    return ivLength == Long.BYTES && saltLength > 0;
  }

  /** What RFC 8221 section 5 says about it, MAY where it says nothing. */
  public AlgorithmStatus status() {
    return status;
  }

  Family family() {
    return family;
  }

  /** The name as documents write it: {@code AES-CBC-128}. */
  @Override
  public String toString() {
    return label;
  }
}
