package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;

/** Vectors of ciphers and MACs by IKEv2's names of algorithms, with key and salt joined. */
final class PublishedVectors {
  static final String KEY_EXCHANGE = "not ESP's: key exchange";
  static final String LONG_KEY = "not ESP's: HMAC with a key longer than a block";
  static final String DERIVED_KEY = "not ESP's: PRF whose key has not the length of AES's";

  private static final int BLOCK = 16;

  private PublishedVectors() {}

  /** Checks a vector, if it is for ESP. */
  static String check(Vectors.Entry vector) throws GeneralSecurityException {
    String algorithm = vector.text("alg");
    if (algorithm.isEmpty()) {
      return KEY_EXCHANGE;
    }
    int keyLength = vector.bytes("keyHex").length;
    if (algorithm.contains("HMAC")) {
      return hmac(vector, algorithm) ? "checked: " + algorithm : LONG_KEY;
    }
    if (algorithm.contains("XCBC") || algorithm.contains("CMAC")) {
      if (keyLength != BLOCK) {
        return DERIVED_KEY;
      }
      cbcMac(vector, algorithm);
    } else if (algorithm.equals("ENCR_AES_CTR")) {
      ctr(vector);
    } else if (vector.text("kind").equals("aead")) {
      aead(vector);
    } else {
      cbc(vector, algorithm);
    }
    return "checked: " + algorithm;
  }

  private static void cbc(Vectors.Entry vector, String algorithm) throws GeneralSecurityException {
    EspEncryption encryption =
        switch (algorithm) {
          case "ENCR_AES_CBC" -> EspEncryption.valueOf("AES_CBC_" + 8 * vector.integer("key_size"));
          case "ENCR_3DES" -> EspEncryption.TRIPLE_DES_CBC;
          case "ENCR_DES" -> EspEncryption.DES_CBC;
          default -> throw new AssertionError(algorithm);
        };
    CryptoVectorsTest.cbc(
        encryption,
        vector.text("keyHex"),
        vector.text("ivHex"),
        vector.text("plainHex"),
        vector.text("cipherHex"));
  }

  private static boolean hmac(Vectors.Entry vector, String algorithm)
      throws GeneralSecurityException {
    String digest =
        algorithm.contains("MD5")
            ? "MD5"
            : algorithm.contains("SHA1") ? "SHA-1" : "SHA-" + algorithm.split("_")[3];
    int block = digest.equals("SHA-384") || digest.equals("SHA-512") ? 128 : 64;
    byte[] key = vector.bytes("keyHex");
    if (key.length > block) {
      return false;
    }
    byte[] mac = result(vector);
    assertArrayEquals(
        mac,
        CryptoVectorsTest.hmac(digest, block, key, data(vector), mac.length),
        vector.text("name"));
    return true;
  }

  /** A PRF is a MAC under other names. */
  private static byte[] data(Vectors.Entry vector) {
    return vector.bytes(vector.text("kind").equals("prf") ? "seedHex" : "dataHex");
  }

  private static byte[] result(Vectors.Entry vector) {
    return vector.bytes(vector.text("kind").equals("prf") ? "outHex" : "macHex");
  }

  private static void cbcMac(Vectors.Entry vector, String algorithm)
      throws GeneralSecurityException {
    byte[] mac = result(vector);
    byte[] key = vector.bytes("keyHex");
    IcvStage icv =
        algorithm.contains("XCBC")
            ? CbcMacIcv.xcbc(aes("CBC"), aes("ECB"), key, mac.length)
            : CbcMacIcv.cmac(aes("CBC"), aes("ECB"), key, mac.length);
    assertArrayEquals(
        mac, CryptoVectorsTest.icv(icv, data(vector), mac.length), vector.text("name"));
    icv.close();
  }

  static Cipher aes(String mode) throws GeneralSecurityException {
    return Cipher.getInstance("AES/" + mode + "/NoPadding");
  }

  private static void ctr(Vectors.Entry vector) throws GeneralSecurityException {
    int keySize = vector.integer("key_size");
    EspSuite suite =
        new EspSuite(EspEncryption.valueOf("AES_CTR_" + 8 * keySize), EspIntegrity.HMAC_MD5_96);
    byte[] plain = vector.bytes("plainHex");
    byte[] slab = Arrays.copyOf(new byte[16], 16 + plain.length);
    System.arraycopy(plain, 0, slab, 16, plain.length);
    EspFrames frames = new EspFrames(8);
    frames.presetIv(vector.bytes("ivHex"));
    frames.add(0, 0, plain.length, 1);
    frames.setAuthentic(0, true);
    byte[] key = vector.bytes("keyHex");
    byte[] nonce = Arrays.copyOfRange(key, keySize, key.length);
    try (EspKeys keys = EspKeys.of(suite, Arrays.copyOf(key, keySize), nonce, new byte[16])) {
      CipherStage stage = EspCrypto.platform().ctr(keys);
      stage.encrypt(slab, frames);
      assertArrayEquals(vector.bytes("ivHex"), Arrays.copyOfRange(slab, 8, 16));
      assertArrayEquals(
          vector.bytes("cipherHex"),
          Arrays.copyOfRange(slab, 16, slab.length),
          vector.text("name"));
      stage.decrypt(slab, frames);
      assertArrayEquals(plain, Arrays.copyOfRange(slab, 16, slab.length));
      stage.close();
    }
  }

  private static void aead(Vectors.Entry vector) throws GeneralSecurityException {
    int keySize = vector.integer("key_size");
    int icvLength = vector.integer("icvLen");
    String mode = vector.text("alg").split("_")[2];
    EspEncryption encryption =
        vector.text("alg").equals("ENCR_CHACHA20_POLY1305")
            ? EspEncryption.CHACHA20_POLY1305
            : EspEncryption.valueOf("AES_" + mode + "_" + icvLength + "_" + 8 * keySize);
    assertEquals(icvLength, encryption.icvLength());
    byte[] key = vector.bytes("keyHex");
    byte[] salt = Arrays.copyOfRange(key, keySize, key.length);
    byte[] nonce = Arrays.copyOf(salt, salt.length + 8);
    System.arraycopy(vector.bytes("ivHex"), 0, nonce, salt.length, 8);
    EspSuite suite = EspSuite.combined(encryption);
    try (EspKeys keys = EspKeys.of(suite, Arrays.copyOf(key, keySize), salt, new byte[0])) {
      aead(
          EspCrypto.platform().aead(encryption, keys),
          nonce,
          vector.bytes("adataHex"),
          vector.bytes("plainHex"),
          vector.bytes("cipherHex"),
          vector.text("name"));
    }
  }

  /** Seals to the bytes that are given, opens them, and refuses them with a bit changed. */
  static void aead(
      AeadCipher cipher,
      byte[] nonce,
      byte[] associated,
      byte[] plain,
      byte[] sealed,
      String name) {
    byte[] text = Arrays.copyOf(plain, sealed.length);
    cipher.seal(nonce, associated, 0, associated.length, text, 0, plain.length);
    assertArrayEquals(sealed, text, name);
    text[sealed.length - 1] ^= 1;
    assertFalse(cipher.open(nonce, associated, 0, associated.length, text, 0, plain.length), name);
    text = sealed.clone();
    assertTrue(cipher.open(nonce, associated, 0, associated.length, text, 0, plain.length), name);
    assertArrayEquals(plain, Arrays.copyOf(text, plain.length), name);
    cipher.close();
  }
}
