package dev.zuido.benchmarks;

import dev.zuido.gre.GreTunnel;
import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.gre.GreVerdict;
import dev.zuido.wire.Ipv6Address;
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

/**
 * GRE, per packet.
 *
 * <p>Both directions work in place, so a batch is brought back by its bounds and verdicts alone and
 * its bytes are never copied: {@link #baseline} is what that costs, and is in the other figures.
 * The type of service is 0 and congestion is never marked, so that decapsulation leaves the bytes
 * as they are.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GreBenchmark {
  private static final Ipv6Address SITE_A6 = Ipv6Address.parse("2001:db8:a::1");
  private static final Ipv6Address SITE_B6 = Ipv6Address.parse("2001:db8:b::1");

  @Param({"64", "1400"})
  int length;

  /** The tunnel: no optional field, key and checksum, or no optional field over IPv6. */
  @Param({"plain", "keyAndChecksum", "overIpv6"})
  String tunnel;

  private PacketBatch batch;
  private PacketBatch encapsulated;
  private int overhead;
  private GreTunnel near;
  private GreTunnel far;

  /** Makes both ends of the tunnel. */
  @Setup
  public void prepare() {
    GreTunnelConfig config =
        switch (tunnel) {
          case "plain" -> GreTunnelConfig.of(Packets.SITE_A, Packets.SITE_B);
          case "keyAndChecksum" ->
              GreTunnelConfig.of(Packets.SITE_A, Packets.SITE_B).withKey(7).withChecksum(true);
          case "overIpv6" -> GreTunnelConfig.of(SITE_A6, SITE_B6);
          default -> throw new IllegalArgumentException("no such tunnel: " + tunnel);
        };
    near = new GreTunnel(config);
    far = new GreTunnel(config.reversed());
    overhead = config.overhead();
    batch = batch(Packets.ipv4(length));
    near.encapsulate(batch);
    Packets.require(batch, GreVerdict.ENCAPSULATED);
    encapsulated = batch(batch.copy(0));
    far.decapsulate(encapsulated);
    Packets.require(encapsulated, GreVerdict.DECAPSULATED);
  }

  private static PacketBatch batch(byte[] packet) {
    PacketBatch made =
        new PacketBatch(
            Packets.BATCH,
            packet.length,
            PacketBatch.DEFAULT_HEADROOM,
            PacketBatch.DEFAULT_TAILROOM);
    Packets.fill(made, packet);
    return made;
  }

  /** What bringing back a batch costs, which is in the other figures: there and back again. */
  @Benchmark
  @OperationsPerInvocation(2 * Packets.BATCH)
  public PacketBatch baseline() {
    Packets.restore(batch, overhead);
    Packets.restore(batch, -overhead);
    return batch;
  }

  /** Puts the outer headers before each packet. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public int encapsulate() {
    Packets.restore(batch, overhead);
    int done = near.encapsulate(batch);
    if (done != Packets.BATCH) {
      throw new IllegalStateException("encapsulated " + done);
    }
    return done;
  }

  /** Takes them away at the other end. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public int decapsulate() {
    Packets.restore(encapsulated, -overhead);
    int done = far.decapsulate(encapsulated);
    if (done != Packets.BATCH) {
      throw new IllegalStateException("decapsulated " + done);
    }
    return done;
  }
}
