package dev.zuido.testkit;

import dev.zuido.wire.Ipv4Address;
import java.time.Duration;

/**
 * A ping to send: one echo at a time until one is answered.
 *
 * @param destination whom to ask
 * @param totalBytes the length of the IP packet before fragmentation: 20 and 8 of headers, and data
 * @param dontFragment whether fragmentation on the way is forbidden
 * @param maxProbes how many echoes are sent at most
 * @param timeoutNanos how long each is waited for
 */
public record PingRequest(
    Ipv4Address destination,
    int totalBytes,
    boolean dontFragment,
    int maxProbes,
    long timeoutNanos) {
  /** The shortest echo: headers only. */
  public static final int MIN_BYTES = 28;

  /** Checks the ranges. */
  public PingRequest {
    if (totalBytes < MIN_BYTES || totalBytes > 65_535) {
      throw new IllegalArgumentException("a ping has 28 to 65 535 bytes, not " + totalBytes);
    }
    if (maxProbes < 1 || timeoutNanos < 1) {
      throw new IllegalArgumentException("probes and timeout are positive");
    }
  }

  /** A ping of 84 bytes, at most 20 probes, one second each. */
  public static PingRequest to(Ipv4Address destination) {
    return new PingRequest(destination, 84, false, 20, 1_000_000_000L);
  }

  /** With this length of the IP packet. */
  public PingRequest withTotalBytes(int totalBytes) {
    return new PingRequest(destination, totalBytes, dontFragment, maxProbes, timeoutNanos);
  }

  /** With fragmentation forbidden. */
  public PingRequest withDontFragment() {
    return new PingRequest(destination, totalBytes, true, maxProbes, timeoutNanos);
  }

  /** With so many probes at most, each waited for so long. */
  public PingRequest withProbes(int maxProbes, Duration timeout) {
    return new PingRequest(destination, totalBytes, dontFragment, maxProbes, timeout.toNanos());
  }
}
