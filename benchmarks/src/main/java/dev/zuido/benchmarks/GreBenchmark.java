package dev.zuido.benchmarks;

import dev.zuido.gre.GreTunnel;
import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.gre.GreVerdict;
import dev.zuido.wire.PacketBatch;
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

/** GRE, per packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GreBenchmark {
  @Param({"64", "1400"})
  int length;

  /** Whether the tunnel has a key and a checksum, or no optional field. */
  @Param({"false", "true"})
  boolean keyAndChecksum;

  private byte[] packet;
  private byte[] encapsulated;
  private PacketBatch batch;
  private GreTunnel near;
  private GreTunnel far;

  /** Makes both ends of the tunnel. */
  @Setup
  public void prepare() {
    GreTunnelConfig config = GreTunnelConfig.of(Packets.SITE_A, Packets.SITE_B);
    if (keyAndChecksum) {
      config = config.withKey(7).withChecksum(true);
    }
    near = new GreTunnel(config);
    far = new GreTunnel(config.reversed());
    packet = Packets.ipv4(length);
    batch =
        new PacketBatch(
            Packets.BATCH,
            length + config.overhead(),
            PacketBatch.DEFAULT_HEADROOM,
            PacketBatch.DEFAULT_TAILROOM);
    Packets.fill(batch, packet);
    near.encapsulate(batch);
    encapsulated = batch.copy(0);
  }

  /** What the copy into the batch costs, which is in the other figures. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public PacketBatch copyOnly() {
    Packets.fill(batch, packet);
    return batch;
  }

  /** Puts the outer headers before each packet. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public PacketBatch encapsulate() {
    Packets.fill(batch, packet);
    near.encapsulate(batch);
    Packets.require(batch, GreVerdict.ENCAPSULATED);
    return batch;
  }

  /** Takes them away at the other end. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public PacketBatch decapsulate() {
    Packets.fill(batch, encapsulated);
    far.decapsulate(batch);
    Packets.require(batch, GreVerdict.DECAPSULATED);
    return batch;
  }
}
