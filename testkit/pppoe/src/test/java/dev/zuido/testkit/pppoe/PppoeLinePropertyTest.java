package dev.zuido.testkit.pppoe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.pppoe.AccessConcentratorConfig;
import dev.zuido.pppoe.PppoeClientConfig;
import dev.zuido.pppoe.PppoeSnapshot;
import dev.zuido.pppoe.PppoeState;
import dev.zuido.pppoe.ppp.Credential;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.Segment;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Clients and a concentrator on lines that lose, double, reorder, delay, corrupt and forget. */
final class PppoeLinePropertyTest {
  private static final long SECOND = 1_000_000_000L;
  private static final ByteString SECRET = ByteString.ofHex("0102");
  private static final Ipv4Address GATEWAY = Ipv4Address.of(192, 0, 2, 1);

  @Provide
  Arbitrary<Impairments> impairments() {
    Arbitrary<Double> often = Arbitraries.doubles().between(0, 0.5);
    Arbitrary<Double> rare = Arbitraries.doubles().between(0, 0.2);
    return Combinators.combine(often, often, often, rare, Arbitraries.integers().between(0, 2_000))
        .as(
            (loss, twice, reordered, corrupted, delay) ->
                Impairments.NONE
                    .withLoss(loss)
                    .withDuplication(twice)
                    .withReordering(reordered, Duration.ofSeconds(1))
                    .withCorruption(corrupted)
                    .withDelay(Duration.ofMillis(delay)));
  }

  private static PppoeClientConfig client(int number) {
    return PppoeClientConfig.of(
        new MacAddress(0x020000000000L + number),
        PppConfig.caller(
            new Credential(Integer.toString(number), SECRET),
            new PppConfig.IpcpConfig(Ipv4Address.UNSPECIFIED, true, null, false, List.of())));
  }

  private static AccessConcentratorConfig concentrator() {
    return new AccessConcentratorConfig(
        MacAddress.parse("02:00:00:00:00:fe"),
        "isp",
        List.of(),
        1500,
        10,
        2,
        PppConfig.server(
            "isp",
            name -> SECRET,
            new PppConfig.IpcpConfig(GATEWAY, false, null, false, List.of())),
        name -> name.matches("[1-9]") ? Ipv4Address.of(10, 0, 0, Integer.parseInt(name)) : null);
  }

  @Property(tries = 60)
  void whenTheLineHealsEverybodyComesUpAndBothSidesAgree(
      @ForAll("impairments") Impairments bad,
      @ForAll @IntRange(min = 1, max = 3) int clients,
      @ForAll boolean forgets,
      @ForAll long seed) {
    VirtualNetwork network = new VirtualNetwork(seed);
    Segment line = network.ethernet("line", 1514);
    ConcentratorNode isp =
        new ConcentratorNode(
            network, "isp", concentrator(), line.attach("isp"), network.link("up", 1500).a());
    List<ClientNode> nodes = new ArrayList<>();
    for (int i = 1; i <= clients; i++) {
      String name = "c" + i;
      nodes.add(
          new ClientNode(
              network, name, client(i), line.attach(name), network.link(name, 1500).a()));
    }
    line.impair(bad);
    nodes.forEach(node -> node.client.dial(network.nowNanos()));
    network.runFor(60 * SECOND);
    if (forgets) {
      isp.concentrator().forgetAll();
    }
    network.runFor(60 * SECOND);
    for (ClientNode node : nodes) {
      assertTrue(node.client.snapshot(network.nowNanos()).state() != PppoeState.IDLE);
    }
    line.impair(Impairments.NONE);
    // Long enough for echoes that find out a dead session, and for the longest back-off.
    network.runFor(300 * SECOND);
    assertEquals(clients, isp.concentrator().sessions());
    for (int i = 0; i < clients; i++) {
      PppoeSnapshot snapshot = nodes.get(i).client.snapshot(network.nowNanos());
      assertEquals(PppoeState.UP, snapshot.state());
      Ipv4Address address = Ipv4Address.of(10, 0, 0, i + 1);
      assertEquals(address, snapshot.ppp() == null ? null : snapshot.ppp().localAddress());
      assertEquals(nodes.get(i).client.mtu(), isp.concentrator().mtuTo(address));
    }
  }

  @Property(tries = 20)
  void theSameSeedGivesTheSameRun(@ForAll("impairments") Impairments bad, @ForAll long seed) {
    assertEquals(run(bad, seed), run(bad, seed));
  }

  /** Each request that came twice used to make two of its answer's kind, without end. */
  @Example
  void aLineThatDoublesHalfOfAllFramesIsNotFilledByThem() {
    Impairments bad =
        Impairments.NONE
            .withLoss(0.205)
            .withDuplication(0.5)
            .withReordering(0.166, Duration.ofSeconds(1))
            .withDelay(Duration.ofMillis(556));
    for (long seed = 1; seed <= 30; seed++) {
      assertTrue(events(bad, seed) < 5_000, "seed " + seed);
    }
  }

  private static long run(Impairments bad, long seed) {
    VirtualNetwork network = new VirtualNetwork(seed);
    int events = events(network, bad);
    return network.traceHash() ^ events;
  }

  private static int events(Impairments bad, long seed) {
    return events(new VirtualNetwork(seed), bad);
  }

  private static int events(VirtualNetwork network, Impairments bad) {
    Segment line = network.ethernet("line", 1514);
    ConcentratorNode isp =
        new ConcentratorNode(
            network, "isp", concentrator(), line.attach("isp"), network.link("up", 1500).a());
    ClientNode node =
        new ClientNode(network, "c", client(1), line.attach("c"), network.link("c", 1500).a());
    line.impair(bad);
    node.client.dial(0);
    network.runFor(60 * SECOND);
    return isp.events().size();
  }
}
