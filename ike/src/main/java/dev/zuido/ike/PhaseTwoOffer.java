package dev.zuido.ike;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Quick mode's SA payload: what we offer, and what we choose of an offer (RFC 2408 section 4.2, RFC
 * 2407 section 4.5).
 *
 * <p>An offer is a list of alternatives; an alternative of several protocols wants all of them at
 * once. We want one protocol, ESP or AH, and so choose among the alternatives that have one.
 */
final class PhaseTwoOffer {
  private static final int SPI_BYTES = 4;

  /** SPIs below are reserved (RFC 4303 section 2.1). */
  private static final int MIN_SPI = 256;

  private PhaseTwoOffer() {}

  /**
   * What both sides agreed on.
   *
   * @param suite the suite
   * @param extendedSequenceNumbers whether sequence numbers have 64 bits
   * @param peerSpi the SPI that the peer wants to receive with
   * @param group the group of the fresh Diffie-Hellman exchange, or null without PFS
   * @param lifetimeSeconds the lifetime that holds
   * @param lifetimeKilobytes the same in kilobytes, 0: no limit
   * @param claimsLifetime whether the initiator is to be told the lifetimes
   * @param proposalNumber the number of the chosen proposal
   * @param transform the chosen transform as the initiator sent it
   */
  record Agreed(
      IpsecProposal suite,
      boolean extendedSequenceNumbers,
      int peerSpi,
      @Nullable DhGroup group,
      long lifetimeSeconds,
      long lifetimeKilobytes,
      boolean claimsLifetime,
      int proposalNumber,
      Transform transform) {
    Lifetimes lifetimes() {
      return new Lifetimes(lifetimeSeconds, lifetimeKilobytes);
    }

    /** The same with what RESPONDER-LIFETIME has told, where that is shorter. */
    Agreed shortenedTo(Lifetimes told) {
      Lifetimes shorter = lifetimes().shorter(told);
      return new Agreed(
          suite,
          extendedSequenceNumbers,
          peerSpi,
          group,
          shorter.seconds(),
          shorter.kilobytes(),
          claimsLifetime,
          proposalNumber,
          transform);
    }
  }

  /**
   * Our offer: the child's suites in their order. Those of one protocol that follow each other are
   * the transforms of one proposal, and each proposal is an alternative with the same SPI.
   *
   * @param child a child that has something to offer, see {@link TransformCheck#wanted}
   */
  static SecurityAssociation offer(ChildConfig child, NatFinding nat, int spi) {
    List<Proposal> proposals = new ArrayList<>();
    List<Transform> transforms = new ArrayList<>();
    int protocol = 0;
    for (TransformCheck.Wanted wanted : TransformCheck.wanted(child, nat)) {
      if (!transforms.isEmpty() && wanted.suite().protocolId() != protocol) {
        proposals.add(new Proposal(proposals.size() + 1, protocol, spiBytes(spi), transforms));
        transforms.clear();
      }
      protocol = wanted.suite().protocolId();
      transforms.add(
          new Transform(
              transforms.size() + 1, wanted.suite().transformId(), attributes(child, nat, wanted)));
    }
    proposals.add(new Proposal(proposals.size() + 1, protocol, spiBytes(spi), transforms));
    return SecurityAssociation.of(proposals);
  }

  /** The answer to an offer: the chosen transform unaltered, with our SPI. */
  static SecurityAssociation answer(Agreed agreed, int spi) {
    return SecurityAssociation.of(
        List.of(
            new Proposal(
                agreed.proposalNumber(),
                agreed.suite().protocolId(),
                spiBytes(spi),
                List.of(agreed.transform()))));
  }

  private static List<DataAttribute> attributes(
      ChildConfig child, NatFinding nat, TransformCheck.Wanted wanted) {
    List<DataAttribute> attributes = new ArrayList<>();
    DhGroup group = child.pfsGroup();
    add(attributes, IpsecAttribute.GROUP_DESCRIPTION, group == null ? 0 : group.attributeValue());
    add(attributes, IpsecAttribute.ENCAPSULATION_MODE, nat.attributeValue(child.mode()));
    attributes.addAll(
        new Lifetimes(child.lifetimeSeconds(), child.lifetimeKilobytes())
            .encode(IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION));
    IpsecProposal suite = wanted.suite();
    add(attributes, IpsecAttribute.AUTHENTICATION_ALGORITHM, suite.authenticationAttribute());
    add(attributes, IpsecAttribute.KEY_LENGTH, suite.keyLengthAttribute());
    add(
        attributes,
        IpsecAttribute.EXTENDED_SEQUENCE_NUMBER,
        wanted.extended() ? IpsecAttribute.SequenceNumber.BITS_64 : 0);
    return attributes;
  }

  private static void add(List<DataAttribute> attributes, int type, int value) {
    if (value != 0) {
      attributes.add(DataAttribute.of(type, value));
    }
  }

  /** Chooses from an offer: what we like best of what the peer offers. */
  static Optional<Agreed> choose(TransformCheck check, SecurityAssociation offer) {
    if (TransformCheck.mustAbort(offer.proposals())) {
      return Optional.empty();
    }
    for (TransformCheck.Wanted wanted : check.wanted()) {
      for (List<Proposal> alternative : offer.alternatives()) {
        Proposal proposal = alternative.get(0);
        if (alternative.size() != 1 || spiError(proposal) != null) {
          continue;
        }
        for (Transform transform : proposal.transforms()) {
          if (check.fits(wanted, proposal, transform)) {
            return Optional.of(agreed(check, wanted, proposal, transform));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The same for the peer's answer to our offer, which is one transform that we have offered. */
  static Optional<Agreed> confirm(TransformCheck check, SecurityAssociation answer) {
    boolean single =
        answer.proposals().size() == 1 && answer.proposals().get(0).transforms().size() == 1;
    return single ? choose(check, answer) : Optional.empty();
  }

  private static Agreed agreed(
      TransformCheck check, TransformCheck.Wanted wanted, Proposal proposal, Transform transform) {
    Lifetimes theirs = TransformCheck.lifetimes(transform);
    Lifetimes settled = check.settled(transform);
    if (theirs == null || settled == null) {
      throw new AssertionError("a transform that fits has lifetimes");
    }
    return new Agreed(
        wanted.suite(),
        wanted.extended(),
        spiOf(proposal.spi()),
        TransformCheck.group(transform),
        settled.seconds(),
        settled.kilobytes(),
        !check.isAnswer() && check.policy().claims(theirs, check.ours()),
        proposal.number(),
        transform);
  }

  /** What is wrong with a proposal's SPI, or null. */
  static @Nullable String spiError(Proposal proposal) {
    if (proposal.spi().length() != SPI_BYTES) {
      return "an SPI of " + proposal.spi().length() + " bytes, where it has to have four";
    }
    return Integer.compareUnsigned(spiOf(proposal.spi()), MIN_SPI) < 0
        ? "the SPI " + Integer.toUnsignedString(spiOf(proposal.spi())) + ", which is reserved"
        : null;
  }

  /** Says what the peer offered, what is configured, and where the two are closest. */
  static String explain(TransformCheck check, SecurityAssociation offer) {
    return PhaseTwoText.explain(check, offer);
  }

  /** The protocol that an error about an offer names. */
  static int protocolOf(SecurityAssociation offer) {
    return offer.proposals().isEmpty() ? ProtocolId.ESP : offer.proposals().get(0).protocolId();
  }

  /** The SPI that an error about an offer or an answer names; 0 if it has none of four bytes. */
  static int firstSpi(SecurityAssociation sa) {
    boolean named = !sa.proposals().isEmpty() && sa.proposals().get(0).spi().length() == SPI_BYTES;
    return named ? spiOf(sa.proposals().get(0).spi()) : 0;
  }

  /** An SPI as ISAKMP carries it. */
  static ByteString spiBytes(int spi) {
    byte[] bytes = new byte[SPI_BYTES];
    BigEndian.putInt(bytes, 0, spi);
    return ByteString.of(bytes);
  }

  /** The SPI of four bytes. */
  static int spiOf(ByteString spi) {
    return BigEndian.getInt(spi.toArray(), 0);
  }
}
