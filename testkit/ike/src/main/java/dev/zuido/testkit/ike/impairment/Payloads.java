package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The payloads that a scripted peer sends. */
final class Payloads {
  private static final long LIFETIME_SECONDS = 86_400;

  private Payloads() {}

  /** Phase 1's offer: one transform. */
  static SecurityAssociation phaseOneOffer(ScriptConfig config) {
    List<DataAttribute> attributes = new ArrayList<>();
    attributes.add(
        DataAttribute.of(PhaseOneAttribute.ENCRYPTION_ALGORITHM, config.cipher().attributeValue()));
    if (config.cipher().keyLengthAttribute() != 0) {
      attributes.add(
          DataAttribute.of(PhaseOneAttribute.KEY_LENGTH, config.cipher().keyLengthAttribute()));
    }
    attributes.add(
        DataAttribute.of(PhaseOneAttribute.HASH_ALGORITHM, config.hash().attributeValue()));
    attributes.add(
        DataAttribute.of(PhaseOneAttribute.GROUP_DESCRIPTION, config.group().attributeValue()));
    attributes.add(
        DataAttribute.of(
            PhaseOneAttribute.AUTHENTICATION_METHOD,
            PhaseOneAttribute.Authentication.PRE_SHARED_KEY));
    attributes.add(
        DataAttribute.of(PhaseOneAttribute.LIFE_TYPE, PhaseOneAttribute.LifeType.SECONDS));
    attributes.add(DataAttribute.of(PhaseOneAttribute.LIFE_DURATION, LIFETIME_SECONDS));
    return SecurityAssociation.of(
        List.of(
            new Proposal(
                1,
                ProtocolId.ISAKMP,
                ByteString.EMPTY,
                List.of(new Transform(1, TransformId.KEY_IKE, attributes)))));
  }

  /** Phase 1's answer to an offer: the transform that is the configured one, or empty. */
  static Optional<SecurityAssociation> phaseOneAnswer(
      ScriptConfig config, SecurityAssociation offer) {
    for (Proposal proposal : offer.proposals()) {
      for (Transform transform : proposal.transforms()) {
        if (fits(config, transform)) {
          return Optional.of(
              SecurityAssociation.of(
                  List.of(
                      new Proposal(
                          proposal.number(),
                          proposal.protocolId(),
                          proposal.spi(),
                          List.of(transform)))));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean fits(ScriptConfig config, Transform transform) {
    return number(transform, PhaseOneAttribute.ENCRYPTION_ALGORITHM)
            == config.cipher().attributeValue()
        && number(transform, PhaseOneAttribute.KEY_LENGTH) == config.cipher().keyLengthAttribute()
        && number(transform, PhaseOneAttribute.HASH_ALGORITHM) == config.hash().attributeValue()
        && number(transform, PhaseOneAttribute.GROUP_DESCRIPTION) == config.group().attributeValue()
        && number(transform, PhaseOneAttribute.AUTHENTICATION_METHOD)
            == PhaseOneAttribute.Authentication.PRE_SHARED_KEY;
  }

  private static long number(Transform transform, int type) {
    return transform.number(type).orElse(0);
  }

  /** Quick mode's offer. */
  static SecurityAssociation phaseTwoOffer(ScriptedChild child, ByteString spi) {
    return SecurityAssociation.of(
        List.of(new Proposal(1, ProtocolId.ESP, spi, List.of(child.transform()))));
  }

  /** Quick mode's answer: the first transform of the first proposal, with our SPI. */
  static SecurityAssociation phaseTwoAnswer(SecurityAssociation offer, ByteString spi) {
    Proposal proposal = offer.proposals().get(0);
    return SecurityAssociation.of(
        List.of(
            new Proposal(
                proposal.number(),
                proposal.protocolId(),
                spi,
                proposal.transforms().subList(0, Math.min(1, proposal.transforms().size())))));
  }

  /** A probe of dead peer detection, or its answer. */
  static Notification probe(int type, Cookie initiator, Cookie responder, int sequence) {
    byte[] data = new byte[4];
    BigEndian.putInt(data, 0, sequence);
    return new Notification(
        SecurityAssociation.DOI_IPSEC,
        ProtocolId.ISAKMP,
        type,
        cookies(initiator, responder),
        ByteString.of(data));
  }

  /** INITIAL-CONTACT under a draft's cookies. */
  static Notification initialContact(MessageDraft draft) {
    return new Notification(
        SecurityAssociation.DOI_IPSEC,
        ProtocolId.ISAKMP,
        NotifyType.INITIAL_CONTACT,
        cookies(draft.initiatorCookie(), draft.responderCookie()),
        ByteString.EMPTY);
  }

  /** The deletion of an ESP SA by the SPI that its sender receives with. */
  static Delete deleteChild(ByteString spi) {
    return new Delete(SecurityAssociation.DOI_IPSEC, ProtocolId.ESP, spi.length(), List.of(spi));
  }

  /** The deletion of an ISAKMP SA. */
  static Delete deletePhaseOne(Cookie initiator, Cookie responder) {
    return new Delete(
        SecurityAssociation.DOI_IPSEC,
        ProtocolId.ISAKMP,
        2 * Cookie.LENGTH,
        List.of(cookies(initiator, responder)));
  }

  private static ByteString cookies(Cookie initiator, Cookie responder) {
    byte[] bytes = new byte[2 * Cookie.LENGTH];
    BigEndian.putLong(bytes, 0, initiator.value());
    BigEndian.putLong(bytes, Cookie.LENGTH, responder.value());
    return ByteString.of(bytes);
  }
}
