package dev.zuido.ike;

import org.jspecify.annotations.Nullable;

/**
 * What is done when the peer's lifetime is not our own, in seconds and in kilobytes alike (RFC 2407
 * section 4.5.4).
 *
 * <ul>
 *   <li>The initiator offers a shorter one: that holds; EXACT refuses.
 *   <li>It offers a longer one: OBEY takes it; CLAIM keeps ours and tells so; STRICT and EXACT
 *       refuse.
 *   <li>The answer to our offer has a shorter one: that holds; EXACT refuses.
 *   <li>It has a longer one: OBEY and CLAIM keep what was offered; STRICT and EXACT refuse.
 * </ul>
 *
 * <p>An answer must not alter what was offered (RFC 2409 section 5), yet some peers do it with the
 * lifetime; EXACT is for who wants such an answer refused. A unit that the peer does not mention is
 * left to us, but by EXACT. RESPONDER-LIFETIME is believed under each policy where it is shorter.
 */
public enum LifetimePolicy {
  /** The initiator's lifetime holds, whatever it is. */
  OBEY,
  /** A lifetime longer than ours is refused; a shorter one holds. */
  STRICT,
  /**
   * A shorter lifetime holds; in place of a longer one ours does, and the initiator is told by
   * RESPONDER-LIFETIME (RFC 2407 section 4.6.3.1).
   */
  CLAIM,
  /** Any other lifetime than ours is refused. */
  EXACT;

  /**
   * What holds after a peer's word, or null if it is refused.
   *
   * @param theirs what the peer offers, or answers to our offer
   * @param ours what is configured, and was offered if it is an answer
   * @param isAnswer whether we are the initiator
   */
  @Nullable Lifetimes settle(Lifetimes theirs, Lifetimes ours, boolean isAnswer) {
    if (!accepts(theirs.seconds(), ours.seconds())
        || !accepts(theirs.kilobytes(), ours.kilobytes())) {
      return null;
    }
    Lifetimes shorter = theirs.shorter(ours);
    return this != OBEY || isAnswer
        ? shorter
        : new Lifetimes(
            theirs.seconds() == 0 ? ours.seconds() : theirs.seconds(),
            theirs.kilobytes() == 0 ? ours.kilobytes() : theirs.kilobytes());
  }

  private boolean accepts(long theirs, long ours) {
    return switch (this) {
      case OBEY, CLAIM -> true;
      case STRICT -> !isLonger(theirs, ours);
      case EXACT -> theirs == ours;
    };
  }

  /** Whether the initiator is to be told that ours holds in place of what it has offered. */
  boolean claims(Lifetimes offered, Lifetimes ours) {
    return this == CLAIM
        && (isLonger(offered.seconds(), ours.seconds())
            || isLonger(offered.kilobytes(), ours.kilobytes()));
  }

  private static boolean isLonger(long theirs, long ours) {
    return theirs != 0 && ours != 0 && theirs > ours;
  }
}
