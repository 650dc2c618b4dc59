package dev.zuido.testkit;

import dev.zuido.wire.Ipv4Address;

/** A bulk transfer under way or at its end: see {@link VirtualHost#transfer}. */
public final class TcpTransfer {
  /** How it stands. */
  public enum Outcome {
    /** Under way. */
    RUNNING,
    /** All arrived: the receiver's hash is that of what was sent. */
    WHOLE,
    /** The connection ended, and the receiver's hash differs. */
    CORRUPT,
    /** The receiver refused or reset the connection. */
    RESET,
    /** Given up after too many retransmissions. */
    TIMED_OUT
  }

  private final Ipv4Address destination;
  private final int length;
  private final TcpConnection connection;
  private final long startedNanos;
  private Outcome outcome = Outcome.RUNNING;
  private long doneNanos;

  TcpTransfer(Ipv4Address destination, int length, TcpConnection connection, long startedNanos) {
    this.destination = destination;
    this.length = length;
    this.connection = connection;
    this.startedNanos = startedNanos;
  }

  /** How it stands. */
  public Outcome outcome() {
    return outcome;
  }

  /** Whether it is over, in whatever way. */
  public boolean isDone() {
    return outcome != Outcome.RUNNING;
  }

  /** Whether all arrived unchanged. */
  public boolean isWhole() {
    return outcome == Outcome.WHOLE;
  }

  /** The bytes of content to send. */
  public int length() {
    return length;
  }

  /** The bytes of content that the receiver has acknowledged. */
  public int acknowledged() {
    return connection.acknowledgedBytes();
  }

  /** The maximum segment size in the receiver's SYN as it arrived here; 536 if it had none. */
  public int peerMss() {
    return connection.peerMss();
  }

  /** The longest payload that was sent in one segment, in bytes. */
  public int largestSegment() {
    return connection.largestSegment();
  }

  /** Segments that were sent again. */
  public long retransmissions() {
    return connection.retransmissions();
  }

  /** How long it has taken, or took. */
  public long nanos(long nowNanos) {
    return (isDone() ? doneNanos : nowNanos) - startedNanos;
  }

  @Override
  public String toString() {
    return "transfer of "
        + length
        + " bytes to "
        + destination
        + ": "
        + outcome
        + ", "
        + acknowledged()
        + " acknowledged, MSS "
        + peerMss()
        + ", largest segment "
        + largestSegment()
        + ", "
        + retransmissions()
        + " retransmissions";
  }

  void end(Outcome how, long nowNanos) {
    if (!isDone()) {
      outcome = how;
      doneNanos = nowNanos;
    }
  }
}
