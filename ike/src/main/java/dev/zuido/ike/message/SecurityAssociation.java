package dev.zuido.ike.message;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Security Association payload (RFC 2408 section 3.4, RFC 2407 section 4.6.1).
 *
 * <pre>
 *                      1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !              Domain of Interpretation  (DOI)                  !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !                           Situation                           !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ~                           Proposals                           ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>Where the proposals begin depends on the situation, which only the DOI defines: an SA payload
 * of another DOI than IPsec's is refused as {@link MalformedReason#UNSUPPORTED}, and so are the
 * labels of SIT_SECRECY and SIT_INTEGRITY (RFC 2407 sections 4.2.2 and 4.2.3), with {@code "SA
 * DOI"} and {@code "SA Situation"} as the fields.
 *
 * @param doi the domain of interpretation; only {@link #DOI_IPSEC} can be decoded again
 * @param situation a bitmap (RFC 2407 section 4.2), {@link #SIT_IDENTITY_ONLY} in practice
 * @param proposals in the order of preference, at most {@link #MAX_PROPOSALS} with {@link
 *     #MAX_TRANSFORMS}
 */
public record SecurityAssociation(long doi, int situation, List<Proposal> proposals)
    implements Payload {
  /** The IPsec DOI (RFC 2407 section 6.1). */
  public static final long DOI_IPSEC = 1;

  /** The generic DOI of ISAKMP (RFC 2408 section 3.4), seen in notifications and deletes. */
  public static final long DOI_ISAKMP = 0;

  /** The situation in which only identities count. */
  public static final int SIT_IDENTITY_ONLY = 0x01;

  /** A situation with secrecy labels; not supported. */
  public static final int SIT_SECRECY = 0x02;

  /** A situation with integrity labels; not supported. */
  public static final int SIT_INTEGRITY = 0x04;

  /** The most proposals of one payload. */
  public static final int MAX_PROPOSALS = 64;

  /** The most transforms of all proposals of one payload together. */
  public static final int MAX_TRANSFORMS = 1024;

  private static final int FIXED_LENGTH = 8;

  /** Copies the list and checks that every field can be encoded. */
  public SecurityAssociation {
    Limits.unsignedInt(doi, "the DOI");
    proposals = List.copyOf(proposals);
    Limits.atMost(proposals.size(), MAX_PROPOSALS, "proposals in an SA payload");
    int length = FIXED_LENGTH;
    int transforms = 0;
    for (Proposal proposal : proposals) {
      length += proposal.encodedLength();
      transforms += proposal.transforms().size();
    }
    Limits.atMost(transforms, MAX_TRANSFORMS, "transforms in an SA payload");
    Limits.body(length, "SA payload");
  }

  /** Proposals in the IPsec DOI and the situation SIT_IDENTITY_ONLY, which is what IKE offers. */
  public static SecurityAssociation of(List<Proposal> proposals) {
    return new SecurityAssociation(DOI_IPSEC, SIT_IDENTITY_ONLY, proposals);
  }

  static SecurityAssociation decode(PayloadReader in) throws MalformedPacketException {
    long doi = in.unsignedInt("SA DOI");
    if (doi != DOI_IPSEC) {
      throw in.malformed(MalformedReason.UNSUPPORTED, "SA DOI", 4);
    }
    int situation = in.signedInt("SA Situation");
    if ((situation & (SIT_SECRECY | SIT_INTEGRITY)) != 0) {
      throw in.malformed(MalformedReason.UNSUPPORTED, "SA Situation", 4);
    }
    List<Proposal> proposals = new ArrayList<>();
    int transforms = 0;
    boolean more = in.remaining() > 0;
    while (more) {
      if (proposals.size() == MAX_PROPOSALS) {
        throw in.malformed(MalformedReason.LIMIT_EXCEEDED, "Proposals");
      }
      int next = in.unsignedByte("Proposal Next Payload");
      if (next != PayloadType.PROPOSAL && next != PayloadType.NONE) {
        throw in.malformed(MalformedReason.BAD_VALUE, "Proposal Next Payload", 1);
      }
      in.reserved(1, "Proposal RESERVED");
      Proposal proposal = Proposal.decode(PayloadChain.body(in));
      transforms += proposal.transforms().size();
      if (transforms > MAX_TRANSFORMS) {
        throw in.malformed(MalformedReason.LIMIT_EXCEEDED, "Transforms");
      }
      proposals.add(proposal);
      more = next == PayloadType.PROPOSAL;
    }
    return new SecurityAssociation(doi, situation, proposals);
  }

  @Override
  public int payloadType() {
    return PayloadType.SECURITY_ASSOCIATION;
  }

  @Override
  public int bodyLength() {
    int length = FIXED_LENGTH;
    for (Proposal proposal : proposals) {
      length += proposal.encodedLength();
    }
    return length;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt((int) doi);
    out.writeInt(situation);
    for (int i = 0; i < proposals.size(); i++) {
      proposals.get(i).encode(out, i + 1 == proposals.size());
    }
  }

  /**
   * The proposals by number, in the order in which the numbers come first: each entry is an
   * alternative, and what stands in one entry belongs together (RFC 2408 section 4.2).
   */
  public List<List<Proposal>> alternatives() {
    Map<Integer, List<Proposal>> byNumber = new LinkedHashMap<>();
    for (Proposal proposal : proposals) {
      byNumber.computeIfAbsent(proposal.number(), number -> new ArrayList<>()).add(proposal);
    }
    return byNumber.values().stream().map(List::copyOf).toList();
  }
}
