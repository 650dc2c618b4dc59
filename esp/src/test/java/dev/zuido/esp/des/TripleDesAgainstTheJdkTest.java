package dev.zuido.esp.des;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Millions of random blocks under a thousand random keys, beside the JDK's cipher. */
final class TripleDesAgainstTheJdkTest {
  private static final int KEYS = 1000;
  private static final int BLOCKS = 1024;

  private static byte[] bytes(SplittableRandom random, int length) {
    byte[] result = new byte[length];
    random.nextBytes(result);
    return result;
  }

  private static long[] jdk(byte[] key, int mode, long[] blocks) throws GeneralSecurityException {
    String algorithm = key.length == 8 ? "DES" : "DESede";
    Cipher cipher = Cipher.getInstance(algorithm + "/ECB/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, algorithm));
    ByteBuffer in = ByteBuffer.allocate(blocks.length * Long.BYTES);
    in.asLongBuffer().put(blocks);
    long[] result = new long[blocks.length];
    ByteBuffer.wrap(cipher.doFinal(in.array())).asLongBuffer().get(result);
    return result;
  }

  private static long[] tableDriven(DesKeySchedule schedule, long[] blocks) {
    long[] result = blocks.clone();
    new TableDes(schedule).crypt(result, result.length);
    return result;
  }

  private static long[] sliced(DesKeySchedule schedule, long[] blocks) {
    long[] result = blocks.clone();
    SlicedDes des = new SlicedDes(schedule);
    long[] lanes = new long[DesCipher.LANES];
    for (int i = 0; i < blocks.length; i += lanes.length) {
      System.arraycopy(blocks, i, lanes, 0, lanes.length);
      des.crypt(lanes);
      System.arraycopy(lanes, 0, result, i, lanes.length);
    }
    return result;
  }

  private static void compare(byte[] key, boolean encrypts, long[] blocks)
      throws GeneralSecurityException {
    long[] expected = jdk(key, encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, blocks);
    DesKeySchedule schedule = new DesKeySchedule(key, encrypts);
    assertArrayEquals(expected, tableDriven(schedule, blocks), "table-driven");
    assertArrayEquals(expected, sliced(schedule, blocks), "bit-sliced");
  }

  /** Two million blocks by each path with 24 bytes of key, as many with 8. */
  @ParameterizedTest
  @ValueSource(ints = {8, 24})
  void randomBlocks(int keyLength) throws GeneralSecurityException {
    SplittableRandom random = new SplittableRandom(keyLength);
    for (int i = 0; i < KEYS; i++) {
      byte[] key = bytes(random, keyLength);
      long[] blocks = random.longs(BLOCKS).toArray();
      compare(key, true, blocks);
      compare(key, false, blocks);
    }
  }

  /** FIPS 46-3 leaves it to the user to avoid these; they are what they are, as in the JDK. */
  @Test
  void weakAndSemiWeakKeys() throws GeneralSecurityException {
    long[][] pairs = {
      {0x0101010101010101L, 0x0101010101010101L},
      {0xfefefefefefefefeL, 0xfefefefefefefefeL},
      {0xe0e0e0e0f1f1f1f1L, 0xe0e0e0e0f1f1f1f1L},
      {0x1f1f1f1f0e0e0e0eL, 0x1f1f1f1f0e0e0e0eL},
      {0x011f011f010e010eL, 0x1f011f010e010e01L},
      {0x01e001e001f101f1L, 0xe001e001f101f101L},
      {0x01fe01fe01fe01feL, 0xfe01fe01fe01fe01L},
      {0x1fe01fe00ef10ef1L, 0xe01fe01ff10ef10eL},
      {0x1ffe1ffe0efe0efeL, 0xfe1ffe1ffe0efe0eL},
      {0xe0fee0fef1fef1feL, 0xfee0fee0fef1fef1L},
    };
    long[] blocks = new SplittableRandom(1).longs(64).toArray();
    for (long[] pair : pairs) {
      byte[] first = ByteBuffer.allocate(8).putLong(pair[0]).array();
      byte[] second = ByteBuffer.allocate(8).putLong(pair[1]).array();
      long[] twice =
          tableDriven(
              new DesKeySchedule(second, true),
              tableDriven(new DesKeySchedule(first, true), blocks));
      assertArrayEquals(blocks, twice);
      byte[] three =
          ByteBuffer.allocate(24).putLong(pair[0]).putLong(pair[1]).putLong(pair[0]).array();
      for (boolean encrypts : new boolean[] {true, false}) {
        compare(first, encrypts, blocks);
        compare(second, encrypts, blocks);
        compare(three, encrypts, blocks);
      }
    }
  }

  /** Three equal keys are single DES; the bits of parity say nothing. */
  @Test
  void equalKeysAndParity() throws GeneralSecurityException {
    SplittableRandom random = new SplittableRandom(2);
    byte[] key = bytes(random, 8);
    ByteBuffer three = ByteBuffer.allocate(24).put(key).put(key).put(key);
    long[] blocks = random.longs(64).toArray();
    assertArrayEquals(
        jdk(key, Cipher.ENCRYPT_MODE, blocks),
        tableDriven(new DesKeySchedule(three.array(), true), blocks));
    byte[] otherParity = key.clone();
    for (int i = 0; i < otherParity.length; i++) {
      otherParity[i] ^= 1;
    }
    assertArrayEquals(
        tableDriven(new DesKeySchedule(key, true), blocks),
        tableDriven(new DesKeySchedule(otherParity, true), blocks));
    assertEquals(16, new DesKeySchedule(key, true).rounds());
    assertEquals(48, new DesKeySchedule(three.array(), true).rounds());
  }
}
