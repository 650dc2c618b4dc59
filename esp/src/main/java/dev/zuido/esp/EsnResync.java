package dev.zuido.esp;

/**
 * Finds the sender's place again after a loss of 2^32 packets and more, which leaves the high half
 * of extended sequence numbers behind (RFC 4303 appendix A3).
 *
 * <p>After {@value #TRIGGER} packets in a row without a right ICV, the next one is tried with the
 * following {@value #RETRIES} high halves, on a copy. Whether that helps or not, {@value #TRIGGER}
 * more have to fail before the next search, so that who sends forged packets makes the SA work only
 * a sixteenth more.
 */
final class EsnResync {
  static final int TRIGGER = 64;
  static final int RETRIES = 4;
  private static final long SUBSPACE = 1L << 32;

  private final EspFrames probe;
  private final int fixedLength;
  private final SaCounters counters;
  private int failures;
  private byte[] copy = new byte[0];

  EsnResync(int ivLength, int icvLength, SaCounters counters) {
    this.probe = new EspFrames(ivLength);
    this.fixedLength = EspSuite.ESP_HEADER_LENGTH + ivLength + icvLength;
    this.counters = counters;
  }

  void failed() {
    failures++;
  }

  void succeeded() {
    failures = 0;
  }

  boolean isDue() {
    return failures >= TRIGGER;
  }

  /**
   * Looks for the number that makes a packet authentic.
   *
   * @param esp where its SPI stands
   * @param inferred the number that its low half most probably means
   * @return a later number with the same low half if the packet is authentic with it, or {@code
   *     inferred}
   */
  long search(EspTransform transform, byte[] slab, int esp, int encryptedLength, long inferred) {
    failures = 0;
    int length = fixedLength + encryptedLength;
    if (copy.length < length) {
      copy = new byte[length];
    }
    long sequence = Math.max(inferred, inferred & SUBSPACE - 1);
    for (int i = 1; i <= RETRIES; i++) {
      sequence += SUBSPACE;
      System.arraycopy(slab, esp, copy, 0, length);
      probe.clear();
      probe.add(0, 0, encryptedLength, sequence);
      transform.open(copy, probe);
      if (probe.isAuthentic(0)) {
        counters.count(SaCounters.Extra.RESYNCHRONIZED);
        return sequence;
      }
    }
    return inferred;
  }
}
