package dev.zuido.gre;

import dev.zuido.wire.Ipv4Address;

/**
 * A PPTP session's data path, with the values that the control connection has agreed on (RFC 2637
 * section 2).
 *
 * @param local the outer source address
 * @param remote the outer destination address
 * @param localCallId what the peer puts into its packets, 0 to 65 535
 * @param remoteCallId what our packets carry, 0 to 65 535
 * @param peerWindow the peer's receive window in packets, 1 to 32 768
 * @param processingDelayNanos the peer's Packet Processing Delay, the first estimate of the
 *     round-trip time, in nanoseconds; not negative
 * @param minTimeoutNanos the shortest acknowledgment time-out, positive
 * @param maxTimeoutNanos the longest one, not less
 * @param ttl the outer time to live, 1 to 255
 */
public record EnhancedGreConfig(
    Ipv4Address local,
    Ipv4Address remote,
    int localCallId,
    int remoteCallId,
    int peerWindow,
    long processingDelayNanos,
    long minTimeoutNanos,
    long maxTimeoutNanos,
    int ttl) {
  /** The largest window. */
  public static final int MAX_WINDOW = 32_768;

  private static final long MILLISECOND = 1_000_000L;
  private static final long MAX_NANOS = Long.MAX_VALUE / 16;

  /** Checks the ranges. */
  public EnhancedGreConfig {
    if (((localCallId | remoteCallId) & ~0xffff) != 0) {
      throw new IllegalArgumentException("a call ID is 0 to 65535");
    }
    if (peerWindow < 1 || peerWindow > MAX_WINDOW) {
      throw new IllegalArgumentException("a window is 1 to 32768 packets, not " + peerWindow);
    }
    if (processingDelayNanos < 0
        || minTimeoutNanos < 1
        || maxTimeoutNanos < minTimeoutNanos
        || Math.max(processingDelayNanos, maxTimeoutNanos) > MAX_NANOS) {
      throw new IllegalArgumentException("the times are positive, and the shortest first");
    }
    if (ttl < 1 || ttl > 255) {
      throw new IllegalArgumentException("ttl is 1 to 255, not " + ttl);
    }
    if (local.equals(remote) || local.isMulticast() || remote.isMulticast()) {
      throw new IllegalArgumentException("the endpoints are two unicast addresses");
    }
  }

  /**
   * A session whose time-outs are 100 ms to 8 s, beginning with a round-trip time of 500 ms; ttl
   * 255.
   */
  public static EnhancedGreConfig of(
      Ipv4Address local, Ipv4Address remote, int localCallId, int remoteCallId, int peerWindow) {
    return new EnhancedGreConfig(
        local,
        remote,
        localCallId,
        remoteCallId,
        peerWindow,
        500 * MILLISECOND,
        100 * MILLISECOND,
        8_000 * MILLISECOND,
        255);
  }
}
