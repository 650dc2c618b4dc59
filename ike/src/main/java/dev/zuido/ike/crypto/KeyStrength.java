package dev.zuido.ike.crypto;

import java.util.Arrays;

/**
 * How well a pre-shared key can withstand guessing.
 *
 * <p>Who is once in the middle of a main mode with a pre-shared key, or asks a responder for
 * aggressive mode, has a hash by which he can try keys at home, as many as he can compute
 * (CVE-2018-5389). No implementation can mend that; a key that nobody guesses does.
 */
public final class KeyStrength {
  /** Fewer bits are weak: what can be tried by somebody with money. */
  public static final double WEAK_BELOW_BITS = 80;

  private KeyStrength() {}

  /**
   * An upper bound of the guessing work in bits: what the key would have if its characters were
   * drawn at random from the kinds that it uses (lower case, upper case, digits, other ASCII, other
   * bytes). A word is far weaker than this says; but what is weak by it is weak.
   */
  public static double atMostBits(Secret key) {
    byte[] bytes = key.toArray();
    try {
      int lower = 0;
      int upper = 0;
      int digit = 0;
      int sign = 0;
      int other = 0;
      boolean[] seen = new boolean[256];
      int distinct = 0;
      for (byte octet : bytes) {
        int value = octet & 0xff;
        lower = value >= 'a' && value <= 'z' ? 26 : lower;
        upper = value >= 'A' && value <= 'Z' ? 26 : upper;
        digit = value >= '0' && value <= '9' ? 10 : digit;
        boolean letter = Character.isLetterOrDigit(value) && value < 0x80;
        sign = value >= ' ' && value < 0x7f && !letter ? 33 : sign;
        other = value < ' ' || value >= 0x7f ? 161 : other;
        distinct += seen[value] ? 0 : 1;
        seen[value] = true;
      }
      int pool = lower + upper + digit + sign + other;
      // A few characters many times: which ones, and one of them at each place.
      double ofPool = bytes.length * log2(pool);
      double ofFew = distinct * log2(pool) + bytes.length * log2(distinct);
      return Math.min(ofPool, ofFew);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Whether a key is weak even if it was drawn at random. */
  public static boolean isWeak(Secret key) {
    return atMostBits(key) < WEAK_BELOW_BITS;
  }

  private static double log2(int count) {
    return count <= 1 ? 0 : Math.log(count) / Math.log(2);
  }
}
