package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class LossyNetworkPropertyTest {
  private boolean converged(SimulatedNet net, int routers) {
    List<String> first = Configs.contents(net.nodes.get(0).engine, net.now);
    for (Node node : net.nodes) {
      if (!Configs.contents(node.engine, net.now).equals(first)) {
        return false;
      }
      for (int other = 1; other <= routers; other++) {
        if (node.engine.routes().route(prefix("192.168." + other + ".0/24")) == null) {
          return false;
        }
      }
    }
    return true;
  }

  @Property(tries = 40)
  boolean routersOnALinkAndALanConvergeInspiteOfLossDuplicationAndReordering(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 25) int loss,
      @ForAll @IntRange(min = 0, max = 30) int duplicate,
      @ForAll @IntRange(min = 0, max = 30) int reorder) {
    SimulatedNet net = new SimulatedNet(seed);
    net.loss = loss / 100.0;
    net.duplicate = duplicate / 100.0;
    net.reorder = reorder / 100.0;
    Segment segment = net.segment();
    int routers = 4;
    List<OspfInterfaceConfig> first = new ArrayList<>();
    for (int n = 1; n <= routers; n++) {
      first.clear();
      first.add(Configs.lan(1, n));
      first.add(stub(2, n));
      if (n == 3) {
        first.add(link(3, 1, 1));
      }
      Node node =
          net.add("r" + n, OspfConfig.of(routerId(n), first.toArray(OspfInterfaceConfig[]::new)));
      net.attach(segment, node, 1);
    }
    Node far = net.add("r5", OspfConfig.of(routerId(5), link(3, 1, 2), stub(2, 5)));
    net.join(net.nodes.get(2), 3, far, 3);
    net.upAll();
    return net.runUntil(() -> converged(net, 5), 1200 * SECOND);
  }
}
