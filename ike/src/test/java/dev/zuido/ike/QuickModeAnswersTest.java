package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The second message of quick mode from a peer that knows the keys and says what it likes. */
class QuickModeAnswersTest {
  static SecurityAssociation chosen(RawPeer.Quick quick, DataAttribute... changed) {
    SecurityAssociation offer = quick.answer.payload(SecurityAssociation.class).orElseThrow();
    Transform transform = offer.proposals().get(0).transforms().get(0);
    List<DataAttribute> attributes = new ArrayList<>(transform.attributes());
    for (DataAttribute each : changed) {
      attributes.removeIf(
          old -> old.type() == each.type() && each.type() != IpsecAttribute.SA_LIFE_DURATION);
      attributes.add(each);
    }
    return SecurityAssociation.of(
        List.of(
            new Proposal(
                1,
                offer.proposals().get(0).protocolId(),
                PhaseTwoOffer.spiBytes(QuickModePeersTest.SPI),
                List.of(new Transform(transform.number(), transform.id(), attributes)))));
  }

  static Payload[] ids(RawPeer.Quick quick, Payload... before) {
    List<Payload> all = new ArrayList<>(List.of(before));
    all.addAll(quick.answer.payloads(Identification.class));
    return all.toArray(new Payload[0]);
  }

  private static Notification responderLifetime(
      int protocol, int spi, long seconds, long kilobytes) {
    ByteBuf data = Unpooled.buffer();
    new Lifetimes(seconds, kilobytes)
        .encode(IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION)
        .forEach(attribute -> attribute.encode(data));
    return new Notification(
        SecurityAssociation.DOI_IPSEC,
        protocol,
        NotifyType.RESPONDER_LIFETIME,
        PhaseTwoOffer.spiBytes(spi),
        ByteString.read(data, data.readableBytes()));
  }

  private static Notification withoutSpi(Notification told) {
    return new Notification(
        told.doi(), told.protocolId(), told.notifyType(), ByteString.EMPTY, told.data());
  }

  private static SaParameters answered(Payload... more) {
    Site a = new Site("a", Site.config(true), 3);
    RawPeer.Quick quick = RawPeer.answer(a).awaitQuickMode();
    List<Payload> payloads = new ArrayList<>(List.of(chosen(quick), QuickModePeersTest.nonce(20)));
    payloads.addAll(quick.answer.payloads(Identification.class));
    payloads.addAll(List.of(more));
    quick.answer(payloads.toArray(new Payload[0]));
    assertEquals(1, a.pairs().size(), a::lastFailure);
    return a.sas(Direction.INBOUND).get(0);
  }

  @Test
  void responderLifetimeInTheSecondMessageIsObeyedDownwardsAlone() {
    SaParameters plain = answered();
    assertEquals(3_600, plain.lifetimeSeconds());
    assertEquals(4_608_000, plain.lifetimeKilobytes());
    SaParameters both =
        answered(responderLifetime(ProtocolId.ESP, QuickModePeersTest.SPI, 600, 1_000));
    assertEquals(600, both.lifetimeSeconds());
    assertEquals(1_000, both.lifetimeKilobytes());
    SaParameters one =
        answered(responderLifetime(ProtocolId.ESP, QuickModePeersTest.SPI, 0, 1_000));
    assertEquals(3_600, one.lifetimeSeconds());
    assertEquals(1_000, one.lifetimeKilobytes());
    assertEquals(
        600,
        answered(withoutSpi(responderLifetime(ProtocolId.ESP, QuickModePeersTest.SPI, 600, 0)))
            .lifetimeSeconds());
    SaParameters longer =
        answered(responderLifetime(ProtocolId.ESP, QuickModePeersTest.SPI, 7_200, 9_000_000));
    assertEquals(3_600, longer.lifetimeSeconds());
    assertEquals(4_608_000, longer.lifetimeKilobytes());
    assertEquals(
        3_600,
        answered(responderLifetime(ProtocolId.ESP, QuickModePeersTest.SPI + 1, 600, 0))
            .lifetimeSeconds());
    assertEquals(
        3_600,
        answered(responderLifetime(ProtocolId.AH, QuickModePeersTest.SPI, 600, 0))
            .lifetimeSeconds());
  }

  /** Some responders alter the lifetime in their answer, which the policy judges. */
  @ParameterizedTest
  @EnumSource(LifetimePolicy.class)
  void anAnswerWithAnotherLifetime(LifetimePolicy policy) {
    for (long answered : new long[] {600, 3_600, 7_200}) {
      Site a =
          new Site(
              "a",
              Site.config(true, p -> p.withOptions(PeerOptions.DEFAULT.withLifetimes(policy))),
              3);
      RawPeer peer = RawPeer.answer(a);
      RawPeer.Quick quick = peer.awaitQuickMode();
      quick.answer(ids(quick, withLifetime(chosen(quick), answered), QuickModePeersTest.nonce(20)));
      boolean refused =
          switch (policy) {
            case OBEY, CLAIM -> false;
            case STRICT -> answered > 3_600;
            case EXACT -> answered != 3_600;
          };
      assertEquals(refused ? 0 : 1, a.pairs().size(), () -> policy + " " + a.lastFailure());
      if (refused) {
        assertEquals(List.of("BAD-PROPOSAL-SYNTAX"), peer.errors());
        assertTrue(a.lastFailure().contains("with the policy " + policy), a.lastFailure());
        assertTrue(a.spis.isEmpty());
      } else {
        assertEquals(Math.min(answered, 3_600), a.pairs().get(0).lifetimeSeconds());
      }
    }
  }

  private static SecurityAssociation withLifetime(SecurityAssociation answer, long seconds) {
    Proposal proposal = answer.proposals().get(0);
    Transform transform = proposal.transforms().get(0);
    List<DataAttribute> attributes = new ArrayList<>();
    for (DataAttribute each : transform.attributes()) {
      boolean first =
          each.type() == IpsecAttribute.SA_LIFE_DURATION
              && attributes.stream().noneMatch(old -> old.type() == each.type());
      attributes.add(first ? DataAttribute.of(each.type(), seconds) : each);
    }
    return SecurityAssociation.of(
        List.of(
            new Proposal(
                proposal.number(),
                proposal.protocolId(),
                proposal.spi(),
                List.of(new Transform(transform.number(), transform.id(), attributes)))));
  }

  @Test
  void anAnswerWithOtherKeysOrAttributesIsRefused() {
    DataAttribute[] changes = {
      DataAttribute.of(IpsecAttribute.AUTHENTICATION_ALGORITHM, 2),
      DataAttribute.of(IpsecAttribute.KEY_LENGTH, 192),
      DataAttribute.of(IpsecAttribute.ENCAPSULATION_MODE, 1),
      DataAttribute.of(IpsecAttribute.GROUP_DESCRIPTION, 2),
      DataAttribute.of(IpsecAttribute.EXTENDED_SEQUENCE_NUMBER, 1),
      DataAttribute.of(99, 1)
    };
    for (DataAttribute change : changes) {
      Site a = new Site("a", Site.config(true), 3);
      RawPeer peer = RawPeer.answer(a);
      RawPeer.Quick quick = peer.awaitQuickMode();
      quick.answer(ids(quick, chosen(quick, change), QuickModePeersTest.nonce(20)));
      assertEquals(List.of("BAD-PROPOSAL-SYNTAX"), peer.errors());
      String name = IpsecAttribute.nameOf(change.type());
      assertTrue(a.lastFailure().contains("the difference is in " + name), a.lastFailure());
      assertTrue(a.installed.isEmpty() && a.spis.isEmpty());
    }
  }

  @Test
  void anAnswerWithAKeyExchangeThatNobodyAskedFor() {
    Site a = new Site("a", Site.config(true), 3);
    RawPeer peer = RawPeer.answer(a);
    RawPeer.Quick quick = peer.awaitQuickMode();
    quick.answer(
        ids(
            quick,
            chosen(quick),
            QuickModePeersTest.nonce(20),
            new KeyExchange(DhGroup.MODP_1024.generate(new TestRandom(1)).publicValue())));
    assertEquals(List.of("INVALID-KEY-INFORMATION"), peer.errors());
    assertTrue(a.lastFailure().contains("though no PFS was offered"), a.lastFailure());
  }

  @Test
  void responderLifetimeOfAnotherIsakmpSaIsIgnored() {
    Site a = new Site("a", Site.config(true), 3);
    ByteBuf data = Unpooled.buffer();
    DataAttribute.of(11, 1).encode(data);
    DataAttribute.of(12, 7_200).encode(data);
    RawPeer.answer(
        a,
        new Notification(
            SecurityAssociation.DOI_IPSEC,
            ProtocolId.ISAKMP,
            NotifyType.RESPONDER_LIFETIME,
            ByteString.of(new byte[16]),
            ByteString.read(data, data.readableBytes())));
    assertEquals(86_400, a.phaseOnes().get(0).lifetimeSeconds());
  }
}
