package dev.zuido.ospf;

/** Why transit traffic is kept away (RFC 6987). */
public enum StubRouterReason {
  /** It is configured so. */
  ALWAYS,
  /** The router started not long ago. */
  AFTER_START,
  /** The router is about to shut down. */
  BEFORE_SHUTDOWN,
  /** LSAs are missing because the database was full. */
  DATABASE_INCOMPLETE
}
