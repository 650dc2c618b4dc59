package dev.zuido.pppoe.ppp;

/** Why a PPP packet was dropped. Each has a counter. */
public enum PppDropReason {
  /** It ends before its fields do, or its length fields contradict each other. */
  MALFORMED,
  /** It answers nothing that was asked, or has the identifier of something else. */
  UNEXPECTED_IDENTIFIER,
  /** Its code or protocol has no meaning in this phase or state. */
  WRONG_PHASE,
  /** Its protocol is not known; a Protocol-Reject was sent if LCP is open. */
  UNKNOWN_PROTOCOL,
  /** Its magic number is neither ours nor the peer's, or is our own. */
  BAD_MAGIC_NUMBER,
  /** A request to begin an open protocol's negotiation anew came right after many others. */
  TOO_OFTEN,
  /** It is longer than what we said we take. */
  TOO_LONG,
  /**
   * It is our own challenge that comes back (RFC 1994: answering it would prove us to ourselves).
   */
  REFLECTED,
  /** The caller has not polled for so long that nothing more is taken in. */
  OUTPUT_FULL
}
