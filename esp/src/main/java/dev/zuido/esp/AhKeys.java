package dev.zuido.esp;

import java.util.Arrays;

/**
 * The key of one AH SA, with the salt of AES-GMAC. Closing wipes it: an SA takes what it needs when
 * it is made, so that its maker closes the keys right behind it.
 */
public final class AhKeys implements AutoCloseable {
  private final byte[] key;
  private final byte[] salt;
  private boolean closed;

  private AhKeys(byte[] key, byte[] salt) {
    this.key = key;
    this.salt = salt;
  }

  /**
   * Cuts keying material: the key, then for AES-GMAC the salt (RFC 4543 section 5.4). The array is
   * copied and stays the caller's to wipe.
   *
   * @throws IllegalArgumentException if the length is not {@link AhIntegrity#keyMaterialLength()}
   */
  public static AhKeys ofKeyMaterial(AhIntegrity integrity, byte[] keyMaterial) {
    if (keyMaterial.length != integrity.keyMaterialLength()) {
      throw new IllegalArgumentException(
          "keying material of "
              + keyMaterial.length
              + " bytes, not "
              + integrity.keyMaterialLength());
    }
    int keyEnd = integrity.keyLength();
    return new AhKeys(
        Arrays.copyOf(keyMaterial, keyEnd),
        Arrays.copyOfRange(keyMaterial, keyEnd, keyMaterial.length));
  }

  /** Whether the key has been wiped. */
  public boolean isClosed() {
    return closed;
  }

  /** The key itself, not a copy. */
  byte[] key() {
    return open(key);
  }

  /** The salt itself, not a copy. */
  byte[] salt() {
    return open(salt);
  }

  /** Whether the lengths are those that an algorithm asks for. */
  boolean fits(AhIntegrity integrity) {
    return key.length == integrity.keyLength() && salt.length == integrity.saltLength();
  }

  private byte[] open(byte[] bytes) {
    if (closed) {
      throw new IllegalStateException("the keys have been wiped");
    }
    return bytes;
  }

  /** Wipes the key. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(key, (byte) 0);
    Arrays.fill(salt, (byte) 0);
  }

  /** Says nothing about the key. */
  @Override
  public String toString() {
    return closed ? "AhKeys[wiped]" : "AhKeys[...]";
  }
}
