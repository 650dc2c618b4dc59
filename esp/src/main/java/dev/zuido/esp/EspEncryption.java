package dev.zuido.esp;

/**
 * Encryption algorithms of ESP, with the sizes that decide where everything stands in a packet.
 *
 * <p>All lengths are bytes.
 */
public enum EspEncryption {
  /** No confidentiality (RFC 2410); an integrity algorithm is compulsory. */
  NULL(11, "NULL", Family.NULL, 0, 0, 0, 1, 0, AlgorithmStatus.MUST),
  /** DES-CBC (RFC 2405). */
  DES_CBC(2, "DES-CBC", Family.CBC, 8, 0, 8, 8, 0, AlgorithmStatus.MUST_NOT),
  /** 3DES-CBC (RFC 2451), three independent keys. */
  TRIPLE_DES_CBC(3, "3DES-CBC", Family.CBC, 24, 0, 8, 8, 0, AlgorithmStatus.SHOULD_NOT),
  /** AES-CBC with a key of 128 bits (RFC 3602). */
  AES_CBC_128(12, "AES-CBC-128", Family.CBC, 16, 0, 16, 16, 0, AlgorithmStatus.MUST),
  /** AES-CBC with a key of 192 bits (RFC 3602). */
  AES_CBC_192(12, "AES-CBC-192", Family.CBC, 24, 0, 16, 16, 0, AlgorithmStatus.MAY),
  /** AES-CBC with a key of 256 bits (RFC 3602). */
  AES_CBC_256(12, "AES-CBC-256", Family.CBC, 32, 0, 16, 16, 0, AlgorithmStatus.MUST),
  /** AES-GCM with a key of 128 bits and an ICV of 12 bytes (RFC 4106). */
  AES_GCM_12_128(19, "AES-GCM-12-128", Family.GCM, 16, 4, 8, 1, 12, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 192 bits and an ICV of 12 bytes (RFC 4106). */
  AES_GCM_12_192(19, "AES-GCM-12-192", Family.GCM, 24, 4, 8, 1, 12, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 256 bits and an ICV of 12 bytes (RFC 4106). */
  AES_GCM_12_256(19, "AES-GCM-12-256", Family.GCM, 32, 4, 8, 1, 12, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 128 bits and an ICV of 16 bytes (RFC 4106). */
  AES_GCM_16_128(20, "AES-GCM-16-128", Family.GCM, 16, 4, 8, 1, 16, AlgorithmStatus.MUST),
  /** AES-GCM with a key of 192 bits and an ICV of 16 bytes (RFC 4106). */
  AES_GCM_16_192(20, "AES-GCM-16-192", Family.GCM, 24, 4, 8, 1, 16, AlgorithmStatus.MAY),
  /** AES-GCM with a key of 256 bits and an ICV of 16 bytes (RFC 4106). */
  AES_GCM_16_256(20, "AES-GCM-16-256", Family.GCM, 32, 4, 8, 1, 16, AlgorithmStatus.MUST);

  /** How an algorithm processes a packet. */
  enum Family {
    NULL,
    CBC,
    GCM
  }

  private final int transformId;
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
      String label,
      Family family,
      int keyLength,
      int saltLength,
      int ivLength,
      int blockLength,
      int icvLength,
      AlgorithmStatus status) {
    this.transformId = transformId;
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
   * which IKEv1 names the algorithm; algorithms with several key lengths share one.
   */
  public int transformId() {
    return transformId;
  }

  /** The length of the key, without salt. */
  public int keyLength() {
    return keyLength;
  }

  /** The length of the salt that follows the key in the keying material (RFC 4106 section 8.1). */
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

  /** What RFC 8221 section 5 says about it. */
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
