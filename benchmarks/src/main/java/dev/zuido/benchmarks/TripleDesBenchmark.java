package dev.zuido.benchmarks;

import dev.zuido.esp.des.DesCbcDecryptor;
import dev.zuido.esp.des.DesCbcEncryptor;
import dev.zuido.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.CBCModeCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * 3DES-CBC alone, without ESP: a batch of packets in one slab, each with its IV, in place. The time
 * is that of the whole batch. The script {@code 3des} sets it beside OpenSSL's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TripleDesBenchmark {
  private static final int BLOCK = Long.BYTES;

  /** Packets of the batch. */
  @Param({"1", "64"})
  int packets;

  /** Bytes of a packet; the cipher gets as many whole blocks as they need. */
  @Param("1400")
  int length;

  private int encrypted;
  private byte[] slab;
  private DesCbcEncryptor encryptor;
  private DesCbcDecryptor decryptor;
  private SecretKeySpec key;
  private Cipher jce;
  private CBCModeCipher bcEncryptor;
  private CBCModeCipher bcDecryptor;

  /** Makes the ciphers, and sees that all three give the same. */
  @Setup
  public void prepare() throws GeneralSecurityException {
    encrypted = (length + BLOCK - 1) / BLOCK * BLOCK;
    slab = new byte[packets * (BLOCK + encrypted)];
    byte[] bytes = new byte[3 * BLOCK];
    Random random = new Random(1);
    random.nextBytes(slab);
    random.nextBytes(bytes);
    encryptor = new DesCbcEncryptor(bytes);
    decryptor = new DesCbcDecryptor(bytes);
    key = new SecretKeySpec(bytes, "DESede");
    jce = Cipher.getInstance("DESede/CBC/NoPadding");
    bcEncryptor = bc(true, bytes);
    bcDecryptor = bc(false, bytes);
    byte[] plain = slab.clone();
    byte[] expected = jceEncrypt().clone();
    require(plain, jceDecrypt());
    require(expected, encrypt());
    require(plain, decrypt());
    require(expected, bcEncrypt());
    require(plain, bcDecrypt());
  }

  private static void require(byte[] expected, byte[] actual) {
    if (!Arrays.equals(expected, actual)) {
      throw new IllegalStateException("the ciphers differ");
    }
  }

  private static CBCModeCipher bc(boolean encrypts, byte[] key) {
    CBCModeCipher result = CBCBlockCipher.newInstance(new DESedeEngine());
    result.init(encrypts, new ParametersWithIV(new KeyParameter(key), new byte[BLOCK]));
    return result;
  }

  private int iv(int packet) {
    return packet * (BLOCK + encrypted);
  }

  /** Zuido encrypts the batch. */
  @Benchmark
  public byte[] encrypt() {
    for (int i = 0; i < packets; i++) {
      encryptor.add(iv(i) + BLOCK, encrypted, BigEndian.getLong(slab, iv(i)));
    }
    encryptor.encrypt(slab);
    return slab;
  }

  /** Zuido decrypts the batch. */
  @Benchmark
  public byte[] decrypt() {
    for (int i = 0; i < packets; i++) {
      decryptor.decrypt(slab, iv(i) + BLOCK, encrypted, BigEndian.getLong(slab, iv(i)));
    }
    decryptor.finish(slab);
    return slab;
  }

  /** The JCE encrypts the batch. */
  @Benchmark
  public byte[] jceEncrypt() throws GeneralSecurityException {
    return jce(Cipher.ENCRYPT_MODE);
  }

  /** The JCE decrypts the batch. */
  @Benchmark
  public byte[] jceDecrypt() throws GeneralSecurityException {
    return jce(Cipher.DECRYPT_MODE);
  }

  private byte[] jce(int mode) throws GeneralSecurityException {
    for (int i = 0; i < packets; i++) {
      jce.init(mode, key, new IvParameterSpec(slab, iv(i), BLOCK));
      jce.doFinal(slab, iv(i) + BLOCK, encrypted, slab, iv(i) + BLOCK);
    }
    return slab;
  }

  /** BouncyCastle's engine encrypts the batch; its key schedule is kept between packets. */
  @Benchmark
  public byte[] bcEncrypt() {
    return bc(bcEncryptor, true);
  }

  /** BouncyCastle's engine decrypts the batch; its key schedule is kept between packets. */
  @Benchmark
  public byte[] bcDecrypt() {
    return bc(bcDecryptor, false);
  }

  private byte[] bc(CBCModeCipher cipher, boolean encrypts) {
    for (int i = 0; i < packets; i++) {
      cipher.init(encrypts, new ParametersWithIV(null, slab, iv(i), BLOCK));
      int end = iv(i) + BLOCK + encrypted;
      for (int position = iv(i) + BLOCK; position < end; position += BLOCK) {
        cipher.processBlock(slab, position, slab, position);
      }
    }
    return slab;
  }
}
