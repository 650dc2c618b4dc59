package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * AES-XCBC-MAC-96 (RFC 3566) and AES-CMAC-96 (RFC 4494, RFC 4493).
 *
 * <p>Both are CBC-MACs with a mask on the last block: one mask if the block is whole, another if it
 * had to be padded with 1 and zeros. They differ in where key and masks come from.
 */
final class CbcMacIcv implements IcvStage {
  private static final int BLOCK = CbcMac.BLOCK;

  private final CbcMac mac;
  private final byte[] wholeMask;
  private final byte[] paddedMask;
  private final int icvLength;
  private byte[] message = new byte[BLOCK];
  private int length;

  private CbcMacIcv(CbcMac mac, byte[] wholeMask, byte[] paddedMask, int icvLength) {
    this.mac = mac;
    this.wholeMask = wholeMask;
    this.paddedMask = paddedMask;
    this.icvLength = icvLength;
  }

  /** XCBC (RFC 3566 section 4): key and masks are three constants, encrypted. */
  static CbcMacIcv xcbc(Cipher cbc, Cipher ecb, byte[] key, int icvLength)
      throws GeneralSecurityException {
    byte[] derived = new byte[3 * BLOCK];
    for (int i = 0; i < 3; i++) {
      Arrays.fill(derived, i * BLOCK, (i + 1) * BLOCK, (byte) (i + 1));
    }
    encrypt(ecb, key, derived);
    byte[] k1 = Arrays.copyOf(derived, BLOCK);
    try {
      return new CbcMacIcv(
          new CbcMac(cbc, new RawKey("AES", k1)),
          Arrays.copyOfRange(derived, BLOCK, 2 * BLOCK),
          Arrays.copyOfRange(derived, 2 * BLOCK, 3 * BLOCK),
          icvLength);
    } finally {
      Arrays.fill(k1, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }

  /** CMAC (RFC 4493 section 2.3): the masks are the encrypted 0, doubled once and twice. */
  static CbcMacIcv cmac(Cipher cbc, Cipher ecb, byte[] key, int icvLength)
      throws GeneralSecurityException {
    byte[] mask = new byte[BLOCK];
    encrypt(ecb, key, mask);
    byte[] once = doubled(mask);
    Arrays.fill(mask, (byte) 0);
    return new CbcMacIcv(new CbcMac(cbc, new RawKey("AES", key)), once, doubled(once), icvLength);
  }

  private static void encrypt(Cipher ecb, byte[] key, byte[] blocks)
      throws GeneralSecurityException {
    RawKey raw = new RawKey("AES", key);
    ecb.init(Cipher.ENCRYPT_MODE, raw);
    ecb.doFinal(blocks.clone(), 0, blocks.length, blocks, 0);
    raw.destroy();
    ecb.init(Cipher.ENCRYPT_MODE, raw);
  }

  /** The double in GF(2^128) with the polynomial x^128 + x^7 + x^2 + x + 1. */
  private static byte[] doubled(byte[] block) {
    long high = BigEndian.getLong(block, 0);
    long low = BigEndian.getLong(block, Long.BYTES);
    byte[] result = new byte[BLOCK];
    BigEndian.putLong(result, 0, (high << 1) | (low >>> 63));
    BigEndian.putLong(result, Long.BYTES, (low << 1) ^ ((high >> 63) & 0x87));
    return result;
  }

  @Override
  public void begin(byte[] bytes, int offset, int count) {
    // Room for a word and for padding.
    message = Octets.withRoom(message, Octets.wholeBlocks(count + Integer.BYTES + 1));
    System.arraycopy(bytes, offset, message, 0, count);
    length = count;
  }

  @Override
  public void update(int word) {
    BigEndian.putInt(message, length, word);
    length += Integer.BYTES;
  }

  @Override
  public void finish(byte[] bytes, int offset) {
    System.arraycopy(compute(), 0, bytes, offset, icvLength);
  }

  @Override
  public boolean verify(byte[] bytes, int offset) {
    return Octets.areEqual(compute(), 0, bytes, offset, icvLength);
  }

  private byte[] compute() {
    boolean whole = length > 0 && length % BLOCK == 0;
    int end = Math.max(BLOCK, Octets.wholeBlocks(length));
    if (!whole) {
      message[length] = (byte) 0x80;
      Arrays.fill(message, length + 1, end, (byte) 0);
    }
    Octets.xorBlock(message, end - BLOCK, whole ? wholeMask : paddedMask, 0);
    return mac.compute(message, end);
  }

  @Override
  public void close() {
    mac.close();
    Arrays.fill(wholeMask, (byte) 0);
    Arrays.fill(paddedMask, (byte) 0);
    Arrays.fill(message, (byte) 0);
  }
}
