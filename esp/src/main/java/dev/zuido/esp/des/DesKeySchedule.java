package dev.zuido.esp.des;

import dev.zuido.wire.BigEndian;
import java.util.Arrays;

/**
 * The round keys of DES or of 3DES (FIPS 46-3; RFC 2451 for ESP) in the order of their use: 16 of
 * them, or 48 for encryption, decryption and encryption with three keys. The initial and the final
 * permutation between two of these cancel out; what remains is that the halves change places.
 */
final class DesKeySchedule {
  private final long[] roundKeys;

  /**
   * Makes the schedule.
   *
   * @param key 8 bytes (DES) or 24 (3DES, keys 1 to 3); the bits of parity are ignored
   * @param encrypts whether the rounds encrypt or decrypt
   * @throws IllegalArgumentException if the length is another
   */
  DesKeySchedule(byte[] key, boolean encrypts) {
    if (key.length != Long.BYTES && key.length != 3 * Long.BYTES) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes, not 8 or 24");
    }
    int passes = key.length / Long.BYTES;
    roundKeys = new long[passes * DesTables.ROUNDS];
    for (int pass = 0; pass < passes; pass++) {
      int start = pass * DesTables.ROUNDS;
      DesTables.roundKeys(BigEndian.getLong(key, pass * Long.BYTES), roundKeys, start);
      if (pass == 1) {
        reverse(start, start + DesTables.ROUNDS);
      }
    }
    if (!encrypts) {
      reverse(0, roundKeys.length);
    }
  }

  private void reverse(int from, int to) {
    for (int i = from, j = to - 1; i < j; i++, j--) {
      long key = roundKeys[i];
      roundKeys[i] = roundKeys[j];
      roundKeys[j] = key;
    }
  }

  /** How many rounds there are: 16 or 48. */
  int rounds() {
    return roundKeys.length;
  }

  /** The six bits of a round's key that meet a box's inputs, the first one most significant. */
  int sixBits(int round, int box) {
    return (int) (roundKeys[round] >>> (42 - DesTables.BOX_INPUTS * box)) & 0x3f;
  }

  /** Wipes the round keys. */
  void wipe() {
    Arrays.fill(roundKeys, 0);
  }
}
