package dev.zuido.esp.des;

import dev.zuido.wire.BigEndian;
import java.util.Arrays;

/**
 * CBC decryption with DES or 3DES. All blocks are independent of each other, those of one packet as
 * those of several: they are collected and go through the cipher 64 at a time.
 *
 * <p>For one thread at a time.
 */
public final class DesCbcDecryptor implements AutoCloseable {
  private final DesCipher cipher;
  private final long[] blocks = new long[DesCipher.LANES];
  private final long[] chained = new long[DesCipher.LANES];
  private final int[] positions = new int[DesCipher.LANES];
  private int count;

  /**
   * Makes the cipher.
   *
   * @param key 8 bytes (DES) or 24 (3DES); it is not kept
   */
  public DesCbcDecryptor(byte[] key) {
    cipher = new DesCipher(key, false);
  }

  /**
   * Decrypts a packet in place, but for what waits for {@link #finish}: packets of one slab may be
   * added one after the other.
   *
   * @param offset where its first block stands
   * @param length bytes, a multiple of 8
   * @param iv what the first block is chained to
   * @throws IllegalArgumentException if the length is no multiple of 8
   */
  public void decrypt(byte[] slab, int offset, int length, long iv) {
    if (length < 0 || length % Long.BYTES != 0) {
      throw new IllegalArgumentException("not whole blocks of 8 bytes: " + length);
    }
    long previous = iv;
    for (int position = offset; position < offset + length; position += Long.BYTES) {
      long block = BigEndian.getLong(slab, position);
      blocks[count] = block;
      chained[count] = previous;
      positions[count] = position;
      previous = block;
      if (++count == DesCipher.LANES) {
        finish(slab);
      }
    }
  }

  /** Decrypts what {@link #decrypt} has left. */
  public void finish(byte[] slab) {
    cipher.crypt(blocks, count);
    for (int i = 0; i < count; i++) {
      BigEndian.putLong(slab, positions[i], blocks[i] ^ chained[i]);
    }
    count = 0;
  }

  /** Wipes the keys; whatever is decrypted after that is decrypted with zeros. */
  @Override
  public void close() {
    cipher.wipe();
    Arrays.fill(blocks, 0);
    Arrays.fill(chained, 0);
  }
}
