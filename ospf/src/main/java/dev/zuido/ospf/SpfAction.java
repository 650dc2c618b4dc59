package dev.zuido.ospf;

/** The actions of the back-off of route calculations (RFC 8405 section 5.4). */
public enum SpfAction {
  /** Start SPF_TIMER if it does not run, LEARN_TIMER and HOLDDOWN_TIMER. */
  START_TIMERS,
  /** Reset HOLDDOWN_TIMER; start SPF_TIMER if it does not run. */
  RESET_HOLDDOWN,
  /** Deactivate LEARN_TIMER. */
  STOP_LEARNING,
  /** Compute the routes. */
  COMPUTE,
  /** Nothing. */
  NONE
}
