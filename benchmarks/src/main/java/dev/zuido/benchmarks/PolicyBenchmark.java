package dev.zuido.benchmarks;

import dev.zuido.esp.AddressRange;
import dev.zuido.esp.PolicyAction;
import dev.zuido.esp.PolicyLookup;
import dev.zuido.esp.PortRange;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.esp.SecurityPolicyDatabase;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.Ipv6Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The policy of a packet, its header read included: of flows that were seen before, and of flows
 * that were not. The policies are of networks of 16 to 28 bits on both sides, half of them with a
 * protocol and ports; half of the flows are a policy's, the others meet the fallback.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PolicyBenchmark {
  private static final int FLOWS = 1 << 10;
  private static final int NEW_FLOWS = 1 << 16;

  @Param({"1", "100", "10000"})
  int policies;

  @Param({"4", "6"})
  int version;

  private SecurityPolicyDatabase database;
  private PolicyLookup lookup;
  private PolicyLookup small;
  private byte[] known;
  private byte[] fresh;
  private int length;
  private int nextKnown;
  private int nextFresh;

  /** Draws the policies and the flows. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(policies);
    List<SecurityPolicy> list = new ArrayList<>();
    for (int i = 0; i < policies; i++) {
      PolicyAction action = i % 4 == 0 ? PolicyAction.BYPASS : PolicyAction.PROTECT;
      list.add(new SecurityPolicy("policy " + i, selector(random), action));
    }
    database = new SecurityPolicyDatabase(list, PolicyAction.DISCARD);
    lookup = new PolicyLookup(database);
    small = new PolicyLookup(database, 4);
    length = version == 4 ? 40 : 60;
    known = flows(random, FLOWS);
    fresh = flows(random, NEW_FLOWS);
  }

  private TrafficSelector selector(SplittableRandom random) {
    AddressRange local = network(random);
    AddressRange remote = network(random);
    if (random.nextBoolean()) {
      return TrafficSelector.of(local, remote, TrafficSelector.ANY_PROTOCOL);
    }
    int port = random.nextInt(1024);
    int protocol = random.nextBoolean() ? IpProtocol.TCP : IpProtocol.UDP;
    PortRange ports = new PortRange(port, port + random.nextInt(16));
    return new TrafficSelector(local, remote, protocol, PortRange.ANY, ports);
  }

  private AddressRange network(SplittableRandom random) {
    int bits = random.nextInt(16, 29);
    if (version == 4) {
      return AddressRange.of(Ipv4Prefix.containing(new Ipv4Address(random.nextInt()), bits));
    }
    Ipv6Address address = new Ipv6Address(random.nextLong(), random.nextLong());
    return AddressRange.of(Ipv6Prefix.containing(address, 2 * bits));
  }

  private byte[] flows(SplittableRandom random, int count) {
    byte[] bytes = new byte[count * length];
    for (int i = 0; i < count; i++) {
      TrafficSelector of = database.policies().get(random.nextInt(policies)).selector();
      int protocol = of.protocol() < 0 ? IpProtocol.UDP : of.protocol();
      int at = i * length;
      int host = random.nextInt(16);
      if (version == 4) {
        int source = random.nextBoolean() ? value(of.local()) | host : random.nextInt();
        int to = value(of.remote()) | random.nextInt(16);
        Ipv4Fields.write(bytes, at, 0, length, 0, 0, 64, protocol, source, to);
      } else {
        Ipv6Address local = (Ipv6Address) of.local().first();
        long high = random.nextBoolean() ? local.high() : random.nextLong();
        Ipv6Address source = new Ipv6Address(high, local.low() | host);
        Ipv6Address to = (Ipv6Address) of.remote().first();
        Ipv6Fields.write(bytes, at, 0, 0, 20, protocol, 64, source, to);
      }
      BigEndian.putShort(bytes, at + length - 20, random.nextInt(1 << 16));
      BigEndian.putShort(bytes, at + length - 18, of.remotePorts().first());
    }
    return bytes;
  }

  private static int value(AddressRange range) {
    return ((Ipv4Address) range.first()).value();
  }

  /** A flow that was seen before, one of 1024. */
  @Benchmark
  public @Nullable SecurityPolicy hit() {
    nextKnown = nextKnown + 1 & FLOWS - 1;
    return lookup.outbound(known, nextKnown * length);
  }

  /** A flow that was not seen before, or long ago. */
  @Benchmark
  public @Nullable SecurityPolicy miss() {
    nextFresh = nextFresh + 1 & NEW_FLOWS - 1;
    return small.outbound(fresh, nextFresh * length);
  }

  /** What a change of configuration costs. */
  @Benchmark
  public SecurityPolicyDatabase build() {
    return new SecurityPolicyDatabase(database.policies(), PolicyAction.DISCARD);
  }
}
