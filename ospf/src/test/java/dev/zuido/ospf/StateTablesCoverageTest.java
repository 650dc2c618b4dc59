package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs whose transitions together take each row of each state table. */
final class StateTablesCoverageTest {
  private final List<List<Long>> taken = new ArrayList<>(new Transitions().counts());

  /** Adds what an engine's life has taken. */
  private void add(List<List<Long>> counts) {
    for (int machine = 0; machine < counts.size(); machine++) {
      List<Long> sum = new ArrayList<>(taken.get(machine));
      for (int row = 0; row < sum.size(); row++) {
        sum.set(row, sum.get(row) + counts.get(machine).get(row));
      }
      taken.set(machine, sum);
    }
  }

  @Test
  void eachRowIsTaken() {
    broadcastAndLoopback();
    restarts();
    exchangeErrors();
    directly();
    List<String> missing = new ArrayList<>();
    for (int machine = 0; machine < taken.size(); machine++) {
      for (int row = 0; row < taken.get(machine).size(); row++) {
        if (taken.get(machine).get(row) == 0) {
          StateMachines.Machine<?, ?, ?> of = StateMachines.all().get(machine);
          missing.add(of.name() + ": " + of.table().rows().get(row));
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  /** DR election with all its events, a dead neighbor, a one-way one, back-off of the routes. */
  private void broadcastAndLoopback() {
    SimulatedNet net = new SimulatedNet(31);
    Segment segment = net.segment();
    for (int n = 1; n <= 4; n++) {
      Node node = net.add("r" + n, OspfConfig.of(routerId(n), lan(1, n), stub(2, n)));
      net.attach(segment, node, 1);
    }
    for (Node node : net.nodes.subList(0, 3)) {
      net.up(node);
    }
    net.run(90 * SECOND);
    net.up(net.nodes.get(3));
    net.run(90 * SECOND);
    segment.deaf = 1;
    net.run(60 * SECOND);
    segment.deaf = -1;
    net.run(60 * SECOND);
    net.nodes.get(2).dead = true;
    net.run(60 * SECOND);
    Node first = net.nodes.get(0);
    net.command(first, new OspfCommand.LoopIndication(1));
    net.command(first, new OspfCommand.UnloopIndication(1));
    net.command(first, new OspfCommand.InterfaceUp(1));
    net.command(first, new OspfCommand.ClearNeighbors(1));
    net.command(first, new OspfCommand.InterfaceDown(1));
    net.nodes.forEach(node -> add(node.engine.transitions()));
  }

  private void restarts() {
    for (boolean help : new boolean[] {true, false}) {
      SimulatedNet net = new SimulatedNet(32);
      Node one =
          net.add(
              "1",
              Rfc3623HelperTest.config(
                  1,
                  new GracefulRestartConfig(true, 120, help, true, 1_800),
                  link(1, 1, 1),
                  link(2, 2, 1)));
      Node two = net.add("2", Rfc3623HelperTest.config(2, link(1, 1, 2), stub(3, 2)));
      Node three = net.add("3", Rfc3623HelperTest.config(3, link(1, 2, 2), stub(3, 3)));
      Segment wire = net.join(one, 1, two, 1);
      net.join(one, 2, three, 1);
      net.upAll();
      net.run(60 * SECOND);
      graceful(net, two, 30 * SECOND);
      net.run(60 * SECOND);
      net.command(two, new OspfCommand.PrepareGracefulRestart(RestartReason.UNKNOWN));
      net.run(5 * SECOND);
      net.command(two, new OspfCommand.CancelGracefulRestart());
      net.run(5 * SECOND);
      // A second grace-LSA while it is helped already, and a change of the topology.
      Rfc3623HelperTest.stop(net, two);
      add(two.engine.transitions());
      net.restartGracefully(two, RestartRecord.unplanned(RestartReason.UNKNOWN, 200), 0);
      net.run(100 * SECOND);
      Rfc3623HelperTest.stop(net, two);
      net.command(three, new OspfCommand.Configure(stub(3, 3).withCost(help ? 70 : 71)));
      net.run(200 * SECOND);
      net.restart(two, two.engine.config());
      net.run(100 * SECOND);
      Rfc3623HelperTest.stop(net, two);
      net.command(one, new OspfCommand.InterfaceDown(1));
      net.command(one, new OspfCommand.InterfaceUp(1));
      net.restart(two, two.engine.config());
      net.run(100 * SECOND);
      wire.cut = true;
      net.command(two, new OspfCommand.PrepareGracefulRestart(RestartReason.UNKNOWN));
      net.run(150 * SECOND);
      wire.cut = false;
      net.run(100 * SECOND);
      RestartRecord late = Rfc3623HelperTest.stop(net, two);
      add(two.engine.transitions());
      wire.cut = true;
      net.restartGracefully(two, late, 0);
      net.run(150 * SECOND);
      net.nodes.forEach(node -> add(node.engine.transitions()));
    }
  }

  private void graceful(SimulatedNet net, Node node, long away) {
    RestartRecord record = Rfc3623HelperTest.stop(net, node);
    add(node.engine.transitions());
    net.run(away);
    net.restartGracefully(node, record, away);
    net.run(60 * SECOND);
  }

  private void exchangeErrors() {
    ScriptedPeer mismatch = ScriptedPeer.master().toFull();
    mismatch.describe(ScriptedPeer.I_M_MS, 500);
    add(mismatch.engine.transitions());
    ScriptedPeer bad = ScriptedPeer.master().toFull();
    bad.request(ScriptedPeer.routerKey(routerId(77)));
    add(bad.engine.transitions());
    ScriptedPeer loading =
        ScriptedPeer.master().toLoading(ScriptedPeer.routerLsa(7, 0x8000_0001, 1).header());
    loading.update(ScriptedPeer.routerLsa(7, 0x8000_0001, 1));
    add(loading.engine.transitions());
    SimulatedNet inconsistent = new SimulatedNet(33);
    Node peer = inconsistent.add("p", Rfc3623HelperTest.config(1, link(1, 1, 1)));
    Node fresh = inconsistent.add("f", Rfc3623HelperTest.config(2, link(1, 1, 2)));
    inconsistent.join(peer, 1, fresh, 1);
    inconsistent.up(peer);
    inconsistent.restartGracefully(fresh, RestartRecord.unplanned(RestartReason.UNKNOWN, 120), 0);
    inconsistent.run(60 * SECOND);
    add(fresh.engine.transitions());
  }

  /** What needs a configured neighbor, a lower level, or timers that no configuration allows. */
  private void directly() {
    Core core =
        new Core(OspfConfig.of(routerId(1), link(1, 1, 1)), new Random(1), OspfStore.inMemory());
    OspfInterface on = new OspfInterface(core, link(1, 1, 1));
    core.interfaces.put(1, on);
    on.bringUp();
    Neighbor neighbor = new Neighbor(core, on, routerId(2), Ipv4Address.of(10, 1, 1, 2));
    on.add(neighbor);
    neighbor.event(NeighborEvent.START, NeighborCause.START);
    neighbor.event(NeighborEvent.HELLO_RECEIVED, NeighborCause.HELLO);
    neighbor.event(NeighborEvent.ONE_WAY_RECEIVED, NeighborCause.ONE_WAY);
    neighbor.event(NeighborEvent.LL_DOWN, NeighborCause.LL_DOWN);
    SpfDelay delay = new SpfDelay(core, () -> {});
    delay.event(SpfEvent.SPF_TIMER);
    delay.event(SpfEvent.IGP_EVENT);
    delay.event(SpfEvent.SPF_TIMER);
    delay.event(SpfEvent.IGP_EVENT);
    delay.event(SpfEvent.HOLDDOWN_TIMER);
    add(core.transitions.counts());
  }
}
