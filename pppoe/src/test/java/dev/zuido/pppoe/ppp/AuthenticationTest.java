package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CHAP (RFC 1994) and PAP (RFC 1334) in both roles, against a peer whose packets are written. */
final class AuthenticationTest {
  private static final int CHAP = PppProtocol.CHAP;
  private static final int PAP = PppProtocol.PAP;
  private static final ByteString SECRET = LinkPair.CREDENTIAL.secret();
  private static final ByteString NAME = LinkPair.CREDENTIAL.nameBytes();
  private static final String CHALLENGE = "10" + "00112233445566778899aabbccddeeff" + "62726173";
  private static final ByteString VALUE = ByteString.ofHex("00112233445566778899aabbccddeeff");

  private static ScriptedPeer caller(String demand) {
    return new ScriptedPeer(LinkPair.callerConfig()).openLcp(demand);
  }

  private static ScriptedPeer chapCaller() {
    return caller("0305c22305");
  }

  private static ScriptedPeer server(AuthenticationProtocol protocol) {
    return server(LinkPair.serverConfig().withDemanded(List.of(protocol)));
  }

  private static ScriptedPeer server(PppConfig config) {
    return new ScriptedPeer(config).openLcp("");
  }

  private static ByteString text(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ChapPacket.Challenge challenge(ScriptedPeer server) {
    try {
      return (ChapPacket.Challenge) ChapPacket.of(server.last(CHAP, ChapPacket.CHALLENGE).packet());
    } catch (MalformedPacketException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static void respond(ScriptedPeer server, ByteString secret, ByteString name) {
    ChapPacket.Challenge challenge = challenge(server);
    ByteString value = ChapPacket.response(challenge.identifier(), secret, challenge.value());
    server.give(
        CHAP, new ChapPacket.Response(challenge.identifier(), value, name).toControlPacket());
  }

  // ---- we prove ourselves by CHAP

  @Test
  void aChallengeIsAnsweredWithTheHashOfTheSecret() {
    ScriptedPeer peer = chapCaller();
    assertEquals(PppPhase.AUTHENTICATE, peer.link.phase());
    peer.give(CHAP, 1, 33, CHALLENGE);
    assertEquals(
        new ChapPacket.Response(33, ChapPacket.response(33, SECRET, VALUE), NAME).toControlPacket(),
        peer.last(CHAP, 2).packet());
    assertEquals("bras", peer.snapshot().peerName());
    peer.give(CHAP, 3, 33, "6869");
    assertEquals(
        List.of(new PppOutput.ProofAccepted("hi")), peer.all(PppOutput.ProofAccepted.class));
    assertEquals(PppPhase.NETWORK, peer.link.phase());
    assertEquals(1, peer.count(PppProtocol.IPCP, 1));
  }

  @Test
  void repliesWithAnotherIdentifierAndOnesTooEarlyAreDropped() {
    ScriptedPeer peer = chapCaller();
    peer.give(CHAP, 3, 33, "").give(CHAP, 4, 33, "");
    peer.give(CHAP, 1, 33, CHALLENGE).give(CHAP, 3, 34, "").give(CHAP, 4, 32, "");
    assertEquals(4, peer.dropped(PppDropReason.UNEXPECTED_IDENTIFIER));
    assertEquals(PppPhase.AUTHENTICATE, peer.link.phase());
    peer.give(CHAP, 3, 33, "").give(CHAP, 3, 33, "").give(CHAP, 4, 33, "");
    assertEquals(6, peer.dropped(PppDropReason.UNEXPECTED_IDENTIFIER));
    assertEquals(PppPhase.NETWORK, peer.link.phase());
  }

  @Test
  void aResponseIsRepeatedUntilItIsAnswered() {
    ScriptedPeer peer = chapCaller();
    peer.give(CHAP, 1, 33, CHALLENGE).run(7 * ScriptedPeer.SECOND);
    assertEquals(3, peer.count(CHAP, 2));
    peer.give(CHAP, 3, 33, "").run(7 * ScriptedPeer.SECOND);
    assertEquals(3, peer.count(CHAP, 2));
  }

  @Test
  void aFailureEndsTheLinkWithWhatThePeerSays() {
    ScriptedPeer peer = chapCaller();
    peer.give(CHAP, 1, 33, CHALLENGE);
    peer.give(CHAP, 4, 33, text("no\u0007way" + "!".repeat(300)));
    assertEquals(PppPhase.TERMINATE, peer.link.phase());
    peer.run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.PROOF_REFUSED, peer.ended().reason());
    assertTrue(peer.ended().detail().startsWith("no.way!!"));
    assertEquals(128, peer.ended().detail().length());
  }

  @Test
  void aFailureThatIsLostIsSeenByTheEnd() {
    ScriptedPeer peer = chapCaller();
    peer.give(CHAP, 1, 33, CHALLENGE).give(PppProtocol.LCP, 5, 9, text("bad"));
    peer.run(3 * ScriptedPeer.SECOND);
    assertEquals(new PppOutput.Ended(PppEnd.PROOF_REFUSED, "bad"), peer.ended());
  }

  @Test
  void challengesOnTheOpenLinkAreAnsweredAndAFailureEndsIt() {
    ScriptedPeer peer = chapCaller();
    peer.give(CHAP, 1, 33, CHALLENGE).give(CHAP, 3, 33, "").openIpcp();
    peer.give(CHAP, 1, 34, CHALLENGE);
    assertEquals(34, peer.last(CHAP, 2).packet().identifier());
    peer.give(CHAP, 3, 34, "");
    assertEquals(1, peer.all(PppOutput.ProofAccepted.class).size());
    assertTrue(peer.link.isIpv4Up());
    peer.give(CHAP, 1, 35, CHALLENGE).give(CHAP, 4, 35, "");
    peer.run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.PROOF_REFUSED, peer.ended().reason());
  }

  @Test
  void withoutAChallengeThePhaseEnds() {
    ScriptedPeer peer = chapCaller().run(60 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.AUTHENTICATION_TIMEOUT, peer.ended().reason());
  }

  @Test
  void whatIsNotNegotiatedIsNotDone() {
    ScriptedPeer peer = caller("");
    peer.give(CHAP, 1, 33, CHALLENGE).give(PAP, 1, 1, "01610162");
    peer.give(CHAP, 2, 33, CHALLENGE);
    assertEquals(3, peer.dropped(PppDropReason.WRONG_PHASE));
    assertEquals(0, peer.count(CHAP, 2));
    assertEquals(0, peer.count(PAP, 3));
  }

  @Test
  void networkPacketsBeforeTheProofAreDropped() {
    ScriptedPeer peer = chapCaller();
    peer.give(PppProtocol.IPCP, 1, 1, "0306640101fe").give(0x80fd, 1, 1, "");
    assertEquals(2, peer.dropped(PppDropReason.WRONG_PHASE));
    assertEquals(0, peer.count(PppProtocol.LCP, 8));
  }

  @Test
  void ourOwnChallengeIsNotAnswered() {
    PppConfig both =
        LinkPair.callerConfig()
            .withAuthenticator("both", LinkPair.users()::get)
            .withDemanded(List.of(AuthenticationProtocol.CHAP_MD5));
    ScriptedPeer peer = new ScriptedPeer(both).openLcp("0305c22305");
    ChapPacket.Challenge ours = challenge(peer);
    peer.give(CHAP, ours.toControlPacket());
    assertEquals(1, peer.dropped(PppDropReason.REFLECTED));
    assertEquals(0, peer.count(CHAP, 2));
    peer.give(CHAP, 1, 33, CHALLENGE);
    assertEquals(1, peer.count(CHAP, 2));
    peer.give(CHAP, 3, 33, "");
    assertEquals(PppPhase.AUTHENTICATE, peer.link.phase(), "the peer has proved nothing yet");
    respond(peer, SECRET, NAME);
    assertEquals(PppPhase.NETWORK, peer.link.phase());
  }

  // ---- the peer proves itself by CHAP

  @Test
  void aGoodResponseIsASuccessAndRepeatedAsOne() {
    ScriptedPeer server = server(AuthenticationProtocol.CHAP_MD5);
    assertEquals(text("bras"), challenge(server).name());
    respond(server, SECRET, NAME);
    assertEquals(PppPhase.NETWORK, server.link.phase());
    assertEquals("cisco@cisco.com", server.snapshot().peerName());
    respond(server, text("wrong"), NAME);
    assertEquals(2, server.count(CHAP, 3), "the same reply, whatever the repetition says");
    assertEquals(0, server.count(CHAP, 4));
    assertEquals(1, server.all(PppOutput.PeerAuthenticated.class).size());
  }

  @Test
  void aBadResponseIsAFailureAndNoSecondIsTried() {
    for (ByteString name : List.of(NAME, text("nobody"))) {
      ScriptedPeer server = server(AuthenticationProtocol.CHAP_MD5);
      respond(server, text(name.equals(NAME) ? "wrong" : "nobody's secret"), name);
      assertEquals(1, server.count(CHAP, 4));
      respond(server, SECRET, NAME);
      assertEquals(0, server.count(CHAP, 3));
      server.run(10 * ScriptedPeer.SECOND);
      assertEquals(PppEnd.PEER_NOT_AUTHENTICATED, server.ended().reason());
      assertEquals(0, server.all(PppOutput.PeerAuthenticated.class).size());
    }
  }

  @Test
  void aResponseOfAnotherLengthIsAFailure() {
    ScriptedPeer server = server(AuthenticationProtocol.CHAP_MD5);
    ChapPacket.Challenge challenge = challenge(server);
    server.give(
        CHAP,
        new ChapPacket.Response(challenge.identifier(), ByteString.ofHex("00"), NAME)
            .toControlPacket());
    assertEquals(1, server.count(CHAP, 4));
  }

  @Test
  void eachChallengeIsNewAndTheyEnd() {
    ScriptedPeer server = server(AuthenticationProtocol.CHAP_MD5);
    ChapPacket.Challenge first = challenge(server);
    server.run(3 * ScriptedPeer.SECOND);
    ChapPacket.Challenge second = challenge(server);
    assertNotEquals(first.identifier(), second.identifier());
    assertNotEquals(first.value(), second.value());
    ByteString value = ChapPacket.response(first.identifier(), SECRET, first.value());
    server.give(CHAP, new ChapPacket.Response(first.identifier(), value, NAME).toControlPacket());
    assertEquals(1, server.dropped(PppDropReason.UNEXPECTED_IDENTIFIER));
    server.run(60 * ScriptedPeer.SECOND);
    assertEquals(10, server.count(CHAP, 1));
    assertEquals(PppEnd.PEER_NOT_AUTHENTICATED, server.ended().reason());
  }

  @Test
  void theOpenLinkIsChallengedAgainAndAnotherNameIsRefused() {
    ScriptedPeer server =
        server(LinkPair.serverConfig().withChapIntervalNanos(100 * ScriptedPeer.SECOND));
    respond(server, SECRET, NAME);
    answerEchoes(server, 100);
    assertEquals(2, server.count(CHAP, 1));
    respond(server, SECRET, NAME);
    assertEquals(2, server.count(CHAP, 3));
    answerEchoes(server, 100);
    assertEquals(3, server.count(CHAP, 1));
    respond(server, text("wrong"), NAME);
    server.run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.PEER_NOT_AUTHENTICATED, server.ended().reason());
  }

  private static void answerEchoes(ScriptedPeer peer, int seconds) {
    // IPCP stays open meanwhile, so that the network phase has no end.
    if (!peer.link.isIpv4Up()) {
      peer.ackRequest(PppProtocol.IPCP);
      peer.give(PppProtocol.IPCP, 1, 1, "030664010101");
    }
    assertTrue(peer.link.isIpv4Up());
    for (int i = 0; i < seconds / 10; i++) {
      peer.run(10 * ScriptedPeer.SECOND);
      peer.give(
          PppProtocol.LCP, 10, peer.last(PppProtocol.LCP, 9).packet().identifier(), "00000042");
    }
  }

  @Test
  void aPeerThatKnowsNoChapIsNotLetIn() {
    ScriptedPeer server = server(AuthenticationProtocol.CHAP_MD5);
    server.give(PppProtocol.LCP, 8, 1, "c223").run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.PEER_NOT_AUTHENTICATED, server.ended().reason());
  }

  // ---- PAP

  @Test
  void weProveOurselvesByPap() {
    ScriptedPeer peer = caller("0304c023");
    ControlPacket first = peer.last(PAP, 1).packet();
    assertEquals(
        new PapPacket.AuthenticateRequest(first.identifier(), NAME, SECRET).toControlPacket(),
        first);
    peer.run(3 * ScriptedPeer.SECOND);
    ControlPacket second = peer.last(PAP, 1).packet();
    assertNotEquals(first.identifier(), second.identifier());
    peer.give(PAP, 2, second.identifier() + 1 & 0xff, "00");
    assertEquals(1, peer.dropped(PppDropReason.UNEXPECTED_IDENTIFIER));
    peer.give(PAP, 2, first.identifier(), "026869");
    assertEquals(PppPhase.NETWORK, peer.link.phase());
    assertEquals("hi", peer.all(PppOutput.ProofAccepted.class).get(0).message());
  }

  @Test
  void aPapNakEndsTheLink() {
    ScriptedPeer peer = caller("0304c023");
    peer.give(PAP, 3, peer.last(PAP, 1).packet().identifier(), "026e6f");
    peer.run(10 * ScriptedPeer.SECOND);
    assertEquals(new PppOutput.Ended(PppEnd.PROOF_REFUSED, "no"), peer.ended());
  }

  @Test
  void papRequestsAreBounded() {
    ScriptedPeer peer = caller("0304c023").run(39 * ScriptedPeer.SECOND);
    assertEquals(10, peer.count(PAP, 1));
    peer.run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.AUTHENTICATION_TIMEOUT, peer.ended().reason());
  }

  @Test
  void thePeerProvesItselfByPap() {
    ScriptedPeer server = server(AuthenticationProtocol.PAP);
    PapPacket good = new PapPacket.AuthenticateRequest(4, NAME, SECRET);
    PapPacket bad = new PapPacket.AuthenticateRequest(5, NAME, text("wrong"));
    server.give(PAP, good.toControlPacket()).give(PAP, bad.toControlPacket());
    assertEquals(2, server.count(PAP, 2), "the same reply, whatever the repetition says");
    assertEquals(5, server.last(PAP, 2).packet().identifier());
    assertEquals(PppPhase.NETWORK, server.link.phase());
  }

  @Test
  void aWrongPasswordIsRefusedOnce() {
    for (PapPacket bad :
        List.of(
            new PapPacket.AuthenticateRequest(5, NAME, text("wrong")),
            new PapPacket.AuthenticateRequest(5, text("nobody"), text("nobody")),
            new PapPacket.AuthenticateRequest(5, ByteString.EMPTY, ByteString.EMPTY))) {
      ScriptedPeer server = server(AuthenticationProtocol.PAP);
      server.give(PAP, bad.toControlPacket());
      assertEquals(1, server.count(PAP, 3));
      server.give(PAP, new PapPacket.AuthenticateRequest(6, NAME, SECRET).toControlPacket());
      assertEquals(0, server.count(PAP, 2));
      server.run(10 * ScriptedPeer.SECOND);
      assertEquals(PppEnd.PEER_NOT_AUTHENTICATED, server.ended().reason());
    }
  }

  // ---- both ways, and secrets

  @Test
  void aNewNegotiationDemandsTheProofAgain() {
    ScriptedPeer peer = chapCaller();
    peer.give(CHAP, 1, 33, CHALLENGE).give(CHAP, 3, 33, "").openIpcp();
    peer.give(PppProtocol.LCP, 1, 60, "0305c22305050600000099");
    assertEquals(1, peer.all(PppOutput.Ipv4Down.class).size());
    assertEquals(PppPhase.ESTABLISH, peer.link.phase());
    peer.ackRequest(PppProtocol.LCP);
    assertEquals(PppPhase.AUTHENTICATE, peer.link.phase());
    peer.give(PppProtocol.IPCP, 1, 1, "0306640101fe");
    assertEquals(1, peer.dropped(PppDropReason.WRONG_PHASE));
    peer.give(CHAP, 1, 40, CHALLENGE).give(CHAP, 3, 40, "").openIpcp();
    assertEquals(0, peer.all(PppOutput.Ended.class).size());
    assertEquals(2, peer.all(PppOutput.ProofAccepted.class).size());
  }

  @Test
  void noOutputHasTheSecret() {
    PppConfig caller = LinkPair.callerConfig().withAccepted(List.of(AuthenticationProtocol.PAP));
    Credential credential = new Credential("me", text("s3cr3t-word"));
    caller = caller.withCredential(credential);
    PppConfig server = LinkPair.serverConfig().withDemanded(List.of(AuthenticationProtocol.PAP));
    LinkPair pair = new LinkPair(caller, server, 4).start().run(30 * LinkPair.SECOND);
    assertEquals(PppEnd.PROOF_REFUSED, pair.caller.last(PppOutput.Ended.class).reason());
    String told =
        pair.caller.outputs
            + ""
            + pair.server.outputs
            + caller
            + server
            + pair.caller.link.snapshot(pair.now);
    assertTrue(told.contains("AUTH-REQ"));
    assertFalse(told.contains("s3cr3t"));
    assertFalse(told.contains(credential.secret().toString()));
  }
}
