package dev.zuido.benchmarks;

import dev.zuido.esp.EspSuite;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * CCM, which the JCE does not have: the CBC encryption that is its MAC and the CTR encryption that
 * is its cipher, over as many bytes. The ICV is not CCM's.
 */
final class JceCcm extends JceEsp {
  private static final int BLOCK = 16;
  private static final int SALT_LENGTH = 3;

  private final Cipher cbc = aes("CBC");
  private final Cipher ctr = aes("CTR");
  private final SecretKeySpec key;
  private final byte[] counterBlock = new byte[BLOCK];
  private final byte[] zero = new byte[BLOCK];
  private final byte[] message;
  private final byte[] chain;

  JceCcm(EspSuite suite, byte[] keyMaterial, int payloadLength) throws GeneralSecurityException {
    super(suite, payloadLength);
    int keyLength = suite.encryption().keyLength();
    key = new SecretKeySpec(keyMaterial, 0, keyLength, "AES");
    counterBlock[0] = 3;
    System.arraycopy(keyMaterial, keyLength, counterBlock, 1, SALT_LENGTH);
    message = new byte[2 * BLOCK + ((textLength + BLOCK - 1) & -BLOCK)];
    chain = new byte[message.length];
  }

  private void authenticate() throws GeneralSecurityException {
    cbc.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(zero));
    cbc.doFinal(message, 0, message.length, chain, 0);
  }

  private void startKeyStream(byte[] slab, int start) throws GeneralSecurityException {
    System.arraycopy(slab, start - ivLength, counterBlock, 1 + SALT_LENGTH, ivLength);
    ctr.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counterBlock));
    ctr.update(zero, 0, BLOCK, message, 0);
  }

  @Override
  void protect(byte[] slab, int esp, int start, int end) throws GeneralSecurityException {
    System.arraycopy(slab, start, message, 2 * BLOCK, textLength);
    authenticate();
    startKeyStream(slab, start);
    ctr.doFinal(message, 2 * BLOCK, textLength, slab, start);
    System.arraycopy(chain, chain.length - BLOCK, slab, end, suite.icvLength());
  }

  @Override
  void restore(byte[] slab, int esp, int start, int end) throws GeneralSecurityException {
    startKeyStream(slab, start);
    ctr.doFinal(slab, start, textLength, message, 2 * BLOCK);
    authenticate();
    System.arraycopy(message, 2 * BLOCK, slab, start, textLength);
  }
}
