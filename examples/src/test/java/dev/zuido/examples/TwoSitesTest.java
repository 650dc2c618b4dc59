package dev.zuido.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.Ping;
import dev.zuido.testkit.PingRequest;
import dev.zuido.testkit.TcpServer;
import dev.zuido.testkit.TcpTransfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TwoSitesTest {
  private static final Impairments LINE = Impairments.NONE.withDelay(Duration.ofMillis(10));

  private static RouterConfig with(String name, String from, String to) {
    String text = Reference.text(name);
    assertTrue(text.contains(from), from);
    return Objects.requireNonNull(IosReader.read(text.replace(from, to)).config());
  }

  private static Reference up(RouterConfig a, RouterConfig b) {
    Reference reference = new Reference(1, LINE, a, b);
    assertTrue(reference.converges(Duration.ofMinutes(2)), () -> "" + reference.events());
    return reference;
  }

  /** Keys, cookies, SPIs and all times come from the seed. */
  @Test
  void oneSeedGivesOneRun() {
    long[] hashes = new long[3];
    for (int i = 0; i < hashes.length; i++) {
      Reference reference = new Reference(i == 2 ? 8 : 7, LINE.withLoss(0.05));
      assertTrue(reference.converges(Duration.ofMinutes(5)));
      reference.ping(2028);
      hashes[i] = reference.network().traceHash();
    }
    assertEquals(hashes[0], hashes[1]);
    assertNotEquals(hashes[0], hashes[2]);
  }

  /** What the first JDK has noted in the build's folder, the second finds equal. */
  @Test
  void oneSeedGivesOneRunOnEveryJdk() throws IOException {
    Reference reference = new Reference(7, LINE.withLoss(0.05));
    assertTrue(reference.converges(Duration.ofMinutes(5)));
    reference.ping(2028);
    String hash = Long.toHexString(reference.network().traceHash());
    Path note = Path.of(System.getProperty("java.io.tmpdir"), "run-of-seed-7");
    if (Boolean.getBoolean("zuido.secondJdk")) {
      assertEquals(Files.readString(note), hash, "the run differs from that on the first JDK");
    } else {
      Files.writeString(note, hash);
    }
  }

  @Test
  void theMssIsClampedAndTheTransferArrives() {
    Reference reference = up(Reference.config("site-a"), Reference.config("site-b"));
    TcpServer server = reference.sites().hostB().serve(5001);
    TcpTransfer transfer =
        reference
            .sites()
            .hostA()
            .transfer(reference.sites().hostB().address(), 5001, new byte[300_000]);
    reference.network().wake(reference.sites().hostA());
    reference.network().runUntil(transfer::isDone, Duration.ofMinutes(10).toNanos());
    assertTrue(transfer.isWhole(), transfer::toString);
    assertEquals(1332, transfer.peerMss());
    assertEquals(1332, server.received().get(0).peerMss());
    assertEquals(1332, transfer.largestSegment());
  }

  @Test
  void aPacketThatMustNotBeFragmentedIsAnsweredWithTheTunnelsMtu() {
    Reference reference = up(Reference.config("site-a"), Reference.config("site-b"));
    Ping ping =
        reference
            .sites()
            .hostA()
            .ping(
                PingRequest.to(reference.sites().hostB().address())
                    .withTotalBytes(1400)
                    .withDontFragment()
                    .withProbes(1, Duration.ofSeconds(1)));
    reference.network().wake(reference.sites().hostA());
    reference.runFor(Duration.ofSeconds(3));
    assertFalse(ping.isAnswered());
    assertEquals(1372, reference.sites().hostA().pathMtu(reference.sites().hostB().address()));
  }

  @Test
  void modernSuitesWorkInBothModes() {
    for (String suite : List.of("esp-aes 256 esp-sha256-hmac", "esp-gcm", "esp-aes esp-sha-hmac")) {
      for (String mode : List.of("transport", "tunnel")) {
        RouterConfig[] both = new RouterConfig[2];
        for (int i = 0; i < 2; i++) {
          String text =
              Reference.text(i == 0 ? "site-a" : "site-b")
                  .replace("esp-3des esp-md5-hmac", suite)
                  .replace("mode transport", "mode " + mode)
                  .replace("encry 3des", "encry aes 256")
                  .replace("hash md5", "hash sha256")
                  .replace("group 2\n", "group 14\n")
                  .replace("set transform-set IPSEC", "set transform-set IPSEC\nset pfs group14");
          both[i] = Objects.requireNonNull(IosReader.read(text).config(), text);
        }
        Reference reference = up(both[0], both[1]);
        assertTrue(reference.ping(2028).isAnswered(), suite + " " + mode);
        assertEquals(List.of(), reference.clearGre());
      }
    }
  }

  @Test
  void lanToLanTunnelModeWithoutGreIsFailClosedToo() {
    RouterConfig[] both = new RouterConfig[2];
    for (int i = 0; i < 2; i++) {
      String here = i == 0 ? "1" : "2";
      String there = i == 0 ? "2" : "1";
      String text =
          Reference.text(i == 0 ? "site-a" : "site-b")
              .replaceAll(
                  "(?m)^permit gre host (100|200).1.1.1 host (100|200).1.1.1$",
                  "permit ip 10.1." + here + ".0 0.0.0.255 10.1." + there + ".0 0.0.0.255")
              .replace("mode transport", "mode tunnel")
              .replace("ip access-group A-security in\n", "");
      both[i] = Objects.requireNonNull(IosReader.read(text).config(), text);
    }
    Reference reference = new Reference(3, LINE, both[0], both[1]);
    boolean[] leaked = new boolean[1];
    reference
        .sites()
        .wanA()
        .aToB()
        .addTap(event -> leaked[0] |= event.sent().length() > 9 && event.sent().byteAt(9) == 1);
    Ping ping = reference.ping(84);
    assertTrue(ping.isAnswered(), () -> "" + reference.events());
    Ping large = reference.ping(2028);
    assertTrue(large.isAnswered(), () -> "" + reference.events());
    assertFalse(leaked[0], "a LAN packet left in the clear");
  }

  @Test
  void aWrongKeyIsNamedAndNothingLeaves() {
    Reference reference =
        new Reference(
            1,
            LINE,
            with("site-a", "crypto isakmp key cisco ", "crypto isakmp key other "),
            Reference.config("site-b"));
    assertFalse(reference.converges(Duration.ofMinutes(2)));
    assertEquals(List.of(), reference.events("IPSEC_SA_UP"));
    assertFalse(reference.events("pre-shared key").isEmpty(), () -> "" + reference.events());
    assertEquals(List.of(), reference.clearGre());
  }

  @Test
  void noCommonProposalIsNamedAndNothingLeaves() {
    Reference reference =
        new Reference(
            1,
            LINE,
            with("site-a", "esp-3des esp-md5-hmac", "esp-aes esp-sha-hmac"),
            Reference.config("site-b"));
    assertFalse(reference.converges(Duration.ofMinutes(2)));
    assertEquals(List.of(), reference.events("IPSEC_SA_UP"));
    assertFalse(reference.events("IKE_FAILED").isEmpty(), () -> "" + reference.events());
    assertEquals(List.of(), reference.clearGre());
  }

  @Test
  void aPeerThatRestartsIsBackSoon() {
    Reference reference = up(Reference.config("site-a"), Reference.config("site-b"));
    reference.sites().restartB();
    reference.runFor(Duration.ofSeconds(90));
    assertTrue(reference.sites().isConverged(), () -> String.join("\n", reference.events()));
    assertTrue(reference.ping(84).isAnswered());
    assertEquals(List.of(), reference.clearGre());
  }

  @Test
  void aDeadPeerIsFoundAndItsReturnToo() {
    Reference reference = up(Reference.config("site-a"), Reference.config("site-b"));
    reference.sites().wanA().cut();
    reference.runFor(Duration.ofSeconds(90));
    assertFalse(reference.events("Dead timer expired").isEmpty());
    assertFalse(reference.events("peer does not answer").isEmpty(), () -> "" + reference.events());
    reference.sites().wanA().restore();
    assertTrue(reference.converges(Duration.ofMinutes(3)), () -> "" + reference.events());
    assertTrue(reference.ping(84).isAnswered());
  }

  @Test
  void rekeyingLosesNoPing() {
    RouterConfig a =
        with(
            "site-a",
            "mode transport",
            "mode transport\ncrypto ipsec security-association lifetime seconds 120");
    RouterConfig b =
        with(
            "site-b",
            "mode transport",
            "mode transport\ncrypto ipsec security-association lifetime seconds 120");
    Reference reference = up(a, b);
    reference.runFor(Duration.ofSeconds(5));
    for (int i = 0; i < 300; i++) {
      Ping ping = reference.ping(84);
      assertEquals(
          1, ping.answeredProbe(), () -> ping + "\n" + String.join("\n", reference.events()));
      reference.runFor(Duration.ofSeconds(1));
    }
    assertTrue(reference.events("IPSEC_SA_REKEYED").size() >= 4, () -> "" + reference.events());
    assertEquals(List.of(), reference.events("from FULL"));
  }
}
