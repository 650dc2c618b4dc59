package dev.zuido.ike.message;

import java.util.ArrayList;
import java.util.List;

/** SA payloads for a person: a line for each proposal and each transform. */
final class SaText {
  private static final int MAX_TRANSFORMS = 64;

  private SaText() {}

  static List<String> of(SecurityAssociation sa) {
    List<String> lines = new ArrayList<>();
    String situation = MessageText.situation(sa.situation());
    lines.add(
        "SA: DOI "
            + doi(sa.doi())
            + ", situation "
            + (situation.isEmpty() ? "none" : situation)
            + ", "
            + SafeText.count(sa.proposals().size(), "proposal"));
    int shown = 0;
    for (Proposal proposal : sa.proposals()) {
      lines.add("  " + of(proposal));
      for (Transform transform : proposal.transforms()) {
        if (shown++ < MAX_TRANSFORMS) {
          lines.add("    " + of(proposal.protocolId(), transform));
        }
      }
    }
    if (shown > MAX_TRANSFORMS) {
      lines.add("    and " + SafeText.count(shown - MAX_TRANSFORMS, "more transform"));
    }
    return lines;
  }

  private static String of(Proposal proposal) {
    String spi = MessageText.spi(proposal.protocolId(), proposal.spi());
    return "proposal "
        + proposal.number()
        + ": "
        + MessageText.numbered("protocol ", ProtocolId.nameOf(proposal.protocolId()))
        + ", "
        + (spi.isEmpty() ? "no SPI" : spi)
        + ", "
        + SafeText.count(proposal.transforms().size(), "transform");
  }

  private static String of(int protocolId, Transform transform) {
    String attributes = AttributeText.of(protocolId, transform.attributes());
    return "transform "
        + transform.number()
        + ": "
        + MessageText.numbered("number ", TransformId.nameOf(protocolId, transform.id()))
        + (attributes.isEmpty() ? "" : ", " + attributes);
  }

  /** A domain of interpretation by name, or its number. */
  static String doi(long doi) {
    if (doi == SecurityAssociation.DOI_IPSEC) {
      return "IPSEC";
    }
    return doi == SecurityAssociation.DOI_ISAKMP ? "ISAKMP" : Long.toString(doi);
  }
}
