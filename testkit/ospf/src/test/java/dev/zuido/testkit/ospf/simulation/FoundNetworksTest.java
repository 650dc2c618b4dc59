package dev.zuido.testkit.ospf.simulation;

import dev.zuido.testkit.ospf.simulation.NetworkPlan.AreaPlan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Link;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks in which a property found something wrong. */
final class FoundNetworksTest {
  /** Inter-area routes kept a next hop without the neighbor's address, which came to be known. */
  @Test
  void interAreaRoutesLearnTheAddressOfTheirNextHop() {
    NetworkPlan plan =
        new NetworkPlan(
            4,
            List.of(AreaPlan.normal(0), AreaPlan.normal(1)),
            List.of(Link.of(0, 0, 1, 1), Link.of(0, 0, 2, 1), Link.of(1, 0, 3, 1)),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    SimulatedNetwork network = new SimulatedNetwork(plan, 44);
    network.simulation().setQuality(LinkQuality.ofPercent(1, 1, 1));
    network.start();
    network.runUntilAgreed(600);
  }
}
