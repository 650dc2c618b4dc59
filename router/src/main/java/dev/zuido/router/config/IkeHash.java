package dev.zuido.router.config;

/** The hashes of an ISAKMP policy (RFC 2409, appendix A; RFC 4868). */
public enum IkeHash {
  /** MD5. */
  MD5("md5"),
  /** SHA-1. */
  SHA1("sha"),
  /** SHA2-256. */
  SHA2_256("sha256"),
  /** SHA2-384. */
  SHA2_384("sha384"),
  /** SHA2-512. */
  SHA2_512("sha512");

  private final String iosName;

  IkeHash(String iosName) {
    this.iosName = iosName;
  }

  /** The word of {@code hash}. */
  public String iosName() {
    return iosName;
  }

  /** Whether RFC 8247 says that it is not to be used. */
  public boolean deprecated() {
    return this == MD5;
  }
}
