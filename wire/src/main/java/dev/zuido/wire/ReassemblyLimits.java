package dev.zuido.wire;

/**
 * What a reassembler may hold at most, so that no sender of fragments can fill it.
 *
 * @param datagrams incomplete datagrams; when one more arrives the oldest is given up
 * @param bytes payload bytes of all incomplete datagrams together; when they are exceeded the
 *     oldest are given up
 * @param fragmentsPerDatagram fragments of one datagram; one more ends the datagram
 * @param datagramBytes the longest datagram with its header
 * @param timeoutNanos how long a datagram may take from its first fragment to its last (RFC 1122
 *     section 3.3.2: 60 to 120 s; implementations: 15 to 30 s)
 */
public record ReassemblyLimits(
    int datagrams, int bytes, int fragmentsPerDatagram, int datagramBytes, long timeoutNanos) {
  /** 64 datagrams, 1 MiB, 64 fragments each, 65 535 bytes, 30 s. */
  public static final ReassemblyLimits DEFAULT =
      new ReassemblyLimits(64, 1 << 20, 64, 0xffff, 30_000_000_000L);

  /** Checks that something can be held. */
  public ReassemblyLimits {
    if (datagrams < 1 || fragmentsPerDatagram < 2 || timeoutNanos < 1) {
      throw new IllegalArgumentException("reassembly limits have to be positive");
    }
    if (datagramBytes < 576 || datagramBytes > 0xffff) {
      throw new IllegalArgumentException(
          "the longest datagram is 576 to 65535 bytes, not " + datagramBytes);
    }
    if (bytes < datagramBytes) {
      throw new IllegalArgumentException("one datagram has to fit: " + datagramBytes + " bytes");
    }
  }
}
