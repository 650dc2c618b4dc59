package dev.zuido.ike.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class IkeCipherTest {
  /** RFC 3602 section 4, cases 1 and 2. */
  @ParameterizedTest
  @CsvSource({
    "06a9214036b8a15b512e03d534120006, 3dafba429d9eb430b422da802c9fac41,"
        + " 53696e676c6520626c6f636b206d7367, e353779c1079aeb82708942dbe77181a",
    "c286696d887c9aa0611bbb3e2025a45a, 562e17996d093d28ddb3ba695a2e6f58,"
        + " 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f,"
        + " d296cd94c2cccf8a3a863028b5e1dc0a7586602d253cfff91b8266bea6d61ab1"
  })
  void aes(String key, String iv, String plain, String cipher) {
    Secret secret = Secret.owning(hex(key));
    assertArrayEquals(hex(cipher), IkeCipher.AES_128_CBC.encrypt(secret, hex(iv), hex(plain)));
    assertArrayEquals(hex(plain), IkeCipher.AES_128_CBC.decrypt(secret, hex(iv), hex(cipher)));
  }

  @ParameterizedTest
  @EnumSource(IkeCipher.class)
  void decryptsWhatItEncryptedAndChains(IkeCipher cipher) {
    Secret key = Secret.owning(counted(cipher.keyLength()));
    byte[] iv = counted(cipher.blockLength());
    byte[] plain = counted(4 * cipher.blockLength());
    byte[] whole = cipher.encrypt(key, iv, plain);
    assertArrayEquals(plain, cipher.decrypt(key, iv, whole));
    byte[] first = cipher.encrypt(key, iv, Arrays.copyOf(plain, cipher.blockLength()));
    byte[] rest =
        cipher.encrypt(
            key,
            cipher.nextIv(first),
            Arrays.copyOfRange(plain, cipher.blockLength(), plain.length));
    assertArrayEquals(Arrays.copyOfRange(whole, cipher.blockLength(), whole.length), rest);
  }

  @ParameterizedTest
  @EnumSource(IkeCipher.class)
  void attributes(IkeCipher cipher) {
    assertEquals(
        Optional.of(cipher),
        IkeCipher.ofAttributes(cipher.attributeValue(), cipher.keyLengthAttribute()));
    assertTrue(IkeCipher.ofAttributes(cipher.attributeValue(), 7).isEmpty());
  }

  /** RFC 3602 section 5.3: AES without a Key Length attribute has 128 bits. */
  @Test
  void aesWithoutKeyLength() {
    assertEquals(Optional.of(IkeCipher.AES_128_CBC), IkeCipher.ofAttributes(7, 0));
    assertTrue(IkeCipher.ofAttributes(5, 192).isEmpty());
    assertTrue(IkeCipher.ofAttributes(3, 0).isEmpty());
  }

  /** RFC 2409 Appendix B: the first bytes of SKEYID_e if it has enough. */
  @Test
  void keyOfLongMaterial() {
    Secret skeyidE = Secret.owning(counted(20));
    Secret key = IkeCipher.AES_128_CBC.deriveKey(IkeHash.SHA1, skeyidE);
    assertArrayEquals(counted(16), key.toArray());
    assertEquals(20, skeyidE.length());
    assertArrayEquals(counted(20), skeyidE.toArray());
  }

  /** RFC 2409 Appendix B: else K1 | K2, and nothing of SKEYID_e itself. */
  @Test
  void keyOfShortMaterial() {
    Secret skeyidE = Secret.owning(counted(20));
    byte[] k1 = IkeHash.SHA1.prf(skeyidE, new byte[1]);
    byte[] k2 = IkeHash.SHA1.prf(skeyidE, k1);
    byte[] expected = Arrays.copyOf(k1, 24);
    System.arraycopy(k2, 0, expected, 20, 4);
    assertArrayEquals(
        expected, IkeCipher.TRIPLE_DES_CBC.deriveKey(IkeHash.SHA1, skeyidE).toArray());
  }

  /**
   * RFC 2409 Appendix A and B: weak and semi-weak keys of DES are passed over, whatever their
   * parity bits.
   */
  @ParameterizedTest
  @CsvSource({"0101010101010101", "fefefefefefefefe", "1f1f1f1f0e0e0e0e", "fee0fee0fef1fef1"})
  void weakKeysOfDes(String weak) {
    byte[] material = counted(16);
    System.arraycopy(hex(weak), 0, material, 0, 8);
    byte[] strong = Arrays.copyOfRange(material, 8, 16);
    assertArrayEquals(
        strong, IkeCipher.DES_CBC.deriveKey(IkeHash.MD5, Secret.copyOf(material)).toArray());
    material[0] ^= 1;
    assertArrayEquals(
        strong, IkeCipher.DES_CBC.deriveKey(IkeHash.MD5, Secret.copyOf(material)).toArray());
    material[0] ^= 2;
    assertArrayEquals(
        Arrays.copyOf(material, 8),
        IkeCipher.DES_CBC.deriveKey(IkeHash.MD5, Secret.copyOf(material)).toArray());
  }

  @Test
  void wrongSizesAreACallersMistake() {
    IkeCipher cipher = IkeCipher.AES_128_CBC;
    Secret key = Secret.copyOf(new byte[16]);
    byte[] block = new byte[16];
    assertThrows(IllegalArgumentException.class, () -> cipher.encrypt(key, block, new byte[15]));
    assertThrows(IllegalArgumentException.class, () -> cipher.decrypt(key, block, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> cipher.decrypt(key, new byte[8], block));
    assertThrows(
        IllegalArgumentException.class,
        () -> cipher.decrypt(Secret.copyOf(new byte[24]), block, block));
    assertFalse(cipher.isWholeBlocks(0));
    assertFalse(cipher.isWholeBlocks(17));
    assertTrue(cipher.isWholeBlocks(32));
  }

  private static byte[] counted(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (3 * i + 5);
    }
    return bytes;
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
