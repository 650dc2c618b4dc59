package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Project Wycheproof's vectors, with valid and invalid ones. Out of ESP's range are keys that are
 * none of AES's, and ICVs of other lengths than 8, 12 and 16 bytes. All nonces have 12 bytes; that
 * of CCM in ESP has 11, and our CCM takes both.
 */
final class WycheproofVectors {
  static final String KEY_LENGTH = "not ESP's: key length";
  static final String ICV_LENGTH = "not ESP's: ICV length";

  private WycheproofVectors() {}

  /** Checks a vector, if it is for ESP. */
  static String check(Vectors.Entry file, Vectors.Entry group, Vectors.Entry test)
      throws GeneralSecurityException {
    String algorithm = file.text("algorithm");
    if (algorithm.equals("ECDH")) {
      return PublishedVectors.KEY_EXCHANGE;
    }
    if (algorithm.startsWith("HMAC")) {
      return hmac(algorithm, test) ? "checked: " + algorithm : PublishedVectors.LONG_KEY;
    }
    int keyBits = group.integer("keySize");
    if (keyBits != 128 && keyBits != 192 && keyBits != 256) {
      return KEY_LENGTH;
    }
    if (algorithm.equals("AES-CMAC")) {
      cmac(test);
      return "checked: " + algorithm;
    }
    assertEquals(96, group.integer("ivSize"));
    String icvLength = Integer.toString(group.integer("tagSize") / 8);
    String constant =
        switch (algorithm) {
          case "AES-GCM" -> "AES_GCM_" + icvLength + "_" + keyBits;
          case "AES-CCM" -> "AES_CCM_" + icvLength + "_" + keyBits;
          case "AES-GMAC" -> "NULL_AUTH_AES_GMAC_" + keyBits;
          case "CHACHA20-POLY1305" -> "CHACHA20_POLY1305";
          default -> throw new AssertionError(algorithm);
        };
    if (Arrays.stream(EspEncryption.values()).noneMatch(e -> e.name().equals(constant))) {
      return ICV_LENGTH;
    }
    aead(EspEncryption.valueOf(constant), test);
    return "checked: " + algorithm;
  }

  private static boolean isValid(Vectors.Entry test) {
    return test.text("result").equals("valid");
  }

  private static boolean hmac(String algorithm, Vectors.Entry test)
      throws GeneralSecurityException {
    String digest = algorithm.replace("HMACSHA", "SHA-");
    int block = digest.equals("SHA-384") || digest.equals("SHA-512") ? 128 : 64;
    byte[] key = test.bytes("key");
    if (key.length > block) {
      return false;
    }
    byte[] tag = test.bytes("tag");
    byte[] mac = CryptoVectorsTest.hmac(digest, block, key, test.bytes("msg"), tag.length);
    assertEquals(isValid(test), Arrays.equals(tag, mac), test.text("comment"));
    return true;
  }

  private static void cmac(Vectors.Entry test) throws GeneralSecurityException {
    byte[] tag = test.bytes("tag");
    IcvStage icv =
        CbcMacIcv.cmac(
            PublishedVectors.aes("CBC"),
            PublishedVectors.aes("ECB"),
            test.bytes("key"),
            tag.length);
    byte[] mac = CryptoVectorsTest.icv(icv, test.bytes("msg"), tag.length);
    assertEquals(isValid(test), Arrays.equals(tag, mac), test.text("comment"));
  }

  private static void aead(EspEncryption encryption, Vectors.Entry test)
      throws GeneralSecurityException {
    byte[] nonce = test.bytes("iv");
    byte[] associated = test.bytes("aad");
    boolean gmac = encryption.family() == EspEncryption.Family.GMAC;
    byte[] plain = test.bytes("msg");
    byte[] sealed = concat(gmac ? plain : test.bytes("ct"), test.bytes("tag"));
    EspSuite suite = EspSuite.combined(encryption);
    byte[] salt = new byte[encryption.saltLength()]; // part of the nonce here
    try (EspKeys keys = EspKeys.of(suite, test.bytes("key"), salt, new byte[0])) {
      AeadCipher cipher = EspCrypto.platform().aead(encryption, keys);
      String name = encryption + " " + test.integer("tcId") + " " + test.text("comment");
      if (isValid(test)) {
        PublishedVectors.aead(cipher, nonce, associated, plain, sealed, name);
      } else {
        int length = sealed.length - encryption.icvLength();
        assertFalse(cipher.open(nonce, associated, 0, associated.length, sealed, 0, length), name);
      }
    }
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }
}
