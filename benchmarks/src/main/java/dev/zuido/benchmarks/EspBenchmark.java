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
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Sealing and opening ESP in tunnel mode, per packet, beside the bare JCE calls for the same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EspBenchmark {
  /** The suites that are measured. */
  public enum Suite {
    /** The reference scenario's. */
    TRIPLE_DES_MD5(EspEncryption.TRIPLE_DES_CBC, EspIntegrity.HMAC_MD5_96),
    AES_CBC_128_SHA1(EspEncryption.AES_CBC_128, EspIntegrity.HMAC_SHA1_96),
    AES_CBC_256_SHA256(EspEncryption.AES_CBC_256, EspIntegrity.HMAC_SHA2_256_128),
    AES_GCM_128(EspEncryption.AES_GCM_16_128, EspIntegrity.NONE);

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

  @Param Suite suite;

  @Param({"64", "512", "1400"})
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
    inbound = inboundSa();
    jceSealer = new JceEsp(esp, keyMaterial, length);
    jceOpener = new JceEsp(esp, keyMaterial, length);
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
    batch.clear();
    for (int i = 0; i < Packets.BATCH; i++) {
      byte[] datagram = sealed[next++];
      batch.add(datagram, 0, datagram.length);
    }
    inbound.open(batch);
    Packets.require(batch, EspVerdict.OPENED);
    return batch;
  }

  /** The JCE encrypts and authenticates as many bytes. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public JceEsp jceSeal() throws GeneralSecurityException {
    for (int i = 0; i < Packets.BATCH; i++) {
      jceSealer.seal(packet);
    }
    return jceSealer;
  }

  /** The JCE verifies and decrypts the packets of {@link #open}. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public JceEsp jceOpen() throws GeneralSecurityException {
    if (next == POOL) {
      next = 0;
    }
    for (int i = 0; i < Packets.BATCH; i++) {
      jceOpener.open(sealed[next++]);
    }
    return jceOpener;
  }
}
