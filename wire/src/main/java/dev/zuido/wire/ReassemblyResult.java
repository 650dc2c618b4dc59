package dev.zuido.wire;

/** What became of a packet that was offered to a reassembler. Each has a counter. */
public enum ReassemblyResult {
  /** The packet is no fragment: nothing was done. */
  NOT_A_FRAGMENT,
  /** The fragment is kept until the others arrive. */
  HELD,
  /** The fragment was the last one missing: the datagram was added to the batch. */
  COMPLETE,
  /** The same bytes at the same place have arrived before: nothing was done. */
  DUPLICATE,
  /**
   * The fragment overlaps another, or contradicts it about the end: the datagram is dropped, and
   * what else arrives of it until its time is over (as RFC 5722 demands it for IPv6).
   */
  OVERLAP,
  /** The fragment belongs to a datagram that was dropped before. */
  DATAGRAM_DROPPED,
  /** The datagram has too many fragments: it is dropped. */
  TOO_MANY_FRAGMENTS,
  /** The datagram would become longer than allowed: it is dropped. */
  TOO_LONG,
  /**
   * Congestion was marked on one fragment, and another was sent as not ECN-capable: the datagram is
   * dropped (RFC 3168 section 5.3).
   */
  ECN_MISMATCH,
  /** An empty fragment, or one with others behind it whose length is no multiple of 8. */
  MALFORMED,
  /** The datagram is complete, but the batch had no slot that is free and long enough. */
  NO_ROOM,
  /** Counter only: a datagram was given up for a newer one. */
  EVICTED,
  /** Counter only: the time of a datagram came to an end. */
  TIMED_OUT
}
