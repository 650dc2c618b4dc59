package dev.zuido.ike;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Quick mode's SA payload: what we offer, and what we choose of an offer (RFC 2407 section 4.5).
 */
final class PhaseTwoOffer {
  private static final int SPI_BYTES = 4;

  /** Of a long offer so many transforms are told. */
  private static final int MAX_EXPLAINED = 8;

  /** SPIs below are reserved (RFC 4303 section 2.1). */
  private static final int MIN_SPI = 256;

  /** What holds where an offer says nothing (RFC 2407 section 4.5). */
  private static final long DEFAULT_LIFETIME_SECONDS = 28_800;

  private static final Set<Integer> KNOWN =
      Set.of(
          IpsecAttribute.SA_LIFE_TYPE,
          IpsecAttribute.SA_LIFE_DURATION,
          IpsecAttribute.GROUP_DESCRIPTION,
          IpsecAttribute.ENCAPSULATION_MODE,
          IpsecAttribute.AUTHENTICATION_ALGORITHM,
          IpsecAttribute.KEY_LENGTH);

  private PhaseTwoOffer() {}

  /**
   * What both sides agreed on.
   *
   * @param suite the suite
   * @param peerSpi the SPI that the peer wants to receive with
   * @param group the group of the fresh Diffie-Hellman exchange, or null without PFS
   * @param lifetimeSeconds the shorter of both sides'
   * @param lifetimeKilobytes the shorter of both sides', 0: no limit
   * @param proposalNumber the number of the chosen proposal
   * @param transform the chosen transform as the initiator sent it
   */
  record Agreed(
      EspProposal suite,
      int peerSpi,
      @Nullable DhGroup group,
      long lifetimeSeconds,
      long lifetimeKilobytes,
      int proposalNumber,
      Transform transform) {}

  /** Our offer: one proposal, whose transforms are the child's suites. */
  static SecurityAssociation offer(ChildConfig child, NatFinding nat, int spi) {
    List<Transform> transforms = new ArrayList<>();
    for (EspProposal suite : child.proposals()) {
      int number = transforms.size() + 1;
      transforms.add(
          new Transform(number, suite.encryption().transformId(), attributes(child, nat, suite)));
    }
    return SecurityAssociation.of(
        List.of(new Proposal(1, ProtocolId.ESP, spiBytes(spi), transforms)));
  }

  /** The answer to an offer: the chosen transform unaltered, with our SPI. */
  static SecurityAssociation answer(Agreed agreed, int spi) {
    return SecurityAssociation.of(
        List.of(
            new Proposal(
                agreed.proposalNumber(),
                ProtocolId.ESP,
                spiBytes(spi),
                List.of(agreed.transform()))));
  }

  private static List<DataAttribute> attributes(
      ChildConfig child, NatFinding nat, EspProposal suite) {
    List<DataAttribute> attributes = new ArrayList<>();
    DhGroup group = child.pfsGroup();
    if (group != null) {
      attributes.add(DataAttribute.of(IpsecAttribute.GROUP_DESCRIPTION, group.attributeValue()));
    }
    attributes.add(
        DataAttribute.of(IpsecAttribute.ENCAPSULATION_MODE, nat.attributeValue(child.mode())));
    attributes.addAll(
        new Lifetimes(child.lifetimeSeconds(), child.lifetimeKilobytes())
            .encode(IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION));
    if (suite.integrity() != EspIntegrity.NONE) {
      attributes.add(
          DataAttribute.of(
              IpsecAttribute.AUTHENTICATION_ALGORITHM, suite.integrity().attributeValue()));
    }
    if (suite.keyBits() != 0) {
      attributes.add(DataAttribute.of(IpsecAttribute.KEY_LENGTH, suite.keyBits()));
    }
    return attributes;
  }

  /**
   * Chooses from an offer: our first suite that the peer offers. Also checks the peer's answer to
   * our offer, which is an offer of one transform.
   */
  static Optional<Agreed> choose(ChildConfig child, NatFinding nat, SecurityAssociation offer) {
    for (EspProposal suite : child.proposals()) {
      for (List<Proposal> alternative : offer.alternatives()) {
        Proposal proposal = alternative.get(0);
        if (alternative.size() != 1 || !isEsp(proposal)) {
          continue;
        }
        for (Transform transform : proposal.transforms()) {
          Agreed agreed = match(child, nat, suite, proposal, transform);
          if (agreed != null) {
            return Optional.of(agreed);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isEsp(Proposal proposal) {
    return proposal.protocolId() == ProtocolId.ESP
        && proposal.spi().length() == SPI_BYTES
        && Integer.compareUnsigned(spiOf(proposal.spi()), MIN_SPI) >= 0;
  }

  private static @Nullable Agreed match(
      ChildConfig child,
      NatFinding nat,
      EspProposal suite,
      Proposal proposal,
      Transform transform) {
    Lifetimes lifetimes =
        Lifetimes.decode(
            transform.attributes(), IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION);
    if (lifetimes == null
        || !isKnown(transform)
        || transform.id() != suite.encryption().transformId()
        || !differences(child, nat, suite, transform).isEmpty()) {
      return null;
    }
    long groupNumber = number(transform, IpsecAttribute.GROUP_DESCRIPTION);
    long seconds = lifetimes.seconds() == 0 ? DEFAULT_LIFETIME_SECONDS : lifetimes.seconds();
    return new Agreed(
        suite,
        spiOf(proposal.spi()),
        groupNumber == 0 ? null : groupOf(groupNumber),
        Math.min(seconds, child.lifetimeSeconds()),
        Lifetimes.shorter(lifetimes.kilobytes(), child.lifetimeKilobytes()),
        proposal.number(),
        transform);
  }

  /** The attributes in which a transform is not what a suite of ours wants. */
  private static List<Integer> differences(
      ChildConfig child, NatFinding nat, EspProposal suite, Transform transform) {
    List<Integer> different = new ArrayList<>();
    if (!nat.isRightMode(number(transform, IpsecAttribute.ENCAPSULATION_MODE), child.mode())) {
      different.add(IpsecAttribute.ENCAPSULATION_MODE);
    }
    if (number(transform, IpsecAttribute.AUTHENTICATION_ALGORITHM)
        != suite.integrity().attributeValue()) {
      different.add(IpsecAttribute.AUTHENTICATION_ALGORITHM);
    }
    if (number(transform, IpsecAttribute.KEY_LENGTH) != suite.keyBits()) {
      different.add(IpsecAttribute.KEY_LENGTH);
    }
    long groupNumber = number(transform, IpsecAttribute.GROUP_DESCRIPTION);
    DhGroup group = groupNumber == 0 ? null : groupOf(groupNumber);
    boolean groupFits = child.pfsGroup() == null || child.pfsGroup() == group;
    if (!groupFits || (groupNumber != 0 && group == null)) {
      different.add(IpsecAttribute.GROUP_DESCRIPTION);
    }
    return different;
  }

  /** Whether every attribute is one that we understand, and none but the lifetimes comes twice. */
  private static boolean isKnown(Transform transform) {
    Set<Integer> seen = new HashSet<>();
    for (DataAttribute attribute : transform.attributes()) {
      boolean lifetime =
          attribute.type() == IpsecAttribute.SA_LIFE_TYPE
              || attribute.type() == IpsecAttribute.SA_LIFE_DURATION;
      if (!KNOWN.contains(attribute.type()) || (!seen.add(attribute.type()) && !lifetime)) {
        return false;
      }
    }
    return true;
  }

  private static long number(Transform transform, int type) {
    return transform.attribute(type).isEmpty() ? 0 : transform.number(type).orElse(-1);
  }

  private static @Nullable DhGroup groupOf(long number) {
    return DhGroup.ofAttribute(number).orElse(null);
  }

  /** Says what the peer offered, what is configured, and where the two are closest. */
  static String explain(ChildConfig child, NatFinding nat, SecurityAssociation offer) {
    List<String> offered = new ArrayList<>();
    String closest = "";
    int fewest = Integer.MAX_VALUE;
    for (Proposal proposal : offer.proposals()) {
      for (Transform transform : proposal.transforms()) {
        if (offered.size() == MAX_EXPLAINED) {
          break;
        }
        offered.add(describe(proposal.protocolId(), transform));
        for (EspProposal suite : child.proposals()) {
          List<Integer> different = differences(child, nat, suite, transform);
          boolean sameCipher = transform.id() == suite.encryption().transformId();
          if (sameCipher && different.size() < fewest) {
            fewest = different.size();
            closest = difference(suite, different);
          }
        }
      }
    }
    return "the peer offered "
        + offered
        + ", child "
        + child.name()
        + " has "
        + child.proposals()
        + " in "
        + child.mode()
        + " mode "
        + (nat.encapsulates() ? "in UDP " : "")
        + "with "
        + (child.pfsGroup() == null ? "no PFS" : "PFS " + child.pfsGroup())
        + (closest.isEmpty() ? "; no cipher is common: make it the same on both sides" : closest);
  }

  private static String difference(EspProposal suite, List<Integer> different) {
    if (different.isEmpty()) {
      return "; what differs is the lifetime, an attribute that is not understood here, or whether"
          + " the message has a KE payload for PFS";
    }
    List<String> names = different.stream().map(IpsecAttribute::nameOf).toList();
    return "; with "
        + suite
        + " the difference is in "
        + String.join(", ", names)
        + ": make it the same on both sides";
  }

  private static String describe(int protocol, Transform transform) {
    StringBuilder text = new StringBuilder(TransformId.nameOf(protocol, transform.id()));
    for (DataAttribute attribute : transform.attributes()) {
      long value = attribute.number().orElse(-1);
      switch (attribute.type()) {
        case IpsecAttribute.ENCAPSULATION_MODE ->
            text.append(' ').append(IpsecAttribute.EncapsulationMode.nameOf((int) value));
        case IpsecAttribute.AUTHENTICATION_ALGORITHM ->
            text.append(' ').append(IpsecAttribute.Authentication.nameOf((int) value));
        case IpsecAttribute.KEY_LENGTH -> text.append(' ').append(value).append(" bits");
        case IpsecAttribute.GROUP_DESCRIPTION -> text.append(" PFS group ").append(value);
        case IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION -> {}
        default ->
            text.append(" unsupported attribute ").append(IpsecAttribute.nameOf(attribute.type()));
      }
    }
    return text.toString();
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
