package dev.zuido.ike.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Powers of one base modulo one prime by a comb (Lim and Lee, CRYPTO '94): the exponent is written
 * in {@link #TEETH} rows, each cut into {@link #BLOCKS} blocks, and for every block a table holds
 * the products of each choice of rows. For 256 bits that makes 12 squarings and 51 multiplications
 * of some 300.
 *
 * <p>The tables take 1 kB for each limb of the prime: 19 kB for 1024 bits, 38 kB for 2048, 152 kB
 * for 8192. Neither a branch nor an index depends on the exponent; of a table every entry is read.
 */
final class FixedBasePower {
  private static final int TEETH = 5;
  private static final int BLOCKS = 4;
  private static final int ENTRIES = 1 << TEETH;

  private final MontgomeryMultiplier field;

  /** Bits of a block in one row. */
  private final int blockBits;

  /** For each block the entries one after the other. */
  private final long[][] tables = new long[BLOCKS][];

  /**
   * Computes the tables, which takes as long as a few powers.
   *
   * @param exponentBits bits of the longest exponent
   */
  FixedBasePower(BigInteger base, BigInteger prime, int exponentBits) {
    field = new MontgomeryMultiplier(prime);
    blockBits = (exponentBits + TEETH * BLOCKS - 1) / (TEETH * BLOCKS);
    long[] power = field.toMontgomery(base);
    long[][] powers = new long[TEETH * BLOCKS][];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = power;
      for (int bit = 0; bit < blockBits; bit++) {
        long[] square = new long[field.limbs()];
        field.multiply(square, power, power);
        power = square;
      }
    }
    for (int block = 0; block < BLOCKS; block++) {
      tables[block] = table(powers, block);
    }
  }

  /** The products of each choice among the powers that belong to a block. */
  private long[] table(long[][] powers, int block) {
    int limbs = field.limbs();
    long[][] entries = new long[ENTRIES][];
    entries[0] = field.toMontgomery(BigInteger.ONE);
    long[] table = Arrays.copyOf(entries[0], ENTRIES * limbs);
    for (int choice = 1; choice < ENTRIES; choice++) {
      int tooth = Integer.numberOfTrailingZeros(choice);
      entries[choice] = new long[limbs];
      field.multiply(
          entries[choice], entries[choice & (choice - 1)], powers[tooth * BLOCKS + block]);
      System.arraycopy(entries[choice], 0, table, choice * limbs, limbs);
    }
    return table;
  }

  /**
   * The base to the power of an exponent.
   *
   * @param exponent highest byte first, as many bits as the tables are for or fewer
   */
  BigInteger power(byte[] exponent) {
    // The entry for no row at all is 1.
    long[] result = Arrays.copyOf(tables[0], field.limbs());
    long[] factor = new long[field.limbs()];
    long[] product = new long[field.limbs()];
    for (int column = blockBits - 1; column >= 0; column--) {
      field.multiply(product, result, result);
      for (int block = 0; block < BLOCKS; block++) {
        select(factor, tables[block], choice(exponent, block, column));
        field.multiply(result, product, factor);
        long[] swap = product;
        product = result;
        result = swap;
      }
      long[] swap = product;
      product = result;
      result = swap;
    }
    Arrays.fill(factor, 0);
    Arrays.fill(product, 0);
    return field.fromMontgomery(result);
  }

  /** The bits of all rows in a column of a block. */
  private int choice(byte[] exponent, int block, int column) {
    int choice = 0;
    for (int tooth = 0; tooth < TEETH; tooth++) {
      int bit = (tooth * BLOCKS + block) * blockBits + column;
      int index = exponent.length - 1 - bit / 8;
      int value = index < 0 ? 0 : exponent[index] >> (bit % 8) & 1;
      choice |= value << tooth;
    }
    return choice;
  }

  /** Copies an entry, and reads all others too. */
  private static void select(long[] entry, long[] table, int choice) {
    Arrays.fill(entry, 0);
    for (int i = 0; i < ENTRIES; i++) {
      long mask = ((long) (i ^ choice) - 1) >> (Long.SIZE - 1);
      int offset = i * entry.length;
      for (int limb = 0; limb < entry.length; limb++) {
        entry[limb] |= table[offset + limb] & mask;
      }
    }
  }
}
