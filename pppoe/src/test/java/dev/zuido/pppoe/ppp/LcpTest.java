package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;

/** LCP against a peer whose packets are written here (RFC 1661 sections 5 and 6). */
final class LcpTest {
  private static final int LCP = PppProtocol.LCP;

  private final ScriptedPeer peer = new ScriptedPeer(LinkPair.callerConfig());

  private static ScriptedPeer server() {
    return new ScriptedPeer(LinkPair.serverConfig());
  }

  private List<ConfigurationOption> request() {
    return peer.last(LCP, ControlCode.CONFIGURE_REQUEST).options();
  }

  private static String encoded(List<ConfigurationOption> options) {
    return ConfigurationOption.encodeAll(options).toString();
  }

  private int magic() {
    return request().stream()
        .map(LcpOption::of)
        .filter(LcpOption.MagicNumber.class::isInstance)
        .map(o -> ((LcpOption.MagicNumber) o).value())
        .findAny()
        .orElse(0);
  }

  // ---- section 5: identifiers and replies

  @Test
  void anAckOfAnotherIdentifierOrOtherOptionsIsDropped() {
    ControlPacket request = peer.last(LCP, 1).packet();
    peer.give(LCP, 2, request.identifier() + 1, request.data());
    peer.give(LCP, 2, request.identifier(), "010405d4");
    peer.give(LCP, 2, request.identifier(), request.data().toString() + "0702");
    assertEquals(3, peer.dropped(PppDropReason.UNEXPECTED_IDENTIFIER));
    assertEquals(AutomatonState.REQ_SENT, peer.snapshot().lcp());
    peer.ackRequest(LCP);
    assertEquals(AutomatonState.ACK_RCVD, peer.snapshot().lcp());
    peer.ackRequest(LCP);
    assertEquals(4, peer.dropped(PppDropReason.UNEXPECTED_IDENTIFIER));
    assertEquals(AutomatonState.ACK_RCVD, peer.snapshot().lcp());
  }

  @Test
  void anOpenLinkBeginsAgainTenTimesInThreeSecondsAtMost() {
    peer.openLcp("");
    for (int i = 0; i < 20; i++) {
      peer.give(LCP, 1, 100 + i, "");
      peer.ackRequest(LCP);
    }
    assertEquals(10, peer.dropped(PppDropReason.TOO_OFTEN));
    assertEquals(11, peer.count(LCP, 1));
    assertEquals(AutomatonState.OPENED, peer.snapshot().lcp());
    peer.run(3 * LinkPair.SECOND);
    peer.give(LCP, 1, 130, "");
    assertEquals(12, peer.count(LCP, 1));
    assertEquals(AutomatonState.ACK_SENT, peer.snapshot().lcp());
  }

  @Test
  void aRejectOfWhatWasNotAskedOrInAnotherOrderIsDropped() {
    ControlPacket request = peer.last(LCP, 1).packet();
    String mru = encoded(request().subList(0, 1));
    String magic = encoded(request().subList(1, 2));
    peer.give(LCP, 4, request.identifier(), "0702");
    peer.give(LCP, 4, request.identifier(), magic + mru);
    peer.give(LCP, 4, request.identifier(), "");
    peer.give(LCP, 3, request.identifier(), "");
    peer.give(LCP, 3, request.identifier() + 1, "010405aa");
    assertEquals(5, peer.dropped(PppDropReason.UNEXPECTED_IDENTIFIER));
    assertEquals(1, peer.count(LCP, 1));
  }

  @Test
  void theIdentifierIsKeptForARepetitionAndChangedAfterAnAnswer() {
    int first = peer.last(LCP, 1).packet().identifier();
    peer.run(3 * ScriptedPeer.SECOND);
    assertEquals(2, peer.count(LCP, 1));
    assertEquals(first, peer.last(LCP, 1).packet().identifier());
    peer.nakRequest(LCP, "010405aa");
    assertNotEquals(first, peer.last(LCP, 1).packet().identifier());
  }

  @Test
  void anAckIsTheRequestAsItCame() {
    peer.give(LCP, 1, 9, "050600000042010405d4");
    assertEquals(
        new ControlPacket(2, 9, ByteString.ofHex("050600000042010405d4")),
        peer.last(LCP, 2).packet());
  }

  @Test
  void rejectsComeBeforeNaksAndKeepTheOrder() {
    peer.give(LCP, 1, 9, "0802" + "01040040" + "0506000000420702" + "0206000a0000");
    assertEquals(
        new ControlPacket(4, 9, ByteString.ofHex("080207020206000a0000")),
        peer.last(LCP, 4).packet());
    peer.give(LCP, 1, 10, "01040040050600000042");
    assertEquals(
        new ControlPacket(3, 10, ByteString.ofHex("01040080")), peer.last(LCP, 3).packet());
  }

  @Test
  void anOptionThatIsListedTwiceIsRejectedTheSecondTime() {
    peer.give(LCP, 1, 9, "010405d4050600000042010405d0");
    assertEquals(new ControlPacket(4, 9, ByteString.ofHex("010405d0")), peer.last(LCP, 4).packet());
  }

  // ---- section 6.1

  @Test
  void aSmallerMruIsTakenFromANakAndALargerIsNot() {
    peer.nakRequest(LCP, "010405ae");
    assertEquals(new LcpOption.MaximumReceiveUnit(1454), LcpOption.of(request().get(0)));
    peer.nakRequest(LCP, "010405dc");
    assertEquals(new LcpOption.MaximumReceiveUnit(1454), LcpOption.of(request().get(0)));
    peer.nakRequest(LCP, "01040010");
    assertEquals(new LcpOption.MaximumReceiveUnit(1454), LcpOption.of(request().get(0)));
    peer.ackRequest(LCP);
    assertEquals(1454, peer.snapshot().localMru());
  }

  @Test
  void aPeersMruIsTakenDownTo128AndRefusedAboveTheLimit() {
    peer.give(LCP, 1, 1, "010405dc");
    assertEquals(ByteString.ofHex("010405d4"), peer.last(LCP, 3).packet().data());
    peer.give(LCP, 1, 2, "0104007f");
    assertEquals(ByteString.ofHex("01040080"), peer.last(LCP, 3).packet().data());
    peer.give(LCP, 1, 3, "01030a");
    assertEquals(ByteString.ofHex("010405d4"), peer.last(LCP, 3).packet().data());
    peer.give(LCP, 1, 4, "01040080");
    assertEquals(4, peer.last(LCP, 2).packet().identifier());
    assertEquals(128, peer.snapshot().peerMru());
  }

  @Test
  void withoutTheOptionAnMruIs1500() {
    String mru = encoded(request().subList(0, 1));
    peer.rejectRequest(LCP, mru);
    assertEquals(1, request().size());
    peer.ackRequest(LCP).give(LCP, 1, 1, "");
    assertEquals(1500, peer.snapshot().localMru());
    assertEquals(1500, peer.link.peerMru());
  }

  // ---- section 6.2

  @Test
  void aProofThatIsNotAcceptedIsNakedWithOneThatIs() {
    peer.give(LCP, 1, 1, "0305c22381");
    assertEquals(ByteString.ofHex("0305c22305"), peer.last(LCP, 3).packet().data());
    peer.give(LCP, 1, 2, "0304c023");
    assertEquals(2, peer.last(LCP, 2).packet().identifier());
    assertEquals(AuthenticationProtocol.PAP, peer.snapshot().weProve());
  }

  @Test
  void withoutACredentialTheDemandIsRejectedAndTheEndSaysWhy() {
    PppConfig.IpcpConfig ipcp = LinkPair.callerConfig().ipcp();
    ScriptedPeer poor = new ScriptedPeer(PppConfig.caller(null, ipcp));
    for (int i = 0; i < 15; i++) {
      poor.give(LCP, 1, i, "0305c22305");
    }
    assertEquals(15, poor.count(LCP, 4));
    poor.give(LCP, 1, 16, "0305c22305").run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.PROOF_IMPOSSIBLE, poor.ended().reason());
  }

  @Test
  void aPeerThatLeavesBecauseWeHaveNoProofIsToldApart() {
    ScriptedPeer poor = new ScriptedPeer(PppConfig.caller(null, LinkPair.callerConfig().ipcp()));
    poor.give(LCP, 1, 1, "0305c22305").give(LCP, 5, 2, "").run(60 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.PROOF_IMPOSSIBLE, poor.ended().reason());
  }

  @Test
  void theServerFallsBackToTheNextProofAndThenEnds() {
    ScriptedPeer server =
        new ScriptedPeer(
            LinkPair.serverConfig()
                .withDemanded(
                    List.of(AuthenticationProtocol.CHAP_MD5, AuthenticationProtocol.PAP)));
    server.nakRequest(LCP, "0305c22381");
    assertTrue(
        server
            .last(LCP, 1)
            .options()
            .contains(LcpOption.Authentication.of(AuthenticationProtocol.PAP).toOption()));
    server.nakRequest(LCP, "0304c227").run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.PEER_NOT_AUTHENTICATED, server.ended().reason());
  }

  @Test
  void aRejectedDemandEndsTheLink() {
    ScriptedPeer server = server();
    server.rejectRequest(LCP, "0305c22305");
    assertEquals(PppPhase.TERMINATE, server.link.phase());
    server.run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.PEER_NOT_AUTHENTICATED, server.ended().reason());
    assertEquals(2, server.count(LCP, 5));
  }

  // ---- section 6.4

  @Test
  void ourOwnMagicNumberIsNakedWithAnother() {
    int ours = magic();
    peer.give(LCP, 1, 1, "0702" + encoded(List.of(new LcpOption.MagicNumber(ours).toOption())));
    LcpOption nak = LcpOption.of(peer.last(LCP, 3).options().get(0));
    assertTrue(nak instanceof LcpOption.MagicNumber n && n.value() != ours && n.value() != 0);
    assertEquals(1, peer.count(LCP, 1), "no new request until normal processing sends one");
    peer.nakRequest(LCP, "050601020304");
    assertNotEquals(ours, magic());
  }

  @Test
  void aMagicNumberOfZeroIsNaked() {
    peer.give(LCP, 1, 1, "050600000000");
    assertNotEquals(ByteString.ofHex("050600000000"), peer.last(LCP, 3).packet().data());
  }

  @Test
  void aLoopIsFoundOut() {
    for (ScriptedPeer looped : List.of(peer, server())) {
      for (int i = 0; i < looped.sent.size() && i < 100; i++) {
        ScriptedPeer.Sent sent = looped.sent.get(i);
        looped.give(sent.protocol(), sent.packet());
      }
      looped.run(10 * ScriptedPeer.SECOND);
      assertEquals(PppEnd.LOOPED_BACK, looped.ended().reason());
      assertTrue(looped.count(LCP, 1) <= 6);
    }
  }

  @Test
  void aRejectedMagicNumberIsDoneWithout() {
    peer.rejectRequest(LCP, encoded(request().subList(1, 2)));
    peer.ackRequest(LCP).give(LCP, 1, 1, "");
    assertEquals(0, peer.snapshot().localMagic());
    peer.run(10 * ScriptedPeer.SECOND);
    assertEquals(ByteString.ofHex("00000000"), peer.last(LCP, 9).packet().data());
  }

  // ---- Max-Failure and section 4.5

  @Test
  void afterMaxFailureNaksBecomeRejects() {
    for (int i = 0; i < 5; i++) {
      peer.give(LCP, 1, i, "01040010");
    }
    assertEquals(5, peer.count(LCP, 3));
    peer.give(LCP, 1, 6, "01040010");
    assertEquals(5, peer.count(LCP, 3));
    assertEquals(ByteString.ofHex("01040010"), peer.last(LCP, 4).packet().data());
    peer.give(LCP, 1, 7, "").give(LCP, 1, 8, "01040010");
    assertEquals(6, peer.count(LCP, 3), "an Ack has begun the count anew");
  }

  @Test
  void naksWithoutEndAreNoNegotiation() {
    for (int i = 0; i < 100; i++) {
      peer.nakRequest(LCP, "010405dc");
    }
    assertEquals(16, peer.count(LCP, 1));
    peer.run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.NO_AGREEMENT, peer.ended().reason());
  }

  @Test
  void aPeerThatDoesNotAnswerIsGivenUp() {
    peer.run(31 * ScriptedPeer.SECOND);
    assertEquals(10, peer.count(LCP, 1));
    assertEquals(PppEnd.NO_ANSWER, peer.ended().reason());
    assertEquals(AutomatonState.STOPPED, peer.snapshot().lcp());
    peer.link.lowerDown(peer.now);
    peer.link.lowerUp(peer.now);
    peer.drain();
    assertEquals(11, peer.count(LCP, 1));
    assertEquals(1, peer.all(PppOutput.Ended.class).size());
  }
}
