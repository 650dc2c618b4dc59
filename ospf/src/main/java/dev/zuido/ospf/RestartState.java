package dev.zuido.ospf;

/** How far the graceful restart of this router is (RFC 3623 section 2). */
public enum RestartState {
  /** None: normal operation. */
  NONE,
  /** The grace-LSAs are sent, and not all neighbors have acknowledged them (section 2.1). */
  PREPARING,
  /** The grace-LSAs are acknowledged: the software can be restarted. */
  PREPARED,
  /** The software has been restarted, and not all adjacencies are back (section 2). */
  RESTARTING
}
