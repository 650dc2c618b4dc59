package dev.zuido.esp;

import java.util.concurrent.atomic.AtomicLong;

/** The sequence numbers of an outbound SA (RFC 4303 section 3.3.3). */
final class SequenceCounter {
  private static final long MAX_SEQUENCE = 0xffff_ffffL;

  /** So many packets before the last sequence number a successor is asked for. */
  private static final long MARGIN = 1L << 24;

  private final long last;
  private final LifetimeMeter lifetime;

  /** What other threads see. */
  private final AtomicLong published;

  /** From this number on, a successor is wanted; asked for once. */
  private long margin;

  private long current;

  SequenceCounter(SaParameters parameters, LifetimeMeter lifetime) {
    this.last = parameters.extendedSequenceNumbers() ? Long.MAX_VALUE : MAX_SEQUENCE;
    this.margin = last - MARGIN;
    this.lifetime = lifetime;
    this.current = parameters.initialSequence();
    this.published = new AtomicLong(current);
  }

  boolean isExhausted() {
    return current >= last;
  }

  /** The next number, if the counter is not exhausted. */
  long next() {
    long number = current + 1;
    current = number;
    if (number >= margin) {
      margin = Long.MAX_VALUE;
      lifetime.wantSuccessor();
    }
    return number;
  }

  /** The number of the last packet, for the thread that seals. */
  long current() {
    return current;
  }

  /** Lets other threads see {@link #current}. */
  void publish() {
    published.setRelease(current);
  }

  /** The number of the last packet of the last burst, for every thread. */
  long published() {
    return published.getAcquire();
  }

  void preset(long lastUsed) {
    current = lastUsed;
    publish();
  }
}
