package dev.zuido.ike;

import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.wire.BigEndian;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * Randomness that was drawn on the engine's thread, so that a {@link ComputeTask} can use it on
 * any: 64 drawn bytes, stretched by SHA-512 in counter mode.
 */
final class DrawnRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;
  private static final int SEED_BYTES = 64;

  private DrawnRandom(Stretched source) {
    super(source, null);
  }

  static DrawnRandom drawFrom(SecureRandom secrets) {
    byte[] seed = new byte[SEED_BYTES];
    secrets.nextBytes(seed);
    return new DrawnRandom(new Stretched(seed));
  }

  private static final class Stretched extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;
    private int counter;

    Stretched(byte[] seed) {
      this.seed = seed;
    }

    @Override
    protected void engineSetSeed(byte[] more) {
      throw new UnsupportedOperationException("what was drawn is fixed");
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      byte[] count = new byte[4];
      for (int offset = 0; offset < bytes.length; offset += SEED_BYTES) {
        BigEndian.putInt(count, 0, counter++);
        byte[] block = IkeHash.SHA2_512.hash(seed, count);
        System.arraycopy(block, 0, bytes, offset, Math.min(block.length, bytes.length - offset));
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      throw new UnsupportedOperationException("what was drawn is fixed");
    }
  }
}
