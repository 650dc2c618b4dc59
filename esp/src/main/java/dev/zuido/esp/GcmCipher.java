package dev.zuido.esp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GCM with an ICV of 12 or 16 bytes (RFC 4106).
 *
 * <p>Opening reads from a copy of the packet. Where in- and output are one array, the platform of
 * Java 25 passes over the text twice, since its combined code for AES and GHASH would authenticate
 * what it has overwritten; with two arrays it is faster by more than the copy costs.
 */
final class GcmCipher implements AeadCipher {
  private static final int CLOSING_NONCE_LENGTH = 16;

  private final Cipher cipher;
  private final RawKey key;
  private final int icvLength;

  /** The sealed text and its ICV, never what was sealed. As long as the longest packet so far. */
  private byte[] input = new byte[0];

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
    int whole = length + icvLength;
    input = Octets.withRoom(input, whole);
    System.arraycopy(text, offset, input, 0, whole);
    try {
      start(Cipher.DECRYPT_MODE, nonce);
      cipher.updateAAD(associated, associatedOffset, associatedLength);
      cipher.doFinal(input, 0, whole, text, offset);
      return true;
    } catch (AEADBadTagException e) {
      // Not every provider takes back what it has decrypted before it came to the ICV.
      Arrays.fill(text, offset, offset + length, (byte) 0);
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
