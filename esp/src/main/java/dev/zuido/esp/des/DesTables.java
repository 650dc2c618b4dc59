package dev.zuido.esp.des;

/**
 * The tables of FIPS 46-3; bits are counted from 1, the most significant one, as the standard does.
 */
final class DesTables {
  /** Rounds of one DES. */
  static final int ROUNDS = 16;

  /** S-boxes, and the bits that enter and leave each. */
  static final int BOXES = 8;

  static final int BOX_INPUTS = 6;
  static final int BOX_OUTPUTS = 4;

  /** The primitive functions S1 to S8: four rows of sixteen each. */
  private static final String[] S = {
    "14 4 13 1 2 15 11 8 3 10 6 12 5 9 0 7 0 15 7 4 14 2 13 1 10 6 12 11 9 5 3 8 "
        + "4 1 14 8 13 6 2 11 15 12 9 7 3 10 5 0 15 12 8 2 4 9 1 7 5 11 3 14 10 0 6 13",
    "15 1 8 14 6 11 3 4 9 7 2 13 12 0 5 10 3 13 4 7 15 2 8 14 12 0 1 10 6 9 11 5 "
        + "0 14 7 11 10 4 13 1 5 8 12 6 9 3 2 15 13 8 10 1 3 15 4 2 11 6 7 12 0 5 14 9",
    "10 0 9 14 6 3 15 5 1 13 12 7 11 4 2 8 13 7 0 9 3 4 6 10 2 8 5 14 12 11 15 1 "
        + "13 6 4 9 8 15 3 0 11 1 2 12 5 10 14 7 1 10 13 0 6 9 8 7 4 15 14 3 11 5 2 12",
    "7 13 14 3 0 6 9 10 1 2 8 5 11 12 4 15 13 8 11 5 6 15 0 3 4 7 2 12 1 10 14 9 "
        + "10 6 9 0 12 11 7 13 15 1 3 14 5 2 8 4 3 15 0 6 10 1 13 8 9 4 5 11 12 7 2 14",
    "2 12 4 1 7 10 11 6 8 5 3 15 13 0 14 9 14 11 2 12 4 7 13 1 5 0 15 10 3 9 8 6 "
        + "4 2 1 11 10 13 7 8 15 9 12 5 6 3 0 14 11 8 12 7 1 14 2 13 6 15 0 9 10 4 5 3",
    "12 1 10 15 9 2 6 8 0 13 3 4 14 7 5 11 10 15 4 2 7 12 9 5 6 1 13 14 0 11 3 8 "
        + "9 14 15 5 2 8 12 3 7 0 4 10 1 13 11 6 4 3 2 12 9 5 15 10 11 14 1 7 6 0 8 13",
    "4 11 2 14 15 0 8 13 3 12 9 7 5 10 6 1 13 0 11 7 4 9 1 10 14 3 5 12 2 15 8 6 "
        + "1 4 11 13 12 3 7 14 10 15 6 8 0 5 9 2 6 11 13 8 1 4 10 7 9 5 0 15 14 2 3 12",
    "13 2 8 4 6 15 11 1 10 9 3 14 5 0 12 7 1 15 13 8 10 3 7 4 12 5 6 11 0 14 9 2 "
        + "7 11 4 1 9 12 14 2 0 6 10 13 15 3 5 8 2 1 14 7 4 10 8 13 15 12 9 0 3 5 6 11",
  };

  private static final int[][] BOX = parse(S);

  /** The permutation P: the bit of the boxes' output that becomes bit 1, 2, ... of the result. */
  private static final int[] P = {
    16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10,
    2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
  };

  /** Permuted choice 1: the key's bits that make C and D. */
  private static final int[] PC1 = {
    57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60,
    52, 44, 36, 63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29,
    21, 13, 5, 28, 20, 12, 4,
  };

  /** Permuted choice 2: the bits of CD that make a round's key. */
  private static final int[] PC2 = {
    14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52,
    31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
  };

  /** The left shifts of C and D before each round. */
  private static final int[] SHIFTS = {1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1};

  private DesTables() {}

  private static int[][] parse(String[] boxes) {
    int[][] result = new int[BOXES][];
    for (int box = 0; box < BOXES; box++) {
      String[] values = boxes[box].split(" ", -1);
      result[box] = new int[values.length];
      for (int i = 0; i < values.length; i++) {
        result[box][i] = Integer.parseInt(values[i]);
      }
    }
    return result;
  }

  /**
   * What a box gives for six bits: the first and the last choose the row, those between them the
   * column.
   *
   * @param box 0 to 7
   * @param input six bits, the first one most significant
   */
  static int box(int box, int input) {
    int row = (input >>> 4 & 2) | (input & 1);
    int column = input >>> 1 & 15;
    return BOX[box][16 * row + column];
  }

  /** The permutation P of 32 bits. */
  static int p(int bits) {
    return (int) permute(bits & 0xffff_ffffL, 32, P);
  }

  /** The bits of a half block, counted from 0, that enter a box: those of the expansion E. */
  static int expanded(int box, int input) {
    return (BOX_OUTPUTS * box + input + 31) % 32;
  }

  /** The bit of the half block, counted from 0, to which P brings an output of a box. */
  static int permuted(int box, int output) {
    return Integer.numberOfLeadingZeros(p(0x8000_0000 >>> (BOX_OUTPUTS * box + output)));
  }

  /**
   * The keys of the 16 rounds of one DES, 48 bits each; the bits of parity are ignored.
   *
   * @param key the eight bytes of the key, the first one most significant
   */
  static void roundKeys(long key, long[] result, int start) {
    long halves = permute(key, 64, PC1);
    int mask = (1 << 28) - 1;
    int c = (int) (halves >>> 28);
    int d = (int) halves & mask;
    for (int round = 0; round < ROUNDS; round++) {
      int shift = SHIFTS[round];
      c = (c << shift | c >>> (28 - shift)) & mask;
      d = (d << shift | d >>> (28 - shift)) & mask;
      result[start + round] = permute((long) c << 28 | d, 56, PC2);
    }
  }

  private static long permute(long bits, int width, int[] from) {
    long result = 0;
    for (int bit : from) {
      result = (result << 1) | (bits >>> (width - bit) & 1);
    }
    return result;
  }
}
