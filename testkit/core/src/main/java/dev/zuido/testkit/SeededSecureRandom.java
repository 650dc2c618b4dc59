package dev.zuido.testkit;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * A {@link SecureRandom} that is none: its numbers come from a {@link SeededRandom}, so that keys,
 * cookies, SPIs and nonces of a simulation are the same in each run. For tests only.
 */
final class SeededSecureRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private static final class Spi extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final transient SeededRandom source;

    private Spi(SeededRandom source) {
      this.source = source;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      // The seed is the simulation's; more of it would end the reproducibility.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      source.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int numBytes) {
      byte[] seed = new byte[numBytes];
      source.nextBytes(seed);
      return seed;
    }
  }

  private final transient SeededRandom source;

  SeededSecureRandom(SeededRandom source) {
    super(new Spi(source), null);
    this.source = source;
  }

  @Override
  public String getAlgorithm() {
    return "seeded, not secure";
  }

  @Override
  public int nextInt() {
    return source.nextInt();
  }

  @Override
  public int nextInt(int bound) {
    return source.nextInt(bound);
  }

  @Override
  public int nextInt(int origin, int bound) {
    return source.nextInt(origin, bound);
  }

  @Override
  public long nextLong() {
    return source.nextLong();
  }

  @Override
  public long nextLong(long bound) {
    return source.nextLong(bound);
  }

  @Override
  public long nextLong(long origin, long bound) {
    return source.nextLong(origin, bound);
  }

  @Override
  public boolean nextBoolean() {
    return source.nextBoolean();
  }

  @Override
  public double nextDouble() {
    return source.nextDouble();
  }

  @Override
  public double nextDouble(double bound) {
    return source.nextDouble(bound);
  }

  @Override
  public double nextDouble(double origin, double bound) {
    return source.nextDouble(origin, bound);
  }

  @Override
  public float nextFloat() {
    return source.nextFloat();
  }

  @Override
  public synchronized double nextGaussian() {
    return source.nextGaussian();
  }

  @Override
  public double nextExponential() {
    return source.nextExponential();
  }
}
