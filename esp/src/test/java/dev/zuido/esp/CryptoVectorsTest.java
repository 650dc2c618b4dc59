package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ciphers and MACs against published values: RFC 2202 and RFC 3602 here, more from files. */
final class CryptoVectorsTest {

  private static byte[] hmac(String digest, int block, byte[] key, byte[] data, int length)
      throws GeneralSecurityException {
    HmacIcv icv =
        new HmacIcv(
            MessageDigest.getInstance(digest),
            MessageDigest.getInstance(digest),
            block,
            key,
            length);
    icv.begin(data, 0, data.length);
    byte[] result = new byte[length];
    icv.finish(result, 0);
    icv.begin(data, 0, data.length);
    assertTrue(icv.verify(result, 0));
    result[length - 1] ^= 1;
    icv.begin(data, 0, data.length);
    assertFalse(icv.verify(result, 0));
    result[length - 1] ^= 1;
    return result;
  }

  /** RFC 2202 sections 2 and 3, the cases whose keys are not longer than a block. */
  @ParameterizedTest
  @CsvSource({
    "MD5, 0b, 16, 4869205468657265, 9294727a3638bb1c13f48ef8158bfc9d",
    "MD5, 4a656665, 1, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
        + " 750c783e6ab0b503eaa86e310a5db738",
    "MD5, 0c, 16, 546573742057697468205472756e636174696f6e, 56461ef2342edc00f9bab995690efd4c",
    "SHA-1, 0b, 20, 4869205468657265, b617318655057264e28bc0b6fb378c8ef146be00",
    "SHA-1, 4a656665, 1, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
        + " effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
    "SHA-1, 0c, 20, 546573742057697468205472756e636174696f6e,"
        + " 4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"
  })
  void rfc2202(String digest, String key, int repeated, String data, String expected)
      throws GeneralSecurityException {
    byte[] whole = Packets.hex(key.repeat(repeated));
    byte[] result = Packets.hex(expected);
    assertArrayEquals(result, hmac(digest, 64, whole, Packets.hex(data), result.length));
    assertArrayEquals(
        Arrays.copyOf(result, 12), hmac(digest, 64, whole, Packets.hex(data), 12), "96 bits");
  }

  /** RFC 3602 section 4, cases 1 to 4. */
  @ParameterizedTest
  @CsvSource({
    "06a9214036b8a15b512e03d534120006, 3dafba429d9eb430b422da802c9fac41,"
        + " 53696e676c6520626c6f636b206d7367, e353779c1079aeb82708942dbe77181a",
    "c286696d887c9aa0611bbb3e2025a45a, 562e17996d093d28ddb3ba695a2e6f58,"
        + " 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f,"
        + " d296cd94c2cccf8a3a863028b5e1dc0a7586602d253cfff91b8266bea6d61ab1",
    "6c3ea0477630ce21a2ce334aa746c2cd, c782dc4c098c66cbd9cd27d825682c81,"
        + " 5468697320697320612034382d62797465206d657373616765202865786163746c7920332041455320"
        + "626c6f636b7329,"
        + " d0a02b3836451753d493665d33f0e8862dea54cdb293abc7506939276772f8d5021c19216bad525c85"
        + "79695d83ba2684",
    "56e47a38c5598974bc46903dba290349, 8ce82eefbea0da3c44699ed7db51b7d9,"
        + " a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8"
        + "c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf,"
        + " c30e32ffedc0774e6aff6af0869f71aa0f3af07a9a31a9c684db207eb0ef8e4e35907aa632c3ffdf86"
        + "8bb7b29d3d46ad83ce9f9a102ee99d49a53e87f4c3da55"
  })
  void rfc3602(String key, String iv, String plain, String cipher) throws GeneralSecurityException {
    cbc(EspEncryption.AES_CBC_128, key, iv, plain, cipher);
  }

  private static void cbc(
      EspEncryption encryption, String key, String iv, String plain, String cipher)
      throws GeneralSecurityException {
    EspSuite suite = new EspSuite(encryption, EspIntegrity.HMAC_MD5_96);
    byte[] ivBytes = Packets.hex(iv);
    byte[] text = Packets.hex(plain);
    byte[] slab = new byte[8 + ivBytes.length + text.length];
    System.arraycopy(text, 0, slab, 8 + ivBytes.length, text.length);
    EspFrames frames = new EspFrames(ivBytes.length);
    frames.presetIv(ivBytes);
    frames.add(0, 0, text.length, 1);
    frames.setAuthentic(0, true);
    try (EspKeys keys = EspKeys.of(suite, Packets.hex(key), new byte[0], new byte[16])) {
      EspCrypto.platform().cbc(encryption, keys, Packets.random(1)).encrypt(slab, frames);
      assertArrayEquals(ivBytes, Arrays.copyOfRange(slab, 8, 8 + ivBytes.length));
      assertArrayEquals(
          Packets.hex(cipher), Arrays.copyOfRange(slab, 8 + ivBytes.length, slab.length));
      CipherStage decrypting = EspCrypto.platform().cbc(encryption, keys, null);
      byte[] sealed = slab.clone();
      decrypting.decrypt(slab, frames);
      assertArrayEquals(text, Arrays.copyOfRange(slab, 8 + ivBytes.length, slab.length));
      decrypting.decrypt(sealed, frames);
      assertArrayEquals(text, Arrays.copyOfRange(sealed, 8 + ivBytes.length, sealed.length));
    }
  }

  @Test
  void publishedFiles(TestReporter reporter) throws IOException, GeneralSecurityException {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (Vectors.Entry file : Vectors.files("crypto")) {
      for (Vectors.Entry vector : file.list("vectors")) {
        String outcome = check(vector) ? "checked: " : "not of this module: ";
        outcomes.merge(outcome + vector.text("alg"), 1, Integer::sum);
      }
      for (Vectors.Entry group : file.list("testGroups")) {
        for (Vectors.Entry test : group.list("tests")) {
          boolean checked = checkAead(file, group, test) || checkMac(file, group, test);
          String outcome = checked ? "checked: " : "not of this module: ";
          outcomes.merge(outcome + file.text("algorithm"), 1, Integer::sum);
        }
      }
    }
    outcomes.forEach((outcome, number) -> reporter.publishEntry(outcome, number.toString()));
    for (String algorithm :
        new String[] {"ENCR_AES_CBC", "ENCR_3DES", "AUTH_HMAC_MD5_96", "AUTH_HMAC_SHA1_96"}) {
      assertTrue(outcomes.containsKey("checked: " + algorithm), outcomes::toString);
    }
    assertTrue(outcomes.containsKey("checked: AES-GCM"), outcomes::toString);
    assertTrue(outcomes.containsKey("checked: HMACSHA512"), outcomes::toString);
  }

  private static boolean check(Vectors.Entry vector) throws GeneralSecurityException {
    EspEncryption encryption =
        switch (vector.text("alg")) {
          case "ENCR_AES_CBC" ->
              switch (vector.integer("key_size")) {
                case 16 -> EspEncryption.AES_CBC_128;
                case 24 -> EspEncryption.AES_CBC_192;
                default -> EspEncryption.AES_CBC_256;
              };
          case "ENCR_3DES" -> EspEncryption.TRIPLE_DES_CBC;
          case "ENCR_DES" -> EspEncryption.DES_CBC;
          default -> EspEncryption.NULL;
        };
    if (encryption != EspEncryption.NULL) {
      cbc(
          encryption,
          vector.text("keyHex"),
          vector.text("ivHex"),
          vector.text("plainHex"),
          vector.text("cipherHex"));
      return true;
    }
    EspIntegrity integrity =
        switch (vector.text("alg")) {
          case "AUTH_HMAC_MD5_96" -> EspIntegrity.HMAC_MD5_96;
          case "AUTH_HMAC_SHA1_96" -> EspIntegrity.HMAC_SHA1_96;
          case "AUTH_HMAC_SHA2_256_128" -> EspIntegrity.HMAC_SHA2_256_128;
          case "AUTH_HMAC_SHA2_384_192" -> EspIntegrity.HMAC_SHA2_384_192;
          case "AUTH_HMAC_SHA2_512_256" -> EspIntegrity.HMAC_SHA2_512_256;
          default -> EspIntegrity.NONE;
        };
    if (integrity == EspIntegrity.NONE
        || vector.bytes("keyHex").length > integrity.digestBlockLength()) {
      return false;
    }
    byte[] mac = vector.bytes("macHex");
    assertEquals(integrity.icvLength(), mac.length);
    assertArrayEquals(
        mac,
        hmac(
            integrity.digest(),
            integrity.digestBlockLength(),
            vector.bytes("keyHex"),
            vector.bytes("dataHex"),
            mac.length),
        vector.text("name"));
    return true;
  }

  /** HMAC cases whose key is not longer than a block, which no key of ESP is. */
  private static boolean checkMac(Vectors.Entry file, Vectors.Entry group, Vectors.Entry test)
      throws GeneralSecurityException {
    String name = file.text("algorithm");
    String digest = name.replace("HMACSHA", "SHA-");
    int block = digest.equals("SHA-384") || digest.equals("SHA-512") ? 128 : 64;
    byte[] key = test.bytes("key");
    if (!name.startsWith("HMACSHA") || key.length > block) {
      return false;
    }
    byte[] tag = test.bytes("tag");
    assertEquals(group.integer("tagSize") / 8, tag.length);
    boolean same = Arrays.equals(tag, hmac(digest, block, key, test.bytes("msg"), tag.length));
    assertEquals(test.text("result").equals("valid"), same, test.text("comment"));
    return true;
  }

  /** AES-GCM cases that look like ESP: a nonce of salt and IV, 8 or 12 bytes of associated data. */
  private static boolean checkAead(Vectors.Entry file, Vectors.Entry group, Vectors.Entry test) {
    byte[] associated = test.bytes("aad");
    if (!file.text("algorithm").equals("AES-GCM")
        || group.integer("ivSize") != 96
        || group.integer("tagSize") != 128
        || (associated.length != 8 && associated.length != 12)) {
      return false;
    }
    EspEncryption encryption =
        switch (group.integer("keySize")) {
          case 128 -> EspEncryption.AES_GCM_16_128;
          case 192 -> EspEncryption.AES_GCM_16_192;
          default -> EspEncryption.AES_GCM_16_256;
        };
    EspSuite suite = EspSuite.combined(encryption);
    byte[] nonce = test.bytes("iv");
    byte[] text = test.bytes("ct");
    byte[] slab = new byte[16 + text.length + 16];
    boolean extended = associated.length == 12;
    long sequence = BigEndian.getUnsignedInt(associated, associated.length - 4);
    if (extended) {
      sequence = BigEndian.getLong(associated, 4);
    }
    System.arraycopy(associated, 0, slab, 0, 4);
    BigEndian.putInt(slab, 4, (int) sequence);
    System.arraycopy(nonce, 4, slab, 8, 8);
    System.arraycopy(text, 0, slab, 16, text.length);
    System.arraycopy(test.bytes("tag"), 0, slab, 16 + text.length, 16);
    EspFrames frames = new EspFrames(8);
    frames.add(0, 0, text.length, sequence);
    try (EspKeys keys =
        EspKeys.of(suite, test.bytes("key"), Arrays.copyOf(nonce, 4), new byte[0])) {
      EspCrypto.platform().transform(suite, keys, extended, null).open(slab, frames);
    }
    assertEquals(test.text("result").equals("valid"), frames.isAuthentic(0), test.text("comment"));
    if (frames.isAuthentic(0)) {
      assertArrayEquals(test.bytes("msg"), Arrays.copyOfRange(slab, 16, 16 + text.length));
    }
    return true;
  }
}
