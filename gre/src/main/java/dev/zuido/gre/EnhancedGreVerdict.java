package dev.zuido.gre;

import dev.zuido.wire.Verdict;

/** What {@link EnhancedGre} decided about a packet. Each verdict has a counter per direction. */
public enum EnhancedGreVerdict implements Verdict {
  /** The outer headers were put before the PPP packet. */
  ENCAPSULATED(true),
  /** The outer headers were taken away: a PPP packet is left. */
  DECAPSULATED(true),
  /** The packet carried an acknowledgment and nothing else. */
  ACKNOWLEDGMENT(false),
  /** Sending: as many packets as the window holds are not acknowledged yet: to be sent later. */
  WINDOW_CLOSED(false),
  /** Sending: a super-packet. */
  NOT_SEGMENTED(false),
  /** Sending: the slot has not enough headroom for the outer headers. */
  NO_HEADROOM(false),
  /** Sending: the packet is empty, or the outer packet would exceed 65 535 bytes. */
  BAD_PAYLOAD(false),
  /** The outer IPv4 header is malformed. */
  BAD_OUTER_HEADER(false),
  /** The outer packet is a fragment: reassembly comes before decapsulation. */
  OUTER_FRAGMENT(false),
  /** The outer addresses, the outer protocol or the call ID are not those of this session. */
  NOT_THIS_SESSION(false),
  /** The packet ends before its header or its payload does. */
  TRUNCATED(false),
  /** The version is not 1. */
  BAD_VERSION(false),
  /** C, R, K, s, Recur or Flags are not as they have to be. */
  BAD_FLAGS(false),
  /** The protocol type is not PPP's. */
  BAD_PROTOCOL_TYPE(false),
  /** There is a payload without a sequence number. */
  SEQUENCE_MISSING(false),
  /** The acknowledgment is for a packet that was not sent. */
  BAD_ACKNOWLEDGMENT(false),
  /** The sequence number is that of an earlier packet or older (RFC 2637 section 4.3). */
  OUT_OF_SEQUENCE(false);

  private final boolean passes;

  EnhancedGreVerdict(boolean passes) {
    this.passes = passes;
  }

  @Override
  public boolean passes() {
    return passes;
  }
}
