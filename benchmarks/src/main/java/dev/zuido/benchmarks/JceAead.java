package dev.zuido.benchmarks;

import dev.zuido.esp.EspEncryption;
import dev.zuido.esp.EspSuite;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** GCM, GMAC and ChaCha20-Poly1305, which the JCE has. */
final class JceAead extends JceEsp {
  private static final int SALT_LENGTH = 4;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] nonce = new byte[SALT_LENGTH + Long.BYTES];
  private final boolean chaCha;
  private final boolean gmac;
  private final byte[] sealed;

  JceAead(EspSuite suite, byte[] keyMaterial, int payloadLength) throws GeneralSecurityException {
    super(suite, payloadLength);
    int keyLength = suite.encryption().keyLength();
    chaCha = suite.encryption() == EspEncryption.CHACHA20_POLY1305;
    gmac = suite.encryption().rfc() == 4543;
    sealed = new byte[textLength + suite.icvLength()];
    cipher = chaCha ? Cipher.getInstance("ChaCha20-Poly1305") : aes("GCM");
    key = new SecretKeySpec(keyMaterial, 0, keyLength, chaCha ? "ChaCha20" : "AES");
    System.arraycopy(keyMaterial, keyLength, nonce, 0, SALT_LENGTH);
  }

  private void init(int mode, byte[] slab, int start) throws GeneralSecurityException {
    System.arraycopy(slab, start - ivLength, nonce, SALT_LENGTH, ivLength);
    AlgorithmParameterSpec parameters =
        chaCha
            ? new IvParameterSpec(nonce)
            : new GCMParameterSpec(suite.icvLength() * Byte.SIZE, nonce);
    cipher.init(mode, key, parameters);
  }

  @Override
  void protect(byte[] slab, int esp, int start, int end) throws GeneralSecurityException {
    init(Cipher.ENCRYPT_MODE, slab, start);
    if (gmac) {
      cipher.updateAAD(slab, esp, end - esp);
      cipher.doFinal(slab, end, 0, slab, end);
    } else {
      cipher.updateAAD(slab, esp, EspSuite.ESP_HEADER_LENGTH);
      cipher.doFinal(slab, start, end - start, slab, start);
    }
  }

  @Override
  void restore(byte[] slab, int esp, int start, int end) throws GeneralSecurityException {
    init(Cipher.DECRYPT_MODE, slab, start);
    if (gmac) {
      cipher.updateAAD(slab, esp, end - esp);
      cipher.doFinal(slab, end, suite.icvLength(), slab, end);
    } else {
      cipher.updateAAD(slab, esp, EspSuite.ESP_HEADER_LENGTH);
      // From an array of its own: the JCE makes itself a copy of ChaCha's text if it is to open it
      // in place, and that of Java 25 is slower with GCM then.
      System.arraycopy(slab, start, sealed, 0, sealed.length);
      cipher.doFinal(sealed, 0, sealed.length, slab, start);
    }
  }
}
