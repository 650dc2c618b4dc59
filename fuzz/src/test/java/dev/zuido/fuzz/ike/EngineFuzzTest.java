package dev.zuido.fuzz.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.zuido.ike.IkeCommand;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.testkit.ike.impairment.Impairment;
import dev.zuido.testkit.ike.impairment.MessageImpairment;
import dev.zuido.testkit.ike.impairment.Reaction;
import dev.zuido.testkit.ike.impairment.ScriptedPeer;
import dev.zuido.testkit.ike.impairment.Step;
import dev.zuido.testkit.ike.impairment.TwoPeers;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An engine in mid-exchange gets fuzzed bytes at one step, then the true message, then a plain
 * handshake. No exception escapes, the other peer's SAs stay as they are, nothing is left behind.
 */
class EngineFuzzTest {
  private static final DhGroup FAST = DhGroup.CURVE_25519;

  /** Nothing authenticates what stands behind the HASH of these. */
  private static final List<Step> LAST =
      List.of(Step.MAIN_MODE_5, Step.MAIN_MODE_6, Step.AGGRESSIVE_3);

  /** The engine is the responder. */
  @FuzzTest(maxDuration = "5m")
  void responder(byte[] input) {
    TwoPeers scene = new TwoPeers(1, FAST, null, UnaryOperator.identity());
    ScriptedPeer peer = scene.peer();
    List<Step> steps = Arrays.stream(Step.values()).filter(peer::canInitiate).toList();
    check(scene, peer.initiate(step(steps, input), FuzzedTreatment.of(input)));
  }

  /** The engine is the initiator. */
  @FuzzTest(maxDuration = "5m")
  void initiator(byte[] input) {
    TwoPeers scene = new TwoPeers(2, FAST, null, UnaryOperator.identity());
    ScriptedPeer peer = scene.peer();
    List<Step> steps =
        Arrays.stream(Step.values()).filter(step -> peer.canRespond(step, false)).toList();
    Impairment treatment = FuzzedTreatment.of(input);
    scene.initiate();
    check(scene, peer.respond(step(steps, input), treatment));
  }

  /** The engine is the responder in aggressive mode. */
  @FuzzTest(maxDuration = "5m")
  void aggressiveResponder(byte[] input) {
    TwoPeers scene = new TwoPeers(3, FAST, null, TwoPeers::aggressive);
    ScriptedPeer peer = aggressive(scene);
    List<Step> steps = Arrays.stream(Step.values()).filter(peer::canInitiate).toList();
    check(scene, peer.initiate(step(steps, input), FuzzedTreatment.of(input)));
  }

  /** The engine is the initiator in aggressive mode. */
  @FuzzTest(maxDuration = "5m")
  void aggressiveInitiator(byte[] input) {
    TwoPeers scene = new TwoPeers(4, FAST, null, TwoPeers::aggressive);
    ScriptedPeer peer = aggressive(scene);
    List<Step> steps =
        Arrays.stream(Step.values()).filter(step -> peer.canRespond(step, true)).toList();
    Impairment treatment = FuzzedTreatment.of(input);
    scene.initiate();
    check(scene, peer.respond(step(steps, input), treatment));
  }

  static ScriptedPeer aggressive(TwoPeers scene) {
    return scene.scripted(9, TwoPeers.script(TwoPeers.PEER, FAST, null).withAggressive(true));
  }

  private static Step step(List<Step> steps, byte[] input) {
    return steps.get(input.length == 0 ? 0 : (input[0] & 0xff) % steps.size());
  }

  private static void check(TwoPeers scene, Reaction reaction) {
    assertTrue(reaction.reached(), reaction::toString);
    assertTrue(reaction.alive(), reaction::toString);
    if (reaction.impairment() instanceof MessageImpairment || LAST.contains(reaction.step())) {
      // What is authentic may have made a pair with an SPI that the script does not know. And
      // blocks
      // that somebody adds behind phase 1's last messages leave both sides with different IVs: the
      // engine has an ISAKMP SA that the script cannot delete.
      scene.gateway().command(new IkeCommand.Terminate("peer", null));
    }
    assertEquals("", scene.difference());
  }
}
