package dev.zuido.ike;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.SplittableRandom;

/** Secrets from a seed, the same on every JDK. */
final class TestRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  TestRandom(long seed) {
    super(new Seeded(seed), null);
  }

  private static final class Seeded extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom random;

    Seeded(long seed) {
      random = new SplittableRandom(seed);
    }

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) random.nextInt();
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      return new byte[length];
    }
  }
}
