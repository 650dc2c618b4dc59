package dev.zuido.ospf;

/** The events of the back-off of route calculations (RFC 8405 section 5.1). */
public enum SpfEvent {
  /** The database changed so that routes may be others. */
  IGP_EVENT,
  /** LEARN_TIMER expired. */
  LEARN_TIMER,
  /** HOLDDOWN_TIMER expired. */
  HOLDDOWN_TIMER,
  /** SPF_TIMER expired. */
  SPF_TIMER
}
