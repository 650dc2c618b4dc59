package dev.zuido.ike;

import dev.zuido.ike.TransformCheck.Difference;
import dev.zuido.ike.TransformCheck.Wanted;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Why nothing of an offer of phase 2 fits, for a person. */
final class PhaseTwoText {
  /** Of a long offer so many transforms are told. */
  private static final int MAX_EXPLAINED = 8;

  /** Why there is nothing to negotiate. */
  static final String AH_BEHIND_TRANSLATOR =
      "AH does not pass the address translator on the way to the peer: use ESP";

  private final TransformCheck check;
  private final List<String> offered = new ArrayList<>();
  private final Set<String> obstacles = new LinkedHashSet<>();
  private int told;
  private @Nullable Wanted closest;
  private List<Difference> fewest = List.of();

  private PhaseTwoText(TransformCheck check) {
    this.check = check;
  }

  /** Says what the peer offered, what is configured, and where the two are closest. */
  static String explain(TransformCheck check, SecurityAssociation offer) {
    PhaseTwoText text = new PhaseTwoText(check);
    for (List<Proposal> alternative : offer.alternatives()) {
      text.take(alternative);
    }
    return text.sentence(TransformCheck.mustAbort(offer.proposals()));
  }

  private void take(List<Proposal> alternative) {
    String obstacle = obstacle(alternative);
    if (obstacle != null) {
      obstacles.add(obstacle);
    }
    List<String> parts = new ArrayList<>();
    for (Proposal proposal : alternative) {
      for (Transform transform : proposal.transforms()) {
        if (told++ < MAX_EXPLAINED) {
          parts.add(describe(proposal.protocolId(), transform));
        }
        if (obstacle == null) {
          compare(proposal, transform);
        }
      }
    }
    if (!parts.isEmpty()) {
      offered.add(String.join(alternative.size() == 1 ? ", " : " together with ", parts));
    }
  }

  private void compare(Proposal proposal, Transform transform) {
    for (Wanted wanted : check.wanted()) {
      if (wanted.isNamedBy(proposal, transform)) {
        List<Difference> different = check.differences(wanted, transform);
        if (closest == null || different.size() < fewest.size()) {
          closest = wanted;
          fewest = different;
        }
      }
    }
  }

  /** Why none of an alternative's transforms is looked at, or null. */
  private @Nullable String obstacle(List<Proposal> alternative) {
    Set<Integer> protocols = new TreeSet<>();
    alternative.forEach(proposal -> protocols.add(proposal.protocolId()));
    if (protocols.contains(ProtocolId.IPCOMP)) {
      return "IPComp (compression) is not spoken here: switch it off at the peer, or let the peer"
          + " offer the same without it";
    }
    if (alternative.size() > 1) {
      return "several protocols for the same packets, as AH and ESP together, are not done here:"
          + " let the peer offer one of them";
    }
    Proposal proposal = alternative.get(0);
    Set<Integer> ours = new TreeSet<>();
    check.wanted().forEach(wanted -> ours.add(wanted.suite().protocolId()));
    if (proposal.protocolId() == ProtocolId.AH && check.nat().encapsulates()) {
      return AH_BEHIND_TRANSLATOR;
    }
    if (!ours.contains(proposal.protocolId())) {
      return "the peer wants "
          + ProtocolId.nameOf(proposal.protocolId())
          + ", which child "
          + check.child().name()
          + " has no proposal for";
    }
    String spiError = PhaseTwoOffer.spiError(proposal);
    return spiError == null ? null : "the peer's proposal has " + spiError;
  }

  private String sentence(boolean mustAbort) {
    ChildConfig child = check.child();
    StringBuilder text = new StringBuilder("the peer offered ");
    text.append(offered);
    if (told > MAX_EXPLAINED) {
      text.append(" and ").append(told - MAX_EXPLAINED).append(" transforms more");
    }
    text.append(", child ")
        .append(child.name())
        .append(" has ")
        .append(child.proposals())
        .append(" in ")
        .append(child.mode())
        .append(" mode ")
        .append(check.nat().encapsulates() ? "in UDP " : "")
        .append("with ")
        .append(child.pfsGroup() == null ? "no PFS" : "PFS " + child.pfsGroup());
    if (mustAbort) {
      return text.append("; a value of the attribute for extended sequence numbers does not exist")
          .toString();
    }
    if (closest != null) {
      text.append(difference(closest));
    } else if (obstacles.isEmpty()) {
      text.append("; no cipher is common: make it the same on both sides");
    }
    obstacles.forEach(obstacle -> text.append("; ").append(obstacle));
    return text.toString();
  }

  private String difference(Wanted wanted) {
    if (fewest.isEmpty()) {
      return "; what differs is whether the message has a KE payload for PFS";
    }
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Difference each : fewest) {
      names.add(IpsecAttribute.nameOf(each.attribute()));
      values.add("the peer has " + each.theirs() + " and this side " + each.ours());
    }
    return "; with "
        + wanted.suite()
        + (wanted.extended() ? " and extended sequence numbers" : "")
        + " the difference is in "
        + String.join(", ", names)
        + ": "
        + String.join(", ", values)
        + "; make it the same on both sides";
  }

  private static String describe(int protocol, Transform transform) {
    StringBuilder text = new StringBuilder(TransformId.nameOf(protocol, transform.id()));
    for (DataAttribute attribute : transform.attributes()) {
      switch (attribute.type()) {
        case IpsecAttribute.ENCAPSULATION_MODE,
            IpsecAttribute.AUTHENTICATION_ALGORITHM,
            IpsecAttribute.KEY_LENGTH ->
            text.append(' ').append(value(attribute));
        case IpsecAttribute.GROUP_DESCRIPTION -> text.append(" PFS ").append(value(attribute));
        case IpsecAttribute.EXTENDED_SEQUENCE_NUMBER ->
            text.append(" sequence numbers: ").append(value(attribute));
        case IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION -> {}
        default ->
            text.append(" unsupported attribute ").append(IpsecAttribute.nameOf(attribute.type()));
      }
    }
    return text.toString();
  }

  /** An attribute's value for a person. */
  static String value(DataAttribute attribute) {
    if (attribute.number().isEmpty()) {
      return "no number";
    }
    long value = attribute.number().getAsLong();
    if (value > Integer.MAX_VALUE) {
      return Long.toString(value);
    }
    return switch (attribute.type()) {
      case IpsecAttribute.ENCAPSULATION_MODE ->
          IpsecAttribute.EncapsulationMode.nameOf((int) value);
      case IpsecAttribute.AUTHENTICATION_ALGORITHM ->
          IpsecAttribute.Authentication.nameOf((int) value);
      case IpsecAttribute.KEY_LENGTH -> value + " bits";
      case IpsecAttribute.GROUP_DESCRIPTION -> "group " + value;
      case IpsecAttribute.EXTENDED_SEQUENCE_NUMBER ->
          IpsecAttribute.SequenceNumber.nameOf((int) value);
      default -> Long.toString(value);
    };
  }
}
