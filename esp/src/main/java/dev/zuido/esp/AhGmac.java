package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AUTH_AES_GMAC (RFC 4543 section 4): the ICV field is an IV of 8 bytes and a tag of 16. The packet
 * with the IV in place and the tag zero is what GCM authenticates, beside an empty text.
 *
 * <p>The IV is the sequence number, which never repeats under one key.
 */
final class AhGmac implements AhIcv {
  private static final int SALT_LENGTH = 4;
  private static final int IV_LENGTH = 8;
  private static final int TAG_LENGTH = 16;
  private static final int CLOSING_NONCE_LENGTH = 16;

  private final Cipher cipher;
  private final RawKey key;
  private final boolean extended;
  private final byte[] nonce = new byte[SALT_LENGTH + IV_LENGTH];
  private final byte[] received = new byte[TAG_LENGTH];
  private final byte[] nothing = new byte[TAG_LENGTH];
  private final byte[] high = new byte[4];

  /** Makes the algorithm; the caller wipes the salt. */
  AhGmac(Cipher cipher, RawKey key, byte[] salt, boolean extended) {
    this.cipher = cipher;
    this.key = key;
    this.extended = extended;
    System.arraycopy(salt, 0, nonce, 0, SALT_LENGTH);
  }

  @Override
  public void sign(byte[] bytes, int start, int length, int field, long sequence) {
    BigEndian.putLong(bytes, field, sequence);
    try {
      begin(Cipher.ENCRYPT_MODE, bytes, start, length, field, sequence);
      cipher.doFinal(nothing, 0, 0, bytes, field + IV_LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses a packet", e);
    }
  }

  @Override
  public boolean verify(byte[] bytes, int start, int length, int field, long sequence) {
    int tag = field + IV_LENGTH;
    System.arraycopy(bytes, tag, received, 0, TAG_LENGTH);
    Arrays.fill(bytes, tag, tag + TAG_LENGTH, (byte) 0);
    try {
      begin(Cipher.DECRYPT_MODE, bytes, start, length, field, sequence);
      cipher.doFinal(received, 0, TAG_LENGTH, nothing, 0);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refuses a packet", e);
    } finally {
      System.arraycopy(received, 0, bytes, tag, TAG_LENGTH);
    }
  }

  private void begin(int mode, byte[] bytes, int start, int length, int field, long sequence)
      throws GeneralSecurityException {
    System.arraycopy(bytes, field, nonce, SALT_LENGTH, IV_LENGTH);
    cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
    cipher.updateAAD(bytes, start, length);
    if (extended) {
      BigEndian.putInt(high, 0, (int) (sequence >>> 32));
      cipher.updateAAD(high, 0, high.length);
    }
  }

  /**
   * Wipes the key, and has the cipher replace its key schedule by that of the wiped key. It has to
   * encrypt for that, since the platform's keeps the key that it last encrypted under, to refuse a
   * nonce that comes again; the nonce is of a length that no packet's has.
   */
  @Override
  public void close() {
    key.destroy();
    Arrays.fill(nonce, (byte) 0);
    try {
      byte[] closing = new byte[CLOSING_NONCE_LENGTH];
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, closing));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher does not take another key", e);
    }
  }
}
