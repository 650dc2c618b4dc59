package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** SA payloads that offer, or answer with, what makes no sense (RFC 2408 sections 3.4 to 3.6). */
final class OfferImpairments {
  private static final int SA = PayloadType.SECURITY_ASSOCIATION;
  private static final int DOI = 0;
  private static final int SITUATION = 4;
  private static final int PROPOSAL = 8;
  private static final int SPI_SIZE = PROPOSAL + 6;
  private static final int TRANSFORMS = PROPOSAL + 7;

  private OfferImpairments() {}

  static List<MessageImpairment> all() {
    Predicate<Step> offers = step -> step.carries(SA);
    Predicate<Step> quickMode = step -> step.carries(SA) && !step.isPhaseOne();
    return List.of(
        bytes("sa-doi-zero", "the DOI is 0", offers, body -> BigEndian.putInt(body, DOI, 0)),
        bytes("sa-doi-unknown", "the DOI is 2", offers, body -> BigEndian.putInt(body, DOI, 2)),
        bytes(
            "situation-all-bits",
            "every bit of the situation is set",
            offers,
            body -> BigEndian.putInt(body, SITUATION, -1)),
        bytes(
            "situation-zero",
            "no bit of the situation is set",
            offers,
            body -> BigEndian.putInt(body, SITUATION, 0)),
        bytes("spi-size-huge", "the SPI size is 255", offers, body -> body[SPI_SIZE] = (byte) 0xff),
        bytes(
            "transform-count-long",
            "the number of transforms is one too great",
            offers,
            body -> body[TRANSFORMS]++),
        bytes(
            "transform-count-zero",
            "the number of transforms is 0",
            offers,
            body -> body[TRANSFORMS] = 0),
        proposals(
            "spi-zero", "the SPI is zero", quickMode, p -> withSpi(p, ByteString.of(new byte[4]))),
        proposals(
            "spi-reserved",
            "the SPI is 255, which is reserved",
            quickMode,
            p -> withSpi(p, ByteString.of(new byte[] {0, 0, 0, (byte) 0xff}))),
        proposals(
            "spi-empty", "the SPI has no bytes", quickMode, p -> withSpi(p, ByteString.EMPTY)),
        proposals(
            "spi-size-3",
            "the SPI has three bytes",
            quickMode,
            p -> withSpi(p, ByteString.of(new byte[] {1, 2, 3}))),
        proposals(
            "spi-size-8",
            "the SPI has eight bytes",
            quickMode,
            p -> withSpi(p, ByteString.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))),
        proposals(
            "unknown-protocol",
            "the protocol is 99",
            offers,
            p -> new Proposal(p.number(), 99, p.spi(), p.transforms())),
        proposals(
            "no-transforms",
            "the proposal has no transform",
            offers,
            p -> new Proposal(p.number(), p.protocolId(), p.spi(), List.of())),
        proposals(
            "ah-for-esp",
            "AH is proposed with the transforms of ESP",
            quickMode,
            p -> new Proposal(p.number(), ProtocolId.AH, p.spi(), p.transforms())),
        proposals(
            "many-transforms",
            "the proposal has 200 transforms that nobody knows",
            offers,
            p ->
                new Proposal(
                    p.number(),
                    p.protocolId(),
                    p.spi(),
                    Collections.nCopies(200, new Transform(1, 254, List.of())))),
        transforms(
            "unknown-transform",
            "the transform's number is 255",
            offers,
            t -> new Transform(t.number(), 255, t.attributes())),
        transforms(
            "transform-zero",
            "the transform's number is 0",
            offers,
            t -> new Transform(t.number(), 0, t.attributes())),
        transforms(
            "gmac-without-key-length",
            "the transform is AES-GMAC without a key length (CVE-2024-3652)",
            quickMode,
            t ->
                new Transform(
                    t.number(),
                    TransformId.Esp.NULL_AUTH_AES_GMAC,
                    without(
                        t, IpsecAttribute.KEY_LENGTH, IpsecAttribute.AUTHENTICATION_ALGORITHM))),
        transforms(
            "key-length-zero",
            "the key length is 0",
            quickMode,
            t -> with(t, DataAttribute.of(IpsecAttribute.KEY_LENGTH, 0))),
        transforms(
            "key-length-odd",
            "the key length is 127 bits",
            quickMode,
            t -> with(t, DataAttribute.of(IpsecAttribute.KEY_LENGTH, 127))),
        transforms(
            "no-attributes",
            "the transform has no attribute",
            offers,
            t -> new Transform(t.number(), t.id(), List.of())),
        transforms(
            "unknown-attribute",
            "an attribute of the class 30000 is added",
            offers,
            t -> with(t, DataAttribute.of(30_000, 1))),
        transforms(
            "attribute-empty",
            "a lifetime's duration has no bytes",
            offers,
            t -> with(t, new DataAttribute.Variable(lifeDuration(t), ByteString.EMPTY))),
        transforms(
            "attribute-long",
            "a lifetime's duration has 100 bytes",
            offers,
            t ->
                with(t, new DataAttribute.Variable(lifeDuration(t), ByteString.of(new byte[100])))),
        transforms(
            "attributes-twice",
            "every attribute is there twice",
            offers,
            t -> {
              List<DataAttribute> twice = new ArrayList<>(t.attributes());
              twice.addAll(t.attributes());
              return new Transform(t.number(), t.id(), twice);
            }),
        transforms(
            "group-unknown",
            "the Diffie-Hellman group is 999",
            quickMode,
            t -> with(t, DataAttribute.of(IpsecAttribute.GROUP_DESCRIPTION, 999))),
        sa(
            "no-proposals",
            "the SA payload has no proposal",
            offers,
            sa -> SecurityAssociation.of(List.of())),
        sa(
            "proposal-twice",
            "the proposal is there twice under one number: both belong together",
            offers,
            sa -> SecurityAssociation.of(List.of(sa.proposals().get(0), sa.proposals().get(0)))));
  }

  /** The class of the life duration differs between the phases. */
  private static int lifeDuration(Transform transform) {
    return transform.id() == TransformId.KEY_IKE && transform.attribute(12).isPresent() ? 12 : 2;
  }

  private static List<DataAttribute> without(Transform transform, Integer... types) {
    List<DataAttribute> left = new ArrayList<>(transform.attributes());
    left.removeIf(attribute -> List.of(types).contains(attribute.type()));
    return left;
  }

  private static Transform with(Transform transform, DataAttribute attribute) {
    List<DataAttribute> all = without(transform, attribute.type());
    all.add(attribute);
    return new Transform(transform.number(), transform.id(), all);
  }

  private static Proposal withSpi(Proposal proposal, ByteString spi) {
    return new Proposal(proposal.number(), proposal.protocolId(), spi, proposal.transforms());
  }

  private static MessageImpairment bytes(
      String name, String description, Predicate<Step> where, Consumer<byte[]> change) {
    return MessageImpairment.ofContent(
        name,
        description,
        where,
        draft ->
            draft.change(
                SA,
                payload -> {
                  byte[] body = payload.body().toArray();
                  change.accept(body);
                  return payload.withBody(body);
                }));
  }

  private static MessageImpairment sa(
      String name,
      String description,
      Predicate<Step> where,
      UnaryOperator<SecurityAssociation> change) {
    return MessageImpairment.ofContent(
        name,
        description,
        where,
        draft ->
            draft.change(SA, payload -> payload.withBody(change.apply(decode(payload)).body())));
  }

  private static MessageImpairment proposals(
      String name, String description, Predicate<Step> where, UnaryOperator<Proposal> change) {
    return sa(
        name,
        description,
        where,
        sa -> SecurityAssociation.of(sa.proposals().stream().map(change).toList()));
  }

  private static MessageImpairment transforms(
      String name, String description, Predicate<Step> where, UnaryOperator<Transform> change) {
    return proposals(
        name,
        description,
        where,
        p ->
            new Proposal(
                p.number(), p.protocolId(), p.spi(), p.transforms().stream().map(change).toList()));
  }

  private static SecurityAssociation decode(RawPayload payload) {
    try {
      return (SecurityAssociation)
          Payload.decodeBody(SA, Unpooled.wrappedBuffer(payload.body().toArray()));
    } catch (MalformedPacketException e) {
      throw new IllegalStateException("a draft's SA payload is well-formed", e);
    }
  }
}
