package dev.zuido.router.config;

/** How a digest is made with a key of a key chain. */
public enum KeyAlgorithm {
  /** Keyed MD5 (RFC 2328, appendix D.4.3). */
  MD5("md5"),
  /** HMAC-SHA-1 (RFC 5709). */
  HMAC_SHA_1("hmac-sha-1"),
  /** HMAC-SHA-256. */
  HMAC_SHA_256("hmac-sha-256"),
  /** HMAC-SHA-384. */
  HMAC_SHA_384("hmac-sha-384"),
  /** HMAC-SHA-512. */
  HMAC_SHA_512("hmac-sha-512");

  private final String iosName;

  KeyAlgorithm(String iosName) {
    this.iosName = iosName;
  }

  /** The word behind {@code cryptographic-algorithm}. */
  public String iosName() {
    return iosName;
  }
}
