package dev.zuido.ike.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * RSA signatures of phase 1 (RFC 2409 section 5.1): PKCS #1 block type 1 around the bare HASH_I or
 * HASH_R, {@code 00 01 FF .. FF 00 HASH}, without an object identifier of the hash.
 *
 * <p>A signature is verified by making the whole block that it has to be and comparing all of it.
 * Nothing is parsed, so that neither a short signature (CVE-2026-50721) nor one that hides its
 * padding behind the hash (Bleichenbacher 2006, with exponent 3) can pass.
 */
public final class RsaSignature {
  private static final int MIN_BITS = 1_024;
  private static final int MAX_BITS = 8_192;

  /** 00 01, eight bytes of FF, 00. */
  private static final int MIN_PADDING = 11;

  private RsaSignature() {}

  /** Whether a public key is of 1 024 to 8 192 bits with an odd exponent from 3 to 2^33. */
  public static boolean isUsable(RSAPublicKey key) {
    BigInteger exponent = key.getPublicExponent();
    int bits = key.getModulus().bitLength();
    return bits >= MIN_BITS
        && bits <= MAX_BITS
        && key.getModulus().signum() > 0
        && key.getModulus().testBit(0)
        && exponent.signum() > 0
        && exponent.testBit(0)
        && exponent.bitLength() >= 2
        && exponent.bitLength() <= 33;
  }

  /** Whether two keys are of one pair, as far as a key that hides its numbers lets us see. */
  public static boolean belongTogether(PrivateKey privateKey, RSAPublicKey publicKey) {
    return !(privateKey instanceof RSAKey rsa) || rsa.getModulus().equals(publicKey.getModulus());
  }

  /**
   * Signs a hash.
   *
   * @param key an RSA key
   * @param hash HASH_I or HASH_R
   * @return as many bytes as the key's modulus has
   * @throws GeneralSecurityException if the key's provider cannot
   */
  public static byte[] sign(PrivateKey key, byte[] hash) throws GeneralSecurityException {
    // With a private key, encryption pads with block type 1: a signature without an OID.
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, key);
    return cipher.doFinal(hash);
  }

  /**
   * Whether a signature is that of a hash.
   *
   * @param key a {@linkplain #isUsable usable} public key
   * @param hash HASH_I or HASH_R
   * @param signature the Signature payload's data: exactly as long as the modulus
   */
  public static boolean verify(RSAPublicKey key, byte[] hash, byte[] signature) {
    int length = (key.getModulus().bitLength() + 7) / 8;
    BigInteger value = new BigInteger(1, signature);
    if (!isUsable(key)
        || signature.length != length
        || value.compareTo(key.getModulus()) >= 0
        || hash.length + MIN_PADDING > length) {
      return false;
    }
    BigInteger block = value.modPow(key.getPublicExponent(), key.getModulus());
    return MessageDigest.isEqual(expectedBlock(hash, length), fixed(block, length));
  }

  private static byte[] expectedBlock(byte[] hash, int length) {
    byte[] block = new byte[length];
    Arrays.fill(block, 2, length - hash.length - 1, (byte) 0xff);
    block[1] = 1;
    System.arraycopy(hash, 0, block, length - hash.length, hash.length);
    return block;
  }

  /** A number that is smaller than the modulus, in as many bytes as that has. */
  private static byte[] fixed(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[length];
    int kept = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - kept, fixed, length - kept, kept);
    return fixed;
  }
}
