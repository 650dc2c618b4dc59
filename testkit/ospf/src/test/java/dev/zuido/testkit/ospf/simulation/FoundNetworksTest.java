package dev.zuido.testkit.ospf.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.NeighborState;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.AreaPlan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Lan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Link;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Member;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Stub;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.VirtualLink;
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

  /** The oracle took a virtual link for granted whose packets went to a network that was cut. */
  @Test
  void aVirtualLinkFailsWhoseEndSendsIntoANetworkThatItIsCutOffFrom() {
    NetworkPlan plan =
        new NetworkPlan(
            3,
            List.of(AreaPlan.normal(0), AreaPlan.normal(1), AreaPlan.normal(2)),
            List.of(Link.of(1, 0, 1, 2)),
            List.of(
                new Lan(1, List.of(new Member(0, 2, 1), new Member(1, 3, 1), new Member(2, 4, 2)))),
            List.of(new Stub(0, 0, 1, 1), new Stub(2, 2, 0, 1)),
            List.of(new VirtualLink(1, 0, 2)),
            List.of());
    SimulatedNetwork network = new SimulatedNetwork(plan, 10484);
    network.start();
    network.runUntilAgreed(120);
    assertTrue(isFull(network));
    network.setPlugSilent(0, 0, true);
    network.runUntilAgreed(300);
    assertFalse(isFull(network));
    network.setPlugUp(0, 0, false); // Now it knows, and sends around it.
    network.runUntilAgreed(300);
    assertTrue(isFull(network));
  }

  private static boolean isFull(SimulatedNetwork network) {
    return network.router(0).engine().neighbors(0).stream()
        .anyMatch(each -> each.interfaceId() < 0 && each.state() == NeighborState.FULL);
  }
}
