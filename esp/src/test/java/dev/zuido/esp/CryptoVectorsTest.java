package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ciphers and MACs against published values: RFC 2202 and RFC 3602 here, more from files. */
final class CryptoVectorsTest {
  /** How many vectors there are for ESP's algorithms. */
  private static final int EXPECTED = 1054;

  static byte[] hmac(String digest, int block, byte[] key, byte[] data, int length)
      throws GeneralSecurityException {
    HmacIcv icv =
        new HmacIcv(
            MessageDigest.getInstance(digest),
            MessageDigest.getInstance(digest),
            block,
            key,
            length);
    return icv(icv, data, length);
  }

  /** The ICV, which also has to be found right, and wrong once a bit is changed. */
  static byte[] icv(IcvStage icv, byte[] data, int length) {
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

  static void cbc(EspEncryption encryption, String key, String iv, String plain, String cipher)
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

  /**
   * Checks every vector that concerns ESP; the others fall into the classes that are named here.
   */
  @Test
  void publishedFiles(TestReporter reporter) throws IOException, GeneralSecurityException {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (Vectors.Entry file : Vectors.files("crypto")) {
      for (Vectors.Entry vector : file.list("vectors")) {
        outcomes.merge(PublishedVectors.check(vector), 1, Integer::sum);
      }
      for (Vectors.Entry group : file.list("testGroups")) {
        for (Vectors.Entry test : group.list("tests")) {
          outcomes.merge(WycheproofVectors.check(file, group, test), 1, Integer::sum);
        }
      }
    }
    outcomes.forEach((outcome, number) -> reporter.publishEntry(outcome, number.toString()));
    assertEquals(
        Set.of(
            PublishedVectors.KEY_EXCHANGE,
            PublishedVectors.LONG_KEY,
            PublishedVectors.DERIVED_KEY,
            WycheproofVectors.ICV_LENGTH,
            WycheproofVectors.KEY_LENGTH),
        outcomes.keySet().stream()
            .filter(outcome -> !outcome.startsWith("checked: "))
            .collect(Collectors.toSet()),
        outcomes::toString);
    assertEquals(EXPECTED, checked(outcomes));
  }

  private static int checked(Map<String, Integer> outcomes) {
    return outcomes.entrySet().stream()
        .filter(outcome -> outcome.getKey().startsWith("checked: "))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
