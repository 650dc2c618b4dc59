package dev.zuido.ospf;

/** The actions of a helper (RFC 3623 section 3). */
public enum HelperAction {
  /** Advertise the neighbor as fully adjacent; keep it Designated Router if it was. */
  BEGIN,
  /** Take over the new grace period. */
  UPDATE_PERIOD,
  /** Elect the Designated Router and make the LSAs anew from the state as it is (section 3.2). */
  END,
  /** Nothing. */
  NONE
}
