package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import dev.zuido.wire.ByteString;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a phase 1 that ends at any point, and what is refused by name. */
class PhaseOneEndsTest {
  private static UnaryOperator<PeerConfig> signed(boolean atA, AggressiveMode mode) {
    return p -> AggressiveModeTest.mode(TestCertificates.signed(p, atA), mode);
  }

  /** Every slow step in turn is what the engine is told to end in, on either side. */
  @ParameterizedTest
  @EnumSource(
      value = AggressiveMode.class,
      names = {"OFF", "INITIATE"})
  void itEndsWhileSomethingIsComputed(AggressiveMode mode) {
    for (boolean shutDown : new boolean[] {true, false}) {
      for (int step = 1; step <= 10; step++) {
        Pair pair =
            new Pair(
                step,
                Site.config(true, signed(true, mode)),
                Site.config(false, signed(false, mode)));
        pair.a.holdComputing = true;
        pair.b.holdComputing = true;
        pair.a.initiate(0);
        for (int done = 1; done < step; done++) {
          pair.run(Pair.SECOND / 10);
          compute(pair);
        }
        pair.run(Pair.SECOND / 10);
        List<ComputeTask> heldByA = List.copyOf(pair.a.held);
        List<ComputeTask> heldByB = List.copyOf(pair.b.held);
        IkeCommand end =
            shutDown ? new IkeCommand.Shutdown() : new IkeCommand.Terminate("peer", null);
        pair.a.command(end, pair.now);
        pair.b.command(end, pair.now);
        heldByA.forEach(task -> pair.a.engine.handle(task.run(), pair.now));
        heldByB.forEach(task -> pair.b.engine.handle(task.run(), pair.now));
        pair.a.holdComputing = false;
        pair.b.holdComputing = false;
        pair.run(200 * Pair.SECOND);
        int at = step;
        assertTrue(pair.a.phaseOnes().isEmpty(), () -> at + ": " + pair.a.phaseOnes());
        assertTrue(pair.a.installed.isEmpty());
        // What the peer has begun may still come to its end, but nothing stays half-open.
        assertTrue(
            pair.b.phaseOnes().stream().allMatch(sa -> !shutDown && sa.state().equals("QM_IDLE")),
            () -> at + ": " + pair.b.phaseOnes());
      }
    }
  }

  private static void compute(Pair pair) {
    for (Site site : List.of(pair.a, pair.b)) {
      List<ComputeTask> tasks = List.copyOf(site.held);
      site.held.clear();
      tasks.forEach(task -> site.engine.handle(task.run(), pair.now));
      site.timeout(pair.now);
    }
  }

  /** RFC 2409 sections 5.2 and 5.3 and what else is not here, each with its name and why. */
  @ParameterizedTest
  @CsvSource({
    "2, DSS signatures are not offered",
    "4, Encryption with RSA is refused for good",
    "5, Revised encryption with RSA is refused for good",
    "6, ElGamal (6) is refused for good",
    "9, ECDSA with SHA-256 on the P-256 curve is not offered",
    "11, ECDSA with SHA-512 on the P-521 curve is not offered",
    "64221, hybrid authentication (HybridInitRSA) is not offered",
    "64222, hybrid authentication (HybridRespRSA) is not offered",
    "65001, XAUTHInitPreShared) is not offered",
    "65006, XAUTHRespRSA) is not offered",
    "12345, authentication method 12345 is not known"
  })
  void otherMethodsAreRefusedByName(int method, String words) {
    SecurityAssociation offer =
        SecurityAssociation.of(
            List.of(
                new Proposal(
                    1,
                    ProtocolId.ISAKMP,
                    ByteString.EMPTY,
                    List.of(
                        new Transform(
                            1,
                            TransformId.KEY_IKE,
                            List.of(
                                DataAttribute.of(PhaseOneAttribute.ENCRYPTION_ALGORITHM, 5),
                                DataAttribute.of(PhaseOneAttribute.HASH_ALGORITHM, 1),
                                DataAttribute.of(PhaseOneAttribute.GROUP_DESCRIPTION, 2),
                                DataAttribute.of(
                                    PhaseOneAttribute.AUTHENTICATION_METHOD, method)))))));
    assertTrue(
        PhaseOneOffer.choose(List.of(Site.CISCO), LifetimePolicy.CLAIM, false, offer).isEmpty());
    String text = PhaseOneOffer.explain(List.of(Site.CISCO), offer);
    assertTrue(text.contains(words), text);
    assertTrue(AuthenticationMethod.refusal(method).isPresent());
  }

  @Test
  void theMethodsThatAreHereAreNotRefused() {
    for (AuthenticationMethod method : AuthenticationMethod.values()) {
      assertTrue(AuthenticationMethod.refusal(method.attributeValue()).isEmpty());
      assertEquals(method, AuthenticationMethod.ofAttribute(method.attributeValue()).orElseThrow());
    }
  }

  /** The responder has completed phase 1 when it is refused, and keeps nothing of it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInitiatorThatRefusesTheRespondersIdentityTellsIt(boolean signed) {
    UnaryOperator<PeerConfig> expecting =
        p -> p.withIdentities(p.localIdentity(), new Identity.Fqdn("c.example"));
    Pair pair =
        new Pair(
            5,
            Site.config(true, p -> expecting.apply(signed ? TestCertificates.signed(p, true) : p)),
            Site.config(false, p -> signed ? TestCertificates.signed(p, false) : p));
    pair.a.initiate(0);
    pair.run(2 * Pair.SECOND);
    assertEquals(1, pair.b.outputs(IkeOutput.PhaseOneEstablished.class).size());
    assertEquals(List.of(), pair.b.phaseOnes());
    assertEquals(List.of(), pair.a.phaseOnes());
    assertEquals(
        IkeOutput.EndReason.DELETED_BY_PEER,
        pair.b.outputs(IkeOutput.PhaseOneDeleted.class).get(0).reason());
    assertEquals(0, pair.a.engine.holdings().computing());
  }

  /** In aggressive mode the responder waits for the third message, and hears why none comes. */
  @Test
  void anInitiatorOfAggressiveModeTellsWhyItRefuses() {
    Pair pair =
        new Pair(
            7,
            Site.config(
                true,
                p ->
                    AggressiveModeTest.mode(
                        p.withIdentities(p.localIdentity(), new Identity.Fqdn("c.example")),
                        AggressiveMode.INITIATE)),
            Site.config(false, p -> AggressiveModeTest.mode(p, AggressiveMode.ACCEPT)));
    pair.a.initiate(0);
    pair.run(60 * Pair.SECOND);
    String text = pair.b.lastFailure();
    assertTrue(text.contains("expects another identity than ours, 200.1.1.1"), text);
  }

  /** A responder that has our key and does not want our identity may say so under the keys. */
  @ParameterizedTest
  @ValueSource(ints = {NotifyType.AUTHENTICATION_FAILED, NotifyType.INVALID_ID_INFORMATION})
  void aRefusalUnderTheKeysIsNotTakenForAnotherKey(int notifyType) {
    Site a = new Site("a", Site.config(true), 3);
    RawPeer.refuse(a, notifyType);
    while (a.outputs(IkeOutput.ExchangeFailed.class).isEmpty()) {
      a.timeout(a.engine.nextDeadline());
    }
    List<IkeOutput.Notice> told = a.outputs(IkeOutput.Notice.class);
    assertEquals(1, told.size());
    for (String text : List.of(told.get(0).text(), a.lastFailure())) {
      assertTrue(text.contains("expects another identity than ours, 100.1.1.1"), text);
      assertFalse(text.contains("pre-shared key"), text);
    }
    assertEquals(1, a.engine.counters().retransmitted(), "there is little hope");
  }

  /** Certificates and translators together: the last message floats, in either mode. */
  @ParameterizedTest
  @EnumSource(
      value = AggressiveMode.class,
      names = {"OFF", "INITIATE"})
  void certificatesBehindATranslator(AggressiveMode mode) {
    IkeProposal proposal =
        new IkeProposal(
            IkeCipher.AES_256_CBC,
            IkeHash.SHA2_256,
            AuthenticationMethod.RSA_SIGNATURES,
            DhGroup.MODP_2048,
            86_400);
    NatTraversalTest.Two two =
        new NatTraversalTest.Two(
            9,
            true,
            false,
            EncapsulationMode.TUNNEL,
            p ->
                AggressiveModeTest.mode(
                    p.with(
                        p.localIdentity(),
                        null,
                        List.of(TestCertificates.siteA()),
                        List.of(proposal)),
                    mode),
            p ->
                AggressiveModeTest.mode(
                    p.with(
                        p.localIdentity(),
                        PeerConfig.identityOf(Site.A),
                        List.of(TestCertificates.siteB()),
                        List.of(proposal)),
                    mode));
    two.a.initiate(0);
    two.net.run(15 * Net.SECOND);
    assertTrue(Net.usable(two.a, two.b), () -> two.a.outputs + "\n" + two.b.outputs);
    assertEquals(4_500, two.b.phaseOnes().get(0).local().port());
  }
}
