package dev.zuido.testkit.ike.impairment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.testkit.ike.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every impairment at every step against our engine, in both roles: no exception, no other SA
 * changes, an honest handshake succeeds afterwards, and the engine holds what it held before.
 */
class ImpairmentTest {
  private static final DhGroup FAST = DhGroup.CURVE_25519;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void plainHandshakesSucceed(boolean pfs) {
    TwoPeers scene = new TwoPeers(1, FAST, pfs ? FAST : null, UnaryOperator.identity());
    assertTrue(scene.peer().handshake());
    assertEquals("", scene.difference());
    scene.initiate();
    assertTrue(scene.peer().respond());
    assertEquals("", scene.difference());
  }

  @Test
  void namesAreUnique() {
    List<String> names = ImpairmentCatalogue.all().stream().map(Impairment::name).toList();
    assertEquals(names.size(), names.stream().distinct().count());
    for (Impairment each : ImpairmentCatalogue.all()) {
      assertTrue(each.name().matches("[a-z0-9-]+"), each.name());
      assertTrue(Stream.of(Step.values()).anyMatch(each::appliesTo), each.name());
      assertEquals(each, ImpairmentCatalogue.named(each.name()).orElseThrow());
    }
  }

  @TestFactory
  Stream<DynamicTest> asInitiator() {
    return all(Role.INITIATOR, null);
  }

  @TestFactory
  Stream<DynamicTest> asResponder() {
    return all(Role.RESPONDER, null);
  }

  @TestFactory
  Stream<DynamicTest> asInitiatorWithPfs() {
    return all(Role.INITIATOR, FAST);
  }

  @TestFactory
  Stream<DynamicTest> asResponderWithPfs() {
    return all(Role.RESPONDER, FAST);
  }

  @TestFactory
  Stream<DynamicTest> asInitiatorInAggressiveMode() {
    return ImpairmentCatalogue.all().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name(), () -> survivesInAggressiveMode(each, Role.INITIATOR)));
  }

  @TestFactory
  Stream<DynamicTest> asResponderInAggressiveMode() {
    return ImpairmentCatalogue.all().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name(), () -> survivesInAggressiveMode(each, Role.RESPONDER)));
  }

  @Test
  void plainHandshakesInAggressiveModeSucceed() {
    TwoPeers scene = new TwoPeers(2, FAST, null, TwoPeers::aggressive);
    ScriptConfig config = TwoPeers.script(TwoPeers.PEER, FAST, null).withAggressive(true);
    assertTrue(scene.scripted(3, config).handshake());
    assertEquals("", scene.difference());
    scene.initiate();
    assertTrue(scene.scripted(4, config).respond());
    assertEquals("", scene.difference());
  }

  private static Stream<DynamicTest> all(Role role, @Nullable DhGroup pfs) {
    return ImpairmentCatalogue.all().stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> survives(each, role, pfs)));
  }

  private static void survives(Impairment impairment, Role role, @Nullable DhGroup pfs) {
    TwoPeers scene =
        new TwoPeers(impairment.name().hashCode(), FAST, pfs, UnaryOperator.identity());
    survives(impairment, role, scene, scene.peer(), false);
  }

  private static void survivesInAggressiveMode(Impairment impairment, Role role) {
    TwoPeers scene = new TwoPeers(impairment.name().hashCode(), FAST, null, TwoPeers::aggressive);
    ScriptConfig config = TwoPeers.script(TwoPeers.PEER, FAST, null).withAggressive(true);
    survives(impairment, role, scene, scene.scripted(5, config), true);
  }

  private static void survives(
      Impairment impairment, Role role, TwoPeers scene, ScriptedPeer peer, boolean aggressive) {
    List<String> failures = new ArrayList<>();
    for (Step step : Step.values()) {
      boolean inScript =
          role == Role.INITIATOR ? peer.canInitiate(step) : peer.canRespond(step, aggressive);
      if (!inScript || !impairment.appliesTo(step)) {
        continue;
      }
      Reaction reaction;
      if (role == Role.INITIATOR) {
        reaction = peer.initiate(step, impairment);
      } else {
        scene.initiate();
        reaction = peer.respond(step, impairment);
      }
      if (Boolean.getBoolean("zuido.reactions")) {
        System.out.println(role + " " + reaction);
      }
      String difference = scene.difference();
      if (!reaction.reached() || !reaction.alive() || !difference.isEmpty()) {
        failures.add(reaction + ": " + difference);
      }
    }
    assertEquals(List.of(), failures);
  }
}
