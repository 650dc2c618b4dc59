package dev.zuido.router.config;

/** The ciphers of an ISAKMP policy (RFC 2409, appendix A; RFC 3602). */
public enum IkeEncryption {
  /** DES-CBC. */
  DES("des", 56),
  /** 3DES-CBC. */
  TRIPLE_DES("3des", 168),
  /** AES-CBC with a key of 128 bits. */
  AES_128("aes", 128),
  /** AES-CBC with a key of 192 bits. */
  AES_192("aes 192", 192),
  /** AES-CBC with a key of 256 bits. */
  AES_256("aes 256", 256);

  private final String iosName;
  private final int keyBits;

  IkeEncryption(String iosName, int keyBits) {
    this.iosName = iosName;
    this.keyBits = keyBits;
  }

  /** The words of {@code encryption}. */
  public String iosName() {
    return iosName;
  }

  /** The bits of the key, without the parity bits of DES. */
  public int keyBits() {
    return keyBits;
  }

  /** Whether RFC 8247 says that it MUST NOT be used. */
  public boolean deprecated() {
    return this == DES || this == TRIPLE_DES;
  }
}
