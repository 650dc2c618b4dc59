package dev.zuido.pppoe;

/** What a client is doing. */
public enum PppoeState {
  /** Nothing: not wanted. */
  IDLE,
  /** It waits for the time of the next attempt. */
  WAITING,
  /** PADI sent: it waits for offers (RFC 2516 section 5.1). */
  DISCOVERING,
  /** PADR sent: it waits for the session (RFC 2516 section 5.3). */
  REQUESTING,
  /** There is a session; PPP negotiates. */
  NEGOTIATING,
  /** A network protocol is open. */
  UP,
  /** PPP says goodbye, a PADT follows. */
  CLOSING
}
