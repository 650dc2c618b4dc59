package dev.zuido.esp.des;

import java.util.Arrays;

/**
 * DES and 3DES by tables that join each S-box with the permutation P, for few blocks.
 *
 * <p>Both halves are kept rotated right by three bits. The inputs of S1, S3, S5 and S7 are then the
 * low six bits of the four bytes, and after four bits more to the left those of S2, S4, S6 and S8:
 * the expansion E costs one rotation. One block leaves a core half idle, since each round waits for
 * the one before; so two or three independent blocks go through the rounds together.
 */
final class TableDes {
  private static final int ROTATION = 3;

  /** The tables of S1 to S8, 64 elements each: one array, whose address takes one register. */
  private static final int[] SP = tables();

  /** For each round the key of the odd boxes and that of the even ones. */
  private final int[] keys;

  TableDes(DesKeySchedule schedule) {
    keys = new int[2 * schedule.rounds()];
    for (int i = 0; i < keys.length; i++) {
      for (int box = i & 1; box < DesTables.BOXES; box += 2) {
        keys[i] = keys[i] << 8 | schedule.sixBits(i / 2, box);
      }
    }
  }

  private static int[] tables() {
    int[] result = new int[DesTables.BOXES << DesTables.BOX_INPUTS];
    for (int i = 0; i < result.length; i++) {
      int box = i >>> DesTables.BOX_INPUTS;
      int output = DesTables.box(box, i & 0x3f) << (28 - DesTables.BOX_OUTPUTS * box);
      result[i] = Integer.rotateRight(DesTables.p(output), ROTATION);
    }
    return result;
  }

  /**
   * What the boxes make of a half with the round's key added, given twice: as the odd boxes see it
   * and as the even ones do. The parentheses keep the chain of dependent operations short.
   */
  private static int f(int odd, int even) {
    int s13 = SP[odd >>> 24 & 0x3f] ^ SP[128 + (odd >>> 16 & 0x3f)];
    int s57 = SP[256 + (odd >>> 8 & 0x3f)] ^ SP[384 + (odd & 0x3f)];
    int s24 = SP[64 + (even >>> 24 & 0x3f)] ^ SP[192 + (even >>> 16 & 0x3f)];
    int s68 = SP[320 + (even >>> 8 & 0x3f)] ^ SP[448 + (even & 0x3f)];
    return s13 ^ s57 ^ (s24 ^ s68);
  }

  /** Transforms the first blocks of an array in place. */
  void crypt(long[] blocks, int count) {
    int i = 0;
    for (; count - i == 3 || count - i > 4; i += 3) {
      crypt3(blocks, i);
    }
    for (; count - i >= 2; i += 2) {
      crypt2(blocks, i);
    }
    if (i < count) {
      crypt1(blocks, i);
    }
  }

  private void crypt1(long[] blocks, int at) {
    int[] k = keys;
    long block = initialPermutation(blocks[at]);
    int l = (int) (block >>> 32);
    int r = (int) block;
    for (int i = 0; i < k.length; ) {
      for (int end = i + 2 * DesTables.ROUNDS; i < end; i += 4) {
        l ^= f(r ^ k[i], Integer.rotateLeft(r, 4) ^ k[i + 1]);
        r ^= f(l ^ k[i + 2], Integer.rotateLeft(l, 4) ^ k[i + 3]);
      }
      int swap = l;
      l = r;
      r = swap;
    }
    blocks[at] = finalPermutation(l, r);
  }

  private void crypt2(long[] blocks, int at) {
    int[] k = keys;
    long block0 = initialPermutation(blocks[at]);
    long block1 = initialPermutation(blocks[at + 1]);
    int l0 = (int) (block0 >>> 32);
    int r0 = (int) block0;
    int l1 = (int) (block1 >>> 32);
    int r1 = (int) block1;
    for (int i = 0; i < k.length; ) {
      for (int end = i + 2 * DesTables.ROUNDS; i < end; i += 4) {
        l0 ^= f(r0 ^ k[i], Integer.rotateLeft(r0, 4) ^ k[i + 1]);
        l1 ^= f(r1 ^ k[i], Integer.rotateLeft(r1, 4) ^ k[i + 1]);
        r0 ^= f(l0 ^ k[i + 2], Integer.rotateLeft(l0, 4) ^ k[i + 3]);
        r1 ^= f(l1 ^ k[i + 2], Integer.rotateLeft(l1, 4) ^ k[i + 3]);
      }
      int swap0 = l0;
      l0 = r0;
      r0 = swap0;
      int swap1 = l1;
      l1 = r1;
      r1 = swap1;
    }
    blocks[at] = finalPermutation(l0, r0);
    blocks[at + 1] = finalPermutation(l1, r1);
  }

  private void crypt3(long[] blocks, int at) {
    int[] k = keys;
    long block0 = initialPermutation(blocks[at]);
    long block1 = initialPermutation(blocks[at + 1]);
    long block2 = initialPermutation(blocks[at + 2]);
    int l0 = (int) (block0 >>> 32);
    int r0 = (int) block0;
    int l1 = (int) (block1 >>> 32);
    int r1 = (int) block1;
    int l2 = (int) (block2 >>> 32);
    int r2 = (int) block2;
    for (int i = 0; i < k.length; ) {
      for (int end = i + 2 * DesTables.ROUNDS; i < end; i += 4) {
        l0 ^= f(r0 ^ k[i], Integer.rotateLeft(r0, 4) ^ k[i + 1]);
        l1 ^= f(r1 ^ k[i], Integer.rotateLeft(r1, 4) ^ k[i + 1]);
        l2 ^= f(r2 ^ k[i], Integer.rotateLeft(r2, 4) ^ k[i + 1]);
        r0 ^= f(l0 ^ k[i + 2], Integer.rotateLeft(l0, 4) ^ k[i + 3]);
        r1 ^= f(l1 ^ k[i + 2], Integer.rotateLeft(l1, 4) ^ k[i + 3]);
        r2 ^= f(l2 ^ k[i + 2], Integer.rotateLeft(l2, 4) ^ k[i + 3]);
      }
      int swap0 = l0;
      l0 = r0;
      r0 = swap0;
      int swap1 = l1;
      l1 = r1;
      r1 = swap1;
      int swap2 = l2;
      l2 = r2;
      r2 = swap2;
    }
    blocks[at] = finalPermutation(l0, r0);
    blocks[at + 1] = finalPermutation(l1, r1);
    blocks[at + 2] = finalPermutation(l2, r2);
  }

  /**
   * The initial permutation by five exchanges of bits under a mask; both halves come out rotated.
   */
  static long initialPermutation(long block) {
    int l = (int) (block >>> 32);
    int r = (int) block;
    int t = (l >>> 4 ^ r) & 0x0f0f0f0f;
    r ^= t;
    l ^= t << 4;
    t = (l >>> 16 ^ r) & 0x0000ffff;
    r ^= t;
    l ^= t << 16;
    t = (r >>> 2 ^ l) & 0x33333333;
    l ^= t;
    r ^= t << 2;
    t = (r >>> 8 ^ l) & 0x00ff00ff;
    l ^= t;
    r ^= t << 8;
    t = (l >>> 1 ^ r) & 0x55555555;
    r ^= t;
    l ^= t << 1;
    return join(Integer.rotateRight(l, ROTATION), Integer.rotateRight(r, ROTATION));
  }

  /** The inverse: the same exchanges in the reverse order. */
  static long finalPermutation(int rotatedLeft, int rotatedRight) {
    int l = Integer.rotateLeft(rotatedLeft, ROTATION);
    int r = Integer.rotateLeft(rotatedRight, ROTATION);
    int t = (l >>> 1 ^ r) & 0x55555555;
    r ^= t;
    l ^= t << 1;
    t = (r >>> 8 ^ l) & 0x00ff00ff;
    l ^= t;
    r ^= t << 8;
    t = (r >>> 2 ^ l) & 0x33333333;
    l ^= t;
    r ^= t << 2;
    t = (l >>> 16 ^ r) & 0x0000ffff;
    r ^= t;
    l ^= t << 16;
    t = (l >>> 4 ^ r) & 0x0f0f0f0f;
    r ^= t;
    l ^= t << 4;
    return join(l, r);
  }

  private static long join(int left, int right) {
    return (long) left << 32 | Integer.toUnsignedLong(right);
  }

  /** Wipes the keys. */
  void wipe() {
    Arrays.fill(keys, 0);
  }
}
