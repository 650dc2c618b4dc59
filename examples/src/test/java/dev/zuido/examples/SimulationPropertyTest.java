package dev.zuido.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.Ping;
import dev.zuido.testkit.SeededRandom;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for any seed. */
class SimulationPropertyTest {
  private static final Impairments BAD =
      Impairments.NONE
          .withDelay(Duration.ofMillis(10))
          .withJitter(Duration.ofMillis(5))
          .withLoss(0.1)
          .withDuplication(0.1)
          .withReordering(0.1, Duration.ofMillis(30));

  /** On this line twenty probes of six fragments each were lost in a row. */
  @Example
  void convergesAndPingsOverALineThatIsBadForLong() {
    convergesAndPingsOverABadLine(-3798516370500887644L);
  }

  @Property(tries = 25)
  void convergesAndPingsOverABadLine(@ForAll long seed) {
    Reference reference = new Reference(seed, BAD);
    assertTrue(reference.converges(Duration.ofMinutes(5)), () -> "" + reference.events());
    for (int bytes : List.of(84, 1372, 2028)) {
      Ping ping = reference.ping(bytes);
      assertTrue(ping.isAnswered(), ping::toString);
    }
    assertEquals(List.of(), reference.clearGre());
  }

  /** Start, cuts, power cuts and clears in any order: the protected traffic stays protected. */
  @Property(tries = 20)
  void nothingLeavesInTheClearWhateverHappens(@ForAll long seed) {
    Reference reference = new Reference(seed, BAD);
    SeededRandom dice = reference.network().random("accidents");
    for (int i = 0; i < 8; i++) {
      reference.runFor(Duration.ofMillis(dice.nextInt(40_000)));
      switch (dice.nextInt(4)) {
        case 0 -> reference.sites().restartA();
        case 1 -> reference.sites().restartB();
        case 2 -> {
          reference.sites().wanA().cut();
          reference.runFor(Duration.ofMillis(dice.nextInt(60_000)));
          reference.sites().wanA().restore();
        }
        default -> {}
      }
    }
    assertEquals(List.of(), reference.clearGre());
    reference.sites().wanA().impair(Impairments.NONE);
    reference.sites().wanB().impair(Impairments.NONE);
    reference.runFor(Duration.ofMinutes(3));
    assertTrue(reference.converges(Duration.ofMinutes(5)), () -> "" + reference.events());
    Ping ping = reference.ping(84);
    assertTrue(ping.isAnswered(), () -> ping + "\n" + String.join("\n", reference.events()));
    assertEquals(List.of(), reference.clearGre());
  }
}
