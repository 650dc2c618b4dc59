package dev.zuido.ospf;

/**
 * The 64-bit sequence numbers of RFC 7474 section 2: the boot count, and a counter of the packets
 * that the router has sent.
 */
final class ExtendedSequence {
  /** As many packets as 32 bits count, from 1. */
  static final long PACKETS_PER_BOOT = 0xffff_ffffL;

  private final OspfStore store;
  private final long packetsPerBoot;
  private long bootCount;
  private long sent;

  /**
   * Numbers for a router that has sent nothing yet.
   *
   * @param packetsPerBoot after how many packets the next boot count is asked for
   */
  ExtendedSequence(OspfStore store, long packetsPerBoot) {
    this.store = store;
    this.packetsPerBoot = packetsPerBoot;
    this.sent = packetsPerBoot;
  }

  /** The next number, which is larger than all before. */
  long next() {
    if (sent == packetsPerBoot) {
      bootCount = Integer.toUnsignedLong(store.nextBootCount());
      sent = 0;
    }
    sent++;
    return bootCount << 32 | sent;
  }
}
