package dev.zuido.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.pppoe.ConcentratorOutput;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.Ping;
import dev.zuido.testkit.SeededRandom;
import dev.zuido.testkit.TcpServer;
import dev.zuido.testkit.TcpTransfer;
import dev.zuido.testkit.pppoe.ConcentratorNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The reference scenario as it is configured: both sites dial. */
class DialledSitesTest {
  private static final Impairments LINE = Impairments.NONE.withDelay(Duration.ofMillis(10));
  private static final Impairments BAD =
      LINE.withJitter(Duration.ofMillis(5))
          .withLoss(0.1)
          .withDuplication(0.1)
          .withReordering(0.1, Duration.ofMillis(30));
  private static final IosInterfaceName DIALER = IosInterfaceName.parse("Dialer1");

  private static Reference dialled(long seed, Impairments line) {
    return Reference.dialled(seed, line, Reference.config("site-a"), Reference.config("site-b"));
  }

  private static Reference up() {
    Reference reference = dialled(1, LINE);
    assertTrue(reference.converges(Duration.ofMinutes(2)), () -> all(reference));
    return reference;
  }

  private static String all(Reference reference) {
    return String.join("\n", reference.events());
  }

  private static ConcentratorNode concentratorA(Reference reference) {
    return Objects.requireNonNull(reference.sites().concentratorA());
  }

  private static void terminateA(Reference reference) {
    ConcentratorNode node = concentratorA(reference);
    for (ConcentratorOutput event : node.events()) {
      if (event instanceof ConcentratorOutput.SessionStarted started) {
        node.concentrator().terminate(started.sessionId(), reference.network().nowNanos());
      }
    }
    reference.network().wake(node);
  }

  @Test
  void bothSitesComeUpWithTheMssOfTheReference() {
    Reference reference = up();
    assertEquals(2, reference.events("%DIALER-6-BIND").size());
    for (int bytes : List.of(84, 1372, 2028)) {
      assertTrue(reference.ping(bytes).isAnswered());
    }
    TcpServer server = reference.sites().hostB().serve(5001);
    TcpTransfer transfer =
        reference
            .sites()
            .hostA()
            .transfer(reference.sites().hostB().address(), 5001, new byte[300_000]);
    reference.network().wake(reference.sites().hostA());
    reference.network().runUntil(transfer::isDone, Duration.ofMinutes(10).toNanos());
    assertTrue(transfer.isWhole(), transfer::toString);
    assertEquals(1332, server.received().get(0).peerMss());
    assertEquals(List.of(), reference.clearGre());
  }

  /** The SAs outlive it: no new handshake, and OSPF does not notice. */
  @Test
  void aSessionThatIsEndedIsRedialledAndTheSecurityAssociationsGoOn() {
    Reference reference = up();
    reference.runFor(Duration.ofSeconds(35));
    int handshakes = reference.events("IPSEC_SA_UP").size();
    terminateA(reference);
    reference.runFor(Duration.ofSeconds(10));
    assertEquals(1, reference.events("Dialer1, changed state to down").size());
    assertTrue(reference.sites().routerA().isLineUp(DIALER), () -> all(reference));
    reference.runFor(Duration.ofSeconds(60));
    assertTrue(reference.ping(84).isAnswered(), () -> all(reference));
    assertEquals(handshakes, reference.events("IPSEC_SA_UP").size(), () -> all(reference));
    assertEquals(List.of(), reference.clearGre());
  }

  @Test
  void aConcentratorThatForgetsAllIsFoundByEchoes() {
    Reference reference = up();
    reference.runFor(Duration.ofSeconds(35));
    concentratorA(reference).concentrator().forgetAll();
    reference.runFor(Duration.ofSeconds(120));
    assertEquals(1, reference.events("%PPP-4-PEERDEAD").size(), () -> all(reference));
    assertTrue(reference.converges(Duration.ofMinutes(3)), () -> all(reference));
    assertTrue(reference.ping(84).isAnswered(), () -> all(reference));
    assertEquals(List.of(), reference.clearGre());
  }

  @Test
  void oneSeedGivesOneRunOnEveryJdk() throws IOException {
    Reference reference = dialled(7, LINE.withLoss(0.05));
    assertTrue(reference.converges(Duration.ofMinutes(5)));
    reference.ping(2028);
    String hash = Long.toHexString(reference.network().traceHash());
    Reference other = dialled(8, LINE.withLoss(0.05));
    other.runFor(Duration.ofSeconds(20));
    assertNotEquals(hash, Long.toHexString(other.network().traceHash()));
    Path note = Path.of(System.getProperty("java.io.tmpdir"), "dialled-run-of-seed-7");
    if (Boolean.getBoolean("zuido.secondJdk")) {
      assertEquals(Files.readString(note), hash, "the run differs from that on the first JDK");
    } else {
      Files.writeString(note, hash);
    }
  }

  /** Cuts, power cuts, sessions ended and forgotten, in any order: what is protected stays so. */
  @Property(tries = 12)
  void nothingLeavesInTheClearWhateverHappensToTheLines(@ForAll long seed) {
    Reference reference = dialled(seed, BAD);
    SeededRandom dice = reference.network().random("accidents");
    for (int i = 0; i < 8; i++) {
      reference.runFor(Duration.ofMillis(dice.nextInt(40_000)));
      switch (dice.nextInt(6)) {
        case 0 -> reference.sites().restartA();
        case 1 -> reference.sites().restartB();
        case 2 -> {
          reference.sites().wanA().cut();
          reference.runFor(Duration.ofMillis(dice.nextInt(60_000)));
          reference.sites().wanA().restore();
        }
        case 3 -> terminateA(reference);
        case 4 -> concentratorA(reference).concentrator().forgetAll();
        default ->
            reference
                .sites()
                .routerA()
                .clear(List.of("clear", "pppoe", "all"), reference.network().nowNanos());
      }
    }
    assertEquals(List.of(), reference.clearGre());
    reference.sites().wanA().impair(Impairments.NONE);
    reference.sites().wanB().impair(Impairments.NONE);
    reference.runFor(Duration.ofMinutes(3));
    assertTrue(reference.converges(Duration.ofMinutes(5)), () -> all(reference));
    Ping ping = reference.ping(84);
    assertTrue(ping.isAnswered(), () -> ping + "\n" + all(reference));
    assertEquals(List.of(), reference.clearGre());
  }
}
