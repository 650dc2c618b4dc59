package dev.zuido.gre;

/**
 * How much and how long a tunnel buffers to bring packets back into the order of their sequence
 * numbers (RFC 2890 section 2.2).
 *
 * @param packets the most packets that wait, MAX_PERFLOW_BUFFER: 1 to 4096
 * @param bytes the memory for them, and for those in order again that {@link GreTunnel#release} has
 *     not given back yet, in bytes; taken once and rounded up to 256: at least 256
 * @param holdNanos the longest time that a packet waits, OUTOFORDER_TIMER, in nanoseconds: positive
 */
public record ReorderLimits(int packets, int bytes, long holdNanos) {
  /** 64 packets, 256 KiB, 50 ms. */
  public static final ReorderLimits DEFAULT = new ReorderLimits(64, 262_144, 50_000_000L);

  private static final int MOST_PACKETS = 4096;
  private static final int LEAST_BYTES = 256;

  /** Checks the ranges. */
  public ReorderLimits {
    if (packets < 1 || packets > MOST_PACKETS) {
      throw new IllegalArgumentException("packets is 1 to 4096, not " + packets);
    }
    if (bytes < LEAST_BYTES || bytes > Integer.MAX_VALUE - LEAST_BYTES) {
      throw new IllegalArgumentException("bytes is at least 256, not " + bytes);
    }
    if (holdNanos < 1) {
      throw new IllegalArgumentException("a packet waits a positive time, not " + holdNanos);
    }
  }
}
