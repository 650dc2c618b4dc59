package dev.zuido.esp.des;

import dev.zuido.wire.BigEndian;
import java.util.Arrays;

/**
 * CBC encryption with DES or 3DES of up to {@link #MAX_PACKETS} packets together. Within a packet
 * each block waits for the one before, so packets are what runs side by side: step by step the next
 * block of each packet goes through the cipher. A packet that ends gives its place to the last one.
 *
 * <p>For one thread at a time.
 */
public final class DesCbcEncryptor implements AutoCloseable {
  /** The most packets that are added before they are encrypted. */
  public static final int MAX_PACKETS = DesCipher.LANES;

  private final DesCipher cipher;
  private final long[] blocks = new long[MAX_PACKETS];
  private final int[] positions = new int[MAX_PACKETS];
  private final int[] ends = new int[MAX_PACKETS];
  private int count;

  /**
   * Makes the cipher.
   *
   * @param key 8 bytes (DES) or 24 (3DES); it is not kept
   */
  public DesCbcEncryptor(byte[] key) {
    cipher = new DesCipher(key, true);
  }

  /**
   * Adds a packet whose bytes {@link #encrypt} is to encrypt in place.
   *
   * @param offset where its first block stands
   * @param length bytes, a multiple of 8
   * @param iv what the first block is chained to
   * @throws IllegalArgumentException if the length is no multiple of 8
   * @throws IllegalStateException if {@link #MAX_PACKETS} have been added
   */
  public void add(int offset, int length, long iv) {
    if (length < 0 || length % Long.BYTES != 0) {
      throw new IllegalArgumentException("not whole blocks of 8 bytes: " + length);
    }
    if (count == MAX_PACKETS) {
      throw new IllegalStateException("more than " + MAX_PACKETS + " packets");
    }
    if (length > 0) {
      positions[count] = offset;
      ends[count] = offset + length;
      blocks[count] = iv;
      count++;
    }
  }

  /** Encrypts the packets that have been added since the last call. */
  public void encrypt(byte[] slab) {
    while (count > 0) {
      for (int length = shortest(); length > 0; length -= Long.BYTES) {
        step(slab);
      }
      dropFinished();
    }
  }

  private int shortest() {
    int result = Integer.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      result = Math.min(result, ends[i] - positions[i]);
    }
    return result;
  }

  /** Encrypts the next block of each packet. */
  private void step(byte[] slab) {
    for (int i = 0; i < count; i++) {
      blocks[i] ^= BigEndian.getLong(slab, positions[i]);
    }
    cipher.crypt(blocks, count);
    for (int i = 0; i < count; i++) {
      BigEndian.putLong(slab, positions[i], blocks[i]);
      positions[i] += Long.BYTES;
    }
  }

  private void dropFinished() {
    for (int i = count - 1; i >= 0; i--) {
      if (positions[i] == ends[i]) {
        count--;
        positions[i] = positions[count];
        ends[i] = ends[count];
        blocks[i] = blocks[count];
      }
    }
  }

  /** Wipes the keys; whatever is encrypted after that is encrypted with zeros. */
  @Override
  public void close() {
    cipher.wipe();
    Arrays.fill(blocks, 0);
  }
}
