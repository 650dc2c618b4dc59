package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quick mode with a peer that knows the keys and says what it likes. */
class QuickModePeersTest {
  static final int SPI = 0x1234_5678;
  private static final EspProposal AES = QuickModeOffersTest.AES;
  private static final AhProposal AH = QuickModeOffersTest.AH;

  static Identification host(Ipv4Address address) {
    return Identification.of(address, IpProtocol.GRE, 0);
  }

  private static SecurityAssociation offer(IpsecProposal... suites) {
    return QuickModeOffersTest.offerOf(suites);
  }

  private static SecurityAssociation offer() {
    return offer(Site.TRIPLE_DES_MD5);
  }

  static Nonce nonce(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return new Nonce(ByteString.of(bytes));
  }

  private static Site siteB() {
    return new Site("b", Site.config(false), 3);
  }

  private static Site siteB(IpsecProposal suite, DhGroup pfs) {
    return new Site(
        "b",
        Site.config(
            false,
            p -> {
              ChildConfig c = p.children().get(0);
              return HandshakeTest.withChild(
                  p,
                  new ChildConfig(
                      c.name(), c.local(), c.remote(), c.mode(), List.of(suite), pfs, 3_600, 0));
            }),
        3);
  }

  /** Nothing is left of a quick mode that was refused, and the ISAKMP SA is as before. */
  private static void assertRefused(Site b, RawPeer peer, String notify, String reason) {
    assertEquals(List.of(notify), peer.errors());
    assertTrue(b.lastFailure().contains(reason), b.lastFailure());
    assertTrue(b.installed.isEmpty() && b.spis.isEmpty() && b.pairs().isEmpty());
    assertEquals("QM_IDLE", b.phaseOnes().get(0).state());
    RawPeer.Quick good = peer.begin(offer(), nonce(16), host(Site.A), host(Site.B));
    if (good.answer != null) {
      good.confirm();
      assertEquals(1, b.pairs().size(), "the next one goes well");
    }
  }

  @Test
  void aQuickModeOfThreeMessages() {
    Site b = siteB();
    RawPeer peer = RawPeer.initiate(b);
    RawPeer.Quick quick = peer.begin(offer(), nonce(16), host(Site.A), host(Site.B));
    assertNotNull(quick.answer, b::lastFailure);
    assertEquals(1, b.sas(Direction.INBOUND).size());
    assertEquals(0, b.sas(Direction.OUTBOUND).size());
    quick.confirm();
    assertEquals(SPI, b.sas(Direction.OUTBOUND).get(0).spi());
  }

  @Test
  void withoutIdentitiesTheAddressesAreMeant() {
    Site b =
        new Site(
            "b",
            Site.config(
                false,
                p ->
                    HandshakeTest.withChild(
                        p,
                        ChildConfig.of(
                            "gre",
                            TrafficSelector.host(Site.B, 0),
                            TrafficSelector.host(Site.A, 0),
                            EncapsulationMode.TRANSPORT,
                            List.of(Site.TRIPLE_DES_MD5)))),
            3);
    RawPeer peer = RawPeer.initiate(b);
    RawPeer.Quick quick = peer.begin(offer(), nonce(16));
    assertNotNull(quick.answer, b::lastFailure);
    assertTrue(quick.answer.payloads(Identification.class).isEmpty());
    quick.confirm();
    assertEquals(TrafficSelector.host(Site.A, 0), b.pairs().get(0).remote());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 31, 64, 255, 256})
  void noncesOfEveryAllowedLength(int length) {
    Site b = siteB();
    RawPeer.Quick quick =
        RawPeer.initiate(b).begin(offer(), nonce(length), host(Site.A), host(Site.B));
    assertNotNull(quick.answer, b::lastFailure);
    quick.confirm();
    assertEquals(1, b.pairs().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 257, 1_000})
  void noncesOfOtherLengthsAreDropped(int length) {
    Site b = siteB();
    RawPeer peer = RawPeer.initiate(b);
    assertNull(peer.begin(offer(), nonce(length), host(Site.A), host(Site.B)).answer);
    assertDropped(b, DropReason.BAD_PAYLOADS);
    Site a = new Site("a", Site.config(true), 3);
    RawPeer.Quick quick = RawPeer.answer(a).awaitQuickMode();
    quick.answer(
        QuickModeAnswersTest.ids(quick, QuickModeAnswersTest.chosen(quick), nonce(length)));
    assertDropped(a, DropReason.BAD_PAYLOADS);
    assertTrue(a.installed.isEmpty());
  }

  private static void assertDropped(Site site, DropReason reason) {
    assertEquals(1L, site.engine.counters().dropped().get(reason));
    assertTrue(site.pairs().isEmpty());
  }

  /** What carries the exchange's own matter comes once, or in a pair, or the message is dropped. */
  @Test
  void duplicatedAndMissingPayloadsAreDropped() {
    List<Payload> right = List.of(offer(), nonce(16), host(Site.A), host(Site.B));
    List<List<Payload>> wrong = new ArrayList<>();
    for (Payload twice : right) {
      List<Payload> more = new ArrayList<>(right);
      more.add(twice);
      wrong.add(more);
      List<Payload> less = new ArrayList<>(right);
      less.remove(twice);
      wrong.add(less);
    }
    KeyExchange key = new KeyExchange(ByteString.of(new byte[128]));
    List<Payload> keys = new ArrayList<>(right);
    keys.add(key);
    keys.add(key);
    wrong.add(keys);
    List<Payload> hash = new ArrayList<>(right);
    hash.add(new Hash(ByteString.of(new byte[16])));
    wrong.add(hash);
    for (List<Payload> payloads : wrong) {
      Site b = siteB();
      RawPeer peer = RawPeer.initiate(b);
      assertNull(peer.begin(payloads.toArray(new Payload[0])).answer);
      assertDropped(b, DropReason.BAD_PAYLOADS);
      assertTrue(peer.errors().isEmpty());
    }
  }

  @Test
  void aKeyExchangeThatNoProposalAsksFor() {
    Site b = siteB();
    RawPeer peer = RawPeer.initiate(b);
    peer.begin(
        offer(),
        nonce(16),
        new KeyExchange(DhGroup.MODP_1024.generate(new TestRandom(1)).publicValue()),
        host(Site.A),
        host(Site.B));
    assertRefused(b, peer, "INVALID-KEY-INFORMATION", "its proposal has no PFS group");
  }

  private static SecurityAssociation withGroup(int group) {
    Proposal proposal = offer(AES).proposals().get(0);
    Transform transform = proposal.transforms().get(0);
    List<DataAttribute> attributes = new ArrayList<>(transform.attributes());
    attributes.add(DataAttribute.of(IpsecAttribute.GROUP_DESCRIPTION, group));
    return SecurityAssociation.of(
        List.of(
            new Proposal(
                1,
                proposal.protocolId(),
                proposal.spi(),
                List.of(new Transform(1, transform.id(), attributes)))));
  }

  @Test
  void aProposalWithPfsAndNoKeyExchange() {
    Site b = siteB(AES, null);
    RawPeer peer = RawPeer.initiate(b);
    peer.begin(withGroup(14), nonce(16), host(Site.A), host(Site.B));
    assertRefused(b, peer, "INVALID-KEY-INFORMATION", "no KE payload goes with it");
  }

  @Test
  void aKeyExchangeOfAnotherGroup() {
    Site b = siteB(AES, null);
    RawPeer peer = RawPeer.initiate(b);
    peer.begin(
        withGroup(14),
        nonce(16),
        new KeyExchange(DhGroup.MODP_1024.generate(new TestRandom(1)).publicValue()),
        host(Site.A),
        host(Site.B));
    assertRefused(b, peer, "INVALID-KEY-INFORMATION", "the peer's KE has another length");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void publicValuesThatAreNotAllowed(int value) {
    Site b = siteB(AES, DhGroup.MODP_2048);
    RawPeer peer = RawPeer.initiate(b);
    byte[] bytes = new byte[256];
    bytes[255] = (byte) value;
    peer.begin(
        withGroup(14),
        nonce(16),
        new KeyExchange(ByteString.of(bytes)),
        host(Site.A),
        host(Site.B));
    assertRefused(b, peer, "INVALID-KEY-INFORMATION", "Diffie-Hellman value is not allowed");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 13, 25, 32, 0xffff})
  void groupsThatAreNotKnown(int group) {
    Site b = siteB(AES, null);
    RawPeer peer = RawPeer.initiate(b);
    peer.begin(withGroup(group), nonce(16), host(Site.A), host(Site.B));
    assertRefused(b, peer, "NO-PROPOSAL-CHOSEN", "Group Description");
  }

  /** The compression of some gateways: what can be had without it is had without it. */
  @Test
  void ipCompIsTakenOnlyWhereItIsNotNeeded() {
    Proposal esp = offer().proposals().get(0);
    Proposal compression =
        new Proposal(
            1,
            ProtocolId.IPCOMP,
            ByteString.of(new byte[] {1, 2}),
            List.of(new Transform(1, TransformId.IpComp.DEFLATE, List.of())));
    Site b = siteB();
    RawPeer peer = RawPeer.initiate(b);
    peer.begin(
        SecurityAssociation.of(List.of(esp, compression)), nonce(16), host(Site.A), host(Site.B));
    assertRefused(b, peer, "NO-PROPOSAL-CHOSEN", "IPComp (compression) is not spoken here");
    Site other = siteB();
    RawPeer.Quick quick =
        RawPeer.initiate(other)
            .begin(
                SecurityAssociation.of(
                    List.of(
                        esp,
                        compression,
                        new Proposal(2, esp.protocolId(), esp.spi(), esp.transforms()))),
                nonce(16),
                host(Site.A),
                host(Site.B));
    assertNotNull(quick.answer, other::lastFailure);
    SecurityAssociation answer = quick.answer.payload(SecurityAssociation.class).orElseThrow();
    assertEquals(2, answer.proposals().get(0).number());
    assertEquals(1, answer.proposals().size());
  }

  @Test
  void anErrorAboutAhSaysSo() {
    Site b = siteB();
    RawPeer peer = RawPeer.initiate(b);
    peer.begin(offer(AH), nonce(16), host(Site.A), host(Site.B));
    Notification error = lastNotification(peer);
    assertEquals(ProtocolId.AH, error.protocolId());
    assertEquals(PhaseTwoOffer.spiBytes(SPI), error.spi());
    assertRefused(b, peer, "NO-PROPOSAL-CHOSEN", "the peer wants PROTO_IPSEC_AH");
  }

  private static Notification lastNotification(RawPeer peer) {
    PayloadChain chain = peer.received.get(peer.received.size() - 1).chain();
    return chain.payload(Notification.class).orElseThrow();
  }

  @Test
  void aWrongSequenceNumberAttributeIsAnsweredByItsName() {
    Site b = siteB();
    RawPeer peer = RawPeer.initiate(b);
    Proposal proposal = offer().proposals().get(0);
    List<DataAttribute> attributes = new ArrayList<>(proposal.transforms().get(0).attributes());
    attributes.add(DataAttribute.of(IpsecAttribute.EXTENDED_SEQUENCE_NUMBER, 2));
    peer.begin(
        SecurityAssociation.of(
            List.of(
                new Proposal(
                    1,
                    ProtocolId.ESP,
                    proposal.spi(),
                    List.of(new Transform(1, TransformId.Esp.TRIPLE_DES, attributes))))),
        nonce(16),
        host(Site.A),
        host(Site.B));
    assertRefused(b, peer, "ATTRIBUTES-NOT-SUPPORTED", "does not exist");
  }

  /** RFC 2408 section 3.1: the flag is let be, and a person is told once. */
  @Test
  void theCommitBitIsIgnoredAndToldOnce() {
    Site b = siteB();
    RawPeer peer = RawPeer.initiate(b);
    peer.flags = IsakmpHeader.FLAG_COMMIT;
    for (int i = 0; i < 3; i++) {
      RawPeer.Quick quick = peer.begin(offer(), nonce(16), host(Site.A), host(Site.B));
      assertNotNull(quick.answer, b::lastFailure);
      quick.confirm();
    }
    assertEquals(3, b.pairs().size());
    assertEquals(
        List.of(
            "the peer sets the commit bit (nothing authenticates it): it is ignored, SAs are used as"
                + " soon as they are negotiated"),
        commitNotices(b));
    Site a = new Site("a", Site.config(true), 3);
    RawPeer answering = RawPeer.answer(a);
    RawPeer.Quick quick = answering.awaitQuickMode();
    answering.flags = IsakmpHeader.FLAG_COMMIT;
    quick.answer(QuickModeAnswersTest.ids(quick, QuickModeAnswersTest.chosen(quick), nonce(20)));
    assertEquals(1, a.pairs().size());
    assertEquals(1, commitNotices(a).size());
  }

  private static List<String> commitNotices(Site site) {
    return site.outputs(IkeOutput.Notice.class).stream()
        .map(IkeOutput.Notice::text)
        .filter(text -> text.contains("commit bit"))
        .toList();
  }

  @Test
  void theSecondMessageIsRepeatedUntilTheThirdComes() {
    Site b = siteB();
    RawPeer peer = RawPeer.initiate(b);
    RawPeer.Quick quick = peer.begin(offer(), nonce(16), host(Site.A), host(Site.B));
    long now = 0;
    for (int i = 0; i < 2; i++) {
      now = b.engine.nextDeadline();
      b.timeout(now);
    }
    assertEquals(2, b.sent.size());
    assertEquals(b.sent.get(0).bytes(), b.sent.get(1).bytes());
    b.sent.clear();
    peer.now = now;
    quick.confirm();
    b.timeout(now + 100 * Pair.SECOND);
    assertTrue(b.sent.isEmpty(), "nothing is repeated any more");
    assertEquals(1, b.pairs().size());
  }

  /** RFC 2408 section 3.14: an error names the SPI of who is told; some name their own. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aResponderIsRefusedByEitherSpi(boolean own) {
    Site b = siteB();
    RawPeer peer = RawPeer.initiate(b);
    RawPeer.Quick quick = peer.begin(offer(), nonce(16), host(Site.A), host(Site.B));
    int theirs =
        PhaseTwoOffer.firstSpi(quick.answer.payload(SecurityAssociation.class).orElseThrow());
    peer.inform(QuickMode.error(NotifyType.NO_PROPOSAL_CHOSEN, ProtocolId.ESP, own ? SPI : theirs));
    assertTrue(b.lastFailure().contains("the peer refused with NO-PROPOSAL-CHOSEN"));
    assertTrue(b.spis.isEmpty() && b.sas(Direction.INBOUND).isEmpty());
  }

  /** The initiator takes the answer back at once, and the responder repeats it no more. */
  @Test
  void anAnswerThatIsRefusedIsNotRepeated() {
    Pair pair = new Pair(6);
    pair.a.refuseInstalls = true;
    pair.a.initiate(0);
    pair.run(2 * Pair.SECOND);
    assertTrue(
        pair.b.lastFailure().contains("the peer refused with NO-PROPOSAL-CHOSEN"),
        pair.b::lastFailure);
    assertTrue(pair.b.spis.isEmpty());
    assertEquals(0, pair.b.engine.counters().retransmitted());
  }
}
