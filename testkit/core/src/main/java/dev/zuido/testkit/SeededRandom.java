package dev.zuido.testkit;

import dev.zuido.wire.BigEndian;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/**
 * Random numbers from a seed and a name: SHA-256 over both and a counter.
 *
 * <p>The sequence is defined here and nowhere else: every method draws through {@link #nextBytes},
 * none relies on an algorithm of the JDK, so that all JDKs give the same. Streams of different
 * names are independent of each other.
 */
public final class SeededRandom implements RandomGenerator {
  private static final int BLOCK = 32;

  private final MessageDigest digest;
  private final byte[] input;
  private final byte[] word = new byte[8];
  private byte[] block = new byte[0];
  private int used;
  private long counter;

  /** A stream. */
  public SeededRandom(long seed, String name) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    input = new byte[16 + nameBytes.length];
    BigEndian.putLong(input, 0, seed);
    System.arraycopy(nameBytes, 0, input, 16, nameBytes.length);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    for (int at = 0; at < bytes.length; ) {
      if (used == block.length) {
        BigEndian.putLong(input, 8, counter++);
        block = digest.digest(input);
        used = 0;
      }
      int length = Math.min(bytes.length - at, BLOCK - used);
      System.arraycopy(block, used, bytes, at, length);
      at += length;
      used += length;
    }
  }

  @Override
  public long nextLong() {
    nextBytes(word);
    return BigEndian.getLong(word, 0);
  }

  @Override
  public int nextInt() {
    return (int) nextLong();
  }

  /** Uniform by rejection: {@inheritDoc} */
  @Override
  public long nextLong(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive");
    }
    while (true) {
      long bits = nextLong() >>> 1;
      long value = bits % bound;
      if (bits - value + (bound - 1) >= 0) {
        return value;
      }
    }
  }

  @Override
  public long nextLong(long origin, long bound) {
    if (origin >= bound) {
      throw new IllegalArgumentException("bound must be greater than origin");
    }
    long width = bound - origin;
    if (width > 0) {
      return origin + nextLong(width);
    }
    while (true) {
      long value = nextLong();
      if (value >= origin && value < bound) {
        return value;
      }
    }
  }

  @Override
  public int nextInt(int bound) {
    return (int) nextLong(bound);
  }

  @Override
  public int nextInt(int origin, int bound) {
    return (int) nextLong(origin, bound);
  }

  @Override
  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  @Override
  public double nextDouble(double bound) {
    return nextDouble(0, bound);
  }

  @Override
  public double nextDouble(double origin, double bound) {
    if (!(origin < bound && bound - origin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("bound must be finite and greater than origin");
    }
    double value = origin + nextDouble() * (bound - origin);
    return value < bound ? value : Math.nextDown(bound);
  }

  @Override
  public float nextFloat() {
    return (nextLong() >>> 40) * 0x1.0p-24f;
  }

  @Override
  public float nextFloat(float bound) {
    return nextFloat(0, bound);
  }

  @Override
  public float nextFloat(float origin, float bound) {
    if (!(origin < bound && bound - origin < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("bound must be finite and greater than origin");
    }
    float value = origin + nextFloat() * (bound - origin);
    return value < bound ? value : Math.nextDown(bound);
  }

  /** By the Box-Muller transform, with {@link StrictMath}. */
  @Override
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  @Override
  public double nextGaussian(double mean, double standardDeviation) {
    if (standardDeviation < 0) {
      throw new IllegalArgumentException("standard deviation must be non-negative");
    }
    return mean + standardDeviation * nextGaussian();
  }

  @Override
  public double nextExponential() {
    return -StrictMath.log(1 - nextDouble());
  }
}
