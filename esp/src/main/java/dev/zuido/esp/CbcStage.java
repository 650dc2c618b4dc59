package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * CBC with a cipher of the JCA (RFC 2451, RFC 3602).
 *
 * <p>One cipher object chains through all packets of the SA and is never finished. Outbound it
 * first encrypts a block that holds a secret and a counter; what comes out is the packet's IV,
 * E(block xor the previous packet's last ciphertext block), which nobody without the key can
 * predict (RFC 3602 section 3), and the payload follows in the same call. Inbound the packet's own
 * IV is the first block of the call, whose result is thrown away. On the wire this is plain CBC; it
 * saves an initialisation and its garbage per packet, and a call of the random generator.
 *
 * <p>A provider whose cipher holds blocks back cannot chain; it is initialised for each packet.
 */
final class CbcStage implements CipherStage {
  private final Cipher cipher;
  private final RawKey key;
  private final int mode;
  private final int blockLength;
  private final boolean chained;
  private final @Nullable SecureRandom random;
  private final byte[] iv;

  /**
   * Where plaintext stands beside the packet: from an array to itself the platform's cipher copies
   * into garbage.
   */
  private byte[] other = new byte[0];

  private long counter;

  /**
   * Makes the stage.
   *
   * @param cipher a CBC cipher without padding
   * @param key the key
   * @param random the source of IVs when it encrypts, null when it decrypts
   */
  CbcStage(Cipher cipher, RawKey key, @Nullable SecureRandom random) {
    this.cipher = cipher;
    this.key = key;
    this.mode = random != null ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    this.blockLength = cipher.getBlockSize();
    this.random = random;
    this.iv = new byte[blockLength];
    if (random != null) {
      random.nextBytes(iv);
    }
    this.chained = start(cipher, mode, key, iv);
    if (random != null) {
      random.nextBytes(iv);
      counter = random.nextLong();
    }
  }

  /** Initialises the cipher and finds out whether it gives each block back at once. */
  private static boolean start(Cipher cipher, int mode, RawKey key, byte[] iv) {
    try {
      cipher.init(mode, key, new IvParameterSpec(iv));
      byte[] probe = new byte[2 * iv.length];
      return cipher.update(probe, 0, probe.length, probe, 0) == probe.length;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the cipher does not take the key", e);
    }
  }

  @Override
  public void encrypt(byte[] slab, EspFrames frames) {
    byte[] preset = frames.presetIv();
    for (int i = 0; i < frames.count(); i++) {
      int length = frames.encryptedLength(i);
      other = Octets.withRoom(other, blockLength + length);
      System.arraycopy(slab, frames.encryptedOffset(i), other, blockLength, length);
      if (preset == null && chained) {
        writeIvBlock();
        update(other, 0, blockLength + length, slab, frames.ivOffset(i));
      } else {
        if (preset != null) {
          System.arraycopy(preset, 0, iv, 0, blockLength);
        } else if (random != null) {
          random.nextBytes(iv);
        }
        System.arraycopy(iv, 0, slab, frames.ivOffset(i), blockLength);
        restart(other, blockLength, length, slab, frames.encryptedOffset(i));
      }
    }
  }

  /** Writes the block whose encryption is the IV: never the same twice under one key. */
  private void writeIvBlock() {
    System.arraycopy(iv, 0, other, 0, blockLength);
    BigEndian.putLong(other, blockLength - Long.BYTES, counter++);
  }

  @Override
  public void decrypt(byte[] slab, EspFrames frames) {
    for (int i = 0; i < frames.count(); i++) {
      if (!frames.isAuthentic(i)) {
        continue;
      }
      int length = frames.encryptedLength(i);
      int offset = frames.encryptedOffset(i);
      other = Octets.withRoom(other, blockLength + length);
      if (chained) {
        update(slab, frames.ivOffset(i), blockLength + length, other, 0);
      } else {
        System.arraycopy(slab, frames.ivOffset(i), iv, 0, blockLength);
        restart(slab, offset, length, other, blockLength);
      }
      System.arraycopy(other, blockLength, slab, offset, length);
    }
  }

  private void update(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    try {
      int written = cipher.update(in, inOffset, length, out, outOffset);
      assert written == length;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses whole blocks", e);
    }
  }

  private void restart(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    try {
      cipher.init(mode, key, new IvParameterSpec(iv));
      cipher.doFinal(in, inOffset, length, out, outOffset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses whole blocks", e);
    }
  }

  /** Wipes the key, and has the cipher replace its key schedule by that of the wiped key. */
  @Override
  public void close() {
    key.destroy();
    Arrays.fill(iv, (byte) 0);
    Arrays.fill(other, (byte) 0);
    try {
      cipher.init(mode, key, new IvParameterSpec(iv));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher does not take another key", e);
    }
  }
}
