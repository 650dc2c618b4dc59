package dev.zuido.router.config;

/**
 * The key of OSPF's message digests ({@code ip ospf message-digest-key}).
 *
 * @param id the Key ID, 1 to 255
 * @param key at most 16 bytes (RFC 2328, appendix D.3)
 */
public record MessageDigestKey(int id, Secret key) {
  /** The most bytes that a key has. */
  public static final int MAX_LENGTH = 16;

  /** Checks the ranges. */
  public MessageDigestKey {
    Checks.range("a Key ID", id, 1, 255);
    Checks.range("the length of an MD5 key", key.bytes().length(), 1, MAX_LENGTH);
  }
}
