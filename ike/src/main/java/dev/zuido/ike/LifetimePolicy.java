package dev.zuido.ike;

/** What a responder does when the initiator's lifetime is not its own. */
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
  EXACT
}
