package dev.zuido.ospf;

/** What happens to a router that restarts gracefully (RFC 3623 section 2). */
public enum RestartEvent {
  /** The operator wants to restart. */
  PREPARE,
  /** All fully adjacent neighbors have acknowledged the grace-LSAs. */
  ALL_ACKNOWLEDGED,
  /** Some have not, and the time for that is over. */
  PATIENCE_OVER,
  /** The operator does not want to restart any more. */
  CANCEL,
  /** The software runs again. */
  STARTED,
  /** All adjacencies of the pre-restart LSAs are back (section 2.2, 1). */
  ADJACENCIES_BACK,
  /** An LSA contradicts the pre-restart router-LSA (section 2.2, 2). */
  INCONSISTENT_LSA,
  /** The grace period is over (section 2.2, 3). */
  GRACE_PERIOD_EXPIRED
}
