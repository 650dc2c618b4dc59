package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import java.util.Arrays;

/** Small things that the modes of operation do with bytes. */
final class Octets {
  private Octets() {}

  /** {@code a} if it is long enough, else a longer array; what {@code a} holds is wiped then. */
  static byte[] withRoom(byte[] a, int length) {
    if (a.length >= length) {
      return a;
    }
    Arrays.fill(a, (byte) 0);
    return new byte[Math.max(length, 2 * a.length)];
  }

  /** Compares in constant time. */
  static boolean areEqual(byte[] a, int aOffset, byte[] b, int bOffset, int length) {
    int difference = 0;
    for (int i = 0; i < length; i++) {
      difference |= a[aOffset + i] ^ b[bOffset + i];
    }
    return difference == 0;
  }

  /** Adds a block of 16 bytes onto another. */
  static void xorBlock(byte[] block, int offset, byte[] mask, int maskOffset) {
    BigEndian.putLong(
        block, offset, BigEndian.getLong(block, offset) ^ BigEndian.getLong(mask, maskOffset));
    BigEndian.putLong(
        block,
        offset + Long.BYTES,
        BigEndian.getLong(block, offset + Long.BYTES)
            ^ BigEndian.getLong(mask, maskOffset + Long.BYTES));
  }

  /** The next multiple of 16. */
  static int wholeBlocks(int length) {
    return (length + 15) & -16;
  }
}
