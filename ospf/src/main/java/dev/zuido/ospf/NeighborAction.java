package dev.zuido.ospf;

/** The actions in the neighbor state table (RFC 2328 section 10.3). */
public enum NeighborAction {
  /** Send a Hello to the neighbor and start the Inactivity Timer. */
  SEND_HELLO,
  /** Start or restart the Inactivity Timer. */
  RESTART_INACTIVITY_TIMER,
  /** Decide whether to become adjacent (section 10.4); if so, begin the negotiation. */
  DECIDE_ADJACENCY,
  /** List the area's database in the Database summary list. */
  DESCRIBE_DATABASE,
  /** Full if nothing is left to request, else send Link State Requests. */
  REQUEST_MISSING,
  /** Decide whether to stay adjacent; if not, clear the lists. */
  RECONSIDER_ADJACENCY,
  /** Clear the lists and begin the negotiation again. */
  RESTART_EXCHANGE,
  /** Clear the lists and stop the timers. */
  TEAR_DOWN,
  /** Clear the lists. */
  CLEAR_LISTS,
  /** Nothing. */
  NONE
}
