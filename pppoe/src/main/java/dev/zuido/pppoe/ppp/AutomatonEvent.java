package dev.zuido.pppoe.ppp;

/** The events of the option negotiation automaton (RFC 1661 section 4.3), in the table's order. */
public enum AutomatonEvent {
  /** What is below can carry packets. */
  UP,
  /** What is below carries packets no more. */
  DOWN,
  /** The link is wanted. */
  OPEN,
  /** The link is wanted no more. */
  CLOSE,
  /** TO+: the Restart timer has run out and the counter has not. */
  TIMEOUT,
  /** TO-: the Restart timer has run out, and so has the counter. */
  TIMEOUT_EXPIRED,
  /** RCR+: an acceptable Configure-Request. */
  GOOD_REQUEST,
  /** RCR-: a Configure-Request that cannot be accepted. */
  BAD_REQUEST,
  /** RCA: a valid Configure-Ack. */
  ACK,
  /** RCN: a valid Configure-Nak or Configure-Reject. */
  NAK,
  /** RTR: a Terminate-Request. */
  TERMINATE_REQUEST,
  /** RTA: a Terminate-Ack. */
  TERMINATE_ACK,
  /** RUC: a packet whose code is not known. */
  UNKNOWN_CODE,
  /** RXJ+: a Code-Reject or Protocol-Reject with which the protocol can live. */
  REJECT_PERMITTED,
  /** RXJ-: a Code-Reject or Protocol-Reject that ends the protocol. */
  REJECT_CATASTROPHIC,
  /** RXR: an Echo-Request, Echo-Reply or Discard-Request. */
  ECHO;

  private static final String[] RFC_NAMES = {
    "Up", "Down", "Open", "Close", "TO+", "TO-", "RCR+", "RCR-", "RCA", "RCN", "RTR", "RTA", "RUC",
    "RXJ+", "RXJ-", "RXR"
  };

  /** The name in the RFC's table: {@code "RCR+"}. */
  public String rfcName() {
    return RFC_NAMES[ordinal()];
  }
}
