package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Main mode and quick mode between two engines, message by message. */
class HandshakeTest {
  @Test
  void nineMessagesMakeAPair() {
    Pair pair = new Pair(1);
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertEquals(
        List.of(
            "> main mode 1/6 [SA, VID Dead Peer Detection, VID FRAGMENTATION 80000000,"
                + " VID NAT-T (RFC 3947), VID draft-ietf-ipsec-nat-t-ike-02\\n]",
            "< main mode 2/6 [SA, VID Dead Peer Detection, VID FRAGMENTATION 80000000,"
                + " VID NAT-T (RFC 3947)]",
            "> main mode 3/6 [KE, NONCE, NAT-D, NAT-D]",
            "< main mode 4/6 [KE, NONCE, NAT-D, NAT-D]",
            "> main mode 5/6 [ID 100.1.1.1, HASH, N INITIAL-CONTACT]",
            "< main mode 6/6 [ID 200.1.1.1, HASH, N INITIAL-CONTACT]",
            "> quick mode 1/3 [HASH, SA, NONCE, ID 100.1.1.1 gre, ID 200.1.1.1 gre]",
            "< quick mode 2/3 [HASH, SA, NONCE, ID 100.1.1.1 gre, ID 200.1.1.1 gre]",
            "> quick mode 3/3 [HASH]"),
        pair.a.trace());
    assertEquals(9, pair.b.trace().size());
    assertTrue(pair.usable());
    assertEquals(1, pair.a.keys(Direction.OUTBOUND).size());
    assertEquals(pair.a.keys(Direction.OUTBOUND), pair.b.keys(Direction.INBOUND));
    assertEquals(pair.b.keys(Direction.OUTBOUND), pair.a.keys(Direction.INBOUND));
    assertEquals("QM_IDLE", pair.a.phaseOnes().get(0).state());
    assertEquals(1, pair.a.phaseOnes().size());
    assertEquals(1, pair.b.phaseOnes().size());
    assertEquals(0, dropped(pair.a) + dropped(pair.b));
  }

  /** Both want the same, and one is a little later: it lets the other's exchanges be. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6, 7})
  void whoIsBeingCalledDoesNotCallBack(int messages) {
    Pair pair = new Pair(1);
    pair.a.initiate(0);
    while (pair.b.trace().size() < messages) {
      pair.run(Pair.SECOND / 10_000);
    }
    pair.b.initiate(pair.now);
    pair.run(3 * Pair.SECOND);
    assertTrue(pair.usable());
    assertEquals(9, pair.b.trace().size(), () -> "" + pair.b.trace());
    assertEquals(1, pair.b.pairs().size());
  }

  /** A first message that nobody follows up keeps us from calling for a second, not longer. */
  @Test
  void aForgedFirstMessageDelaysOurOwnByASecondAtMost() {
    Pair pair = new Pair(1);
    pair.a.initiate(0);
    while (pair.b.trace().isEmpty()) {
      pair.run(Pair.SECOND / 10_000);
    }
    pair.lose = datagram -> true;
    pair.b.initiate(pair.now);
    pair.run(Pair.SECOND - 1);
    assertEquals(2, pair.b.trace().size(), () -> "" + pair.b.trace());
    pair.run(1);
    assertEquals(
        "> main mode 1/6 [SA, VID Dead Peer Detection, VID FRAGMENTATION 80000000,"
            + " VID NAT-T (RFC 3947), VID draft-ietf-ipsec-nat-t-ike-02\\n]",
        pair.b.trace().get(2));
  }

  @Test
  void theInboundSaIsInstalledBeforeTheMessageThatInvitesTraffic() {
    Pair pair = new Pair(2);
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(position(pair.b, Direction.INBOUND) < sentAt(pair.b, 2));
    assertTrue(position(pair.a, Direction.INBOUND) < sentAt(pair.a, 3));
    assertTrue(position(pair.a, Direction.OUTBOUND) > sentAt(pair.a, 3));
  }

  private static int position(Site site, Direction direction) {
    for (int i = 0; i < site.outputs.size(); i++) {
      if (site.outputs.get(i) instanceof IkeOutput.InstallSa install
          && install.sa().direction() == direction) {
        return i;
      }
    }
    throw new AssertionError("nothing was installed " + direction);
  }

  private static int sentAt(Site site, int number) {
    for (int i = 0; i < site.outputs.size(); i++) {
      if (site.outputs.get(i) instanceof IkeOutput.MessageSent sent
          && sent.message().exchange() == IkeOutput.ExchangeName.QUICK_MODE
          && sent.message().number() == number) {
        return i;
      }
    }
    throw new AssertionError("quick mode " + number + " was not sent");
  }

  @Test
  void perfectForwardSecrecyAndOtherSuites() {
    EspProposal gcm = new EspProposal(EspEncryption.AES_GCM_16, 256, EspIntegrity.NONE);
    Pair pair =
        new Pair(
            3,
            Site.config(true, p -> withPfs(p, DhGroup.CURVE_25519, gcm)),
            Site.config(false, p -> withPfs(p, DhGroup.CURVE_25519, gcm)));
    pair.b.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
    assertTrue(pair.b.trace().get(6).contains("KE"), pair.b.trace().toString());
    assertEquals(gcm, pair.a.pairs().get(0).suite());
  }

  static PeerConfig withPfs(PeerConfig peer, DhGroup group, EspProposal suite) {
    ChildConfig child = peer.children().get(0);
    return withChild(
        peer,
        new ChildConfig(
            child.name(),
            child.local(),
            child.remote(),
            child.mode(),
            List.of(suite),
            group,
            child.lifetimeSeconds(),
            child.lifetimeKilobytes()));
  }

  static PeerConfig withChild(PeerConfig peer, ChildConfig child) {
    return peer.withChildren(child);
  }

  static PeerConfig withProposals(PeerConfig peer, List<IkeProposal> proposals, DpdConfig dpd) {
    return peer.toBuilder().proposals(proposals).dpd(dpd).build();
  }

  @Test
  void theFirstProposalOfTheResponderIsChosen() {
    IkeProposal strong =
        IkeProposal.preShared(IkeCipher.AES_256_CBC, IkeHash.SHA2_256, DhGroup.CURVE_25519);
    Pair pair =
        new Pair(
            4,
            Site.config(true, p -> withProposals(p, List.of(Site.CISCO, strong), p.dpd())),
            Site.config(false, p -> withProposals(p, List.of(strong, Site.CISCO), p.dpd())));
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertEquals(strong.toString(), pair.a.phaseOnes().get(0).proposal());
    assertTrue(pair.usable());
  }

  @Test
  void aWrongKeyIsNamedAsTheProbableCause() {
    Pair pair =
        new Pair(
            5,
            Site.config(true),
            Site.config(
                false,
                p ->
                    PeerConfig.siteToSite(
                        p.name(),
                        Site.B,
                        Site.A,
                        Site.secret("kisco"),
                        p.proposals(),
                        p.dpd(),
                        p.children())));
    pair.a.initiate(0);
    pair.run(300 * Pair.SECOND);
    assertTrue(pair.a.lastFailure().contains("pre-shared key"), pair.a.lastFailure());
    assertTrue(pair.b.lastFailure().contains("pre-shared key"), pair.b.lastFailure());
    assertNothingLeft(pair);
  }

  /** What some gateways answer the fifth message with if they cannot read it. */
  @Test
  void anAnswerUnderOtherKeysIsNamedAtOnceAndOnce() {
    Pair pair = new Pair(5);
    pair.a.initiate(0);
    List<ByteString> sent = new ArrayList<>();
    pair.lose =
        datagram -> {
          boolean encrypted = (datagram.bytes().toArray()[19] & 1) != 0;
          if (encrypted && datagram.from().address().equals(Site.A)) {
            sent.add(datagram.bytes());
          }
          return encrypted;
        };
    pair.run(Pair.SECOND);
    byte[] answer = Arrays.copyOf(sent.get(0).toArray(), 28 + 64);
    answer[16] = 8; // HASH
    answer[18] = 5; // informational
    answer[20] = 1; // some message ID
    answer[27] = (byte) answer.length;
    answer[26] = 0;
    for (int i = 0; i < 3; i++) {
      answer[23]++;
      pair.a.receive(
          new Site.Datagram(
              Endpoint.isakmp(Site.B), Endpoint.isakmp(Site.A), ByteString.of(answer)),
          pair.now);
    }
    List<String> notices =
        pair.a.outputs(IkeOutput.Notice.class).stream().map(IkeOutput.Notice::text).toList();
    assertEquals(1, notices.size(), notices::toString);
    assertTrue(notices.get(0).contains("the pre-shared key probably differs"), notices.get(0));
    pair.lose = datagram -> false;
    pair.run(10 * Pair.SECOND);
    assertTrue(pair.usable(), "nothing that is not authenticated ends the exchange");
  }

  @Test
  void whereTheKeyProbablyDiffersANewExchangeFindsOutSoon() {
    Pair pair = new Pair(5);
    List<ByteString> sent = new ArrayList<>();
    pair.lose =
        datagram -> {
          boolean encrypted = (datagram.bytes().toArray()[19] & 1) != 0;
          if (encrypted && datagram.from().address().equals(Site.A)) {
            sent.add(datagram.bytes());
          }
          return encrypted;
        };
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    byte[] answer = Arrays.copyOf(sent.get(0).toArray(), 28 + 64);
    answer[16] = 8; // HASH
    answer[18] = 5; // informational
    answer[20] = 1; // some message ID
    answer[26] = 0;
    answer[27] = (byte) answer.length;
    pair.a.receive(
        new Site.Datagram(Endpoint.isakmp(Site.B), Endpoint.isakmp(Site.A), ByteString.of(answer)),
        pair.now);
    pair.run(15 * Pair.SECOND);
    assertEquals(2, sent.size(), "sent once more");
    assertTrue(pair.a.lastFailure().contains("pre-shared key"), pair.a.lastFailure());
  }

  @Test
  void noCommonPhaseOneProposalNamesBothOffers() {
    IkeProposal other =
        IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA1, DhGroup.MODP_2048);
    Pair pair =
        new Pair(
            6,
            Site.config(true),
            Site.config(false, p -> withProposals(p, List.of(other), p.dpd())));
    pair.a.initiate(0);
    pair.run(300 * Pair.SECOND);
    assertTrue(pair.b.lastFailure().contains("3DES-CBC MD5"), pair.b.lastFailure());
    assertTrue(pair.b.lastFailure().contains("AES_128_CBC"), pair.b.lastFailure());
    assertTrue(pair.a.lastFailure().contains("NO-PROPOSAL-CHOSEN"), pair.a.lastFailure());
    assertNothingLeft(pair);
  }

  @Test
  void mismatchedSelectorsNameBothSides() {
    Pair pair =
        new Pair(
            7,
            Site.config(true),
            Site.config(
                false,
                p ->
                    withChild(
                        p,
                        ChildConfig.of(
                            "gre",
                            TrafficSelector.host(Site.B, IpProtocol.GRE),
                            TrafficSelector.host(Ipv4Address.of(100, 1, 1, 2), IpProtocol.GRE),
                            EncapsulationMode.TRANSPORT,
                            List.of(Site.TRIPLE_DES_MD5)))));
    pair.a.initiate(0);
    pair.run(10 * Pair.SECOND);
    assertTrue(pair.b.lastFailure().contains("100.1.1.1 gre to 200.1.1.1 gre"));
    assertTrue(pair.b.lastFailure().contains("200.1.1.1 gre to 100.1.1.2 gre"));
    assertTrue(pair.a.lastFailure().contains("INVALID-ID-INFORMATION"), pair.a.lastFailure());
    assertTrue(pair.a.lastFailure().contains("100.1.1.1 gre to 200.1.1.1 gre"));
    assertTrue(pair.a.installed.isEmpty() && pair.b.installed.isEmpty());
    assertEquals(1, pair.a.phaseOnes().size());
    assertTrue(pair.a.spis.isEmpty() && pair.b.spis.isEmpty());
  }

  @Test
  void noCommonPhaseTwoProposalNamesBothOffers() {
    EspProposal gcm = new EspProposal(EspEncryption.AES_GCM_16, 128, EspIntegrity.NONE);
    Pair pair =
        new Pair(8, Site.config(true), Site.config(false, p -> withPfs(p, DhGroup.MODP_1024, gcm)));
    pair.a.initiate(0);
    pair.run(10 * Pair.SECOND);
    assertTrue(pair.b.lastFailure().contains("ESP_3DES"), pair.b.lastFailure());
    assertTrue(pair.b.lastFailure().contains("AES_GCM_16-128"), pair.b.lastFailure());
    assertTrue(pair.a.lastFailure().contains("NO-PROPOSAL-CHOSEN"), pair.a.lastFailure());
    assertTrue(pair.a.installed.isEmpty() && pair.b.installed.isEmpty());
  }

  @Test
  void aRefusedInstallEndsTheQuickMode() {
    Pair pair = new Pair(9);
    pair.b.refuseInstalls = true;
    pair.a.initiate(0);
    pair.run(10 * Pair.SECOND);
    assertTrue(pair.a.installed.isEmpty() && pair.b.installed.isEmpty());
    assertTrue(pair.b.lastFailure().contains("refused"), pair.b.lastFailure());
    assertTrue(pair.a.spis.isEmpty() && pair.b.spis.isEmpty());
  }

  @Test
  void aSilentPeerIsGivenUpAfterTheLastTry() {
    Pair pair = new Pair(10);
    pair.lose = datagram -> true;
    pair.a.initiate(0);
    pair.run(RetransmissionPolicy.DEFAULT.totalNanos() + Pair.SECOND);
    assertEquals(6, pair.a.trace().size());
    assertTrue(pair.a.lastFailure().contains("does not answer"), pair.a.lastFailure());
    assertTrue(pair.a.phaseOnes().isEmpty());
    assertEquals(IkeEngine.NO_DEADLINE, pair.a.engine.nextDeadline());
  }

  @Test
  void bothSidesInitiateAtOnce() {
    Pair pair = new Pair(11);
    pair.a.initiate(0);
    pair.b.initiate(0);
    pair.run(10 * Pair.SECOND);
    assertTrue(pair.usable());
    assertEquals(
        pair.a.phaseOnes().stream()
            .filter(IkeSnapshot.IsakmpSaView::current)
            .findAny()
            .orElseThrow()
            .initiatorCookie(),
        pair.b.phaseOnes().stream()
            .filter(IkeSnapshot.IsakmpSaView::current)
            .findAny()
            .orElseThrow()
            .initiatorCookie());
    assertEquals(current(pair.a).inboundSpi(), current(pair.b).outboundSpi());
  }

  private static IkeSnapshot.ChildSaView current(Site site) {
    return site.pairs().stream().filter(IkeSnapshot.ChildSaView::current).findAny().orElseThrow();
  }

  @Test
  void slowComputationStallsNobody() {
    Pair pair = new Pair(12);
    pair.b.holdComputing = true;
    pair.a.initiate(0);
    pair.run(20 * Pair.SECOND);
    assertEquals(1, pair.b.held.size());
    assertTrue(pair.b.engine.counters().dropped().get(DropReason.DUPLICATE) > 0);
    pair.b.holdComputing = false;
    pair.b.engine.handle(pair.b.held.get(0).run(), pair.now);
    pair.b.command(new IkeCommand.SaUsed(99), pair.now);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    Pair first = new Pair(13);
    Pair second = new Pair(13);
    for (Pair pair : List.of(first, second)) {
      pair.loss = 0.2;
      pair.a.initiate(0);
      pair.run(200 * Pair.SECOND);
    }
    assertEquals(first.a.trace(), second.a.trace());
    assertEquals(first.a.keys(Direction.INBOUND), second.a.keys(Direction.INBOUND));
    assertFalse(first.a.keys(Direction.INBOUND).equals(new Pair(14).a.keys(Direction.INBOUND)));
  }

  static void assertNothingLeft(Pair pair) {
    for (Site site : List.of(pair.a, pair.b)) {
      assertTrue(site.phaseOnes().isEmpty(), site.phaseOnes().toString());
      assertTrue(site.installed.isEmpty());
      assertTrue(site.spis.isEmpty());
    }
  }

  static long dropped(Site site) {
    return site.engine.counters().dropped().values().stream().mapToLong(Long::longValue).sum();
  }
}
