package dev.zuido.ospf;

/** Whether a neighbor is helped to restart gracefully (RFC 3623 section 3). */
public enum HelperState {
  /** It is not. */
  NOT_HELPING,
  /** The router's LSAs list it as fully adjacent, whatever the state of the conversation is. */
  HELPING
}
