package dev.zuido.ospf;

/** The events of an interface (RFC 2328 section 9.2). */
public enum InterfaceEvent {
  /** The lower levels say that the interface is operational. */
  INTERFACE_UP,
  /** The Wait Timer fired. */
  WAIT_TIMER,
  /** A Hello told that there is a Backup Designated Router, or that there is none. */
  BACKUP_SEEN,
  /** The set of bidirectional neighbors, or what they declare, changed. */
  NEIGHBOR_CHANGE,
  /** The interface is looped back to itself. */
  LOOP_IND,
  /** The interface is no longer looped back. */
  UNLOOP_IND,
  /** The lower levels say that the interface is no longer functional. */
  INTERFACE_DOWN
}
