package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** RFC 2451 section 2.3: 3DES under which two of its three steps cancel each other out. */
final class DegenerateKeysTest {
  private static final EspSuite SUITE = Packets.REFERENCE;

  /** Three keys, each of one byte repeated. */
  private static byte[] key(int first, int second, int third) {
    byte[] key = new byte[24];
    Arrays.fill(key, 0, 8, (byte) first);
    Arrays.fill(key, 8, 16, (byte) second);
    Arrays.fill(key, 16, 24, (byte) third);
    return key;
  }

  private static void assertRefused(byte[] key) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> EspKeys.of(SUITE, key, new byte[0], new byte[16]));
    assertTrue(refusal.getMessage().contains("single DES"), refusal.getMessage());
    byte[] material = Arrays.copyOf(key, SUITE.keyMaterialLength());
    assertThrows(IllegalArgumentException.class, () -> EspKeys.ofKeyMaterial(SUITE, material));
  }

  @Test
  void neighboursThatAreEqualAreRefused() {
    assertRefused(key(2, 2, 4));
    assertRefused(key(2, 4, 4));
    assertRefused(key(2, 2, 2));
  }

  @Test
  void parityDoesNotTellKeysApart() {
    assertRefused(key(2, 3, 4));
    assertRefused(key(2, 4, 5));
    byte[] oneBit = key(2, 2, 4);
    oneBit[15] ^= 2;
    assertFalse(EspKeys.of(SUITE, oneBit, new byte[0], new byte[16]).isClosed());
  }

  @Test
  void twoKeysAndOtherCiphersAreNotMeant() {
    assertFalse(EspKeys.of(SUITE, key(2, 4, 2), new byte[0], new byte[16]).isClosed());
    EspSuite aes = new EspSuite(EspEncryption.AES_CBC_192, EspIntegrity.HMAC_MD5_96);
    assertEquals(
        24, EspKeys.of(aes, key(2, 2, 2), new byte[0], new byte[16]).encryptionKey().length);
  }
}
