package dev.zuido.ike;

import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Phase 1's SA payload: what we offer, and what we choose of an offer (RFC 2409 section 5). */
final class PhaseOneOffer {
  private static final int AES_DEFAULT_BITS = 128;

  /** Of a long offer so many transforms are told. */
  private static final int MAX_EXPLAINED = 8;

  private static final Set<Integer> KNOWN =
      Set.of(
          PhaseOneAttribute.ENCRYPTION_ALGORITHM,
          PhaseOneAttribute.HASH_ALGORITHM,
          PhaseOneAttribute.AUTHENTICATION_METHOD,
          PhaseOneAttribute.GROUP_DESCRIPTION,
          PhaseOneAttribute.LIFE_TYPE,
          PhaseOneAttribute.LIFE_DURATION,
          PhaseOneAttribute.KEY_LENGTH);

  private PhaseOneOffer() {}

  /** What the peer's answer to our offer has chosen; empty if that is not one thing of it. */
  static Optional<Agreed> confirm(
      List<IkeProposal> offered, LifetimePolicy policy, SecurityAssociation answer) {
    boolean single =
        answer.proposals().size() == 1 && answer.proposals().get(0).transforms().size() == 1;
    return single ? choose(offered, policy, true, answer) : Optional.empty();
  }

  /**
   * What both sides agreed on.
   *
   * @param proposal our proposal
   * @param lifetimeSeconds the lifetime that holds
   * @param claimsLifetime whether the initiator is to be told the lifetime
   * @param chosen the proposal that the initiator sent, with the chosen transform alone
   */
  record Agreed(
      IkeProposal proposal, long lifetimeSeconds, boolean claimsLifetime, Proposal chosen) {
    /** Whether the sides prove themselves by signatures. */
    boolean isSigned() {
      return proposal.authentication() == AuthenticationMethod.RSA_SIGNATURES;
    }

    /** The same with what RESPONDER-LIFETIME has told, where that is shorter. */
    Agreed shortenedTo(long toldSeconds) {
      return new Agreed(
          proposal, Lifetimes.shorter(lifetimeSeconds, toldSeconds), claimsLifetime, chosen);
    }

    /** The answer: the chosen transform unaltered. */
    SecurityAssociation answer() {
      return SecurityAssociation.of(List.of(chosen));
    }
  }

  /** Our offer: one proposal whose transforms are ours in order. */
  static SecurityAssociation offer(List<IkeProposal> proposals) {
    List<Transform> transforms = new ArrayList<>();
    for (IkeProposal proposal : proposals) {
      transforms.add(
          new Transform(transforms.size() + 1, TransformId.KEY_IKE, attributes(proposal)));
    }
    return SecurityAssociation.of(
        List.of(new Proposal(1, ProtocolId.ISAKMP, ByteString.EMPTY, transforms)));
  }

  /**
   * What aggressive mode can offer: its first message carries a public value already, so that only
   * proposals with the first one's group are left.
   */
  static List<IkeProposal> ofOneGroup(List<IkeProposal> proposals) {
    return proposals.stream()
        .filter(proposal -> proposal.group() == proposals.get(0).group())
        .toList();
  }

  /** What a first message of aggressive mode allows: proposals with the group of its KE payload. */
  static List<IkeProposal> ofLength(List<IkeProposal> proposals, int publicLength) {
    return proposals.stream()
        .filter(proposal -> proposal.group().publicLength() == publicLength)
        .toList();
  }

  private static List<DataAttribute> attributes(IkeProposal proposal) {
    List<DataAttribute> attributes = new ArrayList<>();
    attributes.add(
        DataAttribute.of(
            PhaseOneAttribute.ENCRYPTION_ALGORITHM, proposal.cipher().attributeValue()));
    if (proposal.cipher().keyLengthAttribute() != 0) {
      attributes.add(
          DataAttribute.of(PhaseOneAttribute.KEY_LENGTH, proposal.cipher().keyLengthAttribute()));
    }
    attributes.add(
        DataAttribute.of(PhaseOneAttribute.HASH_ALGORITHM, proposal.hash().attributeValue()));
    attributes.add(
        DataAttribute.of(PhaseOneAttribute.GROUP_DESCRIPTION, proposal.group().attributeValue()));
    attributes.add(
        DataAttribute.of(
            PhaseOneAttribute.AUTHENTICATION_METHOD, proposal.authentication().attributeValue()));
    attributes.addAll(
        new Lifetimes(proposal.lifetimeSeconds(), 0)
            .encode(PhaseOneAttribute.LIFE_TYPE, PhaseOneAttribute.LIFE_DURATION));
    return attributes;
  }

  /**
   * Chooses from an offer: our first proposal that the peer offers. Also checks the peer's answer
   * to our offer, which is an offer of one transform.
   */
  static Optional<Agreed> choose(
      List<IkeProposal> ours, LifetimePolicy policy, boolean isAnswer, SecurityAssociation offer) {
    for (IkeProposal proposal : ours) {
      for (Proposal offered : offer.proposals()) {
        if (offered.protocolId() != ProtocolId.ISAKMP) {
          continue;
        }
        for (Transform transform : offered.transforms()) {
          Lifetimes theirs = match(proposal, transform);
          Lifetimes own = new Lifetimes(proposal.lifetimeSeconds(), 0);
          Lifetimes settled = theirs == null ? null : policy.settle(theirs, own, isAnswer);
          if (theirs != null && settled != null) {
            Proposal chosen =
                new Proposal(
                    offered.number(), ProtocolId.ISAKMP, offered.spi(), List.of(transform));
            boolean claims = !isAnswer && policy.claims(theirs, own);
            return Optional.of(new Agreed(proposal, settled.seconds(), claims, chosen));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static @Nullable Lifetimes match(IkeProposal proposal, Transform transform) {
    if (!differences(proposal, transform).isEmpty() || !isKnown(transform)) {
      return null;
    }
    Lifetimes read =
        Lifetimes.decode(
            transform.attributes(), PhaseOneAttribute.LIFE_TYPE, PhaseOneAttribute.LIFE_DURATION);
    // An ISAKMP SA never carries so much that kilobytes would matter.
    return read == null ? null : new Lifetimes(read.seconds(), 0);
  }

  /** The attributes in which a transform is not what a proposal of ours wants. */
  private static List<Integer> differences(IkeProposal proposal, Transform transform) {
    List<Integer> different = new ArrayList<>();
    IkeCipher cipher = proposal.cipher();
    if (transform.id() != TransformId.KEY_IKE
        || number(transform, PhaseOneAttribute.ENCRYPTION_ALGORITHM) != cipher.attributeValue()) {
      different.add(PhaseOneAttribute.ENCRYPTION_ALGORITHM);
    }
    long keyBits = number(transform, PhaseOneAttribute.KEY_LENGTH);
    int ourBits = cipher.keyLengthAttribute();
    if (keyBits != ourBits && !(keyBits == 0 && ourBits == AES_DEFAULT_BITS)) {
      different.add(PhaseOneAttribute.KEY_LENGTH);
    }
    compare(
        transform, PhaseOneAttribute.HASH_ALGORITHM, proposal.hash().attributeValue(), different);
    compare(
        transform,
        PhaseOneAttribute.AUTHENTICATION_METHOD,
        proposal.authentication().attributeValue(),
        different);
    compare(
        transform,
        PhaseOneAttribute.GROUP_DESCRIPTION,
        proposal.group().attributeValue(),
        different);
    return different;
  }

  private static void compare(Transform transform, int type, int ours, List<Integer> different) {
    if (number(transform, type) != ours) {
      different.add(type);
    }
  }

  /** Whether every attribute is one that we understand, and none but the lifetimes comes twice. */
  private static boolean isKnown(Transform transform) {
    Set<Integer> seen = new HashSet<>();
    for (DataAttribute attribute : transform.attributes()) {
      boolean lifetime =
          attribute.type() == PhaseOneAttribute.LIFE_TYPE
              || attribute.type() == PhaseOneAttribute.LIFE_DURATION;
      if (!KNOWN.contains(attribute.type()) || (!seen.add(attribute.type()) && !lifetime)) {
        return false;
      }
    }
    return true;
  }

  /** An attribute's number: 0 if it is absent; what is there and no number, or 0, is -1. */
  private static long number(Transform transform, int type) {
    if (transform.attribute(type).isEmpty()) {
      return 0;
    }
    long number = transform.number(type).orElse(-1);
    return number == 0 ? -1 : number;
  }

  /** Says what the peer offered, what is configured, and where the two are closest. */
  static String explain(List<IkeProposal> ours, SecurityAssociation offer) {
    List<String> offered = new ArrayList<>();
    String closest = "";
    int fewest = Integer.MAX_VALUE;
    for (Proposal proposal : offer.proposals()) {
      for (Transform transform : proposal.transforms()) {
        if (offered.size() == MAX_EXPLAINED) {
          break;
        }
        offered.add(describe(transform));
        for (IkeProposal own : ours) {
          List<Integer> different = differences(own, transform);
          if (different.size() < fewest) {
            fewest = different.size();
            closest = difference(own, transform, different);
          }
        }
      }
    }
    return "the peer offered " + offered + ", configured is " + ours + closest + refusals(offer);
  }

  /** What is refused of an offer whatever is configured. */
  private static String refusals(SecurityAssociation offer) {
    Set<String> refused = new LinkedHashSet<>();
    for (Proposal proposal : offer.proposals()) {
      for (Transform transform : proposal.transforms()) {
        if (refused.size() < MAX_EXPLAINED) {
          AuthenticationMethod.refusal(number(transform, PhaseOneAttribute.AUTHENTICATION_METHOD))
              .ifPresent(refused::add);
        }
      }
    }
    return refused.isEmpty() ? "" : "; " + String.join("; ", refused);
  }

  private static String difference(IkeProposal own, Transform transform, List<Integer> different) {
    if (different.isEmpty()) {
      return "; what differs is an attribute that is not understood here, or the lifetime, which"
          + " the configured policy does not accept";
    }
    List<String> names = different.stream().map(PhaseOneAttribute::nameOf).toList();
    return "; "
        + describe(transform)
        + " and "
        + own
        + " differ in "
        + String.join(", ", names)
        + ": make it the same on both sides";
  }

  private static String describe(Transform transform) {
    List<String> parts = new ArrayList<>();
    for (DataAttribute attribute : transform.attributes()) {
      int value = (int) attribute.number().orElse(-1);
      parts.add(
          switch (attribute.type()) {
            case PhaseOneAttribute.ENCRYPTION_ALGORITHM ->
                PhaseOneAttribute.Encryption.nameOf(value);
            case PhaseOneAttribute.HASH_ALGORITHM -> PhaseOneAttribute.HashAlgorithm.nameOf(value);
            case PhaseOneAttribute.AUTHENTICATION_METHOD ->
                PhaseOneAttribute.Authentication.nameOf(value);
            case PhaseOneAttribute.GROUP_DESCRIPTION -> "group " + value;
            case PhaseOneAttribute.KEY_LENGTH -> value + " bits";
            case PhaseOneAttribute.LIFE_DURATION -> "lifetime " + value;
            case PhaseOneAttribute.LIFE_TYPE -> PhaseOneAttribute.LifeType.nameOf(value);
            default -> "unsupported attribute " + PhaseOneAttribute.nameOf(attribute.type());
          });
    }
    return String.join(" ", parts);
  }
}
