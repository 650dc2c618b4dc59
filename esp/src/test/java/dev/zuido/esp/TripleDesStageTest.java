package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.zuido.wire.BigEndian;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DES and 3DES as stages of a transform, beside the stages of the JDK's provider. */
final class TripleDesStageTest {
  private static final EspCrypto JDK = EspCrypto.of(Security.getProvider("SunJCE"));
  private static final int SLOT = 1600;
  private static final int[] COUNTS = {1, 2, 3, 4, 5, 16, 21, 22, 40, 64};

  private static byte[] bytes(int length, int seed) {
    byte[] result = new byte[length];
    new Random(seed).nextBytes(result);
    return result;
  }

  private static CipherStage stage(EspCrypto crypto, EspEncryption encryption, boolean encrypts) {
    EspSuite suite = new EspSuite(encryption, EspIntegrity.HMAC_MD5_96);
    byte[] key = bytes(encryption.keyLength(), 7);
    try (EspKeys keys = EspKeys.of(suite, key, new byte[0], new byte[16])) {
      return crypto.cbc(encryption, keys, encrypts ? Packets.random(3) : null);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Frames of unlike lengths, each with room before it. */
  private static EspFrames frames(int count) {
    EspFrames frames = new EspFrames(8);
    for (int i = 0; i < count; i++) {
      frames.add(i, i * SLOT + 20 + i, 8 * (1 + i * 37 % 180), i);
      frames.setAuthentic(i, true);
    }
    return frames;
  }

  @ParameterizedTest
  @EnumSource(names = {"DES_CBC", "TRIPLE_DES_CBC"})
  void theProviderDecryptsWhatWasEncrypted(EspEncryption encryption) {
    CipherStage ours = stage(EspCrypto.platform(), encryption, true);
    CipherStage theirs = stage(JDK, encryption, false);
    CipherStage inverse = stage(EspCrypto.platform(), encryption, false);
    assertInstanceOf(TripleDesStage.class, ours);
    assertInstanceOf(TripleDesStage.class, inverse);
    assertInstanceOf(CbcStage.class, theirs);
    for (int count : COUNTS) {
      byte[] plain = bytes(count * SLOT, count);
      byte[] slab = plain.clone();
      EspFrames frames = frames(count);
      ours.encrypt(slab, frames);
      byte[] copy = slab.clone();
      theirs.decrypt(copy, frames);
      assertPayloads(plain, copy, frames);
      inverse.decrypt(slab, frames);
      assertPayloads(plain, slab, frames);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DES_CBC", "TRIPLE_DES_CBC"})
  void whatTheProviderEncryptedIsDecrypted(EspEncryption encryption) {
    CipherStage theirs = stage(JDK, encryption, true);
    CipherStage ours = stage(EspCrypto.platform(), encryption, false);
    for (int count : COUNTS) {
      byte[] plain = bytes(count * SLOT, count);
      byte[] slab = plain.clone();
      EspFrames frames = frames(count);
      theirs.encrypt(slab, frames);
      ours.decrypt(slab, frames);
      assertPayloads(plain, slab, frames);
    }
  }

  /** The payloads are equal, and nothing outside the frames has changed. */
  private static void assertPayloads(byte[] expected, byte[] actual, EspFrames frames) {
    byte[] whole = actual.clone();
    for (int i = 0; i < frames.count(); i++) {
      System.arraycopy(expected, frames.ivOffset(i), whole, frames.ivOffset(i), 8);
    }
    assertArrayEquals(expected, whole);
  }

  @Test
  void aPresetIvIsUsedForEachFrame() {
    byte[] iv = bytes(8, 99);
    for (int count : COUNTS) {
      byte[] ours = bytes(count * SLOT, count);
      byte[] theirs = ours.clone();
      EspFrames frames = frames(count);
      frames.presetIv(iv);
      stage(EspCrypto.platform(), EspEncryption.TRIPLE_DES_CBC, true).encrypt(ours, frames);
      stage(JDK, EspEncryption.TRIPLE_DES_CBC, true).encrypt(theirs, frames);
      assertArrayEquals(theirs, ours);
    }
  }

  @Test
  void noIvComesTwiceAndNoneIsTheCounter() {
    CipherStage stage = stage(EspCrypto.platform(), EspEncryption.TRIPLE_DES_CBC, true);
    Set<Long> ivs = new HashSet<>();
    EspFrames frames = frames(64);
    byte[] slab = new byte[64 * SLOT];
    for (int call = 0; call < 20; call++) {
      Arrays.fill(slab, (byte) 0);
      stage.encrypt(slab, frames);
      long previous = 0;
      for (int i = 0; i < frames.count(); i++) {
        long iv = BigEndian.getLong(slab, frames.ivOffset(i));
        assertTrue(ivs.add(iv));
        assertTrue(Long.bitCount(iv ^ previous) > 8, "neighbours are unlike");
        previous = iv;
      }
    }
  }

  @Test
  void framesThatAreNotAuthenticStay() {
    EspFrames frames = frames(30);
    for (int i = 0; i < 30; i += 3) {
      frames.setAuthentic(i, false);
    }
    byte[] before = bytes(30 * SLOT, 5);
    byte[] slab = before.clone();
    stage(EspCrypto.platform(), EspEncryption.TRIPLE_DES_CBC, false).decrypt(slab, frames);
    for (int i = 0; i < 30; i++) {
      int start = frames.encryptedOffset(i);
      byte[] was = Arrays.copyOfRange(before, start, frames.icvOffset(i));
      byte[] is = Arrays.copyOfRange(slab, start, frames.icvOffset(i));
      assertEquals(frames.isAuthentic(i), !Arrays.equals(was, is));
    }
  }

  @Test
  void eachStageWorksInOneDirection() {
    EspFrames frames = frames(1);
    byte[] slab = new byte[SLOT];
    CipherStage encrypting = stage(EspCrypto.platform(), EspEncryption.DES_CBC, true);
    CipherStage decrypting = stage(EspCrypto.platform(), EspEncryption.DES_CBC, false);
    assertThrows(IllegalStateException.class, () -> encrypting.decrypt(slab, frames));
    assertThrows(IllegalStateException.class, () -> decrypting.encrypt(slab, frames));
  }

  @Test
  void closingWipesTheKey() {
    EspFrames frames = frames(64);
    frames.presetIv(new byte[8]);
    for (boolean encrypts : new boolean[] {true, false}) {
      CipherStage stage = stage(EspCrypto.platform(), EspEncryption.TRIPLE_DES_CBC, encrypts);
      byte[] before = crypt(stage, frames, encrypts);
      assertArrayEquals(before, crypt(stage, frames, encrypts));
      stage.close();
      assertNotEquals(Arrays.hashCode(before), Arrays.hashCode(crypt(stage, frames, encrypts)));
    }
  }

  private static byte[] crypt(CipherStage stage, EspFrames frames, boolean encrypts) {
    byte[] slab = new byte[64 * SLOT];
    if (encrypts) {
      stage.encrypt(slab, frames);
    } else {
      stage.decrypt(slab, frames);
    }
    return slab;
  }

  @Test
  void nothingIsAllocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] slab = new byte[64 * SLOT];
    CipherStage encrypting = stage(EspCrypto.platform(), EspEncryption.TRIPLE_DES_CBC, true);
    CipherStage decrypting = stage(EspCrypto.platform(), EspEncryption.TRIPLE_DES_CBC, false);
    EspFrames[] frames = {frames(1), frames(7), frames(64)};
    for (EspFrames some : frames) {
      encrypting.encrypt(slab, some);
      decrypting.decrypt(slab, some);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      for (EspFrames some : frames) {
        encrypting.encrypt(slab, some);
        decrypting.decrypt(slab, some);
      }
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 7200, () -> allocated + " bytes for 7200 packets");
  }
}
