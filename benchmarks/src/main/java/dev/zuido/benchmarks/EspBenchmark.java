package dev.zuido.benchmarks;

import dev.zuido.esp.EspCrypto;
import dev.zuido.esp.EspEncryption;
import dev.zuido.esp.EspIntegrity;
import dev.zuido.esp.EspKeys;
import dev.zuido.esp.EspMode;
import dev.zuido.esp.EspSuite;
import dev.zuido.esp.EspVerdict;
import dev.zuido.esp.InboundSa;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.SaParameters;
import dev.zuido.wire.PacketBatch;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Sealing and opening ESP in tunnel mode, per packet, beside the bare JCE calls for the same bytes.
 *
 * <p>The heap is small and touched beforehand. The JCE's garbage, a kilobyte for a packet, else
 * walks through a new heap for seconds, whose pages the operating system, and the host of a virtual
 * machine, have yet to find: that is several times what a packet costs.
 */
@Fork(jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-Xmn64m", "-XX:+AlwaysPreTouch"})
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EspBenchmark {
  /** The suites that are measured: every algorithm with every length of its key and its ICV. */
  public enum Suite {
    /** The reference scenario's. */
    TRIPLE_DES_MD5(EspEncryption.TRIPLE_DES_CBC, EspIntegrity.HMAC_MD5_96),
    AES_CBC_128_SHA1(EspEncryption.AES_CBC_128, EspIntegrity.HMAC_SHA1_96),
    AES_CBC_256_SHA256(EspEncryption.AES_CBC_256, EspIntegrity.HMAC_SHA2_256_128),
    AES_GCM_128(EspEncryption.AES_GCM_16_128, EspIntegrity.NONE),
    AES_GCM_192(EspEncryption.AES_GCM_16_192, EspIntegrity.NONE),
    AES_GCM_256(EspEncryption.AES_GCM_16_256, EspIntegrity.NONE),
    AES_GCM_8_128(EspEncryption.AES_GCM_8_128, EspIntegrity.NONE),
    AES_GCM_12_128(EspEncryption.AES_GCM_12_128, EspIntegrity.NONE),
    CHACHA20_POLY1305(EspEncryption.CHACHA20_POLY1305, EspIntegrity.NONE),
    AES_CCM_128(EspEncryption.AES_CCM_16_128, EspIntegrity.NONE),
    AES_CCM_192(EspEncryption.AES_CCM_16_192, EspIntegrity.NONE),
    AES_CCM_256(EspEncryption.AES_CCM_16_256, EspIntegrity.NONE),
    AES_CCM_8_128(EspEncryption.AES_CCM_8_128, EspIntegrity.NONE),
    AES_CCM_12_128(EspEncryption.AES_CCM_12_128, EspIntegrity.NONE),
    GMAC_128(EspEncryption.NULL_AUTH_AES_GMAC_128, EspIntegrity.NONE),
    GMAC_192(EspEncryption.NULL_AUTH_AES_GMAC_192, EspIntegrity.NONE),
    GMAC_256(EspEncryption.NULL_AUTH_AES_GMAC_256, EspIntegrity.NONE),
    AES_CTR_128_SHA256(EspEncryption.AES_CTR_128, EspIntegrity.HMAC_SHA2_256_128),
    AES_CTR_192_SHA256(EspEncryption.AES_CTR_192, EspIntegrity.HMAC_SHA2_256_128),
    AES_CTR_256_SHA256(EspEncryption.AES_CTR_256, EspIntegrity.HMAC_SHA2_256_128),
    AES_CBC_192_SHA256(EspEncryption.AES_CBC_192, EspIntegrity.HMAC_SHA2_256_128),
    AES_CBC_256_SHA384(EspEncryption.AES_CBC_256, EspIntegrity.HMAC_SHA2_384_192),
    AES_CBC_256_SHA512(EspEncryption.AES_CBC_256, EspIntegrity.HMAC_SHA2_512_256),
    AES_CBC_128_XCBC(EspEncryption.AES_CBC_128, EspIntegrity.AES_XCBC_96),
    AES_CBC_128_CMAC(EspEncryption.AES_CBC_128, EspIntegrity.AES_CMAC_96),
    DES_SHA1(EspEncryption.DES_CBC, EspIntegrity.HMAC_SHA1_96),
    NULL_SHA256(EspEncryption.NULL, EspIntegrity.HMAC_SHA2_256_128);

    private final EspEncryption encryption;
    private final EspIntegrity integrity;

    Suite(EspEncryption encryption, EspIntegrity integrity) {
      this.encryption = encryption;
      this.integrity = integrity;
    }
  }

  /**
   * Sealed packets that {@link #open} goes through before it starts over with a new SA: the replay
   * window would drop a packet that comes again.
   */
  private static final int POOL = 128 * Packets.BATCH;

  /**
   * SAs that are made beforehand, so that compiled code makes those that {@link #open} needs: it
   * does so every few milliseconds, and interpreted code takes a tenth of a millisecond.
   */
  private static final int REHEARSALS = 5000;

  @Param Suite suite;

  @Param({"64", "512", "1400", "8192"})
  int length;

  private final SecureRandom random = new SecureRandom();
  private final byte[][] sealed = new byte[POOL][];
  private EspSuite esp;
  private int next;
  private byte[] packet;
  private byte[] keyMaterial;
  private PacketBatch batch;
  private OutboundSa outbound;
  private InboundSa inbound;
  private JceEsp jceSealer;
  private JceEsp jceOpener;

  /** Makes the SAs and the pool of sealed packets. */
  @Setup
  public void prepare() throws GeneralSecurityException {
    esp = new EspSuite(suite.encryption, suite.integrity);
    packet = Packets.ipv4(length);
    keyMaterial = new byte[esp.keyMaterialLength()];
    random.nextBytes(keyMaterial);
    batch =
        new PacketBatch(
            Packets.BATCH,
            esp.sealedLength(length, EspMode.TUNNEL, false),
            PacketBatch.DEFAULT_HEADROOM,
            PacketBatch.DEFAULT_TAILROOM);
    outbound = outboundSa();
    for (int i = 0; i < REHEARSALS; i++) {
      inboundSa().close();
    }
    inbound = inboundSa();
    jceSealer = JceEsp.of(esp, keyMaterial, length);
    jceOpener = JceEsp.of(esp, keyMaterial, length);
    OutboundSa source = outboundSa();
    for (int i = 0; i < POOL; i += Packets.BATCH) {
      Packets.fill(batch, packet);
      source.seal(batch);
      Packets.require(batch, EspVerdict.SEALED);
      for (int j = 0; j < Packets.BATCH; j++) {
        sealed[i + j] = batch.copy(j);
      }
    }
  }

  private SaParameters parameters() {
    return SaParameters.of(0x1000, EspMode.TUNNEL, esp, Packets.SITE_A, Packets.SITE_B);
  }

  private OutboundSa outboundSa() {
    try (EspKeys keys = EspKeys.ofKeyMaterial(esp, keyMaterial)) {
      return new OutboundSa(parameters(), keys, EspCrypto.platform(), random, 0);
    }
  }

  private InboundSa inboundSa() {
    try (EspKeys keys = EspKeys.ofKeyMaterial(esp, keyMaterial)) {
      return new InboundSa(parameters(), keys, EspCrypto.platform(), 0);
    }
  }

  /** Zuido seals. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public PacketBatch seal() {
    Packets.fill(batch, packet);
    outbound.seal(batch);
    Packets.require(batch, EspVerdict.SEALED);
    return batch;
  }

  /** Zuido opens; one new SA for each 4096 packets is in the figure. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public PacketBatch open() {
    if (next == POOL) {
      next = 0;
      inbound.close();
      inbound = inboundSa();
    }
    fillFromPool();
    inbound.open(batch);
    Packets.require(batch, EspVerdict.OPENED);
    return batch;
  }

  /** The JCE encrypts and authenticates as many bytes. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public JceEsp jceSeal() throws GeneralSecurityException {
    Packets.fill(batch, packet);
    jceSealer.seal(batch);
    return jceSealer;
  }

  /** The JCE verifies and decrypts the packets of {@link #open}. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public JceEsp jceOpen() throws GeneralSecurityException {
    if (next == POOL) {
      next = 0;
    }
    fillFromPool();
    jceOpener.open(batch);
    return jceOpener;
  }

  private void fillFromPool() {
    batch.clear();
    for (int i = 0; i < Packets.BATCH; i++) {
      byte[] datagram = sealed[next++];
      batch.add(datagram, 0, datagram.length);
    }
  }
}
