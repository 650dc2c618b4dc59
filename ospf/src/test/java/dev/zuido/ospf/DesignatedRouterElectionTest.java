package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.DesignatedRouterElection.Candidate;
import dev.zuido.ospf.DesignatedRouterElection.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 2328 section 9.4. Router n has the ID n.n.n.n and the address 10.0.0.n. */
final class DesignatedRouterElectionTest {
  private static Candidate router(int n, int priority, int dr, int backup) {
    return new Candidate(Configs.routerId(n), address(n), priority, address(dr), address(backup));
  }

  private static dev.zuido.wire.Ipv4Address address(int n) {
    return n == 0 ? ip("0.0.0.0") : ip("10.0.0." + n);
  }

  private static void elects(int dr, int backup, Candidate self, Candidate... others) {
    assertEquals(
        new Outcome(address(dr), address(backup)),
        DesignatedRouterElection.elect(self, List.of(others)));
  }

  @Test
  void step4TheOnlyEligibleRouterElectsItselfWithoutABackup() {
    elects(1, 0, router(1, 1, 0, 0));
    elects(1, 0, router(1, 1, 0, 0), router(2, 0, 0, 0));
  }

  @Test
  void step2AndStep3OfTwoFreshRoutersTheHighestIdBecomesDesignatedRouter() {
    elects(2, 1, router(2, 1, 0, 0), router(1, 1, 0, 0));
    // The other one sees the same router in both roles until that router declares itself.
    elects(2, 2, router(1, 1, 0, 0), router(2, 1, 0, 0));
    elects(2, 1, router(1, 1, 2, 0), router(2, 1, 2, 1));
  }

  @Test
  void step2PriorityGoesBeforeRouterId() {
    elects(1, 3, router(1, 9, 0, 0), router(2, 1, 0, 0), router(3, 1, 0, 0));
  }

  @Test
  void step3ADeclaredDesignatedRouterStaysWhateverThePriority() {
    elects(2, 3, router(9, 255, 0, 0), router(2, 1, 2, 3), router(3, 1, 2, 3));
  }

  @Test
  void step2ADeclaredBackupGoesBeforeAHigherPriority() {
    elects(5, 2, router(9, 255, 0, 0), router(2, 1, 5, 2), router(5, 1, 5, 2));
  }

  @Test
  void step3WithoutADesignatedRouterTheBackupIsPromoted() {
    elects(2, 1, router(2, 1, 3, 2), router(1, 1, 3, 2));
  }

  @Test
  void step3OfTwoDeclaredDesignatedRoutersTheHigherPriorityWins() {
    elects(4, 2, router(2, 1, 0, 0), router(3, 1, 3, 0), router(4, 5, 4, 0));
  }

  @Test
  void aRouterThatDeclaresItselfBothIsNoBackup() {
    elects(3, 2, router(2, 1, 0, 0), router(3, 1, 3, 3));
  }

  @Test
  void anIneligibleRouterMayFindNobody() {
    elects(0, 0, router(1, 0, 0, 0), router(2, 0, 0, 0));
  }

  @Test
  void step4ADeposedDesignatedRouterVotesAgainWithoutItsClaim() {
    // Router 1 was DR; router 2 with a higher priority declares itself DR as well.
    elects(2, 1, router(1, 1, 1, 0), router(2, 5, 2, 0));
  }
}
