package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES-CCM (RFC 4309, RFC 3610), which the platform does not have, from its CBC and CTR modes.
 *
 * <pre>
 *   authenticated:  flags 1 | nonce | text's length | associated data's length 2
 *                   | associated data | 0… | text | 0…
 *   counter block:  flags 1 | nonce | 0, 1, 2, …        0 encrypts the ICV
 * </pre>
 */
final class CcmCipher implements AeadCipher {
  private static final int BLOCK = 16;
  private static final int MAX_ASSOCIATED_LENGTH = 0xfeff;

  private final CbcMac mac;
  private final Cipher ctr;
  private final RawKey key;
  private final int icvLength;
  private final byte[] counterBlock = new byte[BLOCK];
  private final byte[] zero = new byte[BLOCK];
  private final byte[] icvMask = new byte[BLOCK];
  private byte[] message = new byte[4 * BLOCK];

  /**
   * Makes the cipher.
   *
   * @param cbc AES in CBC mode without padding
   * @param ctr AES in CTR mode
   * @param key the key, which is wiped with this
   * @param icvLength an even number, 4 to 16
   */
  CcmCipher(Cipher cbc, Cipher ctr, RawKey key, int icvLength) throws GeneralSecurityException {
    this.mac = new CbcMac(cbc, key);
    this.ctr = ctr;
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
    int start = writePrefix(nonce, associated, associatedOffset, associatedLength, length);
    System.arraycopy(text, offset, message, start, length);
    byte[] icv = authenticate(start, length);
    try {
      startKeyStream(nonce);
      crypt(message, start, length, text, offset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses a packet", e);
    }
    Octets.xorBlock(icvMask, 0, icv, 0);
    System.arraycopy(icvMask, 0, text, offset + length, icvLength);
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
    int start = writePrefix(nonce, associated, associatedOffset, associatedLength, length);
    try {
      startKeyStream(nonce);
      crypt(text, offset, length, message, start);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses a packet", e);
    }
    Octets.xorBlock(icvMask, 0, authenticate(start, length), 0);
    boolean authentic = Octets.areEqual(icvMask, 0, text, offset + length, icvLength);
    if (authentic) {
      System.arraycopy(message, start, text, offset, length);
    }
    return authentic;
  }

  /**
   * Writes what is authenticated before the text (RFC 3610 section 2.2).
   *
   * @return where the text goes
   */
  private int writePrefix(
      byte[] nonce, byte[] associated, int associatedOffset, int associatedLength, int length) {
    if (associatedLength > MAX_ASSOCIATED_LENGTH) {
      throw new IllegalArgumentException("the associated data is too long");
    }
    int start = associatedLength == 0 ? BLOCK : BLOCK + Octets.wholeBlocks(2 + associatedLength);
    message = Octets.withRoom(message, start + Octets.wholeBlocks(length));
    int lengthBytes = BLOCK - 1 - nonce.length;
    // The length goes first: what of its 8 bytes is not of the length's field is the nonce's.
    BigEndian.putLong(message, BLOCK - Long.BYTES, length);
    message[0] =
        (byte)
            ((associatedLength == 0 ? 0 : 0x40) | (((icvLength - 2) / 2) << 3) | (lengthBytes - 1));
    System.arraycopy(nonce, 0, message, 1, nonce.length);
    if (associatedLength > 0) {
      BigEndian.putShort(message, BLOCK, associatedLength);
      System.arraycopy(associated, associatedOffset, message, BLOCK + 2, associatedLength);
      Arrays.fill(message, BLOCK + 2 + associatedLength, start, (byte) 0);
    }
    return start;
  }

  private byte[] authenticate(int start, int length) {
    int end = start + Octets.wholeBlocks(length);
    Arrays.fill(message, start + length, end, (byte) 0);
    return mac.compute(message, end);
  }

  /** Starts counting, and leaves what encrypts the ICV in {@link #icvMask}. */
  private void startKeyStream(byte[] nonce) throws GeneralSecurityException {
    Arrays.fill(counterBlock, (byte) 0);
    counterBlock[0] = (byte) (BLOCK - 2 - nonce.length);
    System.arraycopy(nonce, 0, counterBlock, 1, nonce.length);
    ctr.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counterBlock));
    int written = ctr.update(zero, 0, BLOCK, icvMask, 0);
    assert written == BLOCK;
  }

  private void crypt(byte[] in, int inOffset, int length, byte[] out, int outOffset)
      throws GeneralSecurityException {
    ctr.doFinal(in, inOffset, length, out, outOffset);
  }

  /** Wipes the key, and has the ciphers replace their key schedules by that of the wiped key. */
  @Override
  public void close() {
    mac.close();
    Arrays.fill(message, (byte) 0);
    Arrays.fill(icvMask, (byte) 0);
    try {
      startKeyStream(new byte[11]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher does not take another key", e);
    }
  }
}
