package dev.zuido.esp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * CBC-MAC with AES, on which XCBC, CMAC and CCM rest.
 *
 * <p>One CBC cipher chains through all messages and is never finished: where a message begins, the
 * last result is added to its first block, which cancels it. So one call goes over each message,
 * and nothing is allocated. A provider whose cipher holds blocks back is initialised for each.
 */
final class CbcMac {
  static final int BLOCK = 16;

  private final Cipher cipher;
  private final RawKey key;
  private final byte[] last = new byte[BLOCK];
  private final boolean chained;
  private byte[] chain = new byte[2 * BLOCK];

  /**
   * Makes the function.
   *
   * @param cipher AES in CBC mode without padding
   * @param key the key, which is wiped with this
   */
  CbcMac(Cipher cipher, RawKey key) throws GeneralSecurityException {
    this.cipher = cipher;
    this.key = key;
    start();
    chained = cipher.update(chain, 0, chain.length, new byte[chain.length], 0) == chain.length;
    start();
  }

  private void start() throws GeneralSecurityException {
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK]));
  }

  /**
   * Computes the whole MAC of a message.
   *
   * @param message its first block is destroyed
   * @param length a multiple of 16, at least 16
   * @return the 16 bytes, which stand there until the next call
   */
  byte[] compute(byte[] message, int length) {
    chain = Octets.withRoom(chain, length);
    try {
      if (chained) {
        Octets.xorBlock(message, 0, last, 0);
        int written = cipher.update(message, 0, length, chain, 0);
        assert written == length;
      } else {
        start();
        cipher.doFinal(message, 0, length, chain, 0);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses whole blocks", e);
    }
    System.arraycopy(chain, length - BLOCK, last, 0, BLOCK);
    return last;
  }

  /** Wipes the key, and has the cipher replace its key schedule by that of the wiped key. */
  void close() {
    key.destroy();
    Arrays.fill(last, (byte) 0);
    Arrays.fill(chain, (byte) 0);
    try {
      start();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher does not take another key", e);
    }
  }
}
