package dev.zuido.testkit.ospf.simulation;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Random networks agree, whatever happens to them. */
final class RandomNetworksPropertyTest {
  @Provide
  Arbitrary<NetworkPlan> backbones() {
    return NetworkPlans.arbitrary(NetworkPlans.Bounds.backbone(10));
  }

  @Provide
  Arbitrary<NetworkPlan> severalAreas() {
    return NetworkPlans.arbitrary(
        new NetworkPlans.Bounds(12, 4, true, false, false, 4).withRanges());
  }

  @Provide
  Arbitrary<NetworkPlan> virtualLinks() {
    return NetworkPlans.arbitrary(
        new NetworkPlans.Bounds(12, 4, true, false, true, 4).withRanges());
  }

  @Provide
  Arbitrary<NetworkPlan> nssas() {
    return NetworkPlans.arbitrary(
        new NetworkPlans.Bounds(12, 4, true, true, false, 6).withRanges());
  }

  @Provide
  Arbitrary<Choices> faults() {
    return Choices.arbitrary(60);
  }

  @Property(tries = 60)
  void routersAgreeWhileNothingGoesWrong(@ForAll("backbones") NetworkPlan plan, @ForAll long seed) {
    SimulatedNetwork network = new SimulatedNetwork(plan, seed);
    network.start();
    network.runUntilAgreed(120);
    network.run(7300);
    network.runUntilAgreed(10);
  }

  @Property(tries = 60)
  void routersAgreeInSpiteOfLossDuplicationAndReordering(
      @ForAll("backbones") NetworkPlan plan,
      @ForAll long seed,
      @ForAll @IntRange(max = 20) int loss,
      @ForAll @IntRange(max = 30) int duplication,
      @ForAll @IntRange(max = 30) int reordering) {
    SimulatedNetwork network = new SimulatedNetwork(plan, seed);
    network.simulation().setQuality(LinkQuality.ofPercent(loss, duplication, reordering));
    network.start();
    network.runUntilAgreed(3600);
  }

  @Property(tries = 60)
  void routersAgreeAfterFailuresAndRepairs(
      @ForAll("backbones") NetworkPlan plan, @ForAll long seed, @ForAll("faults") Choices faults) {
    SimulatedNetwork network = new SimulatedNetwork(plan, seed);
    network.start();
    network.run(60);
    Faults.breakAndRepair(network, faults);
  }

  @Property(tries = 60)
  void areasBordersAndExternalsAgree(@ForAll("severalAreas") NetworkPlan plan, @ForAll long seed) {
    SimulatedNetwork network = new SimulatedNetwork(plan, seed);
    network.start();
    network.runUntilAgreed(300);
    network.run(4000);
    network.runUntilAgreed(60);
  }

  @Property(tries = 60)
  void virtualLinksAgree(@ForAll("virtualLinks") NetworkPlan plan, @ForAll long seed) {
    SimulatedNetwork network = new SimulatedNetwork(plan, seed);
    network.start();
    network.runUntilAgreed(300);
  }

  @Property(tries = 60)
  void areasAgreeInSpiteOfLossDuplicationAndReordering(
      @ForAll("severalAreas") NetworkPlan plan,
      @ForAll long seed,
      @ForAll @IntRange(max = 20) int loss,
      @ForAll @IntRange(max = 30) int duplication,
      @ForAll @IntRange(max = 30) int reordering) {
    SimulatedNetwork network = new SimulatedNetwork(plan, seed);
    network.simulation().setQuality(LinkQuality.ofPercent(loss, duplication, reordering));
    network.start();
    network.runUntilAgreed(3600);
  }

  @Property(tries = 60)
  void areasAgreeAfterFailuresAndRepairs(
      @ForAll("virtualLinks") NetworkPlan plan,
      @ForAll long seed,
      @ForAll("faults") Choices faults) {
    SimulatedNetwork network = new SimulatedNetwork(plan, seed);
    network.start();
    network.run(60);
    Faults.breakAndRepair(network, faults);
  }

  @Property(tries = 60)
  void nssasAgree(@ForAll("nssas") NetworkPlan plan, @ForAll long seed) {
    SimulatedNetwork network = new SimulatedNetwork(plan, seed);
    network.start();
    network.runUntilAgreed(300);
    network.run(4000);
    network.runUntilAgreed(60);
  }

  @Property(tries = 60)
  void nssasAgreeAfterFailuresAndRepairs(
      @ForAll("nssas") NetworkPlan plan, @ForAll long seed, @ForAll("faults") Choices faults) {
    SimulatedNetwork network = new SimulatedNetwork(plan, seed);
    network.start();
    network.run(60);
    Faults.breakAndRepair(network, faults);
  }
}
