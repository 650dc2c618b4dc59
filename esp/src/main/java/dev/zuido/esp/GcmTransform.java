package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GCM (RFC 4106).
 *
 * <p>The IV is the packet's sequence number, a counter: it never repeats under one key, which GCM's
 * security rests on, and needs no random numbers.
 */
final class GcmTransform implements EspTransform {
  private static final int SALT_LENGTH = 4;

  private final Cipher cipher;
  private final RawKey key;
  private final int icvLength;
  private final boolean extended;
  private final byte[] nonce = new byte[SALT_LENGTH + Long.BYTES];
  private final byte[] associated = new byte[12];

  /** Makes the transform; the caller wipes the salt. */
  GcmTransform(Cipher cipher, RawKey key, byte[] salt, int icvLength, boolean extended) {
    this.cipher = cipher;
    this.key = key;
    this.icvLength = icvLength;
    this.extended = extended;
    System.arraycopy(salt, 0, nonce, 0, SALT_LENGTH);
  }

  @Override
  public void seal(byte[] slab, EspFrames frames) {
    byte[] preset = frames.presetIv();
    for (int i = 0; i < frames.count(); i++) {
      int iv = frames.ivOffset(i);
      if (preset != null) {
        System.arraycopy(preset, 0, slab, iv, Long.BYTES);
      } else {
        BigEndian.putLong(slab, iv, frames.sequence(i));
      }
      try {
        start(Cipher.ENCRYPT_MODE, slab, frames, i);
        int offset = frames.encryptedOffset(i);
        cipher.doFinal(slab, offset, frames.encryptedLength(i), slab, offset);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the cipher refuses a packet", e);
      }
    }
  }

  @Override
  public void open(byte[] slab, EspFrames frames) {
    for (int i = 0; i < frames.count(); i++) {
      int offset = frames.encryptedOffset(i);
      int length = frames.encryptedLength(i) + icvLength;
      try {
        start(Cipher.DECRYPT_MODE, slab, frames, i);
        cipher.doFinal(slab, offset, length, slab, offset);
        frames.setAuthentic(i, true);
      } catch (AEADBadTagException e) {
        frames.setAuthentic(i, false);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the cipher refuses a packet", e);
      }
    }
  }

  /** Gives the cipher the nonce (salt and IV) and the associated data (RFC 4106 section 5). */
  private void start(int mode, byte[] slab, EspFrames frames, int frame)
      throws GeneralSecurityException {
    System.arraycopy(slab, frames.ivOffset(frame), nonce, SALT_LENGTH, Long.BYTES);
    cipher.init(mode, key, new GCMParameterSpec(icvLength * Byte.SIZE, nonce));
    int esp = frames.espOffset(frame);
    if (extended) {
      System.arraycopy(slab, esp, associated, 0, 4);
      BigEndian.putLong(associated, 4, frames.sequence(frame));
      cipher.updateAAD(associated, 0, associated.length);
    } else {
      cipher.updateAAD(slab, esp, EspSuite.ESP_HEADER_LENGTH);
    }
  }

  /** Wipes the key, and has the cipher replace its key schedule by that of the wiped key. */
  @Override
  public void close() {
    key.destroy();
    Arrays.fill(nonce, (byte) 0);
    try {
      cipher.init(
          Cipher.DECRYPT_MODE, key, new GCMParameterSpec(icvLength * Byte.SIZE, nonce.clone()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher does not take another key", e);
    }
  }
}
