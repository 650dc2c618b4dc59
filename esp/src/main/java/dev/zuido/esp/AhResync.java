package dev.zuido.esp;

/**
 * Finds the sender's place again after a loss of 2^32 packets and more, which leaves the high half
 * of extended sequence numbers behind (RFC 4302 appendix B3): when and how often as {@link
 * EsnResync} does for ESP.
 */
final class AhResync {
  private static final long SUBSPACE = 1L << 32;

  private final SaCounters counters;
  private int failures;

  AhResync(SaCounters counters) {
    this.counters = counters;
  }

  void failed() {
    failures++;
  }

  void succeeded() {
    failures = 0;
  }

  boolean isDue() {
    return failures >= EsnResync.TRIGGER;
  }

  /**
   * Looks for the number that makes a packet authentic; the arguments are those of {@link
   * AhIcv#verify}.
   *
   * @param inferred the number that the packet's low half most probably means
   * @return a later number with the same low half if the packet is authentic with it, or {@code
   *     inferred}
   */
  long search(AhIcv icv, byte[] slab, int start, int length, int field, long inferred) {
    failures = 0;
    long sequence = Math.max(inferred, inferred & SUBSPACE - 1);
    for (int i = 1; i <= EsnResync.RETRIES; i++) {
      sequence += SUBSPACE;
      if (icv.verify(slab, start, length, field, sequence)) {
        counters.count(SaCounters.Extra.RESYNCHRONIZED);
        return sequence;
      }
    }
    return inferred;
  }
}
