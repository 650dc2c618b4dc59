package dev.zuido.ike.transcript;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.function.Consumer;

/** Secret randomness over a tape. All kinds of draws are draws of bytes in the end. */
final class TapedSecrets extends SecureRandom {
  private static final long serialVersionUID = 1L;

  TapedSecrets(Tape tape, Consumer<byte[]> world) {
    super(new Source(tape, world), null);
  }

  private static final class Source extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final transient Tape tape;
    private final transient Consumer<byte[]> world;

    Source(Tape tape, Consumer<byte[]> world) {
      this.tape = tape;
      this.world = world;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      throw new UnsupportedOperationException("an engine seeds nothing");
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      tape.fill("secrets", bytes, world);
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      throw new UnsupportedOperationException("an engine seeds nothing");
    }
  }
}
