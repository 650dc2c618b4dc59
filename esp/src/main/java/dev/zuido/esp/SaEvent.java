package dev.zuido.esp;

/**
 * What the key exchange has to hear from the {@link SecurityAssociationDatabase}.
 *
 * @param kind what happened; each kind comes at most once for an SA
 * @param policy the policy that the SA is installed under
 * @param association the SA
 */
public record SaEvent(Kind kind, SecurityPolicy policy, SecurityAssociation association) {
  /** What happened. */
  public enum Kind {
    /** The soft lifetime is over, or the sequence numbers near their end: negotiate a successor. */
    SOFT_EXPIRED,
    /** The hard lifetime is over; the SA has left the database and its keys are wiped. */
    HARD_EXPIRED
  }
}
