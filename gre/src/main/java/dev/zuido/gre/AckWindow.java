package dev.zuido.gre;

/** The sliding window and the acknowledgment time-out of RFC 2637 sections 4.2 and 4.4. */
final class AckWindow {
  private final int maxWindow;
  private final long minTimeout;
  private final long maxTimeout;
  private final long[] sentAt;

  private int window;

  /** Acknowledged since the window last grew. */
  private int progress;

  private int nextSequence;

  /** The oldest number that is not acknowledged and not given up. */
  private int oldest;

  private long roundTrip;
  private long deviation;
  private long timeout;

  AckWindow(EnhancedGreConfig config) {
    this.maxWindow = config.peerWindow();
    this.minTimeout = config.minTimeoutNanos();
    this.maxTimeout = config.maxTimeoutNanos();
    this.sentAt = new long[Integer.highestOneBit(maxWindow) << 1];
    this.window = (maxWindow + 1) / 2;
    this.roundTrip = config.processingDelayNanos();
    updateTimeout();
  }

  int size() {
    return window;
  }

  int outstanding() {
    return nextSequence - oldest;
  }

  boolean isOpen() {
    return outstanding() < window;
  }

  long timeoutNanos() {
    return timeout;
  }

  /** Takes the next sequence number. */
  int send(long nowNanos) {
    sentAt[nextSequence & (sentAt.length - 1)] = nowNanos;
    return nextSequence++;
  }

  /**
   * Takes an acknowledgment of this number and all before it.
   *
   * @return false if no packet with this number was sent
   */
  boolean acknowledge(int number, long nowNanos) {
    if (number - nextSequence >= 0) {
      return false;
    }
    int acknowledged = number - oldest + 1;
    if (acknowledged <= 0) {
      return true; // for what was acknowledged or given up already
    }
    sample(nowNanos - sentAt[number & (sentAt.length - 1)]);
    oldest = number + 1;
    progress += acknowledged;
    while (progress >= window) {
      progress -= window;
      window = Math.min(window + 1, maxWindow);
    }
    return true;
  }

  private void sample(long nanos) {
    long difference = Math.min(Math.max(nanos, 0), maxTimeout) - roundTrip;
    deviation += (Math.abs(difference) - deviation) / 4;
    roundTrip += difference / 8;
    updateTimeout();
  }

  private void updateTimeout() {
    timeout = Math.max(minTimeout, Math.min(roundTrip + 4 * deviation, maxTimeout));
  }

  long nextDeadline() {
    return outstanding() == 0
        ? GreTunnel.NO_DEADLINE
        : sentAt[oldest & (sentAt.length - 1)] + timeout;
  }

  /** Gives up what is not acknowledged in time; whether there was any. */
  boolean handleTimeout(long nowNanos) {
    if (nowNanos < nextDeadline()) {
      return false;
    }
    oldest = nextSequence;
    window = (window + 1) / 2;
    progress = 0;
    roundTrip = Math.min(2 * roundTrip, maxTimeout);
    updateTimeout();
    return true;
  }
}
