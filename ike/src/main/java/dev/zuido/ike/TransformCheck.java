package dev.zuido.ike;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.Transform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares transforms of the peer with what a child of ours wants (RFC 2407 section 4.5).
 *
 * @param child what we want
 * @param nat whether it goes into UDP
 * @param policy what is done about the peer's lifetimes
 * @param isAnswer whether the peer answers our offer: then nothing may be other than it was offered
 */
record TransformCheck(ChildConfig child, NatFinding nat, LifetimePolicy policy, boolean isAnswer) {
  /** What holds where an offer says nothing (RFC 2407 section 4.5). */
  private static final long DEFAULT_LIFETIME_SECONDS = 28_800;

  private static final Set<Integer> LIFETIME =
      Set.of(IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION);

  private static final Set<Integer> KNOWN =
      Set.of(
          IpsecAttribute.GROUP_DESCRIPTION,
          IpsecAttribute.ENCAPSULATION_MODE,
          IpsecAttribute.AUTHENTICATION_ALGORITHM,
          IpsecAttribute.KEY_LENGTH,
          IpsecAttribute.EXTENDED_SEQUENCE_NUMBER);

  /** The check of an offer of the peer. */
  static TransformCheck ofOffer(IsakmpSa sa, ChildConfig child) {
    return new TransformCheck(child, sa.nat(), sa.peer().config().options().lifetimes(), false);
  }

  /** The check of the peer's answer to our offer. */
  static TransformCheck ofAnswer(IsakmpSa sa, ChildConfig child) {
    return new TransformCheck(child, sa.nat(), sa.peer().config().options().lifetimes(), true);
  }

  /**
   * One transform that a child offers and accepts.
   *
   * @param suite the suite
   * @param extended whether sequence numbers have 64 bits
   */
  record Wanted(IpsecProposal suite, boolean extended) {
    /** Whether a transform is the one that the suite has; its attributes are another matter. */
    boolean isNamedBy(Proposal proposal, Transform transform) {
      return proposal.protocolId() == suite.protocolId() && transform.id() == suite.transformId();
    }
  }

  /**
   * An attribute in which a transform is not what we want.
   *
   * @param attribute its class
   * @param theirs what the peer has
   * @param ours what we have
   */
  record Difference(int attribute, String theirs, String ours) {}

  /**
   * What the child offers and accepts, in the order of preference. Behind a translator that is no
   * AH: it protects the addresses, which a translator changes.
   */
  static List<Wanted> wanted(ChildConfig child, NatFinding nat) {
    ExtendedSequenceNumbers extended = child.extendedSequenceNumbers();
    List<Wanted> wanted = new ArrayList<>();
    for (IpsecProposal suite : child.proposals()) {
      if (suite instanceof AhProposal && nat.encapsulates()) {
        continue;
      }
      if (extended != ExtendedSequenceNumbers.NONE) {
        wanted.add(new Wanted(suite, true));
      }
      if (extended != ExtendedSequenceNumbers.REQUIRED) {
        wanted.add(new Wanted(suite, false));
      }
    }
    return wanted;
  }

  /** What the child offers and accepts, in the order of preference. */
  List<Wanted> wanted() {
    return wanted(child, nat);
  }

  /** Our lifetimes. */
  Lifetimes ours() {
    return new Lifetimes(child.lifetimeSeconds(), child.lifetimeKilobytes());
  }

  /** The peer's lifetimes, or null if they make no sense. */
  static @Nullable Lifetimes lifetimes(Transform transform) {
    Lifetimes read =
        Lifetimes.decode(
            transform.attributes(), IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION);
    return read == null || read.seconds() != 0
        ? read
        : new Lifetimes(DEFAULT_LIFETIME_SECONDS, read.kilobytes());
  }

  /** The lifetimes that hold, or null if the peer's are refused. */
  @Nullable Lifetimes settled(Transform transform) {
    Lifetimes theirs = lifetimes(transform);
    return theirs == null ? null : policy.settle(theirs, ours(), isAnswer);
  }

  /** The group of a fresh Diffie-Hellman exchange that a transform asks for, or null. */
  static @Nullable DhGroup group(Transform transform) {
    long number = number(transform, IpsecAttribute.GROUP_DESCRIPTION);
    return number <= 0 ? null : DhGroup.ofAttribute(number).orElse(null);
  }

  /** Whether a transform of the peer is one that we want. */
  boolean fits(Wanted wanted, Proposal proposal, Transform transform) {
    return wanted.isNamedBy(proposal, transform) && differences(wanted, transform).isEmpty();
  }

  /** The attributes in which a transform is not what we want. */
  List<Difference> differences(Wanted wanted, Transform transform) {
    List<Difference> different = new ArrayList<>();
    if (!nat.isRightMode(number(transform, IpsecAttribute.ENCAPSULATION_MODE), child.mode())) {
      different.add(
          difference(
              transform, IpsecAttribute.ENCAPSULATION_MODE, nat.attributeValue(child.mode())));
    }
    compare(
        transform,
        IpsecAttribute.AUTHENTICATION_ALGORITHM,
        wanted.suite.authenticationAttribute(),
        different);
    compare(transform, IpsecAttribute.KEY_LENGTH, wanted.suite.keyLengthAttribute(), different);
    compare(
        transform,
        IpsecAttribute.EXTENDED_SEQUENCE_NUMBER,
        wanted.extended ? IpsecAttribute.SequenceNumber.BITS_64 : 0,
        different);
    if (!isRightGroup(transform)) {
      DhGroup ours = child.pfsGroup();
      different.add(
          difference(
              transform,
              IpsecAttribute.GROUP_DESCRIPTION,
              ours == null ? 0 : ours.attributeValue()));
    }
    if (settled(transform) == null) {
      Lifetimes theirs = lifetimes(transform);
      different.add(
          new Difference(
              IpsecAttribute.SA_LIFE_DURATION,
              theirs == null ? "nonsense" : theirs.toString(),
              ours() + " with the policy " + policy));
    }
    addUnknown(transform, different);
    return different;
  }

  /** An initiator insists on what it has offered; a responder without PFS accepts any group. */
  private boolean isRightGroup(Transform transform) {
    long number = number(transform, IpsecAttribute.GROUP_DESCRIPTION);
    DhGroup theirs = group(transform);
    boolean known = number == 0 || theirs != null;
    boolean anyGroup = child.pfsGroup() == null && !isAnswer;
    return known && (anyGroup || child.pfsGroup() == theirs);
  }

  private static void compare(Transform transform, int type, int ours, List<Difference> different) {
    if (number(transform, type) != ours) {
      different.add(difference(transform, type, ours));
    }
  }

  private static Difference difference(Transform transform, int type, int ours) {
    DataAttribute theirs = transform.attribute(type).orElse(null);
    return new Difference(
        type,
        theirs == null ? "none" : PhaseTwoText.value(theirs),
        ours == 0 ? "none" : PhaseTwoText.value(DataAttribute.of(type, ours)));
  }

  /** Attributes that we do not understand, and such that are given twice and differ. */
  private static void addUnknown(Transform transform, List<Difference> different) {
    Map<Integer, Long> seen = new HashMap<>();
    for (DataAttribute attribute : transform.attributes()) {
      if (LIFETIME.contains(attribute.type())) {
        continue;
      }
      long value = attribute.number().orElse(-1);
      Long before = seen.put(attribute.type(), value);
      if (!KNOWN.contains(attribute.type())) {
        different.add(
            new Difference(
                attribute.type(), PhaseTwoText.value(attribute), "nothing, it is not known here"));
      } else if (before != null && before != value) {
        different.add(
            new Difference(attribute.type(), "two values", PhaseTwoText.value(attribute)));
      }
    }
  }

  /**
   * An attribute's number: 0 if it is absent. What is there and no number, or the reserved 0, is -1
   * and equal to nothing: a key length of 0 is not the same as none.
   */
  private static long number(Transform transform, int type) {
    if (transform.attribute(type).isEmpty()) {
      return 0;
    }
    long number = transform.number(type).orElse(-1);
    return number == 0 ? -1 : number;
  }

  /**
   * Whether an SA payload has a value of the attribute for sequence numbers that does not exist,
   * which ends the negotiation (RFC 4304 section 3).
   */
  static boolean mustAbort(List<Proposal> proposals) {
    for (Proposal proposal : proposals) {
      for (Transform transform : proposal.transforms()) {
        for (DataAttribute attribute : transform.attributes()) {
          if (attribute.type() == IpsecAttribute.EXTENDED_SEQUENCE_NUMBER
              && attribute.number().orElse(-1) != IpsecAttribute.SequenceNumber.BITS_64) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
