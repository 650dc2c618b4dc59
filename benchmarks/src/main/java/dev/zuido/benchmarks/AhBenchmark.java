package dev.zuido.benchmarks;

import dev.zuido.esp.AhInboundSa;
import dev.zuido.esp.AhIntegrity;
import dev.zuido.esp.AhKeys;
import dev.zuido.esp.AhOutboundSa;
import dev.zuido.esp.AhParameters;
import dev.zuido.esp.EspCrypto;
import dev.zuido.esp.EspMode;
import dev.zuido.esp.EspVerdict;
import dev.zuido.wire.PacketBatch;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
 * Protecting and verifying with AH in tunnel mode, per packet, beside the bare JCE call for the
 * same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AhBenchmark {
  /** The algorithms that are measured, and the JCE's names for them. */
  public enum Algorithm {
    SHA1(AhIntegrity.HMAC_SHA1_96, "HmacSHA1"),
    SHA256(AhIntegrity.HMAC_SHA2_256_128, "HmacSHA256");

    private final AhIntegrity integrity;
    private final String jce;

    Algorithm(AhIntegrity integrity, String jce) {
      this.integrity = integrity;
      this.jce = jce;
    }
  }

  /** Packets that {@link #verify} goes through before it starts over with a new SA. */
  private static final int POOL = 128 * Packets.BATCH;

  @Param Algorithm algorithm;

  @Param({"64", "512", "1400"})
  int length;

  private final byte[][] sent = new byte[POOL][];
  private int next;
  private byte[] packet;
  private byte[] key;
  private PacketBatch batch;
  private AhOutboundSa outbound;
  private AhInboundSa inbound;
  private Mac mac;

  /** Makes the SAs and the pool of packets with AH. */
  @Setup
  public void prepare() throws GeneralSecurityException {
    packet = Packets.ipv4(length);
    key = new byte[algorithm.integrity.keyMaterialLength()];
    new SecureRandom().nextBytes(key);
    batch =
        new PacketBatch(
            Packets.BATCH,
            length + parameters().overhead(),
            PacketBatch.DEFAULT_HEADROOM,
            PacketBatch.DEFAULT_TAILROOM);
    outbound = outboundSa();
    inbound = inboundSa();
    mac = Mac.getInstance(algorithm.jce);
    mac.init(new SecretKeySpec(key, algorithm.jce));
    AhOutboundSa source = outboundSa();
    for (int i = 0; i < POOL; i += Packets.BATCH) {
      Packets.fill(batch, packet);
      source.protect(batch);
      Packets.require(batch, EspVerdict.SEALED);
      for (int j = 0; j < Packets.BATCH; j++) {
        sent[i + j] = batch.copy(j);
      }
    }
  }

  private AhParameters parameters() {
    return AhParameters.of(
        0x1000, EspMode.TUNNEL, algorithm.integrity, Packets.SITE_A, Packets.SITE_B);
  }

  private AhOutboundSa outboundSa() {
    try (AhKeys keys = AhKeys.ofKeyMaterial(algorithm.integrity, key)) {
      return new AhOutboundSa(parameters(), keys, EspCrypto.platform(), new SecureRandom(), 0);
    }
  }

  private AhInboundSa inboundSa() {
    try (AhKeys keys = AhKeys.ofKeyMaterial(algorithm.integrity, key)) {
      return new AhInboundSa(parameters(), keys, EspCrypto.platform(), 0);
    }
  }

  /** Zuido protects. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public PacketBatch protect() {
    Packets.fill(batch, packet);
    outbound.protect(batch);
    Packets.require(batch, EspVerdict.SEALED);
    return batch;
  }

  /** Zuido verifies; one new SA for each 4096 packets is in the figure. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public PacketBatch verify() {
    if (next == POOL) {
      next = 0;
      inbound.close();
      inbound = inboundSa();
    }
    batch.clear();
    for (int i = 0; i < Packets.BATCH; i++) {
      byte[] datagram = sent[next++];
      batch.add(datagram, 0, datagram.length);
    }
    inbound.verify(batch);
    Packets.require(batch, EspVerdict.OPENED);
    return batch;
  }

  /** The JCE authenticates as many bytes. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public Mac jceMac() {
    for (int i = 0; i < Packets.BATCH; i++) {
      mac.update(sent[i]);
      mac.doFinal();
    }
    return mac;
  }
}
