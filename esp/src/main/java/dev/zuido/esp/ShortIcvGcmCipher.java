package dev.zuido.esp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES-GCM with an ICV of 8 bytes (RFC 4106), which the platform's cipher does not truncate to.
 *
 * <p>Sealing cuts the whole ICV. Opening decrypts in counter mode, which GCM is inside, and seals
 * the outcome again to see the ICV that it ought to have.
 */
final class ShortIcvGcmCipher implements AeadCipher {
  static final int ICV_LENGTH = 8;

  private static final int WHOLE_ICV_LENGTH = 16;
  private static final int NONCE_LENGTH = 12;

  private final Cipher gcm;
  private final Cipher ctr;
  private final RawKey key;
  private final byte[] lastNonce = new byte[NONCE_LENGTH];
  private final byte[] counterBlock = new byte[16];
  private boolean used;
  private byte[] input = new byte[0];
  private byte[] output = new byte[0];

  /**
   * Makes the cipher.
   *
   * @param gcm AES in GCM mode
   * @param ctr AES in CTR mode
   * @param key the key, which is wiped with this
   */
  ShortIcvGcmCipher(Cipher gcm, Cipher ctr, RawKey key) {
    this.gcm = gcm;
    this.ctr = ctr;
    this.key = key;
  }

  @Override
  public void seal(
      byte[] nonce,
      byte[] associated,
      int associatedOffset,
      int associatedLength,
      byte[] text,
      int offset,
      int length) {
    take(text, offset, length);
    encrypt(nonce, associated, associatedOffset, associatedLength, length);
    System.arraycopy(output, 0, text, offset, length + ICV_LENGTH);
  }

  @Override
  public boolean open(
      byte[] nonce,
      byte[] associated,
      int associatedOffset,
      int associatedLength,
      byte[] text,
      int offset,
      int length) {
    take(text, offset, length);
    System.arraycopy(nonce, 0, counterBlock, 0, NONCE_LENGTH);
    Arrays.fill(counterBlock, NONCE_LENGTH, counterBlock.length, (byte) 0);
    counterBlock[15] = 2; // 1 encrypts the ICV
    try {
      ctr.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counterBlock));
      ctr.doFinal(input, 0, length, output, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses a packet", e);
    }
    System.arraycopy(output, 0, input, 0, length);
    encrypt(nonce, associated, associatedOffset, associatedLength, length);
    boolean authentic = Octets.areEqual(output, length, text, offset + length, ICV_LENGTH);
    if (authentic) {
      System.arraycopy(input, 0, text, offset, length);
    }
    return authentic;
  }

  private void take(byte[] text, int offset, int length) {
    input = Octets.withRoom(input, length);
    output = Octets.withRoom(output, length + WHOLE_ICV_LENGTH);
    System.arraycopy(text, offset, input, 0, length);
  }

  private void encrypt(
      byte[] nonce, byte[] associated, int associatedOffset, int associatedLength, int length) {
    try {
      if (used && Arrays.equals(nonce, lastNonce)) {
        // Opening a number again, the first having been forged: the platform's cipher, which
        // believes that it seals, is led away from its last nonce.
        startElsewhere();
      }
      start(nonce);
      gcm.updateAAD(associated, associatedOffset, associatedLength);
      gcm.doFinal(input, 0, length, output, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses a packet", e);
    }
  }

  private void start(byte[] nonce) throws GeneralSecurityException {
    gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(WHOLE_ICV_LENGTH * Byte.SIZE, nonce));
    used = true;
    System.arraycopy(nonce, 0, lastNonce, 0, NONCE_LENGTH);
  }

  private void startElsewhere() throws GeneralSecurityException {
    lastNonce[0] ^= 1;
    start(lastNonce);
  }

  /** Wipes the key, and has the ciphers replace their key schedules by that of the wiped key. */
  @Override
  public void close() {
    key.destroy();
    Arrays.fill(input, (byte) 0);
    Arrays.fill(output, (byte) 0);
    try {
      startElsewhere();
      ctr.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[16]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher does not take another key", e);
    }
  }
}
