package dev.zuido.esp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** AES-GCM with an ICV of 12 or 16 bytes (RFC 4106). */
final class GcmCipher implements AeadCipher {
  private static final int CLOSING_NONCE_LENGTH = 16;

  private final Cipher cipher;
  private final RawKey key;
  private final int icvLength;

  /**
   * Makes the cipher.
   *
   * @param cipher AES in GCM mode
   * @param key the key, which is wiped with this
   */
  GcmCipher(Cipher cipher, RawKey key, int icvLength) {
    this.cipher = cipher;
    this.key = key;
    this.icvLength = icvLength;
  }

  @Override
  public void seal(
      byte[] nonce,
      byte[] associated,
      int associatedOffset,
      int associatedLength,
      byte[] text,
      int offset,
      int length) {
    try {
      start(Cipher.ENCRYPT_MODE, nonce);
      cipher.updateAAD(associated, associatedOffset, associatedLength);
      cipher.doFinal(text, offset, length, text, offset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses a packet", e);
    }
  }

  @Override
  public boolean open(
      byte[] nonce,
      byte[] associated,
      int associatedOffset,
      int associatedLength,
      byte[] text,
      int offset,
      int length) {
    try {
      start(Cipher.DECRYPT_MODE, nonce);
      cipher.updateAAD(associated, associatedOffset, associatedLength);
      cipher.doFinal(text, offset, length + icvLength, text, offset);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses a packet", e);
    }
  }

  private void start(int mode, byte[] nonce) throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(icvLength * Byte.SIZE, nonce));
  }

  /**
   * Wipes the key, and has the cipher replace its key schedule by that of the wiped key. It has to
   * encrypt for that, since the platform's keeps the key that it last encrypted under, to refuse a
   * nonce that comes again; the nonce is of a length that no packet's has.
   */
  @Override
  public void close() {
    key.destroy();
    try {
      start(Cipher.ENCRYPT_MODE, new byte[CLOSING_NONCE_LENGTH]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher does not take another key", e);
    }
  }
}
