package dev.zuido.testkit;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Ways to break a byte string, for property tests: {@code ImpairBytes.any(random).apply(bytes,
 * random)}. Each leaves its argument alone and returns a new array. Bytes that are too few for a
 * way are returned as a copy.
 */
public enum ImpairBytes {
  /** Flips one bit. */
  FLIP_BIT {
    @Override
    public byte[] apply(byte[] bytes, RandomGenerator random) {
      byte[] broken = bytes.clone();
      if (bytes.length > 0) {
        int bit = random.nextInt(bytes.length * 8);
        broken[bit >> 3] ^= (byte) (1 << (bit & 7));
      }
      return broken;
    }
  },
  /** Cuts off one byte to all of them from the end. */
  TRUNCATE {
    @Override
    public byte[] apply(byte[] bytes, RandomGenerator random) {
      return Arrays.copyOf(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length));
    }
  },
  /** Adds 1 to 64 random bytes at the end. */
  EXTEND {
    @Override
    public byte[] apply(byte[] bytes, RandomGenerator random) {
      byte[] tail = randomBytes(1 + random.nextInt(64), random);
      byte[] broken = Arrays.copyOf(bytes, bytes.length + tail.length);
      System.arraycopy(tail, 0, broken, bytes.length, tail.length);
      return broken;
    }
  },
  /** Sets an aligned field of 1, 2, 4 or 8 bytes to zero. */
  ZERO_FIELD {
    @Override
    public byte[] apply(byte[] bytes, RandomGenerator random) {
      return fill(bytes, random, (byte) 0);
    }
  },
  /** Sets all bits of an aligned field of 1, 2, 4 or 8 bytes: the greatest number. */
  FILL_FIELD {
    @Override
    public byte[] apply(byte[] bytes, RandomGenerator random) {
      return fill(bytes, random, (byte) 0xff);
    }
  },
  /** Adds or takes 1 to 16 from one byte, as wrong lengths and counts do. */
  NUDGE_BYTE {
    @Override
    public byte[] apply(byte[] bytes, RandomGenerator random) {
      byte[] broken = bytes.clone();
      if (bytes.length > 0) {
        int by = 1 + random.nextInt(16);
        broken[random.nextInt(bytes.length)] += (byte) (random.nextBoolean() ? by : -by);
      }
      return broken;
    }
  },
  /** Puts a second copy of a region behind it. */
  DUPLICATE_REGION {
    @Override
    public byte[] apply(byte[] bytes, RandomGenerator random) {
      if (bytes.length == 0) {
        return bytes.clone();
      }
      int from = random.nextInt(bytes.length);
      int to = from + 1 + random.nextInt(bytes.length - from);
      byte[] broken = Arrays.copyOf(bytes, bytes.length + to - from);
      System.arraycopy(bytes, from, broken, to, bytes.length - from);
      return broken;
    }
  },
  /** Takes a region out of the middle. */
  REMOVE_REGION {
    @Override
    public byte[] apply(byte[] bytes, RandomGenerator random) {
      if (bytes.length == 0) {
        return bytes.clone();
      }
      int from = random.nextInt(bytes.length);
      int to = from + 1 + random.nextInt(bytes.length - from);
      byte[] broken = Arrays.copyOf(bytes, bytes.length - (to - from));
      System.arraycopy(bytes, to, broken, from, bytes.length - to);
      return broken;
    }
  },
  /** Exchanges two neighbouring aligned fields of 1, 2 or 4 bytes. */
  SWAP_FIELDS {
    @Override
    public byte[] apply(byte[] bytes, RandomGenerator random) {
      byte[] broken = bytes.clone();
      int size = 1 << random.nextInt(3);
      if (bytes.length >= 2 * size) {
        int at = size * random.nextInt(bytes.length / size - 1);
        System.arraycopy(bytes, at, broken, at + size, size);
        System.arraycopy(bytes, at + size, broken, at, size);
      }
      return broken;
    }
  },
  /** Overwrites a region with random bytes. */
  SCRAMBLE_REGION {
    @Override
    public byte[] apply(byte[] bytes, RandomGenerator random) {
      byte[] broken = bytes.clone();
      if (bytes.length > 0) {
        int from = random.nextInt(bytes.length);
        byte[] noise = randomBytes(1 + random.nextInt(bytes.length - from), random);
        System.arraycopy(noise, 0, broken, from, noise.length);
      }
      return broken;
    }
  },
  /** Replaces all by 0 to 2047 random bytes. */
  RANDOM {
    @Override
    public byte[] apply(byte[] bytes, RandomGenerator random) {
      return randomBytes(random.nextInt(2_048), random);
    }
  };

  private static final ImpairBytes[] ALL = values();

  /** A broken copy of some bytes; where it breaks is drawn. */
  public abstract byte[] apply(byte[] bytes, RandomGenerator random);

  /** One of the ways, each with the same probability. */
  public static ImpairBytes any(RandomGenerator random) {
    return ALL[random.nextInt(ALL.length)];
  }

  /** A copy broken in one to {@code most} ways, one after the other. */
  public static byte[] several(byte[] bytes, int most, RandomGenerator random) {
    byte[] broken = bytes.clone();
    int ways = 1 + random.nextInt(most);
    for (int i = 0; i < ways; i++) {
      broken = any(random).apply(broken, random);
    }
    return broken;
  }

  private static byte[] fill(byte[] bytes, RandomGenerator random, byte value) {
    byte[] broken = bytes.clone();
    int size = 1 << random.nextInt(4);
    if (bytes.length >= size) {
      int at = size * random.nextInt(bytes.length / size);
      Arrays.fill(broken, at, at + size, value);
    }
    return broken;
  }

  private static byte[] randomBytes(int length, RandomGenerator random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
