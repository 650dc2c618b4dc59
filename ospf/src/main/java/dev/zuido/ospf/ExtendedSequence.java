package dev.zuido.ospf;

/**
 * The 64-bit sequence numbers of RFC 7474 section 2: the boot count, and a counter of the packets
 * that the router has sent.
 */
final class ExtendedSequence {
  private static final long LAST = 0xffff_ffffL;

  private final OspfStore store;
  private long bootCount;
  private long sent = LAST;

  ExtendedSequence(OspfStore store) {
    this.store = store;
  }

  /** The next number, which is larger than all before. */
  long next() {
    if (sent == LAST) {
      bootCount = store.nextBootCount() & LAST;
      sent = 0;
    }
    sent++;
    return bootCount << 32 | sent;
  }

  /** Leaves numbers out, as if packets had been sent with them. */
  void skip(long count) {
    sent = Math.min(LAST, sent + count);
  }
}
