package dev.zuido.testkit.ospf.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.NeighborState;
import org.junit.jupiter.api.Test;

/** Regular networks, small and large. */
final class SimulatedNetworkTest {
  private static SimulatedNetwork started(NetworkPlan plan) {
    SimulatedNetwork network = new SimulatedNetwork(plan, 1);
    network.start();
    return network;
  }

  @Test
  void twoHundredAndTwentyFiveRoutersInAGridAgreeAndAgreeAgainAfterFailures() {
    SimulatedNetwork network = started(NetworkPlans.grid(15, 15));
    network.runUntilAgreed(120);
    network.setLinkUp(0, false);
    network.setLinkSilent(200, true);
    network.crash(112);
    network.runUntilAgreed(120);
    network.setLinkUp(0, true);
    network.setLinkSilent(200, false);
    network.restart(112);
    network.runUntilAgreed(180);
  }

  @Test
  void aLineOfRoutersIsHealedAfterItWasInTwoPieces() {
    SimulatedNetwork network = started(NetworkPlans.line(30));
    network.runUntilAgreed(120);
    network.setLinkSilent(14, true);
    network.runUntilAgreed(120);
    network.run(4000);
    assertEquals(0, network.disagreements().size());
    network.setLinkSilent(14, false);
    network.runUntilAgreed(180);
  }

  @Test
  void twentyRoutersOnALanElectAndReplaceTheDesignatedRouter() {
    SimulatedNetwork network = started(NetworkPlans.lan(20));
    network.runUntilAgreed(120);
    network.crash(19);
    network.runUntilAgreed(120);
    network.crash(18);
    network.setPlugUp(0, 17, false);
    network.runUntilAgreed(180);
    network.restart(19);
    network.restart(18);
    network.setPlugUp(0, 17, true);
    network.runUntilAgreed(180);
  }

  @Test
  void anUnpluggedRouterOfALanIsAloneUntilItIsPluggedInAgain() {
    SimulatedNetwork network = started(NetworkPlans.lan(4));
    network.runUntilAgreed(120);
    network.setPlugSilent(0, 3, true);
    network.runUntilAgreed(120);
    assertEquals(NeighborState.DOWN, network.router(0).stateOf(NetworkPlan.routerId(3)));
    network.setPlugSilent(0, 3, false);
    network.runUntilAgreed(180);
  }

  @Test
  void aDayPassesInARing() {
    SimulatedNetwork network = started(NetworkPlans.ring(8));
    network.run(86_400);
    assertEquals(0, network.disagreements().size());
  }

  @Test
  void oneSeedGivesOneRunAndAnotherSeedAnother() {
    assertEquals(packetsOfARun(7), packetsOfARun(7));
    assertTrue(packetsOfARun(7) != packetsOfARun(8));
  }

  private static long packetsOfARun(long seed) {
    SimulatedNetwork network = new SimulatedNetwork(NetworkPlans.ring(6), seed);
    network.simulation().setQuality(LinkQuality.ofPercent(10, 10, 10));
    network.start();
    network.run(300);
    return network.simulation().packets();
  }

  @Test
  void aNetworkThatIsNotQuietDisagrees() {
    SimulatedNetwork network = started(NetworkPlans.ring(6));
    assertFalse(network.disagreements().isEmpty());
    network.runUntilAgreed(120);
    network.setLinkSilent(2, true);
    network.run(1);
    assertFalse(network.disagreements().isEmpty(), "the routers cannot know yet");
  }
}
