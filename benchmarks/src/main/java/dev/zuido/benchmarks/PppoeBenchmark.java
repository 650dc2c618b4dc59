package dev.zuido.benchmarks;

import dev.zuido.pppoe.AccessConcentrator;
import dev.zuido.pppoe.AccessConcentratorConfig;
import dev.zuido.pppoe.ConcentratorOutput;
import dev.zuido.pppoe.PppoeClient;
import dev.zuido.pppoe.PppoeClientConfig;
import dev.zuido.pppoe.PppoeOutput;
import dev.zuido.pppoe.PppoeVerdict;
import dev.zuido.pppoe.ppp.Credential;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.pppoe.ppp.PppConfig.IpcpConfig;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.List;
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
 * The data path of a PPPoE session, per packet, and the making of a session.
 *
 * <p>Both directions work in place, as in {@link GreBenchmark}: {@link #baseline} is what bringing
 * a batch back costs, and is in the other figures.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PppoeBenchmark {
  private static final Ipv4Address GATEWAY = Ipv4Address.parse("192.0.2.1");
  private static final Ipv4Address CALLER = Ipv4Address.of(10, 1, 2, 1);
  private static final ByteString SECRET = ByteString.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

  @Param({"64", "1400"})
  int length;

  private final SecureRandom random = new SecureRandom();
  private final ByteBuf out = Unpooled.buffer(PppoeClient.FRAME_CAPACITY);
  private AccessConcentrator concentrator;
  private AccessConcentrator spare;
  private PppoeClient client;
  private PacketBatch datagrams;
  private PacketBatch frames;

  /** Dials, and makes a batch for each direction. */
  @Setup
  public void prepare() {
    concentrator = new AccessConcentrator(concentratorConfig(), random);
    client = dialled(concentrator);
    spare = new AccessConcentrator(concentratorConfig(), random);
    datagrams = batch();
    client.encapsulate(datagrams);
    Packets.require(datagrams, PppoeVerdict.ENCAPSULATED);
    frames = batch();
    concentrator.encapsulate(frames);
    Packets.require(frames, PppoeVerdict.ENCAPSULATED);
    client.decapsulate(frames, 0);
    Packets.require(frames, PppoeVerdict.DECAPSULATED);
  }

  private AccessConcentratorConfig concentratorConfig() {
    IpcpConfig gives = new IpcpConfig(GATEWAY, false, null, false, List.of());
    return new AccessConcentratorConfig(
        MacAddress.parse("02:00:00:00:00:02"),
        "isp",
        List.of("internet"),
        1500,
        100,
        1,
        PppConfig.server("isp", name -> SECRET, gives),
        name -> CALLER);
  }

  private PppoeClient dialled(AccessConcentrator at) {
    IpcpConfig asks = new IpcpConfig(Ipv4Address.UNSPECIFIED, true, null, false, List.of());
    PppConfig ppp = PppConfig.caller(new Credential("alice", SECRET), asks);
    MacAddress address = MacAddress.parse("02:00:00:00:00:01");
    PppoeClient dialling = new PppoeClient(PppoeClientConfig.of(address, ppp), random, random);
    dialling.dial(0);
    carry(dialling, at);
    if (!dialling.isIpv4Up()) {
      throw new IllegalStateException("the session has not come up");
    }
    return dialling;
  }

  /** Carries frames both ways until nobody has one. */
  private void carry(PppoeClient caller, AccessConcentrator called) {
    boolean busy = true;
    while (busy) {
      busy = false;
      for (PppoeOutput each = caller.poll(out); each != null; each = caller.poll(out)) {
        busy = true;
        if (each instanceof PppoeOutput.Transmit transmit) {
          called.decapsulate(frame(transmit.length()), 0);
        }
      }
      for (ConcentratorOutput each = called.poll(out); each != null; each = called.poll(out)) {
        busy = true;
        if (each instanceof ConcentratorOutput.Transmit transmit) {
          caller.decapsulate(frame(transmit.length()), 0);
        }
      }
    }
  }

  private PacketBatch frame(int bytes) {
    PacketBatch batch = PacketBatch.ofOne(bytes);
    batch.add(ByteString.read(out, bytes).toArray(), 0, bytes);
    out.clear();
    return batch;
  }

  private PacketBatch batch() {
    PacketBatch made =
        new PacketBatch(
            Packets.BATCH, length, PacketBatch.DEFAULT_HEADROOM, PacketBatch.DEFAULT_TAILROOM);
    Packets.fill(made, Packets.ipv4(length));
    return made;
  }

  /** What bringing back a batch costs, which is in the other figures: there and back again. */
  @Benchmark
  @OperationsPerInvocation(2 * Packets.BATCH)
  public PacketBatch baseline() {
    Packets.restore(datagrams, PppoeClient.OVERHEAD);
    Packets.restore(datagrams, -PppoeClient.OVERHEAD);
    return datagrams;
  }

  /** Puts Ethernet, PPPoE and PPP before each datagram. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public PacketBatch encapsulate() {
    Packets.restore(datagrams, PppoeClient.OVERHEAD);
    client.encapsulate(datagrams);
    Packets.require(datagrams, PppoeVerdict.ENCAPSULATED);
    return datagrams;
  }

  /** Takes them away. */
  @Benchmark
  @OperationsPerInvocation(Packets.BATCH)
  public PacketBatch decapsulate() {
    Packets.restore(frames, -PppoeClient.OVERHEAD);
    client.decapsulate(frames, 0);
    Packets.require(frames, PppoeVerdict.DECAPSULATED);
    return frames;
  }

  /** Discovery, LCP, CHAP, IPCP and the end of a session, both sides together. */
  @Benchmark
  public int session() {
    PppoeClient other = dialled(spare);
    other.hangUp(0);
    carry(other, spare);
    if (spare.sessions() != 0) {
      throw new IllegalStateException("the session has not ended");
    }
    return other.mtu();
  }
}
