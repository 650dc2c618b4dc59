package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** AES-GCM where the packets lie: what becomes of a text, and of the bytes around it. */
final class GcmCipherTest {
  /** Lengths at which the platform's implementations change from one way to another. */
  private static final int[] LENGTHS = {
    0, 1, 15, 16, 17, 64, 255, 511, 512, 513, 767, 768, 769, 1023, 1024, 1025, 1416, 1500, 8192,
    8193, 40_000, 65_000, 1416, 16, 0
  };

  private static final int BEFORE = 37;
  private static final int BEHIND = 29;
  private static final int ASSOCIATED = 8;

  private final Random random = new Random(5);

  private static AeadCipher cipher(EspEncryption encryption, byte[] material)
      throws GeneralSecurityException {
    EspSuite suite = EspSuite.combined(encryption);
    try (EspKeys keys = EspKeys.ofKeyMaterial(suite, material)) {
      return EspCrypto.platform().aead(encryption, keys);
    }
  }

  private byte[] bytes(int length) {
    byte[] result = new byte[length];
    random.nextBytes(result);
    return result;
  }

  /** What the platform makes of a text, called in another way: all in arrays of their own. */
  private static byte[] reference(
      EspEncryption encryption, byte[] material, byte[] nonce, byte[] associated, byte[] text)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(material, 0, encryption.keyLength(), "AES"),
        new GCMParameterSpec(encryption.icvLength() * Byte.SIZE, nonce));
    cipher.updateAAD(associated);
    return cipher.doFinal(text);
  }

  /** One cipher for texts that grow and shrink, often enough that compiled code is seen too. */
  @ParameterizedTest
  @EnumSource(names = {"AES_GCM_16_128", "AES_GCM_16_256", "AES_GCM_12_128"})
  void opensWhatThePlatformSealedAndTouchesNothingAround(EspEncryption encryption)
      throws GeneralSecurityException {
    byte[] material = bytes(EspSuite.combined(encryption).keyMaterialLength());
    AeadCipher cipher = cipher(encryption, material);
    for (int round = 0; round < 40; round++) {
      for (int length : LENGTHS) {
        byte[] nonce = bytes(12);
        byte[] slab = bytes(BEFORE + length + encryption.icvLength() + BEHIND);
        byte[] associated = Arrays.copyOf(slab, ASSOCIATED);
        byte[] text = bytes(length);
        byte[] sealed = reference(encryption, material, nonce, associated, text);
        System.arraycopy(sealed, 0, slab, BEFORE, sealed.length);
        byte[] expected = slab.clone();
        System.arraycopy(text, 0, expected, BEFORE, length);
        assertTrue(cipher.open(nonce, slab, 0, ASSOCIATED, slab, BEFORE, length));
        assertArrayEquals(expected, slab, () -> length + " bytes");
      }
    }
    cipher.close();
  }

  /** A forged ICV: nobody is to find the text in the slab, though it could be decrypted. */
  @ParameterizedTest
  @EnumSource(names = {"AES_GCM_16_128", "AES_GCM_16_256", "AES_GCM_12_128"})
  void ofAForgedTextNothingDecryptedIsLeft(EspEncryption encryption)
      throws GeneralSecurityException {
    byte[] material = bytes(EspSuite.combined(encryption).keyMaterialLength());
    AeadCipher cipher = cipher(encryption, material);
    for (int length : LENGTHS) {
      byte[] nonce = bytes(12);
      byte[] slab = bytes(BEFORE + length + encryption.icvLength() + BEHIND);
      byte[] text = bytes(length);
      byte[] sealed = reference(encryption, material, nonce, Arrays.copyOf(slab, ASSOCIATED), text);
      sealed[sealed.length - 1] ^= 1;
      System.arraycopy(sealed, 0, slab, BEFORE, sealed.length);
      byte[] before = slab.clone();
      assertFalse(cipher.open(nonce, slab, 0, ASSOCIATED, slab, BEFORE, length));
      assertArrayEquals(
          new byte[length], Arrays.copyOfRange(slab, BEFORE, BEFORE + length), "the text");
      assertArrayEquals(
          Arrays.copyOf(before, BEFORE), Arrays.copyOf(slab, BEFORE), "what stands before it");
      assertEquals(
          -1,
          Arrays.mismatch(
              before, BEFORE + length, before.length, slab, BEFORE + length, slab.length),
          "what stands behind it");
    }
    cipher.close();
  }
}
