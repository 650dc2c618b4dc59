package dev.zuido.testkit;

/**
 * The retransmission timer of a connection (RFC 6298), with 200 ms as its least and 8 s as its
 * longest timeout: the latter is shorter than the RFC's, since nobody else shares a virtual
 * network.
 */
final class TcpTimer {
  private static final long INITIAL_NANOS = 1_000_000_000L;
  private static final long MIN_NANOS = 200_000_000L;
  private static final long MAX_NANOS = 8_000_000_000L;

  private long deadline = VirtualNode.NO_DEADLINE;
  private long timeoutNanos = INITIAL_NANOS;
  private long smoothedNanos = -1;
  private long variationNanos;
  private int timeouts;
  private boolean lossExpected;
  private int timedOffset = -1;
  private long timedSinceNanos;

  long deadline() {
    return deadline;
  }

  int timeouts() {
    return timeouts;
  }

  void start(long nowNanos) {
    deadline = nowNanos + timeoutNanos;
  }

  void startIfStopped(long nowNanos) {
    if (deadline == VirtualNode.NO_DEADLINE) {
      start(nowNanos);
    }
  }

  void stop() {
    deadline = VirtualNode.NO_DEADLINE;
  }

  /** What is under way is known to be lost, and not by congestion: expires at once. */
  void expectLoss() {
    lossExpected = true;
    deadline = 0;
  }

  boolean isLossExpected() {
    return lossExpected;
  }

  /** The timer has expired: the next timeout is twice as long. */
  void backOff(long nowNanos) {
    if (lossExpected) {
      lossExpected = false;
    } else {
      timeouts++;
      timeoutNanos = Math.min(MAX_NANOS, 2 * timeoutNanos);
    }
    start(nowNanos);
  }

  void sent(int endOffset, long nowNanos) {
    if (timedOffset < 0) {
      timedOffset = endOffset;
      timedSinceNanos = nowNanos;
    }
  }

  /** Karn's algorithm: a round trip with a retransmission in it is not measured. */
  void retransmitted() {
    timedOffset = -1;
  }

  void acknowledged(int offset, long nowNanos) {
    timeouts = 0;
    if (timedOffset >= 0 && offset >= timedOffset) {
      measured(nowNanos - timedSinceNanos);
      timedOffset = -1;
    }
  }

  private void measured(long roundTripNanos) {
    if (smoothedNanos < 0) {
      smoothedNanos = roundTripNanos;
      variationNanos = roundTripNanos / 2;
    } else {
      long error = Math.abs(smoothedNanos - roundTripNanos);
      variationNanos = (3 * variationNanos + error) / 4;
      smoothedNanos = (7 * smoothedNanos + roundTripNanos) / 8;
    }
    long timeout = smoothedNanos + Math.max(1_000_000, 4 * variationNanos);
    timeoutNanos = Math.max(MIN_NANOS, Math.min(MAX_NANOS, timeout));
  }
}
