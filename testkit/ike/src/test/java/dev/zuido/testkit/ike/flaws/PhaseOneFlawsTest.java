package dev.zuido.testkit.ike.flaws;

import static dev.zuido.testkit.ike.flaws.Tampering.FAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.AuthenticationMethod;
import dev.zuido.ike.DropReason;
import dev.zuido.ike.Endpoint;
import dev.zuido.ike.IkeLimits;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.PreSharedKeyStrength;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.testkit.SeededRandom;
import dev.zuido.testkit.ike.Role;
import dev.zuido.testkit.ike.impairment.Impairment;
import dev.zuido.testkit.ike.impairment.ImpairmentCatalogue;
import dev.zuido.testkit.ike.impairment.PublicValue;
import dev.zuido.testkit.ike.impairment.Reaction;
import dev.zuido.testkit.ike.impairment.ScriptConfig;
import dev.zuido.testkit.ike.impairment.Step;
import dev.zuido.testkit.ike.impairment.TwoPeers;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Flaws of other implementations in phase 1 (feature-anchors 3.1). */
class PhaseOneFlawsTest {
  private static final Endpoint GATEWAY = Endpoint.isakmp(TwoPeers.GATEWAY);
  private static final Endpoint PEER = Endpoint.isakmp(TwoPeers.PEER);

  /** RFC 7748 takes every 32 bytes as a coordinate. */
  private static final List<PublicValue> ANY_BYTES =
      List.of(PublicValue.P_MINUS_ONE, PublicValue.P, PublicValue.ALL_ONES);

  private static long established(TwoPeers scene) {
    return scene.gateway().outputs().stream()
        .filter(IkeOutput.PhaseOneEstablished.class::isInstance)
        .count();
  }

  /** The datagrams that a scripted peer sends in a whole handshake. */
  private static List<ByteString> recorded(TwoPeers scene) {
    List<ByteString> recorded = new ArrayList<>();
    for (Step step : Tampering.steps(scene, Role.INITIATOR)) {
      scene.peer().initiate(step, Tampering.before((datagram, to) -> recorded.add(datagram)));
    }
    return recorded;
  }

  /** Messages of a genuine handshake in any order, altered and not, establish nothing elsewhere. */
  @Test
  void cve20142338NoOrderOfForeignMessagesEstablishes() {
    List<ByteString> foreign = recorded(Tampering.scene(31));
    for (int seed = 0; seed < 60; seed++) {
      TwoPeers scene = Tampering.scene(32);
      scene.gateway().forgetOutputs();
      SeededRandom random = new SeededRandom(seed, "order");
      if (seed % 2 == 1) {
        scene.initiate();
      }
      for (int i = 0; i < 100; i++) {
        ByteString datagram = foreign.get(random.nextInt(foreign.size()));
        byte[] bytes = datagram.toArray();
        if (random.nextBoolean()) {
          bytes[18] = (byte) (random.nextBoolean() ? 2 : random.nextBoolean() ? 4 : 32);
        }
        scene.gateway().deliver(ByteString.of(bytes), GATEWAY, PEER);
      }
      assertEquals(0, established(scene));
      assertTrue(scene.gateway().installed().size() == 2, "those of the other peer");
    }
  }

  /** Who does not know the key gets nothing established, in either role. */
  @Test
  void cve20142338AWrongKeyNeverEstablishes() {
    TwoPeers scene = Tampering.scene(33);
    scene.gateway().forgetOutputs();
    Secret wrong = Secret.owning(new byte[] {1, 2, 3});
    var config = TwoPeers.script(TwoPeers.PEER, FAST, null).withPreSharedKey(wrong);
    assertFalse(scene.scripted(1, config).handshake());
    scene.initiate();
    assertFalse(scene.scripted(2, config).respond());
    assertEquals(0, established(scene));
    assertEquals("", scene.difference());
  }

  /** A message 5 or 6 whose HASH is wrong establishes nothing before the true one comes. */
  @Test
  void cve20142338AWrongHashNeverEstablishes() {
    for (String name : List.of("wrong-hash", "zero-hash", "long-hash", "omit-hash", "cut-hash")) {
      Impairment impairment = ImpairmentCatalogue.named(name).orElseThrow();
      for (Role role : Role.values()) {
        TwoPeers scene = Tampering.scene(34);
        Step step = role == Role.INITIATOR ? Step.MAIN_MODE_5 : Step.MAIN_MODE_6;
        Reaction reaction = Tampering.run(scene, role, step, impairment);
        assertNotEquals(Reaction.Answer.NEXT_MESSAGE, reaction.answer(), reaction::toString);
        Tampering.assertSurvived(scene, reaction);
      }
    }
  }

  /** 0, 1, p - 1, p, above, too short and too long, in both phases and both roles. */
  @Test
  void cve20153240PublicValuesThatAreNotAllowed() {
    for (DhGroup group : List.of(DhGroup.MODP_768, DhGroup.ECP_256, DhGroup.CURVE_25519)) {
      for (PublicValue value : PublicValue.values()) {
        if (group == DhGroup.CURVE_25519 && ANY_BYTES.contains(value)) {
          continue;
        }
        Impairment impairment = ImpairmentCatalogue.named("ke-" + value.label()).orElseThrow();
        for (Role role : Role.values()) {
          TwoPeers scene = new TwoPeers(35, group, group, UnaryOperator.identity());
          for (Step step : Tampering.steps(scene, role)) {
            if (impairment.appliesTo(step) && step.carries(PayloadType.KEY_EXCHANGE)) {
              Reaction reaction = Tampering.run(scene, role, step, impairment);
              assertTrue(reaction.reached(), reaction::toString);
              assertNotEquals(
                  Reaction.Answer.NEXT_MESSAGE, reaction.answer(), group + " " + reaction);
              Tampering.assertSurvived(scene, reaction);
            }
          }
        }
      }
    }
  }

  private static ByteString firstMessage() {
    List<ByteString> sent = new ArrayList<>();
    Tampering.scene(36)
        .peer()
        .initiate(Step.MAIN_MODE_1, Tampering.before((datagram, to) -> sent.add(datagram)));
    return sent.get(0);
  }

  private static ByteString withCookie(ByteString message, long cookie) {
    byte[] bytes = message.toArray();
    BigEndian.putLong(bytes, 0, cookie);
    return ByteString.of(bytes);
  }

  private static long bytesSentTo(TwoPeers scene, Endpoint remote) {
    long bytes = 0;
    for (IkeOutput output : scene.gateway().outputs()) {
      if (output instanceof IkeOutput.Transmit sent && sent.remote().equals(remote)) {
        bytes += sent.length();
      }
    }
    return bytes;
  }

  /** Until an address has answered with our cookie, three times what it has sent at the most. */
  @Test
  void cve20165361ASpoofedFirstMessageIsNotAmplified() {
    ByteString first = firstMessage();
    List<ByteString> spoofed = new ArrayList<>(List.of(first));
    spoofed.add(withAuthentication(first, PhaseOneAttribute.Authentication.RSA_ENCRYPTION));
    spoofed.add(emptyOffer(first));
    for (ByteString message : spoofed) {
      TwoPeers scene = Tampering.scene(37);
      scene.gateway().forgetOutputs();
      for (int i = 1; i <= 5; i++) {
        scene.gateway().deliver(withCookie(message, i), GATEWAY, PEER);
        scene.gateway().deliver(withCookie(message, i), GATEWAY, PEER);
      }
      scene.gateway().run(60 * TwoPeers.SECOND);
      long sent = bytesSentTo(scene, PEER);
      assertTrue(sent <= 3L * 10 * message.length(), sent + " bytes for " + message.length());
    }
  }

  private static ByteString emptyOffer(ByteString first) {
    byte[] bytes = Arrays.copyOf(first.toArray(), IsakmpHeader.LENGTH + 12);
    bytes[16] = PayloadType.SECURITY_ASSOCIATION;
    BigEndian.putInt(bytes, IsakmpHeader.LENGTH_OFFSET, bytes.length);
    BigEndian.putInt(bytes, IsakmpHeader.LENGTH, 12);
    BigEndian.putInt(bytes, IsakmpHeader.LENGTH + 4, 1);
    BigEndian.putInt(bytes, IsakmpHeader.LENGTH + 8, 1);
    return ByteString.of(bytes);
  }

  /** The first message with another authentication method in its offer. */
  private static ByteString withAuthentication(ByteString first, int method) {
    byte[] bytes = first.toArray();
    for (int i = IsakmpHeader.LENGTH; i + 4 <= bytes.length; i++) {
      if (BigEndian.getInt(bytes, i)
          == (0x8000_0000
              | PhaseOneAttribute.AUTHENTICATION_METHOD << 16
              | PhaseOneAttribute.Authentication.PRE_SHARED_KEY)) {
        BigEndian.putShort(bytes, i + 2, method);
        return ByteString.of(bytes);
      }
    }
    throw new AssertionError("no authentication method is offered");
  }

  /**
   * Bleichenbacher's oracle needs a mode that decrypts with RSA: there is none, and none is taken.
   */
  @Test
  void bleichenbacherAuthenticationByRsaEncryptionIsRefused() {
    for (AuthenticationMethod method : AuthenticationMethod.values()) {
      assertNotEquals(PhaseOneAttribute.Authentication.RSA_ENCRYPTION, method.attributeValue());
      assertNotEquals(
          PhaseOneAttribute.Authentication.RSA_REVISED_ENCRYPTION, method.attributeValue());
    }
    for (int method :
        new int[] {
          PhaseOneAttribute.Authentication.RSA_ENCRYPTION,
          PhaseOneAttribute.Authentication.RSA_REVISED_ENCRYPTION
        }) {
      TwoPeers scene = Tampering.scene(38);
      Reaction reaction =
          scene
              .peer()
              .initiate(
                  Step.MAIN_MODE_1,
                  Tampering.content(
                      draft ->
                          draft.change(
                              PayloadType.SECURITY_ASSOCIATION,
                              payload -> payload.withBody(offering(payload.body(), method)))));
      assertEquals(Reaction.Answer.INFORMED, reaction.answer(), reaction::toString);
      assertEquals(List.of("NO-PROPOSAL-CHOSEN"), reaction.said().subList(0, 1));
      Tampering.assertSurvived(scene, reaction);
    }
  }

  private static ByteString offering(ByteString body, int method) {
    try {
      SecurityAssociation sa =
          (SecurityAssociation)
              Payload.decodeBody(
                  PayloadType.SECURITY_ASSOCIATION, Unpooled.wrappedBuffer(body.toArray()));
      Proposal proposal = sa.proposals().get(0);
      List<DataAttribute> attributes = new ArrayList<>(proposal.transforms().get(0).attributes());
      attributes.removeIf(each -> each.type() == PhaseOneAttribute.AUTHENTICATION_METHOD);
      attributes.add(DataAttribute.of(PhaseOneAttribute.AUTHENTICATION_METHOD, method));
      Transform transform = new Transform(1, 1, attributes);
      return SecurityAssociation.of(
              List.of(new Proposal(1, proposal.protocolId(), proposal.spi(), List.of(transform))))
          .body();
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  /** After a refused offer the cookies are unknown: nothing can be hung on them. */
  @Test
  void cve202330570ARefusedOfferLeavesNoCookies() {
    TwoPeers scene = Tampering.scene(39);
    ByteString refused =
        withAuthentication(firstMessage(), PhaseOneAttribute.Authentication.DSS_SIGNATURES);
    scene.gateway().forgetOutputs();
    scene.gateway().deliver(refused, GATEWAY, PEER);
    assertEquals(1, scene.gateway().engine().snapshot().isakmpSas().size());
    for (int exchange :
        new int[] {
          ExchangeType.IDENTITY_PROTECTION,
          ExchangeType.AGGRESSIVE,
          ExchangeType.QUICK_MODE,
          ExchangeType.INFORMATIONAL
        }) {
      byte[] bytes = refused.toArray();
      BigEndian.putLong(bytes, 8, 0x1234_5678_9abc_def0L);
      bytes[18] = (byte) exchange;
      scene.gateway().deliver(ByteString.of(bytes), GATEWAY, PEER);
    }
    assertEquals(1, scene.gateway().engine().snapshot().isakmpSas().size());
    assertTrue(scene.gateway().engine().counters().dropped().get(DropReason.UNKNOWN_COOKIES) >= 2);
    assertTrue(scene.peer().handshake());
    assertEquals("", scene.difference());
  }

  /** The same in aggressive mode, where the responder's cookie was not zero. */
  @Test
  void cve202330570AnAggressiveModeWithARespondersCookieIsNotKept() {
    for (String name : List.of("early-responder-cookie", "no-proposals", "ke-zero", "nonce-7")) {
      TwoPeers scene = Tampering.scene(42, TwoPeers::aggressive);
      ScriptConfig config = TwoPeers.script(TwoPeers.PEER, FAST, null).withAggressive(true);
      Impairment impairment = ImpairmentCatalogue.named(name).orElseThrow();
      for (int i = 0; i < 5; i++) {
        Reaction reaction = scene.scripted(50 + i, config).initiate(Step.AGGRESSIVE_1, impairment);
        assertNotEquals(Reaction.Answer.NEXT_MESSAGE, reaction.answer(), reaction::toString);
        Tampering.assertSurvived(scene, reaction);
      }
    }
  }

  /** Not to be mended in the protocol: what is left is to say which keys can be guessed. */
  @Test
  void cve20185389AKeyThatCanBeGuessedIsToldFromOneThatCannot() {
    assertTrue(
        PreSharedKeyStrength.warning(Secret.owning("cisco".getBytes(StandardCharsets.US_ASCII)))
            .isPresent());
    assertFalse(
        PreSharedKeyStrength.warning(
                Secret.owning("q7Rk2mZp9wXt4LbV".getBytes(StandardCharsets.US_ASCII)))
            .isPresent());
  }

  /**
   * Every way to fail that the catalogue has: the states are what they were (also ImpairmentTest).
   */
  @Test
  void cve20083652And20091632FailedExchangesLeaveNothing() {
    TwoPeers scene = Tampering.scene(40);
    for (Step step : List.of(Step.MAIN_MODE_1, Step.MAIN_MODE_3, Step.MAIN_MODE_5)) {
      for (String name : List.of("no-proposals", "omit-ke", "ke-zero", "omit-id", "wrong-hash")) {
        Impairment impairment = ImpairmentCatalogue.named(name).orElseThrow();
        for (int i = 0; i < 5 && impairment.appliesTo(step); i++) {
          scene.peer().initiate(step, impairment);
        }
      }
    }
    assertEquals("", scene.difference());
  }

  /** First messages from one address: the table stays within its limit, and the peer gets in. */
  @Test
  void floodOfFirstMessagesIsBounded() {
    int messages = Tampering.WHOLE ? 1_000_000 : 100_000;
    TwoPeers scene = Tampering.scene(41);
    ByteString first = firstMessage();
    int most = 0;
    for (int i = 1; i <= messages; i++) {
      scene.gateway().deliver(withCookie(first, 1_000_000L + i), GATEWAY, PEER);
      if (i % 1_000 == 0) {
        scene.gateway().forgetOutputs();
        scene.gateway().forgetDatagrams();
        scene.gateway().run(TwoPeers.SECOND / 100);
        most = Math.max(most, scene.gateway().engine().snapshot().isakmpSas().size());
      }
    }
    assertTrue(most <= IkeLimits.DEFAULT.halfOpenPerAddress() + 1, most + " ISAKMP SAs");
    assertTrue(scene.peer().handshake(), "an honest peer gets in");
    assertEquals("", scene.difference());
  }
}
