package dev.zuido.ospf;

/** The states of the back-off of route calculations (RFC 8405 section 5.2). */
public enum SpfState {
  /** No IGP event for HOLDDOWN_INTERVAL. */
  QUIET,
  /** A first IGP event came: those that follow may have the same cause. */
  SHORT_WAIT,
  /** IGP events did not end in TIME_TO_LEARN_INTERVAL. */
  LONG_WAIT
}
