package dev.zuido.testkit.ike.flaws;

import static dev.zuido.testkit.ike.flaws.Tampering.FAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.DpdConfig;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.testkit.ike.impairment.Impairment;
import dev.zuido.testkit.ike.impairment.ImpairmentCatalogue;
import dev.zuido.testkit.ike.impairment.Reaction;
import dev.zuido.testkit.ike.impairment.ScriptConfig;
import dev.zuido.testkit.ike.impairment.ScriptedChild;
import dev.zuido.testkit.ike.impairment.ScriptedPeer;
import dev.zuido.testkit.ike.impairment.Step;
import dev.zuido.testkit.ike.impairment.TwoPeers;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One scenario for each regression of which libreswan's list of changes tells. */
class LibreswanRegressionsTest {
  private static int phaseOnes(TwoPeers scene) {
    return scene.gateway().engine().snapshot().isakmpSas().size();
  }

  private static long sent(TwoPeers scene) {
    return scene.gateway().engine().counters().sent();
  }

  @Test
  void aRepeatedFirstMessageMakesNoSecondState() {
    TwoPeers scene = Tampering.scene(61);
    List<Integer> counts = new ArrayList<>();
    Reaction reaction =
        scene
            .peer()
            .initiate(
                Step.MAIN_MODE_1,
                Tampering.before(
                    (datagram, to) -> {
                      for (int i = 0; i < 10; i++) {
                        to.send(datagram);
                        counts.add(phaseOnes(scene));
                      }
                    }));
    assertEquals(List.of(2), counts.stream().distinct().toList());
    assertTrue(reaction.completed());
    Tampering.assertSurvived(scene, reaction);
  }

  /** The reply is encrypted with an IV of its own: the peer can read it, and what follows too. */
  @Test
  void theReplyAboutIdentitiesHasTheRightIv() {
    TwoPeers scene = Tampering.scene(62);
    Reaction reaction =
        scene
            .peer()
            .initiate(
                Step.QUICK_MODE_1,
                Tampering.content(
                    draft ->
                        draft.change(
                            PayloadType.IDENTIFICATION,
                            payload ->
                                payload.withBody(
                                    Identification.of(Ipv4Address.of(9, 9, 9, 9), 0, 0).body()))));
    assertEquals(Reaction.Answer.INFORMED, reaction.answer());
    assertTrue(reaction.said().contains("INVALID-ID-INFORMATION"), reaction::toString);
    Tampering.assertSurvived(scene, reaction);
  }

  @Test
  void deletingTheIsakmpSaLeavesTheIpsecSas() {
    TwoPeers scene = Tampering.scene(63);
    List<Integer> installed = new ArrayList<>();
    Impairment phaseOneOnly =
        Tampering.before(
            (datagram, to) -> {
              // The deletion of the child has gone before; so a second child is made first.
              assertTrue(scene.scripted(7, TwoPeers.script(TwoPeers.PEER, FAST, null)).establish());
              int before = scene.gateway().installed().size();
              to.send(datagram);
              installed.add(scene.gateway().installed().size() - before);
            });
    scene.peer().initiate(Step.DELETE_PHASE_ONE, phaseOneOnly);
    assertEquals(List.of(0), installed);
  }

  private static PeerConfig probing(PeerConfig peer) {
    return peer.toBuilder().dpd(DpdConfig.periodic(10)).build();
  }

  private static long probes(TwoPeers scene) {
    return scene.gateway().outputs().stream()
        .filter(each -> each instanceof IkeOutput.MessageSent)
        .filter(each -> each.toString().contains("R-U-THERE"))
        .count();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deadPeerDetectionIsScheduledInBothRoles(boolean asInitiator) {
    TwoPeers scene = Tampering.scene(64, LibreswanRegressionsTest::probing);
    scene.gateway().forgetOutputs();
    if (asInitiator) {
      scene.initiate();
      ScriptedPeer peer = scene.peer();
      // The script deletes at its end; its last step is left out.
      peer.respond(
          Step.DELETE_CHILD,
          Tampering.before((datagram, to) -> scene.gateway().run(15 * TwoPeers.SECOND)));
    } else {
      assertTrue(scene.peer().establish());
      scene.gateway().run(15 * TwoPeers.SECOND);
    }
    assertTrue(probes(scene) > 0);
  }

  @Test
  void aPeerWithoutTheVendorIdIsNotProbed() {
    TwoPeers scene = Tampering.scene(65, LibreswanRegressionsTest::probing);
    Impairment silent =
        Tampering.content(
            draft -> draft.payloads().removeIf(each -> each.type() == PayloadType.VENDOR_ID));
    scene.gateway().forgetOutputs();
    assertTrue(scene.peer().establish(Step.MAIN_MODE_1, silent));
    scene.gateway().run(60 * TwoPeers.SECOND);
    assertEquals(0, probes(scene));
    assertTrue(scene.gateway().installed().size() == 4, "and is not taken for dead");
  }

  @Test
  void whatNobodyAnswersIsNotRepeatedForEver() {
    TwoPeers scene = Tampering.scene(66);
    long before = sent(scene);
    scene.initiate();
    scene.gateway().run(3_600 * TwoPeers.SECOND);
    long repeated = sent(scene) - before;
    assertTrue(repeated >= 2 && repeated <= 20, repeated + " datagrams");
    scene.gateway().run(3_600 * TwoPeers.SECOND);
    assertEquals(repeated, sent(scene) - before);
    assertEquals("", scene.difference());
    assertTrue(IkeEngine.NO_DEADLINE > scene.gateway().nowNanos());
  }

  @Test
  void aHalfOpenStateIsForgottenWithinAMinute() {
    for (Step step : List.of(Step.MAIN_MODE_3, Step.MAIN_MODE_5)) {
      TwoPeers scene = Tampering.scene(67);
      scene
          .peer()
          .initiate(
              step,
              Tampering.before(
                  (datagram, to) -> {
                    assertEquals(2, phaseOnes(scene));
                    scene.gateway().run(60 * TwoPeers.SECOND);
                    assertEquals(1, phaseOnes(scene));
                  }));
    }
  }

  @Test
  void aKeyLengthOfZeroIsRefused() {
    for (String name : List.of("key-length-zero", "key-length-odd", "gmac-without-key-length")) {
      TwoPeers scene = Tampering.scene(68);
      Impairment impairment = ImpairmentCatalogue.named(name).orElseThrow();
      Reaction reaction = scene.peer().initiate(Step.QUICK_MODE_1, impairment);
      assertEquals(Reaction.Answer.INFORMED, reaction.answer(), reaction::toString);
      assertTrue(reaction.said().contains("NO-PROPOSAL-CHOSEN"), reaction::toString);
      assertFalse(reaction.completed());
      Tampering.assertSurvived(scene, reaction);
    }
  }

  @Test
  void whatCannotBeDecryptedGetsNoError() {
    TwoPeers scene = Tampering.scene(69);
    for (Step step : List.of(Step.QUICK_MODE_1, Step.QUICK_MODE_3, Step.PROBE)) {
      Reaction reaction =
          scene
              .peer()
              .initiate(
                  step,
                  Tampering.before(
                      (datagram, to) -> {
                        long before = sent(scene);
                        for (int i = 20; i < datagram.length(); i++) {
                          if (i < 24 || i >= 28) {
                            to.send(Tampering.withByte(datagram, i, ~datagram.byteAt(i)));
                          }
                        }
                        assertEquals(before, sent(scene));
                      }));
      assertTrue(reaction.completed(), reaction::toString);
      Tampering.assertSurvived(scene, reaction);
    }
  }

  /** While a quick mode is under way the peer makes a new ISAKMP SA: the old one completes it. */
  @Test
  void aReplacedIsakmpSaStillCompletesItsExchanges() {
    for (Step step : List.of(Step.QUICK_MODE_1, Step.QUICK_MODE_3, Step.PROBE)) {
      TwoPeers scene = Tampering.scene(70);
      ScriptConfig config = TwoPeers.script(TwoPeers.PEER, FAST, null);
      Reaction reaction =
          scene
              .peer()
              .initiate(
                  step,
                  Tampering.before(
                      (datagram, to) -> assertTrue(scene.scripted(8, config).establish())));
      assertTrue(reaction.completed(), reaction::toString);
      assertTrue(reaction.alive());
    }
  }

  /** strongSwan #1485: racoon has transport mode for GRE only between the two hosts themselves. */
  @Test
  void strongSwan1485TransportModeForGreBetweenTheHosts() {
    TwoPeers scene = Tampering.scene(71);
    ScriptedChild child = TwoPeers.script(TwoPeers.PEER, FAST, null).child();
    assertEquals(IpProtocol.GRE, child.local().protocolId());
    assertTrue(scene.peer().handshake());
    scene.initiate();
    assertTrue(scene.peer().respond());
    assertEquals("", scene.difference());
  }
}
