package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The election of the Designated Router and its Backup (RFC 2328 section 9.4), as a function. */
final class DesignatedRouterElection {
  /** "The one having highest Router Priority … in case of a tie, the highest Router ID." */
  private static final Comparator<Candidate> RANK =
      Comparator.comparingInt(Candidate::priority).thenComparing(Candidate::routerId);

  private DesignatedRouterElection() {}

  /**
   * A router on the network.
   *
   * @param routerId its Router ID
   * @param address its address on the network, by which Hellos name it
   * @param priority its Router Priority
   * @param designatedRouter the address that it declares Designated Router
   * @param backupDesignatedRouter the address that it declares Backup
   */
  record Candidate(
      Ipv4Address routerId,
      Ipv4Address address,
      int priority,
      Ipv4Address designatedRouter,
      Ipv4Address backupDesignatedRouter) {
    boolean declaresItselfDr() {
      return designatedRouter.equals(address);
    }

    boolean declaresItselfBackup() {
      return backupDesignatedRouter.equals(address) && !declaresItselfDr();
    }
  }

  /**
   * The outcome, as addresses; 0.0.0.0 stands for none.
   *
   * @param designatedRouter the Designated Router
   * @param backupDesignatedRouter the Backup Designated Router
   */
  record Outcome(Ipv4Address designatedRouter, Ipv4Address backupDesignatedRouter) {}

  /**
   * Elects.
   *
   * @param self the router that calculates ("Router X"), declaring what its interface holds now
   * @param neighbors the neighbors whose state is 2-Way or greater
   */
  static Outcome elect(Candidate self, List<Candidate> neighbors) {
    List<Candidate> others = new ArrayList<>(neighbors);
    others.removeIf(candidate -> candidate.priority() == 0);
    Outcome first = calculate(self, others);
    boolean drChanged = first.designatedRouter().equals(self.address()) != self.declaresItselfDr();
    boolean backupChanged =
        first.backupDesignatedRouter().equals(self.address())
            != self.backupDesignatedRouter().equals(self.address());
    if (!drChanged && !backupChanged) {
      return first;
    }
    Candidate declaring =
        new Candidate(
            self.routerId(),
            self.address(),
            self.priority(),
            first.designatedRouter(),
            first.backupDesignatedRouter());
    return calculate(declaring, others);
  }

  /** Steps 2 and 3. */
  private static Outcome calculate(Candidate self, List<Candidate> eligibleNeighbors) {
    List<Candidate> list = new ArrayList<>(eligibleNeighbors);
    if (self.priority() > 0) {
      list.add(self);
    }
    Ipv4Address backup =
        best(list, Candidate::declaresItselfBackup)
            .or(() -> best(list, candidate -> !candidate.declaresItselfDr()))
            .map(Candidate::address)
            .orElse(Ipv4Address.UNSPECIFIED);
    Ipv4Address designated =
        best(list, Candidate::declaresItselfDr).map(Candidate::address).orElse(backup);
    return new Outcome(designated, backup);
  }

  private static Optional<Candidate> best(List<Candidate> list, Predicate<Candidate> eligible) {
    return list.stream().filter(eligible).max(RANK);
  }
}
