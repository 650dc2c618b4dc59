package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.lsa.LsaHeader;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A graceful restart keeps the routes or ends cleanly, whatever the network loses. */
final class GracefulRestartPropertyTest {
  /**
   * MaxAge and more: a copy of a grace-LSA that arrives after its flushing was acknowledged is a
   * new LSA to the neighbor, and only ages away.
   */
  private static final long LONG_ENOUGH = (LsaHeader.MAX_AGE + 200) * SECOND;

  private final List<String> problems = new ArrayList<>();

  private static SimulatedNet network(long seed) {
    SimulatedNet net = new SimulatedNet(seed);
    Segment segment = net.segment();
    for (int n = 1; n <= 4; n++) {
      List<OspfInterfaceConfig> interfaces = new ArrayList<>(List.of(lan(1, n), stub(2, n)));
      if (n == 3) {
        interfaces.add(link(3, 1, 1));
      }
      Node node =
          net.add(
              "r" + n, Rfc3623HelperTest.config(n, interfaces.toArray(OspfInterfaceConfig[]::new)));
      net.attach(segment, node, 1);
    }
    Node far = net.add("r5", Rfc3623HelperTest.config(5, link(3, 1, 2), stub(2, 5)));
    net.join(net.nodes.get(2), 3, far, 3);
    net.upAll();
    return net;
  }

  private static boolean converged(SimulatedNet net) {
    List<String> first = Configs.contents(net.nodes.get(0).engine, net.now);
    for (Node node : net.nodes) {
      if (!Configs.contents(node.engine, net.now).equals(first)) {
        return false;
      }
      for (int other = 1; other <= net.nodes.size(); other++) {
        if (node.engine.routes().route(prefix("192.168." + other + ".0/24")) == null) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether nothing is left of any restart. */
  private static boolean isOver(SimulatedNet net) {
    for (Node node : net.nodes) {
      ProcessSnapshot process = node.engine.process(net.now);
      if (process.restart().state() != RestartState.NONE || process.helpedNeighbors() > 0) {
        return false;
      }
      for (int each : node.engine.database().interfaceIds()) {
        if (node.engine.database().link(each).size() > 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** The routes that the router's forwarding had before, as it would have kept them. */
  private void restart(SimulatedNet net, Node node, boolean planned, long away) {
    RestartRecord record = RestartRecord.unplanned(RestartReason.UNKNOWN, 120);
    if (planned) {
      net.command(node, new OspfCommand.PrepareGracefulRestart(RestartReason.SOFTWARE_RESTART));
      if (!net.runUntil(() -> !node.log(OspfOutput.RestartPrepared.class).isEmpty(), 60 * SECOND)) {
        problems.add("never prepared");
        return;
      }
      record = node.log(OspfOutput.RestartPrepared.class).get(0).record();
    }
    node.log.clear();
    node.dead = true;
    net.run(away);
    net.restartGracefully(node, record, planned ? away : 0);
    if (!net.runUntil(() -> !node.log(OspfOutput.RestartEnded.class).isEmpty(), 121 * SECOND)) {
      problems.add("never ended");
    }
    int ended = node.log.indexOf(node.log(OspfOutput.RestartEnded.class).get(0));
    for (OspfOutput output : node.log.subList(0, ended)) {
      if (output instanceof OspfOutput.RoutesChanged) {
        problems.add("routes told during the restart");
      }
    }
    if (!(node.log.get(ended + 1) instanceof OspfOutput.RoutesChanged)) {
      problems.add("no routes told at the end");
    }
  }

  @Property(tries = 40)
  boolean whateverIsLostDoubledOrLateTheRestartEndsAndTheNetworkConverges(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 4) int which,
      @ForAll boolean planned,
      @ForAll @IntRange(min = 1, max = 35) int awaySeconds,
      @ForAll @IntRange(min = 0, max = 25) int loss,
      @ForAll @IntRange(min = 0, max = 30) int duplicate,
      @ForAll @IntRange(min = 0, max = 30) int reorder) {
    SimulatedNet net = network(seed);
    if (!net.runUntil(() -> converged(net), 300 * SECOND)) {
      return false;
    }
    net.run(30 * SECOND);
    net.loss = loss / 100.0;
    net.duplicate = duplicate / 100.0;
    net.reorder = reorder / 100.0;
    restart(net, net.nodes.get(which), planned, awaySeconds * SECOND);
    net.loss = 0;
    net.duplicate = 0;
    net.reorder = 0;
    boolean fine = net.runUntil(() -> converged(net) && isOver(net), LONG_ENOUGH);
    return fine && problems.isEmpty();
  }

  @Property(tries = 30)
  boolean severalRestartsAndFailuresEndInOneDatabaseAndAllRoutes(
      @ForAll long seed,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 29) Integer> actions,
      @ForAll @IntRange(min = 0, max = 15) int loss) {
    SimulatedNet net = network(seed);
    if (!net.runUntil(() -> converged(net), 300 * SECOND)) {
      return false;
    }
    net.run(30 * SECOND);
    net.loss = loss / 100.0;
    for (int action : actions) {
      Node node = net.nodes.get(action % 5);
      Segment segment = net.segments.get(action % 2);
      switch (action / 5) {
        case 0 -> {
          node.log.clear();
          net.command(node, new OspfCommand.PrepareGracefulRestart(RestartReason.SOFTWARE_RESTART));
          net.run(4 * SECOND);
          for (OspfOutput.RestartPrepared each : node.log(OspfOutput.RestartPrepared.class)) {
            net.restartGracefully(node, each.record(), 4 * SECOND);
          }
        }
        case 1 ->
            net.restartGracefully(node, RestartRecord.unplanned(RestartReason.UNKNOWN, 60), 0);
        case 2 -> net.restart(node, node.engine.config());
        case 3 -> segment.cut = !segment.cut;
        case 4 -> net.command(node, new OspfCommand.Configure(stub(2, action % 5 + 1).withCost(7)));
        default -> net.command(node, new OspfCommand.ClearProcess());
      }
      net.run(7 * SECOND);
    }
    net.loss = 0;
    net.segments.forEach(segment -> segment.cut = false);
    return net.runUntil(() -> converged(net) && isOver(net), LONG_ENOUGH);
  }

  @Property(tries = 20)
  boolean withoutLossNobodyElseSeesAnythingOfIt(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 4) int which,
      @ForAll @IntRange(min = 1, max = 90) int awaySeconds) {
    SimulatedNet net = network(seed);
    if (!net.runUntil(() -> converged(net), 300 * SECOND)) {
      return false;
    }
    net.run(60 * SECOND);
    net.nodes.forEach(node -> node.log.clear());
    Node restarting = net.nodes.get(which);
    restart(net, restarting, true, awaySeconds * SECOND);
    net.run(60 * SECOND);
    for (Node node : net.nodes) {
      boolean told = !node.log(OspfOutput.RoutesChanged.class).isEmpty();
      if (told && node != restarting) {
        return false;
      }
    }
    return problems.isEmpty()
        && restarting.log(OspfOutput.RestartEnded.class).get(0).exit() == RestartExit.COMPLETED
        && converged(net)
        && isOver(net);
  }
}
