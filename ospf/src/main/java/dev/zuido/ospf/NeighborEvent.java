package dev.zuido.ospf;

/** The events of a neighbor conversation (RFC 2328 section 10.2). */
public enum NeighborEvent {
  /** A Hello has been received from the neighbor. */
  HELLO_RECEIVED,
  /** NBMA only: begin to send Hellos to the neighbor. */
  START,
  /** The router is listed in the neighbor's Hello. */
  TWO_WAY_RECEIVED,
  /** Master and slave are settled. */
  NEGOTIATION_DONE,
  /** Both sides have sent all of their Database Description packets. */
  EXCHANGE_DONE,
  /** The neighbor asked for an LSA that is not in the database, or contradicted its own summary. */
  BAD_LS_REQ,
  /** The Link state request list has become empty. */
  LOADING_DONE,
  /** Decide again whether there should be an adjacency. */
  ADJ_OK,
  /** A Database Description packet was not the expected one. */
  SEQ_NUMBER_MISMATCH,
  /** The router is not listed in the neighbor's Hello. */
  ONE_WAY_RECEIVED,
  /** All communication with the neighbor has become impossible. */
  KILL_NBR,
  /** No Hello has been received for RouterDeadInterval. */
  INACTIVITY_TIMER,
  /** The lower levels say that the neighbor is unreachable. */
  LL_DOWN
}
