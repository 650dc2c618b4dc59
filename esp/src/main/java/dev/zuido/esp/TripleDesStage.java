package dev.zuido.esp;

import dev.zuido.esp.des.DesCbcDecryptor;
import dev.zuido.esp.des.DesCbcEncryptor;
import dev.zuido.wire.BigEndian;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * CBC with DES or 3DES (RFC 2405, RFC 2451), all frames of a call together.
 *
 * <p>IVs come from the cipher, as in {@link CbcStage}: a counter that starts at a secret random
 * number is encrypted in front of the payload, in the same call. Under one key none comes twice,
 * and without the key none can be predicted.
 */
abstract class TripleDesStage implements CipherStage {
  private static final int BLOCK = Long.BYTES;

  private TripleDesStage() {}

  /**
   * Makes the stage.
   *
   * @param key 8 bytes (DES) or 24 (3DES)
   * @param random where the counter of IVs starts when it encrypts, null when it decrypts
   */
  static TripleDesStage of(byte[] key, @Nullable SecureRandom random) {
    return random != null ? new Outbound(key, random.nextLong()) : new Inbound(key);
  }

  private static final class Outbound extends TripleDesStage {
    private final DesCbcEncryptor cipher;
    private long counter;

    Outbound(byte[] key, long counter) {
      this.cipher = new DesCbcEncryptor(key);
      this.counter = counter;
    }

    @Override
    public void encrypt(byte[] slab, EspFrames frames) {
      byte[] preset = frames.presetIv();
      for (int i = 0; i < frames.count(); i++) {
        int offset = frames.ivOffset(i);
        int length = frames.encryptedLength(i);
        if (preset == null) {
          BigEndian.putLong(slab, offset, counter++);
          cipher.add(offset, BLOCK + length, 0);
        } else {
          System.arraycopy(preset, 0, slab, offset, BLOCK);
          cipher.add(offset + BLOCK, length, BigEndian.getLong(preset, 0));
        }
      }
      cipher.encrypt(slab);
    }

    @Override
    public void decrypt(byte[] slab, EspFrames frames) {
      throw new IllegalStateException("the stage encrypts");
    }

    @Override
    public void close() {
      cipher.close();
      counter = 0;
    }
  }

  private static final class Inbound extends TripleDesStage {
    private final DesCbcDecryptor cipher;

    Inbound(byte[] key) {
      this.cipher = new DesCbcDecryptor(key);
    }

    @Override
    public void encrypt(byte[] slab, EspFrames frames) {
      throw new IllegalStateException("the stage decrypts");
    }

    @Override
    public void decrypt(byte[] slab, EspFrames frames) {
      for (int i = 0; i < frames.count(); i++) {
        if (frames.isAuthentic(i)) {
          int offset = frames.ivOffset(i);
          cipher.decrypt(
              slab, offset + BLOCK, frames.encryptedLength(i), BigEndian.getLong(slab, offset));
        }
      }
      cipher.finish(slab);
    }

    @Override
    public void close() {
      cipher.close();
    }
  }
}
