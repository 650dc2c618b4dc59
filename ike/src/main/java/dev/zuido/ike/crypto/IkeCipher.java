package dev.zuido.ike.crypto;

import dev.zuido.ike.message.PhaseOneAttribute.Encryption;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An encryption algorithm of phase 1 in CBC mode (RFC 2409 Appendix A and B, RFC 3602).
 *
 * <p>Every call names its key and its IV, so that a forged message changes nothing: the caller
 * replaces the IV by {@link #nextIv} of a message when that message has been accepted.
 */
public enum IkeCipher {
  /** DES; broken, and forbidden by RFC 8247. */
  DES_CBC(Encryption.DES_CBC, "DES", 8, 8, false, true),
  /** Triple DES; RFC 8247 lets it fade out. */
  TRIPLE_DES_CBC(Encryption.TRIPLE_DES_CBC, "DESede", 24, 8, false, true),
  /** AES with 128 bits of key. */
  AES_128_CBC(Encryption.AES_CBC, "AES", 16, 16, true, false),
  /** AES with 192 bits of key. */
  AES_192_CBC(Encryption.AES_CBC, "AES", 24, 16, true, false),
  /** AES with 256 bits of key. */
  AES_256_CBC(Encryption.AES_CBC, "AES", 32, 16, true, false);

  private final int attributeValue;
  private final String keyName;
  private final int keyLength;
  private final int blockLength;
  private final boolean keyLengthNegotiated;
  private final boolean deprecated;

  IkeCipher(
      int attributeValue,
      String keyName,
      int keyLength,
      int blockLength,
      boolean keyLengthNegotiated,
      boolean deprecated) {
    this.attributeValue = attributeValue;
    this.keyName = keyName;
    this.keyLength = keyLength;
    this.blockLength = blockLength;
    this.keyLengthNegotiated = keyLengthNegotiated;
    this.deprecated = deprecated;
  }

  /**
   * The algorithm of an Encryption Algorithm attribute.
   *
   * @param value the attribute's value
   * @param keyLengthBits the Key Length attribute, 0 if there is none: AES without one has 128 bits
   *     (RFC 3602 section 5.3), DES and 3DES have none (RFC 2409 Appendix A)
   */
  public static Optional<IkeCipher> ofAttributes(long value, long keyLengthBits) {
    for (IkeCipher cipher : values()) {
      boolean fits =
          cipher.keyLengthNegotiated
              ? (keyLengthBits == 0 ? 128 : keyLengthBits) == cipher.keyLength * 8L
              : keyLengthBits == 0;
      if (cipher.attributeValue == value && fits) {
        return Optional.of(cipher);
      }
    }
    return Optional.empty();
  }

  /** The value in an Encryption Algorithm attribute. */
  public int attributeValue() {
    return attributeValue;
  }

  /** The value of the Key Length attribute, which is sent only if this is not 0. */
  public int keyLengthAttribute() {
    return keyLengthNegotiated ? keyLength * 8 : 0;
  }

  /** Bytes of the key. */
  public int keyLength() {
    return keyLength;
  }

  /** Bytes of a block and of an IV. */
  public int blockLength() {
    return blockLength;
  }

  /** Whether RFC 8247 or RFC 8221 advises against it. */
  public boolean isDeprecated() {
    return deprecated;
  }

  /**
   * Makes the cipher's key of SKEYID_e (RFC 2409 Appendix B): its first bytes if it has enough,
   * else the first bytes of K1 | K2 | ..., K1 = prf(SKEYID_e, 0), K2 = prf(SKEYID_e, K1) and so on.
   * DES takes the first eight bytes that are neither a weak nor a semi-weak key.
   */
  public Secret deriveKey(IkeHash hash, Secret skeyidE) {
    byte[] material = skeyidE.toArray();
    if (material.length < keyLength) {
      Arrays.fill(material, (byte) 0);
      material = expand(hash, skeyidE);
    }
    try {
      int offset = this == DES_CBC ? DesKeys.firstStrong(material) : 0;
      return Secret.owning(Arrays.copyOfRange(material, offset, offset + keyLength));
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }

  private byte[] expand(IkeHash hash, Secret skeyidE) {
    byte[] material = new byte[(keyLength + hash.length() - 1) / hash.length() * hash.length()];
    byte[] block = {0};
    for (int offset = 0; offset < material.length; offset += hash.length()) {
      byte[] next = hash.prf(skeyidE, block);
      System.arraycopy(next, 0, material, offset, next.length);
      Arrays.fill(block, (byte) 0);
      block = next;
    }
    Arrays.fill(block, (byte) 0);
    return material;
  }

  /**
   * Encrypts whole blocks.
   *
   * @param key of {@link #keyLength} bytes
   * @param iv of {@link #blockLength} bytes
   * @param plaintext padded to whole blocks
   * @return as many bytes
   */
  public byte[] encrypt(Secret key, byte[] iv, byte[] plaintext) {
    return crypt(Cipher.ENCRYPT_MODE, key, iv, plaintext);
  }

  /**
   * Decrypts whole blocks. Whether the bytes are whole blocks is the caller's to check: {@link
   * #isWholeBlocks}.
   *
   * @param key of {@link #keyLength} bytes
   * @param iv of {@link #blockLength} bytes
   * @param ciphertext whole blocks
   * @return as many bytes
   */
  public byte[] decrypt(Secret key, byte[] iv, byte[] ciphertext) {
    return crypt(Cipher.DECRYPT_MODE, key, iv, ciphertext);
  }

  /** Whether so many bytes can be what this cipher gave: at least one block, and no half ones. */
  public boolean isWholeBlocks(int length) {
    return length > 0 && length % blockLength == 0;
  }

  /** The IV of the message after this one: its last block (RFC 2409 Appendix B). */
  public byte[] nextIv(byte[] ciphertext) {
    return Arrays.copyOfRange(ciphertext, ciphertext.length - blockLength, ciphertext.length);
  }

  private byte[] crypt(int mode, Secret key, byte[] iv, byte[] input) {
    if (key.length() != keyLength || iv.length != blockLength || !isWholeBlocks(input.length)) {
      throw new IllegalArgumentException(
          this
              + " with a key of "
              + key.length()
              + ", an IV of "
              + iv.length
              + " and "
              + input.length
              + " bytes of input");
    }
    try {
      Cipher cipher = Cipher.getInstance(keyName + "/CBC/NoPadding");
      cipher.init(mode, new SecretKeySpec(key.bytes(), keyName), new IvParameterSpec(iv));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no provider has " + keyName + "/CBC/NoPadding", e);
    }
  }
}
