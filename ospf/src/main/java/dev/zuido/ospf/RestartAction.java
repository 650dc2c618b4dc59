package dev.zuido.ospf;

/** The actions of a router that restarts gracefully (RFC 3623 section 2). */
public enum RestartAction {
  /** Originate a grace-LSA on each interface (section 2.1). */
  ORIGINATE_GRACE_LSAS,
  /** Tell the caller that the software can be restarted. */
  TELL_PREPARED,
  /** Flush the grace-LSAs. */
  FLUSH_GRACE_LSAS,
  /** Originate nothing but grace-LSAs, and leave the routes as they are (section 2). */
  HOLD,
  /** Make all LSAs anew, install the routes, flush what is not valid (section 2.3). */
  EXIT
}
