package dev.zuido.testkit.ospf.simulation;

import dev.zuido.testkit.ospf.simulation.NetworkPlan.Lan;

/** Random faults and repairs, with and without time between them. */
final class Faults {
  private Faults() {}

  /** Breaks and repairs this and that; the routers agree now and then, and at the end. */
  static void breakAndRepair(SimulatedNetwork network, Choices choices) {
    int rounds = choices.between(1, 4);
    for (int round = 0; round < rounds; round++) {
      for (int i = choices.between(1, 4); i > 0; i--) {
        happen(network, choices);
        network.run(choices.next(3) == 0 ? 0 : choices.next(50));
      }
      network.runUntilAgreed(900);
    }
  }

  private static void happen(SimulatedNetwork network, Choices choices) {
    NetworkPlan plan = network.plan();
    boolean better = choices.next(2) == 1;
    int router = choices.next(plan.routers());
    switch (choices.next(5)) {
      case 0 -> {
        if (better || !network.status().isRunning(router)) {
          network.restart(router);
        } else {
          network.crash(router);
        }
      }
      case 1 -> {
        if (!plan.links().isEmpty()) {
          network.setLinkUp(choices.next(plan.links().size()), better);
        }
      }
      case 2 -> {
        if (!plan.links().isEmpty()) {
          network.setLinkSilent(choices.next(plan.links().size()), !better);
        }
      }
      default -> {
        if (!plan.lans().isEmpty()) {
          int lan = choices.next(plan.lans().size());
          Lan planned = plan.lans().get(lan);
          int member = planned.members().get(choices.next(planned.members().size())).router();
          if (choices.next(2) == 0) {
            network.setPlugUp(lan, member, better);
          } else {
            network.setPlugSilent(lan, member, !better);
          }
        }
      }
    }
  }
}
