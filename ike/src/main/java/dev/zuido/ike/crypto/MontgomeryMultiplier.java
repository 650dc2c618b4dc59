package dev.zuido.ike.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Montgomery's multiplication modulo a prime that ends in 54 ones, in Java alone: a * b / R, where
 * R is 2 to the power of 54 times the number of limbs. Neither a branch nor an index depends on the
 * factors.
 *
 * <p>A number is an array of limbs of 54 bits, the lowest first. Each limb is kept shifted to the
 * left by 5: then of the product of two limbs, which is shifted by 10, the high word is what
 * belongs to the next limb, and the low word shifted back is the rest. What is left of 64 bits
 * takes the sum of a column, so that carries wait until all rows are summed up. Numbers are below
 * 2p and are not reduced further, since R is above 4p.
 */
final class MontgomeryMultiplier {
  private static final int LIMB_BITS = 54;
  private static final int SHIFT = 5;
  private static final long MASK = (1L << LIMB_BITS) - 1;

  private final BigInteger prime;
  private final int limbs;
  private final long[] modulus;

  /** Multiplies modulo a prime of at most 12 000 bits. */
  MontgomeryMultiplier(BigInteger prime) {
    if ((prime.longValue() & MASK) != MASK) {
      throw new IllegalArgumentException("the prime does not end in " + LIMB_BITS + " ones");
    }
    this.prime = prime;
    this.limbs = (prime.bitLength() + 2 + LIMB_BITS - 1) / LIMB_BITS;
    this.modulus = limbsOf(prime);
  }

  /** How many limbs a number has. */
  int limbs() {
    return limbs;
  }

  /** A number times R, in limbs. */
  long[] toMontgomery(BigInteger value) {
    return limbsOf(value.shiftLeft(limbs * LIMB_BITS).mod(prime));
  }

  /** The number that times R gives these limbs, which are wiped. */
  BigInteger fromMontgomery(long[] number) {
    long[] one = new long[limbs];
    one[0] = 1L << SHIFT;
    long[] value = new long[limbs];
    multiply(value, number, one);
    Arrays.fill(number, 0);
    BigInteger result = new BigInteger(1, bytesOf(value));
    return result.compareTo(prime) < 0 ? result : result.subtract(prime);
  }

  /** The limbs as bytes, the highest first. */
  private static byte[] bytesOf(long[] value) {
    byte[] bytes = new byte[(value.length * LIMB_BITS + 7) / 8];
    int position = bytes.length;
    long waiting = 0;
    int waitingBits = 0;
    for (long limb : value) {
      waiting |= (limb >>> SHIFT) << waitingBits;
      for (waitingBits += LIMB_BITS; waitingBits >= 8; waitingBits -= 8) {
        bytes[--position] = (byte) waiting;
        waiting >>>= 8;
      }
    }
    if (waitingBits > 0) {
      bytes[--position] = (byte) waiting;
    }
    return bytes;
  }

  private long[] limbsOf(BigInteger value) {
    BigInteger mask = BigInteger.valueOf(MASK);
    long[] result = new long[limbs];
    for (int i = 0; i < limbs; i++) {
      result[i] = value.shiftRight(LIMB_BITS * i).and(mask).longValue() << SHIFT;
    }
    return result;
  }

  /**
   * Multiplies.
   *
   * @param product takes a * b / R; neither a nor b
   */
  void multiply(long[] product, long[] a, long[] b) {
    Arrays.fill(product, 0, limbs, 0);
    for (int i = 0; i < limbs; i++) {
      addRow(product, a[i], b, modulus);
    }
    long carry = 0;
    for (int i = 0; i < limbs; i++) {
      long sum = product[i] + carry;
      product[i] = (sum & MASK) << SHIFT;
      carry = sum >>> LIMB_BITS;
    }
  }

  /**
   * Adds a * b and that multiple of the modulus which makes the lowest limb zero, then drops it. As
   * the prime ends in ones, that multiple is the lowest limb itself.
   */
  private static void addRow(long[] sums, long a, long[] b, long[] modulus) {
    int last = modulus.length - 1;
    long lowest = sums[0] + low(a * b[0]);
    long multiple = (lowest & MASK) << SHIFT;
    long carry = (lowest + low(multiple * modulus[0])) >>> LIMB_BITS;
    long high = Math.multiplyHigh(a, b[0]) + Math.multiplyHigh(multiple, modulus[0]) + carry;
    for (int i = 1; i <= last; i++) {
      long factor = b[i];
      long prime = modulus[i];
      sums[i - 1] = sums[i] + low(a * factor) + low(multiple * prime) + high;
      high = Math.multiplyHigh(a, factor) + Math.multiplyHigh(multiple, prime);
    }
    sums[last] = high;
  }

  /** The low limb of a product of two shifted limbs. */
  private static long low(long product) {
    return product >>> (2 * SHIFT);
  }
}
