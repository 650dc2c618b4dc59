package dev.zuido.ike.crypto;

import java.math.BigInteger;

/**
 * The primes of RFC 2409 section 6 and RFC 3526, by the formula that defines them: 2^n - 2^(n-64) -
 * 1 + 2^64 * ([2^(n-130) pi] + k).
 */
final class ModpPrimes {
  private static final int LARGEST_BITS = 8192;
  private static final int PI_BITS = LARGEST_BITS - 130;
  private static final BigInteger PI = pi(PI_BITS);

  private ModpPrimes() {}

  /**
   * A prime.
   *
   * @param bits n, at most 8192
   * @param offset k, the smallest number that makes this a safe prime
   */
  static BigInteger prime(int bits, int offset) {
    BigInteger middle =
        PI.shiftRight(LARGEST_BITS - bits).add(BigInteger.valueOf(offset)).shiftLeft(64);
    return BigInteger.ONE
        .shiftLeft(bits)
        .subtract(BigInteger.ONE.shiftLeft(bits - 64))
        .subtract(BigInteger.ONE)
        .add(middle);
  }

  /** [2^bits * pi] by Machin's formula, pi = 16 arctan(1/5) - 4 arctan(1/239). */
  private static BigInteger pi(int bits) {
    int guard = 64;
    BigInteger unit = BigInteger.ONE.shiftLeft(bits + guard);
    return arctanOfInverse(5, unit)
        .shiftLeft(4)
        .subtract(arctanOfInverse(239, unit).shiftLeft(2))
        .shiftRight(guard);
  }

  /** unit * arctan(1/x) by its power series. */
  private static BigInteger arctanOfInverse(int x, BigInteger unit) {
    BigInteger square = BigInteger.valueOf((long) x * x);
    BigInteger power = unit.divide(BigInteger.valueOf(x));
    BigInteger sum = BigInteger.ZERO;
    for (long n = 1; power.signum() != 0; n += 2) {
      BigInteger term = power.divide(BigInteger.valueOf(n));
      sum = n % 4 == 1 ? sum.add(term) : sum.subtract(term);
      power = power.divide(square);
    }
    return sum;
  }
}
