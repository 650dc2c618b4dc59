package dev.zuido.pppoe.ppp;

/** The events of the option negotiation automaton (RFC 1661 section 4.3), in the table's order. */
public enum AutomatonEvent {
  /** What is below can carry packets. */
  UP("Up"),
  /** What is below carries packets no more. */
  DOWN("Down"),
  /** The link is wanted. */
  OPEN("Open"),
  /** The link is wanted no more. */
  CLOSE("Close"),
  /** TO+: the Restart timer has run out and the counter has not. */
  TIMEOUT("TO+"),
  /** TO-: the Restart timer has run out, and so has the counter. */
  TIMEOUT_EXPIRED("TO-"),
  /** RCR+: an acceptable Configure-Request. */
  GOOD_REQUEST("RCR+"),
  /** RCR-: a Configure-Request that cannot be accepted. */
  BAD_REQUEST("RCR-"),
  /** RCA: a valid Configure-Ack. */
  ACK("RCA"),
  /** RCN: a valid Configure-Nak or Configure-Reject. */
  NAK("RCN"),
  /** RTR: a Terminate-Request. */
  TERMINATE_REQUEST("RTR"),
  /** RTA: a Terminate-Ack. */
  TERMINATE_ACK("RTA"),
  /** RUC: a packet whose code is not known. */
  UNKNOWN_CODE("RUC"),
  /** RXJ+: a Code-Reject or Protocol-Reject with which the protocol can live. */
  REJECT_PERMITTED("RXJ+"),
  /** RXJ-: a Code-Reject or Protocol-Reject that ends the protocol. */
  REJECT_CATASTROPHIC("RXJ-"),
  /** RXR: an Echo-Request, Echo-Reply or Discard-Request. */
  ECHO("RXR");

  private final String rfcName;

  AutomatonEvent(String rfcName) {
    this.rfcName = rfcName;
  }

  /** The name in the RFC's table: {@code "RCR+"}. */
  public String rfcName() {
    return rfcName;
  }
}
