package dev.zuido.pppoe.ppp;

/** The states of the option negotiation automaton (RFC 1661 section 4.2). */
public enum AutomatonState {
  /** 0: nothing below, not wanted. */
  INITIAL,
  /** 1: nothing below, wanted. */
  STARTING,
  /** 2: ready below, not wanted. */
  CLOSED,
  /** 3: stopped after the negotiation has ended. */
  STOPPED,
  /** 4: Terminate-Request sent, not wanted. */
  CLOSING,
  /** 5: Terminate-Request sent, wanted. */
  STOPPING,
  /** 6: Configure-Request sent. */
  REQ_SENT,
  /** 7: and Configure-Ack received. */
  ACK_RCVD,
  /** 8: and Configure-Ack sent. */
  ACK_SENT,
  /** 9: both. */
  OPENED
}
