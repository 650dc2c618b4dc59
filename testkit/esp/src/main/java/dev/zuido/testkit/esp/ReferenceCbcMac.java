package dev.zuido.testkit.esp;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** CBC-MAC, XCBC and CMAC block by block, as their RFCs spell them. */
final class ReferenceCbcMac {
  private static final int BLOCK = 16;

  private ReferenceCbcMac() {}

  private static byte[] block(byte[] key, byte[] input) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    return cipher.doFinal(input);
  }

  private static byte[] filled(int value) {
    byte[] block = new byte[BLOCK];
    Arrays.fill(block, (byte) value);
    return block;
  }

  private static byte[] xor(byte[] a, byte[] b) {
    byte[] sum = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      sum[i] = (byte) (a[i] ^ b[i]);
    }
    return sum;
  }

  /** The plain CBC-MAC of whole blocks. */
  static byte[] plain(byte[] key, byte[] blocks) throws GeneralSecurityException {
    byte[] e = new byte[BLOCK];
    for (int i = 0; i < blocks.length; i += BLOCK) {
      e = block(key, xor(e, Arrays.copyOfRange(blocks, i, i + BLOCK)));
    }
    return e;
  }

  /** RFC 3566 section 4. */
  static byte[] xcbc(byte[] key, byte[] message) throws GeneralSecurityException {
    return masked(block(key, filled(1)), message, block(key, filled(2)), block(key, filled(3)));
  }

  /** RFC 4493 section 2.4. */
  static byte[] cmac(byte[] key, byte[] message) throws GeneralSecurityException {
    byte[] k1 = doubled(block(key, filled(0)));
    return masked(key, message, k1, doubled(k1));
  }

  private static byte[] doubled(byte[] block) {
    BigInteger twice = new BigInteger(1, block).shiftLeft(1);
    if (twice.testBit(8 * BLOCK)) {
      twice = twice.clearBit(8 * BLOCK).xor(BigInteger.valueOf(0x87));
    }
    byte[] bytes = twice.toByteArray();
    byte[] result = new byte[BLOCK];
    int length = Math.min(BLOCK, bytes.length);
    System.arraycopy(bytes, bytes.length - length, result, BLOCK - length, length);
    return result;
  }

  private static byte[] masked(byte[] key, byte[] message, byte[] whole, byte[] padded)
      throws GeneralSecurityException {
    boolean isWhole = message.length > 0 && message.length % BLOCK == 0;
    int lastStart = isWhole ? message.length - BLOCK : message.length / BLOCK * BLOCK;
    byte[] blocks = Arrays.copyOf(message, lastStart + BLOCK);
    if (!isWhole) {
      blocks[message.length] = (byte) 0x80;
    }
    byte[] last =
        xor(Arrays.copyOfRange(blocks, lastStart, blocks.length), isWhole ? whole : padded);
    System.arraycopy(last, 0, blocks, lastStart, BLOCK);
    return plain(key, blocks);
  }
}
