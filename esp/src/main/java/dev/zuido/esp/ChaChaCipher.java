package dev.zuido.esp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/** ChaCha20-Poly1305 (RFC 7634, RFC 8439). */
final class ChaChaCipher implements AeadCipher {
  private static final int ICV_LENGTH = 16;
  private static final int NONCE_LENGTH = 12;

  private final Cipher cipher;
  private final RawKey key;
  private final byte[] lastNonce = new byte[NONCE_LENGTH];
  private boolean used;
  private byte[] input = new byte[0];

  /**
   * Makes the cipher.
   *
   * @param cipher ChaCha20-Poly1305
   * @param key the key, which is wiped with this
   */
  ChaChaCipher(Cipher cipher, RawKey key) {
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
    // From an array's beginning the platform's cipher decrypts without copying the text first.
    int whole = length + ICV_LENGTH;
    input = Octets.withRoom(input, whole);
    System.arraycopy(text, offset, input, 0, whole);
    try {
      if (used && Arrays.equals(nonce, lastNonce)) {
        // A number comes again, its first packet having been forged. The platform's cipher refuses
        // the nonce of its last initialisation even for decryption, so it is given another one.
        startElsewhere();
      }
      start(Cipher.DECRYPT_MODE, nonce);
      cipher.updateAAD(associated, associatedOffset, associatedLength);
      cipher.doFinal(input, 0, whole, text, offset);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses a packet", e);
    }
  }

  private void start(int mode, byte[] nonce) throws GeneralSecurityException {
    cipher.init(mode, key, new IvParameterSpec(nonce));
    used = true;
    System.arraycopy(nonce, 0, lastNonce, 0, NONCE_LENGTH);
  }

  private void startElsewhere() throws GeneralSecurityException {
    lastNonce[0] ^= 1;
    start(Cipher.DECRYPT_MODE, lastNonce);
  }

  /** Wipes the key, and has the cipher replace its own by the wiped one. */
  @Override
  public void close() {
    key.destroy();
    Arrays.fill(input, (byte) 0);
    try {
      startElsewhere();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher does not take another key", e);
    }
  }
}
