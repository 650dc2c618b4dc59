package dev.zuido.benchmarks;

import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import dev.zuido.router.forwarding.RouteTable;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Longest-prefix match among prefixes of 16 to 28 bits, for addresses that all have a route. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouteTableBenchmark {
  private static final int DESTINATIONS = 1 << 12;

  @Param({"1", "100", "10000"})
  int prefixes;

  private final RouteTable table = new RouteTable(number -> true);
  private final int[] destinations = new int[DESTINATIONS];
  private List<Route> routes;
  private int next;

  /** Fills the table, and draws the destinations. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(prefixes);
    Set<Ipv4Prefix> drawn = new LinkedHashSet<>();
    while (drawn.size() < prefixes) {
      Ipv4Address address = new Ipv4Address(random.nextInt());
      drawn.add(Ipv4Prefix.containing(address, random.nextInt(16, 29)));
    }
    routes = new ArrayList<>();
    for (Ipv4Prefix prefix : drawn) {
      NextHop hop = new NextHop(random.nextInt(4), Packets.SITE_B);
      routes.add(Route.of(prefix, RouteSource.OSPF, hop));
    }
    table.replaceAll(RouteSource.OSPF, routes);
    List<Ipv4Prefix> all = List.copyOf(drawn);
    for (int i = 0; i < DESTINATIONS; i++) {
      Ipv4Prefix prefix = all.get(random.nextInt(all.size()));
      int host = random.nextInt() & ~Ipv4Prefix.maskOf(prefix.length());
      destinations[i] = prefix.address().value() | host;
    }
  }

  /** One look-up, as for each packet. */
  @Benchmark
  public NextHop lookup() {
    next = next + 1 & DESTINATIONS - 1;
    NextHop found = table.lookup(destinations[next], next);
    if (found == null) {
      throw new IllegalStateException("no route");
    }
    return found;
  }

  /** What a new result of OSPF costs: all routes replaced. */
  @Benchmark
  public RouteTable replaceAll() {
    table.replaceAll(RouteSource.OSPF, routes);
    return table;
  }
}
