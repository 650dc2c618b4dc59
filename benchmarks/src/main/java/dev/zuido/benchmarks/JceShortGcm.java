package dev.zuido.benchmarks;

import dev.zuido.esp.EspSuite;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * GCM with an ICV of 8 bytes, which the JCE does not have: sealed with a whole one, and opened by
 * decrypting in counter mode and sealing again.
 */
final class JceShortGcm extends JceEsp {
  private static final int SALT_LENGTH = 4;
  private static final int WHOLE_ICV_LENGTH = 16;

  private final Cipher gcm = aes("GCM");
  private final Cipher ctr = aes("CTR");
  private final SecretKeySpec key;
  private final byte[] counterBlock = new byte[16];
  private final byte[] nonce = new byte[SALT_LENGTH + Long.BYTES];
  private final byte[] plain;
  private final byte[] sealed;

  JceShortGcm(EspSuite suite, byte[] keyMaterial, int payloadLength)
      throws GeneralSecurityException {
    super(suite, payloadLength);
    key = new SecretKeySpec(keyMaterial, 0, suite.encryption().keyLength(), "AES");
    System.arraycopy(keyMaterial, suite.encryption().keyLength(), nonce, 0, SALT_LENGTH);
    counterBlock[15] = 2;
    plain = new byte[textLength];
    sealed = new byte[plain.length + WHOLE_ICV_LENGTH];
  }

  private void encrypt(byte[] slab, int esp) throws GeneralSecurityException {
    gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(WHOLE_ICV_LENGTH * Byte.SIZE, nonce));
    gcm.updateAAD(slab, esp, EspSuite.ESP_HEADER_LENGTH);
    gcm.doFinal(plain, 0, plain.length, sealed, 0);
  }

  @Override
  void protect(byte[] slab, int esp, int start, int end) throws GeneralSecurityException {
    System.arraycopy(slab, start, plain, 0, textLength);
    System.arraycopy(slab, start - ivLength, nonce, SALT_LENGTH, ivLength);
    encrypt(slab, esp);
    System.arraycopy(sealed, 0, slab, start, textLength + suite.icvLength());
  }

  @Override
  void restore(byte[] slab, int esp, int start, int end) throws GeneralSecurityException {
    System.arraycopy(slab, start - ivLength, nonce, SALT_LENGTH, ivLength);
    System.arraycopy(nonce, 0, counterBlock, 0, nonce.length);
    ctr.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(counterBlock));
    ctr.doFinal(slab, start, textLength, plain, 0);
    encrypt(slab, esp);
    require(sealed, textLength, slab, end);
    System.arraycopy(plain, 0, slab, start, textLength);
  }
}
