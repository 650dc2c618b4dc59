package dev.zuido.esp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GMAC as ENCR_NULL_AUTH_AES_GMAC needs it (RFC 4543): the text stays as it is. Associated data
 * and text are what GCM authenticates, and its own text is empty.
 */
final class GmacCipher implements AeadCipher {
  private static final int ICV_LENGTH = 16;
  private static final int CLOSING_NONCE_LENGTH = 16;

  /**
   * The text that is encrypted. It is an array of its own: where input and output are one array,
   * the platform's cipher makes itself a buffer as large as the rest of that array, here of the
   * batch.
   */
  private final byte[] nothing = new byte[0];

  private final Cipher cipher;
  private final RawKey key;

  /**
   * Makes the cipher.
   *
   * @param cipher AES in GCM mode
   * @param key the key, which is wiped with this
   */
  GmacCipher(Cipher cipher, RawKey key) {
    this.cipher = cipher;
    this.key = key;
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
      cipher.updateAAD(text, offset, length);
      cipher.doFinal(nothing, 0, 0, text, offset + length);
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
      cipher.updateAAD(text, offset, length);
      cipher.doFinal(text, offset + length, ICV_LENGTH, text, offset + length);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses a packet", e);
    }
  }

  private void start(int mode, byte[] nonce) throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(ICV_LENGTH * Byte.SIZE, nonce));
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
