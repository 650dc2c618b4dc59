package dev.zuido.ike;

/**
 * How messages are cut into fragments, and what is kept of fragments whose message is not complete.
 * At most {@code inAll} messages and {@code totalBytes} bytes are kept by one engine; where one
 * more would not fit, the oldest of an ISAKMP SA that is not established gives way, or else the
 * oldest.
 *
 * @param packetBytes the longest IP packet in which a message is sent whole, and the length of the
 *     packets of a cut one, 576 to 9 000
 * @param pieces the most fragments of one message, 2 to 255
 * @param messageBytes the longest message that is put together, 1 024 to 65 535
 * @param seconds how long fragments wait for the others, 1 to 3 600
 * @param perIsakmpSa messages of which fragments wait, under one ISAKMP SA; the oldest gives way
 * @param inAll the same in all
 * @param totalBytes bytes of fragments that wait, in all; at least {@code messageBytes}
 */
public record FragmentLimits(
    int packetBytes,
    int pieces,
    int messageBytes,
    int seconds,
    int perIsakmpSa,
    int inAll,
    int totalBytes) {
  /**
   * Packets of 1 280 bytes, which pass everywhere with IPv6 and which strongSwan has too; 32
   * fragments, as libreswan, of messages of 16 384 bytes, for 30 s; 4 messages of an ISAKMP SA, 256
   * in all, of 1 MiB.
   */
  public static final FragmentLimits DEFAULT =
      new FragmentLimits(1_280, 32, 16_384, 30, 4, 256, 1 << 20);

  /** Checks the ranges. */
  public FragmentLimits {
    if (packetBytes < 576 || packetBytes > 9_000) {
      throw new IllegalArgumentException("packets have 576 to 9000 bytes, not " + packetBytes);
    }
    if (pieces < 2 || pieces > 255) {
      throw new IllegalArgumentException("a message has 2 to 255 fragments, not " + pieces);
    }
    if (messageBytes < 1_024 || messageBytes > 65_535) {
      throw new IllegalArgumentException("messages have 1024 to 65535 bytes, not " + messageBytes);
    }
    if (seconds < 1 || seconds > 3_600) {
      throw new IllegalArgumentException("fragments wait for 1 to 3600 s, not " + seconds);
    }
    if (perIsakmpSa < 1 || inAll < perIsakmpSa || totalBytes < messageBytes) {
      throw new IllegalArgumentException(
          "a limit of fragments contradicts another: "
              + perIsakmpSa
              + ", "
              + inAll
              + ", "
              + totalBytes);
    }
  }
}
