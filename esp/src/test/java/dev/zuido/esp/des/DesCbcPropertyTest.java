package dev.zuido.esp.des;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** CBC over batches of packets of any lengths that lie in one slab, beside the JDK's. */
final class DesCbcPropertyTest {

  /** Numbers of blocks of 1 to 64 packets of 8 to 9000 bytes: alike, mixed, and mostly short. */
  @Provide
  Arbitrary<List<Integer>> batches() {
    Arbitrary<Integer> any = Arbitraries.integers().between(1, 1125);
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 12);
    Arbitrary<Integer> count = Arbitraries.integers().between(1, 64);
    return Arbitraries.oneOf(
        any.list().ofMinSize(1).ofMaxSize(64),
        few.list().ofMinSize(1).ofMaxSize(64),
        count.flatMap(n -> any.list().ofSize(1).map(one -> nCopies(n, one.get(0)))),
        count.flatMap(n -> few.list().ofSize(n)));
  }

  private static List<Integer> nCopies(int count, int value) {
    return Collections.nCopies(count, value);
  }

  private static byte[] jdk(int mode, byte[] key, long iv, byte[] slab, int offset, int length) {
    String algorithm = key.length == 8 ? "DES" : "DESede";
    byte[] bytes = new byte[Long.BYTES];
    BigEndian.putLong(bytes, 0, iv);
    try {
      Cipher cipher = Cipher.getInstance(algorithm + "/CBC/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, algorithm), new IvParameterSpec(bytes));
      return cipher.doFinal(slab, offset, length);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Property(tries = 150)
  void equalsTheJdk(
      @ForAll("batches") List<Integer> blocks, @ForAll boolean triple, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] key = new byte[triple ? 24 : 8];
    random.nextBytes(key);
    int[] offsets = new int[blocks.size()];
    long[] ivs = random.longs(offsets.length).toArray();
    int end = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = end + random.nextInt(50);
      end = offsets[i] + blocks.get(i) * Long.BYTES;
    }
    byte[] slab = new byte[end + random.nextInt(50)];
    random.nextBytes(slab);
    for (boolean encrypts : new boolean[] {true, false}) {
      byte[] expected = slab.clone();
      byte[] ours = slab.clone();
      int mode = encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
      for (int i = 0; i < offsets.length; i++) {
        int length = blocks.get(i) * Long.BYTES;
        byte[] text = jdk(mode, key, ivs[i], slab, offsets[i], length);
        System.arraycopy(text, 0, expected, offsets[i], length);
      }
      crypt(key, encrypts, ours, offsets, blocks, ivs);
      assertArrayEquals(expected, ours);
      crypt(key, !encrypts, ours, offsets, blocks, ivs);
      assertArrayEquals(slab, ours);
    }
  }

  private static void crypt(
      byte[] key, boolean encrypts, byte[] slab, int[] offsets, List<Integer> blocks, long[] ivs) {
    if (encrypts) {
      try (DesCbcEncryptor encryptor = new DesCbcEncryptor(key)) {
        for (int i = 0; i < offsets.length; i++) {
          encryptor.add(offsets[i], blocks.get(i) * Long.BYTES, ivs[i]);
        }
        encryptor.encrypt(slab);
      }
    } else {
      try (DesCbcDecryptor decryptor = new DesCbcDecryptor(key)) {
        for (int i = 0; i < offsets.length; i++) {
          decryptor.decrypt(slab, offsets[i], blocks.get(i) * Long.BYTES, ivs[i]);
        }
        decryptor.finish(slab);
      }
    }
  }

  @Test
  void lengthsAreWholeBlocksAndPacketsAtMost64() {
    byte[] slab = new byte[64];
    try (DesCbcEncryptor encryptor = new DesCbcEncryptor(new byte[8]);
        DesCbcDecryptor decryptor = new DesCbcDecryptor(new byte[8])) {
      assertThrows(IllegalArgumentException.class, () -> encryptor.add(0, 12, 0));
      assertThrows(IllegalArgumentException.class, () -> encryptor.add(0, -8, 0));
      assertThrows(IllegalArgumentException.class, () -> decryptor.decrypt(slab, 0, 12, 0));
      assertThrows(IllegalArgumentException.class, () -> decryptor.decrypt(slab, 0, -8, 0));
      encryptor.add(0, 0, 0);
      encryptor.encrypt(slab);
      decryptor.decrypt(slab, 0, 0, 0);
      decryptor.finish(slab);
      assertArrayEquals(new byte[64], slab, "no blocks, nothing done");
      for (int i = 0; i < DesCbcEncryptor.MAX_PACKETS; i++) {
        encryptor.add(0, 8, 0);
      }
      assertThrows(IllegalStateException.class, () -> encryptor.add(0, 8, 0));
    }
  }

  /** After closing, what comes out depends on the key no more. */
  @Test
  void closingWipesTheKey() {
    byte[] first = new byte[24];
    Arrays.fill(first, (byte) 0x5a);
    byte[] second = new byte[24];
    Arrays.fill(second, (byte) 0x36);
    assertArrayEquals(afterClosing(first, true), afterClosing(second, true));
    assertArrayEquals(afterClosing(first, false), afterClosing(second, false));
  }

  private static byte[] afterClosing(byte[] key, boolean encrypts) {
    byte[] slab = new byte[64 * 64];
    if (encrypts) {
      DesCbcEncryptor cipher = new DesCbcEncryptor(key);
      encryptAll(cipher, slab);
      cipher.close();
      Arrays.fill(slab, (byte) 1);
      encryptAll(cipher, slab);
    } else {
      DesCbcDecryptor cipher = new DesCbcDecryptor(key);
      cipher.decrypt(slab, 0, slab.length, 0);
      cipher.finish(slab);
      cipher.close();
      Arrays.fill(slab, (byte) 1);
      cipher.decrypt(slab, 0, slab.length, 0);
      cipher.finish(slab);
    }
    return slab;
  }

  private static void encryptAll(DesCbcEncryptor cipher, byte[] slab) {
    for (int i = 0; i < 64; i++) {
      cipher.add(i * 64, i == 0 ? 64 : 56, 0);
    }
    cipher.encrypt(slab);
  }
}
