package dev.zuido.esp.des;

import java.util.Arrays;

/**
 * DES and 3DES on 64 blocks at once, bit by bit: each bit of a block has a {@code long} of its own,
 * in which each of the 64 blocks has one lane.
 *
 * <p>Permutations and the expansion cost nothing that way, since they only say which {@code long}
 * is meant, and the S-boxes are circuits of logic operations. What has to be paid is a
 * transposition of 64 times 64 bits before and after.
 *
 * <p>Layout: bit n of the blocks, counted from 0, becomes row n. By the initial permutation the odd
 * rows are the left half, the even ones the right half, and bit h of a half is its element {@link
 * #element}. A round reads one half and adds to the other; instead of exchanging the halves, the
 * two arrays change their roles.
 *
 * <p>The circuits leave some outputs inverted. After four rounds this has cancelled out; before, a
 * half that is inverted at a bit meets a key that is inverted there too. The key of a round is 48
 * masks, one for each input of a box, all ones or zero in all lanes.
 *
 * <p>Each circuit is a method of its own with constant indices: the compiler of the JVM leaves
 * methods of more than 8000 bytes of code alone, and lets go of the checks of constant indices but
 * for one for each array.
 */
final class SlicedDes {
  private static final int HALF = 32;
  private static final int INPUTS = DesTables.BOXES * DesTables.BOX_INPUTS;
  private static final int[] INVERTED = {
    SlicedS1.INVERTED, SlicedS2.INVERTED, SlicedS3.INVERTED, SlicedS4.INVERTED,
    SlicedS5.INVERTED, SlicedS6.INVERTED, SlicedS7.INVERTED, SlicedS8.INVERTED,
  };

  private final long[][] keys;
  private final long[] odd = new long[HALF];
  private final long[] even = new long[HALF];

  SlicedDes(DesKeySchedule schedule) {
    keys = new long[schedule.rounds()][INPUTS];
    int added = inversion();
    int inverted = 0;
    int invertedBefore = 0;
    for (int round = 0; round < keys.length; round++) {
      for (int box = 0; box < DesTables.BOXES; box++) {
        expand(schedule.sixBits(round, box), box, inverted, keys[round]);
      }
      int next = invertedBefore ^ added;
      invertedBefore = inverted;
      inverted = next;
    }
  }

  /** The bits of what a round adds to a half that the circuits leave inverted. */
  private static int inversion() {
    int result = 0;
    for (int box = 0; box < DesTables.BOXES; box++) {
      result = result << DesTables.BOX_OUTPUTS | INVERTED[box];
    }
    return DesTables.p(result);
  }

  private static void expand(int sixBits, int box, int inverted, long[] masks) {
    for (int input = 0; input < DesTables.BOX_INPUTS; input++) {
      int bit = sixBits >>> (DesTables.BOX_INPUTS - 1 - input);
      bit ^= inverted >>> (31 - DesTables.expanded(box, input));
      masks[DesTables.BOX_INPUTS * box + input] = -(bit & 1L);
    }
  }

  /** Which element of a half's array holds its bit {@code h}, counted from 0. */
  static int element(int h) {
    return h / 8 + 28 - h % 8 * 4;
  }

  /** Transforms 64 blocks in place. */
  void crypt(long[] blocks) {
    BitMatrix.transposeToHalves(blocks, odd, even);
    long[] left = odd;
    long[] right = even;
    for (int round = 0; round < keys.length; ) {
      for (int end = round + DesTables.ROUNDS; round < end; round += 2) {
        add(right, left, keys[round]);
        add(left, right, keys[round + 1]);
      }
      long[] swap = left;
      left = right;
      right = swap;
    }
    BitMatrix.transposeFromHalves(left, right, blocks);
  }

  /** One round: adds to the half {@code out} what the boxes make of the half {@code in}. */
  private static void add(long[] in, long[] out, long[] key) {
    SlicedS1.add(in, out, key);
    SlicedS2.add(in, out, key);
    SlicedS3.add(in, out, key);
    SlicedS4.add(in, out, key);
    SlicedS5.add(in, out, key);
    SlicedS6.add(in, out, key);
    SlicedS7.add(in, out, key);
    SlicedS8.add(in, out, key);
  }

  /** Wipes the keys and what is left of the last blocks. */
  void wipe() {
    for (long[] masks : keys) {
      Arrays.fill(masks, 0);
    }
    Arrays.fill(odd, 0);
    Arrays.fill(even, 0);
  }
}
