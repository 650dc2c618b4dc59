package dev.zuido.esp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES-CTR (RFC 3686).
 *
 * <pre>
 *   counter block:  nonce 4 | IV 8 | 1, 2, 3, … in 4 bytes
 * </pre>
 *
 * <p>The IV is the packet's sequence number: a counter, which never repeats under one key.
 */
final class CtrStage implements CipherStage {
  private static final int NONCE_LENGTH = 4;

  private final Cipher cipher;
  private final RawKey key;
  private final byte[] counterBlock = new byte[16];
  private byte[] input = new byte[0];

  /**
   * Makes the stage.
   *
   * @param cipher AES in CTR mode
   * @param key the key, which is wiped with this
   * @param nonce the nonce of the keying material; the caller wipes it
   */
  CtrStage(Cipher cipher, RawKey key, byte[] nonce) {
    this.cipher = cipher;
    this.key = key;
    System.arraycopy(nonce, 0, counterBlock, 0, NONCE_LENGTH);
    counterBlock[15] = 1;
  }

  @Override
  public void encrypt(byte[] slab, EspFrames frames) {
    for (int i = 0; i < frames.count(); i++) {
      CounterIv.write(slab, frames, i);
      crypt(slab, frames, i);
    }
  }

  @Override
  public void decrypt(byte[] slab, EspFrames frames) {
    for (int i = 0; i < frames.count(); i++) {
      if (frames.isAuthentic(i)) {
        crypt(slab, frames, i);
      }
    }
  }

  /** Adds the key stream; from an array to itself the platform's cipher would copy in garbage. */
  private void crypt(byte[] slab, EspFrames frames, int frame) {
    int offset = frames.encryptedOffset(frame);
    int length = frames.encryptedLength(frame);
    input = Octets.withRoom(input, length);
    System.arraycopy(slab, offset, input, 0, length);
    System.arraycopy(slab, frames.ivOffset(frame), counterBlock, NONCE_LENGTH, Long.BYTES);
    try {
      start();
      cipher.doFinal(input, 0, length, slab, offset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses a packet", e);
    }
  }

  private void start() throws GeneralSecurityException {
    // Encryption and decryption are one.
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counterBlock));
  }

  /** Wipes the key, and has the cipher replace its key schedule by that of the wiped key. */
  @Override
  public void close() {
    key.destroy();
    Arrays.fill(counterBlock, (byte) 0);
    Arrays.fill(input, (byte) 0);
    try {
      start();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher does not take another key", e);
    }
  }
}
