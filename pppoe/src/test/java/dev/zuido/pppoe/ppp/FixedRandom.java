package dev.zuido.pppoe.ppp;

import java.security.SecureRandom;
import java.util.Random;

/** Randomness that a seed repeats. */
final class FixedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final Random random;

  FixedRandom(long seed) {
    super(null, null);
    this.random = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }

  @Override
  public int nextInt() {
    return random.nextInt();
  }

  @Override
  public int nextInt(int bound) {
    return random.nextInt(bound);
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }
}
