package dev.zuido.ospf;

/** The actions in the interface state table (RFC 2328 section 9.3). */
public enum InterfaceAction {
  /** Start the Hello Timer; on a multi-access network with an eligible router, the Wait Timer. */
  START,
  /** Calculate the Designated Router and its Backup (section 9.4). */
  ELECT,
  /** Reset the variables, stop the timers, destroy the neighbor connections. */
  RESET,
  /** Nothing. */
  NONE
}
