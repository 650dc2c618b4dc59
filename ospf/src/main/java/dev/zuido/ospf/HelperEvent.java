package dev.zuido.ospf;

/** What begins and ends the help for a restarting neighbor (RFC 3623 section 3). */
public enum HelperEvent {
  /** A grace-LSA came that passes the checks of section 3.1. */
  GRACE_LSA_ACCEPTED,
  /** A grace-LSA came that does not. */
  GRACE_LSA_REFUSED,
  /** The grace-LSA was flushed (section 3.2, 1). */
  GRACE_LSA_FLUSHED,
  /** The grace period is over (section 3.2, 2). */
  GRACE_PERIOD_EXPIRED,
  /** The contents of the database changed (section 3.2, 3). */
  TOPOLOGY_CHANGED,
  /** The conversation was ended by something else, such as the interface going down. */
  NEIGHBOR_LOST
}
