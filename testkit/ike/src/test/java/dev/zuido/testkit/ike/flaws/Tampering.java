package dev.zuido.testkit.ike.flaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.testkit.ike.Role;
import dev.zuido.testkit.ike.impairment.Carriage;
import dev.zuido.testkit.ike.impairment.DatagramImpairment;
import dev.zuido.testkit.ike.impairment.Impairment;
import dev.zuido.testkit.ike.impairment.MessageDraft;
import dev.zuido.testkit.ike.impairment.MessageImpairment;
import dev.zuido.testkit.ike.impairment.Reaction;
import dev.zuido.testkit.ike.impairment.Step;
import dev.zuido.testkit.ike.impairment.TwoPeers;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What somebody does at each step of a handshake, and what must come of it. */
final class Tampering {
  static final DhGroup FAST = DhGroup.CURVE_25519;

  /** Whether everything is to be tried, where else a sample is. */
  static final boolean WHOLE = Boolean.getBoolean("zuido.whole");

  private Tampering() {}

  static TwoPeers scene(long seed) {
    return scene(seed, UnaryOperator.identity());
  }

  static TwoPeers scene(long seed, UnaryOperator<PeerConfig> change) {
    return new TwoPeers(seed, FAST, null, change);
  }

  /** Somebody sends something before the message, which then comes as it should. */
  static Impairment before(BiConsumer<ByteString, Carriage> action) {
    return new DatagramImpairment(
        "before",
        "something comes before",
        step -> true,
        (datagram, to, random) -> {
          action.accept(datagram, to);
          to.send(datagram);
        });
  }

  /** The peer itself sends other content, which is authentic. */
  static Impairment content(Consumer<MessageDraft> change) {
    return new MessageImpairment(
        "content", "other content", MessageImpairment.Stage.CONTENT, step -> true, change);
  }

  static List<Step> steps(TwoPeers scene, Role role) {
    List<Step> steps = new ArrayList<>();
    for (Step step : Step.values()) {
      boolean has =
          role == Role.INITIATOR
              ? scene.peer().canInitiate(step)
              : scene.peer().canRespond(step, false);
      if (has) {
        steps.add(step);
      }
    }
    return steps;
  }

  static Reaction run(TwoPeers scene, Role role, Step step, Impairment impairment) {
    if (role == Role.INITIATOR) {
      return scene.peer().initiate(step, impairment);
    }
    scene.initiate();
    return scene.peer().respond(step, impairment);
  }

  /** At every step of both roles: the handshake goes on as if nothing had been. */
  static void assertHarmless(long seed, BiConsumer<ByteString, Carriage> action) {
    for (Role role : Role.values()) {
      TwoPeers scene = scene(seed);
      for (Step step : steps(scene, role)) {
        Reaction reaction = run(scene, role, step, before(action));
        assertTrue(reaction.reached() && reaction.completed(), reaction::toString);
        assertSurvived(scene, reaction);
      }
    }
  }

  /** Whatever became of the exchange: nothing is left of it, and the next handshake succeeds. */
  static void assertSurvived(TwoPeers scene, Reaction reaction) {
    assertTrue(reaction.alive(), reaction::toString);
    assertEquals("", scene.difference(), reaction::toString);
    scene.gateway().forgetOutputs();
  }

  static ByteString withByte(ByteString datagram, int index, int value) {
    byte[] bytes = datagram.toArray();
    bytes[index] = (byte) value;
    return ByteString.of(bytes);
  }
}
