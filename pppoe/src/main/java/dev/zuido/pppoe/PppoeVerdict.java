package dev.zuido.pppoe;

import dev.zuido.wire.Verdict;

/** What was decided about a frame or a datagram. Each has a counter. */
public enum PppoeVerdict implements Verdict {
  /** Ethernet, PPPoE and PPP headers were put before the datagram. */
  ENCAPSULATED(true),
  /** The headers were taken away: an IPv4 or IPv6 datagram is left. */
  DECAPSULATED(true),
  /** The frame was for the discovery stage or for PPP's negotiation, which has it. */
  CONTROL(false),
  /** Sending: there is no session on which this kind of datagram may be sent. */
  NOT_CONNECTED(false),
  /** Sending: the datagram is longer than what the peer takes. */
  TOO_LONG(false),
  /** Sending: the slot has not enough headroom for the headers. */
  NO_HEADROOM(false),
  /** Sending: a super-packet, or one whose checksum is not finished. */
  NOT_SEGMENTED(false),
  /** Sending: the datagram is neither IPv4 nor IPv6. */
  BAD_PAYLOAD(false),
  /** Received: the frame is too short, or its length field exceeds it, or its version or code. */
  MALFORMED(false),
  /** Received: the frame is not PPPoE's, or for another station. */
  NOT_FOR_US(false),
  /** Received: no session of that number with that station. */
  UNKNOWN_SESSION(false),
  /** Received: a datagram of a network protocol that is not open. */
  NOT_OPEN(false);

  private final boolean passes;

  PppoeVerdict(boolean passes) {
    this.passes = passes;
  }

  @Override
  public boolean passes() {
    return passes;
  }
}
