package dev.zuido.esp;

import java.util.Arrays;

/**
 * The keys of one SA. Closing wipes them: an SA takes what it needs when it is made, so that its
 * maker closes the keys right behind it.
 *
 * <p>What the platform's cipher and digest objects keep inside is beyond reach: the SA overwrites
 * it as far as their interfaces allow when it is closed.
 */
public final class EspKeys implements AutoCloseable {
  private final byte[] encryptionKey;
  private final byte[] salt;
  private final byte[] integrityKey;
  private boolean closed;

  private EspKeys(byte[] encryptionKey, byte[] salt, byte[] integrityKey) {
    this.encryptionKey = encryptionKey;
    this.salt = salt;
    this.integrityKey = integrityKey;
  }

  /**
   * Keys by part; the arrays are copied and stay the caller's to wipe.
   *
   * @throws IllegalArgumentException if a length is not the suite's, or the key of 3DES is none:
   *     see {@link #ofKeyMaterial}
   */
  public static EspKeys of(EspSuite suite, byte[] encryptionKey, byte[] salt, byte[] integrityKey) {
    require("encryption key", encryptionKey.length, suite.encryption().keyLength());
    require("salt", salt.length, suite.encryption().saltLength());
    require("integrity key", integrityKey.length, suite.integrity().keyLength());
    requireThreeKeys(suite, encryptionKey);
    return new EspKeys(encryptionKey.clone(), salt.clone(), integrityKey.clone());
  }

  /**
   * Cuts keying material in the order of RFC 2409 section 5.5 and RFC 4106 section 8.1: encryption
   * key, salt, integrity key. The array is copied and stays the caller's to wipe.
   *
   * @throws IllegalArgumentException if the length is not {@link EspSuite#keyMaterialLength()}, or
   *     the key of 3DES is one of single DES: its first or last two keys are equal but for parity,
   *     which RFC 2451 section 2.3 tells to reject
   */
  public static EspKeys ofKeyMaterial(EspSuite suite, byte[] keyMaterial) {
    require("keying material", keyMaterial.length, suite.keyMaterialLength());
    requireThreeKeys(suite, keyMaterial);
    int keyEnd = suite.encryption().keyLength();
    int saltEnd = keyEnd + suite.encryption().saltLength();
    return new EspKeys(
        Arrays.copyOf(keyMaterial, keyEnd),
        Arrays.copyOfRange(keyMaterial, keyEnd, saltEnd),
        Arrays.copyOfRange(keyMaterial, saltEnd, keyMaterial.length));
  }

  private static void require(String what, int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(what + " of " + length + " bytes, not " + expected);
    }
  }

  /** Refuses 3DES keys with which encryption and decryption cancel each other out. */
  private static void requireThreeKeys(EspSuite suite, byte[] key) {
    if (suite.encryption() == EspEncryption.TRIPLE_DES_CBC
        && (isSameDesKey(key, 0, 8) || isSameDesKey(key, 8, 16))) {
      throw new IllegalArgumentException(
          "the 3DES key is a key of single DES: two neighbouring keys of its three are equal");
    }
  }

  private static boolean isSameDesKey(byte[] key, int one, int other) {
    int difference = 0;
    for (int i = 0; i < 8; i++) {
      difference |= (key[one + i] ^ key[other + i]) & 0xfe; // the lowest bit is parity
    }
    return difference == 0;
  }

  /** Whether the keys have been wiped. */
  public boolean isClosed() {
    return closed;
  }

  /** The encryption key itself, not a copy. */
  byte[] encryptionKey() {
    return open(encryptionKey);
  }

  /** The salt itself, not a copy. */
  byte[] salt() {
    return open(salt);
  }

  /** The integrity key itself, not a copy. */
  byte[] integrityKey() {
    return open(integrityKey);
  }

  /** Whether the lengths are those that a suite asks for. */
  boolean fits(EspSuite suite) {
    return encryptionKey.length == suite.encryption().keyLength()
        && salt.length == suite.encryption().saltLength()
        && integrityKey.length == suite.integrity().keyLength();
  }

  private byte[] open(byte[] key) {
    if (closed) {
      throw new IllegalStateException("the keys have been wiped");
    }
    return key;
  }

  /** Wipes the keys. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(encryptionKey, (byte) 0);
    Arrays.fill(salt, (byte) 0);
    Arrays.fill(integrityKey, (byte) 0);
  }

  /** Says nothing about the keys. */
  @Override
  public String toString() {
    return closed ? "EspKeys[wiped]" : "EspKeys[...]";
  }
}
